"""Sharing a gap among the named leagues: the rules, and the one solver behind them.

Every rule is a weight w and an offset o; the solver finds the level L with

    x = min(ceiling, max(floor, L w - o)),   sum x = A

which is the minimiser of sum (x + o)^2 / (2 w) under the same limits.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agriplan.engine.tables import Flags, Frame
from agriplan.rounding import Floats

# Relative to A + sum of limits + sum |o|: thousands of times the noise of adding twelve doubles, a thousandth of the
# 1e-9 within which amounts are promised to add up. The workbook's named cell `tolerance` holds the same number.
TOLERANCE = 1e-12


class Terms(NamedTuple):
    """Weight and offset of each league, counted."""

    weight: Floats
    offset: Floats | float


Rule = Callable[[Frame], Terms]


def by_baseline(leagues: Frame) -> Terms:
    """In proportion to the base-year value (rates: to the herd)."""
    return Terms(leagues["base_weight"], 0.0)


def by_projection(leagues: Frame) -> Terms:
    """The same uplift over each league's own trend."""
    return Terms(leagues["counted"], 0.0)


def equal_growth(leagues: Frame) -> Terms:
    """The same growth since the base year: slower leagues carry more (rates: the same rate for all)."""
    return Terms(leagues["base_weight"], leagues["counted"])


def by_headroom(leagues: Frame) -> Terms:
    """Each league uses the same part of what it could still add."""
    return Terms(leagues["ceiling"] - leagues["floor"], -leagues["floor"])


def equal_amounts(leagues: Frame) -> Terms:
    """Equal amounts, up to each ceiling."""
    return Terms(leagues["one"], 0.0)


def equal_slack(leagues: Frame) -> Terms:
    """The same unused headroom for every league."""
    return Terms(leagues["one"], -leagues["ceiling"])


def by_criteria(leagues: Frame) -> Terms:
    """In proportion to the weighted sum of a league's shares in the criteria."""
    return Terms(leagues["criteria_weight"], 0.0)


def by_shares(leagues: Frame) -> Terms:
    """In proportion to the planner's own shares."""
    return Terms(leagues["entered_share"], 0.0)


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        by_baseline,
        by_projection,
        equal_growth,
        by_headroom,
        equal_amounts,
        equal_slack,
        by_criteria,
        by_shares,
    )
}


class Solution(NamedTuple):
    """Level, noise and what was placed of each line, shape (lines,); amounts, shape (lines, leagues)."""

    level: Floats
    noise: Floats
    amounts: Floats
    floors: Floats
    ceilings: Floats


def allocate(amount: Floats, weight: Floats, offset: Floats, floor: Floats, ceiling: Floats) -> Solution:
    """Solve every line at once; `amount` has shape (lines,), the others (lines, leagues).

    A league without weight stays at its floor. Limits must satisfy 0 <= floor <= ceiling. Where the ceilings are too
    low everything that fits is placed, where the floors are too high all stay at their floors.

    >>> one = np.ones((1, 3))
    >>> allocate(np.array([6.0]), one, 0 * one, 0 * one, np.array([[1.0, 9.0, 9.0]])).amounts.tolist()
    [[1.0, 2.5, 2.5]]
    """
    # No league can take more than the whole: a ceiling above it changes nothing but the size of rounding errors.
    upper = np.where(weight > 0, np.maximum(floor, np.minimum(ceiling, amount[:, None])), floor)
    noise = TOLERANCE * (amount + upper.sum(axis=1) + np.abs(offset).sum(axis=1))
    level = _level(amount, weight, offset, floor, upper, noise)
    amounts = np.where(weight > 0, _clip(level[:, None] * weight - offset, floor, upper), floor)
    most = np.where(weight > 0, np.maximum(floor, ceiling), floor)
    return Solution(level, noise, amounts, floor.sum(axis=1), most.sum(axis=1))


def _level(amount: Floats, weight: Floats, offset: Floats, floor: Floats, upper: Floats, noise: Floats) -> Floats:
    """Find the last breakpoint at which the sum does not exceed the amount, and walk the rest of the way."""
    has_weight = weight > 0
    divisor = np.where(has_weight, weight, 1.0)
    enters = np.where(has_weight, (floor + offset) / divisor, 0.0)
    full = np.where(has_weight, (upper + offset) / divisor, 0.0)
    points = np.sort(np.concatenate([enters, full], axis=1), axis=1)
    row = np.arange(len(amount))
    first, after = np.zeros(len(amount), dtype=int), np.full(len(amount), points.shape[1])
    terms = (enters, full, weight, offset, floor, upper)
    there = np.zeros(len(amount))
    # The sum never falls as the level rises: halve the breakpoints until one is left.
    while (after - first > 1).any():
        middle = (first + after) // 2
        total = _sum_at(points[row, middle], *terms)
        fits = total <= amount + noise
        first, after, there = np.where(fits, middle, first), np.where(fits, after, middle), np.where(fits, total, there)
    here = points[row, first]
    at_first = first == 0
    if at_first.any():  # which no halving has met
        there[at_first] = _sum_at(here[at_first], *(term[at_first] for term in terms))
    slope = np.where((enters <= here[:, None]) & (full > here[:, None]), weight, 0.0).sum(axis=1)
    rest = amount - there
    walks = (rest > noise) & (slope > 0)
    level: Floats = here + np.where(walks, rest / np.where(slope > 0, slope, 1.0), 0.0)
    return level


def _sum_at(
    level: Floats, enters: Floats, full: Floats, weight: Floats, offset: Floats, floor: Floats, upper: Floats
) -> Floats:
    """Sum of the amounts at each line's level, shape (lines,); each league is in one of three states."""
    at = level[:, None]
    value = np.where(at < enters, floor, np.where(at < full, at * weight - offset, upper))
    total: Floats = np.einsum("ij->i", value)  # several times as fast as summing so short an axis
    return total


def _clip(values: Floats, floor: Floats, upper: Floats) -> Floats:
    return np.minimum(upper, np.maximum(floor, values))


def feasibility_of(amount: Floats, solution: Solution) -> tuple[Flags, Flags]:
    """Whether the floors exceed the amount, and whether the ceilings cannot hold it; shape (lines,)."""
    return solution.floors - amount > solution.noise, amount - solution.ceilings > solution.noise
