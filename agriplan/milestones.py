"""The yearly path to the target, and the actual figures against it."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from agriplan.gap import needed_growth
from agriplan.rounding import COMPARE_DIGITS, round_half_up
from agriplan.tables import Flags, Floats

Path = Callable[[Floats, Floats, Floats, float], Floats]


def constant_growth(base: Floats, target: Floats, step: Floats, years: float) -> Floats:
    """The same growth every year; a straight line where the base is 0."""
    grows = base > 0
    ratio = np.where(grows, target, 1.0) / np.where(grows, base, 1.0)
    path: Floats = np.where(grows, base * ratio ** (step / years), linear(base, target, step, years))
    return path


def linear(base: Floats, target: Floats, step: Floats, years: float) -> Floats:
    """The same amount every year."""
    path: Floats = base + (target - base) * step / years
    return path


def late_loaded(base: Floats, target: Floats, step: Floats, years: float) -> Floats:
    """A year's step grows with its number: 1, 2, 3 … parts."""
    path: Floats = base + (target - base) * step * (step + 1.0) / (years * (years + 1.0))
    return path


PATHS: dict[str, Path] = {path.__name__: path for path in (constant_growth, linear, late_loaded)}


def lay_milestones(base: Floats, target: Floats, paths: pd.Series, years: int) -> Floats:
    """Milestones of every row, shape (rows, years + 1); `paths` names each row's path.

    >>> lay_milestones(np.array([10.0]), np.array([40.0]), pd.Series(["late_loaded"]), 2).tolist()
    [[10.0, 20.0, 40.0]]
    """
    step = np.arange(years + 1.0)
    milestones = np.full((len(base), years + 1), np.nan)
    for name, path in PATHS.items():
        rows = (paths == name).to_numpy()
        milestones[rows] = path(base[rows, None], target[rows, None], step, float(years))
    return milestones


def measure_progress(years: pd.DataFrame, last_step: int, status_margin: float) -> pd.DataFrame:
    """Compare actual figures with the path.

    `years` has one row an area and year with `step`, `base`, `target`, `milestone`, `actual` (NaN: none yet) and
    `is_rate`. Returns `completion`, `progress`, `schedule` (per cent), `needed_later` and `status`. Where the target
    lies below the base, falling faster than planned is behind, not ahead.
    """
    column = {name: years[name].to_numpy(dtype=float) for name in ("step", "base", "target", "milestone", "actual")}
    step, base, target, milestone, actual = column.values()
    is_rate: Flags = years["is_rate"].to_numpy(dtype=bool)
    way = target - base
    moves = way != 0
    divisor = np.where(moves, way, 1.0)
    progress = np.where(moves, (actual - base) / divisor * 100.0, np.nan)
    schedule = np.where(moves, (milestone - base) / divisor * 100.0, np.nan)
    above = milestone != 0
    against_milestone = np.where(above, actual / np.where(above, milestone, 1.0) - 1.0, actual) * 100.0
    lead = np.where(moves, (progress - schedule) * np.sign(way), against_milestone)
    left = last_step - step
    later = needed_growth(target, actual, np.where(left > 0, left, 1.0), is_rate)
    has_target = target != 0
    return pd.DataFrame(
        {
            "completion": np.where(has_target, actual / np.where(has_target, target, 1.0) * 100.0, np.nan),
            "progress": progress,
            "schedule": schedule,
            "needed_later": np.where(left > 0, later, np.nan),
            "status": _status(round_half_up(lead, COMPARE_DIGITS), actual, step, status_margin),
        }
    )


def _status(lead: Floats, actual: Floats, step: Floats, status_margin: float) -> np.ndarray:
    return np.select(
        [step == 0, np.isnan(actual), lead > status_margin, lead < -status_margin],
        ["base_year", "no_actual", "ahead", "behind"],
        "on_course",
    )
