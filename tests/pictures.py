"""Everything that people look at, as pictures: `make pictures`, into `out/pictures`.

Every page in every state that the browser's tests know, in both languages, on a desk and on a phone, and as printed;
every sheet of the workbooks of a league, of the region and of a comparison; the briefs. A picture a page, to look at.
"""

import logging
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from agriplan.analysis.comparison import compare
from agriplan.analysis.evaluation import evaluate
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.report.brief.document import write_brief
from agriplan.sentences import LANGS
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.web.pages.draft import pack, pack_fields
from agriplan.workbook.files import load_template, write_comparison, write_workbook
from tests.web.browser.test_pages_for_everyone import DESK, PAGES, PHONE
from tests.web.browser.test_printed_pages import PRINTED, SCENARIO
from tests.workbook.recalculation import OFFICE

FOLDER = Path("out") / "pictures"
WRONG = {"growth.milk.150500": "8x", "allocation.milk.ceiling.150500": "-1", "target.milk": "?"}
DOTS = 70  # to the inch: letters of 8 points can just be read, and a page is seen as a whole
AS_OF = 2022  # the year that briefs are of
AREAS = {"league": "150500", "region": "150000"}


@contextmanager
def served() -> Iterator[str]:
    """The service on loopback, with an empty database; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(database=f"sqlite:///{folder}/plans.sqlite3", secret_key="p" * 32, administrators="here")
        )
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def name_of(address: str) -> str:
    """The address of a page as the name of a file."""
    words = address.replace("={draft}", "").replace("={entered}", "")
    return "".join(letter if letter.isalnum() else "-" for letter in words).strip("-") or "overview"


def take_pages(browser: Browser, base: str) -> None:
    """Every page in every state, whole, on a desk and on a phone."""
    draft, entered = pack(SCENARIO), pack_fields(WRONG)
    for width, window in (("desk", DESK), ("phone", PHONE)):
        page = browser.new_page(viewport=window, base_url=base)
        for lang in LANGS:
            for number, address in enumerate(PAGES):
                shown = address.format(draft=draft, entered=entered).removeprefix("/")
                page.goto(f"{shown}{'&' if '?' in shown else '?'}lang={lang}")
                page.screenshot(path=FOLDER / f"page-{number:02}-{name_of(address)}-{lang}-{width}.png", full_page=True)
        page.close()


def print_pages(browser: Browser, base: str) -> None:
    """The pages that are printed as a brief."""
    page = browser.new_page(base_url=base)
    for lang in LANGS:
        for name, (address, _, _) in PRINTED.items():
            page.goto(f"{address}draft={pack(SCENARIO)}&lang={lang}")
            page.emulate_media(media="print")
            page.pdf(path=FOLDER / f"printed-{name}-{lang}.pdf", prefer_css_page_size=True, print_background=True)
    page.close()


def print_files(plan: Plan, usual: Plan) -> None:
    """The workbooks and briefs, printed by LibreOffice."""
    made = []
    for lang in LANGS:
        template = load_template(None, lang)
        for name, area in AREAS.items():
            made.append(FOLDER / f"workbook-{name}-{lang}.xlsx")
            made[-1].write_bytes(write_workbook(plan, area, template, lang))
            made.append(FOLDER / f"brief-{name}-{lang}.docx")
            made[-1].write_bytes(write_brief(evaluate(plan, plan.suggestions, AS_OF), area, lang))
        made.append(FOLDER / f"workbook-compared-{lang}.xlsx")
        made[-1].write_bytes(write_comparison(compare([usual, plan]), template, lang))
    with tempfile.TemporaryDirectory() as profile:
        command = [str(OFFICE), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(FOLDER), *map(str, made)], check=True, capture_output=True)


def main() -> None:
    """Make all pictures."""
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    baselines = read_baselines(baselines_folder())
    suggestions = suggestions_for(baselines)
    plan, usual = (make_plan(one, baselines, suggestions) for one in (SCENARIO, parse_scenario({})))
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
        take_pages(browser, base)
        print_pages(browser, base)
        browser.close()
    print_files(plan, usual)
    for printed in sorted(FOLDER.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-png", "-r", str(DOTS), str(printed), str(printed.with_suffix(""))], check=True)
    sys.stdout.write(f"{FOLDER}: {len(list(FOLDER.glob('*.png')))} pictures\n")


if __name__ == "__main__":
    main()
