"""Cells of a CSV file that stand under other heads than their own: behind a lost comma, or where heads were swapped."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice

from agriplan.baselines.csv_table import CsvTable
from agriplan.errors import Problem

WIDE_COMMA = "，"
# The columns of a row whose cells cannot be used.
WrongColumns = Callable[[Mapping[str, str]], set[str]]
# One mistake in a row is told as what it is; behind a lost comma nearly everything is wrong.
MOST_HONEST = 1
# So many rows, or nearly all of them, are looked through for heads that were swapped.
MOST_ROWS_TRIED, FEWEST_ROWS, NEARLY_ALL = 60, 3, 0.9


def told_of_row(
    told: list[Problem], place: str, table: CsvTable, line: int, required: frozenset[str], wrong: WrongColumns
) -> list[Problem]:
    """What is told of a row: where its cells stand too far to the left, that in the place of what follows from it.

    It is then shorter than the header, unless a program has filled it up: there only a full-width comma tells.
    """
    cells = [table.rows[line].get(column, "") for column in table.columns]
    short = table.short.get(line, 0)
    missing = short or int(not cells[-1])
    held = len(cells) - missing
    fitting = [at for at in range(held) if missing and _fits(table.columns, cells, at, missing, wrong)]
    wide = [at for at in fitting if WIDE_COMMA in cells[at]]
    is_cut = bool(short) and not required.isdisjoint(table.columns[held:])
    if len(told) > MOST_HONEST and (wide or (short and len(fitting) == 1)):
        return [Problem(place, "comma_lost", {"word": cells[(wide or fitting)[0]]})]
    if is_cut or (short and fitting):
        few = Problem(place, "too_few_cells", {"count": held, "columns": len(cells)})
        return [few, *(told if len(told) <= MOST_HONEST and not is_cut else ())]
    return told


def _fits(columns: tuple[str, ...], cells: list[str], at: int, missing: int, wrong: WrongColumns) -> bool:
    """Whether a row fits its heads once what stands behind a cell is moved to the right: that cell holds two."""
    moved = (*cells[: at + 1], *("",) * missing, *cells[at + 1 : len(cells) - missing])
    amiss = wrong({column: cell for column, cell in zip(columns, moved, strict=True) if cell})
    return amiss <= {*columns[at : at + 1 + missing]}


def with_heads_in_order(name: str, table: CsvTable, wrong: WrongColumns, problems: list[Problem]) -> CsvTable:
    """The table; where two heads stand in each other's place that is told, and each is read as the other."""
    rows = list(islice(table.rows.values(), MOST_ROWS_TRIED))
    if len(rows) < FEWEST_ROWS or not any(map(wrong, rows[:FEWEST_ROWS])):
        return table
    amiss = Counter(column for row in rows for column in wrong(row))
    for one in (column for column in table.columns if amiss[column] >= NEARLY_ALL * len(rows)):
        for other in table.columns:
            turned = {one: other, other: one}
            still = sum(not turned.keys().isdisjoint(wrong(_turned(row, turned))) for row in rows)
            if other != one and still <= (1 - NEARLY_ALL) * len(rows):
                first, second = sorted((one, other), key=table.columns.index)
                values = {"word": first, "other": second}
                problems.append(Problem(f"{name}:{table.head_line}", "heads_swapped", values))
                return replace(table, rows={line: _turned(row, turned) for line, row in table.rows.items()})
    return table


def _turned(row: Mapping[str, str], turned: Mapping[str, str]) -> dict[str, str]:
    return {turned.get(column, column): cell for column, cell in row.items()}
