"""Which statistical difference stands in a year after the base year: the last that was measured, carried on.

A year in which the region and all leagues have reported measures it; before any such year it is the base year's. Like
unit values and herds it is carried on by the plan's growth from the base year, whatever year it is looked at from, so
that monitoring and evaluations add the same to what the leagues come to.
"""

from typing import NamedTuple

import numpy as np

from agriplan.rounding import Floats, measured_difference


class Differences(NamedTuple):
    """Differences by year, from the base year on, in the quantity's unit (rates: points).

    `before` is what was known of a year before its own figures, `standing` what they make of it.
    """

    before: Floats
    standing: Floats


def carried_by(growth: float, is_rate: bool) -> float:
    """What a year multiplies it by: the growth of the region's quantity; of a rate, or where that is unknown, nothing.

    >>> carried_by(10.0, False), carried_by(10.0, True), carried_by(float("nan"), False)
    (1.1, 1.0, 1.0)
    """
    return 1.0 if is_rate or np.isnan(growth) else 1.0 + growth / 100.0


def carry_differences(base: float, region: Floats, leagues: Floats, factor: float) -> Differences:
    """Carry the base year's difference on; `factor` is what a year multiplies it by.

    `region` and `leagues` are the region's figures and what all leagues come to, by year from the base year on; NaN
    where the region, or any league, has not reported. Those of the base year are not asked for.

    >>> nothing = np.nan
    >>> found = carry_differences(8.0, np.array([nothing, 60.0, nothing]), np.array([nothing, 40.0, 41.0]), 1.5)
    >>> found.before.tolist(), found.standing.tolist()
    ([8.0, 12.0, 30.0], [8.0, 20.0, 30.0])
    """
    before, standing = np.full(len(region), base), np.full(len(region), base)
    for year in range(1, len(region)):
        before[year] = standing[year - 1] * factor
        measured = measured_difference(float(region[year]), float(leagues[year]))
        standing[year] = before[year] if np.isnan(measured) else measured
    return Differences(before, standing)
