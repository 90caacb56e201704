"""Pour a sheet of a book into a template sheet: repeated rows grow, what stands below moves down.

What the template does not show goes to the right of the print area: scalars first, then the columns of each table in
the rows of that table.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property

from agriplan.workbook.description import Book, Sheet, Table, Value
from agriplan.workbook.looks import Key
from agriplan.workbook.needed import Entry
from agriplan.workbook.references import Area, UnknownNameError, area_of, find
from agriplan.workbook.template import ChartPlace, Range, Spot, Template, TemplateSheet
from agriplan.workbook.tokens import Worded, fill, tokens_within, worded_token

# Helper cells are for following a calculation, not for printing: small and grey.
HELPER: Key = (("font_color", "#8C8C8C"), ("font_name", "Arial"), ("font_size", 8), ("num_format", "General"))
# A helper column without a printed table beside it starts here, below its header.
_LOOSE_TABLES_FROM = 3


@dataclass(frozen=True)
class ShownScalar:
    """A scalar and the cell that shows it; `owner` is its sheet."""

    row: int
    col: int
    look: Key
    owner: str
    entry: str


@dataclass(frozen=True)
class ShownColumn:
    """A column and the first cell that shows it; `owner` is its sheet."""

    row: int
    col: int
    look: Key
    owner: str
    table: str
    entry: str
    rows: int
    helper: bool = False


@dataclass
class Poured:
    """A sheet of the workbook before its formulas are worked out."""

    template: TemplateSheet
    sheet: Sheet
    title: str
    starts: list[int]
    fixed: list[tuple[int, int, Key, Value, str | None]] = field(default_factory=list)
    shown_scalars: list[ShownScalar] = field(default_factory=list)
    shown_columns: list[ShownColumn] = field(default_factory=list)
    columns: dict[tuple[str, str, str], Area] = field(default_factory=dict)
    scalars: dict[tuple[str, str], Area] = field(default_factory=dict)
    words: dict[str, Area] = field(default_factory=dict)
    more_keys: list[tuple[str, Area]] = field(default_factory=list)
    charts: list[tuple[ChartPlace, Range]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def row(self, row: int) -> int:
        """Where a template row begins in the workbook."""
        return self.starts[row] if row < len(self.starts) else self.starts[-1] + row - len(self.starts) + 1

    def last_row(self, row: int) -> int:
        """Where a template row ends in the workbook."""
        return max(self.row(row + 1) - 1, self.row(row))

    def merges(self) -> Iterator[Range]:
        """Merged ranges; one within a repeated row is repeated with it."""
        for first_row, first_col, last_row, last_col in self.template.merges:
            if first_row == last_row:
                for row in range(self.row(first_row), self.last_row(first_row) + 1):
                    if first_col < last_col:
                        yield row, first_col, row, last_col
            else:
                yield self.row(first_row), first_col, self.last_row(last_row), last_col

    @cached_property
    def right(self) -> int:
        """The last printed column."""
        ends = [chart.place[3] for chart in self.template.charts] + [merge[3] for merge in self.template.merges]
        return max([self.template.page.right, *ends, *(spot.col for spot in self.template.spots)])


def pour(template: TemplateSheet, book: Book, words: Template, needed: Set[Entry]) -> Iterator[Poured]:
    """Every sheet of the book that this template sheet is for, in the book's order."""
    for sheet in book.sheets.values():
        if sheet.subject == template.subject:
            yield _pour_one(template, sheet, book, words, needed)


def _pour_one(template: TemplateSheet, sheet: Sheet, book: Book, words: Template, needed: Set[Entry]) -> Poured:
    counts = _row_counts(template, sheet, book)
    title = fill(template.title, lambda name: constant(name, sheet, book, words))[:31]
    poured = Poured(template, sheet, title, _starts(template, counts))
    for spot in template.spots:
        _place(spot, poured, book, words, counts.get(spot.row, 1))
    poured.charts = [(chart, _stretched(chart.place, poured)) for chart in template.charts]
    _place_helpers(poured, needed)
    return poured


def _row_counts(template: TemplateSheet, sheet: Sheet, book: Book) -> dict[int, int]:
    """The template rows that are repeated, and how many rows each becomes."""
    found = {}
    for spot in template.spots:
        try:
            owner, table, _ = find(spot.token or "", sheet, book)
        except UnknownNameError:
            continue
        if table is not None:
            found[spot.row] = len(book.sheets[owner].tables[table].keys)
    return found


def _starts(template: TemplateSheet, counts: dict[int, int]) -> list[int]:
    last = max((spot.row for spot in template.spots), default=0) + 1
    starts, row = [], 0
    for each in range(last + 1):
        starts.append(row)
        row += counts.get(each, 1)
    return starts


def _place(spot: Spot, poured: Poured, book: Book, words: Template, count: int) -> None:
    row = poured.row(spot.row)
    token = spot.token
    worded = worded_token(spot.text)
    if worded and worded.name.startswith("link."):
        _place_link(worded, row, spot, poured, book)
    elif worded:
        poured.words.setdefault(worded.name, area_of(poured.title, row, spot.col))
        poured.fixed.append((row, spot.col, spot.look, worded.text, None))
    elif token and token in words.words:
        poured.fixed.append((row, spot.col, spot.look, words.words[token], None))
    elif token:
        _place_entry(spot, token, poured, book)
    else:
        value = spot.text
        if isinstance(value, str) and tokens_within(value):
            value = fill(value, lambda name: constant(name, poured.sheet, book, words))
        for index in range(count):
            poured.fixed.append((row + index, spot.col, spot.look, value, None))  # type: ignore[arg-type]


def _place_link(worded: Worded, row: int, spot: Spot, poured: Poured, book: Book) -> None:
    """A way to another sheet, left out where the workbook has none such."""
    target = worded.name.removeprefix("link.")
    if target in book.sheets:
        poured.links.append((row, spot.col, target))
    poured.fixed.append((row, spot.col, spot.look, worded.text if target in book.sheets else None, None))


def _place_entry(spot: Spot, token: str, poured: Poured, book: Book) -> None:
    owner, table, entry = find(token, poured.sheet, book)
    row = poured.row(spot.row)
    if table is None:
        poured.shown_scalars.append(ShownScalar(row, spot.col, spot.look, owner, entry))
        if owner == poured.sheet.name:
            poured.scalars.setdefault((owner, entry), area_of(poured.title, row, spot.col))
        return
    count = len(book.sheets[owner].tables[table].keys)
    poured.shown_columns.append(ShownColumn(row, spot.col, spot.look, owner, table, entry, count))
    if owner == poured.sheet.name:
        poured.columns.setdefault((owner, table, entry), area_of(poured.title, row, spot.col, count))


def constant(name: str, sheet: Sheet, book: Book, words: Template) -> object:
    """The value of a scalar that stands within text: only constants may, a live figure would go stale there."""
    if name in words.words:
        return words.words[name]
    owner, table, entry = find(name, sheet, book)
    if table is not None:
        raise UnknownNameError(name)
    cell = book.sheets[owner].scalars[entry]
    if cell.formula is not None or cell.input is not None:
        raise UnknownNameError(name)
    return "" if cell.value is None else cell.value


def _stretched(place: Range, poured: Poured) -> Range:
    return poured.row(place[0]), place[1], poured.last_row(place[2]), place[3]


def _place_helpers(poured: Poured, needed: Set[Entry]) -> None:
    """What is needed and not shown: scalars as name and value in two columns, tables to their right."""
    sheet, left = poured.sheet, poured.right + 2
    names = [
        name
        for name in sheet.scalars
        if (sheet.name, name) not in poured.scalars and (sheet.name, None, name) in needed
    ]
    for row, name in enumerate(names):
        poured.fixed.append((row, left, HELPER, name, None))
        poured.shown_scalars.append(ShownScalar(row, left + 1, HELPER, sheet.name, name))
        poured.scalars[sheet.name, name] = area_of(poured.title, row, left + 1)
    taken = [(0, len(names), left + 2)] if names else []
    for table in sheet.tables:
        columns = [
            entry
            for entry in ("key", *sheet.tables[table].columns)
            if (sheet.name, table, entry) in needed and (sheet.name, table, entry) not in poured.columns
        ]
        if columns:
            taken.append(_place_helper_columns(table, columns, poured, left, taken))
    for table in sheet.tables:
        _place_more_keys(table, poured, left, taken)


def _place_more_keys(table: str, poured: Poured, left: int, taken: list[tuple[int, int, int]]) -> None:
    """A table whose inputs stand in several blocks needs its row keys beside each: rows may be inserted in any."""
    sheet = poured.sheet
    asked = sheet.tables[table]
    blocks = {area.first for (_, each, name), area in poured.columns.items() if each == table and _asks(asked, name)}
    home = poured.columns.get((sheet.name, table, "key"))
    for first in sorted(blocks - ({home.first} if home else set())):
        rows = len(asked.keys)
        top, bottom = max(first - 1, 0), first + rows
        col = max([left, *(end for upper, lower, end in taken if upper <= bottom and top <= lower)])
        poured.fixed.append((top, col, HELPER, f"{table}.key", None))
        poured.shown_columns.append(ShownColumn(first, col, HELPER, sheet.name, table, "key", rows, helper=True))
        poured.more_keys.append((table, area_of(poured.title, first, col, rows)))
        taken.append((top, bottom, col + 1))


def _asks(table: Table, entry: str) -> bool:
    return entry in table.columns and bool(table.columns[entry].inputs)


def _place_helper_columns(
    table: str, columns: list[str], poured: Poured, left: int, taken: list[tuple[int, int, int]]
) -> tuple[int, int, int]:
    sheet = poured.sheet
    keys = sheet.tables[table].keys
    shown = [area for (_, name, _), area in poured.columns.items() if name == table]
    first = shown[0].first if shown else _LOOSE_TABLES_FROM
    top, bottom = max(first - 1, 0), first + len(keys)
    start = max([left, *(end for upper, lower, end in taken if upper <= bottom and top <= lower)])
    for col, entry in enumerate(columns, start):
        poured.fixed.append((top, col, HELPER, f"{table}.{entry}", None))
        poured.shown_columns.append(ShownColumn(first, col, HELPER, sheet.name, table, entry, len(keys), helper=True))
        poured.columns[sheet.name, table, entry] = area_of(poured.title, first, col, len(keys))
    return top, bottom, start + len(columns)
