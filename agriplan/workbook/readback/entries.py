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
from agriplan.workbook.readback.left_out import LeftOut
from agriplan.workbook.readback.scenario_tree import (
    EntryPath,
    branch_at,
    is_amount,
    prune_branch,
    put_entry,
    remove_entry,
    value_at,
)

# What a number shown in that format was meant as, and the sentence that asks for the number itself.
TYPED_AS = {"per_cent": "typed_as_per_cent", "date": "typed_as_date", "year": "typed_as_date"}
# What is put in the place of a part of an own figure that is not there, or cannot be read.
STANDS_IN: dict[str, Any] = {"value": 1.0, "source": "?"}


class _Changed(NamedTuple):
    """What was entered anew: its path in the scenario, its value, where it stands and whether it is seen there."""

    path: EntryPath
    value: Any
    place: CellPlace
    hidden: bool


class ScenarioEdits:
    """A scenario as JSON while cells are laid over it; `data` is the result.

    `notes` are what was read as blank, `left_out` what was entered and is not in the result.

    `words` are those of the workbook, by code: what a drop-down shows.
    """

    def __init__(self, stored: Scenario, words: Mapping[str, str]) -> None:
        self.data: dict[str, Any] = json.loads(canonical_json(stored))
        self.notes: list[Problem] = []
        self.left_out: list[LeftOut] = []
        self._before: dict[str, Any] = json.loads(canonical_json(stored))
        self._words = words
        self._problems: list[Problem] = []
        self._places: dict[str, CellPlace] = {}
        # Commitments that rest on one quantity ask for the same figure.
        self._changed: dict[str, _Changed] = {}
        # Own figures that want their figure or their source: something stands in for it until all else that is wrong
        # with them is told.
        self.incomplete: dict[str, list[EntryPath]] = {}
        # The entries that hold numbers, or what cannot be read as one, whether they were made in the file or before.
        self._held: set[EntryPath] = set()
        # The entries that cannot be read.
        self._unread: set[EntryPath] = set()
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
            self._refuse(entry, Problem(str(place), error.code, {"word": word, **error.values}, error.meant), place)
            return
        if value is STANDS_FOR_NONE:
            self.notes.append(Problem(str(place), *as_blank(entry, held)))
            value = None
        self._look_at(entry, value, held, place)
        if _same(value, None if made in ("", None) else self._value(entry, Held(cast("Entered", made)))):
            return
        if held.shown_as and isinstance(value, float):
            self._refuse(entry, Problem(str(place), TYPED_AS[held.shown_as], {"word": _times_hundred(value)}), place)
            return
        first = self._changed.setdefault(".".join(entry.path), _Changed(entry.path, value, place, held.hidden))
        if first.value != value:
            self._problems.append(Problem(str(place), "entered_twice", {"first": first.place}))
            self.left_out.append(LeftOut(".".join(entry.path), place, value))
            return
        usual = None if entry.default is None else self._value(entry, Held(cast("Entered", entry.default)))
        if value is None or _same(value, usual):
            remove_entry(self.data, entry.path)
        elif entry.path[-1] != "target" or not is_amount(self.data, entry.path[:-1]):
            put_entry(self.data, entry.path, value)

    def _refuse(self, entry: Input, problem: Problem, place: CellPlace) -> None:
        """An entry that cannot be read stands there all the same: what it stands beside is looked at with it."""
        self._problems.append(problem)
        self.left_out.append(LeftOut(".".join(entry.path), place, is_read=False))
        self._unread.add(entry.path)
        self._mark(entry, place)

    def _mark(self, entry: Input, place: CellPlace) -> None:
        """Remember that something stands there that is no text."""
        if entry.kind == "number":
            self._held.add(entry.path)
        if entry.path[-2:-1] == ("criteria",):
            self._weights.setdefault(entry.path[1], place)

    def _look_at(self, entry: Input, value: Any, held: Held, place: CellPlace) -> None:
        """What a cell says of itself, whether it was changed or not."""
        if isinstance(value, float):
            self._mark(entry, place)
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
        own = [("baseline", one, code) for one, codes in self.data.get("baseline", {}).items() for code in codes]
        unread = [path[:3] for path in sorted(self._unread) if path[0] == "baseline"]
        for head in dict.fromkeys([*own, *unread]):
            self._problems += self._check_own(head)
        return self._problems

    def take_back(self, places: Iterable[str]) -> None:
        """Undo what was entered at these places of the scenario, or as near to them as anything was entered."""
        for place in places:
            # An own figure and its source belong together: neither is used without the other.
            head = ".".join(place.split(".")[:3]) if place.startswith("baseline.") else place
            for path in self.incomplete.pop(head, ()):
                remove_entry(self.data, path)
            while True:
                near = [name for name in self._changed if _within(name, head) or _within(head, name)]
                if near or not head:
                    break
                head = head.rpartition(".")[0]
            for name in near or list(self._changed):
                path, value, cell, _ = self._changed.pop(name)
                self.left_out.append(LeftOut(name, cell, value))
                before = value_at(self._before, path)
                if before is None:
                    remove_entry(self.data, path)
                    prune_branch(self.data, path[:-1])
                else:
                    branch_at(self.data, path[:-1])[path[-1]] = before

    def prefer_value(self, value: str, quantity: str) -> Problem | None:
        """Of a chain value and its own quantity that are both entered the value counts, as in the file: the other goes.

        None where they are not, or where the value cannot be used: it is then the value that is in the way.
        """
        path: EntryPath = tuple(quantity.split("."))
        if value in self.incomplete or value_at(self.data, path) is None:
            return None
        remove_entry(self.data, path)
        prune_branch(self.data, path[:-1])
        self.incomplete.pop(quantity, None)
        self._changed = {name: one for name, one in self._changed.items() if not _within(name, quantity)}
        values = {"first": self._places[f"{quantity}.value"]}
        return Problem(str(self._places[f"{value}.value"]), "workbook_value_beside_quantity", values)

    def placed(self, problem: Problem) -> Problem:
        """A problem of the scenario at the cell that it comes from."""
        near = (cell for path, cell in self._places.items() if path.startswith(f"{problem.place}."))
        place = self._places.get(problem.place) or next(near, problem.place)
        return Problem(str(place), problem.code, problem.values, problem.suggestion)

    def _check_own(self, head: EntryPath) -> Iterator[Problem]:
        """What an own figure wants is told whether or not the rest of it can be read."""
        figure, before = value_at(self.data, head) or {}, value_at(self._before, head) or {}
        wanted = [part for part in STANDS_IN if figure.get(part) in (None, "")]
        blank = [part for part in wanted if (*head, part) not in self._unread]
        is_unread = any(path[:3] == head for path in self._unread)
        if "value" in blank and not is_unread and all(before.get(part) == text for part, text in figure.items()):
            # A figure that was cleared takes its source and note along; those typed without a figure are a mistake.
            remove_entry(self.data, head)
            return
        if blank:
            code = "own_without_figure" if "value" in blank else "own_without_source"
            place = ".".join((*head, blank[0]))
            yield Problem(str(self._places.get(place, place)), code)
        if figure:
            figure |= {part: STANDS_IN[part] for part in wanted}
            self.incomplete |= {".".join(head): [(*head, part) for part in wanted]} if wanted else {}

    def _value(self, entry: Input, held: Held) -> Any:
        return value_of(entry, held, self._words)


def _fits(entry: Input, value: float) -> bool:
    return (entry.low is None or value >= entry.low) and (entry.high is None or value <= entry.high)


def _within(name: str, head: str) -> bool:
    return f"{name}.".startswith(f"{head}.")


def _times_hundred(value: float) -> str:
    return f"{value * 100.0:.12g}"


def _same(first: object, second: object) -> bool:
    return type(first) is type(second) and first == second
