"""What is wrong with an entry, in the words of the file that it stands in: a TOML file, or the row of a table."""

import re
from collections.abc import Collection
from dataclasses import replace

from agriplan.errors import Problem

# Sentences that show how something is written, and what is said of TOML in their place.
_OF_TOML = {
    "not_text": "not_text_toml",
    "wrong_shape_names": "wrong_shape_names_toml",
    "excel_error": "excel_error_needed",
}
_JSON_KEY = re.compile(r'"(\w+)": ')
# The columns without whose number there need be no row.
_POINTS = frozenset({"value", "growth"})


def in_toml(problem: Problem) -> Problem:
    """A problem of a TOML entry, with what is to be written as TOML writes it.

    >>> in_toml(Problem("plan.toml: region", "wrong_shape_keys", {"wanted": '{"code": …}'})).values
    {'wanted': '{code = …}'}
    """
    values = {
        name: _JSON_KEY.sub(r"\1 = ", value) if isinstance(value, str) and value[:1] in {"{", "["} else value
        for name, value in problem.values.items()
    }
    return replace(problem, code=_OF_TOML.get(problem.code, problem.code), values=values)


def in_row(problem: Problem, required: Collection[str]) -> Problem:
    """A problem of a cell: only some may be left empty, and without others there need be no row.

    >>> in_row(Problem("observed.csv:2: value", "excel_error"), {"value"}).code
    'excel_error_in_row'
    >>> in_row(Problem("indicators.csv:2: upper", "excel_error"), {"indicator"}).code
    'excel_error'
    """
    column = problem.place.rpartition(": ")[2]
    if column not in required or problem.code not in {"excel_error", "missing"}:
        return problem
    is_point = column in _POINTS
    if problem.code == "missing":
        return replace(problem, code="missing_in_row" if is_point else "missing")
    return replace(problem, code="excel_error_in_row" if is_point else "excel_error_needed")
