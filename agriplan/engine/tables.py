"""Tables as they pass from stage to stage: columns by name, whole numbers of rows a line, checked at the end."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from agriplan.engine.columns import TABLES
from agriplan.rounding import Floats

Flags = npt.NDArray[np.bool_]
Columns = dict[str, npt.NDArray[Any]]


class Frame(Protocol):
    """Columns by name: a data frame, or between stages a plain dict of arrays (pandas costs more than the sums)."""

    def __getitem__(self, column: str, /) -> Any:
        """Give the column of that name."""


def check_table(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Make the finished table, its columns in their declared order; a missing or undeclared one is a LookupError."""
    declared = [column.name for column in TABLES[name]]
    if missing := [column for column in declared if column not in columns]:
        raise LookupError(f"{name}: no stage computes {missing}, which agriplan/engine/columns.py declares")
    if extra := [column for column in columns if column not in declared]:
        raise LookupError(f"{name}: agriplan/engine/columns.py does not declare {extra}, which a stage computes")
    return pd.DataFrame({column: columns[column] for column in declared})


def numbers(table: Frame, column: str) -> Floats:
    """Read a column as floats, missing values as NaN; shape (rows,)."""
    found: Floats = np.asarray(table[column], dtype=float)
    return found


def rates_of(lines: Frame) -> Flags:
    """Which lines are rates; shape (lines,)."""
    found: Flags = np.asarray(lines["kind"]) == "rate"
    return found


def grid(table: Frame, column: str, lines: int) -> Floats:
    """Read a league column as an array of shape (lines, leagues), missing values as NaN."""
    return numbers(table, column).reshape(lines, -1)


def spread(values: npt.ArrayLike, leagues: int) -> Floats:
    """Repeat each line's value for every league: shape (lines * leagues,)."""
    return np.repeat(np.asarray(values, dtype=float), leagues)


def put_where(flags: Flags, value: npt.ArrayLike, elsewhere: Floats) -> Floats:
    """The value where it is flagged; what stands elsewhere is handed back as it is where nothing is.

    >>> put_where(np.array([True, False]), 0.0, np.array([5.0, 6.0])).tolist()
    [0.0, 6.0]
    """
    return np.where(flags, value, elsewhere) if flags.any() else elsewhere


def arrays_of(frame: pd.DataFrame) -> Columns:
    """Read a table's columns as arrays: looking into a data frame costs more than most of what is done with a figure.

    >>> arrays_of(pd.DataFrame({"code": ["150500"], "amount": [18.96]}))["amount"].tolist()
    [18.96]
    """
    return {str(name): frame[name].to_numpy() for name in frame}


def rows_of_columns(columns: Columns) -> list[dict[str, Any]]:
    """Columns as rows of plain values.

    >>> rows_of_columns({"code": np.array(["150500"]), "amount": np.array([18.96])})
    [{'code': '150500', 'amount': 18.96}]
    """
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in values]
