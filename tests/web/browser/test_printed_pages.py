"""Pages as they come out of a printer: A4 upright, nothing cut, no text below 8 pt, with reasons and sources."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page

from agriplan.engine.plan import fingerprint
from agriplan.engine.scenario import parse_scenario
from agriplan.web.pages.draft import pack
from tests.thoroughness import FULL, by_turns

pytestmark = pytest.mark.skipif(not shutil.which("pdftohtml"), reason="no poppler: printed pages were not measured")

SCENARIO = parse_scenario({
    "growth": {"milk": {"150500": 8.0}},
    "allocation": {"milk": {"rule": "by_criteria", "ceiling": {"150100": 30}}},
    "actual": {"milk": {"150500": {"2021": 37, "2022": 41.5}}, "forage_value": {"150400": {"2021": 60, "2022": 61}}},
})  # fmt: skip
# The page, how many charts it has, and what it says of why.
PRINTED = {
    "league": ("league/150500?", 5, {"zh": "其他盟市溢出", "en": "Spill-over from others"}),
    "indicator": (
        "indicator/milk?short=150100&done=80&",
        3,
        {"zh": "最先达到的上限", "en": "whose ceiling comes first"},
    ),
    "rate": ("indicator/improved_breed_rate?", 3, {"zh": "按规则应分", "en": "By the rule alone"}),
    "compare": ("compare?choose=default&choose=draft&compare=1&", 1, {"zh": "差异来源", "en": "Where it lies"}),
    "rules": ("compare/rules?league=150500&", 0, {"zh": "差异来源", "en": "Where it lies"}),
    "evaluation": ("evaluation?", 0, {"zh": "评估", "en": "valuation"}),
    "years ahead": ("evaluation?as_of=2020&", 0, {"zh": "各盟市逐年", "en": "the leagues year by year"}),
    "actuals": ("actuals/150500?", 0, {"zh": "参与测算", "en": "counts"}),
    "overview": ("?", 0, {"zh": "进度监测", "en": "Monitoring"}),
}
# Pages with cautions, none of them their own: a sheet counts those of other pages, and what they say stands there.
OF_OTHERS = ("league", "indicator", "rate", "evaluation", "years ahead", "actuals")
ASKED = {"zh": "请说明价格年份", "en": "please say which"}
COUNTED = {"zh": "赤峰市:各年实际值2条", "en": "told there: Chifeng: actual figures 2"}
FURTHER = "years ahead"  # its board is among those below
SCALE = 1.5  # pdftohtml's units in a point
LEAST_POINTS = 8.0
A4 = (892, 1262)  # in those units
FOOT = 1185  # below it stands what every sheet says
LINE = 8  # how far apart the texts of one line stand at most
NEXT_LINE = 26  # and those of the line below
HEADING_POINTS = 11.5
LEAST_FILLED = 0.1  # of the last sheet
TEXT = r'<text top="(-?\d+)" left="(-?\d+)" width="(\d+)" height="\d+" font="(\d+)">(.*?)</text>'
SOURCES = {"zh": "数据来源", "en": "Sources"}


@pytest.fixture(scope="module")
def paper(browser: Browser, served: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(**served, java_script_enabled=False)
    yield context.new_page()
    context.close()


class Printed(NamedTuple):
    """A text on a sheet, in pdftohtml's units but for its size in points."""

    size: float
    top: int
    left: int
    right: int
    said: str
    is_bold: bool


def sheets_of(pdf: Path) -> tuple[set[tuple[int, int]], list[list[Printed]]]:
    """The sizes of the sheets, and the texts of each."""
    read = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", str(pdf)], capture_output=True, check=True)
    xml = read.stdout.decode("utf-8", "replace")
    pages = {(int(width), int(height)) for height, width in re.findall(r'<page[^>]*height="(\d+)" width="(\d+)"', xml)}
    sizes = {name: int(size) / SCALE for name, size in re.findall(r'<fontspec id="(\d+)" size="(\d+)"', xml)}
    sheets = []
    for sheet in xml.split("<page ")[1:]:
        found = re.findall(TEXT, sheet)
        texts = [
            Printed(
                sizes[font], int(top), int(left), int(left) + int(width), re.sub("<[^>]+>", "", said), "<b>" in said
            )
            for top, left, width, font, said in found
        ]
        sheets.append([text for text in texts if text.said.strip()])
    return pages, sheets


def lowest_line(texts: list[Printed]) -> list[Printed]:
    """The texts that stand lowest; of a bold name in several lines those beside its first one."""
    bottom = max(text.top for text in texts)
    line = [text for text in texts if text.top > bottom - LINE]
    above = [text for text in texts if bottom - NEXT_LINE < text.top <= bottom - LINE]
    goes_on = any(text.left == line[0].left and text.is_bold for text in above)
    return lowest_line([text for text in texts if text not in line]) if is_heading(line) and goes_on else line


def is_heading(line: list[Printed]) -> bool:
    """Whether a line is bold or large, and nothing stands beside it."""
    return len(line) == 1 and (line[0].is_bold or line[0].size > HEADING_POINTS)


def read(texts: list[Printed]) -> str:
    """What stands there, without spaces and with characters as they are typed: 里 comes out as its radical."""
    return normalize("NFKC", "".join(text.said for text in texts)).replace(" ", "")


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("lang", "name"), by_turns(["zh", "en"], [one for one in PRINTED if FULL or one != FURTHER]))
def test_a_page_prints_as_a_brief(paper: Page, baselines, tmp_path: Path, name: str, lang: str) -> None:
    address, charts, why = PRINTED[name]
    paper.goto(f"{address}draft={pack(SCENARIO)}&lang={lang}")
    paper.emulate_media(media="print")
    shown = paper.locator("svg.chart")
    assert shown.count() == charts
    assert all(shown.nth(n).is_visible() for n in range(charts))
    assert paper.evaluate("getComputedStyle(document.documentElement).printColorAdjust") == "exact"
    rows_below = paper.locator("tfoot").evaluate_all("all => all.map(one => getComputedStyle(one).display)")
    assert set(rows_below) <= {"table-row-group"}  # not repeated on every sheet
    last_rows = paper.locator("tbody:last-of-type > tr:last-child").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakAfter)"
    )
    assert set(last_rows) <= {"auto"}  # a table does not take what is below it to the next sheet
    paper.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
    pages, sheets = sheets_of(tmp_path / "page.pdf")
    assert pages == {A4}
    texts = [text for sheet in sheets for text in sheet]
    assert [text for text in texts if text.size < LEAST_POINTS] == []
    assert [text for text in texts if text.left < 0 or text.right > A4[0]] == []
    assert ASKED[lang].replace(" ", "") not in read(texts)
    for wanted in (why[lang], SOURCES[lang], *([COUNTED[lang]] if name in OF_OTHERS else [])):
        assert wanted.replace(" ", "") in read(texts), wanted
    for number, sheet in enumerate(sheets, 1):
        foot = read([text for text in sheet if text.top > FOOT])
        assert fingerprint(SCENARIO, baselines) in foot
        assert foot.startswith(f"{number}/{len(sheets)}")
        body = [text for text in sheet if text.top <= FOOT]
        lowest = lowest_line(body)
        assert not is_heading(lowest), (number, lowest)
    assert max(text.top for text in body) > LEAST_FILLED * A4[1]


# A page, what heads a table on it, and what stands in the rows that the sheet of its heading has to show.
INDICATORS = ("milk", "meat_sheep_value", "improved_breed_rate")
if FULL:  # more indicators that are valued
    INDICATORS += ("beef_cattle_value", "forage_value")
HEADED = {
    **{
        f"shares of {one}": (f"indicator/{one}?lang=en", "Shares by league", ("Hohhot", "Baotou")) for one in INDICATORS
    },
    **{f"monitoring of {one}": (f"indicator/{one}?lang=en", "Monitoring", ("Last year",)) for one in INDICATORS[:2]},
    **{
        f"board of {year}": (f"evaluation?as_of={year}&lang=zh", "各盟市评估一览", ("呼和浩特", "包头", "呼伦"))
        for year in ((2021, 2022, 2023, 2024, 2025) if FULL else (2021, 2025))
    },
}


@pytest.fixture(scope="module")
def printed(paper: Page, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """What the sheets of a page say, printed once for all that is looked for on them."""

    @cache
    def sheets(address: str) -> list[str]:
        file = tmp_path_factory.mktemp("printed") / "page.pdf"
        paper.goto(address)
        paper.emulate_media(media="print")
        paper.pdf(path=file, prefer_css_page_size=True, print_background=True)
        return [read([text for text in sheet if text.top <= FOOT]) for sheet in sheets_of(file)[1]]

    return sheets


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", HEADED)
def test_a_heading_stands_on_the_sheet_of_three_rows_of_its_table(
    printed: Callable[[str], list[str]], name: str
) -> None:
    address, heading, rows = HEADED[name]
    sheets = printed(address)
    (sheet,) = (sheet for sheet in sheets if heading.replace(" ", "") in sheet)
    below = sheet[sheet.index(heading.replace(" ", "")) :]
    assert [row for row in rows if row.replace(" ", "") not in below] == []
