"""Projections by history alone as they are shown: beside what the plan prints already, so that all of them add up."""

from typing import NamedTuple

import numpy as np

from agriplan.engine.tables import Flags
from agriplan.rounding import QUOTA_PARTS, Floats, largest_remainder, printing_units, quotas, round_half_up, whole_units


class ProjectionsByHistory(NamedTuple):
    """A commitment's projections by history, the region's and its leagues', and those of the plan as they are printed.

    `entered` says which differ from the plan's. Shapes (1 + leagues,), the region first; NaN where there is none.
    """

    exact: Floats
    printed: Floats
    entered: Flags


def print_by_history(given: ProjectionsByHistory, decimals: int, *, adds_up: bool) -> Floats:
    """The projections as they are shown; shape as given.

    What no entry moves has the printed form that it has in the plan. Other leagues are rounded by largest remainder to
    what these and the difference leave of the region's figure, half up, and every one is its exact one rounded down or
    up: what cannot be reached so, the total leaves out. Rates do not add up, nor do leagues of which one has no
    projection: half up.

    >>> given = ProjectionsByHistory(np.array([2.006, 1.003, 1.003]), np.array([3.0, 1.5, 1.5]), np.full(3, True))
    >>> print_by_history(given, 2, adds_up=True).tolist()
    [2.01, 1.01, 1.0]
    """
    exact, printed, entered = given
    if not adds_up or np.isnan(exact[0]):
        return np.where(np.isnan(exact) | entered, round_half_up(exact, decimals), printed)
    scale, moved = printing_units(decimals), entered[1:]
    kept = round_half_up(np.nansum(np.where(moved, 0.0, printed[1:])) * scale)
    kept += round_half_up((exact[0] - np.nansum(exact[1:])) * scale)
    parts = quotas(np.where(moved, exact[1:], 0.0), scale)
    whole = np.floor(parts / QUOTA_PARTS)
    most = whole.sum() + (parts > whole * QUOTA_PARTS).sum()
    total = np.clip(whole_units(quotas(exact[0], scale)) - kept, whole.sum(), most)
    found = np.append(kept + total, largest_remainder(parts, total)) / scale
    return np.where(np.isnan(exact), np.nan, np.where(entered, found, printed))
