"""Tables as they pass from stage to stage: columns by name, whole numbers of rows a line, checked at the end.

A finished table is its columns as arrays. Most of what a plan is asked for is one figure, which a data frame gives
slowly: one is made where somebody wants to select, group or join.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from agriplan.engine.column_declarations import Sort
from agriplan.engine.columns import TABLES
from agriplan.rounding import Floats

if TYPE_CHECKING:
    import pandas as pd

Flags = npt.NDArray[np.bool_]
Columns = dict[str, npt.NDArray[Any]]


class Frame(Protocol):
    """Columns by name: a data frame, or between stages a plain dict of arrays (pandas costs more than the sums)."""

    def __getitem__(self, column: str, /) -> Any:
        """Give the column of that name."""


# Which arrays hold a column of a sort; a whole number that is not known in every row is a float there, as NaN is.
_KINDS: Mapping[Sort, str] = {"number": "fi", "whole": "fi", "text": "OU", "flag": "b"}


def check_table(name: str, columns: Mapping[str, Any]) -> Columns:
    """Make the finished table, its columns in their declared order, to be read only.

    A missing or undeclared column is a LookupError, one that holds another sort of thing than declared a TypeError.
    """
    declared = [column.name for column in TABLES[name]]
    if missing := [column for column in declared if column not in columns]:
        raise LookupError(f"{name}: no stage computes {missing}, which agriplan/engine/columns.py declares")
    if extra := [column for column in columns if column not in declared]:
        raise LookupError(f"{name}: agriplan/engine/columns.py does not declare {extra}, which a stage computes")
    found = {column.name: _as_array(columns[column.name], column.sort) for column in TABLES[name]}
    if wrong := [one.name for one in TABLES[name] if len(columns[one.name]) and not _holds(found[one.name], one.sort)]:
        raise TypeError(f"{name}: {wrong} hold another sort of thing than agriplan/engine/columns.py declares")
    return {column: _finished(values) for column, values in found.items()}


def _as_array(values: Any, sort: Sort) -> npt.NDArray[Any]:
    if isinstance(values, np.ndarray):
        return values
    return np.asarray(values, dtype=object if sort == "text" else None)  # nothing among texts is no text "nan"


def _holds(values: npt.NDArray[Any], sort: Sort) -> bool:
    return values.dtype.kind in _KINDS[sort]


def _finished(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A view that can only be read; texts as objects, and so is what has no rows and thereby no sort."""
    found = (values if values.size and values.dtype.kind != "U" else values.astype(object)).view()
    found.flags.writeable = False
    return found


def frame_of_columns(columns: Columns) -> "pd.DataFrame":
    """A table as a data frame, with copies of its columns."""
    import pandas as pd

    return pd.DataFrame(columns)


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


def arrays_of(frame: "pd.DataFrame") -> Columns:
    """Read a table's columns as arrays: looking into a data frame costs more than most of what is done with a figure.

    >>> import pandas as pd
    >>> arrays_of(pd.DataFrame({"code": ["150500"], "amount": [18.96]}))["amount"].tolist()
    [18.96]
    """
    return {str(name): frame[name].to_numpy() for name in frame}


def selected_rows(columns: Columns, rows: Any) -> Columns:
    """The same columns with some of the rows, by place or by flag."""
    return {name: values[rows] for name, values in columns.items()}


def columns_of_rows(rows: Sequence[Mapping[str, object]]) -> Columns:
    """Rows of equal keys as columns; there is at least one.

    >>> columns_of_rows([{"code": "150500", "amount": 18.96}])
    {'code': array(['150500'], dtype=object), 'amount': array([18.96])}
    """
    return {
        name: np.array([row[name] for row in rows], dtype=object if isinstance(first, str) else None)
        for name, first in rows[0].items()
    }


def rows_of_columns(columns: Columns) -> list[dict[str, Any]]:
    """Columns as rows of plain values.

    >>> rows_of_columns({"code": np.array(["150500"]), "amount": np.array([18.96])})
    [{'code': '150500', 'amount': 18.96}]
    """
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in values]
