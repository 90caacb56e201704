"""The recipe, read aloud: a scenario and the data give a plan."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from agriplan import __version__
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.assumptions import Assumed, take_baseline
from agriplan.engine.caps import least_cap
from agriplan.engine.columns import STATED, TABLES
from agriplan.engine.gap import raised_by, unless_met
from agriplan.engine.printed import Scales, round_figures
from agriplan.engine.scenario import DEFAULT_PATH, Scenario, canonical_json
from agriplan.engine.stages import compute
from agriplan.engine.tables import Columns, arrays_of, check_table, rows_of_columns
from agriplan.engine.yearly import lay_years
from agriplan.rounding import have_reached, printing_units


@dataclass(frozen=True, eq=False)
class Tables:
    """Lines, leagues and years of a plan, and one indicator's or area's rows of them."""

    lines: pd.DataFrame = field(repr=False)
    leagues: pd.DataFrame = field(repr=False)
    years: pd.DataFrame = field(repr=False)

    @cached_property
    def by_indicator(self) -> dict[str, dict[str, Any]]:
        """The line of each indicator, as plain values."""
        return {row["indicator"]: row for row in rows_of_columns(self._columns["lines"])}

    def leagues_of(self, indicator: str) -> pd.DataFrame:
        """The league rows of one indicator, in the leagues' order."""
        return self._leagues[indicator]

    @cached_property
    def _leagues(self) -> dict[str, pd.DataFrame]:
        """The league rows of each indicator, parted once: they are asked for everywhere."""
        return {str(indicator): rows for indicator, rows in self.leagues.groupby("indicator", sort=False)}

    def years_of(self, indicator: str, code: str) -> pd.DataFrame:
        """The yearly rows of one indicator and area."""
        return self.years.iloc[self._of_area["years"][indicator, code]]

    def league_rows(self, indicator: str) -> list[dict[str, Any]]:
        """The league rows of one indicator, in the leagues' order, as plain values."""
        return rows_of_columns(self.league_columns(indicator))

    def league_row(self, indicator: str, code: str) -> dict[str, Any]:
        """The row of one league, as plain values."""
        place = self._of_area["leagues"][indicator, code][0]
        return {name: column.item(place) for name, column in self._columns["leagues"].items()}

    def row_of(self, indicator: str, code: str) -> dict[str, Any]:
        """The row of an area, as plain values: of a league its own, of the region its line."""
        is_league = (indicator, code) in self._of_area["leagues"]
        return self.league_row(indicator, code) if is_league else self.by_indicator[indicator]

    def year_rows(self, indicator: str, code: str) -> list[dict[str, Any]]:
        """The yearly rows of one indicator and area, as plain values."""
        return rows_of_columns(_picked(self._columns["years"], self._of_area["years"][indicator, code]))

    def league_columns(self, indicator: str) -> Columns:
        """The league rows of one indicator, as arrays."""
        return _picked(self._columns["leagues"], self._of_indicator["leagues"][indicator])

    def year_columns(self, indicator: str) -> Columns:
        """The yearly rows of one indicator, of all areas, as arrays."""
        return _picked(self._columns["years"], self._of_indicator["years"][indicator])

    @cached_property
    def _columns(self) -> dict[str, Columns]:
        """The columns of each table."""
        tables = {"lines": self.lines, "leagues": self.leagues, "years": self.years}
        return {table: arrays_of(frame) for table, frame in tables.items()}

    @cached_property
    def _of_indicator(self) -> dict[str, dict[Hashable, list[int]]]:
        """Which rows are about an indicator."""
        return {table: _places(columns["indicator"].tolist()) for table, columns in self._columns.items()}

    @cached_property
    def _of_area(self) -> dict[str, dict[Hashable, list[int]]]:
        """Which rows are about an indicator in an area."""
        of = {table: self._columns[table] for table in ("leagues", "years")}
        return {
            table: _places(zip(columns["indicator"].tolist(), columns["code"].tolist(), strict=True))
            for table, columns in of.items()
        }


def _places(keys: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return found


def _picked(columns: Columns, places: list[int]) -> Columns:
    return {name: column[places] for name, column in columns.items()}


@dataclass(frozen=True, eq=False)
class Plan(Tables):
    """Everything that follows from a scenario and the data; the tables are those of `columns`.

    `printed` holds lines, leagues and years as they are shown, row by row beside the exact ones; `assumed` and
    `suggestions` are what it started from. `as_of` is the year that an evaluation was asked for, which may be the base
    year: of that the scenario says nothing. What is worked out from a plan and asked for again is kept in its `memo`.
    """

    scenario: Scenario
    as_of: int | None
    baselines: Baselines
    fingerprint: str
    criteria: pd.DataFrame = field(repr=False)
    printed: Tables = field(repr=False)
    assumed: Assumed = field(repr=False)
    suggestions: pd.DataFrame = field(repr=False)
    memo: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def criteria_of(self, indicator: str, code: str) -> list[dict[str, Any]]:
        """A league's rows of an indicator, criterion by criterion."""
        return self._criteria.get((indicator, code), [])

    def suggested_unit_value_growth(self, commitment: Commitment) -> float:
        """How the unit value is suggested to grow, in per cent a year."""
        return self.assumed.of_line(commitment.id, "suggested_unit_value_growth")

    @cached_property
    def stated(self) -> Tables:
        """The tables with the exact twin of every printed `…_stated` figure, in the indicator's unit."""
        sizes = {"lines": self.lines["divisor"], "leagues": self.leagues["size"]}
        parts = {
            name: table.assign(
                **{
                    column.name: table[column.name.removesuffix(STATED)] / sizes[name]
                    for column in TABLES[f"printed_{name}"]
                    if column.name.endswith(STATED)
                }
            )
            for name, table in (("lines", self.lines), ("leagues", self.leagues))
        }
        placed = raised_by(self.lines)
        left = self.lines["to_place"] / self.lines["divisor"] - placed
        parts["lines"] = parts["lines"].assign(placed_stated=placed, residual_stated=left)
        return Tables(**parts, years=self.years)

    @cached_property
    def _criteria(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in self.criteria.astype(object).where(self.criteria.notna(), None).to_dict("records"):
            found.setdefault((row["indicator"], row["code"]), []).append({str(key): row[key] for key in row})
        return found


def fingerprint(scenario: Scenario, baselines: Baselines) -> str:
    """Name the inputs of a plan: scenario, data and engine version; 16 hex digits, printed in workbooks."""
    text = f"{canonical_json(without_usual(scenario, baselines))}\n{baselines.version}\n{__version__}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def without_usual(scenario: Scenario, baselines: Baselines) -> Scenario:
    """The same scenario; an evaluation as of the base year is none, the usual path no entry: they say nothing."""
    kinds = {one.id: one.kind for one in baselines.commitments}
    path = {name: way for name, way in scenario.path.items() if name not in kinds or way != DEFAULT_PATH[kinds[name]]}
    as_of = None if scenario.as_of == baselines.base_year else scenario.as_of
    return scenario.model_copy(update={"as_of": as_of, "path": path})


def make_plan(
    scenario: Scenario, baselines: Baselines, suggestions: pd.DataFrame, differences: Mapping[str, float] | None = None
) -> Plan:
    """Project, measure the gap, share it out and lay the milestones.

    `suggestions` are the growth suggestions of the same data (`suggestions.suggestions_for`), `differences` as in
    `take_baseline`. Raises `ScenarioError` with everything that cannot be had.
    """
    as_of, scenario = scenario.as_of, without_usual(scenario, baselines)
    assumed = take_baseline(scenario, baselines, suggestions, differences)
    span = baselines.span
    outcome = compute(assumed.lines, assumed.leagues, span)
    all_lines = arrays_of(assumed.lines) | outcome.lines
    scales = scales_of(baselines)
    printed = round_figures(all_lines, outcome.leagues, scales)
    found = outcome.lines | _needed(outcome.lines, printed[0])
    found |= {"least_max_growth": least_cap(all_lines, outcome.leagues, span)}
    years = lay_years(scenario, baselines, assumed.lines, outcome, printed, scales)
    keys = {name: assumed.leagues[name].to_numpy() for name in ("indicator", "code")}
    return Plan(
        scenario=scenario,
        as_of=as_of,
        baselines=baselines,
        fingerprint=fingerprint(scenario, baselines),
        lines=_finished("lines", assumed.lines, found),
        leagues=_finished("leagues", assumed.leagues, outcome.leagues | _needed(outcome.leagues, printed[1])),
        years=check_table("years", years.exact),
        criteria=check_table("criteria", assumed.criteria),
        printed=Tables(
            check_table("printed_lines", {"indicator": assumed.lines["indicator"].to_numpy()} | printed[0]),
            check_table("printed_leagues", keys | printed[1]),
            check_table("printed_years", years.printed),
        ),
        assumed=assumed,
        suggestions=suggestions,
    )


def _needed(table: Columns, printed: Columns) -> Columns:
    met = have_reached(printed["baseline"], printed["target"])
    return {"needed_growth": unless_met(table["needed_growth"], met)}


def counted_decimals(baselines: Baselines, commitment: Commitment) -> int:
    """With how many decimals what adds up over leagues is printed: for a rate improved animals, as the herd."""
    return baselines.indicators[commitment.herd].decimals if commitment.herd else baselines.decimals(commitment)


def scales_of(baselines: Baselines) -> Scales:
    """How many printing units make one of each commitment's own unit, and one of what adds up over its leagues."""
    own = [printing_units(baselines.decimals(commitment)) for commitment in baselines.commitments]
    counted = [printing_units(counted_decimals(baselines, commitment)) for commitment in baselines.commitments]
    return Scales(np.array(own), np.array(counted))


def _finished(name: str, assumed: pd.DataFrame, found: Columns) -> pd.DataFrame:
    """The table without the columns that only lead to others."""
    columns = arrays_of(assumed) | found
    return check_table(name, {column: values for column, values in columns.items() if column not in ON_THE_WAY[name]})


ON_THE_WAY = {
    "lines": ("issue_decimals", "ceiling", "suggested_unit_value_growth"),
    "leagues": ("base_weight", "counted", "one", "suggested_herd_growth", "floor_level", "ceiling_level", "lock_level"),
}
