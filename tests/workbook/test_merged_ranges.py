"""Merged ranges of a template look as openpyxl's own, slower, reader has them look."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Border, PatternFill, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from restyling import ENGLISH, SHIPPED

from agriplan.workbook.template.cell_formats import look_of
from agriplan.workbook.template.merged_ranges import load_workbook
from agriplan.workbook.template.page import stored_cells

THIN, THICK, COLOURED = Side("thin"), Side("thick", color="FF0000"), Side(color="00FF00")


def odd_ranges() -> bytes:
    """Ranges that overlap, of one cell, row or column, begin where no cell is, and end in a border of their own."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    every = Border(THIN, THIN, THIN, THIN)
    for row in range(1, 12):
        for column in range(1, 6):
            cell = sheet.cell(row, column)
            cell.border, cell.fill = every, PatternFill("solid", "FFEEDD")
    sheet["A1"].border, sheet["A1"].protection = Border(THICK, top=COLOURED), Protection(locked=False)
    sheet["C3"].border = Border(right=THICK, bottom=THICK)
    sheet["A8"].border, sheet["A8"].protection = Border(), Protection(locked=False, hidden=True)
    texts = book_with_ranges(book, sheet, ["A1:C3", "C3:D5", "B2:B2", "A6:E6", "E7:E11", "A8:C9", "A8:C9", "H20:J22"])
    assert len(openpyxl.load_workbook(BytesIO(texts)).worksheets[0].merged_cells.ranges) >= 6
    return texts


def book_with_ranges(book: Workbook, sheet: Worksheet, ranges: list[str]) -> bytes:
    """The file with these ranges, written as they are: to merge here would take away what the cells look like."""
    for each in ranges:
        sheet.merged_cells.add(each)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.one_in(2)
@pytest.mark.parametrize("data", [SHIPPED.read_bytes(), ENGLISH.read_bytes(), odd_ranges()], ids=["zh", "en", "odd"])
def test_every_cell_looks_as_openpyxl_reads_it(data: bytes) -> None:
    assert seen(load_workbook(data)) == seen(openpyxl.load_workbook(BytesIO(data)))


def seen(book: Workbook) -> list[object]:
    """Every cell with its value and look, every range, and how many formats there are."""
    cells = [
        (sheet.title, place, type(cell), cell.value, cell.has_style, cell.protection.hidden, look_of(cell, []))
        for sheet in book.worksheets
        for place, cell in stored_cells(sheet).items()
    ]
    return [*cells, *(sorted(map(str, sheet.merged_cells.ranges)) for sheet in book.worksheets)]
