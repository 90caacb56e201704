"""The yearly path to the target, and the actual figures against it."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from agriplan.engine.gap import needed_growth, unless_met
from agriplan.engine.tables import Columns, Frame, numbers
from agriplan.rounding import COMPARE_DIGITS, Floats, per_cent_reached, round_half_up

PathFunction = Callable[[Floats, Floats, Floats, float], Floats]


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


PATHS: dict[str, PathFunction] = {path.__name__: path for path in (constant_growth, linear, late_loaded)}


def lay_milestones(base: Floats, target: Floats, paths: npt.ArrayLike, years: int) -> Floats:
    """Milestones of every row, shape (rows, years + 1); `paths` names each row's path.

    >>> lay_milestones(np.array([10.0]), np.array([40.0]), ["late_loaded"], 2).tolist()
    [[10.0, 20.0, 40.0]]
    """
    step = np.arange(years + 1.0)
    milestones = np.full((len(base), years + 1), np.nan)
    for name, path in PATHS.items():
        rows = np.asarray(paths) == name
        milestones[rows] = path(base[rows, None], target[rows, None], step, float(years))
    # Every path ends at the target, to the last digit.
    milestones[:, -1] = target
    return milestones


def lay_unallocated(base: Floats, target: Floats, reached: Floats, paths: npt.ArrayLike, years: int) -> Floats:
    """What the region's milestones ask beyond those of leagues and difference, shape (rows, years + 1).

    The way to the commitment less the way to what was handed down: nothing where they are the same, at the end what is
    unallocated. Growth leads nowhere from nothing or to less than nothing: a straight line there.

    >>> ten = np.array([10.0])
    >>> lay_unallocated(ten, np.array([40.0]), np.array([37.0]), ["linear"], 2).tolist()
    [[0.0, 1.5, 3.0]]
    """
    straight = (base <= 0) | (reached < 0)
    paths = np.where(straight & (np.asarray(paths) == constant_growth.__name__), linear.__name__, paths)
    more: Floats = lay_milestones(base, target, paths, years) - lay_milestones(base, reached, paths, years)
    return more


def measure_progress(years: Frame, last_step: int, status_margin: float) -> Columns:
    """Compare actual figures with the path.

    `years` has one row an area and year with `step`, `base`, `target`, `milestone`, `leads_to` (the target that the
    milestones lead to), `actual` (NaN: none yet), `is_rate` and, by printed figures, `met`, whether the actual reaches
    the target, and `rises`, whether the target lies above the base: only then is there a way to cover. Returns
    `completion`, `progress`, `schedule` and `elapsed` (per cent), `needed_later` (0 where the target is met) and
    `status`. Without a way the actual is compared with the milestone, unless the target is nothing, which whoever has
    any has met.
    """
    step, base, target, milestone, leads_to, actual = (
        numbers(years, name) for name in ("step", "base", "target", "milestone", "leads_to", "actual")
    )
    met, rises = (np.asarray(years[name], dtype=bool) for name in ("met", "rises"))
    leads = rises & (target > base) & (leads_to > base)
    way = np.where(leads, target - base, np.nan)
    progress = per_cent_reached(_per_cent(actual - base, way), met)
    schedule = _per_cent(milestone - base, np.where(leads, leads_to - base, np.nan))
    against_milestone = np.where(target != 0, _per_cent(actual - milestone, milestone), np.nan)
    lead = np.where(np.isnan(way), against_milestone, progress - schedule)
    left = last_step - step
    later = needed_growth(target, actual, np.where(left > 0, left, 1.0), np.asarray(years["is_rate"], dtype=bool))
    return {
        "completion": per_cent_reached(_per_cent(actual, target), met),
        "progress": progress,
        "schedule": schedule,
        "elapsed": step / last_step * 100.0,
        "needed_later": np.where(left > 0, unless_met(later, met), np.nan),
        "status": np.select(
            [step == 0, np.isnan(target), np.isnan(actual), left == 0, met],
            ["base_year", "no_target", "no_actual", np.where(met, "done", "missed"), "reached_early"],
            _against_path(round_half_up(lead, COMPARE_DIGITS), status_margin),
        ),
    }


def _per_cent(part: Floats, whole: Floats) -> Floats:
    """Part of the whole in per cent; NaN where the whole is 0."""
    return np.where(whole != 0, part / np.where(whole != 0, whole, 1.0) * 100.0, np.nan)


def _against_path(lead: Floats, status_margin: float) -> np.ndarray:
    return np.select([lead > status_margin, lead < -status_margin], ["ahead", "behind"], "on_course")
