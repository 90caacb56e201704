"""Where every area stands in a year after the base year: what was reported, what is carried on, and the difference.

1. A league that reported has its figure; the others are carried on from their last figure by their growth assumption.
2. Where the region has a figure, it wins. With every league reported, what they leave of it is the statistical
   difference; otherwise the last difference that was known is carried on (`carried_difference`), and what remains of
   the region's figure is given to the leagues that did not report (`reconciling`). What is left over there is carried
   on like the difference until every league that was silent then has reported.
3. In a year without a figure of the region everything is carried on from the last year that has one. A rate's
   difference is carried on as far as the region stays between 0 and its natural ceiling.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Reports
from agriplan.engine.assumptions import Assumed, published_difference
from agriplan.engine.base_figures import counted_figure
from agriplan.engine.carried_difference import Differences, carry_differences
from agriplan.engine.carried_quantities import (
    Growths,
    Known,
    assumed_of_leagues,
    carry_quantities,
    growths_of,
    said_in,
    total_quantity,
)
from agriplan.engine.last_known import herds, unit_values
from agriplan.engine.projection import bounded_difference
from agriplan.engine.reconciling import Reconciled, reconcile
from agriplan.engine.scenario import Scenario
from agriplan.engine.tables import Flags
from agriplan.rounding import Floats


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


class _Record(NamedTuple):
    """What is known of a commitment up to a year: the leagues' base figures, and what was said of every later year.

    Unit values and herds are those that stand in the years, from the base year on, reported or carried on.
    """

    base_year: int
    base: Floats
    said: Mapping[int, Known]
    unit_values: Mapping[int, float]
    herds: Mapping[int, Floats]

    @property
    def start(self) -> int:
        """The last year with a figure of the region, else the base year."""
        return max((year for year, one in self.said.items() if not np.isnan(one.region)), default=self.base_year)


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
    growths = growths_of(commitment, baselines, *assumed)
    record = _record(commitment, scenario, baselines, assumed[0], actuals, year)
    differences = _differences(published_difference(commitment, baselines), record, growths)
    carried = carry_quantities(record.base, record.said, record.base_year, record.start, growths)
    silent = _silent(carried, record, year)
    found = _reconciled(carried, silent, record, differences, growths)
    leagues = carry_quantities(found.leagues, record.said, record.start, year, growths)
    total = total_quantity(leagues, record.herds[year], growths)
    left_over = found.unreported * growths.difference ** (year - record.start)
    difference = _within_bounds(float(differences.standing[-1] + left_over), total, growths)
    now = record.said.get(year, Known(np.full(len(leagues), np.nan), np.nan))
    region_reported = not np.isnan(now.region)
    return Standing(
        leagues=leagues,
        herds=record.herds[year],
        region=now.region if region_reported else total + difference,
        unit_value=record.unit_values[year],
        difference=difference,
        factor=found.factor,
        unreported=found.unreported,
        reported=~np.isnan(now.leagues),
        region_reported=region_reported,
        adjusted=silent & (found.leagues != carried),
    )


def _record(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, first: Assumed, actuals: Reports, year: int
) -> _Record:
    years = range(baselines.base_year + 1, year + 1)
    price_growth = first.of_line(commitment.id, "unit_value_growth")
    prices = unit_values(commitment, scenario, baselines, actuals, price_growth)
    figures = [counted_figure(commitment, scenario, baselines, code) for code in baselines.league_codes]
    herd_growth = assumed_of_leagues("herd_growth", commitment, baselines, first).tolist()
    by_year = herds(commitment, scenario, baselines, actuals, herd_growth).T
    return _Record(
        base_year=baselines.base_year,
        base=np.array([figure.value for figure in figures], dtype=float),
        said={one: said_in(one, commitment, baselines, actuals, prices[one]) for one in years},
        unit_values=prices,
        herds=dict(zip((baselines.base_year, *years), by_year, strict=False)),
    )


def _silent(carried: Floats, record: _Record, last: int) -> Flags:
    """Who counts and has not reported since the region last did; nobody did in the base year."""
    silent: Flags = ~np.isnan(carried)
    for year in range(max(record.start, record.base_year + 1), last + 1):
        silent &= np.isnan(record.said[year].leagues)
    return silent


def _reconciled(
    carried: Floats, silent: Flags, record: _Record, differences: Differences, growths: Growths
) -> Reconciled:
    """The leagues of the last year with a figure of the region, with that taken into account where any is silent."""
    start = record.start
    if start == record.base_year or not silent.any():
        return Reconciled(carried, 1.0, 0.0)
    now = record.said[start]
    rest = now.region - differences.before[start - record.base_year]
    return reconcile(carried, ~np.isnan(now.leagues), record.herds[start], rest, growths)


def _differences(base: float, record: _Record, growths: Growths) -> Differences:
    """The statistical differences up to the last year; leagues with a base figure count."""
    sums = [
        np.nan
        if (np.isnan(one.leagues) & ~np.isnan(record.base)).any()
        # A league without a base figure is inside the difference, whatever it reports.
        else total_quantity(np.where(np.isnan(record.base), np.nan, one.leagues), record.herds[year], growths)
        for year, one in record.said.items()
    ]
    region = [one.region for one in record.said.values()]
    return carry_differences(base, np.array([np.nan, *region]), np.array([np.nan, *sums]), growths.difference)


def _within_bounds(difference: float, total: float, growths: Growths) -> float:
    """A rate's difference as far as the region stays between 0 and its ceiling beside what its leagues come to."""
    if not growths.is_rate or not difference:
        return difference
    return float(bounded_difference(*map(np.array, (difference, total, 1.0, growths.ceiling))))
