"""A worksheet that takes cells as they are: every look, type and formula is already settled by the layout.

XlsxWriter's own calls guess types and go through each formula 29 times for functions that this package never uses.
Storing the cells directly gives the same bytes; a test compares them.
"""

import math
from collections.abc import Iterable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellBooleanTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

from agriplan.workbook.description import Value


class QuickWorksheet(Worksheet):  # type: ignore[misc]
    """An XlsxWriter worksheet that is filled in one call."""

    def lay(self, cells: Iterable[tuple[int, int, Format, Value, str | None]]) -> None:
        """Store cells: row, column, format, value, formula. A formula needs a value, and numbers must be finite."""
        for row, col, look, value, formula in cells:
            self._check_dimensions(row, col)
            self.table[row][col] = (
                CellFormulaTuple(formula, look, stored(value)) if formula else self._constant(value, look)
            )

    def _constant(self, value: Value, look: Format) -> Any:
        if value is None or value == "":
            return CellBlankTuple(look)
        if isinstance(value, str):
            return CellStringTuple(self.str_table._get_shared_string_index(value), look)
        if isinstance(value, bool):
            return CellBooleanTuple(value, look)
        return CellNumberTuple(stored(value), look)


def stored(value: Value) -> Value:
    """A value as a cell can store it; anything but finite floats, integers, bools and text is a programming error."""
    if type(value) in (int, str, bool):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    raise ValueError(value)
