"""A comparison of scenarios as JSON: what was changed, and what that moved."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from agriplan.analysis.comparison import Comparison
from agriplan.engine.scenario import scenario_id
from agriplan.report.chosen import EVERYTHING, Chosen
from agriplan.report.column_fields import OptionalNumber
from agriplan.report.null import or_null

ScenarioId = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Compared(BaseModel):
    """One of the scenarios compared."""

    id: ScenarioId
    name: str
    fingerprint: str


class Change(BaseModel):
    """An entry that is not the same in all scenarios; `null` is the default."""

    path: str
    values: list[Any]


class Moved(BaseModel):
    """A figure of an area in each scenario, exact and printed, and how far they are apart."""

    indicator: str
    code: str
    measure: str
    values: list[OptionalNumber]
    spread: OptionalNumber
    printed: list[OptionalNumber]
    printed_spread: OptionalNumber


class ComparisonReport(BaseModel):
    """What was changed, and what that moved, the furthest first."""

    scenarios: list[Compared]
    changes: list[Change]
    moved: list[Moved]


def comparison_report(comparison: Comparison, chosen: Chosen = EVERYTHING) -> ComparisonReport:
    """A comparison as it is sent; of what moved only what is asked for."""
    count = range(len(comparison.plans))
    return ComparisonReport(
        scenarios=[
            Compared(id=scenario_id(plan.scenario), name=plan.scenario.name, fingerprint=plan.fingerprint)
            for plan in comparison.plans
        ],
        changes=[
            Change(path=row["path"], values=[row[number] for number in count])
            for row in comparison.changes.to_dict("records")
        ],
        moved=[
            Moved(
                **{name: row[name] for name in ("indicator", "code", "measure")},
                values=[or_null(row[number]) for number in count],
                spread=or_null(row["spread"]),
                printed=[or_null(shown[number]) for number in count],
                printed_spread=or_null(shown["spread"]),
            )
            for row, shown in zip(
                comparison.moved.to_dict("records"), comparison.printed.to_dict("records"), strict=True
            )
            if chosen.has(row["indicator"], row["code"])
        ],
    )
