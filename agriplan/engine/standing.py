"""Where every area stands in a year after the base year: what was reported, what is carried on, and the difference.

1. A league that reported has its figure; the others are carried on from their last figure by their growth assumption.
2. Where the region has a figure, it wins. With every league reported, what they leave of it is the statistical
   difference; otherwise the base year's difference is carried on, and what remains of the region's figure is given to
   the leagues that did not report, in proportion (rates: in equal points). A factor that no plausible growth explains
   is not applied: what is left over is then shown, and carried on like the difference.
3. In a year without a figure of the region everything is carried on from the last year that has one.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Reported, Reports, parts_of
from agriplan.engine.assumptions import SAME_VALUE, Assumed, published_difference
from agriplan.engine.base_figures import known_figure
from agriplan.engine.scenario import Scenario
from agriplan.engine.tables import Flags, grid, numbers
from agriplan.rounding import Floats

# The region's figure over what its leagues were expected to add up to: beyond it one of the two is of another kind.
LEAST_FACTOR, MOST_FACTOR = 0.5, 2.0


class Growths(NamedTuple):
    """What carries a commitment's figures on: growth of leagues and herds, of the region and of the unit value."""

    leagues: Floats
    herds: Floats
    region: float
    unit_value: float
    is_rate: bool
    ceiling: float


class Known(NamedTuple):
    """What is known of a commitment in a year: leagues' quantities and herds, and the region's quantity (NaN: none)."""

    leagues: Floats
    herds: Floats
    region: float


class Reconciled(NamedTuple):
    """Leagues' quantities with the region's figure taken into account, and how.

    `difference` is in the quantity's unit (rates: points). `factor` is what the estimates were multiplied by (rates:
    their mean over what it was), 1 where nothing was estimated; `unreported` what was left over where it was not used.
    """

    leagues: Floats
    difference: float
    factor: float
    unreported: float


class Standing(NamedTuple):
    """Where a commitment stands in a year: quantities and herds of the leagues, the region's quantity, the unit value.

    `reported` says which leagues have a figure of that very year, `region_reported` whether the region has, `adjusted`
    which leagues' figures were carried on and then multiplied by `factor`.
    """

    leagues: Floats
    herds: Floats
    region: float
    unit_value: float
    difference: float
    factor: float
    unreported: float
    reported: Flags
    region_reported: bool
    adjusted: Flags


def stand(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, assumed: Assumed, actuals: Reports, year: int
) -> Standing:
    """Where a commitment stands in that year; `assumed` holds growth as of it, only actuals up to it are looked at."""
    growths = _growths(commitment, baselines, assumed)
    codes = [league.code for league in baselines.leagues]
    region = baselines.region.code
    base = Known(
        _base(scenario, baselines, commitment.quantity, codes),
        _base(scenario, baselines, commitment.herd, codes),
        np.nan,
    )
    years = range(baselines.base_year + 1, year + 1)
    unit_values = _unit_values(commitment, scenario, baselines, actuals, years, growths.unit_value)
    said = {one: _said(commitment, codes, region, one, actuals, unit_values[one]) for one in years}
    total_years = [one for one in years if not np.isnan(said[one].region)]
    start = max(total_years, default=baselines.base_year)
    difference = 0.0 if growths.is_rate else published_difference(commitment, baselines)
    carried = _carried_on(base, said, baselines.base_year, start, growths)
    found = Reconciled(carried.leagues, _grown(difference, growths, start - baselines.base_year), 1.0, 0.0)
    if total_years:
        known = ~np.isnan(said[start].leagues)
        weight = carried.herds if growths.is_rate else np.ones(len(codes))
        found = reconcile(found, known, weight, said[start].region, growths)
    adjusted = ~np.isnan(carried.leagues) & (found.leagues != carried.leagues)
    for one in range(start + 1, year + 1):
        adjusted &= np.isnan(said[one].leagues)
    if start < year:
        ahead = _carried_on(Known(found.leagues, carried.herds, np.nan), said, start, year, growths)
        later = _grown(found.difference, growths, year - start)
        found = found._replace(leagues=ahead.leagues, difference=later)
        carried = ahead
    now = said.get(year)
    total = now.region if now and not np.isnan(now.region) else _total(found, carried.herds, growths)
    return Standing(
        leagues=found.leagues,
        herds=carried.herds,
        region=total,
        unit_value=unit_values[year],
        difference=found.difference,
        factor=found.factor,
        unreported=found.unreported,
        reported=~np.isnan(now.leagues) if now else np.zeros(len(codes), dtype=bool),
        region_reported=bool(now and not np.isnan(now.region)),
        adjusted=adjusted,
    )


def reconcile(found: Reconciled, known: Flags, weight: Floats, total: float, growths: Growths) -> Reconciled:
    """Give what the region's figure leaves to the leagues that did not report; see the rules above.

    >>> growths = Growths(np.zeros(2), np.zeros(2), 0.0, 0.0, False, np.nan)
    >>> expected = Reconciled(np.array([10.0, 20.0]), 1.0, 1.0, 0.0)
    >>> found = reconcile(expected, np.array([True, False]), np.ones(2), 41.0, growths)
    >>> found.leagues.tolist(), found.difference, found.factor
    ([10.0, 30.0], 1.0, 1.5)
    """
    counts = ~np.isnan(found.leagues) & ~np.isnan(weight)
    weighed = np.where(counts, found.leagues * weight, 0.0)
    per = weight[counts].sum() if growths.is_rate else 1.0
    guessed = counts & ~known
    if not guessed.any():
        difference = total - weighed.sum() / per
        return found._replace(difference=0.0 if abs(difference) <= SAME_VALUE * abs(total) else float(difference))
    rest = (total - found.difference) * per - weighed[~guessed].sum()
    expected = weighed[guessed].sum()
    factor = float(rest / expected) if expected > 0 else np.nan
    points = (rest - expected) / weight[guessed].sum()
    moved = found.leagues + points if growths.is_rate else found.leagues * factor
    fits = not growths.is_rate or bool(np.all((moved[guessed] >= 0) & (moved[guessed] <= growths.ceiling)))
    if LEAST_FACTOR <= factor <= MOST_FACTOR and fits:
        return found._replace(leagues=np.where(guessed, moved, found.leagues), factor=factor)
    left_over = float((rest - expected) / per)
    return found._replace(difference=found.difference + left_over, factor=factor, unreported=left_over)


def _growths(commitment: Commitment, baselines: Baselines, assumed: Assumed) -> Growths:
    at = baselines.commitments.index(commitment)
    region, unit_value = (numbers(assumed.lines, name)[at] for name in ("growth", "unit_value_growth"))
    leagues, herds = (grid(assumed.leagues, name, len(assumed.lines))[at] for name in ("growth", "herd_growth"))
    return Growths(
        leagues=leagues,
        herds=herds,
        region=float(region),
        unit_value=float(unit_value),
        is_rate=commitment.kind == "rate",
        ceiling=np.inf if commitment.ceiling is None else commitment.ceiling,
    )


def _base(scenario: Scenario, baselines: Baselines, indicator: str | None, codes: Sequence[str]) -> Floats:
    if indicator is None:
        return np.full(len(codes), np.nan)
    return np.array([known_figure(scenario, baselines, indicator, code).value for code in codes], dtype=float)


def _unit_values(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, actuals: Reports, years: range, growth: float
) -> dict[int, float]:
    """The unit value of every year from the base year on: reported, else carried on; 1 where there is none."""
    if commitment.unit_value is None:
        return dict.fromkeys((baselines.base_year, *years), 1.0)
    region = baselines.region.code
    found = {baselines.base_year: known_figure(scenario, baselines, commitment.unit_value, region).value}
    for year in years:
        reported = actuals.get((commitment.unit_value, region, year))
        found[year] = reported.value if reported else found[year - 1] * (1.0 + growth / 100.0)
    return found


def _said(
    commitment: Commitment, codes: Sequence[str], region: str, year: int, actuals: Reports, unit_value: float
) -> Known:
    """What was reported in a year, as quantities; of a value that is given the quantity is value over unit value."""
    values = [_quantity(commitment, code, region, year, actuals, unit_value) for code in (region, *codes)]
    herds = [actuals.get((commitment.herd or "", code, year)) for code in codes]
    return Known(
        np.array(values[1:], dtype=float), np.array([one.value if one else np.nan for one in herds]), values[0]
    )


def _quantity(commitment: Commitment, code: str, region: str, year: int, actuals: Reports, unit_value: float) -> float:
    reported = quantity_reported(commitment, code, region, year, actuals)
    if reported is None:
        return np.nan
    own = parts_of(commitment, code, year, actuals, region).own
    return reported.value / unit_value if commitment.unit_value and own is not None else reported.value


def quantity_reported(commitment: Commitment, code: str, region: str, year: int, actuals: Reports) -> Reported | None:
    """What says how much there was in an area and year: the commitment's own figure, else its quantity's."""
    parts = parts_of(commitment, code, year, actuals, region)
    return parts.own or parts.quantity


def _carried_on(start: Known, said: Mapping[int, Known], first: int, last: int, growths: Growths) -> Known:
    """Every league's figures of the last year: reported, else carried on from its last figure since the first."""
    leagues, herds = start.leagues.copy(), start.herds.copy()
    for year in range(first + 1, last + 1):
        leagues = _grown_by(leagues, growths)
        herds = herds * (1.0 + growths.herds / 100.0)
        # A league without a base figure is inside the difference, whatever it reports.
        leagues = np.where(np.isnan(said[year].leagues) | np.isnan(leagues), leagues, said[year].leagues)
        herds = np.where(np.isnan(said[year].herds), herds, said[year].herds)
    return Known(leagues, herds, np.nan)


def _grown_by(leagues: Floats, growths: Growths) -> Floats:
    if growths.is_rate:
        return np.clip(leagues + growths.leagues, 0.0, growths.ceiling)
    grown: Floats = leagues * (1.0 + growths.leagues / 100.0)
    return grown


def _grown(difference: float, growths: Growths, years: int) -> float:
    """The difference grows at the region's rate; that of a rate is constant in points."""
    if growths.is_rate or difference == 0:
        return difference
    return float(difference * (1.0 + growths.region / 100.0) ** years)


def _total(found: Reconciled, herds: Floats, growths: Growths) -> float:
    """What leagues and difference come to."""
    counts = ~np.isnan(found.leagues)
    if not growths.is_rate:
        return float(found.leagues[counts].sum() + found.difference)
    counts &= ~np.isnan(herds)
    return float((found.leagues * herds)[counts].sum() / herds[counts].sum() + found.difference)
