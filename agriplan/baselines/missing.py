"""The file missing.csv of a rolled folder: what the next period's plan lacks, one row each, to be filled in Excel.

Once its value is there, a row counts like a row of observed.csv, or like an entry of commitments.toml.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import ValidationError

from agriplan.baselines.records import Figure, Id, Noted
from agriplan.errors import Problem
from agriplan.parsing import dotted, problems_of, says_no_figure

NAME = "missing.csv"
# No file of figures has so many lines: a figure of missing.csv is kept under its own line beyond them.
LINES_FROM = 1_000_000
_PLACE = re.compile(r"^observed\.csv:1(\d{6})(?!\d)")
# Stands for what is not there yet, so that nothing else is said of the same entry.
_STAND_IN: Mapping[str, object] = {"target": 1, "quote": "…"}


class Missing(Noted):
    """One thing that is still to be given: a figure, or a commitment's target or quotation.

    `name` and `last` are for whoever fills the file in: what it is, and the last value that is known. A row that is not
    `needed` may stay empty.
    """

    what: Literal["figure", "target", "quote"]
    id: Id
    area: str = ""
    year: str = ""
    name: str = ""
    last: str = ""
    needed: Literal["yes", "no"] = "yes"
    value: str = ""
    unit: str = ""
    basis: str = ""
    grade: str = ""
    relative_error: str = ""
    source: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether its value is there."""
        return bool(self.value.strip()) and not says_no_figure(self.value)


@dataclass(frozen=True)
class Completion:
    """What the filled rows give: figures by line, and entries of commitments by commitment and entry."""

    figures: dict[int, Figure] = field(default_factory=dict)
    entries: dict[str, dict[str, object]] = field(default_factory=dict)

    def lay_over(self, found: dict[str, Any]) -> dict[str, Any]:
        """The contents of commitments.toml with the entries that they lack.

        >>> Completion(entries={"milk": {"target": "1000"}}).lay_over({"commitment": [{"id": "milk"}]})
        {'commitment': [{'id': 'milk', 'target': '1000'}]}
        """
        rows = found.get("commitment")
        if not self.entries or not isinstance(rows, list):
            return found
        filled = [row | self.entries.get(str(row.get("id")), {}) if isinstance(row, dict) else row for row in rows]
        return found | {"commitment": filled}


def complete(rows: Mapping[int, Missing], problems: list[Problem]) -> Completion:
    """Sort the rows into figures and entries; what is needed and not there is a problem with its line."""
    made = Completion()
    for line, row in rows.items():
        if not row.is_filled and row.needed == "yes":
            problems.append(Problem(f"{NAME}:{line}: {row.name or row.id}", "to_be_filled"))
        if row.what != "figure":
            value = row.value if row.is_filled else _STAND_IN[row.what]
            made.entries.setdefault(row.id, {})[row.what] = value
        elif row.is_filled:
            figure = _figure(line, row, problems)
            if figure is not None:
                made.figures[LINES_FROM + line] = figure
    return made


def _figure(line: int, row: Missing, problems: list[Problem]) -> Figure | None:
    names = ("area", "year", "value", "unit", "basis", "grade", "relative_error", "source", "note_zh", "note_en")
    try:
        return Figure.model_validate({"indicator": row.id, **{name: getattr(row, name) for name in names}})
    except ValidationError as error:
        problems += problems_of(error, Figure, lambda path: f"{NAME}:{line}: {dotted(path)}")
        return None


def placed(problem: Problem) -> Problem:
    """A problem of a figure in the file that the figure is in.

    >>> placed(Problem("observed.csv:1000007: value", "empty")).place, placed(Problem("observed.csv:7", "empty")).place
    ('missing.csv:7: value', 'observed.csv:7')
    """
    found = _PLACE.match(problem.place)
    return replace(problem, place=f"{NAME}:{int(found[1])}{problem.place[found.end() :]}") if found else problem
