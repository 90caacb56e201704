"""Entries of a book: constants made storable, and tables put together from constants, inputs and formulas."""

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from agriplan.workbook.description import Cell, Column, Input, Table, Value, Varies

Inputs = Mapping[str, Mapping[str, Input]]
T = TypeVar("T")


def cell_constant(value: object) -> Value:
    """What a cell without a formula holds: a finite number, a text, a flag as 1 or 0, or nothing.

    >>> cell_constant(float("nan")), cell_constant(np.bool_(True)), cell_constant(np.float64(2.5))
    (None, 1, 2.5)
    """
    kind = type(value)
    if kind is float:
        return value + 0.0 if math.isfinite(value) else None  # type: ignore[operator, arg-type]
    if kind is str or kind is int:
        return value if value != "" else None  # type: ignore[return-value]
    if value is None:
        return None
    if isinstance(value, (bool, int, np.bool_, np.integer)):
        return int(value)
    if isinstance(value, np.floating):
        return float(value) + 0.0 if math.isfinite(value) else None
    return str(value)


def make_table(
    keys: Iterable[str],
    values: Mapping[str, Iterable[object]],
    formulas: Mapping[str, str] | None = None,
    inputs: Inputs | None = None,
    told: Mapping[str, Iterable[object]] | None = None,
    varies: Mapping[str, Varies] | None = None,
) -> Table:
    """A table of constants, inputs and live columns; a live column has a formula and no value of its own.

    `told` are constants that are other numbers in every scenario; `varies` names what is told of `values`.

    A name in both constants and `formulas` is an error: a figure has one origin.
    """
    texts, entered, rows = formulas or {}, inputs or {}, list(keys)
    values = {**values, **(told or {})}
    kinds: dict[str, Varies] = {**dict.fromkeys(told or (), "number"), **(varies or {})}
    _parted(values, texts)
    columns = {
        name: Column(
            [cell_constant(value) for value in column],
            inputs=entered.get(name, {}),
            keep=name in entered,
            varies=kinds.get(name, ""),
        )
        for name, column in values.items()
    }
    ragged = sorted(name for name, column in columns.items() if len(column.values) != len(rows))
    if ragged or entered.keys() - columns.keys():
        raise ValueError(ragged or sorted(entered.keys() - columns.keys()))
    return Table(rows, columns | {name: Column((), text) for name, text in texts.items()})


def numbered_table(values: Mapping[str, Sequence[object]], formulas: Mapping[str, str] | None = None) -> Table:
    """A table whose rows are known by their numbers."""
    return make_table(row_numbers(values), values, formulas)


def row_numbers(values: Mapping[str, Sequence[object]]) -> list[str]:
    """The keys of rows that are known by their numbers.

    >>> row_numbers({"name": ["通辽市", "赤峰市"]})
    ['1', '2']
    """
    return [str(number) for number in range(1, len(next(iter(values.values()))) + 1)]


def columns_of(rows: Mapping[str, Mapping[str, object]], *names: str) -> dict[str, list[object]]:
    """Rows of a table as columns; `names` are those of a table that may be empty.

    >>> columns_of({"milk": {"unit": "t"}, "meat": {"unit": "kg"}})
    {'unit': ['t', 'kg']}
    """
    return {name: [row[name] for row in rows.values()] for name in names or [*next(iter(rows.values()))]}


def places_for(found: Sequence[object], usual: int) -> int:
    """As many rows as there usually are, or as often as many as what was found needs.

    >>> places_for(["one"], 20), places_for([], 20), places_for(["many"] * 21, 20)
    (20, 20, 40)
    """
    return usual * math.ceil(max(len(found), 1) / usual)


def padded(rows: int, columns: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
    """Columns with as many rows as may be found."""
    return {name: [*found, *[None] * (rows - len(found))] for name, found in columns.items()}


def spare_table(columns: Mapping[str, list[object]], numbers: Container[str] = ()) -> Table:
    """A table of what was found in a plan; rows that nothing fills are not shown. `numbers` are no columns of texts."""
    varies: dict[str, Varies] = {name: "number" if name in numbers else "text" for name in columns}
    return replace(make_table(row_numbers(columns), columns, varies=varies), spare=True)


def make_cells(
    values: Mapping[str, object],
    formulas: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    varies: Mapping[str, Varies] | None = None,
) -> dict[str, Cell]:
    """Scalars: constants, and live ones with a formula; `varies` as for tables."""
    texts = formulas or {}
    _parted(values, texts)
    kinds = varies or {}
    cells = {
        name: Cell(cell_constant(value), keep=name in keep, varies=kinds.get(name, ""))
        for name, value in values.items()
    }
    return cells | {name: Cell(None, text) for name, text in texts.items()}


def _parted(values: Mapping[str, object], formulas: Mapping[str, str]) -> None:
    both = values.keys() & formulas.keys()
    if both:
        raise ValueError(f"a value and a formula for {sorted(both)}")


def by_column(cells: Mapping[str, Mapping[str, Input]], *always: str) -> dict[str, dict[str, Input]]:
    """Inputs by row and column, turned to inputs by column and row; columns that are `always` there may be empty."""
    found: dict[str, dict[str, Input]] = {column: {} for column in always}
    for key, row in cells.items():
        for column, entry in row.items():
            found.setdefault(column, {})[key] = entry
    return found


def without_formulas(values: Mapping[str, T], formulas: Iterable[str]) -> dict[str, T]:
    """Columns of a plan's table that are no formula's: what the data say, the same in every scenario."""
    live = set(formulas)
    return {name: each for name, each in values.items() if name not in live}
