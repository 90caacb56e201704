"""Where the plan stands as of a year: what was reached, what is left, how likely it is, and what to warn of.

As of a year before the target year everything follows from the plan laid from there (`engine.rebase`); as of the target
year nothing is projected, and what was reached stands against what was handed down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from agriplan.analysis.evaluation_ahead import EvaluationRow
from agriplan.analysis.evaluation_rows import evaluation_rows
from agriplan.analysis.evaluation_years import NO_TERMS, lay_evaluation_years, terms_of
from agriplan.analysis.printed_standing import print_trend
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import counted_actuals
from agriplan.engine.evaluation_columns import EVALUATION
from agriplan.engine.plan import Plan
from agriplan.engine.rebase import Rebased, rebase
from agriplan.engine.scenario import Scenario
from agriplan.errors import Problem, ScenarioError


@dataclass(frozen=True, eq=False)
class Evaluation:
    """An evaluation as of a year; `issued` is the plan from the base year, `rows` has the columns `EVALUATION`.

    `trend` and `plan` are the plans from the as-of year, without and with what becomes of leagues past their target;
    None as of the target year.
    """

    as_of: int
    issued: Plan
    rebased: Rebased
    trend: Plan | None
    plan: Plan | None
    rows: pd.DataFrame = field(repr=False)

    @property
    def years_left(self) -> int:
        """From the as-of year to the target year."""
        return self.issued.baselines.target_year - self.as_of

    @cached_property
    def by_key(self) -> dict[tuple[str, str], EvaluationRow]:
        """The rows by indicator and area."""
        return {(row["indicator"], row["code"]): _named(row) for row in self.rows.to_dict("records")}

    def region(self, indicator: str) -> EvaluationRow:
        """The region's row."""
        return self.by_key[indicator, self.issued.baselines.region.code]

    @cached_property
    def years(self) -> pd.DataFrame:
        """From the as-of year to the target year, year by year: the columns `EVALUATION_YEARS`."""
        return lay_evaluation_years(self.issued, self.trend, self.plan, self.by_key)

    def years_of(self, indicator: str, code: str) -> list[EvaluationRow]:
        """The years of one indicator and area."""
        return self._years[indicator, code]

    @cached_property
    def _years(self) -> dict[tuple[str, str], list[EvaluationRow]]:
        found: dict[tuple[str, str], list[EvaluationRow]] = {}
        for row in self.years.to_dict("records"):
            found.setdefault((row["indicator"], row["code"]), []).append(_named(row))
        return found


def _named(row: Mapping[Any, Any]) -> EvaluationRow:
    return {str(name): value for name, value in row.items()}


def last_reported_year(scenario: Scenario, baselines: Baselines) -> int:
    """The last year for which any figure of a commitment or its quantity was reported; the base year where none was."""
    known = {name for one in baselines.commitments for name in (one.id, one.quantity)}
    years = [year for indicator, _, year in counted_actuals(scenario, baselines) if indicator in known]
    return max(years, default=baselines.base_year)


def as_of_year(scenario: Scenario, baselines: Baselines, asked: int | None = None) -> int:
    """The year to evaluate as of: what is asked for, else the scenario's, else the last with a reported figure.

    Raises `ScenarioError` for a year outside the plan.
    """
    year = asked if asked is not None else scenario.as_of
    if year is None:
        return last_reported_year(scenario, baselines)
    if not baselines.base_year <= year <= baselines.target_year:
        years = {"first": baselines.base_year, "last": baselines.target_year}
        raise ScenarioError([Problem("as_of", "as_of_outside_plan", {"word": year, **years})])
    return year


def year_of_evaluation(plan: Plan, asked: int | None) -> int:
    """The same of a plan, whose scenario says nothing of an evaluation as of the base year: that is heard too."""
    return as_of_year(plan.scenario, plan.baselines, plan.as_of if asked is None else asked)


def evaluate(issued: Plan, suggestions: pd.DataFrame, as_of: int) -> Evaluation:
    """Evaluate a plan as of a year from its base year to its target year.

    `suggestions` are those as of that year (`suggestions.suggestions_as_of`).
    """
    rebased = rebase(issued, suggestions, as_of)
    trend, plan = _plans(rebased)
    region = issued.baselines.region.code
    rows = [
        row | (terms_of(one.id, plan) if row["code"] == region else NO_TERMS)
        for one in issued.baselines.commitments
        for row in evaluation_rows(one, rebased, trend, plan)
    ]
    table = pd.DataFrame({column.name: [row[column.name] for row in rows] for column in EVALUATION})
    return Evaluation(as_of, issued, rebased, trend, plan, table)


def share_again(issued: Plan, suggestions: pd.DataFrame, as_of: int) -> Plan | None:
    """The plan that shares the gap left in the as-of year by the scenario's rule; None as of the target year.

    `suggestions` are those as of that year. As of the base year it is the issued plan.
    """
    data = issued.baselines
    if as_of == data.target_year:
        return None
    return issued if as_of == data.base_year else rebase(issued, suggestions, as_of).plan()


def _plans(rebased: Rebased) -> tuple[Plan | None, Plan | None]:
    data = rebased.issued.baselines
    if rebased.as_of == data.target_year:
        return None, None
    if rebased.as_of == data.base_year:
        return rebased.issued, rebased.issued
    trend = rebased.trend()
    if not rebased.passed:
        return trend, trend
    plan = rebased.plan()
    return print_trend(rebased, trend, plan), plan
