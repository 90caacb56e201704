"""What is missing: the projected total against the target, and the growth that a target needs."""

import numpy as np

from agriplan.engine.tables import Columns, Flags, Frame, numbers, rates_of
from agriplan.rounding import COMPARE_DIGITS, Floats, round_half_up


def measure_gap(projection: Frame, targets: Frame) -> Columns:
    """Compare the projected regional total with the target, line by line.

    `projection` holds `counted` and `divisor` of the target year, `targets` holds `target` (in the indicator's unit),
    `reserve` and `margin` (per cent). All results are counted.

    >>> p = {"counted": [3.0], "divisor": [1.0]}
    >>> t = {"target": [4.0], "reserve": [50.0], "margin": [10.0]}
    >>> {name: column.round(12).tolist() for name, column in measure_gap(p, t).items()}
    {'gap': [1.0], 'surplus': [0.0], 'held_back': [0.5], 'on_top': [0.05], 'to_place': [0.55]}
    """
    reserve, margin = numbers(targets, "reserve") / 100.0, numbers(targets, "margin") / 100.0
    gap = numbers(targets, "target") * numbers(projection, "divisor") - numbers(projection, "counted")
    missing = np.maximum(gap, 0.0)
    kept = missing * (1.0 - reserve)
    return {
        "gap": gap,
        "surplus": np.maximum(-gap, 0.0) + 0.0,
        "held_back": missing * reserve,
        "on_top": kept * margin,
        "to_place": kept * (1.0 + margin),
    }


def raised_by(lines: Frame) -> Floats:
    """What the placed amounts raise the region by, in the indicator's unit: less where a rate's difference gives way.

    >>> line = {"kind": ["rate"], "placed": [9.0], "divisor": [1.0], "projection": [95.0], "reached": [100.0]}
    >>> raised_by(line).tolist()
    [5.0]
    """
    placed = numbers(lines, "placed") / numbers(lines, "divisor")
    raised = numbers(lines, "reached") - numbers(lines, "projection")
    gives_way = rates_of(lines) & (round_half_up(placed - raised, COMPARE_DIGITS) > 0)
    return np.where(gives_way, raised, placed)


def unless_met(growth: Floats, met: Flags) -> Floats:
    """The growth that is needed: none where the figure has come to the target as both are printed, nor a fall.

    >>> unless_met(np.array([-0.09, 0.001, np.nan]), np.array([True, False, False])).tolist()
    [0.0, 0.001, nan]
    """
    return np.where(met, 0.0, growth)


def needed_growth(target: Floats, base: Floats, years: Floats | float, is_rate: Flags) -> Floats:
    """Yearly growth that leads from base to target: per cent, for rates points; NaN where the base is 0.

    >>> needed_growth(np.array([121.0, 0.0]), np.array([100.0, 0.0]), 2, np.array([False, False])).round(9).tolist()
    [10.0, nan]
    """
    grows = (base > 0) & (target >= 0)
    ratio = np.where(grows, target, 1.0) / np.where(grows, base, 1.0)
    percent = np.where(grows, ((ratio ** (1.0 / years)) - 1.0) * 100.0, np.nan)
    growth: Floats = np.where(is_rate, (target - base) / years, percent)
    return growth
