"""Names in formulas become addresses; a formula of a column is worked out once for all its rows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from agriplan.workbook.description import Book, Sheet
from agriplan.workbook.names import NAME_IN_BRACES, UnknownNameError, entry_of, with_key


class PlacedColumn(NamedTuple):
    """Where a column stands: the quoted sheet, the column's letters, its first row (from 0) and its number of rows."""

    sheet: str
    letters: str
    first: int
    rows: int

    def whole(self) -> str:
        """The column's range, without the sheet."""
        return f"${self.letters}${self.first + 1}:${self.letters}${self.first + self.rows}"

    def cell(self, index: int) -> str:
        """One cell of it, without the sheet."""
        return f"${self.letters}${self.first + index + 1}"


class Down(list[str]):
    """Addresses that go down a row at a time: from each row they are the same."""


class Shared(str):
    """A formula that a block of cells has in common: the first cell says it for the block, the others refer to it."""

    first: str
    block: str

    def __new__(cls, text: str, first: str, block: str = "") -> "Shared":
        """Take the formula of one cell of the block whose first cell is `first`."""
        made = super().__new__(cls, text)
        made.first, made.block = first, block
        return made


@dataclass
class Places:
    """Where every entry of a book stands. A scalar is an area of one row; words stand under the sheet `words`."""

    book: Book
    titles: Mapping[str, str]
    columns: dict[tuple[str, str, str], PlacedColumn] = field(default_factory=dict)
    scalars: dict[tuple[str, str], PlacedColumn] = field(default_factory=dict)
    _rows: dict[PlacedColumn, Down] = field(default_factory=dict)
    _indices: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    _matched: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    # Most names stand in several formulas of their table.
    meant: dict[tuple[str, str | None, str], str | list[str]] = field(default_factory=dict)

    def rows(self, area: PlacedColumn) -> Down:
        """The cells of a column as its own rows name them."""
        if area not in self._rows:
            letters, first = area.letters, area.first + 1
            self._rows[area] = Down(f"{letters}{row}" for row in range(first, first + area.rows))
        return self._rows[area]

    def index(self, sheet: str, table: str, key: str) -> int:
        """The row of a key in a table; raises `UnknownNameError`."""
        if (sheet, table) not in self._indices:
            keys = self.book.sheets[sheet].tables[table].keys
            self._indices[sheet, table] = {each: row for row, each in enumerate(keys)}
        try:
            return self._indices[sheet, table][key]
        except KeyError as error:
            raise UnknownNameError(f"{sheet}.{table}@{key}") from error

    def matched(self, keys: tuple[str, str], wanted: str, table: tuple[str, str]) -> list[int]:
        """For each row of the one table, by sheet and name, the row of the other that a key with `*` in it means."""
        found = self._matched.get((*keys, wanted, *table))
        if found is None:
            own = self.book.sheets[keys[0]].tables[keys[1]].keys
            found = [self.index(*table, with_key(wanted, key)) for key in own]
            self._matched[(*keys, wanted, *table)] = found
        return found


# A cell that refers to a shared formula says the same as the one above it, which deflates to nearly nothing; formulas
# of fewer characters deflate as well themselves (from 32, 24, 16, 8 and 4 characters on: 321, 313, 312, 311, 311 KiB).
FEWEST_SHARED, SHORTEST_SHARED = 3, 8


@dataclass(frozen=True)
class Pattern:
    """A formula with addresses in it: pieces that all rows share, and pieces with a text for each row."""

    pieces: tuple[str | list[str], ...]

    def all(self, count: int) -> list[str]:
        """The formula of every row."""
        lists = [repeat(piece, count) if isinstance(piece, str) else piece for piece in self.pieces]
        return ["".join(row) for row in zip(*lists, strict=False)]

    def down(self, row: int, col: int, count: int) -> list[str]:
        """The formulas of a block of cells, shared where they are alike and the file gets smaller by it."""
        if count < FEWEST_SHARED or len(self._part(0, 1).all(1)[0]) < SHORTEST_SHARED:
            return self.all(count)
        found: list[str] = []
        for first, last in self._runs(count):
            part = self._part(first, last)
            if last - first < FEWEST_SHARED:
                found += part.all(last - first)
                continue
            start = xl_rowcol_to_cell(row + first, col)
            block = f"{start}:{xl_rowcol_to_cell(row + last - 1, col)}"
            run = part.anchored().all(last - first)
            found += [Shared(text, start, "" if place else block) for place, text in enumerate(run)]
        return found

    def _runs(self, count: int) -> Iterator[tuple[int, int]]:
        """Rows whose formulas are alike: each address goes down with the rows, or stays where it is."""
        steps = [_steps(piece) for piece in self.pieces if not isinstance(piece, str | Down)]
        first = 0
        while first < count:
            last = first + 1 if steps else count
            while last < count and all(each[last] and each[last] == each[first + 1] for each in steps):
                last += 1
            yield first, last
            first = last

    def _part(self, first: int, last: int) -> "Pattern":
        """The formulas of some rows."""
        return Pattern(tuple(piece if isinstance(piece, str) else piece[first:last] for piece in self.pieces))

    def anchored(self) -> "Pattern":
        """The formulas of rows that are alike, with what stays where it is anchored."""
        return Pattern(tuple(piece if isinstance(piece, str) else _of_run(piece) for piece in self.pieces))


_CELL = re.compile(r"([A-Z]+)(\d+)$")


def _steps(addresses: list[str]) -> list[str]:
    """How each address follows from the one before it: down a row, still there, or not at all."""
    steps, before = [""], _parted_address(addresses[0])
    for address in addresses[1:]:
        here = _parted_address(address)
        down = {0: "still", 1: "down"}.get(here[1] - before[1], "")
        steps.append(down if here[0] == before[0] else "")
        before = here
    return steps


def _parted_address(address: str) -> tuple[str, int]:
    """A cell without its row, and the row; an address that is anchored already has no row of its own."""
    found = _CELL.search(address)
    return (address[: found.start(2)], int(found[2])) if found else (address, 0)


def _of_run(addresses: list[str]) -> list[str]:
    """Addresses that go down with the rows, or one that all rows share."""
    return [_CELL.sub(r"$\1$\2", addresses[0])] * len(addresses) if addresses[0] == addresses[-1] else addresses


def sheet_quoted(title: str) -> str:
    """A sheet's title as formulas write it.

    >>> sheet_quoted("奶类产量"), sheet_quoted("Tom's")
    ("'奶类产量'", "'Tom''s'")
    """
    return "'" + title.replace("'", "''") + "'"


def placed_column(title: str, row: int, col: int, count: int = 1) -> PlacedColumn:
    """An area by numbers."""
    return PlacedColumn(sheet_quoted(title), xl_col_to_name(col), row, count)


def work_out(formula: str, sheet: Sheet, table: str | None, places: Places) -> Pattern:
    """Replace the names of a formula by addresses. Raises `UnknownNameError`.

    What is the same for every row is anchored, so that a formula is the same down a column and can be copied there.
    """
    pieces: list[str | list[str]] = []
    for index, part in enumerate(NAME_IN_BRACES.split(formula.removeprefix("="))):
        if index % 2 == 0:
            pieces.append(part)
        elif "*" in part and table is not None:
            pieces.append(_by_key(part, sheet, table, places))
        else:
            place = sheet.name, table, part
            if place not in places.meant:
                places.meant[place] = _shared(part, sheet, table, places)
            pieces.append(places.meant[place])
    return Pattern(tuple(pieces))


def _by_key(name: str, sheet: Sheet, table: str, places: Places) -> list[str]:
    """An address for each row, from the row's key."""
    plain, _, wanted = name.partition("@")
    keys = sheet.tables[table].keys
    if "*" in plain:
        return [_address(with_key(name, key), sheet, table, places, row) for row, key in enumerate(keys)]
    owner, found, entry = entry_of(plain, sheet, table, places.book)
    if found is None:
        raise UnknownNameError(name)
    area = places.columns[owner, found, entry]
    start = f"{_prefix(area, sheet, places)}{area.letters}"
    rows = places.matched((sheet.name, table), wanted, (owner, found))
    addresses = [f"{start}{area.first + 1 + row}" for row in rows]
    return Down(addresses) if rows == list(range(rows[0], rows[0] + len(rows))) else addresses


def _shared(name: str, sheet: Sheet, table: str | None, places: Places) -> str | list[str]:
    """An address that all rows share, or the column of addresses where each row has its own."""
    if not name.startswith("words.") and not name.endswith(":") and "@" not in name:
        owner, found, entry = entry_of(name, sheet, table, places.book)
        if found is not None and found == table and owner == sheet.name:
            return places.rows(places.columns[owner, found, entry])
    return _address(name, sheet, table, places, 0)


def _address(name: str, sheet: Sheet, table: str | None, places: Places, row: int) -> str:
    if name.startswith("words."):
        area = places.scalars["words", name.removeprefix("words.")]
        return _prefix(area, sheet, places) + area.cell(0)
    name, _, key = name.partition("@")
    owner, found, entry = entry_of(name.rstrip(":"), sheet, table, places.book)
    area = places.scalars[owner, entry] if found is None else places.columns[owner, found, entry]
    prefix = _prefix(area, sheet, places)
    if found is None:
        return prefix + area.cell(0)
    if name.endswith(":"):
        return prefix + area.whole()
    return prefix + (area.cell(places.index(owner, found, key)) if key else places.rows(area)[row])


def _prefix(area: PlacedColumn, sheet: Sheet, places: Places) -> str:
    return "" if area.sheet == sheet_quoted(places.titles[sheet.name]) else area.sheet + "!"
