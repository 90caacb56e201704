"""What is needed and not shown goes to the right of the print area, beside the rows it belongs to."""

from collections.abc import Set

from agriplan.workbook.description import Entry, Table
from agriplan.workbook.layout.placement import HELPER, PlacedSheet, ShownColumn, ShownScalar
from agriplan.workbook.layout.references import placed_column


def place_helpers(placed: PlacedSheet, needed: Set[Entry]) -> None:
    """What is needed and not shown: scalars as name and value in two columns, tables to their right."""
    sheet, left = placed.sheet, placed.right + 2
    names = [
        name
        for name in sheet.scalars
        if (sheet.name, name) not in placed.scalars and (sheet.name, None, name) in needed
    ]
    for row, name in enumerate(names):
        placed.fixed.append((row, left, HELPER, name, None))
        placed.shown_scalars.append(ShownScalar(row, left + 1, HELPER, sheet.name, name))
        placed.scalars[sheet.name, name] = placed_column(placed.title, row, left + 1)
    taken = [(0, len(names), left + 2)] if names else []
    for table in sheet.tables:
        columns = [
            entry
            for entry in ("key", *sheet.tables[table].columns)
            if (sheet.name, table, entry) in needed and (sheet.name, table, entry) not in placed.columns
        ]
        if columns:
            taken.append(_place_helper_columns(table, columns, placed, left, taken))
    for table in sheet.tables:
        _place_more_keys(table, placed, left, taken)


def _place_more_keys(table: str, placed: PlacedSheet, left: int, taken: list[tuple[int, int, int]]) -> None:
    """A table whose inputs stand in several blocks needs its row keys beside each: rows may be inserted in any."""
    sheet = placed.sheet
    asked = sheet.tables[table]
    blocks = {area.first for (_, each, name), area in placed.columns.items() if each == table and _asks(asked, name)}
    home = placed.columns.get((sheet.name, table, "key"))
    for first in sorted(blocks - ({home.first} if home else set())):
        rows = len(asked.keys)
        top, bottom = max(first - 1, 0), first + rows
        col = max([left, *(end for upper, lower, end in taken if upper <= bottom and top <= lower)])
        placed.fixed.append((top, col, HELPER, f"{table}.key", None))
        placed.shown_columns.append(ShownColumn(first, col, HELPER, sheet.name, table, "key", rows, helper=True))
        placed.more_keys.append((table, placed_column(placed.title, first, col, rows)))
        taken.append((top, bottom, col + 1))


def _asks(table: Table, entry: str) -> bool:
    return entry in table.columns and bool(table.columns[entry].inputs)


def _below(placed: PlacedSheet) -> int:
    """The first row for a table that stands beside no printed one: below all others.

    Rows of few cells repeat what stood shortly before, and deflate better than the same cells at the end of long rows.
    """
    tables = max((shown.row + shown.rows for shown in placed.shown_columns), default=0)
    cells = max((spot.row + 1 for spot in placed.shown_scalars), default=0)
    return max(tables, cells, placed.last_row(placed.template.page.bottom) + 1) + 2


def _place_helper_columns(
    table: str, columns: list[str], placed: PlacedSheet, left: int, taken: list[tuple[int, int, int]]
) -> tuple[int, int, int]:
    sheet = placed.sheet
    keys = sheet.tables[table].keys
    # Beside its own printed rows, else beside those of the same keys: rows inserted there move both alike.
    alike = [table, *(name for name, other in sheet.tables.items() if list(other.keys) == list(keys))]
    shown = [area for each in alike for (_, name, _), area in placed.columns.items() if name == each]
    first = shown[0].first if shown else _below(placed)
    top, bottom = max(first - 1, 0), first + len(keys)
    start = max([left, *(end for upper, lower, end in taken if upper <= bottom and top <= lower)])
    for col, entry in enumerate(columns, start):
        placed.fixed.append((top, col, HELPER, f"{table}.{entry}", None))
        placed.shown_columns.append(ShownColumn(first, col, HELPER, sheet.name, table, entry, len(keys), helper=True))
        placed.columns[sheet.name, table, entry] = placed_column(placed.title, first, col, len(keys))
    return top, bottom, start + len(columns)
