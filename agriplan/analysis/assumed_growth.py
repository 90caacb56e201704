"""What of a likelihood is assumed: the growth that leads to the projection, or only the range around it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from agriplan.analysis.outlook import what_is_assumed
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.tables import numbers
from agriplan.forecast.attainment import rests_on_assumption
from agriplan.forecast.tiers import suggestions_by_area
from agriplan.memo import memoized


def assumed_behind(plan: Plan, commitment: Commitment, row: Mapping[str, Any]) -> str | None:
    """What is assumed behind the band of a row: as `what_is_assumed`, and of the region how far leagues' growths are.

    The region's projection is the sum of its leagues: `range_assumed` where all of them have a history of their own,
    `assumed_in_part` where some have.
    """
    told = what_is_assumed(row)
    if told != "assumed" or row["code"] != plan.baselines.region.code:
        return told
    parts = _growths_assumed(plan, commitment)
    return "range_assumed" if parts == {False} else "assumed_in_part" if False in parts else told


@memoized
def _growths_assumed(plan: Plan, commitment: Commitment) -> frozenset[bool]:
    """Whether what the region's projection is made of grows as assumed: its leagues, and a statistical difference.

    A growth that a short history draws towards the region's is made of both.
    """
    data, rows = plan.baselines, suggestions_by_area(plan.suggestions)
    leagues = plan.league_columns(commitment.id)
    codes = leagues["code"][~np.isnan(numbers(leagues, "baseline"))].tolist()
    codes += [data.region.code] if plan.by_indicator[commitment.id]["difference"] else []
    shrunk = any(rows[commitment.quantity, code].how == "shrunk" for code in codes)
    found = (rests_on_assumption(data, rows, commitment.quantity, code) for code in codes)
    return frozenset((*found, *([True] if shrunk else [])))
