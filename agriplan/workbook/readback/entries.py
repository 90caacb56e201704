"""What a planner entered, laid over a scenario: each cell a number, a word or a text at a path of the scenario."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from agriplan.engine.scenario import Scenario, canonical_json
from agriplan.errors import Problem
from agriplan.workbook.description import Input, Value
from agriplan.workbook.readback.cell_values import STANDS_FOR_NONE, NotUsableError, as_blank, value_of
from agriplan.workbook.readback.finding import CellPlace, as_plain
from agriplan.workbook.readback.held_cell import Entered, Held

EntryPath = tuple[str, ...]
# What a number shown in that format was meant as, and the sentence that asks for the number itself.
TYPED_AS = {"per_cent": "typed_as_per_cent", "date": "typed_as_date", "year": "typed_as_date"}


class _Changed(NamedTuple):
    """What was entered anew: its path in the scenario, its value, where it stands and whether it is seen there."""

    path: EntryPath
    value: Any
    place: CellPlace
    hidden: bool


class ScenarioEdits:
    """A scenario as JSON while cells are laid over it; `data` is the result, `notes` what was read as blank.

    `words` are those of the workbook, by code: what a drop-down shows.
    """

    def __init__(self, stored: Scenario, words: Mapping[str, str]) -> None:
        self.data: dict[str, Any] = json.loads(canonical_json(stored))
        self.notes: list[Problem] = []
        self._before: dict[str, Any] = json.loads(canonical_json(stored))
        self._words = words
        self._problems: list[Problem] = []
        self._places: dict[str, CellPlace] = {}
        # Commitments that rest on one quantity ask for the same figure.
        self._changed: dict[str, _Changed] = {}
        # Own figures for whose source a mark stands in until everything else that is wrong with them is told.
        self.unsourced: list[str] = []
        # The entries that hold numbers, whether they were made in the file or before.
        self._held: set[EntryPath] = set()
        # The entries that cannot be read.
        self._unread: set[str] = set()
        # Where the first weight of each indicator's criteria stands.
        self._weights: dict[str, CellPlace] = {}

    @property
    def any(self) -> bool:
        """Whether anything differs from what the workbook was made with."""
        return bool(self._changed)

    @property
    def hidden(self) -> list[CellPlace]:
        """Where something was entered that is not seen in the file."""
        return [one.place for one in self._changed.values() if one.hidden]

    def take(self, entry: Input, made: Value, held: Held, place: CellPlace) -> None:
        """Lay one cell over the scenario, unless it still holds what it was made with."""
        self._places[".".join(entry.path)] = place
        try:
            value = self._value(entry, held)
        except NotUsableError as error:
            word = as_plain(held.value) if isinstance(held.value, bool) else held.value
            self._problems.append(Problem(str(place), error.code, {"word": word, **error.values}, error.meant))
            self._unread.add(".".join(entry.path))
            return
        if value is STANDS_FOR_NONE:
            self.notes.append(Problem(str(place), *as_blank(entry, held)))
            value = None
        self._look_at(entry, value, held, place)
        if _same(value, None if made in ("", None) else self._value(entry, Held(cast("Entered", made)))):
            return
        if held.shown_as and isinstance(value, float):
            self._problems.append(Problem(str(place), TYPED_AS[held.shown_as], {"word": _times_hundred(value)}))
            return
        first = self._changed.setdefault(".".join(entry.path), _Changed(entry.path, value, place, held.hidden))
        if first.value != value:
            self._problems.append(Problem(str(place), "entered_twice", {"first": first.place}))
            return
        usual = None if entry.default is None else self._value(entry, Held(cast("Entered", entry.default)))
        if value is None or _same(value, usual):
            self._remove(entry.path)
        elif entry.path[-1] != "target" or not self._is_amount(entry.path[:-1]):
            self._put(entry.path, value)

    def _look_at(self, entry: Input, value: Any, held: Held, place: CellPlace) -> None:
        """What a cell says of itself, whether it was changed or not."""
        if isinstance(value, float):
            self._held.add(entry.path)
        if entry.path[-2:-1] == ("criteria",) and value is not None:
            self._weights.setdefault(entry.path[1], place)
        if isinstance(held.value, str) and isinstance(value, float) and _fits(entry, value):
            self._problems.append(Problem(str(place), "typed_as_text", {"word": held.value.strip()}))

        if isinstance(held.value, str) and (word := held.value.strip()) != held.value and word in entry.choices:
            self._problems.append(Problem(str(place), "typed_with_blanks", {"word": word}))

    def finish(self) -> list[Problem]:
        """What only all cells together tell: an own figure needs a value and a source, weights must be in use.

        Of a limit that stands there twice the amount counts, as in the file.
        """
        for path in sorted(path for path in self._held if (*path, "target") in self._held):
            amount, level = (self._places[".".join(each)] for each in (path, (*path, "target")))
            self._problems.append(Problem(str(level), "workbook_limit_twice", {"first": amount}))
        for indicator, place in self._weights.items():
            if self.data.get("allocation", {}).get(indicator, {}).get("criteria") == "entropy":
                self._problems.append(Problem(str(place), "weights_beside_entropy"))
        for indicator, code in [(one, code) for one, codes in self.data.get("baseline", {}).items() for code in codes]:
            self._problems += self._check_own(indicator, code, self.data["baseline"][indicator])
        return self._problems

    def take_back(self, places: Iterable[str]) -> None:
        """Undo what was entered at these places of the scenario, or as near to them as anything was entered."""
        for place in places:
            # An own figure and its source belong together: neither is used without the other.
            head = ".".join(place.split(".")[:3]) if place.startswith("baseline.") else place
            if head in self.unsourced:
                self.unsourced.remove(head)
                self._remove((*head.split("."), "source"))
            while True:
                near = [name for name in self._changed if _within(name, head) or _within(head, name)]
                if near or not head:
                    break
                head = head.rpartition(".")[0]
            for name in near or list(self._changed):
                path = self._changed.pop(name).path
                before = _at(self._before, path)
                if before is None:
                    self._remove(path)
                    self._prune(path[:-1])
                else:
                    self._branch(path[:-1])[path[-1]] = before

    def prefer_value(self, value: str, quantity: str) -> Problem | None:
        """Of a chain value and its own quantity that are both entered the value counts, as in the file: the other goes.

        None where they are not, or where the value cannot be used: it is then the value that is in the way.
        """
        path: EntryPath = tuple(quantity.split("."))
        if value in self.unsourced or _at(self.data, path) is None:
            return None
        self._remove(path)
        self._prune(path[:-1])
        self.unsourced = [head for head in self.unsourced if head != quantity]
        self._changed = {name: one for name, one in self._changed.items() if not _within(name, quantity)}
        values = {"first": self._places[f"{quantity}.value"]}
        return Problem(str(self._places[f"{value}.value"]), "workbook_value_beside_quantity", values)

    def placed(self, problem: Problem) -> Problem:
        """A problem of the scenario at the cell that it comes from."""
        near = (cell for path, cell in self._places.items() if path.startswith(f"{problem.place}."))
        place = self._places.get(problem.place) or next(near, problem.place)
        return Problem(str(place), problem.code, problem.values, problem.suggestion)

    def _check_own(self, indicator: str, code: str, figures: dict[str, Any]) -> Iterator[Problem]:
        figure = figures[code]
        path = f"baseline.{indicator}.{code}"
        before = self._before.get("baseline", {}).get(indicator, {}).get(code, {})
        if "value" not in figure:
            # A figure that was cleared takes its source and note along; those typed without a figure are a mistake.
            if all(before.get(part) == text for part, text in figure.items()):
                del figures[code]
            elif f"{path}.value" in self._unread:  # told already
                self.take_back([path])
            else:
                yield Problem(str(self._places.get(f"{path}.value", path)), "own_without_figure")
                self.take_back([path])
        elif not figure.get("source"):
            yield Problem(str(self._places.get(f"{path}.source", path)), "own_without_source")
            figure["source"] = "?"
            self.unsourced.append(path)

    def _value(self, entry: Input, held: Held) -> Any:
        return value_of(entry, held, self._words)

    def _put(self, path: EntryPath, value: Any) -> None:
        if path[-1] == "criteria" and value == "entropy":
            self._branch(path[:-1])["criteria"] = "entropy"
        elif path[-1] != "criteria":
            self._branch(path[:-1])[path[-1]] = value

    def _remove(self, path: EntryPath) -> None:
        branch = _at(self.data, path[:-1])
        # Which weights are asked for is no entry beside those that stand there.
        is_kept = path[-1] == "criteria" and isinstance(_at(self.data, path), dict)
        if isinstance(branch, dict) and not is_kept:
            branch.pop(path[-1], None)
            if len(path) > 1 and path[-1] == "target" and not branch:  # a limit without its level is none
                self._remove(path[:-1])

    def _prune(self, path: EntryPath) -> None:
        """Drop what taking back left empty: a figure without anything in it would be asked to be filled in."""
        while path and _at(self.data, path) == {}:
            self._remove(path)
            path = path[:-1]

    def _is_amount(self, path: EntryPath) -> bool:
        """Whether a limit stands there as an amount."""
        return isinstance(_at(self.data, path), (int, float))

    def _branch(self, path: EntryPath) -> dict[str, Any]:
        """The mapping at a path; weights entered while entropy weights are chosen go nowhere."""
        branch = self.data
        for part in path:
            inner = branch.setdefault(part, {})
            if not isinstance(inner, dict):
                return {}
            branch = inner
        return branch


def _fits(entry: Input, value: float) -> bool:
    return (entry.low is None or value >= entry.low) and (entry.high is None or value <= entry.high)


def _within(name: str, head: str) -> bool:
    return f"{name}.".startswith(f"{head}.")


def _at(data: Any, path: EntryPath) -> Any:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _times_hundred(value: float) -> str:
    return f"{value * 100.0:.12g}"


def _same(first: object, second: object) -> bool:
    return type(first) is type(second) and first == second
