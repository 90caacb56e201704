"""What a workbook says, before anything is known about where it stands or how it looks.

A book is sheets; a sheet has scalars and tables; every entry carries the value that the engine computed and, where it
is live, a formula in names. The template decides which entries are seen, where, and in which look; entries that it does
not show but that formulas need stand in helper columns and cells beside the print area.

Formulas are written in names:

    {weight}              this row's cell of the same table
    {weight:}             the whole column of the same table
    {.to_place}           a scalar of the same sheet
    {plan.tolerance}      a scalar of another sheet (`plan`, `assumptions`, an indicator's id, …)
    {milk.leagues.amount:}          a whole column of a table on another sheet
    {assumptions.growth.used@150500}  the cell of the row with that key
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Value = float | int | bool | str | None


@dataclass(frozen=True)
class Input:
    """A cell that a planner may change: where it goes in the scenario and what is accepted.

    `path` is the path in the scenario JSON, for instance ("growth", "milk", "150500"). A cell
    that a planner leaves as it was made adds nothing to the scenario.
    """

    path: tuple[str, ...]
    kind: Literal["number", "choice", "text"]
    low: float | None = None
    high: float | None = None
    choices: Sequence[str] = ()
    prompt: str = ""


@dataclass(frozen=True)
class Cell:
    """A scalar: its stored value, its formula in names (None: a constant), and whether it is an input."""

    value: Value
    formula: str | None = None
    input: Input | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table: one formula for every row (None: constants) and the inputs by row key, where it has any."""

    values: Sequence[Value]
    formula: str | None = None
    inputs: Mapping[str, Input] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Columns of equal length; `keys` names each row (a league's code, a year, …)."""

    keys: Sequence[str]
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class Sheet:
    """Scalars and tables of one sheet; `subject` is the template sheet it is poured into, `name` its id in formulas."""

    name: str
    subject: str
    scalars: Mapping[str, Cell]
    tables: Mapping[str, Table]


@dataclass(frozen=True)
class Book:
    """A whole workbook: its sheets by id, document properties and the words that tokens in text are replaced by."""

    sheets: Mapping[str, Sheet]
    properties: Mapping[str, str]
