"""Merged cells of openpyxl, styled once for each style instead of once for each cell.

Many tests open workbooks, and half of that time went into giving every cell of a merged range the border and the
protection of its first one. What comes out is the same: `test_quick_merges` compares.
"""

from copy import copy

from openpyxl.cell.cell import MergedCell
from openpyxl.styles.borders import Border
from openpyxl.worksheet.merge import MergedCellRange

openpyxls_own = MergedCellRange.format


def style_cells(merged: MergedCellRange) -> None:
    """Give the cells at the edges the borders of the first one, and all of them its protection."""
    first, sheet = merged.start_cell, merged.ws
    # One list of styles belongs to a whole workbook; what was worked out there holds for all its sheets.
    known = vars(sheet.parent).setdefault("_known_merges", {})
    for row, col in merged.cells:
        cell = sheet._cells.get((row, col))
        if cell is None:
            cell = sheet._cells[row, col] = MergedCell(sheet, row=row, column=col)
        edges = (row == merged.min_row, col == merged.min_col, col == merged.max_col, row == merged.max_row)
        key = (first.style_id, cell.style_id, edges)
        if key not in known:
            for side, at_edge in zip(("top", "left", "right", "bottom"), edges, strict=True):
                drawn = getattr(first.border, side)
                if at_edge and not (drawn and drawn.style is None):
                    cell.border += Border(**{side: drawn})
            cell.protection = copy(first.protection)
            known[key] = copy(cell._style)
        cell._style = copy(known[key])


def install() -> None:
    """Have openpyxl do so."""
    MergedCellRange.format = style_cells
