"""The figures of an as-of year as they are shown: what was reported as everywhere else, and all of them add up."""

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.rebase import Rebased
from agriplan.rounding import (
    QUOTA_PARTS,
    Floats,
    largest_remainder,
    printing_units,
    quotas,
    round_half_up,
    whole_units,
)


def print_standing(commitment: Commitment, rebased: Rebased) -> tuple[Floats, float]:
    """The figures of the as-of year as they are shown, the region first, and the difference: they add up.

    Rates are stated, not added. A reported figure is rounded half up, the region's as well as its leagues'; estimates
    and the difference are rounded by largest remainder to what these leave, and what no such rounding reaches is the
    difference's. A region without a figure of its own is what the others come to.
    """
    standing, decimals = rebased.standings[commitment.id], rebased.issued.baselines.decimals(commitment)
    exact = np.array([standing.region, *standing.leagues]) * standing.unit_value
    difference = standing.difference * standing.unit_value
    if commitment.kind == "rate":
        return round_half_up(exact, decimals), float(round_half_up(difference, decimals))
    scale = printing_units(decimals)
    stated = round_half_up(exact * scale)
    known = standing.reported & ~np.isnan(exact[1:])
    parts = quotas(np.append(exact[1:], difference), scale)
    parts[:-1][known] = stated[1:][known] * QUOTA_PARTS
    total = stated[0] if standing.region_reported else whole_units(parts.sum())
    whole = np.floor(parts / QUOTA_PARTS)
    within = np.clip(total, whole.sum(), whole.sum() + (parts > whole * QUOTA_PARTS).sum())
    rounded = largest_remainder(parts, within)
    rounded[-1] += total - within
    leagues = np.where(np.isnan(exact[1:]), np.nan, rounded[:-1] / scale)
    return np.concatenate([[total / scale], leagues]), float(rounded[-1] / scale)
