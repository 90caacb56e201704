"""Actual figures of commitments as they are shown, and how well each is known: of values quantity times unit value."""

from collections.abc import Sequence

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Parts, Reports, parts_of
from agriplan.engine.base_figures import worse_grade
from agriplan.engine.last_known import last_unit_value, unit_values
from agriplan.engine.scenario import Scenario
from agriplan.rounding import Floats


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
