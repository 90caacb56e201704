"""Books that are compiled once and then evaluated for many scenarios, without a spreadsheet program."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.milestones import PATHS
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario
from agriplan.sentences import Lang
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.input_cells import entered_at
from agriplan.workbook.description import Book, Cell, Column, Entry, Input
from agriplan.workbook.evaluate.fast import GIVES_UP
from agriplan.workbook.evaluate.program import Outcomes, Program, _is_beyond, _is_finite, compile_book
from agriplan.workbook.evaluate.shape import as_given
from agriplan.workbook.evaluate.values import ErrorValue
from agriplan.workbook.files import load_template


class OnlyCarefullyError(ArithmeticError):
    """What was typed leads to something that no fast function may be given."""


@dataclass(frozen=True, eq=False)
class Compiled:
    """A plan's book of an area, its program, and what the book gives."""

    book: Book
    program: Program
    given: list[Outcomes]

    def typed_in(self, scenario: Scenario) -> list[Outcomes]:
        """What the book gives once a planner has typed a scenario into its inputs."""
        asked, shape, word = scenario.model_dump(), self.program.shape, self.book.words.__getitem__
        given = list(self.given)
        for place, entry in enumerate(shape.given):
            each = shape.entries[entry]
            if isinstance(each, Cell) and each.input:
                given[place] = as_given(entered_at(asked, each.input, word))
            elif isinstance(each, Column) and each.inputs:
                values = list(given[place])  # type: ignore[arg-type]
                for key, entry_of_cell in each.inputs.items():
                    values[shape.row(entry, key)] = as_given(entered_at(asked, entry_of_cell, word))
                given[place] = values
        return given

    def values(self, given: list[Outcomes]) -> dict[Entry, Outcomes]:
        """The value of every formula."""
        return dict(zip(self.program.order, self.program.evaluate(given), strict=True))

    @cached_property
    def usual(self) -> list[Outcomes]:
        """The value of every formula as the book was made."""
        return self.program.evaluate(self.given)

    def after(self, given: list[Outcomes]) -> dict[Entry, Outcomes]:
        """The same as `values` where few cells hold something else: only what follows from these is worked out.

        `test_formulas_agree.py` compares both.
        """
        moved = {
            place for place, (one, usual) in enumerate(zip(given, self.given, strict=True)) if not same(one, usual)
        }
        try:
            if any(self._is_odd(place, given[place]) for place in moved):
                raise OnlyCarefullyError
            found = self._following(moved, given, self._fast)
        except OnlyCarefullyError:
            found = self._following(moved, given, self.program._carefully)
        return dict(zip(self.program.order, found, strict=True))

    def _following(self, first: set[int], given: list[Outcomes], work: Any) -> list[Outcomes]:
        """Every value once those at the first places are others, each formula by `work` if it takes one that moved."""
        values, moved = [*given, *self.usual], set(first)
        for number, (_, takes) in enumerate(self.program.sources):
            place = len(given) + number
            if not moved.isdisjoint(takes) and not same(found := work(number, values), values[place]):
                values[place] = found
                moved.add(place)
        return values[len(given) :]

    def _fast(self, number: int, values: list[Outcomes]) -> Outcomes:
        work, takes = self.program._steps[number]
        try:
            found = work(*takes(values))
        except GIVES_UP:
            found = self.program._carefully(number, values)
        if not _is_finite(found) or any(isinstance(value, ErrorValue) for value in cells(found)):
            raise OnlyCarefullyError
        return found

    def _is_odd(self, place: int, found: Outcomes) -> bool:
        return not self.program._types[place].issuperset(map(type, cells(found))) or _is_beyond(cells(found))


def cells(found: Outcomes) -> Any:
    """The values of a column, or the one of a scalar."""
    return found if isinstance(found, list) else (found,)


def same(one: object, other: object) -> bool:
    """Whether two outcomes agree, by kind as well: 1 is not True."""
    if one is other:
        return True
    if isinstance(one, list) and isinstance(other, list):
        return one == other and list(map(type, one)) == list(map(type, other))
    return one == other and type(one) is type(other)


Found = tuple[int, Entry, int | None, Input]
"""A cell that can be filled in: its place among what is given, its entry, its row, and what it takes."""


def inputs_of(book: Compiled) -> Iterator[Found]:
    """Every cell of the book that can be filled in."""
    shape = book.program.shape
    for place, entry in enumerate(shape.given):
        each = shape.entries[entry]
        if isinstance(each, Cell) and each.input:
            yield place, entry, None, each.input
        elif isinstance(each, Column):
            yield from ((place, entry, shape.row(entry, key), one) for key, one in each.inputs.items())


def compiled(plan: Plan, area: str, lang: Lang = "zh") -> Compiled:
    """Describe and compile the book of a plan for an area."""
    book = describe_book(plan, area, lang, load_template(None, lang).words)
    program = compile_book(book)
    return Compiled(book, program, program.given(book))


# Kinds of limits: for a commitment its share of the allocation, its target, and what else moves its row.
def _limits(commitment: Commitment) -> dict[str, dict[str, Any]]:
    first, last, some = commitment.leagues[0], commitment.leagues[-1], commitment.target / 50.0
    points = commitment.is_rate
    level = 0.98 * (commitment.ceiling or 100.0) if points else commitment.target / 8.0
    some, many = (0.3, 30.0) if points else (some, commitment.target)
    return {
        "none": {},
        "floor": {"floor": {first: some}},
        "ceiling": {"ceiling": {first: some / 4}},
        "lock": {"lock": {last: some / 2}},
        "max_growth": {"max_growth": 0.4 if points else 9.0},
        "no_cap": {"max_growth": "none"},
        "levels": {"floor": {first: {"target": level}}, "lock": {last: {"target": level}}},
        "reserve_and_margin": {"reserve": 12.5, "margin": 3.0},
        "ceilings_too_low": {"ceiling": dict.fromkeys(commitment.leagues, some / 1000)},
        "floors_above_the_gap": {"floor": dict.fromkeys(commitment.leagues, many)},
    }


def every_case(data: Baselines) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every rule x path x kind of limit as a scenario, with an own figure, growth and an actual in turns."""
    kinds = list(_limits(data.commitments[0]))
    for number, (rule, path, kind) in enumerate(product(RULES, PATHS, kinds)):
        allocation = {}
        for commitment in data.commitments:
            ends = {commitment.leagues[0]: 2.0, commitment.leagues[-1]: 1.0}
            more = {"by_shares": {"shares": ends}, "by_criteria": {"criteria": [{}, "entropy"][number % 2]}}
            allocation[commitment.id] = {"rule": rule, **_limits(commitment)[kind], **more.get(rule, {})}
        scenario: dict[str, Any] = {"allocation": allocation, "path": {each.id: path for each in data.commitments}}
        first, code = data.commitments[number % len(data.commitments)], data.leagues[1].code
        year, figure = str(data.base_year + 1), data.base_figures.get((first.quantity, code))
        if figure and number % 3 == 1:
            scenario["growth"] = {first.id: {data.region.code: 0.3, code: 0.1}}
            scenario["baseline"] = {first.quantity: {code: {"value": round(figure.value * 0.9, 3), "source": "统计局"}}}
        if figure and number % 3 == 2:
            actual = figure.value if first.kind == "rate" else round(figure.value * 1.02, 2)
            scenario["actual"] = {first.id: {code: {year: actual}}}
        if number % 4 == 3:
            scenario["as_of"] = data.base_year + 1 + number // 4 % data.span
        yield f"{rule}, {path}, {kind}", scenario
