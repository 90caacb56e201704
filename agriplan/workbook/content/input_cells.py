"""Inputs of a workbook: where an entry goes in the scenario, what is accepted, what an empty cell stands for."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast, get_args

from agriplan.baselines.commitments import Commitment
from agriplan.engine.scenario import PathName, RuleName
from agriplan.parsing import LARGEST, SMALLEST
from agriplan.workbook.description import Input, Value


class Accepts(NamedTuple):
    """A number between two bounds, or a text up to a length."""

    kind: str
    low: float | None
    high: float | None


# The bounds of `Scenario` (`engine/scenario.py`): what a cell accepts, the scenario accepts too.
LIMIT = Accepts("number", 0.0, LARGEST)
POSITIVE = Accepts("number", SMALLEST, LARGEST)
SHARE = Accepts("number", 0.0, 100.0)
SOURCE = Accepts("text", None, 200.0)
NOTE = Accepts("text", None, 2000.0)
CHOICES: dict[str, tuple[str, ...]] = {
    "rule": get_args(RuleName),
    "path": get_args(PathName),
    "criteria": ("entered", "entropy"),
}


def input_cell(path: tuple[str, ...], accepts: Accepts, default: Value = None, choices: tuple[str, ...] = ()) -> Input:
    """An input of one cell."""
    kind = "text" if accepts.kind == "text" else "number"
    return Input(path, kind, accepts.low, accepts.high, choices, default=default)  # type: ignore[arg-type]


def choose(word: Callable[[str], str], path: tuple[str, ...], family: str, usual: str) -> Input:
    """An input of one cell that takes one of the words of a family; an empty one stands for the usual word."""
    words = [word(f"{family}.{code}") for code in CHOICES[family]]
    return Input(path, "choice", choices=words, default=word(f"{family}.{usual}"))


def growth(kind: str) -> Accepts:
    """A yearly growth in per cent (rates: points): the bounds that a scenario accepts."""
    return Accepts("number", -100.0 if kind == "rate" else -99.99, 1000.0)


def amount(commitment: Commitment, least: float = 0.0) -> Accepts:
    """A figure in the indicator's unit; a rate stays below its ceiling."""
    return Accepts("number", least, LARGEST if commitment.ceiling is None else commitment.ceiling)


def entered_at(scenario: Mapping[str, Any], entry: Input, word: Callable[[str], str]) -> Value:
    """What stands in an input: what a scenario (as JSON) holds at its path, in words where it is no number.

    >>> entered_at({"path": {"milk": "linear"}}, Input(("path", "milk"), "choice"), str)
    'path.linear'
    """
    found: Any = scenario  # in the end a value, since a path leads to one
    for part in entry.path:
        found = found.get(part) if isinstance(found, Mapping) else None
    family = "path" if entry.path[0] == "path" else entry.path[-1]
    if family == "criteria" and found is not None:
        return word("criteria.entropy" if found == "entropy" else "criteria.entered")
    # A limit that is a level has its own cell, and none in the column of amounts.
    if found is None or found == "" or isinstance(found, Mapping):
        return entry.default
    if isinstance(found, str) and entry.kind != "text":
        return word(f"{family}.{found}" if family in CHOICES else f"cap.{found}")
    return cast("Value", found)
