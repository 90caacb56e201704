"""Where every area stands in a year after the base year: what was reported, what is carried on, and the difference.

1. A league that reported has its figure; the others are carried on from their last figure by their growth assumption.
2. Where the region has a figure, it wins. With every league reported, what they leave of it is the statistical
   difference; otherwise the last difference that was known is carried on (`carried_difference`), and what remains of
   the region's figure is given to the leagues that did not report, in proportion (rates: in equal points). A factor
   that no plausible growth explains is not applied, nor are points that would take a rate beyond its bounds: what is
   left over is then shown, and carried on like the difference until every league that was silent then has reported.
3. In a year without a figure of the region everything is carried on from the last year that has one. A rate's
   difference is carried on as far as the region stays between 0 and its natural ceiling.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Reports, parts_of
from agriplan.engine.assumptions import Assumed, published_difference
from agriplan.engine.base_figures import counted_figure
from agriplan.engine.carried_difference import Differences, carried_by, carry_differences
from agriplan.engine.last_known import herds, unit_values
from agriplan.engine.projection import bounded_difference
from agriplan.engine.scenario import Scenario
from agriplan.engine.tables import Flags, grid, numbers
from agriplan.rounding import Floats

# The region's figure over what its leagues were expected to add up to: beyond it one of the two is of another kind.
LEAST_FACTOR, MOST_FACTOR = 0.5, 2.0


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


class Reconciled(NamedTuple):
    """Leagues' quantities with the region's figure taken into account, and how.

    `factor` is what the estimates were multiplied by (rates: their mean over what it was), 1 where nothing is
    estimated; `unreported` what was left over where it was not used, in the quantity's unit (rates: points).
    """

    leagues: Floats
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
    commitment: Commitment,
    scenario: Scenario,
    baselines: Baselines,
    assumed: tuple[Assumed, Assumed],
    actuals: Reports,
    year: int,
) -> Standing:
    """Where a commitment stands in that year; only actuals up to it are looked at.

    `assumed` holds growth from the base year, by which unit value, herds and difference are carried on, and as of the
    year.
    """
    first, assumed_now = assumed
    growths = _growths(commitment, baselines, first, assumed_now)
    codes = baselines.league_codes
    base = np.array([counted_figure(commitment, scenario, baselines, code).value for code in codes], dtype=float)
    years = range(baselines.base_year + 1, year + 1)
    price_growth = numbers(first.lines, "unit_value_growth")[baselines.commitments.index(commitment)]
    prices = unit_values(commitment, scenario, baselines, actuals, float(price_growth))
    herd_growth = _of_leagues("herd_growth", commitment, baselines, first).tolist()
    by_year = herds(commitment, scenario, baselines, actuals, herd_growth).T
    weights = dict(zip((baselines.base_year, *years), by_year, strict=False))
    said = {one: _said(commitment, codes, baselines.region.code, one, actuals, prices[one]) for one in years}
    start = max((one for one in years if not np.isnan(said[one].region)), default=baselines.base_year)
    carried = _carried_on(base, said, baselines.base_year, start, growths)
    differences = _differences(published_difference(commitment, baselines), base, said, weights, growths)
    silent = _silent(carried, said, max(start, years.start), year)
    found = Reconciled(carried, 1.0, 0.0)
    if start > baselines.base_year and silent.any():
        known = ~np.isnan(said[start].leagues)
        rest = said[start].region - differences.before[start - baselines.base_year]
        found = reconcile(carried, known, weights[start], rest, growths)
    leagues = _carried_on(found.leagues, said, start, year, growths)
    total = _total(leagues, weights[year], growths)
    difference = float(differences.standing[-1] + found.unreported * growths.difference ** (year - start))
    difference = _within_bounds(difference, total, growths)
    now = said.get(year, Known(np.full(len(codes), np.nan), np.nan))
    region_reported = not np.isnan(now.region)
    return Standing(
        leagues=leagues,
        herds=weights[year],
        region=now.region if region_reported else total + difference,
        unit_value=prices[year],
        difference=difference,
        factor=found.factor,
        unreported=found.unreported,
        reported=~np.isnan(now.leagues),
        region_reported=region_reported,
        adjusted=silent & (found.leagues != carried),
    )


def _silent(carried: Floats, said: Mapping[int, Known], first: int, last: int) -> Flags:
    """Who counts and did not report in any of these years."""
    silent: Flags = ~np.isnan(carried)
    for year in range(first, last + 1):
        silent &= np.isnan(said[year].leagues)
    return silent


def _within_bounds(difference: float, total: float, growths: Growths) -> float:
    """A rate's difference as far as the region stays between 0 and its ceiling beside what its leagues come to."""
    if not growths.is_rate or not difference:
        return difference
    return float(bounded_difference(*map(np.array, (difference, total, 1.0, growths.ceiling))))


def is_plausible(factor: float) -> bool:
    """Whether a factor may be growth; there is none (NaN) where nothing was expected."""
    return LEAST_FACTOR <= factor <= MOST_FACTOR


def reconcile(leagues: Floats, known: Flags, weight: Floats, total: float, growths: Growths) -> Reconciled:
    """Give what the region's figure leaves to the leagues that did not report; see the rules above.

    `total` is the region's figure less the difference.

    >>> growths = Growths(np.zeros(2), 1.0, False, np.nan)
    >>> found = reconcile(np.array([10.0, 20.0]), np.array([True, False]), np.ones(2), 40.0, growths)
    >>> found.leagues.tolist(), found.factor, found.unreported
    ([10.0, 30.0], 1.5, 0.0)
    """
    weight = weight if growths.is_rate else np.ones(len(leagues))
    counts = ~np.isnan(leagues) & ~np.isnan(weight)
    weighed = np.where(counts, leagues * weight, 0.0)
    per = weight[counts].sum() if growths.is_rate else 1.0
    guessed = counts & ~known
    rest = total * per - weighed[~guessed].sum()
    expected = weighed[guessed].sum()
    factor = float(rest / expected) if expected > 0 else np.nan
    points = (rest - expected) / weight[guessed].sum()
    moved = leagues + points if growths.is_rate else leagues * factor
    fits = not growths.is_rate or bool(np.all((moved[guessed] >= 0) & (moved[guessed] <= growths.ceiling)))
    if is_plausible(factor) and fits:
        return Reconciled(np.where(guessed, moved, leagues), factor, 0.0)
    return Reconciled(leagues, factor, float((rest - expected) / per))


def _differences(
    base: float, leagues: Floats, said: Mapping[int, Known], weights: Mapping[int, Floats], growths: Growths
) -> Differences:
    """The statistical differences up to the last year of `said`; leagues with a base figure (`leagues`) count."""
    sums = [
        np.nan
        if (np.isnan(one.leagues) & ~np.isnan(leagues)).any()
        # A league without a base figure is inside the difference, whatever it reports.
        else _total(np.where(np.isnan(leagues), np.nan, one.leagues), weights[year], growths)
        for year, one in said.items()
    ]
    region = [one.region for one in said.values()]
    return carry_differences(base, np.array([np.nan, *region]), np.array([np.nan, *sums]), growths.difference)


def _growths(commitment: Commitment, baselines: Baselines, first: Assumed, now: Assumed) -> Growths:
    at, is_rate = baselines.commitments.index(commitment), commitment.is_rate
    return Growths(
        leagues=_of_leagues("growth", commitment, baselines, now),
        difference=carried_by(float(numbers(first.lines, "growth")[at]), is_rate),
        is_rate=is_rate,
        ceiling=np.inf if commitment.ceiling is None else commitment.ceiling,
    )


def _of_leagues(name: str, commitment: Commitment, baselines: Baselines, assumed: Assumed) -> Floats:
    """What is assumed of the leagues, in their order."""
    found: Floats = grid(assumed.leagues, name, assumed.shape[0])[baselines.commitments.index(commitment)]
    return found


def _said(
    commitment: Commitment, codes: Sequence[str], region: str, year: int, actuals: Reports, unit_value: float
) -> Known:
    """What was reported in a year, as quantities; of a value that is given the quantity is value over unit value."""
    values = [_quantity(commitment, code, region, year, actuals, unit_value) for code in (region, *codes)]
    return Known(np.array(values[1:], dtype=float), values[0])


def _quantity(commitment: Commitment, code: str, region: str, year: int, actuals: Reports, unit_value: float) -> float:
    parts = parts_of(commitment, code, year, actuals, region)
    if parts.figure is None:
        return np.nan
    return parts.figure.value / unit_value if commitment.unit_value and parts.own else parts.figure.value


def _carried_on(leagues: Floats, said: Mapping[int, Known], first: int, last: int, growths: Growths) -> Floats:
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


def _total(leagues: Floats, weight: Floats, growths: Growths) -> float:
    """What leagues come to."""
    counts = ~np.isnan(leagues)
    if not growths.is_rate:
        return float(leagues[counts].sum())
    counts &= ~np.isnan(weight)
    return float((leagues * weight)[counts].sum() / weight[counts].sum())
