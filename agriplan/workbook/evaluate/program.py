"""A book's formulas as one compiled Python function, a statement a column, in dependency order.

    program = compile_book(book)                    # once a shape
    program.evaluate(program.given(book))           # many times

The statements of `fast` take floats. Where one gives up, that column is worked out by its careful twin; where a cell
comes to an error value, or something odd was given (True, an error), the whole book is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from agriplan.workbook.description import Book
from agriplan.workbook.description import Value as Stored
from agriplan.workbook.evaluate import careful, fast, fast_ranges
from agriplan.workbook.evaluate.parse import parse
from agriplan.workbook.evaluate.scope import Scope
from agriplan.workbook.evaluate.shape import Shape, Values, kinds_of
from agriplan.workbook.evaluate.values import ErrorValue, Value
from agriplan.workbook.names import Entry

# The value of a scalar, or of each row of a column.
Found = Value | Values
Work = Callable[..., list[Found]]


class _SpoiltError(Exception):
    """An error value turned up: what refers to it must be worked out carefully too."""


@dataclass(frozen=True, eq=False)
class Program:
    """The compiled formulas of every book of one shape."""

    shape: Shape
    kinds: Mapping[Entry, int]
    variables: Mapping[Entry, str]
    source: str
    _twins: dict[Entry, tuple[Callable[..., Found], list[Entry]]] = field(default_factory=dict)

    @cached_property
    def _work(self) -> Work:
        names = dict(fast_ranges.NAMES) | {"GIVES_UP": fast.GIVES_UP}
        exec(compile(self.source, "<formulas of a book>", "exec"), names)  # noqa: S102 - made from parsed formulas only
        return cast("Work", names["work"])

    def given(self, book: Book) -> list[Found]:
        """What a book of this shape gives: the constants that its formulas name."""
        return [self.shape.values(entry, book) for entry in self.shape.given]

    def evaluate(self, given: Sequence[Found]) -> list[Found]:
        """The value of every formula, in the shape's order."""
        for entry, found in zip(self.shape.given, given, strict=True):
            if kinds_of(found if type(found) is list else (found,)) & ~self.kinds[entry]:
                return self.evaluate_carefully(given)
        try:
            return self._work(given, self._carefully)
        except _SpoiltError:
            return self.evaluate_carefully(given)

    def evaluate_carefully(self, given: Sequence[Found]) -> list[Found]:
        """The same by the careful twins alone."""
        values = dict(zip(self.shape.given, given, strict=True))
        for entry in self.shape.order:
            twin, wanted = self._twin(entry)
            values[entry] = twin(*(values[each] for each in wanted))
        return [values[entry] for entry in self.shape.order]

    def _carefully(self, number: int, uses: Mapping[str, Found]) -> Found:
        """A column whose fast statement gave up; `uses` are the columns known so far, by variable."""
        twin, wanted = self._twin(self.shape.order[number])
        found = twin(*(uses[self.variables[each]] for each in wanted))
        if any(isinstance(value, ErrorValue) for value in (found if type(found) is list else (found,))):
            raise _SpoiltError
        return found

    def _twin(self, entry: Entry) -> tuple[Callable[..., Found], list[Entry]]:
        """The careful twin of a formula, and the entries that it takes."""
        if entry not in self._twins:
            scope = Scope(self.shape, entry, self.variables, self.kinds)
            code = careful.statement(parse(self.shape.formulas[entry]), scope)
            once = [f"    {variable} = {text}" for text, variable in scope.once.items()]
            source = "\n".join([f"def twin({', '.join(scope.uses)}):", *once, f"    return {code}"])
            names = dict(careful.NAMES)
            exec(compile(source, "<careful formula>", "exec"), names)  # noqa: S102 - made from parsed formulas only
            self._twins[entry] = (cast("Callable[..., Found]", names["twin"]), list(scope.uses.values()))
        return self._twins[entry]


def compile_book(book: Book) -> Program:
    """Compile the formulas of a book; raises `FormulaError` for one that nobody could evaluate."""
    shape = Shape(book)
    variables = {entry: f"v{place}" for place, entry in enumerate([*shape.given, *shape.order])}
    kinds = {entry: shape.given_kinds(entry) for entry in shape.given}
    lines = ["def work(given, carefully):"]
    if shape.given:
        lines.append(f"    {', '.join(variables[entry] for entry in shape.given)}, = given")
    for number, entry in enumerate(shape.order):
        scope = Scope(shape, entry, variables, kinds)
        code, kinds[entry] = fast.Writer(scope, fast_ranges.WRITERS).statement(parse(shape.formulas[entry]))
        once = "; ".join(f"{variable} = {text}" for text, variable in scope.once.items())
        lines += [
            "    try:",
            *([f"        {once}"] if once else []),
            f"        {variables[entry]} = {code}",
            "    except GIVES_UP:",
            f"        {variables[entry]} = carefully({number}, locals())",
        ]
    lines.append(f"    return [{', '.join(variables[entry] for entry in shape.order)}]")
    return Program(shape, kinds, variables, "\n".join(lines))


def filled(book: Book, program: Program) -> Book:
    """The book with the value of every formula in its place; an error value is stored as the text that a cell shows."""
    found = dict(zip(program.shape.order, program.evaluate(program.given(book)), strict=True))
    sheets = {}
    for sheet in book.sheets.values():
        scalars = {
            name: replace(cell, value=_stored(cast("Value", found[sheet.name, None, name]))) if cell.formula else cell
            for name, cell in sheet.scalars.items()
        }
        tables = {}
        for name, table in sheet.tables.items():
            columns = {
                entry: replace(column, values=list(map(_stored, cast("Values", found[sheet.name, name, entry]))))
                if column.formula
                else column
                for entry, column in table.columns.items()
            }
            tables[name] = replace(table, columns=columns)
        sheets[sheet.name] = replace(sheet, scalars=scalars, tables=tables)
    return replace(book, sheets=sheets)


def _stored(value: Value) -> Stored:
    return value.code if isinstance(value, ErrorValue) else value
