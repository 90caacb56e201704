"""Where an area arrives if nothing changes: the yearly values of leagues, statistical difference and region.

Amounts and values grow by per cent a year, a value by its quantity's and its unit value's growth; a rate moves by
points a year and stays between 0 and its ceiling. Regional rates are means weighted by the herd of the year; what a
statistical difference adds to them ends at 0 and at the ceiling as well.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from agriplan.engine.tables import Columns, Frame, grid, numbers, rates_of, spread
from agriplan.rounding import Floats

AnyNumber = TypeVar("AnyNumber", float, Floats)


def grow(base: Floats, growth: Floats, years: Floats) -> Floats:
    """Compound growth in per cent: base (1 + g)^k, broadcast.

    >>> grow(np.array([100.0]), np.array([10.0]), np.array([2.0])).round(9).tolist()
    [121.0]
    """
    grown: Floats = base * (1.0 + growth / 100.0) ** years
    return grown


def move(base: Floats, points: Floats, years: Floats | int, ceiling: Floats) -> Floats:
    """A rate that moves by points a year, between 0 and its ceiling; broadcast.

    >>> move(np.array([97.0, 60.0]), np.array([1.0, -0.5]), 5, np.array([100.0])).tolist()
    [100.0, 57.5]
    """
    moved: Floats = np.clip(base + points * years, 0.0, ceiling)
    return moved


def counting_size(herd: Floats, is_rate: npt.ArrayLike) -> Floats:
    """What a figure is multiplied by to add up over leagues: of rates a hundredth of the herd, of others 1; broadcast.

    >>> counting_size(np.array([4000.0, np.nan]), np.array([True, False])).tolist()
    [40.0, 1.0]
    """
    return np.where(is_rate, herd / 100.0, 1.0)


def project(lines: Frame, leagues: Frame, years: int) -> Columns:
    """Project every league to each of `years` years after the base year.

    Returns one entry a line, league and year (0 to `years`): `projection` in the indicator's unit, `herd` and `size` (a
    hundredth of it, 1 where there is none), and `counted`, which adds up over leagues (rates: improved animals). A
    league without a baseline has NaN.
    """
    steps = np.arange(years + 1.0)
    baseline, growth = numbers(leagues, "baseline")[:, None], numbers(leagues, "growth")[:, None]
    width = len(baseline) // len(lines["kind"])
    rate = np.repeat(rates_of(lines), width)
    projection = grow(baseline, _together(leagues), steps)
    ceiling = spread(lines["ceiling"], width)[:, None]
    projection[rate] = move(baseline[rate], growth[rate], steps, ceiling[rate])
    herd = np.full_like(projection, np.nan)
    herd[rate] = grow(numbers(leagues, "herd_base")[rate, None], numbers(leagues, "herd_growth")[rate, None], steps)
    size = counting_size(herd, rate[:, None])
    found = {"projection": projection, "herd": herd, "size": size, "counted": projection * size}
    return {name: values.ravel() for name, values in found.items()}


def together(quantity: AnyNumber, unit_value: AnyNumber) -> AnyNumber:
    """Growth of quantity and unit value in one, per cent a year.

    >>> together(10.0, 5.0)
    15.5
    """
    return quantity + unit_value + quantity * unit_value / 100.0


def _together(table: Frame) -> Floats:
    """The same of every row; shape (rows, 1)."""
    return together(numbers(table, "growth")[:, None], numbers(table, "unit_value_growth")[:, None])


def add_up(lines: Frame, leagues: Frame, paths: Frame) -> Columns:
    """Add the leagues and the statistical difference up to the region.

    Returns one entry a line and year: `counted`, `difference` (grows at the region's rate; of a rate it is constant in
    points, as far as `bounded_difference` lets it), `divisor` (1, for rates a hundredth of the herd), `herd` and
    `projection` in the indicator's unit. A league without a baseline is inside the difference.
    """
    is_rate = rates_of(lines)[:, None]
    count = len(is_rate)
    steps = len(paths["counted"]) // len(leagues["baseline"])
    by_league = {name: grid(paths, name, count).reshape(count, -1, steps) for name in ("counted", "size")}
    base = numbers(lines, "difference")[:, None]
    # Without a difference the region's growth is not needed and may be unknown.
    none = is_rate | (base == 0)
    difference = grow(np.where(none, 0.0, base), np.where(none, 0.0, _together(lines)), np.arange(float(steps)))
    herd = np.where(np.isnan(by_league["counted"]), 0.0, by_league["size"]).sum(axis=1)
    divisor = np.where(is_rate, herd, 1.0)
    summed = np.nansum(by_league["counted"], axis=1)
    if (is_rate & (base != 0)).any():  # in points it stays the same
        in_points = np.where(is_rate, base / divisor[:, :1] * divisor, difference)
        difference = bounded_difference(in_points, summed, divisor, ceiling_of_rates(lines)[:, None])
    counted = summed + difference
    found = {"counted": counted, "difference": difference, "divisor": divisor, "projection": counted / divisor}
    found["herd"] = np.where(is_rate, divisor * 100.0, np.nan)
    return {name: values.ravel() for name, values in found.items()}


def bounded_difference(difference: Floats, leagues: Floats, divisor: Floats, ceiling: Floats) -> Floats:
    """As much of a rate's difference as leaves the region between 0 and its natural ceiling; broadcast.

    `leagues` is what the leagues come to, as the difference is, and `divisor` what makes a rate of it. A line without a
    ceiling keeps all of its difference. Leagues that are beyond the ceiling themselves are left alone.

    >>> leagues, ceiling = np.array([95.0, 5.0, 95.0]), np.array([100.0, 100.0, np.nan])
    >>> bounded_difference(np.array([9.0, -9.0, 9.0]), leagues, np.ones(3), ceiling).tolist()
    [5.0, -5.0, 9.0]
    """
    most = np.maximum(0.0, ceiling * divisor - leagues)
    bounded: Floats = np.where(np.isnan(ceiling), difference, np.clip(difference, np.minimum(0.0, -leagues), most))
    return bounded


def ceiling_of_rates(lines: Frame) -> Floats:
    """The natural ceiling of each line that is a rate, NaN of others."""
    return np.where(rates_of(lines), numbers(lines, "ceiling"), np.nan)


def with_taken(lines: Frame, counted: Floats, taken: str) -> Floats:
    """The region with what its leagues take beyond what it has `counted`, in the indicator's unit; shape (lines,).

    `taken` names the column. A rate's difference gives way where both together would pass the natural ceiling.
    """
    more, difference, divisor = (numbers(lines, name) for name in (taken, "statistical_difference", "divisor"))
    given_way: Floats | float = 0.0
    if difference.any():
        beside = bounded_difference(difference, counted - difference + more, divisor, ceiling_of_rates(lines))
        given_way = difference - beside
    found: Floats = (counted + more - given_way) / divisor
    return found


def at_step(table: Frame, column: str, rows: int, step: int = -1) -> Floats:
    """Read one year of a yearly column, shape (rows,); the last year unless told."""
    year: Floats = numbers(table, column).reshape(rows, -1)[:, step]
    return year
