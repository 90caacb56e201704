"""Where a unit, a decimal point or a per cent was probably lost: the thresholds, and who exceeds them.

These are cautions (提示): they ask to look again and never stop anything. The same thresholds hold for figures of the
data folder and for a planner's own.
"""

from collections.abc import Iterable, Mapping
from math import hypot
from statistics import median

from agriplan.rounding import measured_difference

MOST_TIMES_NEIGHBOUR = 3.0
"""A figure of so many times its neighbours, or so small a part of them, is looked at again: the wildest year of the
shipped histories is 1.9 times the one before (milk, 2002 to 2003)."""

RATE_OF_ONE = 1.5
"""A rate below this was probably typed as a part of one …"""

RATES_IN_PER_CENT = 50.0
""" … where the other rates of its kind stand above this."""

PART_OF_ONE = 0.3
"""A growth or margin in per cent below this was probably typed as a part of one (0.08 for 8 %), unless what is usual is
as small."""

MOST_PLAN_YEARS = 20
"""A plan over more years than this has probably a digit wrong in one of its two years."""

MOST_UNIT_VALUE_TIMES = 10.0
"""A unit value of so many times the one known, or so small a part of it, has lost a unit: prices never move so far."""

UNIT_VALUE_TOO_FAR = MOST_UNIT_VALUE_TIMES * (1 - 1e-9)
"""Exactly so many times is too far, too."""

LARGE = 1e9
"""A figure of so many units of its last printed decimal wants a larger unit: it no longer fits a column, and some
digits further on no number holds it together with the decimals that printed figures are rounded by."""


def is_large(value: float, decimals: int) -> bool:
    """Whether a figure that is printed with so many decimals wants a larger unit.

    >>> is_large(611.5, 2), is_large(611_500_000.0, 2)
    (False, True)
    """
    return abs(value) * 10.0**decimals >= LARGE


def times_off(value: float, neighbours: Iterable[float], most: float = MOST_TIMES_NEIGHBOUR) -> float | None:
    """How many times its nearest neighbour a value is, where it is out of line with all of them; else None.

    >>> times_off(600.0, [50.0, 60.0]), times_off(60.0, [480.0]), times_off(60.0, [57.7, 6.5]), times_off(5.0, [])
    (10.0, 0.125, None, None)

    Nothing where something was is out of line, too; not where there was nothing before.

    >>> times_off(-0.0, [50.0, 60.0]), times_off(0.0, [50.0, 0.0]), times_off(0.0, [])
    (0.0, None, None)
    """
    others = list(neighbours)
    ratios = [value / other for other in others if other > 0]
    if value == 0:
        return 0.0 if ratios and len(ratios) == len(others) else None
    if not ratios or value < 0:
        return None
    if all(ratio > most for ratio in ratios):
        return min(ratios)
    return max(ratios) if all(ratio < 1 / most for ratio in ratios) else None


def out_of_line(series: Mapping[int, float]) -> dict[int, float]:
    """The years of a series whose figure is out of line with the years on both sides, and how many times it is.

    Of the first and last year one side is missing: they count where the next year is not itself the odd one.

    >>> out_of_line({2017: 55.0, 2018: 600.0, 2019: 60.0, 2020: 61.2}), out_of_line({2019: 60.0, 2020: 480.0})
    ({2018: 10.0}, {2020: 8.0})
    >>> out_of_line({2018: 55.0, 2019: 0.0, 2020: 60.0}), out_of_line({2019: 0.0, 2020: 60.0})
    ({2019: 0.0}, {2019: 0.0})
    """
    years = sorted(series)
    inner = {
        year: ratio
        for before, year, after in zip(years, years[1:], years[2:], strict=False)
        if (ratio := times_off(series[year], (series[before], series[after]))) is not None
    }
    found = dict(inner)
    for end, beside in ((years[0], years[1]), (years[-1], years[-2])) if len(years) > 1 else ():
        ratio = times_off(series[end], (series[beside],))
        # Of two years that differ the later one is the one just typed, unless the earlier one is nothing.
        if ratio is not None and beside not in inner and not (len(years) == 2 and end == years[0] and ratio):
            found[end] = ratio
    return found


def lost_per_cent(rate: float, others: Iterable[float]) -> bool:
    """Whether a rate was probably typed as a part of one.

    >>> lost_per_cent(0.92, [93.0, 97.0]), lost_per_cent(0.92, [1.1, 0.8]), lost_per_cent(92.0, [93.0])
    (True, False, False)
    """
    known = list(others)
    return 0 < rate < RATE_OF_ONE and bool(known) and median(known) > RATES_IN_PER_CENT


def unit_value_off(value: float, known: float) -> float | None:
    """How many times the known unit value a value is, where that is too far; else None.

    Yuan a kilogram typed for 亿元 a 万吨 are exactly ten times: the bound itself is too far.

    >>> unit_value_off(75.86, 7.586), unit_value_off(9.2, 7.586)
    (10.0, None)
    """
    return times_off(value, (known,), UNIT_VALUE_TOO_FAR)


def missing_from_region(region: tuple[float, float], leagues: Iterable[tuple[float, float]]) -> float | None:
    """What leagues that all have figures fall short of the region beyond their errors; else None.

    Each figure comes with its relative error; errors of different figures are taken as independent, so that one league
    that lost its unit is noticed among eleven uncertain ones.

    >>> missing_from_region((100.0, 0.02), [(40.0, 0.1), (9.0, 0.1)]), missing_from_region((100.0, 0.02), [(95.0, 0.1)])
    (51.0, None)

    Leagues without any error add up to their region, whatever binary adds:

    >>> missing_from_region((0.8, 0.0), [(0.7, 0.0), (0.1, 0.0)])
    """
    figures = [region, *leagues]
    total, error = sum(value for value, _ in figures[1:]), hypot(*(value * error for value, error in figures))
    return region[0] - total if measured_difference(region[0], total + error) > 0 else None


def growth_lost_per_cent(growth: float, low: float, high: float) -> bool:
    """Whether a growth in per cent a year was probably typed as a part of one.

    It is a hundredth of what lies in its plausible range, or that is as small.

    >>> [growth_lost_per_cent(*row) for row in ((0.04, 0.0, 8.0), (0.04, 0.0, 0.08), (0.1, -2.0, 3.0))]
    [True, True, False]
    >>> growth_lost_per_cent(0.25, 0.0, 30.0)
    True
    """
    if not 0.0 < abs(growth) < PART_OF_ONE:
        return False
    return low <= 100.0 * growth <= high or max(abs(low), abs(high)) < PART_OF_ONE
