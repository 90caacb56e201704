"""Round marks of an axis, for whoever draws: the steps between them, and the marks that it ends at."""

import math


def step_between(low: float, high: float, most: int) -> float:
    """The round step by which at most so many lead from one value to the other.

    >>> step_between(0.0, 62.0, 6), step_between(-19.23, 2.0, 8)
    (20.0, 5.0)
    """
    rough = (high - low) / most
    power = math.floor(math.log10(rough))
    return next(times * 10.0**power for times in (1, 2, 5, 10) if times * 10.0**power >= rough * (1 - 1e-9))


def ends_at_marks(low: float, high: float, most: int) -> tuple[float, float]:
    """The marks that an axis with all of these values ends at.

    >>> ends_at_marks(-19.23, 2.0, 8), ends_at_marks(0.0, 62.0, 8), ends_at_marks(0.0, 80.0, 8)
    ((-20.0, 5.0), (0.0, 70.0), (0.0, 80.0))
    """
    step, needed = 0.0, step_between(low, high, most)
    while needed != step:  # from end to end it may now be too many steps
        step = needed
        low, high = step * math.floor(low / step + 1e-9), step * math.ceil(high / step - 1e-9)
        needed = step_between(low, high, most)
    return low, high
