"""What is printed can be read: letters of eight points, pages that hold something, and not too many of them."""

import re
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import mkdtemp
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from test_any_number_of_indicators import folder_with
from test_hygiene import KINDS, TEMPLATES, opened, written

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template, read_template, write_comparison
from agriplan.workbook.layout.repeated_blocks import printed_width, with_all_blocks
from tests.thoroughness import FULL, by_turns
from tests.workbook.paper import PrintedPage, pages_of, print_books
from tests.workbook.recalculation import OFFICE

printed = pytest.mark.skipif(
    not (OFFICE and which("pdftotext")), reason="LibreOffice and pdftotext are needed to print"
)
LEAST_POINTS = 8.0
# LibreOffice scales a sheet by whole per cents.
PER_CENT = 0.05
LEAST_FILLED = 1 / 3
MOST_PAGES = {"league": 42, "region": 70, "comparison": 16} if FULL else {"region": 57, "comparison": 8}
# With every run the region's, which has a sheet more, and a comparison; a league's is printed by
# `test_heads_on_paper.py` and `test_own_and_changed.py`.
FILES = [file for file in by_turns(KINDS, TEMPLATES) if FULL or file[0] != "league"]
each_file = pytest.mark.parametrize(("kind", "lang"), FILES)


@cache
def on_paper() -> dict[tuple[str, str], tuple[list[PrintedPage], list[str]]]:
    """Every kind of workbook, printed: its pages, and the sheet that each page's footer names."""
    folder = Path(mkdtemp())
    books = [folder / f"{kind}-{lang}.xlsx" for kind, lang in FILES]
    for (kind, lang), book in zip(FILES, books, strict=True):
        book.write_bytes(written(kind, lang))
    pdfs = print_books(books, folder)
    return {one: (pages_of(pdf), sheets_of(pdf)) for one, pdf in zip(FILES, pdfs, strict=True)}


def sheets_of(pdf: Path) -> list[str]:
    read = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return [re.split(r"\s{2,}", page.strip().splitlines()[-1].strip())[-1] for page in read.split("\f") if page.strip()]


@printed
@each_file
def test_no_letter_on_paper_is_smaller_than_eight_points(kind: str, lang: str) -> None:
    pages, sheets = on_paper()[kind, lang]
    assert len(pages) == len(sheets)
    least = {
        (number, sheet): min(page.sizes) for number, (page, sheet) in enumerate(zip(pages, sheets, strict=True), 1)
    }
    assert {place: size for place, size in least.items() if size < LEAST_POINTS - PER_CENT} == {}


@printed
@each_file
def test_only_the_last_page_of_a_sheet_may_be_nearly_empty(kind: str, lang: str) -> None:
    pages, sheets = on_paper()[kind, lang]
    goes_on = [one == following for one, following in zip(sheets, [*sheets[1:], ""], strict=True)]
    empty = [
        (number, sheet, round(page.filled, 2))
        for number, (page, sheet, more) in enumerate(zip(pages, sheets, goes_on, strict=True), 1)
        if more and page.filled < LEAST_FILLED
    ]
    assert empty == []


@printed
@each_file
def test_a_workbook_does_not_take_a_ream(kind: str, lang: str) -> None:
    assert len(on_paper()[kind, lang][0]) <= MOST_PAGES[kind]


@printed
@each_file
def test_sheets_are_printed_on_a4_and_the_breakdown_on_a3(kind: str, lang: str) -> None:
    pages, sheets = on_paper()[kind, lang]
    large = {sheet for page, sheet in zip(pages, sheets, strict=True) if page.width > 1000}
    assert large == ({{"zh": "一览", "en": "Breakdown"}[lang]} if kind == "region" else set())


@pytest.mark.parametrize("lang", TEMPLATES)
def test_a_remark_and_a_name_that_signs_wrap_instead_of_becoming_smaller(lang: str) -> None:
    template = read_template(TEMPLATES[lang])
    spots = [spot for sheet in template.sheets for spot in sheet.spots]
    remarks = [spot for spot in spots if str(spot.text).endswith("remark}") and "." in str(spot.text)]
    signed = [spot for spot in spots if str(spot.text) in ("{plan.area}", "{area}")]
    looks = [dict(spot.look) for spot in [*remarks, *signed]]
    assert min(len(remarks), len(signed)) >= 6
    assert all(look.get("text_wrap") and not look.get("shrink") for look in looks)


@pytest.mark.parametrize("lang", TEMPLATES)
def test_figures_under_rules_stand_at_the_right_and_names_at_the_left_of_their_columns(lang: str) -> None:
    spots = [spot for sheet in read_template(TEMPLATES[lang]).sheets for spot in sheet.spots]
    sides = {spot.token: dict(spot.look).get("align") for spot in spots if spot.token and "." in spot.token}
    figures = [side for token, side in sides.items() if re.match(r"by_rule\.(by|equal|least|great)", token)]
    assert len(figures) >= 9
    assert set(figures) == {"right"}
    assert {sides[f"{table}.name"] for table in ("leagues", "criteria")} == {"left"}


def test_a_breakdown_of_nine_indicators_goes_on_to_a_second_page_instead_of_smaller_letters(tmp_path: Path) -> None:
    data = read_baselines(folder_with(9, tmp_path / "data"))
    plan = make_plan(Scenario(), data, suggestions_for(data))
    template = read_template(TEMPLATES["zh"])
    book = describe_book(plan, data.region.code, "zh", template.words)
    (usual,) = (each.page for each in template.sheets if each.subject == "overview")
    (wide,) = (each.page for each in with_all_blocks(template, book).sheets if each.subject == "overview")
    assert (usual.fit[0], wide.fit[0]) == (1, 2)
    assert printed_width(dict(wide.widths), wide.right) / 2 <= printed_width(dict(usual.widths), usual.right)


@printed
@pytest.mark.parametrize(("kind", "lang"), [file for file in FILES if file[0] != "comparison"])
def test_the_meeting_gets_two_pages(kind: str, lang: str) -> None:
    assert on_paper()[kind, lang][1].count({"zh": "会议版", "en": "Meeting"}[lang]) == 2


@each_file
def test_a_chart_shows_no_more_than_can_be_told_apart_and_may_be_copied(kind: str, lang: str) -> None:
    with ZipFile(BytesIO(written(kind, lang))) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert max(chart.count("<c:ser>") for chart in charts) <= 6
    assert not [sheet for sheet in sheets if 'objects="1"' in sheet]
    assert all('autoFilter="0"' in sheet for sheet in sheets if "<sheetProtection" in sheet)


@pytest.mark.parametrize("kind", ["league", pytest.param("region", marks=pytest.mark.thorough)])
def test_a_surplus_draws_no_empty_axes(kind: str) -> None:
    sheet = next(one for one in opened(kind, "zh").worksheets if one.title.startswith("肉牛"))
    drawn = [[(series.val or series.yVal).numRef.numCache.pt for series in chart.series] for chart in sheet._charts]
    with_numbers = [[sum(float(point.v) != 0 for point in points) for points in each] for each in drawn]
    assert len(with_numbers) == 3
    assert all(max(numbers) > 0 for numbers in with_numbers)


def test_a_comparison_draws_only_what_moved(plan, baselines, suggestions) -> None:
    faster = make_plan(parse_scenario({"growth": {"milk": {"150500": 8}}}), baselines, suggestions)
    book = load_workbook(BytesIO(write_comparison(compare([plan, faster]), load_template(None, "zh"), "zh")))
    drawn = {one.title: len(one._charts) for one in book if one.title.startswith("对比")}
    milk = next(title for title in drawn if "奶" in title)
    assert drawn == dict.fromkeys(drawn, 0) | {milk: 2}
