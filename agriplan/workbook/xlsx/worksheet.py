"""A worksheet that takes cells as they are: every look, type and formula is already settled by the layout.

XlsxWriter's own calls guess types and go through each formula 29 times for functions that this package never uses, and
write each cell attribute by attribute. Storing and writing the cells directly gives the same bytes, save formulas
that a block of cells shares, which XlsxWriter writes out in every cell.

Where a cell, a row or a footer holds what follows from a scenario, nothing is written: `cuts` says what goes there.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

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

from agriplan.workbook.description import Phrase, Slot, Value
from agriplan.workbook.layout.references import Shared
from agriplan.workbook.xlsx.shows import (
    SEGMENT,
    Cut,
    Numbers,
    RowText,
    Show,
    constant_beside,
    constant_in_cell,
    formula_in_cell,
    margin_text,
    row_start,
)
from agriplan.workbook.xlsx.texts import escaped, formula_value, stored, value_type

_FOLLOWING = (Slot, Phrase)
# Rows share one note of their span with the fifteen others of their block.
_BLOCK = 16
# A sheet's rows are deflated in stretches of so many characters: what does not change in a sheet stays as it is.
STRETCH = 3 << 14


class CellPlaceTuple(NamedTuple):
    """A cell whose value follows from the scenario."""

    content: Slot | Phrase
    format: Format
    formula: str | None


class BulkWorksheet(Worksheet):  # type: ignore[misc]
    """An XlsxWriter worksheet that is filled in one call and written row by row."""

    def __init__(self) -> None:
        """Begin without cells."""
        super().__init__()
        self.numbers = Numbers()
        self.cuts: list[Cut] = []
        self.tall_rows: dict[int, tuple[float, list[RowText]]] = {}
        self.spare_rows: dict[int, Slot] = {}
        self.breaks: Show | None = None
        self.helper: Format | None = None

    def lay(self, cells: Iterable[tuple[int, int, Format, Value, str | None]]) -> None:
        """Store cells: row, column, format, value, formula. A formula needs a value, and numbers must be finite."""
        table = self.table
        for row, col, look, value, formula in cells:
            if type(value) in _FOLLOWING:
                table[row][col] = CellPlaceTuple(cast("Slot | Phrase", value), look, formula)
            elif formula:
                table[row][col] = CellFormulaTuple(formula, look, stored(value))
            else:
                table[row][col] = self._constant(value, look)
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

    def _cut(self, show: Show | None = SEGMENT) -> None:
        self.cuts.append((self.fh.tell(), show))

    def _write_rows(self) -> None:
        """Write the rows as XlsxWriter does, a row at a time."""
        self._calculate_spans()
        marks: dict[Format | None, str] = {None: ""}
        shared: dict[str, int] = {}
        letters = [xl_col_to_name(col) for col in range((self.dim_colmax or 0) + 1)]
        begun = self.fh.tell()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells = self.table.get(row)
            info = self.row_info.get(row)
            span = self.row_spans.get(row // _BLOCK)
            if cells:
                if self.fh.tell() > begun + STRETCH:
                    begun = self.fh.tell()
                    self._cut()
                self._begin_row(row, span, info)
                self._write_cells(str(row + 1), cells, letters, marks, shared)
                self.fh.write("</row>")
            elif info or row in self.comments:
                self._write_empty_row(row, span, info)

    def _begin_row(self, row: int, span: str | None, info: Any) -> None:
        if row not in self.tall_rows and row not in self.spare_rows:
            self._write_row(row, span, info)
            return
        height, texts = self.tall_rows.get(row, (info.height * 0.75 if info else 15.0, []))
        spare = self.spare_rows.get(row)
        self._cut(
            row_start(f'<row r="{row + 1}" spans="{span}"', height, texts, None if spare is None else spare.number)
        )

    def _write_cells(
        self,
        number: str,
        cells: dict[int, Any],
        letters: list[str],
        marks: dict[Format | None, str],
        shared: dict[str, int],
    ) -> None:
        """One text for the whole row, cut where a value follows from the scenario."""
        texts: list[str] = []
        at = self.fh.tell()
        for col in sorted(cells):
            cell = cells[col]
            if cell.format is self.helper and type(cell) is CellBlankTuple:
                continue
            mark = marks.get(cell.format)
            if mark is None:
                mark = marks[cell.format] = f' s="{cell.format._get_xf_index()}"'
            start = f'<c r="{letters[col]}{number}"{mark}'
            if type(cell) is not CellPlaceTuple:
                text = _cell_xml(start, cell, shared)
                texts.append(text)
                at += len(text)
                continue
            value = self.numbers.of(cell.content)
            if cell.formula is not None:
                self.cuts.append((at + len(start), formula_in_cell(value, f">{_formula_xml(cell.formula, shared)}<v>")))
                start += "</v></c>"
            elif cell.format is self.helper:
                self.cuts.append((at, constant_beside(value, start)))
                continue
            else:
                self.cuts.append((at + len(start), constant_in_cell(value)))
            texts.append(start)
            at += len(start)
        self.fh.write("".join(texts))

    def _calculate_spans(self) -> None:
        """The first and last column of each block of rows."""
        ends: dict[int, tuple[int, int]] = {}
        for row, cells in (*self.table.items(), *self.comments.items()):
            if cells:
                low, high = ends.get(row // _BLOCK, (self.xls_colmax, 0))
                ends[row // _BLOCK] = min(low, *cells, self.xls_colmax), max(high, *cells, 0)
        self.row_spans = {block: f"{low + 1}:{high + 1}" for block, (low, high) in ends.items()}

    def _write_header_footer(self) -> None:
        """What names the scenario on every page stands in a stretch of its own, with the little that follows."""
        self._cut()
        super()._write_header_footer()

    def _write_row_breaks(self) -> None:
        """Where pages end may follow from the heights of rows."""
        if self.breaks is None:
            super()._write_row_breaks()
        else:
            self._cut(self.breaks)

    def put_header(self, text: str | Phrase) -> None:
        """Set the header, which may name what follows from the scenario."""
        if isinstance(text, str):
            self.set_header(text)
        else:
            self.header, self.header_footer_changed = text, True

    def put_footer(self, text: str | Phrase) -> None:
        """Set the footer likewise."""
        if isinstance(text, str):
            self.set_footer(text)
        else:
            self.footer, self.header_footer_changed = text, True

    def _write_odd_header(self) -> None:
        self._write_margin("oddHeader", self.header)

    def _write_odd_footer(self) -> None:
        self._write_margin("oddFooter", self.footer)

    def _write_margin(self, tag: str, text: str | Phrase) -> None:
        if isinstance(text, str):
            self._xml_data_element(tag, text)
            return
        self._xml_start_tag(tag)
        self._cut(margin_text([each if isinstance(each, str) else each.number for each in text.parts]))
        self._xml_end_tag(tag)


def _cell_xml(start: str, cell: Any, shared: dict[str, int]) -> str:
    kind = type(cell)
    if kind is CellFormulaTuple:
        formula = _formula_xml(cell.formula, shared)
        return f"{start}{value_type(cell.value)}>{formula}<v>{formula_value(cell.value)}</v></c>"
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
        return f"<f>{escaped(formula)}</f>"
    number = shared.setdefault(formula.first, len(shared))
    if formula.block:
        return f'<f t="shared" ref="{formula.block}" si="{number}">{escaped(formula)}</f>'
    return f'<f t="shared" si="{number}"/>'
