"""Keyboard, screen reader, phone: axe-core finds nothing serious, and nothing runs off the screen."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from agriplan import web
from tests.thoroughness import FULL, by_turns
from tests.web.browser.conftest import Open

PAGES = (
    *("/scenarios", "/compare/rules", "/compare?compare=1"),
    *(
        "/",
        "/compare?choose=default&choose=draft&draft={draft}",
        "/league/150500?draft={draft}&entered={entered}",
        "/indicator/milk?short=150100&done=80&draft={draft}&entered={entered}",
        "/data?area=150500&draft={draft}",
        "/upload",
        "/tables",
        "/roll",
        "/evaluation?as_of=2022&draft={draft}",
        "/actuals/150000",
        "/scenarios/history?name=none",
        "/who",
        "/administration",
        "/api/docs",
        "/method",
        "/none",
    ),
)
# The same pages with less on them, or of another area or indicator.
SIMPLER = (
    *("/indicator/improved_breed_rate?short=150500&done=80", "/indicator/milk?draft={draft}&entered={entered}"),
    *("/indicator/improved_breed_rate", "/indicator/milk?short=150100&done=80&draft={draft}", "/compare"),
    *(
        "/actuals/150500?draft={draft}",
        "/league/150500",
        "/league/150500?draft={draft}",
        "/indicator/milk",
        "/data",
        "/data?draft={draft}",
        "/evaluation",
    ),
)
# What the application's addresses are tried with, to find out which of them are pages.
SAMPLE = {"code": "150500", "indicator": "milk", "area": "150500", "identity": "none", "token": "none"}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 720}
SERIOUS = {"serious", "critical"}
LANDMARKS = re.compile("region$|landmark-")  # all of a page stands in a part that has a name of its own
STYLES = Path(web.__file__).parent / "static"
# What looks like a part before it, within parts that look alike, is measured once: with the same
# elements, classes and kinds of fields, at a place that no style picks out.
CONTRAST = "color-contrast"
MARK_ALIKE = r"""
const known = new Set();
const mark = (parent, path) => [...parent.children].forEach((part, place, all) => {
  const kept = / (?!class=|style=|type=|fill=|stroke=)([\w-]+)="[^"]*"/g;
  const bare = part.outerHTML.replace(/>[^<]*/g, ">").replace(kept, " $1");
  const look = [path, Math.min(place, 3), part === all.at(-1), bare].join();
  if (known.has(look)) part.dataset.alike = "";
  else mark(part, known.add(look) && [path, Math.min(place, 3), part === all.at(-1), bare.split(">")[0]].join());
});
mark(document.body, "");
"""


@pytest.fixture
def scripted() -> bool:
    return True


@pytest.fixture
def window(windows: Open) -> Page:
    return windows(True)


def in_language(address: str, lang: str) -> str:
    """The address of a page, named below wherever the service is."""
    return f"{address.removeprefix('/')}{'&' if '?' in address else '?'}lang={lang}"


def test_every_page_of_the_application_is_looked_at(app: Flask) -> None:
    client, router = app.test_client(), app.url_map.bind("")
    looked_at = {router.match(address.partition("?")[0])[0] for address in PAGES if address != "/none"}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(("/api/v1", "/static")):
            continue
        if rule.endpoint in looked_at:
            continue
        _, address = rule.build({name: SAMPLE[name] for name in rule.arguments}) or ("", rule.rule)
        answer = client.get(address)
        assert answer.status_code != 200 or answer.mimetype != "text/html", address


def violations(window: Page) -> list[dict[str, Any]]:
    """What axe-core finds amiss in what differs; in full everywhere."""
    if not FULL:
        window.evaluate(MARK_ALIKE)
    return list(
        Axe().run(window, {"exclude": [["[data-alike]"]]}, {"resultTypes": ["violations"]}).response["violations"]
    )


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("lang", "address"), by_turns(["zh", "en"], (*PAGES, *(SIMPLER if FULL else ()))))
def test_nothing_runs_off_the_screen_of_a_phone_and_axe_finds_nothing_serious(
    window: Page, address: str, lang: str, draft: str, entered: str
) -> None:
    window.set_viewport_size(PHONE)
    window.goto(in_language(address.format(draft=draft, entered=entered), lang))
    assert window.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    window.set_viewport_size(DESK)
    # Folded parts count as well.
    window.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    serious = [one for one in violations(window) if one["impact"] in SERIOUS or LANDMARKS.match(one["id"])]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious] == []


def test_pale_words_are_found_in_rows_that_look_like_no_other(window: Page) -> None:
    row = "<tr><td class='{}'>150500 通辽市</td></tr>"
    window.goto("about:blank")  # the pages allow no styles of their own
    for last, expected in (("pale", [CONTRAST]), ("dark", [])):
        rows = "".join(map(row.format, [*["dark"] * 6, last, "dark"]))
        style = "<style>.pale { color: #ccc; background: #fff }</style>"
        window.set_content(f"<html lang=zh><title>x</title>{style}<main><table>{rows}</table></main>")
        found = [one for one in violations(window) if one["impact"] in SERIOUS]
        assert [one["id"] for one in found] == expected
        assert window.locator("[data-alike]").count() == (0 if FULL else 2 + (last == "dark"))


def test_no_style_picks_out_what_is_measured_once() -> None:
    sheets = "".join(each.read_text(encoding="utf-8") for each in STYLES.glob("*.css"))
    # The room of a table goes by its columns: no look.
    sheets = re.sub(r"[^{}]*\.scroll[^{}]*\{ --room: [^{}]*\}", "", sheets)
    assert set(re.findall(r"\[([\w-]+)[~|^$*]?=", sheets)) <= {"class", "style", "type"}
    assert set(re.findall(r"nth-[\w-]+\(([^)]*)\)", sheets)) <= {"1", "2", "3", "n+2", "n+3", "-n+2"}


def test_the_first_tab_leads_past_the_navigation(page: Page) -> None:
    page.goto("league/150500")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_typing_keeps_the_cursor_where_it_is(page: Page) -> None:
    page.goto("league/150500")
    entry = page.locator('input[name="growth.milk.150500"]')
    entry.focus()
    page.keyboard.type("8.5")
    expect(page.locator("#row-milk td").nth(1)).to_have_text("8.50")
    expect(entry).to_be_focused()
    expect(page.locator("[data-live-status]").first).to_have_text("已更新")
