"""What asks for a second look, and what an entry makes likely, as the pages say it."""

import html
import re

import pytest
from flask.testing import FlaskClient

from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.web.pages.draft import pack, pack_fields
from tests.engine.test_cautions import CASES
from tests.thoroughness import FULL
from tests.web.reading import PAGES, send


def test_an_odd_entry_is_asked_about_at_its_field_and_in_a_list(client: FlaskClient) -> None:
    page = send(client, "/league/150500", growth__milk__150500="150").text
    assert 'id="c-growth.milk.150500"' in page
    assert 'aria-describedby="milk-range c-growth.milk.150500"' in page
    assert "奶类产量 · 增速 · 通辽市：" in page
    assert 'role="alert"' not in page


def test_every_page_with_a_field_for_it_asks_about_an_odd_margin_cap_issue_or_herd(client: FlaskClient) -> None:
    odd = {
        "/league/150500": ({"status_margin": 90}, "status_margin"),
        "/indicator/improved_breed_rate": (
            {"allocation": {"improved_breed_rate": {"max_growth": 15}}},
            "allocation.improved_breed_rate.max_growth",
        ),
        "/evaluation": ({"issued": {"targets": {"milk": {"150500": 580}}}}, "issued.targets.milk.150500"),
        "/actuals/150500": (
            {"actual": {"livestock_units": {"150500": {"2022": 1}}}},
            "actual.livestock_units.150500.2022",
        ),
    }
    for path, (entered, field) in odd.items():
        page = client.get(f"{path}?draft={pack(parse_scenario(entered))}").text
        assert f'id="c-{field}"' in page, path
    # What is held against an entry is printed as figures of its indicator are.
    draft = pack(parse_scenario({"actual": {"livestock_units": {"150000": {"2022": 1}}}}))
    assert "1万羊单位不足当年测算的9,105.9万羊单位的三分之一" in client.get(f"/actuals/150000?draft={draft}").text


def test_every_caution_stands_in_a_list_above_and_leads_to_its_field(client: FlaskClient) -> None:
    pages = ("/league/150500", "/indicator/milk", "/actuals/150500", "/evaluation")
    fields: dict[str, set[str]] = {}
    led = 0
    # Every caution once, and once at each sort of field; the further cases of one are those of tests/engine.
    chosen = {code: (entered, path) for entered, path, code in CASES.values()}
    chosen |= {path.partition(".")[0]: (entered, path) for entered, path, _ in CASES.values()}
    sorts = {str(case): case for case in chosen.values()}
    cases = [case[:2] for case in CASES.values()] if FULL else sorts.values()
    for number, (entered, path) in enumerate(cases):
        draft = pack(parse_scenario(entered))
        for page in pages if FULL else [pages[number % len(pages)]]:
            shown = html.unescape(client.get(f"{page}?draft={draft}").text)
            listed = re.search(r'class="cautions".*?</section>', shown, re.DOTALL)
            assert listed, (page, path)
            links = re.findall(r'<a href="([^"]*)#f-([^"]+)"', listed[0])
            address = next(address for address, field in links if field == path)
            assert (f'id="f-{path}"' in shown) == (not address), (page, path)
            if address:
                where = address.partition("?")[0]
                assert "draft=" in address
                if where not in fields:
                    fields[where] = set(re.findall(r'id="f-([^"]+)"', html.unescape(client.get(address).text)))
                assert path in fields[where], (page, path, where)
            led += 1
    assert led == len(cases) * (len(pages) if FULL else 1)


UNSAID = {code: {"2021": 60, "2022": 61} for code in ("150400", "150500")}


@pytest.mark.parametrize("page", ["/league/150500", "/evaluation", "/indicator/milk"])
def test_the_same_caution_is_told_once_with_the_fields_of_all_its_entries(client: FlaskClient, page: str) -> None:
    draft = pack(parse_scenario({"actual": {"forage_value": UNSAID}}))
    shown = html.unescape(client.get(f"{page}?draft={draft}").text)
    listed = re.search(r'class="cautions".*?</section>', shown, re.DOTALL)[0]
    own = 1 if page.startswith("/league") else 0  # the actuals of this league are asked for on this page
    assert listed.count("没有说明按哪一年价格") == 1 + own
    assert {f"actual.forage_value.{code}.{year}" for code, years in UNSAID.items() for year in years} == set(
        re.findall(r'#f-([^"]+)" aria-label=', listed)
    )
    assert f"其他页面的条目有{2 if own else 4}条提示" in listed
    assert "赤峰市：各年实际值2条" in listed  # for paper, which has no links


def test_the_first_heading_of_every_page_is_its_only_title(client: FlaskClient) -> None:
    """Also where it has cautions and something to be put right."""
    draft = pack(parse_scenario({"actual": {"forage_value": UNSAID}, "status_margin": 90}))
    entered = pack_fields({"growth.milk.150500": "8x", "target.milk": "?"})
    told = 0
    for page in PAGES:
        mark = "&" if "?" in page else "?"
        for address in (page, f"{page}{mark}draft={draft}&entered={entered}"):
            shown = client.get(address).text
            assert re.findall(r"<h([1-6])", shown)[0] == "1", address
            assert shown.count("<h1") == 1, address
            told += "problems-title" in shown
    assert told > len(PAGES) / 3


def test_without_odd_entries_nothing_is_asked(client: FlaskClient) -> None:
    assert 'class="caution' not in client.get("/league/150500").text


def test_history_and_entry_are_told_apart_on_every_page_that_names_a_likelihood(client: FlaskClient) -> None:
    draft = pack(Scenario(growth={"milk": {"150000": 15}}))
    for path in ("/", "/indicator/milk", "/league/150500"):
        page = client.get(f"{path}?draft={draft}").text
        assert "按填报增速：" in page, path
        assert "高于合理区间" in page, path
        assert not re.search("仅按趋势|按趋势达成", page), path


def test_feasible_is_not_said_where_a_likelihood_is(client: FlaskClient) -> None:
    for path in ("/", "/indicator/milk", "/league/150500", "/compare/rules"):
        page = client.get(path).text
        assert "可行" not in page, path


def test_scores_are_shown_where_they_decide(client: FlaskClient) -> None:
    page = send(client, "/indicator/milk", allocation__milk__rule="by_criteria").text
    assert "综合评价：权重与得分" in page
    assert "综合评价：权重与得分" not in client.get("/indicator/milk").text


def test_a_lock_may_be_a_level_with_its_reason(client: FlaskClient) -> None:
    fields = {"allocation.milk.lock.150500.target": "58.11", "limits_why.milk.150500": "会议商定"}
    page = send(client, "/league/150500", **{name.replace(".", "__"): value for name, value in fields.items()}).text
    assert "58.11" in page
    assert 'value="会议商定"' in page
    lock = {"allocation": {"milk": {"lock": {"150500": {"target": 58.11}}}}}
    draft = pack(parse_scenario(lock | {"limits_why": {"milk": {"150500": "会议商定"}}}))
    assert "通辽市：会议商定" in client.get(f"/indicator/milk?draft={draft}").text


def test_a_reason_without_a_limit_is_asked_about_beside_it_and_printed_nowhere(client: FlaskClient) -> None:
    draft = pack(parse_scenario({"limits_why": {"milk": {"150500": "会议商定"}}}))
    asked = r'id="c-limits_why.milk.150500">.{0,200}填了理由，但没有填上下限或锁定'
    assert re.search(asked, client.get(f"/league/150500?draft={draft}").text, re.DOTALL)
    assert "通辽市：会议商定" not in client.get(f"/indicator/milk?draft={draft}").text


def test_an_amount_beside_a_level_is_refused_at_the_field(client: FlaskClient) -> None:
    both = {"allocation__milk__lock__150500": "20", "allocation__milk__lock__150500__target": "58.11"}
    page = send(client, "/league/150500", **both).text
    assert 'id="e-allocation.milk.lock.150500.target"' in page
