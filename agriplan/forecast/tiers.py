"""Growth suggestions for every area, each with the tier that says how much history stands behind it."""

from collections.abc import Callable, Mapping
from math import isnan, nan
from typing import NamedTuple

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.forecast.growth import GrowthKind, average_growth, growth_kind, round_growth, shrinkage_weight
from agriplan.forecast.intervals import Array, growth_range, league_factor, widen
from agriplan.forecast.methods import SeriesValues, fit_growth
from agriplan.forecast.swing import history_misses

SUGGESTION_COLUMNS = ("indicator", "code", "tier", "growth", "low", "high", "years", "how")
"""One row per observed indicator and area. growth, low and high in per cent a year (rates: points a year), NaN where
there is no suggestion; low and high bound the 80 % range; years counts the comparable years; how is one of fitted,
shrunk, regional, assumed, none."""

FULLY_FITTED, FITTED, AVERAGED = 6, 4, 2
"""Comparable years from which a history is tier A, can be fitted at all, and has an average growth."""


Fit = Callable[[SeriesValues, int, GrowthKind], float]


class Suggestion(NamedTuple):
    """A yearly growth with its 80 % range, and where it comes from."""

    tier: str
    growth: float
    low: float
    high: float
    years: int
    how: str


Suggestions = Mapping[tuple[str, str], Suggestion]


def suggestions_by_area(table: pd.DataFrame) -> Suggestions:
    """The suggestions of a table by indicator and area."""
    columns = (table[name].tolist() for name in SUGGESTION_COLUMNS)
    return {(indicator, code): Suggestion(*row) for indicator, code, *row in zip(*columns, strict=True)}


def suggest_growth(baselines: Baselines, fit: Fit = fit_growth, stays: Suggestions | None = None) -> pd.DataFrame:
    """Suggest a growth for every indicator behind a commitment and every area; columns `SUGGESTION_COLUMNS`.

    The region comes first within an indicator, then the leagues in their order. `fit` may look up what was fitted
    before; `stays` are suggestions that need none.
    """
    records = []
    given = stays or {}
    for indicator, kind in indicators_of(baselines).items():
        code = baselines.region.code
        region = given.get((indicator, code)) or suggest_for_region(baselines, indicator, kind, fit)
        suggestions = {code: region}
        for league in baselines.leagues:
            code = league.code
            suggestions[code] = given.get((indicator, code)) or suggest_for_league(
                baselines, indicator, code, kind, region, fit
            )
        records += [
            (indicator, code, s.tier, s.growth, s.low, s.high, s.years, s.how) for code, s in suggestions.items()
        ]
    return pd.DataFrame(records, columns=list(SUGGESTION_COLUMNS))


def indicators_of(baselines: Baselines) -> dict[str, GrowthKind]:
    """The observed indicators behind the commitments, and whether they grow in per cent or in points."""
    found: dict[str, GrowthKind] = {}
    for commitment in baselines.commitments:
        found[commitment.quantity] = growth_kind(commitment.kind)
        for name in (commitment.unit_value, commitment.herd):
            if name:
                found.setdefault(name, "amount")
    return found


def suggest_for_region(baselines: Baselines, indicator: str, kind: GrowthKind, fit: Fit) -> Suggestion:
    """Six years or more: fitted (A); four or five: fitted (B); two or three: average growth shrunk towards none (C).

    With fewer the shipped assumption (D), without one nothing.
    """
    history = baselines.history(indicator, baselines.region.code)
    years, horizon = len(history), baselines.span
    if years < AVERAGED:
        return assumption_for(baselines, indicator, baselines.region.code, years)
    if years >= FITTED:
        growth, how = fit(history, horizon, kind), "fitted"
    else:
        growth, how = shrinkage_weight(years) * average_growth(history, kind), "shrunk"
    tier = "A" if years >= FULLY_FITTED else "B" if years >= FITTED else "C"
    misses = history_misses(baselines, indicator, baselines.region.code, horizon, kind)
    return ranged(Suggestion(tier, growth, nan, nan, years, how), misses, horizon, kind)


def suggest_for_league(
    baselines: Baselines, indicator: str, code: str, kind: GrowthKind, region: Suggestion, fit: Fit
) -> Suggestion:
    """Six years or more: its own fit (A); two to five: its average growth drawn to the region's (B); one: that (C).

    With no figure at all there is no suggestion (D): the planner has to give one.
    """
    history = baselines.history(indicator, code)
    years, horizon = len(history), baselines.span
    if years >= FULLY_FITTED:
        misses = history_misses(baselines, indicator, code, horizon, kind)
        own = Suggestion("A", fit(history, horizon, kind), nan, nan, years, "fitted")
        return ranged(own, misses, horizon, kind)
    if years >= AVERAGED and isnan(region.growth):
        return lone_league(history, history_misses(baselines, indicator, code, horizon, kind), horizon, kind)
    if years >= AVERAGED:
        weight = shrinkage_weight(years)
        growth = weight * average_growth(history, kind) + (1 - weight) * region.growth
        return around(region, Suggestion("B", growth, nan, nan, years, "shrunk"))
    if years == 1 and not isnan(region.growth):
        return around(region, Suggestion("C", region.growth, nan, nan, years, "regional"))
    return Suggestion("C" if years else "D", nan, nan, nan, years, "none")


def lone_league(history: Array, misses: Array, horizon: int, kind: GrowthKind) -> Suggestion:
    """A league with a short history in a region without any: drawn towards no growth, as the region's own would be."""
    years = len(history)
    growth = shrinkage_weight(years) * average_growth(history, kind)
    lone = Suggestion("B", growth, nan, nan, years, "shrunk")
    return ranged(lone, widen(misses, league_factor(years)), horizon, kind)


def assumption_for(baselines: Baselines, indicator: str, code: str, years: int) -> Suggestion:
    """The growth assumption that ships with the data, or nothing."""
    table = baselines.assumptions
    rows = table[(table["indicator"] == indicator) & (table["area"] == code)]
    if rows.empty:
        return Suggestion("D", nan, nan, nan, years, "none")
    growth, low, high = (float(rows[name].iloc[0]) for name in ("growth", "low", "high"))
    return Suggestion("D", round_growth(growth), round_growth(low), round_growth(high), years, "assumed")


def ranged(suggestion: Suggestion, misses: Array, horizon: int, kind: GrowthKind) -> Suggestion:
    """The suggestion, rounded, with the 80 % range that follows from how such forecasts miss."""
    growth = round_growth(suggestion.growth)
    low, high = growth_range(growth, misses, horizon, kind)
    return suggestion._replace(growth=growth, low=round_growth(low), high=round_growth(high))


def around(region: Suggestion, league: Suggestion) -> Suggestion:
    """The league's suggestion, rounded, with the region's range laid around it and widened."""
    growth, factor = round_growth(league.growth), league_factor(league.years)
    low = growth - factor * (region.growth - region.low)
    high = growth + factor * (region.high - region.growth)
    return league._replace(growth=growth, low=round_growth(low), high=round_growth(high))
