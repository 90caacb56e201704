"""The file missing.csv of a folder that was begun: what its plan lacks, one row each, to be filled in Excel.

Once its value is there, a row counts like one of observed.csv or assumptions.csv, or like an entry of commitments.toml.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import ValidationError

from agriplan.baselines.file_words import in_row
from agriplan.baselines.read_in_part import keep_in_part
from agriplan.baselines.records import Assumption, Figure, ForeignCode, Noted, Record
from agriplan.errors import Problem
from agriplan.parsing import dotted, problems_of
from agriplan.typed_numbers import says_no_figure

NAME = "missing.csv"
# No file has so many lines: what stands in missing.csv is kept under its own line beyond those of the file it is for.
LINES_FROM = 1_000_000
_PLACE = re.compile(r"^(?:observed|assumptions)\.csv:1(\d{6})(?!\d)(?:: (\w+))?")
# What columns of those files are called here.
_COLUMNS: Mapping[str, str] = {"indicator": "id", "growth": "value"}
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


class GivenEntry(NamedTuple):
    """What a row gives for a commitment: its value, or what stands for it while it is not there."""

    line: int
    value: object
    is_filled: bool


@dataclass(frozen=True)
class Completion:
    """What the rows give: figures and growths by line, and entries of commitments by commitment and entry."""

    figures: dict[int, Figure] = field(default_factory=dict)
    assumptions: dict[int, Assumption] = field(default_factory=dict)
    entries: dict[str, dict[str, GivenEntry]] = field(default_factory=dict)
    figures_in_part: dict[int, Figure] = field(default_factory=dict)
    assumptions_in_part: dict[int, Assumption] = field(default_factory=dict)
    partly_read: bool = False
    """Whether something is wrong with the file: what a commitment lacks may stand where it could not be read."""
    laid: dict[str, int] = field(default_factory=dict)
    """Rows by the places of commitments.toml that they were laid over."""
    beside: dict[int, str] = field(default_factory=dict)
    """The places of commitments.toml that say themselves what a row gives, by the row."""

    def lay_over(self, found: dict[str, Any]) -> dict[str, Any]:
        """The contents of commitments.toml with the entries that they lack.

        >>> given = Completion(entries={"milk": {"target": GivenEntry(7, "1000", True)}})
        >>> given.lay_over({"commitment": [{"id": "milk"}]}), given.laid
        ({'commitment': [{'id': 'milk', 'target': '1000'}]}, {'commitments.toml: commitment[1].target': 7})
        >>> given.lay_over({"commitment": [{"id": "milk", "target": 900}]}), given.beside
        ({'commitment': [{'id': 'milk', 'target': 900}]}, {7: 'commitments.toml: commitment[1].target'})
        >>> Completion(partly_read=True).lay_over({"commitment": [{"id": "milk", "target": 1000}]})
        {'commitment': [{'target': 1000, 'quote': '…', 'id': 'milk'}]}
        """
        rows = found.get("commitment")
        if not (self.entries or self.partly_read) or not isinstance(rows, list):
            return found
        filled = [self._with_entries(row, number) if isinstance(row, dict) else row for number, row in enumerate(rows)]
        return found | {"commitment": filled}

    def _with_entries(self, row: dict[str, Any], number: int) -> dict[str, Any]:
        own = {**(ENTRIES if self.partly_read else {}), **row}
        for name, entry in self.entries.get(str(row.get("id")), {}).items():
            place = f"commitments.toml: {dotted(('commitment', number, name))}"
            if name not in row:
                own[name] = entry.value
                self.laid[place] = entry.line
            elif entry.is_filled:
                self.beside[entry.line] = place
        return own

    def placed(self, problem: Problem) -> Problem:
        """A problem of what is given in the file that it is given in.

        >>> of_rows, of_file = Problem("assumptions.csv:1000007: growth", "empty"), Problem("observed.csv:7", "empty")
        >>> Completion().placed(of_rows).place, Completion().placed(of_file).place
        ('missing.csv:7: value', 'observed.csv:7')
        """
        if problem.place in self.laid:
            return replace(problem, place=f"{NAME}:{self.laid[problem.place]}: value")
        found = _PLACE.match(problem.place)
        if found is None:
            return problem
        column = f": {_COLUMNS.get(found[2], found[2])}" if found[2] else ""
        return replace(problem, place=f"{NAME}:{int(found[1])}{column}{problem.place[found.end() :]}")


def complete(rows: Mapping[int, Missing], problems: list[Problem]) -> Completion:
    """Sort the rows into figures and entries; what is needed and not there is a problem with its line.

    `problems` holds what is wrong with the file so far: nothing else is told of what such a row would have given.
    """
    made = Completion(partly_read=any(one.place.partition(":")[0] == NAME for one in problems))
    for line, row in rows.items():
        if not row.is_filled and row.needed == "yes":
            problems.append(Problem(f"{NAME}:{line}: {row.name or row.id}", "to_be_filled"))
        if row.what in ENTRIES:
            entry = GivenEntry(line, row.value if row.is_filled else ENTRIES[row.what], row.is_filled)
            entries = made.entries.setdefault(row.id, {})
            if row.what not in entries or entry.is_filled > entries[row.what].is_filled:
                entries[row.what] = entry
        elif row.is_filled and row.what == "figure":
            _keep(made.figures, made.figures_in_part, Figure, line, row, problems)
        elif row.is_filled:
            _keep(made.assumptions, made.assumptions_in_part, Assumption, line, row, problems)
    return made


_R = TypeVar("_R", bound=Record)


def _keep(
    kept: dict[int, _R],
    in_part: dict[int, _R],
    record: type[_R],
    line: int,
    row: Missing,
    problems: list[Problem],
) -> None:
    """Keep what a filled row says as a record of its file; a growth is its value."""
    given = row.model_dump() | {"indicator": row.id, "growth": row.value}
    cells = {name: given[name] for name in record.model_fields}
    try:
        kept[LINES_FROM + line] = record.model_validate(cells)
    except ValidationError as error:
        keep_in_part(in_part, LINES_FROM + line, record, cells)
        found = problems_of(error, record, lambda path: f"{NAME}:{line}: {_COLUMNS.get(dotted(path), dotted(path))}")
        required = {"value", *(name for name, entry in record.model_fields.items() if entry.is_required())}
        may_lack = f"{NAME}:{line}: value" if row.needed == "no" else ""
        problems += (one if one.place == may_lack else in_row(one, required) for one in found)
