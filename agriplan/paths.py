"""Where an area arrives if nothing changes: the yearly values of leagues, statistical difference and region.

Amounts and values grow by per cent a year, a value by its quantity's and its unit value's growth; a rate moves by
points a year and stays between 0 and its ceiling. Regional rates are means weighted by the herd of the year.
"""

import numpy as np
import pandas as pd

from agriplan.tables import Floats, grid, spread


def grow(base: Floats, growth: Floats, years: Floats) -> Floats:
    """Compound growth in per cent: base (1 + g)^k, broadcast.

    >>> grow(np.array([100.0]), np.array([10.0]), np.array([2.0])).round(9).tolist()
    [121.0]
    """
    grown: Floats = base * (1.0 + growth / 100.0) ** years
    return grown


def project(lines: pd.DataFrame, leagues: pd.DataFrame, years: int) -> pd.DataFrame:
    """Project every league to each of `years` years after the base year.

    Returns one row a line, league and year (0 to `years`): `projection` in the indicator's unit, `herd`, and `counted`,
    which adds up over leagues (rates: improved animals). A league without a baseline has NaN.
    """
    count, steps = len(leagues), np.arange(years + 1.0)
    column = {name: leagues[name].to_numpy(dtype=float)[:, None] for name in _NEEDED}
    is_rate = np.repeat(lines["kind"].to_numpy() == "rate", count // len(lines))[:, None]
    ceiling = spread(lines["ceiling"], count // len(lines))[:, None]
    total_growth = grow(np.ones((count, 1)), column["growth"], steps) * grow(
        np.ones((count, 1)), column["unit_value_growth"], steps
    )
    points = np.clip(column["baseline"] + column["growth"] * steps, 0.0, ceiling)
    projection = np.where(is_rate, points, column["baseline"] * total_growth)
    herd = grow(column["herd"], column["herd_growth"], steps)
    size = np.where(is_rate, herd / 100.0, 1.0)
    return pd.DataFrame(
        {
            "row": np.repeat(np.arange(count), years + 1),
            "step": np.tile(steps, count),
            "projection": projection.ravel(),
            "herd": np.broadcast_to(herd, projection.shape).ravel(),
            "size": np.broadcast_to(size, projection.shape).ravel(),
            "counted": (projection * size).ravel(),
        }
    )


_NEEDED = ("baseline", "growth", "unit_value_growth", "herd", "herd_growth")


def add_up(lines: pd.DataFrame, leagues: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """Add the leagues and the statistical difference up to the region.

    Returns one row a line and year: `counted`, `difference` (grows at the region's rate), `divisor` (1, for rates a
    hundredth of the herd), `herd` and `projection` in the indicator's unit. A league without a baseline is inside the
    difference.
    """
    count = len(lines)
    steps = len(paths) // len(leagues)
    by_league = {name: grid(paths, name, count).reshape(count, -1, steps) for name in ("counted", "size", "herd")}
    step = np.arange(float(steps))
    total_growth = grow(np.ones((count, 1)), lines["growth"].to_numpy(dtype=float)[:, None], step) * grow(
        np.ones((count, 1)), lines["unit_value_growth"].to_numpy(dtype=float)[:, None], step
    )
    is_rate = (lines["kind"].to_numpy() == "rate")[:, None]
    base = lines["difference"].to_numpy(dtype=float)[:, None]
    # Without a difference the region's growth is not needed and may be unknown.
    difference = np.where(is_rate | (base == 0), 0.0, base * total_growth)
    counts = ~np.isnan(by_league["counted"])
    divisor = np.where(is_rate, np.where(counts, by_league["size"], 0.0).sum(axis=1), 1.0)
    counted = np.nansum(by_league["counted"], axis=1) + difference
    return pd.DataFrame(
        {
            "line": np.repeat(np.arange(count), steps),
            "counted": counted.ravel(),
            "difference": difference.ravel(),
            "divisor": divisor.ravel(),
            "herd": np.where(is_rate, divisor * 100.0, np.nan).ravel(),
            "projection": (counted / divisor).ravel(),
        }
    )


def at_step(frame: pd.DataFrame, column: str, rows: int, step: int = -1) -> Floats:
    """Read one year of a yearly column, shape (rows,); the last year unless told."""
    year: Floats = frame[column].to_numpy(dtype=float).reshape(rows, -1)[:, step]
    return year
