"""Yearly growth as it is counted here: per cent a year for amounts, percentage points a year for rates."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from agriplan.formatting import GROWTH_DECIMALS

GrowthKind = Literal["amount", "rate"]

SHRINKAGE_YEARS = 5
"""A history of m years weighs (m - 1) / (m - 1 + 5): five yearly changes are trusted as much as all that is known
from elsewhere (for the region: no growth, for a league: the region's growth)."""


def shrinkage_weight(years: int) -> float:
    """How much a history of so many years weighs against what is known from elsewhere.

    >>> [round(shrinkage_weight(years), 3) for years in (1, 2, 3, 5)]
    [0.0, 0.167, 0.286, 0.444]
    """
    return (years - 1) / (years - 1 + SHRINKAGE_YEARS)


def yearly_rate(start: float, end: float, years: int, kind: GrowthKind) -> float:
    """The constant yearly growth that leads from start to end; 0 where a percentage has no meaning.

    >>> round(yearly_rate(100, 121, 2, "amount"), 6), yearly_rate(90, 93, 2, "rate"), yearly_rate(0, 5, 2, "amount")
    (10.0, 1.5, 0.0)
    """
    if years < 1:
        return 0.0
    if kind == "rate":
        return (end - start) / years
    return 100 * ((end / start) ** (1 / years) - 1) if start > 0 and end > 0 else 0.0


def average_growth(history: ArrayLike, kind: GrowthKind) -> float:
    """Yearly growth between the first and the last value of consecutive years.

    >>> round(average_growth([100, 105, 121], "amount"), 6)
    10.0
    """
    values = np.asarray(history, dtype=float)
    return yearly_rate(float(values[0]), float(values[-1]), len(values) - 1, kind)


def past_growth(history: ArrayLike, kind: GrowthKind) -> float:
    """The average growth, NaN where there is none: fewer than two years, or a start from nothing.

    >>> round(past_growth([100, 105, 121], "amount"), 6), past_growth([3.0], "amount")
    (10.0, nan)
    """
    values = np.asarray(history, dtype=float)
    grows = len(values) > 1 and (kind == "rate" or values[0] > 0)
    return average_growth(values, kind) if grows else float("nan")


def growth_kind(kind: str) -> GrowthKind:
    """How an indicator of that kind grows: a value grows as an amount does."""
    return "rate" if kind == "rate" else "amount"


def round_growth(growth: float) -> float:
    """A growth as it is printed and used; negative zero becomes zero.

    >>> round_growth(2.0671), round_growth(-0.001)
    (2.07, 0.0)
    """
    return float(np.round(growth, GROWTH_DECIMALS)) + 0.0
