"""Heads of a CSV file that stand in each other's place: what stands below each is the other's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from agriplan.baselines.csv_table import CsvTable
from agriplan.baselines.usual_cells import UsualCells
from agriplan.errors import Problem

# Some twenty cells of a column are looked at, spread over the file; fewer rows than these say nothing.
CELLS_TRIED, FEWEST_ROWS = 20, 2
# Below a head of its own most cells fit; below each other's heads nearly all must, and more than before by so much.
FITS, FITS_OTHER, GAIN = 0.6, 0.9, 0.5
# Of three columns one may not be above the next.
_RISING = ("low", "growth", "high")


def with_heads_in_order(name: str, table: CsvTable, usual: UsualCells, problems: list[Problem]) -> CsvTable:
    """The table; where two heads stand in each other's place that is told, and each is read as the other."""
    pair = _swapped(table, usual)
    if pair is None:
        return table
    first, second = sorted(pair, key=table.columns.index)
    problems.append(Problem(f"{name}:{table.head_line}", "heads_swapped", {"word": first, "other": second}))
    turned = {first: second, second: first}
    columns = tuple(turned.get(column, column) for column in table.columns)
    rows = {
        line: {turned.get(column, column): cell for column, cell in row.items()} for line, row in table.rows.items()
    }
    return replace(table, columns=columns, rows=rows)


def _swapped(table: CsvTable, usual: UsualCells) -> tuple[str, str] | None:
    """The pair of heads whose exchange makes most cells fit, where there is one."""
    rows = [row for line, row in table.rows.items() if line not in table.short]
    if len(rows) < FEWEST_ROWS:
        return None
    cells = {column: [row.get(column, "") for row in rows] for column in table.columns}
    before = {column: _part_that_fits(usual, column, cells[column]) for column in table.columns}
    doubted = [one for one in table.columns if before[one] < FITS]
    gains: dict[tuple[str, str], float] = {}
    for one, other in ((one, other) for one in doubted for other in table.columns if other != one):
        turned = _part_that_fits(usual, one, cells[other]), _part_that_fits(usual, other, cells[one])
        gain = sum(turned) - before[one] - before[other]
        if min(turned) >= FITS_OTHER and gain >= GAIN:
            gains[min(one, other), max(one, other)] = gain
    if not gains:
        return _out_of_order(table.columns, rows)
    best = [pair for pair, gain in gains.items() if gain == max(gains.values())]
    return best[0] if len(best) == 1 else None


def _part_that_fits(usual: UsualCells, head: str, cells: Sequence[str]) -> float:
    """How much of a column's cells fits a head; less where it may not be empty, or repeat a word, and does."""
    filled = [cell for cell in cells if cell]
    some = filled[:: max(1, len(filled) // CELLS_TRIED)]
    fit = sum(usual.is_usual(head, cell) and usual.may_stand(head, cell) for cell in some)
    share = len(filled) / len(cells) if head in usual.required else 1.0
    apart = len({*filled}) / len(filled) if filled and usual.names_each(head) else 1.0
    return (fit / len(some) if some else 1.0) * share * apart


def _out_of_order(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> tuple[str, str] | None:
    """Of low, growth and high the two whose exchange lets all rows rise, where hardly one does."""
    if not {*_RISING} <= {*columns}:
        return None
    numbers = [found for row in rows if len({*(found := _numbers(row))}) > 1]
    if len(numbers) < FEWEST_ROWS or sum(found == sorted(found) for found in numbers) > (1 - FITS) * len(numbers):
        return None
    for one, other in combinations(range(3), 2):
        turned = [list(found) for found in numbers]
        for found in turned:
            found[one], found[other] = found[other], found[one]
        if all(found == sorted(found) for found in turned):
            return _RISING[one], _RISING[other]
    return None


def _numbers(row: Mapping[str, str]) -> list[float]:
    """The numbers of a row that ought to rise; none where one is missing."""
    try:
        return [float(row.get(column, "")) for column in _RISING]
    except ValueError:
        return []
