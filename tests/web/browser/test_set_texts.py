"""How texts are set: English quotation marks are narrow, a year stays with its 年, charts fill their width."""

import pytest
from playwright.sync_api import Page

from tests.thoroughness import by_turns

# Of the first such mark in the page's lead: its width in parts of the letters' size.
MARK = """mark => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(mark);
    if (at < 0 || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + 1);
    return range.getBoundingClientRect().width / parseFloat(getComputedStyle(node.parentElement).fontSize);
  }
  return null;
}"""
# Heads in which a line ends between a year and its 年.
APART = """() => [...document.querySelectorAll('th')].filter(head => head.checkVisibility()).filter(head =>
  [...head.childNodes].some(node => {
  const found = node.nodeType === 3 && /\\d(?=\\s年)/.exec(node.data);
  if (!found) return false;
  const line = at => {
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + 1);
    return range.getBoundingClientRect().top;
  };
  return Math.abs(line(found.index) - line(found.index + 2)) > 2;
})).map(head => head.innerText)"""


def test_english_quotation_marks_are_as_narrow_as_english_letters(page: Page) -> None:
    """As in what people write and documents are called; our own English has plain ones."""
    for lang, least, most in (("en", 0.1, 0.6), ("zh", 0.8, 1.1)):
        page.goto(f"/actuals/150500?lang={lang}")
        page.evaluate("[...document.querySelectorAll('main p')].find(one => one.checkVisibility()).append('“')")
        assert least < page.evaluate(MARK, "“") < most


PAGES = ("/", "/league/150500", "/indicator/milk", "/evaluation?as_of=2022")


@pytest.mark.parametrize(("medium", "address"), by_turns(["screen", "print"], PAGES))
def test_a_head_keeps_a_year_with_its_word(page: Page, address: str, medium: str) -> None:
    page.goto(address)
    page.emulate_media(media=medium)
    assert page.locator("th", has_text="\u00a0年").count() >= 1
    assert page.evaluate(APART) == []


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_chart_of_a_league_fills_the_width_that_it_has(page: Page, medium: str) -> None:
    page.goto("/league/150500")
    page.emulate_media(media=medium)
    page.set_viewport_size({"width": 1280 if medium == "screen" else 710, "height": 900})
    parts = page.locator(".outcome svg.chart").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width / one.closest('.outcome').clientWidth)"
    )
    assert len(parts) == 5
    assert min(parts) > 0.8


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("width", "others"), by_turns([1280, 1920], [1, 2, 3, 4]))
def test_table_and_charts_of_a_comparison_fill_the_width_together(page: Page, others: int, width: int) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": width, "height": 900})
    saved = [
        page.request.post("api/v1/scenarios", data={"scenario": {"name": f"目标{target}", "target": {"milk": target}}})
        for target in (1010, 1020, 1030, 1040)[:others]
    ]
    chosen = "".join(f"&choose={one.json()['scenario_id']}" for one in saved)
    page.goto(f"/compare?choose=default{chosen}&compare=1")
    edges = page.locator("#milk").evaluate("""part => [
      part.clientWidth, ...[...part.querySelectorAll('svg.chart')].map(one => one.getBoundingClientRect().width),
      ...(part.querySelector('.compared-of-many') ? [] : [part.querySelector('table').clientWidth])]""")
    whole, *parts = edges
    assert len(parts) == max(others, 2)
    columns = 3 if others == 3 else 2
    for first in range(0, len(parts), columns):
        assert sum(parts[first : first + columns]) > 0.9 * whole


def test_charts_of_a_comparison_have_one_scale_also_where_one_of_the_others_differs(page: Page) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    long = "通辽锡林郭勒两地奶类产量加快增长并相应调低乌兰察布和巴彦淖尔承担数额且提高良种率的征求意见稿第三次修改"
    scenarios = [
        {"name": "奶类目标", "target": {"milk": 1010}},
        {"name": long, "target": {"milk": 1020, "improved_breed_rate": 97}},
    ]
    saved = [page.request.post("api/v1/scenarios", data={"scenario": one}).json()["scenario_id"] for one in scenarios]
    chosen = "".join(f"&choose={one}" for one in saved)
    page.goto(f"/compare?choose=default{chosen}&compare=1")
    charts = page.locator(".compared-part").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('svg.chart')].map(chart => chart.clientWidth))"
    )
    assert sorted(map(len, charts)) == [1, 2]
    assert len({width for part in charts for width in part}) == 1
    heads = page.locator(".compared-part thead th:has-text('…')").evaluate_all(
        "all => all.map(one => one.clientHeight)"
    )
    assert len(heads) == 2
    assert max(heads) < 100


def test_at_a_desk_the_head_of_a_page_is_one_row_and_names_of_the_map_are_not_cut_on_a_phone(page: Page) -> None:
    page.emulate_media(media="screen")
    for lang in ("zh", "en"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"/?lang={lang}")
        assert page.locator(".top").evaluate("head => head.clientHeight") < 70
    page.set_viewport_size({"width": 360, "height": 740})
    names = page.locator(".tile-name")
    assert names.count() == 12
    cut = names.evaluate_all("""all => all.filter(
      one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth
    ).map(one => one.textContent)""")
    assert cut == []
    page.goto("/league/150500?lang=en")
    beyond = page.locator(".facts dd").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().right > 348).map(one => one.textContent)"
    )
    assert beyond == []
