"""Entries of a book: plain values made storable, and tables put together from values, formulas and inputs."""

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from agriplan.workbook.description import Cell, Column, Input, Table, Value

Inputs = Mapping[str, Mapping[str, Input]]


def stored(value: object) -> Value:
    """What a formula cell stores: a finite number, a text or a flag as 1 or 0; an empty text where there is no value.

    >>> stored(float("nan")), stored(np.bool_(True)), stored(np.float64(2.5))
    ('', 1, 2.5)
    """
    kind = type(value)
    if kind is float:
        return value + 0.0 if math.isfinite(value) else ""  # type: ignore[operator, arg-type]
    if kind is str or kind is int:
        return value  # type: ignore[return-value]
    if value is None:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return int(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) + 0.0 if math.isfinite(value) else ""
    return str(value)


def constant(value: object) -> Value:
    """What a cell without a formula holds: nothing instead of an empty text."""
    kept = stored(value)
    return None if kept == "" else kept


def make_table(
    keys: Iterable[str],
    values: Mapping[str, Iterable[object]],
    formulas: Mapping[str, str] | None = None,
    inputs: Inputs | None = None,
    keep: Iterable[str] = (),
) -> Table:
    """A table of columns; those with a formula are live, the others constants. A formula without values is an error."""
    texts, entered, kept = formulas or {}, inputs or {}, set(keep)
    unknown = (set(texts) | set(entered) | kept) - set(values)
    if unknown:
        raise KeyError(sorted(unknown))
    columns = {
        name: Column(
            values=[stored(value) if name in texts else constant(value) for value in column],
            formula=texts.get(name),
            inputs=entered.get(name, {}),
            keep=name in kept or name in entered,
        )
        for name, column in values.items()
    }
    rows = list(keys)
    ragged = sorted(name for name, column in columns.items() if len(column.values) != len(rows))
    if ragged:
        raise ValueError(ragged)
    return Table(rows, columns)


def make_cells(
    values: Mapping[str, object], formulas: Mapping[str, str] | None = None, keep: Sequence[str] = ()
) -> dict[str, Cell]:
    """Scalars; those with a formula are live, the others constants. A formula without a value is an error."""
    texts = formulas or {}
    unknown = (set(texts) | set(keep)) - set(values)
    if unknown:
        raise KeyError(sorted(unknown))
    return {
        name: Cell(stored(value) if name in texts else constant(value), texts.get(name), keep=name in keep)
        for name, value in values.items()
    }
