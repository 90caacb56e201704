"""The file missing.csv of a folder that was begun: what its plan lacks, one row each, to be filled in Excel.

Once its value is there, a row counts like one of observed.csv or assumptions.csv, or like an entry of commitments.toml.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from agriplan.baselines.records import Assumption, Figure, ForeignCode, Noted, Record
from agriplan.errors import Problem
from agriplan.parsing import dotted, problems_of
from agriplan.typed_numbers import says_no_figure

NAME = "missing.csv"
# No file has so many lines: what stands in missing.csv is kept under its own line beyond those of the file it is for.
LINES_FROM = 1_000_000
_PLACE = re.compile(r"^(?:observed|assumptions)\.csv:1(\d{6})(?!\d)")
# What of a commitment may be given here, and what stands for it while it is not, so that nothing else is said of it.
ENTRIES: Mapping[str, object] = {"target": 1, "quote": "…"}


class Missing(Noted):
    """One thing that is still to be given: a figure, a growth assumption, or a commitment's target or quotation.

    `name` and `last` are for whoever fills the file in: what it is, and the last value that is known. A row that is not
    `needed` may stay empty. `low` and `high` are the plausible range of a growth.
    """

    what: Literal["figure", "growth", "target", "quote"]
    id: ForeignCode
    area: str = ""
    year: str = ""
    name: str = ""
    last: str = ""
    needed: Literal["yes", "no"] = "yes"
    value: str = ""
    low: str = ""
    high: str = ""
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
    """What the filled rows give: figures and growths by line, and entries of commitments by commitment and entry."""

    figures: dict[int, Figure] = field(default_factory=dict)
    assumptions: dict[int, Assumption] = field(default_factory=dict)
    entries: dict[str, dict[str, object]] = field(default_factory=dict)
    partly_read: bool = False
    """Whether something is wrong with the file: what a commitment lacks may stand where it could not be read."""

    def lay_over(self, found: dict[str, Any]) -> dict[str, Any]:
        """The contents of commitments.toml with the entries that they lack.

        >>> Completion(entries={"milk": {"target": "1000"}}).lay_over({"commitment": [{"id": "milk"}]})
        {'commitment': [{'id': 'milk', 'target': '1000'}]}
        >>> Completion(partly_read=True).lay_over({"commitment": [{"id": "milk", "target": 1000}]})
        {'commitment': [{'target': 1000, 'quote': '…', 'id': 'milk'}]}
        """
        rows = found.get("commitment")
        if not (self.entries or self.partly_read) or not isinstance(rows, list):
            return found
        instead = ENTRIES if self.partly_read else {}
        filled = [
            {**instead, **row, **self.entries.get(str(row.get("id")), {})} if isinstance(row, dict) else row
            for row in rows
        ]
        return found | {"commitment": filled}


def complete(rows: Mapping[int, Missing], problems: list[Problem]) -> Completion:
    """Sort the rows into figures and entries; what is needed and not there is a problem with its line.

    `problems` holds what is wrong with the file so far: nothing else is told of what such a row would have given.
    """
    made = Completion(partly_read=any(one.place.partition(":")[0] == NAME for one in problems))
    for line, row in rows.items():
        if not row.is_filled and row.needed == "yes":
            problems.append(Problem(f"{NAME}:{line}: {row.name or row.id}", "to_be_filled"))
        if row.what in ENTRIES:
            value = row.value if row.is_filled else ENTRIES[row.what]
            made.entries.setdefault(row.id, {})[row.what] = value
        elif row.is_filled and row.what == "figure":
            _keep(made.figures, Figure, line, row, problems)
        elif row.is_filled:
            _keep(made.assumptions, Assumption, line, row, problems)
    return made


def _column(path: tuple[int | str, ...]) -> str:
    return "value" if path == ("growth",) else dotted(path)


_R = TypeVar("_R", bound=Record)


def _keep(kept: dict[int, _R], record: type[_R], line: int, row: Missing, problems: list[Problem]) -> None:
    """Keep what a filled row says as a record of its file; a growth is its value."""
    given = row.model_dump() | {"indicator": row.id, "growth": row.value}
    try:
        kept[LINES_FROM + line] = record.model_validate({name: given[name] for name in record.model_fields})
    except ValidationError as error:
        problems += problems_of(error, record, lambda path: f"{NAME}:{line}: {_column(path)}")


def placed(problem: Problem) -> Problem:
    """A problem of what is given in the file that it is given in.

    >>> placed(Problem("observed.csv:1000007: value", "empty")).place, placed(Problem("observed.csv:7", "empty")).place
    ('missing.csv:7: value', 'observed.csv:7')
    """
    found = _PLACE.match(problem.place)
    return replace(problem, place=f"{NAME}:{int(found[1])}{problem.place[found.end() :]}") if found else problem
