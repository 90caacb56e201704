"""A sweep as plans are made: the scenarios' tables one below the other through `stages.compute`, then cut apart."""

import numpy as np

from agriplan.engine.assumptions import Assumed
from agriplan.engine.stages import LEAGUE_INPUTS, LINE_INPUTS, compute
from agriplan.engine.tables import Columns, Frame
from benchmarks.sweep import SWEPT_LEAGUES, SWEPT_LINES, Swept, Variations

# Scenarios worked out at a time: their arrays then stay within a processor's cache.
BLOCK = 200


def sweep_stacked(assumed: Assumed, years: int, lines: Variations, leagues: Variations) -> Swept:
    """What `sweep.sweep` gives, for measuring and judging it."""
    scenarios = len(next(iter([*lines.values(), *leagues.values()])))
    tables = (_plain(assumed.lines, LINE_INPUTS), _plain(assumed.leagues, LEAGUE_INPUTS))
    parts: list[tuple[Columns, Columns]] = []
    for start in range(0, scenarios, BLOCK):
        block = slice(start, min(start + BLOCK, scenarios))
        outcome = compute(_stacked(tables[0], lines, block), _stacked(tables[1], leagues, block), years)
        parts.append(
            (
                {name: outcome.lines[name] for name in SWEPT_LINES},
                {name: outcome.leagues[name] for name in SWEPT_LEAGUES},
            )
        )
    count, width = assumed.shape
    shapes = ((scenarios, count), (scenarios, count, width))
    return Swept(*(_joined([part[one] for part in parts], shapes[one]) for one in (0, 1)))


def _plain(table: Frame, columns: tuple[str, ...]) -> Columns:
    """Columns of numbers, flags and fixed-width text: text objects would be compared one by one."""
    plain = {name: np.asarray(table[name]) for name in columns}
    return {name: values.astype(str) if values.dtype == object else values for name, values in plain.items()}


def _stacked(table: Columns, changes: Variations, block: slice) -> Columns:
    count = block.stop - block.start
    stacked = {name: np.tile(values, count) for name, values in table.items() if name not in changes}
    return stacked | {name: values[block].ravel() for name, values in changes.items()}


def _joined(parts: list[Columns], shape: tuple[int, ...]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]).reshape(shape) for name in parts[0]}
