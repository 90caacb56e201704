"""What is printed can be read whole: no word is broken within a cell, and no label ends at its cell's edge."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from test_hygiene import KINDS, TEMPLATES, written

from agriplan.engine.plan import Plan
from agriplan.letter_widths import IN_CELLS
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.cell_room import bold_width, room_of
from agriplan.workbook.layout.row_heights import PIECES, text_lines
from agriplan.workbook.template.page import WIDTH_PADDING
from tests.thoroughness import by_turns

# A further indicator has the same sheets as the first.
INDICATORS = {"milk"}

# Points of a line of text for each point of its size, where nothing is left above and below.
LEAST_LEADING = 1.17
each_file = pytest.mark.parametrize(("kind", "lang"), by_turns(KINDS, TEMPLATES))


@dataclass(frozen=True)
class Label:
    """A text as it stands on paper: its cell, the room for it in digits of its own size, and the height in points."""

    place: str
    text: str
    wraps: bool
    room: float
    height: float
    size: float
    bold: bool

    @property
    def longest_word(self) -> str:
        return max(PIECES.findall(self.text), key=IN_CELLS.of, default="")

    def width(self, text: str) -> float:
        return bold_width(text) if self.bold else IN_CELLS.of(text)

    @property
    def fits(self) -> bool:
        if not self.wraps:
            return max(map(self.width, self.text.split("\n"))) <= self.room
        return text_lines(self.text, self.room) * self.size * LEAST_LEADING <= self.height + 0.5


@cache
def labels(kind: str, lang: str) -> list[Label]:
    return labels_of(load_workbook(BytesIO(written(kind, lang)), data_only=True))


def labels_of(book: Workbook) -> list[Label]:
    return [label for sheet in book.worksheets for label in _labels(sheet)]


def _labels(sheet: Worksheet) -> Iterator[Label]:
    _, _, right, bottom = range_boundaries(sheet.print_area.rsplit("!", 1)[-1].replace("$", ""))
    widths = {
        column: dimension.width
        for dimension in sheet.column_dimensions.values()
        for column in range(dimension.min, dimension.max + 1)
    }
    merged = {(each.min_row, each.min_col): each for each in sheet.merged_cells.ranges}
    behind = {cell for each in sheet.merged_cells.ranges for cell in each.cells} - set(merged)
    for row in sheet.iter_rows(max_row=bottom, max_col=right):
        for cell in row:
            if not isinstance(cell.value, str) or not cell.value or (cell.row, cell.column) in behind:
                continue
            whole = merged.get((cell.row, cell.column))
            last_col, last_row = (whole.max_col, whole.max_row) if whole else (cell.column, cell.row)
            room = sum(widths.get(col, 9.14) for col in range(cell.column, last_col + 1))
            if not cell.alignment.wrap_text:
                room += sum(widths.get(col, 9.14) for col in _free(sheet, cell, last_col, right, behind | set(merged)))
            heights = [sheet.row_dimensions[each].height or 15.0 for each in range(cell.row, last_row + 1)]
            size = float(cell.font.size)
            yield Label(
                f"{sheet.title}!{cell.coordinate}",
                cell.value,
                bool(cell.alignment.wrap_text),
                room_of(room - WIDTH_PADDING, size, int(cell.alignment.indent or 0)),
                sum(heights),
                size,
                bool(cell.font.bold),
            )


def _free(sheet: Worksheet, cell: Cell, last: int, right: int, merged: set[tuple[int, int]]) -> Iterator[int]:
    """The empty columns into which a text runs on that does not wrap."""
    sides = {"right": range(cell.column - 1, 0, -1), "center": range(0)}
    for col in sides.get(cell.alignment.horizontal or "", range(last + 1, right + 1)):
        if sheet.cell(cell.row, col).value is not None or (cell.row, col) in merged:
            return
        yield col


@each_file
def test_no_word_is_broken_within_a_cell(kind: str, lang: str) -> None:
    broken = {
        label.place: label.longest_word
        for label in labels(kind, lang)
        if label.wraps and label.width(label.longest_word) > label.room
    }
    assert broken == {}


@each_file
def test_no_label_is_cut_at_the_edge_of_its_cell(kind: str, lang: str) -> None:
    cut = {label.place: label.text for label in labels(kind, lang) if not label.fits}
    assert cut == {}


@each_file
def test_per_cent_stands_behind_its_figure_in_one_way(kind: str, lang: str) -> None:
    texts = {label.place: label.text for label in labels(kind, lang)}
    other_way = {"zh": r"\d\s%", "en": r"\d%"}[lang]
    assert {place: text for place, text in texts.items() if re.search(other_way, text)} == {}
    assert kind == "comparison" or any("%" in text for text in texts.values())


@pytest.mark.parametrize("lang", TEMPLATES)
def test_a_change_is_listed_with_as_many_decimals_as_its_default(lang: str) -> None:
    (sheet,) = (each for each in read_template(TEMPLATES[lang]).sheets if each.subject == "edits")
    shown = [dict(spot.look)["num_format"] for spot in sheet.spots if spot.text in ("{list.from}", "{list.to}")]
    assert shown == ["#,##0.00######"] * 2


def test_a_table_without_rows_says_so(plan: Plan) -> None:
    words = read_template(TEMPLATES["zh"]).words
    books = [describe_book(plan, code, "zh", words) for code in plan.baselines.areas]
    for book in books:
        tables = book.sheets["basis"].tables
        assert all(len(table.keys) for name, table in tables.items()), book.sheets["basis"].name
    projects = [book.sheets["basis"].tables["projects"].columns["supports"].values for book in books]
    assert ["无"] in [list(each) for each in projects]
