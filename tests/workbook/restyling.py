"""Edits that a planner makes to a template, and what a workbook must still hold afterwards."""

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.utility import xl_rowcol_to_cell

from agriplan.places import templates_folder
from agriplan.workbook.description import Book, Column
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.references import PlacedColumn
from agriplan.workbook.layout.sheets import Layout
from agriplan.workbook.template.reading import Template
from tests.workbook.filling_in import loaded
from tests.workbook.raw_edits import opened

SHIPPED = templates_folder() / "workbook.xlsx"
ENGLISH = templates_folder() / "workbook.en.xlsx"

Edit = Callable[[Workbook], None]


def restyled(folder: Path, edit: Edit, source: Path = SHIPPED) -> Template:
    """The shipped template after an edit, read again."""
    book = loaded(source.read_bytes())
    edit(book)
    path = folder / "restyled.xlsx"
    book.save(path)
    return read_template(path)


def sheet_of(book: Workbook, subject: str) -> Worksheet:
    """The template sheet for a subject."""
    return next(sheet for sheet in book.worksheets if find_text(sheet, "{sheet." + subject + "}"))


def find_text(sheet: Worksheet, text: str) -> tuple[int, int] | None:
    """The first cell that begins so."""
    found = (cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith(text))
    cell = next(found, None)
    return (cell.row, cell.column) if cell is not None else None


def place_of(sheet: Worksheet, token: str) -> tuple[int, int]:
    """Where a token stands."""
    place = find_text(sheet, "{" + token + "}")
    assert place is not None, token
    return place


def swap_columns(sheet: Worksheet, one: str, other: str) -> None:
    """Exchange two tokens and their headers."""
    (row, first), (_, second) = place_of(sheet, one), place_of(sheet, other)
    for each in (row - 1, row):
        left, right = sheet.cell(each, first), sheet.cell(each, second)
        left.value, right.value = right.value, left.value


def insert_rows(sheet: Worksheet, row: int, count: int) -> None:
    """Insert rows as Excel does, merged ranges and heights included."""
    merged = list(sheet.merged_cells.ranges)
    for each in merged:
        sheet.unmerge_cells(each.coord)
    heights = {number: each.height for number, each in sheet.row_dimensions.items() if each.height}
    sheet.insert_rows(row, count)
    for each in merged:
        moved = CellRange(each.coord)
        if moved.min_row >= row:
            moved.shift(row_shift=count)
        sheet.merge_cells(moved.coord)
    for number, height in heights.items():
        sheet.row_dimensions[number + count if number >= row else number].height = height


Held = Mapping[tuple[str, str], tuple[object, bool]]


def laid_cells(layout: Layout) -> Held:
    """Every cell of a layout by sheet and address: its value, and whether it is live."""
    return {
        (sheet.title, xl_rowcol_to_cell(row, col)): (value, formula is not None)
        for sheet in layout.sheets
        for row, col, _, value, formula in sheet.cells
    }


def written_cells(data: bytes) -> Held:
    """Every cell of a written workbook by sheet and address: its stored value, and whether it is live."""
    return {
        (title, f"{column}{row}"): (held.value, held.formula)
        for title, cells in opened(data).sheets.items()
        for (column, row), held in cells.items()
        if held.value is not None
    }


def misplaced(held: Held, layout: Layout, book: Book) -> Iterator[str]:
    """Entries of a book that are not held where the layout says they stand."""
    for (sheet, table, entry), area in layout.places.columns.items():
        keys = book.sheets[sheet].tables[table].keys
        column = Column(keys) if entry == "key" else book.sheets[sheet].tables[table].columns[entry]
        for index, value in enumerate(column.values):
            yield from _compare(f"{sheet}.{table}.{entry}", area, index, (value, column.formula is not None), held)
    for (sheet, entry), area in layout.places.scalars.items():
        if sheet != "words":
            cell = book.sheets[sheet].scalars[entry]
            yield from _compare(f"{sheet}.{entry}", area, 0, (cell.value, cell.formula is not None), held)


def _compare(name: str, area: PlacedColumn, index: int, wanted: tuple[object, bool], held: Held) -> Iterator[str]:
    place = area.sheet[1:-1].replace("''", "'"), f"{area.letters}{area.first + index + 1}"
    value, live = held.get(place, (None, False))
    # Fifteen digits are stored, and a whole number is read back as one.
    numbers = isinstance(value, int | float) and isinstance(wanted[0], int | float)
    same = math.isclose(value, wanted[0]) if numbers else (value or "") == (wanted[0] or "")
    if not same or (live != wanted[1] and value is not None):
        yield f"{name} at {place}: {value!r} instead of {wanted[0]!r}"
