"""Which cells of a workbook have names: those that readback looks for, and those that a planner may ask for."""

from collections.abc import Iterator

from agriplan.workbook.description import Cell, Column, is_label
from agriplan.workbook.layout.placement import PlacedSheet
from agriplan.workbook.layout.references import Places


def cell_names(places: Places, placed: list[PlacedSheet]) -> Iterator[tuple[str, str]]:
    """The Excel names: columns with their row keys and scalars, as `sheet.table.column` and `sheet.scalar`."""
    beside = {(each.owner, each.table, each.entry) for sheet in placed for each in sheet.shown_columns if each.helper}
    for (sheet, table, entry), area in places.columns.items():
        seen = (sheet, table, entry) not in beside
        if entry == "key" or _is_named(places.book.sheets[sheet].tables[table].columns[entry], entry, seen):
            yield f"{sheet}.{table}.{entry}", f"={area.sheet}!{area.whole()}"
    helpers = {(spot.owner, spot.entry) for each in placed for spot in each.shown_scalars if spot.col > each.right}
    for (sheet, entry), area in places.scalars.items():
        if (sheet, entry) not in helpers or _is_missed(places.book.sheets[sheet].scalars[entry]):
            yield f"{sheet}.{entry}", f"={area.sheet}!{area.cell(0)}"
    yield from _more_key_names(placed)


def _is_missed(cell: Cell) -> bool:
    """Whether readback looks for a cell beside the print area: one to read, or a number that formulas rest on."""
    is_number = cell.formula is None and not cell.varies and isinstance(cell.value, int | float)
    return cell.keep or cell.input is not None or is_number


def _more_key_names(placed: list[PlacedSheet]) -> Iterator[tuple[str, str]]:
    """Row keys beside the further blocks of a table: `sheet.table.key_2`, …"""
    for each in placed:
        for number, (table, area) in enumerate(each.more_keys, 2):
            yield f"{each.sheet.name}.{table}.key_{number}", f"={area.sheet}!{area.whole()}"


def _is_named(column: Column, entry: str, seen: bool) -> bool:
    """Names are for people and for readback: formulas and locked figures that were overwritten, labels mixed up.

    Beside the print area a formula, or a number that it rests on, is missed where its figure is shown; where words are
    shown, the numbers that are kept for that have names.
    """
    wanted = _is_figure(column) or is_label(column) if seen else column.keep and _is_constant(column)
    return bool(column.inputs) or wanted or entry in _SPOKEN


def _is_figure(column: Column) -> bool:
    if column.varies:
        return column.varies == "number"
    return column.formula is not None or any(isinstance(value, float) for value in column.values)


def _is_constant(column: Column) -> bool:
    """Whether a column holds numbers that no formula gives and that nobody is asked for."""
    if column.formula is not None or column.varies == "text":
        return False
    return column.varies == "number" or any(isinstance(value, int | float) for value in column.values)


# The columns that a planner asks for by name in a formula of their own, wherever they stand.
_SPOKEN = frozenset(
    ("baseline", "growth", "projection", "floor", "ceiling", "amount", "issued", "target", "needed_growth", "milestone")
)
