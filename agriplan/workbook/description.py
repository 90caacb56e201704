"""What a workbook says, before anything is known about where it stands or how it looks.

A book is sheets; a sheet has scalars and tables; an entry is a constant (a label, a figure of the data, an input), or
it is live and has a formula in names, whose value is what that comes to (`evaluate`). The template decides which
entries are seen, where, and in which look; entries that it does not show but that formulas need, and those marked
`keep`, stand in helper columns and cells beside the print area.

Formulas are written in names:

    {weight}              this row's cell of the same table
    {weight:}             the whole column of the same table
    {.to_place}           a scalar of the same sheet
    {plan.tolerance}      a scalar of another sheet (`plan`, `assumptions`, an indicator's id, …)
    {milk.leagues.amount:}          a whole column of a table on another sheet
    {assumptions.growth.used@150500}  the cell of the row with that key
    {words.status.behind}    the cell that holds this word: the template's legend, where it has one
    {key}                    this row's key (a league's code, a year, …), a column that every table has
    {inputs.leagues.growth@milk.*}   `*` in braces stands for this row's key
    {*1.leagues.target@*2}   `*1`, `*2`, … for its parts: keys are joined by dots ("milk.150500.2021")

The same names are the tokens of the template (`{leagues.amount}` a column of a table of the sheet, `{gap}` or
`{line.gap}` a scalar of the sheet, `{plan.target_year}` a scalar of another sheet) and, in full, the names of the cells
in Excel: `milk.leagues.floor` is the range of a column, `milk.leagues.key` its row keys, `milk.gap` the cell of a
scalar. Words are named by their code in `wording/`; values that are words are given as the template words them
(`Template.words`, by the same code), so that text and stored value are the same. Flags are numbers, 1 and 0; a number
format or the legend `{row.named: …}` shows them.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from agriplan.sentences import Lang


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes that follows from a scenario: its number among the values of a book (`varying`)."""

    number: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with places in it."""

    parts: tuple["str | Slot", ...]


# A value, or in a book's shape where one will stand.
Value = float | int | bool | str | None | Slot | Phrase
# A sheet, a table (None: a scalar) and a column or scalar; `key` is the column of a table's row keys.
Entry = tuple[str, str | None, str]
# What a constant holds that is another in every scenario; nothing where it is the same in all.
Varies = Literal["", "number", "text"]
# A column of this name marks rows, where the plain name is taken by a figure (`own`): the legend is {row.own: …}.
FLAG = "row_"
# What stood in an input when the workbook was made, and what a blank stands for, are called by its name with these.
MADE, USUAL_PREFIX = "made_", "usual_"
# What a blank stands for in columns whose name for it is another: an entry of the same leaves the plan as it is. An own
# figure is not among them, whose grade becomes another.
SAME_AS_BLANK = {
    "entered_target": "source_target",
    "entered_max_growth": "usual_max_growth",
    "entered_unit_value_growth": "suggested_unit_value_growth",
    "entered_growth": "usual_growth",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A cell that a planner may change: where it goes in the scenario and what is accepted.

    `path` is the path in the scenario JSON, for instance ("growth", "milk", "150500"). `default` is what an empty cell
    stands for; such a cell adds nothing to the scenario. A number with choices takes a number or one of those words;
    one `among` a few whole numbers drops them down.
    """

    path: tuple[str, ...]
    kind: Literal["number", "choice", "text"]
    low: float | None = None
    high: float | None = None
    choices: Sequence[str] = ()
    prompt: str = ""
    default: Value = None
    among: Sequence[int] = ()


@dataclass(frozen=True)
class Cell:
    """A scalar: its stored value, its formula in names (None: a constant), and whether it is an input.

    `link` names what a click leads to: a sheet ("milk"), a scalar ("milk.gap") or a cell of a table
    ("milk.leagues.amount@150500"). `varies` says what a constant holds that is another in every scenario.
    """

    value: Value
    formula: str | None = None
    input: Input | None = None
    link: str | None = None
    keep: bool = False
    varies: Varies = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: one formula for every row (None: constants) and the inputs by row key, where it has any.

    `without` are the keys of rows for which the column says nothing, such as the unit value of an amount. `varies` as
    in `Cell`.
    """

    values: Sequence[Value]
    formula: str | None = None
    inputs: Mapping[str, Input] = field(default_factory=dict)
    links: Sequence[str | None] = ()
    keep: bool = False
    without: frozenset[str] = frozenset()
    varies: Varies = ""


def usual_of(name: str, entries: Container[str]) -> str | None:
    """The column beside an input, in its own table, that says what a blank in it stands for; None where there is none.

    >>> usual_of("rule", {"rule", "usual_rule"}), usual_of("entered_growth", {"usual_growth"}), usual_of("own", {})
    ('usual_rule', 'usual_growth', None)
    """
    names = (f"{USUAL_PREFIX}{name}", SAME_AS_BLANK.get(name))
    return next((each for each in names if each in entries), None)


def is_label(column: Column) -> bool:
    """Whether a column says in words what its rows are about, the same in every scenario.

    >>> is_label(Column(["通辽市", "赤峰市"])), is_label(Column([36.5]))
    (True, False)
    """
    if column.formula is not None or column.inputs or column.varies:
        return False
    return all(value is None or isinstance(value, str) for value in column.values)


@dataclass(frozen=True)
class Table:
    """Columns of equal length; `keys` names each row (a league's code, a year, …).

    A table with `spare` rows has more than most scenarios fill: a row whose first column is blank is not shown. One
    that is `optional` takes its heading along where a workbook has no rows for it. `decimals` are those of each row's
    figures, where its key does not say what they are of.
    """

    keys: Sequence[str]
    columns: Mapping[str, Column]
    spare: bool = False
    optional: bool = False
    decimals: Sequence[int] = ()


@dataclass(frozen=True)
class Sheet:
    """Scalars and tables of one sheet; `subject` is the template sheet that it fills, `name` its id in formulas."""

    name: str
    subject: str
    scalars: Mapping[str, Cell]
    tables: Mapping[str, Table]

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry by what it is called on this sheet: `gap`, `leagues.amount`, `leagues.key`."""
        found: dict[str, Entry] = {name: (self.name, None, name) for name in self.scalars}
        for table, each in self.tables.items():
            found |= {f"{table}.{column}": (self.name, table, column) for column in (*each.columns, "key")}
        return found


@dataclass(frozen=True)
class Book:
    """A whole workbook: its sheets by id, document properties, and the words that its formulas name, by code.

    A word is the template's where the template has a legend for it (`Template.words`), else that of `wording/`.
    Properties: title, subject, author, keywords, comments; any other becomes a custom property (255 characters).
    `decimals` says with how many figures are printed, by what they are of (`layout/decimals.py`).
    """

    sheets: Mapping[str, Sheet]
    properties: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    lang: Lang = "zh"
    decimals: Mapping[str, int] = field(default_factory=dict)
