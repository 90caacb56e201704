"""Where the entries of a book stand in a file that somebody edited: by name and row key, wherever they were moved."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import count, takewhile
from typing import NamedTuple

from agriplan.errors import Problem
from agriplan.workbook.description import Sheet, Table
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.uploaded_file import Opened


class CellPlace(NamedTuple):
    """A cell as people name it.

    >>> str(CellPlace("假设", "C", 7))
    '假设!C7'
    """

    sheet: str
    column: str
    row: int

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"


class Block(NamedTuple):
    """Row keys in one column of the file: the row of each key that a table knows, and those that stand there again."""

    sheet: str
    column: str
    first: int
    last: int
    rows: Mapping[str, int]
    again: tuple[tuple[str, int], ...]


# Rows of a sheet: its title, the first and the last.
Span = tuple[str, int, int]


class FoundCell(NamedTuple):
    """One cell of the file and the row key that it stands for; a scalar has none."""

    key: str | None
    place: CellPlace
    held: Held


class Finder:
    """Finds entries in an opened file; what cannot be found is gathered by sheet in `missing`."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        # Sheet of the book -> the names that lead nowhere any more; with a row, the rows.
        self.missing: dict[str, list[str]] = {}
        self.odd: set[Span] = set()
        self._blocks: dict[str, list[Block]] = {}
        self._filled: dict[str, dict[str, list[int]]] = {}
        self._ordered: dict[tuple[str, Span], dict[str, int]] = {}

    def scalar(self, sheet: Sheet, name: str) -> FoundCell | None:
        """The cell of a scalar; None where it is not to be found."""
        place = self.opened.place(f"{sheet.name}.{name}")
        if place is None:
            return None
        return self._found(None, CellPlace(*place[:3]))

    def column(self, sheet: Sheet, table: str, entry: str) -> list[FoundCell] | None:
        """The cells of a column by row key; None where the column is not to be found."""
        place = self.opened.place(f"{sheet.name}.{table}.{entry}")
        if place is None:
            return None
        title, column, first, last = place
        blocks = self.blocks(sheet, table)
        beside = [one.rows for one in blocks if one.sheet == title and one.first <= last and first <= one.last]
        # A further block of a table has no row keys of its own unless it is filled in.
        rows = beside[0] if beside else self._in_order(sheet, table, (title, first, last))
        return [self._found(key, CellPlace(title, column, row)) for key, row in rows.items()]

    def _in_order(self, sheet: Sheet, table: str, span: Span) -> Mapping[str, int]:
        """The rows of a table without row keys in the file: those that hold anything, in the order of its keys.

        Where that are more or fewer than the table has, nobody can tell which is which: the span is kept as `odd`.
        """
        if (table, span) not in self._ordered:
            title, first, last = span
            keys = sheet.tables[table].keys
            named = (self.opened.place(f"{sheet.name}.{table}.{entry}") for entry in sheet.tables[table].columns)
            columns = [place[1] for place in named if place and (place[0], *place[2:]) == span]
            if last - first + 1 == len(keys):
                rows = list(range(first, last + 1))
            else:
                rows = sorted({row for column in columns for row in self._rows(title, column, first, last)})
            if len(rows) != len(keys):
                self.odd.add(span)
            self._ordered[table, span] = dict(zip(keys, rows, strict=True)) if len(rows) == len(keys) else {}
        return self._ordered[table, span]

    def strays(self, sheet: Sheet, table: str) -> Iterator[tuple[str, int, int]]:
        """Rows outside a table that bear a key of it, pasted somewhere: their sheet, their row, the row they repeat."""
        for block in self.blocks(sheet, table):
            taken = [(first, last) for title, column, first, last in self._spans if (title, column) == block[:2]]
            for (column, row), held in self.opened.sheets[block.sheet].items():
                key = as_plain(held.value) if column == block.column else ""
                if key in block.rows and not any(first <= row <= last for first, last in taken):
                    yield block.sheet, row, block.rows[key]

    def is_named(self, sheet: str, row: int) -> bool:
        """Whether any name of the file leads to that row."""
        return any(title == sheet and first <= row <= last for title, _, first, last in self._spans)

    def is_named_column(self, block: Block, column: str) -> bool:
        """Whether any name of the file leads to a column beside the rows of a block."""
        return any(
            (title, letters) == (block.sheet, column) and first <= block.last and block.first <= last
            for title, letters, first, last in self._spans
        )

    @cached_property
    def _spans(self) -> list[tuple[str, str, int, int]]:
        """Everything that a name of the file leads to."""
        return [place for name in self.opened.names if (place := self.opened.place(name)) is not None]

    def blocks(self, sheet: Sheet, table: str) -> list[Block]:
        """Where the rows of a table stand, wherever rows were inserted; a table may stand in several blocks."""
        name = f"{sheet.name}.{table}.key"
        if name not in self._blocks:
            further = takewhile(self.opened.names.__contains__, (f"{name}_{number}" for number in count(2)))
            places = [place for each in (name, *further) if (place := self.opened.place(each)) is not None]
            self._blocks[name] = [self._block(place, sheet.tables[table]) for place in places]
        return self._blocks[name]

    def _block(self, place: tuple[str, str, int, int], table: Table) -> Block:
        title, column, first, last = place
        known = set(table.keys)
        rows: dict[str, int] = {}
        again: list[tuple[str, int]] = []
        for row in self._rows(title, column, first, last):
            key = as_plain(self.opened.cell(title, column, row).value)
            if key in rows:
                again.append((key, row))
            elif key in known:
                rows[key] = row
        return Block(title, column, first, last, rows, tuple(again))

    def _rows(self, title: str, column: str, first: int, last: int) -> list[int]:
        """The rows in which a column holds anything: names are stretched when rows are inserted, to any length."""
        if title not in self._filled:
            filled: defaultdict[str, list[int]] = defaultdict(list)
            for (letters, row), held in sorted(self.opened.sheets[title].items()):
                if held.formula or held.value is not None:
                    filled[letters].append(row)
            self._filled[title] = dict(filled)
        return [row for row in self._filled[title].get(column, ()) if first <= row <= last]

    def _found(self, key: str | None, place: CellPlace) -> FoundCell:
        return FoundCell(key, place, self.opened.cell(*place))

    def lost(self, sheet: Sheet, what: str) -> None:
        """Note that something of a sheet is not to be found."""
        self.missing.setdefault(sheet.name, []).append(what)


def as_plain(value: object) -> str:
    """A value as text; a whole number without its decimals, TRUE and FALSE as a cell shows them.

    >>> as_plain(150500.0), as_plain(None), as_plain(True)
    ('150500', '', 'TRUE')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def told_rows(finder: Finder, sheets: list[Sheet]) -> Iterator[Problem]:
    """Rows that were copied, and tables that were sorted: a formula no longer stands where its figures are."""
    for sheet in sheets:
        for name, table in sheet.tables.items():
            for title, row, original in finder.strays(sheet, name):
                yield Problem(f"{title}!A{row}", "workbook_row_copied", {"first": original})
            for block in finder.blocks(sheet, name):
                for key, row in block.again:
                    original = block.rows[key]
                    yield Problem(f"{block.sheet}!A{row}", "workbook_row_copied", {"first": original})
                rows = [block.rows[key] for key in table.keys if key in block.rows]
                if rows != sorted(rows):
                    yield Problem(f"{block.sheet}!A{block.first}:A{block.last}", "workbook_table_sorted")
    for title, first, last in sorted(finder.odd):
        yield Problem(f"{title}!A{first}:A{last}", "workbook_rows_changed")


def told_copies(finder: Finder, sheets: list[Sheet]) -> Iterator[Problem]:
    """Sheets that repeat the row keys of one of ours: only the original is read."""
    ours = {block.sheet for sheet in sheets for table in sheet.tables for block in finder.blocks(sheet, table)}
    named = {place[0] for name in finder.opened.names if (place := finder.opened.place(name)) is not None}
    for title in finder.opened.sheets:
        if title in named or title in ours:
            continue
        original = next((found for sheet in sheets if (found := _copied(title, sheet, finder))), None)
        if original:
            yield Problem(title, "workbook_sheet_copied", {"word": original})


def _copied(title: str, sheet: Sheet, finder: Finder) -> str | None:
    for table in sheet.tables:
        for block in finder.blocks(sheet, table):
            rows = block.rows.items()
            if rows and all(as_plain(finder.opened.cell(title, block.column, row).value) == key for key, row in rows):
                return block.sheet
    return None
