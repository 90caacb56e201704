"""Cautions about how a gap is shared: per cent typed as parts of one, and limits that contradict each other."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from agriplan.analysis.caution import LEAST_PART_OF_ONE, LIMIT_DIGITS, Caution
from agriplan.analysis.unit_words import differences_called
from agriplan.baselines.commitments import Commitment
from agriplan.engine.entered import Level
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import LIMITS, Allocation
from agriplan.errors import Called
from agriplan.formatting import print_entered, print_hundredfold, print_number, print_significant, unit_called

# A cap of a rate above this, in points a year, was probably meant in per cent, as those of amounts are.
MOST_POINTS_A_YEAR = 5.0
# The league rows of an indicator, by code.
LeagueRows = Mapping[str, Mapping[str, Any]]


def shares_of_hundred(plan: Plan) -> Iterator[Caution]:
    """Shares and caps in per cent that were probably typed as parts of one."""
    for indicator, allocation in plan.scenario.allocation.items():
        is_rate = plan.baselines.by_id[indicator].is_rate
        for part in ("reserve", "margin", "max_growth"):
            value = getattr(allocation, part)
            counts_in_points = part == "max_growth" and is_rate
            if isinstance(value, float) and LEAST_PART_OF_ONE <= value < 1 and not counts_in_points:
                printed = {"value": print_entered(value), "percent": print_hundredfold(value)}
                yield Caution(f"allocation.{indicator}.{part}", "percent_as_fraction", printed)


def caps_of_rates(plan: Plan) -> Iterator[Caution]:
    """Caps of rates that no rate comes near."""
    years = plan.baselines.span
    for indicator, allocation in plan.scenario.allocation.items():
        cap = allocation.max_growth
        if plan.baselines.by_id[indicator].is_rate and isinstance(cap, float) and cap > MOST_POINTS_A_YEAR:
            printed = {"value": print_entered(cap), "years": str(years), "points": print_significant(cap * years, 12)}
            yield Caution(f"allocation.{indicator}.max_growth", "cap_of_rate_far", printed)


def limits(plan: Plan) -> Iterator[Caution]:
    """Floors, ceilings and locks that contradict each other, the trend or the gap."""
    for indicator, allocation in plan.scenario.allocation.items():
        commitment = plan.baselines.by_id[indicator]
        rows: LeagueRows = {row["code"]: row for row in plan.league_rows(indicator)}
        for code in dict.fromkeys((*allocation.floor, *allocation.ceiling, *allocation.lock)):
            yield from _limits_of(plan, commitment, rows, code)
        yield from _too_much(plan, commitment, allocation, rows)
        yield from _above_cap(plan, commitment, allocation, rows)


def reasons_alone(plan: Plan) -> Iterator[Caution]:
    """Reasons of limits that there are not."""
    for indicator, reasons in plan.scenario.limits_why.items():
        for code in reasons:
            if not plan.scenario.has_limit(indicator, code):
                yield Caution(f"limits_why.{indicator}.{code}", "reason_without_limit", {})


def _limits_of(plan: Plan, commitment: Commitment, rows: LeagueRows, code: str) -> Iterator[Caution]:
    """Limits of one league that contradict each other."""
    limits = {part: float(rows[code][f"entered_{part}"]) for part in ("floor", "ceiling", "lock")}
    printed = _amounts(plan, commitment, **limits)
    place = f"allocation.{commitment.id}"
    if not np.isnan(limits["lock"]):
        if limits["lock"] < limits["floor"]:
            yield Caution(f"{place}.floor.{code}", "lock_beats_floor", printed)
        if limits["lock"] > limits["ceiling"]:
            yield Caution(f"{place}.ceiling.{code}", "lock_beats_ceiling", printed)
    elif limits["ceiling"] < limits["floor"]:
        yield Caution(f"{place}.ceiling.{code}", "ceiling_below_floor", printed)
    allocation = plan.scenario.allocation[commitment.id]
    for part in LIMITS:
        limit, projection = getattr(allocation, part).get(code), float(rows[code]["projection"])
        if isinstance(limit, Level) and projection > limit.target:
            levels = _levels(plan, commitment, level=limit.target, projection=projection)
            yield Caution(f"{place}.{part}.{code}.target", "level_already_passed", levels)


def _too_much(plan: Plan, commitment: Commitment, allocation: Allocation, rows: LeagueRows) -> Iterator[Caution]:
    """Locks and floors above what the gap leaves once every other league has its floor or lock."""
    line, shown = plan.by_indicator[commitment.id], plan.printed.by_indicator[commitment.id]
    for code, part in _least_amounts(allocation).items():
        size, limit = float(rows[code]["size"]), float(rows[code][f"entered_{part}"])
        others = sum(float(row["floor"]) for other, row in rows.items() if other != code)
        rest = max(0.0, float(line["to_place"]) - others) / size
        if round(limit - rest, LIMIT_DIGITS) > 0:
            left = rest if others else max(0.0, float(shown["to_place"])) / size  # as the sentences beside it say it
            printed = _amounts(plan, commitment, rest=left, **{part: limit})
            why = "in_surplus" if line["gap"] <= 0 else "above_gap"
            yield Caution(f"allocation.{commitment.id}.{part}.{code}", f"{part}_{why}", printed)


def _above_cap(plan: Plan, commitment: Commitment, allocation: Allocation, rows: LeagueRows) -> Iterator[Caution]:
    """Locks and floors above what growth cap and natural ceiling allow: they count all the same."""
    highest = np.inf if commitment.ceiling is None else commitment.ceiling
    for code, part in _least_amounts(allocation).items():
        projection, size, cap = (float(rows[code][name]) for name in ("projection", "size", "cap"))
        limit, most = float(rows[code][f"entered_{part}"]), float(np.maximum(0.0, cap / size))  # none: NaN
        place = f"allocation.{commitment.id}.{part}.{code}"
        if round(limit - max(0.0, highest - projection), LIMIT_DIGITS) > 0:
            levels = _levels(plan, commitment, level=projection + limit, ceiling=highest)
            yield Caution(place, f"{part}_above_rate", levels | _amounts(plan, commitment, **{part: limit}))
        elif round(limit - most, LIMIT_DIGITS) > 0:
            yield Caution(place, f"{part}_above_cap", _amounts(plan, commitment, most=most, **{part: limit}))


def _amounts(plan: Plan, commitment: Commitment, **values: float) -> dict[str, str | Called]:
    """What a league takes as a sentence prints it, with the unit of that."""
    return {**_printed(plan, commitment, values), "unit": differences_called(commitment)}


def _levels(plan: Plan, commitment: Commitment, **values: float) -> dict[str, str | Called]:
    """Figures of an indicator as a sentence prints them, with their unit."""
    return {**_printed(plan, commitment, values), "level_unit": unit_called(commitment)}


def _printed(plan: Plan, commitment: Commitment, values: Mapping[str, float]) -> dict[str, str | Called]:
    decimals = plan.baselines.decimals(commitment)
    return {name: print_number(value, decimals) for name, value in values.items()}


def _least_amounts(allocation: Allocation) -> dict[str, str]:
    """Which limit makes a league take something: its lock, else its floor."""
    return {code: part for part in ("floor", "lock") for code in getattr(allocation, part)}
