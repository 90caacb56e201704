"""On every page stand the heads of the table whose rows are on it, and no other's: read from what LibreOffice prints.

In a copy of each workbook the first cell of a table's heads and of its rows holds a mark: as tall, and so on the page,
as in the workbook itself.
"""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from shutil import which
from tempfile import mkdtemp
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from test_hygiene import TEMPLATES
from xlsxwriter.utility import xl_rowcol_to_cell

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.paging import heads_of, paged_rows
from agriplan.workbook.layout.row_heights import settled_heights, wrapping_texts
from agriplan.workbook.layout.sheets import LaidSheet, Layout, lay_out
from agriplan.workbook.xlsx.writer import render
from tests.rolling.test_beginning import areas_file, fill, run
from tests.thoroughness import FULL
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.paper import print_books
from tests.workbook.recalculation import OFFICE

pytestmark = pytest.mark.skipif(
    not (OFFICE and which("pdftotext")), reason="LibreOffice and pdftotext are needed to print"
)
HEAD, ROW = "§", "¤"
# An indicator of each kind: a quantity, a value, a rate.
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}
# Shorter ones may be anything.
WORD = re.compile("[A-Za-z]{4,}")
# Titles of documents and who gave them out, as long as they are.
SOURCES = "依据"
MARK = re.compile(f"([{HEAD}{ROW}])([a-z])")
# Much is said of it: growths, limits, a reserve, actuals of two years, as of the second.
MUCH = {
    "name": "会前",
    "growth": {"milk": {"150000": 3.0, "150500": 8.0}, "beef_cattle_value": {"150500": 5.0}},
    "unit_value_growth": {"beef_cattle_value": 1.0},
    "baseline": {"milk_output": {"150500": {"value": 36.0, "source": "通辽市统计局 2021"}}},
    "allocation": {
        "milk": {
            "rule": "by_headroom",
            "reserve": 10.0,
            "margin": 5.0,
            "ceiling": {"150100": 30.5},
            "lock": {"150500": 20.0},
        }
    },
    "actual": {"milk": {"150500": {"2021": 40.1, "2022": 42.5}, "150100": {"2021": 250.0}}},
    "as_of": 2022,
}
# With every run much said of a league, and nothing of a region: that of twenty-four leagues below.
BOOKS = list(product(["league", "region"], TEMPLATES, [{}, MUCH])) if FULL else [("league", "en", MUCH)]


@cache
def folder() -> Path:
    return Path(mkdtemp())


@cache
def printed() -> dict[tuple[str, int, str], str]:
    """What stands on every page: by workbook, number and sheet."""
    books = {f"{area}-{lang}-{len(said)}": _area(area, lang, said) for area, lang, said in BOOKS}
    books |= {"comparison": _comparison(), "large": _large(folder())}
    files = [_marked(book, name, folder()) for name, book in books.items()]
    return {
        (pdf.stem, number, re.split(r"\s{2,}", page.strip())[-1]): page
        for pdf in print_books(files, folder())
        for number, page in enumerate(_pages(pdf), 1)
    }


def test_every_page_has_the_heads_of_its_rows_and_no_others() -> None:
    found = {place: wrong for place, page in printed().items() if (wrong := list(_wrong(page)))}
    assert found == {}


def test_a_figure_too_long_for_its_cell_is_printed_smaller_and_not_as_signs() -> None:
    # In the region of twenty-four leagues the targets are three millions, with two decimals.
    assert any("3,000,000.00" in page for page in printed().values())
    assert [place for place, page in printed().items() if "##" in page] == []


def test_no_word_is_broken_on_paper() -> None:
    broken = {
        place: words
        for place, page in printed().items()
        if "-en-" in place[0] and (words := set(WORD.findall(page)) - _words_in(place[0]))
    }
    assert broken == {}


def test_no_bracket_of_a_head_stands_alone_on_its_line() -> None:
    assert any("（%或点）" in page for page in printed().values())
    pages = {place: page for place, page in printed().items() if place[2] != SOURCES}
    assert [place for place, page in pages.items() if re.search(r"(?<!\S)[)）](?!\S)", page)] == []


@cache
def _words_in(name: str) -> set[str]:
    """Every word that stands in any part of a workbook."""
    with ZipFile(folder() / f"{name}.xlsx") as parts:
        return {word for each in parts.namelist() for word in WORD.findall(parts.read(each).decode(errors="ignore"))}


def _wrong(page: str) -> Iterator[str]:
    """What is amiss on a page: rows without their heads above, heads above nothing or above another's rows."""
    marks = MARK.findall(page)
    heads = [table for kind, table in marks if kind == HEAD]
    rows = [table for kind, table in marks if kind == ROW]
    yield from (f"rows of {table} without heads" for table in dict.fromkeys(rows) if table not in heads)
    yield from (f"heads of {table} without rows" for table in heads if table not in rows)
    yield from (f"heads of {table} twice" for table in dict.fromkeys(heads) if heads.count(table) > 1)
    above = ""
    for kind, table in marks:
        if kind == HEAD:
            above = table
        elif table != above and table in heads:
            yield f"rows of {table} below heads of {above or 'none'}"
            return


def _pages(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return text.split("\f")


def _marked(written: tuple[Layout, bytes], name: str, folder: Path) -> Path:
    layout, data = written
    path = folder / f"{name}.xlsx"
    with ZipFile(BytesIO(data)) as parts, ZipFile(path, "w", ZIP_DEFLATED) as marked:
        for each in parts.namelist():
            part = parts.read(each)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", each)
            if number:
                part = _with_marks(part.decode(), layout.sheets[int(number[1]) - 1], layout.book).encode()
            marked.writestr(each, part)
    return path


def _with_marks(part: str, sheet: LaidSheet, book: Book) -> str:
    paged = paged_rows(sheet.placed, settled_heights(sheet, list(wrapping_texts(sheet)), book))
    said = sorted((row, col) for row, col, _, value, formula in sheet.cells if formula or value not in (None, ""))
    first = dict(reversed(said))
    marks: dict[str, str] = {}
    shared = ""
    for number, block in enumerate(paged.blocks if paged else ()):
        heads = heads_of(sheet.placed, block) if block.table else []
        letter = chr(ord("a") + number)
        if heads:
            marks[xl_rowcol_to_cell(heads[-1], first[heads[-1]])] = HEAD + letter
            shared = letter if paged and paged.repeated[1] == heads[-1] + 1 else ""
        # A table without heads of its own goes by those that are repeated above it; a list of sentences has none.
        letter = letter if heads else shared
        if block.table and letter:
            rows = (row for row in range(heads[-1] + 1 if heads else block.begin, block.end) if row in first)
            marks |= {xl_rowcol_to_cell(row, first[row]): ROW + letter for row in rows}
    # Charts would print the names of the rows, and so their marks.
    part = re.sub(r"<drawing [^>]*/>", "", part)
    return re.sub(
        r'<c r="([A-Z]+\d+)"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
        lambda cell: (
            f'<c r="{cell[1]}"{cell[2] or ""} t="inlineStr"><is><t>{marks[cell[1]]}</t></is></c>'
            if cell[1] in marks
            else cell[0]
        ),
        part,
    )


def _written(book: Book, lang: str) -> tuple[Layout, bytes]:
    template = read_template(TEMPLATES[lang])
    return lay_out(template, book), render(template, book)


def _plan(said: object) -> Plan:
    data = read_baselines(baselines_folder())
    data = data if FULL else of_indicators(data, KINDS)
    return make_plan(parse_scenario(said), data, suggestions_for(data))


def _area(area: str, lang: str, said: object) -> tuple[Layout, bytes]:
    code = "150000" if area == "region" else "150500"
    return _written(describe_book(_plan(said), code, lang, read_template(TEMPLATES[lang]).words), lang)  # type: ignore[arg-type]


def _comparison() -> tuple[Layout, bytes]:
    words = read_template(TEMPLATES["zh"]).words
    return _written(describe_comparison(compare([_plan({}), _plan(MUCH)]), "zh", words), "zh")


def _large(folder: Path) -> tuple[Layout, bytes]:
    """A region of twenty-four leagues."""
    assert run("init", folder / "data", "--region", areas_file(folder)).exit_code == 0
    fill(folder / "data")
    data = read_baselines(folder / "data")
    plan = make_plan(Scenario(), data, suggestions_for(data))
    return _written(describe_book(plan, data.region.code, "zh", read_template(TEMPLATES["zh"]).words), "zh")
