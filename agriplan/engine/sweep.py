"""Many scenarios at once, as long as they differ in numbers: stacked, worked out together, cut apart again.

What a sweep changes is an input of `stages.compute`: a line's `target` or `rule`, a league's `growth` or
`entered_ceiling`. Ten thousand scenarios take little more than the processor's own time for their sums.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from agriplan.engine.assumptions import Assumed
from agriplan.engine.stages import LEAGUE_INPUTS, LINE_INPUTS, compute
from agriplan.engine.tables import Columns, Table

# Scenarios worked out at a time: their arrays then stay within a processor's cache.
BLOCK = 200
WANTED = (("to_place", "placed", "residual", "feasibility", "reached"), ("amount", "issued", "target"))
Changes = Mapping[str, npt.NDArray[np.generic]]


class Swept(NamedTuple):
    """Columns of the lines, shape (scenarios, lines), and of the leagues, shape (scenarios, lines, leagues)."""

    lines: Columns
    leagues: Columns


def sweep(
    assumed: Assumed,
    years: int,
    lines: Changes,
    leagues: Changes,
    wanted: tuple[tuple[str, ...], tuple[str, ...]] = WANTED,
) -> Swept:
    """Work out scenarios that differ from `assumed` in the given inputs.

    `lines` holds new line inputs of shape (scenarios, lines), `leagues` new league inputs of shape (scenarios, lines,
    leagues); `wanted` names the columns to return of each. A change of anything that `compute` does not read is a
    KeyError.
    """
    unknown = (set(lines) - set(LINE_INPUTS)) | (set(leagues) - set(LEAGUE_INPUTS))
    if unknown:
        raise KeyError(sorted(unknown))
    count = len(next(iter([*lines.values(), *leagues.values()])))
    tables = (_plain(assumed.lines, LINE_INPUTS), _plain(assumed.leagues, LEAGUE_INPUTS))
    parts = []
    for start in range(0, count, BLOCK):
        block = slice(start, min(start + BLOCK, count))
        outcome = compute(_stacked(tables[0], lines, block), _stacked(tables[1], leagues, block), years)
        parts.append([{name: table[name] for name in names} for table, names in zip(outcome[:2], wanted, strict=True)])
    width = len(assumed.leagues) // len(assumed.lines)
    shapes = ((count, len(assumed.lines)), (count, len(assumed.lines), width))
    return Swept(*(_joined([part[one] for part in parts], shapes[one]) for one in (0, 1)))


def _plain(table: Table, columns: tuple[str, ...]) -> Columns:
    """Columns of numbers, flags and fixed-width text: text objects would be compared one by one."""
    plain = {name: np.asarray(table[name]) for name in columns}
    return {name: values.astype(str) if values.dtype == object else values for name, values in plain.items()}


def _stacked(table: Columns, changes: Changes, block: slice) -> Columns:
    count = block.stop - block.start
    stacked = {name: np.tile(values, count) for name, values in table.items() if name not in changes}
    return stacked | {name: values[block].ravel() for name, values in changes.items()}


def _joined(parts: list[Columns], shape: tuple[int, ...]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]).reshape(shape) for name in parts[0]}
