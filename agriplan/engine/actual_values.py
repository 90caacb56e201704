"""Actual figures of commitments as they are shown and printed: of values quantity times unit value."""

from collections.abc import Sequence

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Parts, Reports, parts_of
from agriplan.engine.base_figures import worse_grade
from agriplan.engine.last_known import last_unit_value, unit_values
from agriplan.engine.scenario import Scenario
from agriplan.engine.tables import Flags
from agriplan.rounding import Floats, quotas, round_printed, whole_units


def grade_of_actual(
    commitment: Commitment, code: str, year: int, actuals: Reports, scenario: Scenario, baselines: Baselines
) -> str:
    """The grade of a figure after the base year: of a value that is quantity times unit value the worse of both.

    Empty where there is no figure.
    """
    parts = parts_of(commitment, code, year, actuals, baselines.region.code)
    figure = parts.figure
    price = None if parts.own else last_unit_value(commitment, scenario, baselines, actuals, year)
    if figure is None or price is None:
        return figure.grade if figure else ""
    return worse_grade(figure.grade, price.grade_in(year))


def yearly_actuals(
    scenario: Scenario,
    baselines: Baselines,
    actuals: Reports,
    codes: Sequence[str],
    unit_value_growth: Sequence[float],
) -> Floats:
    """Actual figures as they are shown, shape (lines, areas, years from the base year on); NaN where there is none yet.

    A value without a figure of its own is quantity times unit value; a unit value that is not reported is carried on
    from the last that is known by the line's `unit_value_growth`.
    """
    region = baselines.region.code
    shown = np.full((len(baselines.commitments), len(codes), baselines.span + 1), np.nan)
    for line, commitment in enumerate(baselines.commitments):
        prices = unit_values(commitment, scenario, baselines, actuals, unit_value_growth[line])
        for area, code in enumerate(codes):
            for step, (year, price) in enumerate(prices.items()):
                shown[line, area, step] = _figure(parts_of(commitment, code, year, actuals, region), price)
    return shown


def _figure(parts: Parts, unit_value: float) -> float:
    """The figure itself, else quantity times unit value; NaN without a quantity.

    >>> from agriplan.engine.actuals import Reported
    >>> _figure(Parts(None, Reported(100.0, "official", 0.0, "", "", False), None), 7.5)
    750.0
    """
    if parts.own is not None:
        return parts.own.value
    return np.nan if parts.quantity is None else parts.quantity.value * unit_value


def print_actuals(
    own: Floats, leagues: Floats, difference: Floats, is_rate: Flags, stands_alone: Flags
) -> tuple[Floats, Floats]:
    """The region's printed actuals and the differences beside them, both in printing units, shape (lines, years).

    `own` are the region's actuals, half up, `leagues` those of the leagues that count, shape (lines, leagues, years),
    and `difference` the exact one in printing units. A figure that the region reported (`stands_alone`) stands, and the
    difference is what the leagues leave of it, once all have reported; any other is what leagues and difference come
    to. Rates are stated, not added.

    >>> no, yes = np.array([[False]]), np.array([[True]])
    >>> leagues, difference = np.array([[[10.0], [20.0]]]), np.array([[2.5]])
    >>> [one.item() for one in print_actuals(np.array([[32.0]]), leagues, difference, np.array([False]), no)]
    [33.0, 3.0]
    >>> [one.item() for one in print_actuals(np.array([[32.0]]), leagues, difference, np.array([False]), yes)]
    [32.0, 2.0]
    """
    summed, carried = leagues.sum(axis=1), whole_units(quotas(difference, 1.0))
    rates = is_rate[:, None]
    total = np.where(rates | stands_alone | np.isnan(own), own, summed + carried)
    beside = np.where(stands_alone & ~np.isnan(summed), own - summed, carried)
    return total, np.where(rates, round_printed(difference), beside)
