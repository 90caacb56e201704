"""A book's formulas as compiled Python functions, one a column or scalar, in dependency order.

    program = compile_book(book)                    # once a shape
    program.evaluate(program.given(book))           # many times

The functions of `fast` take floats. Where one gives up, that column is worked out by its careful twin; where a cell
comes to an error value or to no finite number, or something odd was given (True, an error, a number beyond all that can
be entered), the whole book is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, cast

from agriplan.engine.allocation import TOLERANCE
from agriplan.parsing import LARGEST
from agriplan.workbook.description import Book, Entry
from agriplan.workbook.evaluate import careful, fast, fast_ranges
from agriplan.workbook.evaluate.parse import FormulaError, parse
from agriplan.workbook.evaluate.ranges import floats
from agriplan.workbook.evaluate.scope import Meaning, Meanings, Scope
from agriplan.workbook.evaluate.shape import Shape, Values, types_of
from agriplan.workbook.evaluate.values import ErrorValue, FormulaValue
from agriplan.workbook.names import references

# Between these, or 0, is all that may be entered, and what formulas are given beside it (`TOLERANCE`). No formula
# multiplies or divides so many of such numbers that a float could not hold it; of others, one quotient may be too many,
# and infinity could hide in a comparison or below a fraction line.
LEAST_GIVEN, MOST_GIVEN = TOLERANCE, LARGEST
# The value of a scalar, or of each row of a column.
Outcomes = FormulaValue | Values
# Where a function finds what it takes among all values.
TakenPlaces = tuple[int, ...]


class NoTwinError(LookupError):
    """A kept program met what only careful functions can work out."""


class Step(NamedTuple):
    """How an entry is worked out: a function, and what it takes of all values known so far."""

    work: Callable[..., Outcomes]
    takes: Callable[[Sequence[Outcomes]], tuple[Outcomes, ...]]


@dataclass(frozen=True, eq=False)
class Program:
    """The compiled formulas of all books of one shape: what they are given, what they work out, and how.

    `sources` are the functions as text, and the places of what each takes; `kinds` what each given entry may hold. A
    program that was kept is not `whole`: it has no careful twins, and raises `NoTwinError` where it would need one.
    """

    given_entries: list[Entry]
    order: list[Entry]
    kinds: list[int]
    sources: list[tuple[str, list[int]]]
    whole: tuple[Shape, dict[Entry, int]] | None = None
    _twins: dict[int, Step] = field(default_factory=dict)

    def given(self, book: Book) -> list[Outcomes]:
        """What a book of this shape gives: the constants that its formulas name."""
        return [Shape.values(entry, book) for entry in self.given_entries]

    @property
    def shape(self) -> Shape:
        """The shape of the books, of a whole program."""
        if self.whole is None:
            raise NoTwinError
        return self.whole[0]

    @cached_property
    def _types(self) -> list[frozenset[type]]:
        return [types_of(kinds) for kinds in self.kinds]

    @cached_property
    def _steps(self) -> list[Step]:
        return [_fast_step(source, tuple(places)) for source, places in self.sources]

    def evaluate(self, given: Sequence[Outcomes]) -> list[Outcomes]:
        """The value of every formula, in the shape's order."""
        for types, found in zip(self._types, given, strict=True):
            cells = cast("Sequence[FormulaValue]", found if type(found) is list else (found,))
            if not types.issuperset(map(type, cells)) or _is_beyond(cells):
                return self.evaluate_carefully(given)
        values = list(given)
        for number, (work, takes) in enumerate(self._steps):
            try:
                values.append(work(*takes(values)))
            except fast.GIVES_UP:
                found = self._carefully(number, values)
                if any(isinstance(value, ErrorValue) for value in (found if type(found) is list else (found,))):
                    return self.evaluate_carefully(given)
                values.append(found)
        worked_out = values[len(given) :]
        return worked_out if all(map(_is_finite, worked_out)) else self.evaluate_carefully(given)

    def evaluate_carefully(self, given: Sequence[Outcomes]) -> list[Outcomes]:
        """The same by the careful twins alone."""
        values = list(given)
        for number in range(len(self.order)):
            values.append(self._carefully(number, values))
        return values[len(given) :]

    def _carefully(self, number: int, values: Sequence[Outcomes]) -> Outcomes:
        """What the careful twin of a step comes to; it is made when it is first needed."""
        if number not in self._twins:
            shape, entry = self.shape, self.order[number]
            formula = shape.formulas[entry]
            meanings, entries = _meanings(shape, entry, self.whole[1] if self.whole else {})
            scope = _scope(formula, meanings, shape.count(entry))
            source = careful.function(parse(formula), scope)
            places = [shape.places[entries[turn]] for turn in scope.uses]
            self._twins[number] = _step(_careful_function(source), places)
        work, takes = self._twins[number]
        return work(*takes(values))


def _is_beyond(values: Sequence[FormulaValue]) -> bool:
    """Whether a number among them is larger or nearer to 0 than whatever fast functions may be given.

    >>> _is_beyond([0.0, -5.0, 1e12, "1e300", None]), _is_beyond([1e-310]), _is_beyond([-1e300])
    (False, True, True)
    """
    for value in values:
        if type(value) is float and not (
            LEAST_GIVEN <= value <= MOST_GIVEN or value == 0.0 or -MOST_GIVEN <= value <= -LEAST_GIVEN
        ):
            return True
    return False


def _is_finite(found: Outcomes) -> bool:
    """Whether every number among the values is finite: then their sum is too, or was worth a second look.

    >>> _is_finite(2.0), _is_finite(["x", None, 1.0]), _is_finite([1.0, float("inf")]), _is_finite(float("nan"))
    (True, True, False, False)
    """
    if type(found) is not list:
        return type(found) is not float or found - found == 0.0
    try:
        total: Any = sum(cast("list[float]", found) if found and type(found[0]) is float else floats(found))
    except TypeError:  # texts behind numbers
        total = sum(floats(found))
    return bool(total - total == 0.0)


def compile_book(book: Book) -> Program:
    """Compile the formulas of a book; raises `FormulaError` for one that nobody could evaluate."""
    shape = Shape(book)
    kinds = {entry: shape.given_kinds(entry) for entry in shape.given}
    sources = []
    for entry in shape.order:
        meanings, entries = _meanings(shape, entry, kinds)
        try:
            made = _fast_source(shape.formulas[entry], meanings, shape.count(entry))
        except FormulaError as error:
            raise FormulaError(f"{entry}: {error}") from error
        kinds[entry] = made.kinds
        sources.append((made.text, [shape.places[entries[turn]] for turn in made.uses]))
    return Program(shape.given, shape.order, [kinds[entry] for entry in shape.given], sources, (shape, kinds))


def _meanings(shape: Shape, entry: Entry, kinds: Mapping[Entry, int]) -> tuple[Meanings, list[Entry]]:
    """What the names of a formula mean in any book, and the entries that they name in this one, by their turn."""
    turns: dict[Entry, int] = {}
    found = []
    for how, entries, rows, word in shape.meant[entry]:
        held = 0
        for each in entries:
            held |= kinds[each]
        found.append(Meaning(how, tuple(turns.setdefault(each, len(turns)) for each in entries), rows, word, held))
    return tuple(found), list(turns)


class _Source(NamedTuple):
    """The source of a formula, the kinds of values that it can come to, and the turns of the entries that it takes."""

    text: str
    kinds: int
    uses: tuple[int, ...]


# Formulas of the same words stand on every indicator's sheet and in every league's workbook: most are written once.
@lru_cache(maxsize=4096)
def _fast_source(formula: str, meanings: Meanings, count: int | None) -> _Source:
    scope = _scope(formula, meanings, count)
    text, kinds = fast.Writer(scope, fast_ranges.RANGE_WRITERS).function(parse(formula))
    return _Source(text, kinds, tuple(scope.uses))


def _scope(formula: str, meanings: Meanings, count: int | None) -> Scope:
    return Scope(dict(zip(references(formula), meanings, strict=True)), count)


# Leagues' workbooks take nearly all values from the same places.
@lru_cache(maxsize=16384)
def _fast_step(source: str, places: TakenPlaces) -> Step:
    return _step(_fast_function(source), places)


def _step(work: Callable[..., Outcomes], places: Sequence[int]) -> Step:
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
