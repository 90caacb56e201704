"""Quantities of leagues as they are carried on from what was reported, year by year, and what they come to."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Reports, parts_of
from agriplan.engine.assumptions import Assumed
from agriplan.engine.carried_difference import carried_by
from agriplan.engine.tables import grid
from agriplan.rounding import Floats


class Growths(NamedTuple):
    """What carries a commitment's quantities on: growth of leagues, and what a year multiplies the difference by."""

    leagues: Floats
    difference: float
    is_rate: bool
    ceiling: float


class Known(NamedTuple):
    """What was reported of a commitment in a year: leagues' quantities, and the region's quantity (NaN: none)."""

    leagues: Floats
    region: float


def growths_of(commitment: Commitment, baselines: Baselines, first: Assumed, now: Assumed) -> Growths:
    """Growth of the leagues as of the year (`now`), of the difference from the base year (`first`)."""
    is_rate = commitment.is_rate
    return Growths(
        leagues=assumed_of_leagues("growth", commitment, baselines, now),
        difference=carried_by(first.of_line(commitment.id, "growth"), is_rate),
        is_rate=is_rate,
        ceiling=np.inf if commitment.ceiling is None else commitment.ceiling,
    )


def assumed_of_leagues(name: str, commitment: Commitment, baselines: Baselines, assumed: Assumed) -> Floats:
    """What is assumed of the leagues, in their order."""
    found: Floats = grid(assumed.leagues, name, assumed.shape[0])[baselines.commitments.index(commitment)]
    return found


def said_in(year: int, commitment: Commitment, baselines: Baselines, actuals: Reports, unit_value: float) -> Known:
    """What was reported in a year, as quantities; of a value that is given the quantity is value over unit value."""
    region = baselines.region.code
    values = [_quantity(commitment, code, region, year, actuals, unit_value) for code in baselines.areas]
    return Known(np.array(values[1:], dtype=float), values[0])


def _quantity(commitment: Commitment, code: str, region: str, year: int, actuals: Reports, unit_value: float) -> float:
    parts = parts_of(commitment, code, year, actuals, region)
    if parts.figure is None:
        return np.nan
    return parts.figure.value / unit_value if commitment.unit_value and parts.own else parts.figure.value


def carry_quantities(leagues: Floats, said: Mapping[int, Known], first: int, last: int, growths: Growths) -> Floats:
    """Every league's quantity of the last year: reported, else carried on from its last figure since the first."""
    for year in range(first + 1, last + 1):
        leagues = _grown_by(leagues, growths)
        # A league without a base figure is inside the difference, whatever it reports.
        leagues = np.where(np.isnan(said[year].leagues) | np.isnan(leagues), leagues, said[year].leagues)
    return leagues


def _grown_by(leagues: Floats, growths: Growths) -> Floats:
    if growths.is_rate:
        return np.clip(leagues + growths.leagues, 0.0, growths.ceiling)
    grown: Floats = leagues * (1.0 + growths.leagues / 100.0)
    return grown


def total_quantity(leagues: Floats, weight: Floats, growths: Growths) -> float:
    """What leagues come to."""
    counts = ~np.isnan(leagues)
    if not growths.is_rate:
        return float(leagues[counts].sum())
    counts &= ~np.isnan(weight)
    return float((leagues * weight)[counts].sum() / weight[counts].sum())
