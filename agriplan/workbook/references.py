"""Names in formulas become addresses; a formula of a column is worked out once and then only takes row numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from agriplan.workbook.description import Book, Sheet

_REFERENCE = re.compile(r"\{([^{}]+)\}")
# Stands for the number of the row in a formula that is worked out; no formula can hold it.
_HERE = "\x00"


class Area(NamedTuple):
    """Where a column stands: the quoted sheet, the column's letters, its first row (from 0) and its number of rows."""

    sheet: str
    letters: str
    first: int
    count: int

    def whole(self) -> str:
        """The column's range, without the sheet."""
        return f"${self.letters}${self.first + 1}:${self.letters}${self.first + self.count}"

    def cell(self, index: int) -> str:
        """One cell of it, without the sheet."""
        return f"${self.letters}${self.first + index + 1}"


class UnknownNameError(LookupError):
    """A formula or a token names nothing in the book."""


@dataclass
class Places:
    """Where every entry of a book stands. A scalar is an area of one row; words stand under the sheet `words`."""

    book: Book
    columns: dict[tuple[str, str, str], Area] = field(default_factory=dict)
    scalars: dict[tuple[str, str], Area] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pattern:
    """A formula with addresses in it; the rows of this and of other tables are filled in by `at`."""

    parts: tuple[str, ...]
    others: tuple[tuple[str, int], ...]

    def at(self, row: int) -> str:
        """The formula in that row (from 0)."""
        text = str(row + 1).join(self.parts)
        for mark, shift in self.others:
            text = text.replace(mark, str(row + 1 + shift))
        return text


def sheet_quoted(title: str) -> str:
    """A sheet's title as formulas write it.

    >>> sheet_quoted("奶类产量"), sheet_quoted("Tom's")
    ("'奶类产量'", "'Tom''s'")
    """
    return "'" + title.replace("'", "''") + "'"


def area_of(title: str, row: int, col: int, count: int = 1) -> Area:
    """An area by numbers."""
    return Area(sheet_quoted(title), xl_col_to_name(col), row, count)


def find(name: str, sheet: Sheet, book: Book) -> tuple[str, str | None, str]:
    """What a name means on a sheet: the sheet, the table (None: a scalar) and the column or scalar.

    Looked for as a column of the sheet's tables, a scalar of the sheet, then on the sheet named first.
    """
    plain = name.lstrip(".")
    head, _, rest = plain.partition(".")
    if rest and head in sheet.tables and (rest in sheet.tables[head].columns or rest == "key"):
        return sheet.name, head, rest
    if plain in sheet.scalars:
        return sheet.name, None, plain
    if not name.startswith(".") and head in book.sheets and _has(book.sheets[head], rest):
        return find("." + rest, book.sheets[head], book)
    raise UnknownNameError(name)


def _has(sheet: Sheet, name: str) -> bool:
    head, _, rest = name.partition(".")
    return name in sheet.scalars or (head in sheet.tables and (rest in sheet.tables[head].columns or rest == "key"))


def work_out(formula: str, sheet: Sheet, table: str | None, places: Places, home: Area | None = None) -> Pattern:
    """Replace the names of a formula by addresses; `home` is the area of the column that the formula belongs to."""
    others: dict[int, str] = {}

    def replace(found: re.Match[str]) -> str:
        return _address(found[1], sheet, table, places, home, others)

    text = _REFERENCE.sub(replace, formula)
    return Pattern(tuple(text.split(_HERE)), tuple((mark, shift) for shift, mark in others.items()))


def _address(
    name: str, sheet: Sheet, table: str | None, places: Places, home: Area | None, others: dict[int, str]
) -> str:
    if name.startswith("words."):
        area = places.scalars["words", name.removeprefix("words.")]
        return _from(sheet, area, places) + area.cell(0)
    name, _, key = name.partition("@")
    whole = name.endswith(":")
    owner, found, entry = _entry(name.rstrip(":"), sheet, table, places.book)
    if found is None:
        area = places.scalars[owner, entry]
        return _from(sheet, area, places) + area.cell(0)
    area = places.columns[owner, found, entry]
    prefix = "" if owner == sheet.name else area.sheet + "!"
    if whole:
        return prefix + area.whole()
    if key:
        return prefix + area.cell(places.book.sheets[owner].tables[found].keys.index(key))
    return prefix + _beside(area, home, others)


def _entry(name: str, sheet: Sheet, table: str | None, book: Book) -> tuple[str, str | None, str]:
    if table is not None and (name in sheet.tables[table].columns or name == "key"):
        return sheet.name, table, name
    return find(name, sheet, book)


def _from(sheet: Sheet, area: Area, places: Places) -> str:
    return "" if area.sheet == sheet_quoted(places.titles[sheet.name]) else area.sheet + "!"


def _beside(area: Area, home: Area | None, others: dict[int, str]) -> str:
    """The cell in the same row of its table as the formula's own."""
    if home is None:
        return area.cell(0)
    shift = area.first - home.first
    if shift == 0:
        return area.letters + _HERE
    return area.letters + others.setdefault(shift, chr(1 + len(others)))


def references(formula: str) -> list[str]:
    """The names in a formula.

    >>> references("{.to_place} - SUM({amount:})")
    ['.to_place', 'amount:']
    """
    return _REFERENCE.findall(formula)


def word_codes(book: Book) -> list[str]:
    """The words that formulas of a book name, once each."""
    found: dict[str, None] = {}
    for formula in formulas_of(book.sheets):
        for name in references(formula):
            if name.startswith("words."):
                found[name.removeprefix("words.")] = None
    return list(found)


def formulas_of(sheets: Mapping[str, Sheet]) -> list[str]:
    """Every formula text of a book's sheets."""
    scalars = [cell.formula for sheet in sheets.values() for cell in sheet.scalars.values() if cell.formula]
    columns = [
        column.formula
        for sheet in sheets.values()
        for table in sheet.tables.values()
        for column in table.columns.values()
        if column.formula
    ]
    return scalars + columns
