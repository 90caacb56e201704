"""A book whose live entries hold the values of their formulas."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, cast

from agriplan.workbook.description import Book, Cell, Column, Entry, Sheet, Table
from agriplan.workbook.description import Value as Stored
from agriplan.workbook.evaluate.program import Outcomes, Program, compile_book
from agriplan.workbook.evaluate.values import ErrorValue, FormulaValue


@dataclass(frozen=True)
class _Compilable:
    """A book's formulas, rows and words, and with them the book `without_values`: whoever keeps it keeps no plan.

    It equals any other with the same formulas, rows and words.
    """

    formulas: Hashable
    book: Book = field(compare=False)


def evaluated(book: Book) -> Book:
    """The book with the value of every formula in its place; books of one shape are compiled once."""
    program = program_of(book)
    found = values_of_formulas(program, program.given(book))
    return replace(book, sheets={name: _filled(sheet, found) for name, sheet in book.sheets.items()})


def program_of(book: Book) -> Program:
    """The compiled formulas of a book."""
    sheets = tuple(_formulas(sheet) for sheet in book.sheets.values())
    return _compiled(_Compilable((sheets, tuple(book.words.items())), without_values(book)))


@lru_cache(maxsize=32)
def _compiled(of: _Compilable) -> Program:
    return compile_book(of.book)


def without_values(book: Book) -> Book:
    """A book of the same shape that holds nothing of a scenario: of values one of each type, of inputs that there are.

    >>> cells = {"note": Cell("看牛奶", varies="text"), "years": Cell(5)}
    >>> bare = without_values(Book({"plan": Sheet("plan", "plan", cells, {})}, {"title": "看牛奶"}))
    >>> [cell.value for cell in bare.sheets["plan"].scalars.values()], bare.properties
    ([None, 0], {})
    """
    return Book({name: _bare_sheet(sheet) for name, sheet in book.sheets.items()}, {}, book.words)


def _bare_sheet(sheet: Sheet) -> Sheet:
    tables = {
        name: Table(table.keys, {entry: _bare_column(column) for entry, column in table.columns.items()})
        for name, table in sheet.tables.items()
    }
    return Sheet(sheet.name, sheet.subject, {name: _bare_cell(cell) for name, cell in sheet.scalars.items()}, tables)


def _bare_cell(cell: Cell) -> Cell:
    if cell.formula or cell.input or cell.varies:
        return Cell(None, cell.formula, varies="" if cell.formula else "text")
    kind: Any = type(cell.value)
    return Cell(kind())


def _bare_column(column: Column) -> Column:
    if column.formula:
        return Column((), column.formula)
    types: list[Any] = sorted(set(map(type, column.values)), key=str)
    return Column([each() for each in types], varies="text" if column.inputs or column.varies else "")


def _formulas(sheet: Sheet) -> Hashable:
    """The formulas of a sheet, with the rows of its tables where it has live ones: others may be longer or shorter."""
    scalars = tuple((name, cell.formula) for name, cell in sheet.scalars.items())
    tables = tuple(
        (name, tuple(table.keys), tuple((entry, column.formula) for entry, column in table.columns.items()))
        for name, table in sheet.tables.items()
    )
    live = any(column.formula for table in sheet.tables.values() for column in table.columns.values())
    return sheet.name, scalars, tables if live else ()


def values_of_formulas(program: Program, given: Sequence[Outcomes]) -> dict[Entry, Stored | list[Stored]]:
    """What every formula comes to, as a cell stores it."""
    return {
        entry: [_stored(value) for value in found] if isinstance(found, list) else _stored(found)
        for entry, found in zip(program.order, program.evaluate(given), strict=True)
    }


def _filled(sheet: Sheet, found: Mapping[Entry, Stored | list[Stored]]) -> Sheet:
    scalars = {
        name: replace(cell, value=cast("Stored", found[sheet.name, None, name])) if cell.formula else cell
        for name, cell in sheet.scalars.items()
    }
    tables = {}
    for name, table in sheet.tables.items():
        columns = {
            entry: replace(column, values=cast("list[Stored]", found[sheet.name, name, entry]))
            if column.formula
            else column
            for entry, column in table.columns.items()
        }
        tables[name] = replace(table, columns=columns)
    return replace(sheet, scalars=scalars, tables=tables)


def _stored(value: FormulaValue) -> Stored:
    return value.code if isinstance(value, ErrorValue) else value
