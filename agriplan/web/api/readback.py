"""An edited workbook sent back: the scenario that it holds, and what it changes."""

import json
from typing import Any

from pydantic import BaseModel, field_serializer

from agriplan.analysis.comparison import compare
from agriplan.engine.scenario import Scenario, canonical_json
from agriplan.web.api.comparisons import Change, comparison_report
from agriplan.web.api.operations import WORKBOOK, Asked, operation
from agriplan.web.state import service


class ReadbackReport(BaseModel):
    """The scenario of a workbook; nothing is saved. `changes` are its differences from the default scenario."""

    scenario: Scenario
    changes: list[Change]

    @field_serializer("scenario")
    def _without_defaults(self, scenario: Scenario) -> Any:
        return json.loads(canonical_json(scenario))


@operation("POST", "/readback", ReadbackReport, body=WORKBOOK)
def read_workbook(asked: Asked, body: bytes) -> ReadbackReport:  # noqa: ARG001
    """Read an edited workbook; its size and shape are checked before it is opened."""
    from agriplan.workbook.readback.inputs import read_inputs

    here = service()
    scenario = read_inputs(body, here.baselines, here.suggestions)
    compared = comparison_report(compare([here.plan(Scenario()), here.plan(scenario)]))
    return ReadbackReport(scenario=scenario, changes=compared.changes)
