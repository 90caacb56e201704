"""Reading a downloaded workbook as a planner would: by the headings of its first sheet."""

import io
import re
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from agriplan.formatting import print_number

# How the heading of a column of the first sheet begins, by the place of the same figure in a row of the league page.
HEADINGS = {1: "本盟市基期值", 3: "本盟市趋势", 5: "本盟市分解量", 6: "本盟市目标", 7: "年均需增长"}
HEADINGS[8] = "按历史达成可能性"


def opened(data: bytes, *, sheet_by_sheet: bool = False) -> Workbook:
    """A workbook with the figures that it shows; read sheet by sheet where not all are looked at."""
    return load_workbook(io.BytesIO(data), data_only=True, read_only=sheet_by_sheet)


def first_sheet(workbook: Workbook, indicators: dict[str, str]) -> dict[str, dict[int, str]]:
    """What the first sheet prints for every indicator (id by Chinese name), by the place on the league page."""
    rows_above = workbook.worksheets[0].iter_rows(max_row=30)
    grid = {(cell.row, cell.column): cell for row in rows_above for cell in row if cell.value is not None}
    cells = [cell for cell in grid.values() if isinstance(cell.value, str)]
    columns = {
        place: next(cell.column for cell in cells if cell.value.replace("\n", "").startswith(word))
        for place, word in HEADINGS.items()
    }
    rows = {indicators[str(cell.value)]: cell.row for cell in reversed(cells) if str(cell.value) in indicators}
    return {
        name: {place: printed(grid[row, column]) for place, column in columns.items() if (row, column) in grid}
        for name, row in rows.items()
    }


def printed(cell: Cell) -> str:
    """A cell as Excel shows it."""
    if not isinstance(cell.value, int | float):
        return str(cell.value)
    decimals = re.search(r"0\.(0+)", cell.number_format)
    return print_number(float(cell.value), len(decimals[1]) if decimals else 0)


def named_cells(workbook: Workbook, name: str) -> list[list[Cell]]:
    """The cells of a named range, row by row."""
    sheet, _, cells = workbook.defined_names[name].attr_text.rpartition("!")
    found: Any = workbook[sheet.strip("'")][cells.replace("$", "")]
    return [list(row) for row in found]
