"""What a planner entered, laid over a scenario: each cell a number, a word or a text at a path of the scenario."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from agriplan.engine.scenario import Scenario, canonical_json, fifteen_digits, in_per_cent
from agriplan.errors import Problem, did_you_mean
from agriplan.parsing import NotANumberError, read_number, says_no_figure
from agriplan.workbook.content.asking import CHOICES
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Input, Value
from agriplan.workbook.readback.parts import Held

Path = tuple[str, ...]
# What a number shown in that format was meant as, and the sentence that asks for the number itself.
TYPED_AS = {"per_cent": "typed_as_per_cent", "date": "typed_as_date"}


class Place(NamedTuple):
    """A cell as people name it.

    >>> str(Place("假设", "C", 7))
    '假设!C7'
    """

    sheet: str
    column: str
    row: int

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"


class Changes:
    """A scenario as JSON while cells are laid over it; `data` is the result, `any` tells whether anything changed."""

    def __init__(self, stored: Scenario, making: Making) -> None:
        self.data: dict[str, Any] = json.loads(canonical_json(stored))
        self._before: dict[str, Any] = json.loads(canonical_json(stored))
        self.any = False
        self._making = making
        self._problems: list[Problem] = []
        self._places: dict[str, Place] = {}
        # What was entered anew, and where: commitments that rest on one quantity ask for the same figure.
        self._changed: dict[str, tuple[Any, Place]] = {}
        # Where the first weight of each indicator's criteria stands.
        self._weights: dict[str, Place] = {}

    def take(self, entry: Input, made: Value, held: Held, place: Place) -> None:
        """Lay one cell over the scenario, unless it still holds what it was made with."""
        self._places[".".join(entry.path)] = place
        try:
            value = self._value(entry, held)
        except _NotUsableError as error:
            self._problems.append(Problem(str(place), error.code, {"word": held.value, **error.values}, error.meant))
            return
        if entry.path[-2:-1] == ("criteria",) and value is not None:
            self._weights.setdefault(entry.path[1], place)
        if _same(value, None if made in ("", None) else self._value(entry, Held(made))):
            return
        if held.shown_as and isinstance(value, float):
            self._problems.append(Problem(str(place), TYPED_AS[held.shown_as], {"word": _times_hundred(value)}))
        self.any = True
        name = ".".join(entry.path)
        first = self._changed.setdefault(name, (value, place))
        if first[0] != value:
            self._problems.append(Problem(str(place), "entered_twice", {"first": first[1]}))
        usual = None if entry.default is None else self._value(entry, Held(entry.default))
        if value is None or _same(value, usual):
            self._remove(entry.path)
        else:
            self._put(entry.path, value)

    def finish(self) -> list[Problem]:
        """What only all cells together tell: an own figure needs a value and a source, weights must be in use."""
        for indicator, place in self._weights.items():
            if self.data.get("allocation", {}).get(indicator, {}).get("criteria") == "entropy":
                self._problems.append(Problem(str(place), "weights_beside_entropy"))
        for indicator, figures in self.data.get("baseline", {}).items():
            for code in list(figures):
                self._problems += self._check_own(indicator, code, figures)
        return self._problems

    def placed(self, problem: Problem) -> Problem:
        """A problem of the scenario at the cell that it comes from."""
        place = self._places.get(problem.place)
        return Problem(str(place) if place else problem.place, problem.code, problem.values, problem.suggestion)

    def _check_own(self, indicator: str, code: str, figures: dict[str, Any]) -> Iterator[Problem]:
        figure = figures[code]
        path = f"baseline.{indicator}.{code}"
        before = self._before.get("baseline", {}).get(indicator, {}).get(code, {})
        if "value" not in figure:
            # A figure that was cleared takes its source and note along; those typed without a figure are a mistake.
            if all(before.get(part) == text for part, text in figure.items()):
                del figures[code]
            else:
                yield Problem(str(self._places.get(f"{path}.value", path)), "own_without_figure")
        elif not figure.get("source"):
            yield Problem(str(self._places.get(f"{path}.source", path)), "own_without_source")

    def _value(self, entry: Input, held: Held) -> Any:
        """What a cell means in the scenario: a number, a code or a text; None for an empty one."""
        value = held.value
        if held.error:
            raise _NotUsableError("workbook_error_value")
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if entry.kind == "text":
            return _as_text(value)
        if entry.kind == "choice" or (isinstance(value, str) and value.strip() in entry.choices):
            return self._choice(entry, value)
        if isinstance(value, str) and says_no_figure(value):
            if entry.choices:  # "none" may be meant as well as "nothing": that is asked
                return self._choice(entry, value)
            return None
        return _as_number(value, per_cent=in_per_cent(entry.path))

    def _choice(self, entry: Input, value: Value) -> str:
        word = str(value).strip()
        if word not in entry.choices:
            known = {"known": ", ".join(entry.choices)}
            raise _NotUsableError("unknown_word", known, did_you_mean(word, entry.choices))
        if entry.path[-1] == "max_growth":
            return "none"
        family = "path" if entry.path[0] == "path" else entry.path[-1]
        return dict(zip(self._making.in_words(family, CHOICES[family]), CHOICES[family], strict=True))[word]

    def _put(self, path: Path, value: Any) -> None:
        if path[-1] == "criteria" and value == "entropy":
            self._branch(path[:-1])["criteria"] = "entropy"
        elif path[-1] != "criteria":
            self._branch(path[:-1])[path[-1]] = value

    def _remove(self, path: Path) -> None:
        branch: Any = self.data
        for part in path[:-1]:
            branch = branch.get(part) if isinstance(branch, dict) else None
        if isinstance(branch, dict):
            branch.pop(path[-1], None)

    def _branch(self, path: Path) -> dict[str, Any]:
        """The mapping at a path; weights entered while entropy weights are chosen go nowhere."""
        branch = self.data
        for part in path:
            inner = branch.setdefault(part, {})
            if not isinstance(inner, dict):
                return {}
            branch = inner
        return branch


class _NotUsableError(Exception):
    def __init__(self, code: str, values: Mapping[str, object] | None = None, meant: str | None = None) -> None:
        super().__init__(code)
        self.code, self.values, self.meant = code, values or {}, meant


def _as_text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _as_number(value: Value, *, per_cent: bool) -> float:
    """A number, typed as a number or as text that reads as one."""
    if isinstance(value, float):
        return fifteen_digits(value)
    if isinstance(value, bool):
        raise _NotUsableError("not_a_number")
    try:
        return fifteen_digits(read_number(str(value), per_cent=per_cent))
    except NotANumberError as error:
        raise _NotUsableError(error.code, meant=error.meant) from None


def _times_hundred(value: float) -> str:
    return f"{value * 100.0:.12g}"


def _same(first: object, second: object) -> bool:
    return type(first) is type(second) and first == second
