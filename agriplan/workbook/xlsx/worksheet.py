"""A worksheet that takes cells as they are: every look, type and formula is already settled by the layout.

XlsxWriter's own calls guess types and go through each formula 29 times for functions that this package never uses, and
write each cell attribute by attribute. Storing and writing the cells directly gives the same bytes, save formulas
that a block of cells shares, which XlsxWriter writes out in every cell.
"""

import math
from collections.abc import Iterable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellBooleanTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

from agriplan.workbook.description import Value
from agriplan.workbook.layout.references import Shared

# Rows share one note of their span with the fifteen others of their block.
_BLOCK = 16


class QuickWorksheet(Worksheet):  # type: ignore[misc]
    """An XlsxWriter worksheet that is filled in one call and written row by row."""

    def lay(self, cells: Iterable[tuple[int, int, Format, Value, str | None]]) -> None:
        """Store cells: row, column, format, value, formula. A formula needs a value, and numbers must be finite."""
        table = self.table
        for row, col, look, value, formula in cells:
            table[row][col] = CellFormulaTuple(formula, look, stored(value)) if formula else self._constant(value, look)
        if table:
            columns = [col for row in table.values() for col in row]
            for row in (min(table), max(table)):
                self._check_dimensions(row, min(columns))
                self._check_dimensions(row, max(columns))

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT
        """None of the functions that XlsxWriter looks for here is in any formula of this package."""
        return formula.removeprefix("=")

    def _constant(self, value: Value, look: Format) -> Any:
        if value is None or value == "":
            return CellBlankTuple(look)
        if isinstance(value, str):
            return CellStringTuple(self.str_table._get_shared_string_index(value), look)
        if isinstance(value, bool):
            return CellBooleanTuple(value, look)
        return CellNumberTuple(stored(value), look)

    def _write_rows(self) -> None:
        """Write the rows as XlsxWriter does, a row at a time."""
        self._calculate_spans()
        marks: dict[Format | None, str] = {None: ""}
        shared: dict[str, int] = {}
        letters = [xl_col_to_name(col) for col in range((self.dim_colmax or 0) + 1)]
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells = self.table.get(row)
            info = self.row_info.get(row)
            span = self.row_spans.get(row // _BLOCK)
            if cells:
                self._write_row(row, span, info)
                number = str(row + 1)
                self.fh.write(
                    "".join([_cell_xml(letters[col] + number, cells[col], marks, shared) for col in sorted(cells)])
                )
                self.fh.write("</row>")
            elif info:
                self._write_empty_row(row, span, info)

    def _calculate_spans(self) -> None:
        """The first and last column of each block of rows."""
        ends: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                low, high = ends.get(row // _BLOCK, (self.xls_colmax, 0))
                ends[row // _BLOCK] = min(low, *cells, self.xls_colmax), max(high, *cells, 0)
        self.row_spans = {block: f"{low + 1}:{high + 1}" for block, (low, high) in ends.items()}


def _cell_xml(place: str, cell: Any, marks: dict[Format | None, str], shared: dict[str, int]) -> str:
    mark = marks.get(cell.format)
    if mark is None:
        mark = marks[cell.format] = f' s="{cell.format._get_xf_index()}"'
    start = f'<c r="{place}"{mark}'
    kind = type(cell)
    if kind is CellFormulaTuple:
        formula = _formula_xml(cell.formula, shared)
        return f"{start}{_value_type(cell.value)}>{formula}<v>{_printed(cell.value)}</v></c>"
    if kind is CellBlankTuple:
        return start + "/>"
    if kind is CellStringTuple:
        return f'{start} t="s"><v>{cell.string}</v></c>'
    if kind is CellBooleanTuple:
        return f'{start} t="b"><v>{cell.boolean}</v></c>'
    return f"{start}><v>{cell.number:.16G}</v></c>"


def _formula_xml(formula: str, shared: dict[str, int]) -> str:
    """A formula, or what refers to the one that its block shares; `shared` numbers the blocks of the sheet."""
    if not isinstance(formula, Shared):
        return f"<f>{_escaped(formula)}</f>"
    number = shared.setdefault(formula.first, len(shared))
    if formula.block:
        return f'<f t="shared" ref="{formula.block}" si="{number}">{_escaped(formula)}</f>'
    return f'<f t="shared" si="{number}"/>'


def _value_type(value: Value) -> str:
    if isinstance(value, str):
        return ' t="str"' if value else ""
    return ' t="b"' if isinstance(value, bool) else ""


def _printed(value: Value) -> str:
    if isinstance(value, str):
        return _escaped(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stored(value: Value) -> Value:
    """A value as a cell can store it; anything but finite floats, integers, bools and text is a programming error."""
    if type(value) in (int, str, bool):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    raise ValueError(value)
