"""The shape of a book as a compiler sees it: entries, formulas, what is given, rows, and kinds of values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple, cast

from agriplan.workbook.description import Book, Cell, Column, Entry, Sheet
from agriplan.workbook.description import Value as Stored
from agriplan.workbook.evaluate.parse import FormulaError
from agriplan.workbook.evaluate.values import FormulaValue
from agriplan.workbook.names import UnknownNameError, called, entry_of, references, with_key

Values = list[FormulaValue]

# Kinds of values, as bits of a set. A count is a number that Python holds as an int on the way.
FLOAT, BLANK, TEXT, TRUTH, COUNT = 1, 2, 4, 8, 16
NUMERIC = FLOAT | COUNT
# What may come to stand in a cell that a planner fills in; True, False and errors are met by the careful program alone.
ANYTHING = FLOAT | BLANK | TEXT
_KINDS = {float: FLOAT, int: FLOAT, type(None): BLANK, str: TEXT, bool: TRUTH}

# How a name gives values: a word, a scalar, a whole column, one cell of a column, a column row by row, chosen rows of a
# column, or for each row a cell from anywhere.
WORD, SCALAR, EVERY_ROW, CELL, DOWN, CHOSEN, ANYWHERE = (
    "word",
    "scalar",
    "every row",
    "cell",
    "down",
    "chosen",
    "anywhere",
)


class Meant(NamedTuple):
    """What a name in a formula means: how, of which entries, and which rows of them; or the word."""

    how: str
    entries: tuple[Entry, ...] = ()
    rows: tuple[int | None, ...] = ()
    word: str = ""


def kinds_of(values: Iterable[object]) -> int:
    """The kinds of some values; an error value is of no kind that a fast program knows.

    >>> kinds_of([1.0, None]) == FLOAT | BLANK
    True
    """
    kinds = 0
    for each in set(map(type, values)):
        kinds |= _KINDS.get(each, TRUTH)
    return kinds


def types_of(kinds: int) -> frozenset[type]:
    """The Python types of some kinds of values, as programs are given them.

    >>> sorted(each.__name__ for each in types_of(FLOAT | BLANK))
    ['NoneType', 'float']
    """
    return frozenset(each for each, kind in _KINDS.items() if kind & kinds and each is not int)


def as_given(value: Stored) -> FormulaValue:
    """A constant as programs take it: every number a float.

    >>> as_given(2020)
    2020.0
    """
    return float(value) if type(value) is int else cast("FormulaValue", value)


@dataclass(frozen=True, eq=False)
class Shape:
    """What follows from a book's sheets, keys, formulas, inputs and words, whatever values it holds."""

    book: Book
    _matched: dict[tuple[Any, ...], tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def entries(self) -> dict[Entry, Cell | Column | Sequence[str]]:
        """Every entry by its name; the row keys of a table as they are."""
        found: dict[Entry, Cell | Column | Sequence[str]] = {}
        for sheet in self.book.sheets.values():
            found |= {(sheet.name, None, name): cell for name, cell in sheet.scalars.items()}
            for name, table in sheet.tables.items():
                found[sheet.name, name, "key"] = table.keys
                found |= {(sheet.name, name, entry): column for entry, column in table.columns.items()}
        return found

    @cached_property
    def formulas(self) -> dict[Entry, str]:
        """The formula of every entry that has one."""
        live = {entry: each.formula for entry, each in self.entries.items() if isinstance(each, Cell | Column)}
        return {entry: formula for entry, formula in live.items() if formula}

    @cached_property
    def meant(self) -> dict[Entry, list[Meant]]:
        """What the names of each formula mean, in the order of `names.references`; raises `FormulaError`."""
        found: dict[Entry, list[Meant]] = {}
        # Most names stand in several formulas of their table.
        known: dict[tuple[str, str | None], dict[str, Meant]] = {}
        for entry, formula in self.formulas.items():
            names = known.setdefault(entry[:2], {})
            for name in references(formula):
                if name not in names:
                    names[name] = self._understood(name, entry)
            found[entry] = [names[name] for name in references(formula)]
        return found

    def _understood(self, name: str, entry: Entry) -> Meant:
        """What a name of an entry's formula means; what is wrong with it is said with the formula and its place."""
        try:
            return self._meant(name, entry)
        except UnknownNameError as error:
            why = f"means {str(error).rstrip(':')}, which is called nothing in this workbook"
        except FormulaError as error:
            why = str(error)
        raise FormulaError(f"{{{name}}} {why}, in the formula of {called(entry)}: {self.formulas[entry]}")

    @cached_property
    def needs(self) -> dict[Entry, set[Entry]]:
        """The entries that each formula names."""
        return {entry: {one for each in meant for one in each.entries} for entry, meant in self.meant.items()}

    @cached_property
    def given(self) -> list[Entry]:
        """The entries without a formula that some formula names: what an evaluation starts from."""
        named = set().union(*self.needs.values())
        return [entry for entry in self.entries if entry in named and entry not in self.formulas]

    @cached_property
    def order(self) -> list[Entry]:
        """The entries with formulas, each after those that it names; raises `FormulaError` for a circle."""
        inner = {entry: needed & self.formulas.keys() for entry, needed in self.needs.items()}
        try:
            return list(TopologicalSorter(inner).static_order())
        except CycleError as error:
            raise FormulaError(f"formulas in a circle: {error.args[1]}") from error

    @cached_property
    def places(self) -> dict[Entry, int]:
        """Where the value of an entry stands among those given and, behind them, those worked out."""
        return {entry: place for place, entry in enumerate([*self.given, *self.order])}

    @cached_property
    def _rows(self) -> dict[tuple[str, str], dict[str, int]]:
        return {
            (sheet.name, name): {key: row for row, key in enumerate(table.keys)}
            for sheet in self.book.sheets.values()
            for name, table in sheet.tables.items()
        }

    def sheet(self, entry: Entry) -> Sheet:
        """The sheet of an entry."""
        return self.book.sheets[entry[0]]

    def count(self, entry: Entry) -> int | None:
        """How many rows an entry has; None for a scalar."""
        return len(self.sheet(entry).tables[entry[1]].keys) if entry[1] else None

    @staticmethod
    def values(entry: Entry, book: Book) -> Values | FormulaValue:
        """What a book of this shape gives an entry without a formula: a value, or one for each row."""
        sheet, table, name = entry
        if table is None:
            return as_given(book.sheets[sheet].scalars[name].value)
        if name == "key":
            return list(book.sheets[sheet].tables[table].keys)
        return list(map(as_given, book.sheets[sheet].tables[table].columns[name].values))

    def given_kinds(self, entry: Entry) -> int:
        """What an entry without a formula may hold: what stands there now, and anything where a cell may be blank."""
        each = self.entries[entry]
        if isinstance(each, Cell):
            return ANYTHING if each.input or each.varies or each.value is None else kinds_of([each.value])
        if isinstance(each, Column):
            kinds = kinds_of(each.values)
            return kinds | ANYTHING if each.inputs or each.varies or kinds & BLANK else kinds
        return TEXT

    def _meant(self, name: str, entry: Entry) -> Meant:
        if name.startswith("words."):
            return Meant(WORD, word=self._word(name.removeprefix("words.")))
        plain, _, key = name.partition("@")
        keys = self.sheet(entry).tables[entry[1]].keys if entry[1] else ()
        if "*" in plain and keys:
            return self._gathered([self._cell(with_key(name, each), entry) for each in keys])
        owner = self._owner(plain, entry)
        if owner[1] is None:
            return Meant(SCALAR, (owner,))
        if plain.endswith(":"):
            return Meant(EVERY_ROW, (owner,))
        if "*" in key and keys:
            return self._in_rows(owner, self._matched_rows(entry, key, owner))
        if key:
            return Meant(CELL, (owner,), (self.row(owner, key),))
        if owner[:2] != entry[:2]:
            raise FormulaError("stands in another table and needs a row behind it (@)")
        return Meant(DOWN, (owner,))

    def _word(self, code: str) -> str:
        if code not in self.book.words:
            raise FormulaError("is no word of LEGEND_FAMILIES (content/book.py)")
        return self.book.words[code]

    def _owner(self, name: str, entry: Entry) -> Entry:
        """The entry that a name without a row means."""
        return entry_of(name.rstrip(":"), self.sheet(entry), entry[1], self.book)

    def _cell(self, name: str, entry: Entry) -> tuple[Entry, int | None]:
        plain, _, key = name.partition("@")
        owner = self._owner(plain, entry)
        return owner, self.row(owner, key) if owner[1] is not None else None

    def _gathered(self, cells: Sequence[tuple[Entry, int | None]]) -> Meant:
        """Cells from anywhere, one for each row."""
        entries, rows = zip(*cells, strict=True)
        return (
            Meant(ANYWHERE, entries, rows) if len(set(entries)) > 1 or None in rows else self._in_rows(entries[0], rows)
        )

    def _in_rows(self, entry: Entry, rows: tuple[int, ...]) -> Meant:
        """These rows of a column, or all of them."""
        return Meant(DOWN, (entry,)) if rows == tuple(range(self.count(entry) or 0)) else Meant(CHOSEN, (entry,), rows)

    def _matched_rows(self, entry: Entry, key: str, owner: Entry) -> tuple[int, ...]:
        """For each row of an entry's table, the row of another's that a key with `*` in it means."""
        place = entry[:2], key, owner[:2]
        if place not in self._matched:
            own = self.sheet(entry).tables[str(entry[1])].keys
            self._matched[place] = tuple(self.row(owner, with_key(key, each)) for each in own)
        return self._matched[place]

    def row(self, entry: Entry, key: str) -> int:
        """The row of a key in an entry's table; raises `FormulaError`."""
        try:
            return self._rows[entry[0], str(entry[1])][key]
        except KeyError:
            why = f"has no row {key}" if key else "is a column, of which no row is named (@)"
            raise FormulaError(f"means {called(entry)}, which {why}") from None
