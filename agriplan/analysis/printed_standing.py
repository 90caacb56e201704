"""The figures of an as-of year as they are shown: what was reported as everywhere else, and all of them add up.

So do the projections from there, whether leagues past their targets stand as projected or at what they keep.
"""

from dataclasses import replace

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.plan_tables import Tables
from agriplan.engine.rebase import Rebased, keeps_passed
from agriplan.rounding import (
    QUOTA_PARTS,
    Floats,
    largest_remainder,
    printing_units,
    quotas,
    round_half_up,
    round_printed,
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
    if commitment.is_rate:
        return round_printed(exact, decimals), float(round_printed(difference, decimals))
    scale = printing_units(decimals)
    stated = round_printed(exact * scale)
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


def print_trend(rebased: Rebased, trend: Plan, plan: Plan) -> Plan:
    """The trend with the printed projections that its plan has too, where leagues past their targets keep them.

    What the plan shares from is printed in two parts, each by largest remainder: other leagues and the difference to
    what the plan's total leaves of the targets kept, leagues past their targets to what the others leave of the
    trend's. So what these keep adds up to the difference of both totals.
    """
    tables = {
        name: {column: values.copy() for column, values in columns.items()}
        for name, columns in trend.printed.columns.items()
    }
    lines, leagues, years = (tables[name] for name in ("lines", "leagues", "years"))
    last = years["year"] == rebased.issued.baselines.target_year
    for commitment in rebased.issued.baselines.commitments:
        codes = [code for indicator, code in rebased.passed if indicator == commitment.id]
        if not codes or commitment.is_rate or not keeps_passed(rebased.issued.scenario, commitment.id):
            continue
        projected, difference = _in_two_parts(commitment, codes, trend, plan)
        own = leagues["indicator"] == commitment.id
        leagues["target"][own] = projected + leagues["amount"][own]
        leagues["projection"][own] = projected
        lines["statistical_difference"][lines["indicator"] == commitment.id] = difference
        ends = last & (years["indicator"] == commitment.id)
        region = ends & (years["code"] == rebased.issued.baselines.region.code)
        years["difference"][region] = difference
        years["projection"][ends & ~region] = projected
    return replace(trend, printed=Tables(tables))


def _in_two_parts(commitment: Commitment, kept: list[str], trend: Plan, plan: Plan) -> tuple[Floats, float]:
    """The leagues' printed projections and the difference's."""
    scale, rows = printing_units(trend.baselines.decimals(commitment)), trend.league_columns(commitment.id)
    keeps = np.append(np.isin(rows["code"], kept), False)
    difference = trend.by_indicator[commitment.id]["statistical_difference"]
    exact = np.append(rows["projection"], difference)
    targets = plan.league_columns(commitment.id)["projection"][keeps[:-1]]
    whole, shared = (one.printed.by_indicator[commitment.id]["projection"] * scale for one in (trend, plan))
    others = round_half_up(shared) - round_half_up(targets.sum() * scale)
    found = np.full(len(exact), np.nan)
    for part, total in ((~keeps, others), (keeps, round_half_up(whole) - others)):
        found[part] = largest_remainder(quotas(exact[part], scale), total) / scale
    return np.where(np.isnan(exact), np.nan, found)[:-1], float(found[-1])
