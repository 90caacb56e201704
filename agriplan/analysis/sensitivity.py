"""Which inputs matter most: the regional projection with each input at the ends of its range, the others as they are.

The region's own range is used throughout: leagues move together, so their wider ranges would exaggerate the sum's.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.engine.base_figures import known_figure
from agriplan.engine.plan import Plan
from agriplan.engine.projection import add_up, at_step, project
from agriplan.engine.scenario import Scenario
from agriplan.engine.stages import LEAGUE_INPUTS, LINE_INPUTS
from agriplan.engine.tables import Columns
from agriplan.memo import memoized
from agriplan.rounding import SAME_VALUE, printed_difference

# Moves the lines and leagues of a plan to the end of an input.
Move = Callable[[Columns, Columns, np.ndarray], tuple[Columns, Columns]]
# What the figures of an input are called for other programs, beside a region whose growth has a `low` of its own.
ENDS = {
    "from": "low",
    "to": "high",
    "low": "projection_at_low",
    "high": "projection_at_high",
    "swing": "swing",
}


@memoized
def tornado(plan: Plan) -> pd.DataFrame:
    """Move one input at a time.

    Returns one row an indicator and input that moves anything, the widest swing first within an indicator:
    `indicator`, `input` (a key of `MOVES`), `from` and `to` (the input's ends), `low` and `high` (the projection at
    those ends, in the indicator's unit), `swing` between them, and `printed_swing` between both as they are printed.
    """
    ends = _ends(plan.scenario, plan.baselines, plan.suggestions)
    lines = {name: plan.assumed.lines[name] for name in LINE_INPUTS}
    leagues = {name: plan.assumed.leagues[name] for name in LEAGUE_INPUTS}
    years = plan.baselines.span
    reached = {
        name: [_projected(move(lines, leagues, _known(end)), end, years) for end in ends[name]]
        for name, move in MOVES.items()
    }
    low, high = (np.concatenate([each[side] for each in reached.values()]) for side in (0, 1))
    count, _ = plan.assumed.shape
    table = {
        "indicator": np.tile(plan.assumed.lines["indicator"], len(MOVES)),
        "input": np.repeat(np.array(list(MOVES), dtype=object), count),
        "from": np.concatenate([ends[name][0] for name in MOVES]),
        "to": np.concatenate([ends[name][1] for name in MOVES]),
        "low": low,
        "high": high,
        "swing": np.abs(high - low),
        "printed_swing": _printed_swing(low, high, plan.baselines),
    }
    order = np.lexsort((-table["swing"], np.tile(np.arange(count), len(MOVES))))
    # What every league shares may cancel out, but for the last digits.
    moving = order[(table["swing"] > SAME_VALUE * np.abs(high))[order]]
    return pd.DataFrame({name: column[moving] for name, column in table.items()})


def _printed_swing(low: np.ndarray, high: np.ndarray, data: Baselines) -> np.ndarray:
    """The swing between printed ends, shape (moves x lines,) as theirs."""
    lows, highs = (each.reshape(len(MOVES), -1) for each in (low, high))
    decimals = map(data.decimals, data.commitments)
    columns = [printed_difference(highs[:, line], lows[:, line], each) for line, each in enumerate(decimals)]
    return np.abs(np.column_stack(columns)).ravel()


def _known(end: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(end), 0.0, end)


def _projected(moved: tuple[Columns, Columns], end: np.ndarray, years: int) -> np.ndarray:
    """The regional projection of every line with an input at that end; NaN where a line has no such input."""
    lines, leagues = moved
    regional = add_up(lines, leagues, project(lines, leagues, years))
    return np.where(np.isnan(end), np.nan, at_step(regional, "projection", len(end)))


def _growth(lines: Columns, leagues: Columns, end: np.ndarray) -> tuple[Columns, Columns]:
    """The region's growth moves to the end, whatever was entered; every league's moves by as much."""
    shift = end - lines["growth"]
    each = _each_league(shift, leagues)
    return lines | {"growth": lines["growth"] + shift}, leagues | {"growth": leagues["growth"] + each}


def _each_league(values: np.ndarray, leagues: Columns) -> np.ndarray:
    """A line's value for each of its leagues."""
    return np.repeat(values, len(leagues["named"]) // len(values))


def _unit_value_growth(lines: Columns, leagues: Columns, end: np.ndarray) -> tuple[Columns, Columns]:
    return lines | {"unit_value_growth": end}, leagues | {"unit_value_growth": _each_league(end, leagues)}


def _herd_growth(lines: Columns, leagues: Columns, end: np.ndarray) -> tuple[Columns, Columns]:
    return lines, leagues | {"herd_growth": _each_league(end, leagues)}


def _scaled(lines: Columns, leagues: Columns, end: np.ndarray) -> tuple[Columns, Columns]:
    """Baselines of all leagues and the difference move by the same per cent; rates stay below their ceiling."""
    factor = 1.0 + end / 100.0
    each, ceiling = (_each_league(values, leagues) for values in (factor, lines["ceiling"]))
    moved = np.fmin(leagues["baseline"] * each, ceiling)
    moved = np.where(np.isnan(leagues["baseline"]), np.nan, moved)
    return lines | {"difference": lines["difference"] * factor}, leagues | {"baseline": moved}


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
