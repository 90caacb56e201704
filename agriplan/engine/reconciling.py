"""What the region's figure leaves to the leagues that did not report: the rule by which estimates are moved to it.

It is given to them in proportion (rates: in equal points). A factor that no plausible growth explains is not applied,
nor are points that would take a rate beyond its bounds: what is left over is then shown.
"""

from typing import NamedTuple

import numpy as np

from agriplan.engine.carried_quantities import Growths
from agriplan.engine.tables import Flags
from agriplan.rounding import Floats

# The region's figure over what its leagues were expected to add up to: beyond it one of the two is of another kind.
LEAST_FACTOR, MOST_FACTOR = 0.5, 2.0


class Reconciled(NamedTuple):
    """Leagues' quantities with the region's figure taken into account, and how.

    `factor` is what the estimates were multiplied by (rates: their mean over what it was), 1 where nothing is
    estimated; `unreported` what was left over where it was not used, in the quantity's unit (rates: points).
    """

    leagues: Floats
    factor: float
    unreported: float


def is_plausible(factor: float) -> bool:
    """Whether a factor may be growth; there is none (NaN) where nothing was expected."""
    return LEAST_FACTOR <= factor <= MOST_FACTOR


def reconcile(leagues: Floats, known: Flags, weight: Floats, total: float, growths: Growths) -> Reconciled:
    """Give what the region's figure leaves to the leagues that did not report.

    `total` is the region's figure less the difference.

    >>> growths = Growths(np.zeros(2), 1.0, False, np.nan)
    >>> found = reconcile(np.array([10.0, 20.0]), np.array([True, False]), np.ones(2), 40.0, growths)
    >>> found.leagues.tolist(), found.factor, found.unreported
    ([10.0, 30.0], 1.5, 0.0)
    """
    weight = weight if growths.is_rate else np.ones(len(leagues))
    counts = ~np.isnan(leagues) & ~np.isnan(weight)
    weighed = np.where(counts, leagues * weight, 0.0)
    per = weight[counts].sum() if growths.is_rate else 1.0
    guessed = counts & ~known
    rest = total * per - weighed[~guessed].sum()
    expected = weighed[guessed].sum()
    factor = float(rest / expected) if expected > 0 else np.nan
    points = (rest - expected) / weight[guessed].sum()
    moved = leagues + points if growths.is_rate else leagues * factor
    fits = not growths.is_rate or bool(np.all((moved[guessed] >= 0) & (moved[guessed] <= growths.ceiling)))
    if is_plausible(factor) and fits:
        return Reconciled(np.where(guessed, moved, leagues), factor, 0.0)
    return Reconciled(leagues, factor, float((rest - expected) / per))
