"""Projections by history alone as they are shown: by themselves, whatever was entered, and so that they add up."""

import numpy as np

from agriplan.engine.printed import add_up_units
from agriplan.engine.tables import Flags
from agriplan.rounding import Floats, round_printed


def print_by_history(exact: Floats, difference: Floats, is_rate: Flags, scale: Floats) -> Floats:
    """The projections as they are shown, as the plan without an entered growth prints its own; shape as given.

    `exact` has shape (lines, 1 + leagues), the region first, NaN where there is none; the statistical `difference`,
    and `scale`, printing units that make one, shape (lines,). The region is rounded half up, leagues and difference by
    largest remainder to it; without a figure of the region to what the others come to. Rates are rounded half up.

    >>> exact, one = np.array([[2.006, 1.003, 1.003]]), np.ones(1)
    >>> print_by_history(exact, 0.0 * one, np.array([False]), 100.0 * one).tolist()
    [[2.01, 1.01, 1.0]]
    """
    leagues, total = add_up_units(exact[:, 1:], difference, scale)
    added = np.concatenate([total[:, None], leagues[:, :-1]], axis=1)
    shown = np.where(is_rate[:, None], round_printed(exact * scale[:, None]), added) / scale[:, None]
    return np.where(np.isnan(exact), np.nan, shown)


def history_beside(is_region: bool, entered: bool, printed_by_history: float, printed_projection: float) -> float:
    """The printed projection by history that a printed target is compared with: NaN where it is compared exactly.

    The region's is rounded by itself, whatever was entered; a league's with the others, as its target is.
    """
    return printed_by_history if is_region else np.nan if entered else printed_projection
