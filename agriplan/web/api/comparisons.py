"""Two to five scenarios side by side, or one under all eight rules."""

from typing import Annotated

import pandas as pd
from flask import Response
from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from agriplan.analysis.comparison import compare, rule_table
from agriplan.analysis.same_rules import same_rules, say_same_rules
from agriplan.at_once import do_each
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario
from agriplan.report.column_fields import OptionalNumber
from agriplan.report.comparison_json import ComparisonReport, ScenarioId, comparison_report
from agriplan.report.null import or_null
from agriplan.sentences import LANGS
from agriplan.web.api.operations import Query, operation
from agriplan.web.api.scenarios import Sent
from agriplan.web.bounds import FEWEST_COMPARED, MOST_COMPARED
from agriplan.web.file_response import WORKBOOK
from agriplan.web.problems import NOT_FOUND, UNAVAILABLE
from agriplan.web.service import service
from agriplan.web.workbook_files import comparison_file


def _sort_of_scenario(value: object) -> str:
    return "sent-id" if isinstance(value, str) else "sent-scenario"


SentScenario = Annotated[
    Annotated[ScenarioId, Tag("sent-id")] | Annotated[Scenario, Tag("sent-scenario")], Discriminator(_sort_of_scenario)
]


def _two_to_five(value: object) -> object:
    if isinstance(value, list) and not FEWEST_COMPARED <= len(value) <= MOST_COMPARED:
        raise PydanticCustomError("two_to_five", "two to five scenarios are needed", {"count": len(value)})
    return value


class CompareRequest(Sent):
    """The scenarios to compare, each as the id of a saved one or in full; the first is what the others are held to."""

    scenarios: Annotated[
        list[SentScenario],
        Field(json_schema_extra={"minItems": FEWEST_COMPARED, "maxItems": MOST_COMPARED}),
        BeforeValidator(_two_to_five),
    ]
    """Two to five scenarios."""


class RuleAmounts(BaseModel):
    """What a league takes under every rule; the least and greatest share in per cent of what is placed.

    `amounts` are counted, `printed` in the indicator's unit.
    """

    code: str
    amounts: dict[str, float]
    printed: dict[str, float]
    least: OptionalNumber
    greatest: OptionalNumber


class SameRules(BaseModel):
    """Rules that give every league the same, and why."""

    rules: list[str]
    zh: str
    en: str


class RuleComparison(BaseModel):
    """One indicator under every rule."""

    id: str
    leagues: list[RuleAmounts]
    same: list[SameRules]


class RulesReport(BaseModel):
    """A scenario under all eight rules."""

    indicators: list[RuleComparison]


@operation("POST", "/compare", ComparisonReport, body=CompareRequest, problems=(NOT_FOUND, UNAVAILABLE))
def compare_scenarios(query: Query, body: CompareRequest) -> ComparisonReport:  # noqa: ARG001
    """Compare two to five scenarios."""
    return comparison_report(compare(_plans(body)))


@operation("POST", "/compare/workbook", (WORKBOOK,), body=CompareRequest, problems=(NOT_FOUND, UNAVAILABLE))
def get_comparison_workbook(query: Query, body: CompareRequest) -> Response:
    """The comparison as a workbook."""
    return comparison_file(_plans(body), query.lang)


@operation("POST", "/compare/rules", RulesReport, body=Scenario)
def compare_rules(query: Query, body: Scenario) -> RulesReport:  # noqa: ARG001
    """The same scenario under all eight rules."""
    return rules_report(service().plans_by_rule(body))


def _plans(body: CompareRequest) -> list[Plan]:
    """The plans; all ids that there are not are told at once."""
    here = service()
    sent = do_each(lambda one: here.scenario(one) if isinstance(one, str) else one, body.scenarios)
    return [here.plan(one) for one in sent]


def rules_report(plans: dict[str, Plan]) -> RulesReport:
    """Plans under every rule as they are sent."""
    table, first = rule_table(plans), next(iter(plans.values()))
    return RulesReport(
        indicators=[_under_rules(table, plans, first, str(indicator)) for indicator in first.by_indicator]
    )


def _under_rules(table: pd.DataFrame, plans: dict[str, Plan], first: Plan, indicator: str) -> RuleComparison:
    rows = table[table["indicator"] == indicator].to_dict("records")
    return RuleComparison(
        id=indicator,
        leagues=[
            RuleAmounts(
                code=row["code"],
                amounts={rule: float(row[rule]) for rule in plans},
                printed={rule: float(row[f"printed_{rule}"]) for rule in plans},
                least=or_null(row["least"]),
                greatest=or_null(row["greatest"]),
            )
            for row in rows
        ],
        same=[
            SameRules(rules=group, **{lang: say_same_rules(first, indicator, group, lang) for lang in LANGS})
            for group in same_rules(table, indicator)
        ],
    )
