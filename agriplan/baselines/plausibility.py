"""When a figure asks to be looked at again: a lost unit, decimal point or per cent sign. Never a reason to refuse.

One set of thresholds for the data folder (`check`), for own figures and actuals of a scenario, and for the workbook.
"""

from typing import Final

FAR: Final = 3.0
"""A figure more than this many times its neighbour on one basis, or less than its inverse part: statistics of one thing
rarely triple or fall to a third from one year to the next, but a lost decimal point makes it ten."""

FAR_UNIT_VALUE: Final = 10.0
"""The same for unit values, which depend on what is counted: per animal or per kilogram is a thousand."""

SHARE_BELOW: Final = 1.5
RATE_ABOVE: Final = 50.0
"""A rate below 1.5 among rates above 50 was probably entered as a part of one: 0.95 for 95 %."""

PART_OF_ONE: Final = 0.3
"""A growth in per cent below this, other than 0, was probably entered as a part of one: 0.08 for 8 %."""


def is_far(value: float, other: float, factor: float = FAR) -> bool:
    """Whether a figure lies far from the one that it replaces or follows; false where either is missing or nothing.

    >>> is_far(340, 34), is_far(10, 34), is_far(40, 34), is_far(340, 0), is_far(float("nan"), 34)
    (True, True, False, False, False)
    """
    if not (value > 0 and other > 0):
        return False
    return value > other * factor or value * factor < other


def looks_like_a_part(rate: float, usual: float) -> bool:
    """Whether a rate was probably entered as a part of one, seen from the rates around it.

    >>> looks_like_a_part(0.95, 93.5), looks_like_a_part(93, 93.5), looks_like_a_part(0.95, 1.2)
    (True, False, False)
    """
    return 0 < rate < SHARE_BELOW and usual > RATE_ABOVE


def looks_like_a_fraction(growth: float, usual: float) -> bool:
    """Whether a growth in per cent was probably entered as a part of one; not where the usual one is as small.

    >>> looks_like_a_fraction(0.08, 2.07), looks_like_a_fraction(8, 2.07), looks_like_a_fraction(0.08, 0.1)
    (True, False, False)
    """
    return 0 < abs(growth) < PART_OF_ONE and not 0 < abs(usual) < 1
