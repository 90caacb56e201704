"""Count what six jobs cost a planner: `python docs/measure_usability.py` prints the table of `docs/usability.md`.

It starts the service on loopback with an empty database and does each job in Chromium at 1280 x 800. A click is a press
of the mouse, a key one of the keyboard, a long scroll more than one window's height between two things that are used.
Run from a folder of an older state it counts that one: a step names every place where a thing has stood, and takes
the first that is there.
"""

import json
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, sync_playwright
from werkzeug.serving import make_server

from agriplan.settings import Settings
from agriplan.web.app import create_app

WINDOW = {"width": 1280, "height": 800}
QUIET_MS = 1500  # after a key until the page has answered


@dataclass
class Hand:
    """A person at a page: does things, and counts them."""

    page: Page
    clicks: int = 0
    keys: int = 0
    scrolls: int = 0

    def reach(self, *places: str) -> Locator:
        """Bring the first of these places that is there into sight."""
        there = next((place for place in places if self.page.locator(place).count()), places[0])
        thing = self.page.locator(there).first
        box = thing.bounding_box() or {"y": 0.0, "height": 0.0}
        away = max(-box["y"], box["y"] + box["height"] - WINDOW["height"], 0.0)
        self.scrolls += away > WINDOW["height"]
        # By the window itself: a part that is being replaced at this moment cannot be asked to scroll.
        if away:
            self.page.mouse.wheel(0, box["y"] + box["height"] / 2 - WINDOW["height"] / 2)
            self.page.wait_for_timeout(QUIET_MS)
        return thing

    def click(self, *places: str) -> None:
        """Press the mouse on a thing."""
        self.reach(*places).click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def type(self, text: str, *places: str) -> None:
        """Click into a field and type."""
        self.reach(*places).click()
        self.clicks += 1
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.page.wait_for_timeout(QUIET_MS)

    def next_field(self, text: str) -> None:
        """Go on with the tabulator and type."""
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(text)
        self.keys += 1 + len(text)

    def choose(self, value: str, *places: str) -> None:
        """Choose a line of a list: open it and press."""
        self.reach(*places).select_option(value)
        self.clicks += 2
        self.page.wait_for_timeout(QUIET_MS)

    def save(self, name: str) -> None:
        """Name the scenario and save it."""
        self.type(name, "#f-name", "#save-name")
        self.click("#strip button[name=save]", "form.save button")


def own_league(hand: Hand) -> None:
    """From the first page to the own league, two growths, the workbook."""
    hand.click('main .picker a:has-text("通辽市")', '.tiles a:has-text("通辽市")')
    hand.type("8", 'input[name="growth.milk.150500"]')
    hand.type("5", 'input[name="growth.forage_value.150500"]')
    with hand.page.expect_download():
        hand.click("#bar button[name=download]", ".download-line button", ".download-line a")


def limits(hand: Hand) -> None:
    """An indicator: a ceiling, two locks, another rule, saved."""
    hand.click('a[href^="/indicator/milk"]')
    hand.type("30", 'input[name="allocation.milk.ceiling.150100"]')
    hand.type("20", 'input[name="allocation.milk.lock.150500"]')
    hand.type("25", 'input[name="allocation.milk.lock.150400"]')
    hand.choose("by_headroom", 'select[name="allocation.milk.rule"]')
    hand.save("上限与锁定")


def compare(hand: Hand) -> None:
    """Three scenarios side by side, and who carries more."""
    hand.click('#nav a[href^="/scenarios"]')
    for place in (0, 1):
        hand.reach(f'table input[form="compare-form"] >> nth={place}').check()
        hand.clicks += 1
    hand.reach('input[form="compare-form"][value="default"]').check()
    hand.clicks += 1
    hand.click('button[form="compare-form"]')
    hand.reach(".side-more", "#moved-title")


def actuals(hand: Hand) -> None:
    """Three years' actual figures of milk for all twelve leagues."""
    if hand.page.goto("/indicator/milk") and hand.page.locator("#actuals").count():
        hand.page.goto("/")
        hand.click('a[href^="/indicator/milk"]')
        hand.click("#actuals > summary")
        hand.type("1", 'input[name="actual.milk.150100.2021"]')
        codes = hand.page.locator("#actuals tbody tr").count()
        years = hand.page.locator("#actuals thead th").count() - 1
        for step in range(1, (codes - 1) * years + 3):
            hand.next_field("1" if step % years < 3 else "")
        return
    hand.page.goto("/")
    leagues = hand.page.locator(".tiles a").count()
    for place in range(leagues):
        hand.click(f".tiles a >> nth={place}" if place == 0 else f"#others a >> nth={place}")
        hand.click('#milk summary:has-text("实际值")')
        hand.type("1", '#milk input[name^="actual.milk."][name$=".2021"]')
        hand.next_field("1")
        hand.next_field("1")
        hand.page.wait_for_timeout(QUIET_MS)


def source(hand: Hand) -> None:
    """Where the base-year figure of a league comes from."""
    hand.click('main .picker a:has-text("通辽市")', '.tiles a:has-text("通辽市")')
    if hand.page.locator("#row-milk .grade-link").count():
        hand.click("#row-milk .grade-link")
        return
    hand.click('#nav a[href^="/data"]')
    hand.choose("150500", 'select[name="area"]')
    hand.choose("milk_output", 'select[name="indicator"]')
    hand.reach('tr:has-text("2020")')


def why(hand: Hand) -> None:
    """Why more than under the other rule: the figures under both, and what sets them apart where the page says it."""
    hand.click('main .picker a:has-text("通辽市")', '.tiles a:has-text("通辽市")')
    if hand.page.locator("#why-milk").count():
        hand.click("#why-milk > summary")
        hand.click("#why-milk a")
        hand.reach("#milk-under ~ .scroll tr:has-text('均摊法')")
        return
    hand.click('#nav a[href^="/compare"]')
    hand.click('a[href^="/compare/rules"]')
    hand.reach("#milk-title")


JOBS: dict[str, Callable[[Hand], None]] = {
    job.__name__: job for job in (own_league, limits, compare, actuals, source, why)
}


def main() -> None:
    """Serve, do, count."""
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed")
    counted = {}
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database=f"sqlite:///{folder}/plans.sqlite3", secret_key="p" * 32))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
            context = browser.new_context(viewport=WINDOW, base_url=f"http://127.0.0.1:{server.server_port}")
            for name, growth in (("甲", "6"), ("乙", "9")):
                start = Hand(context.new_page())
                start.page.goto("/league/150500")
                start.type(growth, 'input[name="growth.milk.150500"]')
                start.save(name)
            for name, job in JOBS.items():
                hand = Hand(context.new_page())
                hand.page.goto("/")
                job(hand)
                counted[name] = {"clicks": hand.clicks, "keys": hand.keys, "long scrolls": hand.scrolls}
                hand.page.close()
            browser.close()
        server.shutdown()
    sys.stdout.write(json.dumps(counted, indent=1) + "\n")


if __name__ == "__main__":
    main()
