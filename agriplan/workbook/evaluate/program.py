"""A book's formulas as compiled Python functions, one a column or scalar, in dependency order.

    program = compile_book(book)                    # once a shape
    program.evaluate(program.given(book))           # many times

The functions of `fast` take floats. Where one gives up, that column is worked out by its careful twin; where a cell
comes to an error value, or something odd was given (True, an error), the whole book is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, cast

from agriplan.workbook.description import Book
from agriplan.workbook.evaluate import careful, fast, fast_ranges
from agriplan.workbook.evaluate.parse import parse
from agriplan.workbook.evaluate.scope import Scope
from agriplan.workbook.evaluate.shape import Shape, Values, types_of
from agriplan.workbook.evaluate.values import ErrorValue, FormulaValue
from agriplan.workbook.names import Entry

# The value of a scalar, or of each row of a column.
Outcomes = FormulaValue | Values


class Step(NamedTuple):
    """How an entry is worked out: a function, and what it takes of all values known so far."""

    work: Callable[..., Outcomes]
    takes: Callable[[Sequence[Outcomes]], tuple[Outcomes, ...]]


@dataclass(frozen=True, eq=False)
class Program:
    """The compiled formulas of all books of one shape; values stand as in `shape.given` and `shape.order`."""

    shape: Shape
    kinds: dict[Entry, int]
    types: list[frozenset[type]]
    steps: list[Step]
    _twins: dict[int, Step] = field(default_factory=dict)

    def given(self, book: Book) -> list[Outcomes]:
        """What a book of this shape gives: the constants that its formulas name."""
        return [self.shape.values(entry, book) for entry in self.shape.given]

    def evaluate(self, given: Sequence[Outcomes]) -> list[Outcomes]:
        """The value of every formula, in the shape's order."""
        for types, found in zip(self.types, given, strict=True):
            if not types.issuperset(map(type, found if type(found) is list else (found,))):
                return self.evaluate_carefully(given)
        values = list(given)
        for number, (work, takes) in enumerate(self.steps):
            try:
                values.append(work(*takes(values)))
            except fast.GIVES_UP:
                found = self._carefully(number, values)
                if any(isinstance(value, ErrorValue) for value in (found if type(found) is list else (found,))):
                    return self.evaluate_carefully(given)
                values.append(found)
        return values[len(given) :]

    def evaluate_carefully(self, given: Sequence[Outcomes]) -> list[Outcomes]:
        """The same by the careful twins alone."""
        values = list(given)
        for number in range(len(self.steps)):
            values.append(self._carefully(number, values))
        return values[len(given) :]

    def _carefully(self, number: int, values: Sequence[Outcomes]) -> Outcomes:
        """What the careful twin of a step comes to; it is made when it is first needed."""
        if number not in self._twins:
            entry = self.shape.order[number]
            scope = Scope(self.shape, entry, self.kinds)
            source = careful.function(parse(self.shape.formulas[entry]), scope)
            self._twins[number] = _step(_careful_function(source), scope, self.shape)
        work, takes = self._twins[number]
        return work(*takes(values))


def compile_book(book: Book) -> Program:
    """Compile the formulas of a book; raises `FormulaError` for one that nobody could evaluate."""
    shape = Shape(book)
    kinds = {entry: shape.given_kinds(entry) for entry in shape.given}
    steps = []
    for entry in shape.order:
        scope = Scope(shape, entry, kinds)
        source, kinds[entry] = fast.Writer(scope, fast_ranges.RANGE_WRITERS).function(parse(shape.formulas[entry]))
        steps.append(_step(_fast_function(source), scope, shape))
    return Program(shape, kinds, [types_of(kinds[entry]) for entry in shape.given], steps)


def _step(work: Callable[..., Outcomes], scope: Scope, shape: Shape) -> Step:
    places = [shape.places[entry] for entry in scope.uses]
    if len(places) > 1:
        return Step(work, itemgetter(*places))
    return Step(work, lambda values: tuple(values[place] for place in places))


# Formulas of the same form come to the same source, on every sheet and in every league's workbook.
@lru_cache(maxsize=4096)
def _fast_function(source: str) -> Callable[..., Outcomes]:
    return _function(source, fast_ranges.FAST_RANGE_NAMES)


@lru_cache(maxsize=4096)
def _careful_function(source: str) -> Callable[..., Outcomes]:
    return _function(source, careful.CAREFUL_NAMES)


def _function(source: str, names: Any) -> Callable[..., Outcomes]:
    own: dict[str, Any] = {}
    exec(compile(source, "<formula>", "exec"), names, own)  # noqa: S102 - made from parsed formulas only
    return cast("Callable[..., Outcomes]", own["work"])
