"""A sheet of the workbook before its formulas are worked out: what is shown where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from agriplan.workbook.description import Sheet, Value
from agriplan.workbook.layout.references import PlacedColumn
from agriplan.workbook.template.carried import Range
from agriplan.workbook.template.cell_formats import Key, is_open
from agriplan.workbook.template.sheet import ChartPlace, TemplateSheet

# Helper cells are for following a calculation, not for printing: small and grey.
HELPER: Key = (("font_color", "#8C8C8C"), ("font_name", "Arial"), ("font_size", 8), ("num_format", "General"))


@dataclass(frozen=True)
class ShownScalar:
    """A scalar and the cell that shows it; `owner` is its sheet."""

    row: int
    col: int
    look: Key
    owner: str
    entry: str


@dataclass(frozen=True)
class ShownColumn:
    """A column and the first cell that shows it; `owner` is its sheet."""

    row: int
    col: int
    look: Key
    owner: str
    table: str
    entry: str
    rows: int
    helper: bool = False


@dataclass
class PlacedSheet:
    """A sheet of the workbook before its formulas are worked out."""

    template: TemplateSheet
    sheet: Sheet
    title: str
    starts: list[int]
    fixed: list[tuple[int, int, Key, Value, str | None]] = field(default_factory=list)
    shown_scalars: list[ShownScalar] = field(default_factory=list)
    shown_columns: list[ShownColumn] = field(default_factory=list)
    columns: dict[tuple[str, str, str], PlacedColumn] = field(default_factory=dict)
    scalars: dict[tuple[str, str], PlacedColumn] = field(default_factory=dict)
    words: dict[str, PlacedColumn] = field(default_factory=dict)
    more_keys: list[tuple[str, PlacedColumn]] = field(default_factory=list)
    charts: list[tuple[ChartPlace, Range]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def row(self, row: int) -> int:
        """Where a template row begins in the workbook."""
        return self.starts[row] if row < len(self.starts) else self.starts[-1] + row - len(self.starts) + 1

    def left_out(self, row: int) -> bool:
        """Whether a template row has no row in the workbook."""
        return self.row(row) == self.row(row + 1)

    def last_row(self, row: int) -> int:
        """Where a template row ends in the workbook."""
        return max(self.row(row + 1) - 1, self.row(row))

    def merges(self) -> Iterator[Range]:
        """Merged ranges; one within a repeated row is repeated with it."""
        for first_row, first_col, last_row, last_col in self.template.merges:
            if self.left_out(first_row):
                continue
            if first_row == last_row:
                for row in range(self.row(first_row), self.last_row(first_row) + 1):
                    if first_col < last_col:
                        yield row, first_col, row, last_col
            else:
                yield self.row(first_row), first_col, self.last_row(last_row), last_col

    def open_cells(self) -> list[tuple[int, int]]:
        """Cells that the template leaves open and no input is: sign-off, log of revisions; of merged ones the first."""
        behind = {
            (row, col)
            for top, left, bottom, right in self.merges()
            for row in range(top, bottom + 1)
            for col in range(left, right + 1)
            if (row, col) != (top, left)
        }
        return [(row, col) for row, col, look, _, _ in self.fixed if is_open(look) and (row, col) not in behind]

    @cached_property
    def right(self) -> int:
        """The last printed column."""
        ends = [chart.place[3] for chart in self.template.charts] + [merge[3] for merge in self.template.merges]
        return max([self.template.page.right, *ends, *(spot.col for spot in self.template.spots)])
