"""Which inputs matter most: the regional projection with each input at the ends of its range, the others as they are.

The region's own range is used throughout: leagues move together, so their wider ranges would exaggerate the sum's.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pandas as pd

from agriplan.baselines import Baselines
from agriplan.figures import known_figure
from agriplan.models import Scenario
from agriplan.paths import add_up, at_step, project
from agriplan.plan import Plan

Move = Callable[[pd.DataFrame, pd.DataFrame, np.ndarray], tuple[pd.DataFrame, pd.DataFrame]]


@lru_cache(maxsize=32)
def tornado(plan: Plan) -> pd.DataFrame:
    """Move one input at a time.

    Returns one row an indicator and input that moves anything, the widest swing first within an indicator:
    `indicator`, `input` (a key of `MOVES`), `from` and `to` (the input's ends), `low` and `high` (the projection at
    those ends, in the indicator's unit) and `swing`.
    """
    ends = _ends(plan.scenario, plan.baselines, plan.suggestions)
    parts = []
    for name, move in MOVES.items():
        low, high = ends[name]
        parts.append(
            pd.DataFrame(
                {
                    "indicator": plan.lines["indicator"],
                    "input": name,
                    "from": low,
                    "to": high,
                    "low": _projected(plan, move, low),
                    "high": _projected(plan, move, high),
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    table["swing"] = (table["high"] - table["low"]).abs()
    moving = table[table["swing"] > 0]
    order = {indicator: place for place, indicator in enumerate(plan.by_indicator)}
    place = moving["indicator"].map(order)
    return (
        moving.assign(place=place)
        .sort_values(["place", "swing"], ascending=[True, False])
        .drop(columns="place")
        .reset_index(drop=True)
    )


def _projected(plan: Plan, move: Move, end: np.ndarray) -> np.ndarray:
    """The regional projection of every line with that input at that end; NaN where a line has no such input."""
    has = ~np.isnan(end)
    lines, leagues = move(plan.assumed.lines, plan.assumed.leagues, np.where(has, end, 0.0))
    years = plan.baselines.target_year - plan.baselines.base_year
    paths = project(lines, leagues, years)
    return np.where(has, at_step(add_up(lines, leagues, paths), "projection", len(lines)), np.nan)


def _growth(lines: pd.DataFrame, leagues: pd.DataFrame, end: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every league's growth moves by as much as the region's."""
    shift = end - lines["suggested"].to_numpy(dtype=float)
    each = np.repeat(shift, len(leagues) // len(lines))
    return lines.assign(growth=lines["growth"] + shift), leagues.assign(growth=leagues["growth"] + each)


def _unit_value_growth(
    lines: pd.DataFrame, leagues: pd.DataFrame, end: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    each = np.repeat(end, len(leagues) // len(lines))
    return lines.assign(unit_value_growth=end), leagues.assign(unit_value_growth=each)


def _herd_growth(lines: pd.DataFrame, leagues: pd.DataFrame, end: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    return lines, leagues.assign(herd_growth=np.repeat(end, len(leagues) // len(lines)))


def _scaled(lines: pd.DataFrame, leagues: pd.DataFrame, end: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Baselines of all leagues and the difference move by the same per cent; rates stay below their ceiling."""
    factor = 1.0 + end / 100.0
    each, ceiling = (np.repeat(values, len(leagues) // len(lines)) for values in (factor, lines["ceiling"]))
    moved = np.fmin(leagues["baseline"].to_numpy(dtype=float) * each, ceiling)
    moved = np.where(np.isnan(leagues["baseline"]), np.nan, moved)
    return lines.assign(difference=lines["difference"] * factor), leagues.assign(baseline=moved)


MOVES: dict[str, Move] = {
    "growth": _growth,
    "unit_value_growth": _unit_value_growth,
    "herd_growth": _herd_growth,
    "baseline": _scaled,
    "unit_value": _scaled,
}


def _ends(scenario: Scenario, baselines: Baselines, suggestions: pd.DataFrame) -> dict[str, np.ndarray]:
    """Both ends of each input, shape (2, lines): growths in per cent or points a year, figures in per cent off."""
    region = baselines.region.code
    mine = suggestions[suggestions["code"] == region]
    ranges = dict(zip(mine["indicator"], zip(mine["low"], mine["high"], strict=True), strict=True))
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in MOVES}
    none = (np.nan, np.nan)
    for commitment in baselines.commitments:
        for name, indicator in (
            ("growth", commitment.quantity),
            ("unit_value_growth", commitment.unit_value),
            ("herd_growth", commitment.herd),
        ):
            found[name].append(ranges[indicator] if indicator else none)
        for name, indicator in (("baseline", commitment.quantity), ("unit_value", commitment.unit_value)):
            error = known_figure(scenario, baselines, indicator, region).relative_error if indicator else np.nan
            found[name].append((-100.0 * error, 100.0 * error))
    return {name: np.array(pairs, dtype=float).T for name, pairs in found.items()}
