"""Names have the room that they need, and who signs has a line that a name fits on."""

from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from test_hygiene import TEMPLATES

# Digits of a column's width: a name written by hand takes two and a half centimetres, a date or a number two.
LEAST = {"负责人：": 13.0, "填报人：": 13.0, "填报日期：": 10.0, "联系电话：": 10.0}
LEAST |= {"Responsible:": 13.0, "Filled in by:": 13.0, "Date:": 10.0, "Telephone:": 10.0}
# A name is several words, its unit one or two.
TIMES_THE_UNIT = 1.15


def width(sheet: Worksheet, cell: Cell) -> float:
    """How wide a cell is with all cells it is merged with."""
    whole = next((each for each in sheet.merged_cells.ranges if cell.coordinate in each), None)
    columns = range(whole.min_col, whole.max_col + 1) if whole else [cell.column]
    return sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)


def rows(lang: str) -> Iterator[tuple[Worksheet, tuple[Cell, ...]]]:
    for sheet in load_workbook(TEMPLATES[lang]).worksheets:
        for row in sheet.iter_rows():
            yield sheet, row


@pytest.mark.parametrize("lang", TEMPLATES)
def test_a_name_has_more_room_than_its_unit(lang: str) -> None:
    narrow, seen = [], 0
    for sheet, row in rows(lang):
        held = {str(cell.value).strip("{}").rpartition(".")[2]: cell for cell in row if cell.value}
        if "name" in held and "unit" in held:
            seen += 1
            if width(sheet, held["name"]) < TIMES_THE_UNIT * width(sheet, held["unit"]):
                narrow.append(f"{sheet.title}!{held['name'].coordinate}")
    assert seen >= 2
    assert narrow == []


@pytest.mark.parametrize("lang", TEMPLATES)
def test_who_signs_finds_a_line_to_sign_on(lang: str) -> None:
    short, seen = {}, set()
    for sheet, row in rows(lang):
        for at, cell in enumerate(row):
            if cell.value in LEAST:
                line = next(each for each in row[at + 1 :] if each.border.bottom.style)
                seen.add(cell.value)
                if width(sheet, line) < LEAST[cell.value]:
                    short[f"{sheet.title}!{line.coordinate}"] = width(sheet, line)
    assert len(seen) == len(LEAST) / 2
    assert short == {}
