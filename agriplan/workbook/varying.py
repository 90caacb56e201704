"""Which values of a book follow from its scenario, and in which order they are given.

A book without them is a shape: its sheets, keys, formulas, inputs and words are the same for every scenario. What is
laid out and written is the shape, with a place for each such value; a file is the shape with its places filled.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from agriplan.workbook.description import Book, Cell, Column, Entry, Sheet, Slot, Table, Value


def is_varying(each: Cell | Column) -> bool:
    """Whether a value follows from the scenario: a formula's, what was entered, and what is declared so."""
    entered = each.inputs if isinstance(each, Column) else each.input
    return bool(each.formula or entered or each.varies)


def varying(book: Book) -> Iterator[tuple[Entry, Cell | Column]]:
    """The entries whose values follow from the scenario, in the order in which they are given."""
    for sheet in book.sheets.values():
        for name, cell in sheet.scalars.items():
            if is_varying(cell):
                yield (sheet.name, None, name), cell
        for table_name, table in sheet.tables.items():
            for name, column in table.columns.items():
                if is_varying(column):
                    yield (sheet.name, table_name, name), column


def values_of(book: Book, live: Mapping[Entry, Value | list[Value]] | None = None) -> list[Value]:
    """What stands in the places of a book's shape; `live` are the values of formulas, of a book without them."""
    found: list[Value] = []
    for entry, each in varying(book):
        if isinstance(each, Cell):
            found.append(cast("Value", live[entry]) if live and each.formula else each.value)
        else:
            found += cast("list[Value]", live[entry]) if live and each.formula else each.values
    return found


def with_slots(book: Book) -> Book:
    """The shape of a book: every value that follows from the scenario is a place."""
    return replace(book, sheets=_Numbering().sheets(book))


class _Numbering:
    """Numbers places in the order of `varying`."""

    def __init__(self) -> None:
        self._count = 0

    def sheets(self, book: Book) -> dict[str, Sheet]:
        return {name: self._sheet(sheet) for name, sheet in book.sheets.items()}

    def _sheet(self, sheet: Sheet) -> Sheet:
        scalars = {
            name: replace(cell, value=self._next()) if is_varying(cell) else cell
            for name, cell in sheet.scalars.items()
        }
        return replace(
            sheet, scalars=scalars, tables={name: self._table(table) for name, table in sheet.tables.items()}
        )

    def _table(self, table: Table) -> Table:
        columns = {
            name: replace(column, values=[self._next() for _ in table.keys]) if is_varying(column) else column
            for name, column in table.columns.items()
        }
        return replace(table, columns=columns)

    def _next(self) -> Slot:
        self._count += 1
        return Slot(self._count - 1)
