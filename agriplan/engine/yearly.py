"""The yearly table of a plan: projection, milestone and monitoring of the region and of every league."""

import numpy as np

from agriplan.baselines.folder import Baselines
from agriplan.engine.milestones import lay_milestones, measure_progress
from agriplan.engine.scenario import Scenario
from agriplan.engine.stages import Outcome
from agriplan.engine.tables import Columns, Floats, Table, grid, numbers


def lay_years(scenario: Scenario, baselines: Baselines, lines: Table, outcome: Outcome) -> Columns:
    """One entry a line, area and year, the region before its leagues; the columns are `tables.YEARS`.

    `lines` names the `indicator` and `path` of each line.
    """
    count, width = len(outcome.lines["kind"]), len(baselines.leagues)
    steps = baselines.target_year - baselines.base_year + 1
    ends = {name: grid(outcome.leagues, name, count) for name in ("baseline", "target")}
    path = np.repeat(np.asarray(lines["path"]), width)
    milestones = lay_milestones(ends["baseline"].ravel(), ends["target"].ravel(), path, steps - 1)
    by_league = {name: grid(outcome.paths, name, count).reshape(count, width, steps) for name in outcome.paths}
    by_league |= {"milestone": milestones.reshape(count, width, steps), "actual": _actuals(scenario, baselines)}
    region = {name: grid(outcome.regional, name, count) for name in outcome.regional}
    # A year's actual is known once every league with a baseline has reported it: one that is missing makes NaN.
    region |= {name: _added(name, by_league, region) for name in ("milestone", "actual")}
    joined = {name: _joined(region[name], by_league[name]) for name in ("herd", "projection", "milestone", "actual")}
    whole = {"base": numbers(outcome.lines, "baseline"), "target": region["milestone"][:, -1]}
    measured = joined | {
        "step": np.tile(np.arange(float(steps)), count * (width + 1)),
        "base": np.repeat(np.column_stack([whole["base"], ends["baseline"]]), steps),
        "target": np.repeat(np.column_stack([whole["target"], ends["target"]]), steps),
        "is_rate": np.repeat(outcome.lines["kind"] == "rate", (width + 1) * steps),
    }
    codes = [baselines.region.code, *(league.code for league in baselines.leagues)]
    return {
        "indicator": np.repeat(np.asarray(lines["indicator"]), (width + 1) * steps),
        "code": np.tile(np.repeat(codes, steps), count),
        "year": baselines.base_year + measured["step"].astype(int),
        **joined,
        **measure_progress(measured, steps - 1, scenario.status_margin),
    }


def _joined(region: Floats, leagues: Floats) -> Floats:
    """The region's years before those of its leagues, in one column."""
    return np.concatenate([region[:, None, :], leagues], axis=1).ravel()


def _added(name: str, leagues: Columns, region: Columns) -> Floats:
    """Yearly values of the leagues that have a baseline, added up to the region; shape (lines, years)."""
    has = ~np.isnan(leagues["projection"])
    total: Floats = np.where(has, leagues[name] * leagues["size"], 0.0).sum(axis=1)
    return (total + region["difference"]) / region["divisor"]


def _actuals(scenario: Scenario, baselines: Baselines) -> Floats:
    """Actual figures as entered, shape (lines, leagues, years); NaN where there is none yet."""
    years = [str(year) for year in range(baselines.base_year, baselines.target_year + 1)]
    entered = [
        [scenario.actual.get(commitment.id, {}).get(league.code, {}) for league in baselines.leagues]
        for commitment in baselines.commitments
    ]
    return np.array([[[one.get(year, np.nan) for year in years] for one in row] for row in entered], dtype=float)
