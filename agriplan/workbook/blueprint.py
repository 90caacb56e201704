"""All that is needed to make an area's workbook of any scenario: its formulas, its parts, and where entries go.

blueprint = draw(plan, area, template, lang)     # once an area, template and data
blueprint.workbook(plan)                         # many times: the scenario's values, evaluated and filled in
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, cast

from agriplan.engine.plan import Plan
from agriplan.sentences import Lang
from agriplan.workbook.content.context import BookContext, book_properties
from agriplan.workbook.content.told import InputCells, ToldValue, input_cells_of, told
from agriplan.workbook.description import Cell, Entry, Value
from agriplan.workbook.evaluate.program import Outcomes, Program
from agriplan.workbook.evaluate.shape import as_given
from agriplan.workbook.garbage_collection import without_collection
from agriplan.workbook.varying import values_of, varying
from agriplan.workbook.xlsx.compiled import Compiled

if TYPE_CHECKING:  # what draws is loaded where something is drawn: most workbooks are filled into a shape that is kept
    from agriplan.workbook.template.reading import Template


class OtherShapeError(LookupError):
    """A scenario needs more rows, or another part of its text, than a blueprint has places for."""


@dataclass(frozen=True, eq=False)
class Blueprint:
    """The shape of an area's workbook. `order` are the varying entries and their rows (None: a scalar), as they are
    filled in; `constants` what formulas are given that is the same in every scenario.
    """

    area: str
    lang: Lang
    words: Mapping[str, str]
    input_cells: InputCells
    constants: Mapping[Entry, Outcomes]
    order: Sequence[tuple[Entry, int | None]]
    program: Program
    compiled: Compiled

    def workbook(self, plan: Plan) -> bytes:
        """The bytes of a plan's workbook; raises `OtherShapeError` where this is not its shape."""
        context = BookContext(plan, plan.baselines.areas[self.area], self.words, self.lang)
        with without_collection():
            return self.compiled.fill(self.values(context), book_properties(context))

    def values(self, context: BookContext) -> Sequence[Value]:
        """Every value that follows from the scenario, in order."""
        found: dict[Entry, ToldValue | Outcomes] = {
            **self.input_cells.values(context),
            **told(context, self.input_cells),
        }
        if {entry: _rows(each) for entry, each in found.items()} != self._asked:
            raise OtherShapeError
        if all(_alike(found[entry], before) for entry, before in self._drawn_with.items()):
            return self._drawn
        found |= self.constants
        given = [_as_given(found[entry]) for entry in self.program.given_entries]
        found.update(zip(self.program.order, self.program.evaluate(given), strict=True))
        values: list[Value] = []
        for entry, rows in self.order:
            if rows is None:
                values.append(cast("Value", found[entry]))
            else:
                values += cast("list[Value]", found[entry])
        return values

    @cached_property
    def _asked(self) -> dict[Entry, int | None]:
        """What a scenario is asked for: all that varies and is no formula's."""
        live = set(self.program.order)
        return {entry: rows for entry, rows in self.order if entry not in live}

    @cached_property
    def _drawn(self) -> Sequence[Value]:
        """The values that this was drawn with."""
        return self.compiled.reference.values[: sum(1 if rows is None else rows for _, rows in self.order)]

    @cached_property
    def _drawn_with(self) -> dict[Entry, ToldValue]:
        """What was no formula's among them: where the same is told again, formulas come to the same."""
        values = iter(self._drawn)
        drawn = {entry: next(values) if rows is None else list(islice(values, rows)) for entry, rows in self.order}
        return {entry: drawn[entry] for entry in self._asked}


@without_collection(lasting=True)
def draw(plan: Plan, area: str, template: "Template", lang: Lang) -> Blueprint:
    """Describe, compile and write the shape of an area's workbook, as this plan fills it."""
    from agriplan.workbook.content.book import describe_unevaluated
    from agriplan.workbook.evaluate.book import program_of, values_of_formulas
    from agriplan.workbook.xlsx.writer import compile_workbook

    book = describe_unevaluated(plan, area, lang, template.words)
    program = program_of(book)
    given = program.given(book)
    live, parts = values_of_formulas(program, given), dict(varying(book))
    order = [
        (entry, None if isinstance(each, Cell) else len(book.sheets[entry[0]].tables[str(entry[1])].keys))
        for entry, each in parts.items()
    ]
    fixed = {entry: each for entry, each in zip(program.given_entries, given, strict=True) if entry not in parts}
    compiled = compile_workbook(template, book, values_of(book, live))
    return Blueprint(area, lang, dict(template.words), input_cells_of(book), fixed, order, program, compiled)


def _rows(each: object) -> int | None:
    return len(each) if isinstance(each, list) else None


def _alike(told: ToldValue | Outcomes, before: ToldValue) -> bool:
    """Whether the same is told, as the same kind of value.

    >>> _alike(["x", None, 1.0], ["x", None, 1.0]), _alike([1.0], [True]), _alike("x", "y")
    (True, False, False)
    """
    if isinstance(told, list) and isinstance(before, list):
        return told == before and list(map(type, told)) == list(map(type, before))
    return told == before and type(told) is type(before)


def _as_given(each: ToldValue | Outcomes) -> Outcomes:
    if isinstance(each, list):
        return [as_given(cast("Value", value)) for value in each]
    return as_given(cast("Value", each))
