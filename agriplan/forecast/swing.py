"""How much an area's figures move from year to year, and how far forecasts from its comparable years therefore miss."""

from typing import NamedTuple

from agriplan.baselines.folder import Baselines
from agriplan.forecast.growth import GrowthKind
from agriplan.forecast.intervals import Array, fitted_misses, yearly_swing
from agriplan.memo import memoized

OLDER_YEARS = 6
"""Years that an older basis needs for its swing to count: with fewer it is no surer than that of the short history."""

LEAST_YEARS = 2
"""A planner's growth for an area with fewer years is taken to miss like one from two, the shortest calibrated."""


def older_swing(baselines: Baselines, indicator: str, code: str, kind: GrowthKind) -> float | None:
    """The yearly swing on an older basis, None where none has six years.

    It is taken within that basis: the step from one basis to the next is a new count and never part of a swing.
    """
    history = baselines.older_history(indicator, code)
    return yearly_swing(history, kind) if len(history) >= OLDER_YEARS else None


class Restlessness(NamedTuple):
    """How many comparable years an area has, how much they move, and how much its older basis moved, if it counts."""

    years: int
    swing: float
    older: float | None


@memoized
def restlessness(baselines: Baselines, indicator: str, code: str, kind: GrowthKind) -> Restlessness:
    """What misses follow from, however many years ahead: looked for once in the same data."""
    history = baselines.history(indicator, code)
    return Restlessness(len(history), yearly_swing(history, kind), older_swing(baselines, indicator, code, kind))


def history_misses(baselines: Baselines, indicator: str, code: str, horizon: int, kind: GrowthKind) -> Array:
    """Misses, so many years ahead, of a forecast made from the comparable years of an area; shape (probabilities,)."""
    found = restlessness(baselines, indicator, code, kind)
    return fitted_misses(max(found.years, LEAST_YEARS), horizon, found.swing, kind, found.older)
