"""The recipe, read aloud: a scenario and the data give a plan."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from agriplan import __version__
from agriplan.assumptions import Assumed, take_baseline
from agriplan.baselines import Baselines
from agriplan.gap import measure_gap, needed_growth
from agriplan.milestones import lay_milestones, measure_progress
from agriplan.models import Scenario, canonical_json
from agriplan.paths import add_up, at_step, grow, project
from agriplan.sharing import set_limits, set_terms, share_out
from agriplan.tables import Floats, check_table, grid


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that follows from a scenario and the data; the tables are those of `tables`.

    `assumed` and `suggestions` are what it started from.
    """

    scenario: Scenario
    baselines: Baselines
    fingerprint: str
    lines: pd.DataFrame = field(repr=False)
    leagues: pd.DataFrame = field(repr=False)
    years: pd.DataFrame = field(repr=False)
    criteria: pd.DataFrame = field(repr=False)
    assumed: Assumed = field(repr=False)
    suggestions: pd.DataFrame = field(repr=False)

    @cached_property
    def by_indicator(self) -> dict[str, pd.Series]:
        """The line of each indicator."""
        return {str(row["indicator"]): row for _, row in self.lines.iterrows()}

    def leagues_of(self, indicator: str) -> pd.DataFrame:
        """The league rows of one indicator, in the leagues' order."""
        return self.leagues[self.leagues["indicator"] == indicator]

    def years_of(self, indicator: str, code: str) -> pd.DataFrame:
        """The yearly rows of one indicator and area."""
        return self.years[(self.years["indicator"] == indicator) & (self.years["code"] == code)]


def fingerprint(scenario: Scenario, baselines: Baselines) -> str:
    """Name the inputs of a plan: scenario, data and engine version; 16 hex digits, printed in workbooks."""
    text = f"{canonical_json(scenario)}\n{baselines.version}\n{__version__}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def make_plan(scenario: Scenario, baselines: Baselines, suggestions: pd.DataFrame) -> Plan:
    """Project, measure the gap, share it out and lay the milestones.

    `suggestions` are the growth suggestions of the same data (`suggestions.suggestions_for`). Raises `ScenarioError`
    with everything that cannot be had.
    """
    years = baselines.target_year - baselines.base_year
    assumed = take_baseline(scenario, baselines, suggestions)
    lines, leagues, paths, regional = compute(assumed.lines, assumed.leagues, years)
    return Plan(
        scenario=scenario,
        baselines=baselines,
        fingerprint=fingerprint(scenario, baselines),
        lines=check_table("lines", lines.drop(columns=["issue_decimals", "ceiling"])),
        leagues=check_table("leagues", leagues.drop(columns=["footing", "counted", "one"])),
        years=_year_table(scenario, baselines, lines, leagues, paths, regional),
        criteria=check_table("criteria", assumed.criteria),
        assumed=assumed,
        suggestions=suggestions,
    )


def compute(
    lines: pd.DataFrame, leagues: pd.DataFrame, years: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The arithmetic alone, for any number of lines at once (a sweep stacks the lines of many scenarios).

    Takes the tables of `assumptions.take_baseline`; returns them with every figure of the plan, and the yearly paths of
    the leagues and of the region.
    """
    count = len(lines)
    is_rate = (lines["kind"] == "rate").to_numpy()
    paths = project(lines, leagues, years)
    regional = add_up(lines, leagues, paths)
    target_year = {name: at_step(paths, name, len(leagues)) for name in ("projection", "herd", "size", "counted")}
    leagues = leagues.assign(
        **{name: target_year[name] for name in ("projection", "size", "counted")},
        herd_target=target_year["herd"],
        footing=np.where(np.repeat(is_rate, len(leagues) // count), target_year["size"], leagues["baseline"]),
        one=1.0,
    )
    end = pd.DataFrame(
        {name: at_step(regional, name, count) for name in ("counted", "divisor", "difference", "projection")}
    )
    lines = lines.assign(
        **{column: end[name] for column, name in _END}, baseline=at_step(regional, "projection", count, 0)
    )
    lines = pd.concat([lines, measure_gap(end, lines)], axis=1)
    leagues = pd.concat([leagues, set_limits(leagues, lines, years)], axis=1)
    rules = pd.Series(np.repeat(lines["rule"].to_numpy(), len(leagues) // count))
    leagues = pd.concat([leagues, set_terms(leagues, rules)], axis=1)
    placed, taken = share_out(lines, leagues)
    leagues = pd.concat([leagues, taken], axis=1)
    lines = pd.concat([lines, placed], axis=1)
    return (
        _outcome(lines, end["counted"].to_numpy(), is_rate, years),
        _targets(leagues, is_rate, count, years),
        paths,
        regional,
    )


_END = (("divisor", "divisor"), ("difference_target", "difference"), ("projection", "projection"))


def _outcome(lines: pd.DataFrame, counted: Floats, is_rate: np.ndarray, years: int) -> pd.DataFrame:
    column = {
        name: lines[name].to_numpy(dtype=float) for name in ("target", "baseline", "published", "suggested", "placed")
    }
    fitted = np.where(
        is_rate,
        column["published"] + column["suggested"] * years,
        grow(
            grow(column["published"], column["suggested"], np.array(float(years))),
            lines["unit_value_growth"].to_numpy(dtype=float),
            np.array(float(years)),
        ),
    )
    error = (lines["relative_error"] * column["baseline"] * lines["divisor"]).to_numpy(dtype=float)
    return lines.assign(
        own_fit=fitted,
        reachable=(counted + lines["ceilings"]) / lines["divisor"],
        reached=(counted + column["placed"]) / lines["divisor"],
        needed_growth=needed_growth(column["target"], column["baseline"], float(years), is_rate),
        gap_within_error=lines["gap"].abs() < error,
    )


def _targets(leagues: pd.DataFrame, is_rate: np.ndarray, count: int, years: int) -> pd.DataFrame:
    target = ((leagues["counted"] + leagues["amount"]) / leagues["size"]).to_numpy(dtype=float)
    base = leagues["baseline"].to_numpy(dtype=float)
    rate = np.repeat(is_rate, len(leagues) // count)
    return leagues.assign(target=target, needed_growth=needed_growth(target, base, float(years), rate))


def _year_table(
    scenario: Scenario,
    baselines: Baselines,
    lines: pd.DataFrame,
    leagues: pd.DataFrame,
    paths: pd.DataFrame,
    regional: pd.DataFrame,
) -> pd.DataFrame:
    """The years of the leagues and of the region, with milestones and monitoring, in the order of `tables.YEARS`."""
    count, width = len(lines), len(baselines.leagues)
    steps = baselines.target_year - baselines.base_year + 1
    base, target = leagues["baseline"].to_numpy(dtype=float), leagues["target"].to_numpy(dtype=float)
    path = pd.Series(np.repeat(lines["path"].to_numpy(), width))
    milestones = lay_milestones(base, target, path, steps - 1)
    size = paths["size"].to_numpy(dtype=float).reshape(-1, steps)
    total = np.nansum((milestones * size).reshape(count, width, steps), axis=1)
    whole = (total + grid(regional, "difference", count)) / grid(regional, "divisor", count)
    league_years = paths.assign(milestone=milestones.ravel(), actual=_actuals(scenario, baselines, steps))
    league_years["area"] = np.tile(np.repeat(np.arange(width) + 1, steps), count)
    region_years = regional.assign(
        milestone=whole.ravel(), area=0, actual=_regional_actuals(league_years, regional, count, steps)
    )
    frames = {"league": league_years, "region": region_years}
    for name, frame in frames.items():
        frame["line"] = np.repeat(np.arange(count), len(frame) // count)
        frame["step"] = np.tile(np.arange(float(steps)), len(frame) // steps)
        ends = {"base": base, "target": target} if name == "league" else _ends(lines, whole)
        for column, values in ends.items():
            frame[column] = np.repeat(values, steps)
    columns = ["line", "area", "step", "herd", "projection", "milestone", "actual", "base", "target"]
    years = pd.concat([frame[columns] for frame in frames.values()]).sort_values(
        ["line", "area", "step"], ignore_index=True
    )
    years["is_rate"] = (lines["kind"] == "rate").to_numpy()[years["line"]]
    progress = measure_progress(years, steps - 1, scenario.status_margin)
    codes = np.array([baselines.region.code, *(league.code for league in baselines.leagues)])
    named = years.assign(
        indicator=lines["indicator"].to_numpy()[years["line"]],
        code=codes[years["area"]],
        year=baselines.base_year + years["step"].astype(int),
    )
    dropped = ["line", "area", "step", "base", "target", "is_rate"]
    return check_table("years", pd.concat([named.drop(columns=dropped), progress], axis=1))


def _ends(lines: pd.DataFrame, milestones: Floats) -> dict[str, Floats]:
    return {"base": lines["baseline"].to_numpy(dtype=float), "target": milestones[:, -1]}


def _actuals(scenario: Scenario, baselines: Baselines, steps: int) -> list[float]:
    years = [str(baselines.base_year + step) for step in range(steps)]
    return [
        scenario.actual.get(commitment.id, {}).get(league.code, {}).get(year, np.nan)
        for commitment in baselines.commitments
        for league in baselines.leagues
        for year in years
    ]


def _regional_actuals(league_years: pd.DataFrame, regional: pd.DataFrame, count: int, steps: int) -> Floats:
    """The region's actual of a year is known once every league with a baseline has reported it."""
    shape = (count, -1, steps)
    projected = league_years["projection"].to_numpy(dtype=float).reshape(shape)
    counted = (league_years["actual"] * league_years["size"]).to_numpy(dtype=float).reshape(shape)
    total = np.where(np.isnan(projected), 0.0, counted).sum(axis=1)
    regional_actual: Floats = ((total + grid(regional, "difference", count)) / grid(regional, "divisor", count)).ravel()
    return regional_actual
