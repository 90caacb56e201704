"""Rows that look like a table's and bear no key of it: pasted somewhere, and what stands in them is read by nobody."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agriplan.errors import Problem
from agriplan.workbook.description import Sheet, is_label
from agriplan.workbook.readback.finding import Block, Finder
from agriplan.workbook.readback.parts import Held


class _Columns(NamedTuple):
    """Columns of a block by their letters: those of inputs, and those of labels with what they say."""

    inputs: frozenset[str]
    labels: dict[str, frozenset[object]]


def told_loose_rows(finder: Finder, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Rows without a key that hold entries: between the rows of a table, right below them, or under its labels."""
    told = set()
    for sheet in sheets:
        for name, table in sheet.tables.items():
            asks = any(column.inputs for column in table.columns.values())
            for block in finder.blocks(sheet, name) if asks else ():
                columns = _columns_of(sheet, name, block, finder)
                for row in _loose(block, columns, finder):
                    if (block.sheet, row) not in told:
                        told.add((block.sheet, row))
                        yield Problem(f"{block.sheet}!A{row}", "workbook_row_without_key")


def _columns_of(sheet: Sheet, table: str, block: Block, finder: Finder) -> _Columns:
    inputs, labels = set(), {}
    for name, column in sheet.tables[table].columns.items():
        place = finder.opened.place(f"{sheet.name}.{table}.{name}")
        if place is None or (place[0], place[2]) != (block.sheet, block.first):
            continue
        if column.inputs:
            inputs.add(place[1])
        elif is_label(column) and len(known := frozenset(filter(None, column.values))) > 1:
            labels[place[1]] = known
    return _Columns(frozenset(inputs), labels)


def _loose(block: Block, columns: _Columns, finder: Finder) -> Iterator[int]:
    keyed = set(block.rows.values()) | {row for _, row in block.again}
    rows: dict[int, dict[str, Held]] = {}
    for (column, row), held in finder.opened.sheets[block.sheet].items():
        if row not in keyed and held.value is not None and (column in columns.inputs or column in columns.labels):
            rows.setdefault(row, {})[column] = held
    below = block.last
    while below + 1 in rows:
        below += 1
    for row, cells in sorted(rows.items()):
        entered = [held for column, held in cells.items() if column in columns.inputs and not held.formula]
        inside = block.first <= row <= block.last
        under = block.last < row <= below and any(isinstance(held.value, float) for held in entered)
        alike = any(cells[column].value in known for column, known in columns.labels.items() if column in cells)
        if entered and (inside or under or (alike and not finder.is_named(block.sheet, row))):
            yield row
