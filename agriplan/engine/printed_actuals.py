"""Actual figures as they are printed: the leagues as typed, the region, and the statistical difference beside them."""

import numpy as np

from agriplan.engine.tables import Flags
from agriplan.rounding import Floats, quotas, round_printed, whole_units


def print_actuals(
    own: Floats, leagues: Floats, difference: Floats, is_rate: Flags, stands_alone: Flags
) -> tuple[Floats, Floats]:
    """The region's printed actuals and the differences beside them, both in printing units, shape (lines, years).

    `own` are the region's actuals, half up, `leagues` those of the leagues that count, shape (lines, leagues, years),
    and `difference` the exact one in printing units. A figure that the region reported (`stands_alone`) stands, and the
    difference is what the leagues leave of it, once all have reported; any other is what leagues and difference come
    to. Rates are stated, not added.

    >>> no, yes = np.array([[False]]), np.array([[True]])
    >>> leagues, difference = np.array([[[10.0], [20.0]]]), np.array([[2.5]])
    >>> [one.item() for one in print_actuals(np.array([[32.0]]), leagues, difference, np.array([False]), no)]
    [33.0, 3.0]
    >>> [one.item() for one in print_actuals(np.array([[32.0]]), leagues, difference, np.array([False]), yes)]
    [32.0, 2.0]
    """
    summed, carried = leagues.sum(axis=1), whole_units(quotas(difference, 1.0))
    rates = is_rate[:, None]
    total = np.where(rates | stands_alone | np.isnan(own), own, summed + carried)
    beside = np.where(stands_alone & ~np.isnan(summed), own - summed, carried)
    return total, np.where(rates, round_printed(difference), beside)
