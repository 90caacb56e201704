"""The recipe, read aloud: a scenario and the data give a plan."""

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from agriplan import __version__
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.assumptions import Assumed, take_baseline
from agriplan.engine.caps import least_cap
from agriplan.engine.columns import STATED, TABLES
from agriplan.engine.gap import raised_by, unless_met
from agriplan.engine.plan_tables import Tables
from agriplan.engine.printed import Scales, round_figures
from agriplan.engine.scenario import DEFAULT_PATH, Scenario, canonical_json
from agriplan.engine.stages import compute
from agriplan.engine.tables import Columns, check_table, frame_of_columns, rows_of_columns, selected_rows
from agriplan.engine.yearly import lay_years
from agriplan.rounding import have_reached, printing_units

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Plan(Tables):
    """Everything that follows from a scenario and the data; the tables are those of `engine.columns`, criteria too.

    `printed` holds lines, leagues and years as they are shown, row by row beside the exact ones; `assumed` and
    `suggestions` are what it started from. `as_of` is the year that an evaluation was asked for, which may be the base
    year: of that the scenario says nothing. What is worked out from a plan and asked for again is kept in its `memo`.
    """

    scenario: Scenario
    as_of: int | None
    baselines: Baselines
    fingerprint: str
    printed: Tables = field(repr=False)
    assumed: Assumed = field(repr=False)
    suggestions: "pd.DataFrame" = field(repr=False)
    memo: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def criteria(self) -> "pd.DataFrame":
        """One row an indicator, criterion and league."""
        return frame_of_columns(self.columns["criteria"])

    def criteria_of(self, indicator: str, code: str) -> list[dict[str, Any]]:
        """A league's rows of an indicator, criterion by criterion; None where a criterion has no figure."""
        places = self.of_area["criteria"].get((indicator, code), [])
        rows = rows_of_columns(selected_rows(self.columns["criteria"], places))
        # A NaN is not itself.
        return [{name: value if value == value else None for name, value in row.items()} for row in rows]

    def suggested_unit_value_growth(self, commitment: Commitment) -> float:
        """How the unit value is suggested to grow, in per cent a year."""
        return self.assumed.of_line(commitment.id, "suggested_unit_value_growth")

    @cached_property
    def stated(self) -> Tables:
        """The tables with the exact twin of every printed `…_stated` figure, in the indicator's unit."""
        tables = dict(self.columns)
        for name, size in (("lines", "divisor"), ("leagues", "size")):
            exact = tables[name]
            tables[name] = exact | {
                column.name: exact[column.name.removesuffix(STATED)] / exact[size]
                for column in TABLES[f"printed_{name}"]
                if column.name.endswith(STATED)
            }
        lines = tables["lines"]
        lines["placed_stated"] = raised_by(lines)
        lines["residual_stated"] = lines["to_place"] / lines["divisor"] - lines["placed_stated"]
        return Tables(tables)


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
    scenario: Scenario,
    baselines: Baselines,
    suggestions: "pd.DataFrame",
    differences: Mapping[str, float] | None = None,
) -> Plan:
    """Project, measure the gap, share it out and lay the milestones.

    `suggestions` are the growth suggestions of the same data (`suggestions.suggestions_for`), `differences` as in
    `take_baseline`. Raises `ScenarioError` with everything that cannot be had.
    """
    as_of, scenario = scenario.as_of, without_usual(scenario, baselines)
    assumed = take_baseline(scenario, baselines, suggestions, differences)
    span = baselines.span
    outcome = compute(assumed.lines, assumed.leagues, span)
    all_lines = assumed.lines | outcome.lines
    scales = scales_of(baselines)
    printed = round_figures(all_lines, outcome.leagues, scales)
    found = outcome.lines | _needed(outcome.lines, printed[0])
    found |= {"least_max_growth": least_cap(all_lines, outcome.leagues, span)}
    years = lay_years(scenario, baselines, assumed.lines, outcome, printed, scales)
    keys = {name: assumed.leagues[name] for name in ("indicator", "code")}
    tables = {
        "lines": _without_steps("lines", assumed.lines | found),
        "leagues": _without_steps("leagues", assumed.leagues | outcome.leagues | _needed(outcome.leagues, printed[1])),
        "years": years.exact,
        "criteria": assumed.criteria,
    }
    shown = {
        "lines": {"indicator": assumed.lines["indicator"]} | printed[0],
        "leagues": keys | printed[1],
        "years": years.printed,
    }
    return Plan(
        scenario=scenario,
        as_of=as_of,
        baselines=baselines,
        fingerprint=fingerprint(scenario, baselines),
        columns={name: check_table(name, table) for name, table in tables.items()},
        printed=Tables({name: check_table(f"printed_{name}", table) for name, table in shown.items()}),
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


def _without_steps(name: str, columns: Columns) -> Columns:
    """The table without the columns that only lead to others."""
    return {column: values for column, values in columns.items() if column not in ON_THE_WAY[name]}


ON_THE_WAY = {
    "lines": ("issue_decimals", "ceiling", "suggested_unit_value_growth"),
    "leagues": ("base_weight", "counted", "one", "suggested_herd_growth", "floor_level", "ceiling_level", "lock_level"),
}
