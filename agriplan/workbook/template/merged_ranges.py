"""openpyxl's reader, which here dresses cells of merged ranges once for each look.

openpyxl compares the styles of every such cell with all others of the file: half of the time that a template took, most
of it for the places of charts.
"""

from collections.abc import Iterator
from copy import copy
from io import BytesIO
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

Edges = tuple[str, ...]


def load_workbook(data: bytes) -> Workbook:
    """The workbook in a file, as openpyxl's own function of that name reads it."""
    reader = _Reader(BytesIO(data))
    reader.read()
    return reader.wb


class _Reader(ExcelReader):  # type: ignore[misc]
    def read_workbook(self) -> None:
        """Have all sheets made by the book below."""
        super().read_workbook()
        self.wb.__class__, self.wb.looks = _Book, {}


class _Book(Workbook):  # type: ignore[misc]
    """A workbook that knows how cells look that stand at some edges of a range, by the style of its first cell."""

    looks: dict[tuple[int, Edges], StyleArray]

    def create_sheet(self, title: str | None = None, index: int | None = None) -> Worksheet:
        """Add a sheet of the kind below."""
        sheet = _Sheet(self, title)
        self._add_sheet(sheet, index)
        return sheet


class _Sheet(Worksheet):  # type: ignore[misc]
    def _clean_merge_range(self, merged: MergedCellRange) -> None:
        """Leave a merged range its first cell; the others have its border where they stand on an edge, and its lock."""
        first, looks = merged.start_cell, self.parent.looks
        style = first.style_id
        for row, column in islice(merged.cells, 1, None):
            edges = tuple(_edges(merged, row, column))
            if (style, edges) not in looks:
                looks[style, edges] = self._look_at(edges, first)
            cell = self._cells[row, column] = MergedCell(self, row, column)
            cell._style = StyleArray(looks[style, edges])

    def _look_at(self, edges: Edges, first: Cell) -> StyleArray:
        cell = MergedCell(self)
        cell.border += Border(**{edge: getattr(first.border, edge) for edge in edges})
        cell.protection = copy(first.protection)
        return cell._style


def _edges(merged: MergedCellRange, row: int, column: int) -> Iterator[str]:
    """On which edges of its range a cell stands."""
    if row == merged.min_row:
        yield "top"
    if row == merged.max_row:
        yield "bottom"
    if column == merged.min_col:
        yield "left"
    if column == merged.max_col:
        yield "right"
