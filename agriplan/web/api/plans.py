"""A plan as JSON."""

from collections.abc import Callable

from flask import Response

from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.report.comparison_json import ScenarioId
from agriplan.report.plan_json import to_json
from agriplan.report.schema import PlanReport
from agriplan.web.api.operations import JSON, Query, operation
from agriplan.web.file_response import answer_file, etag_of
from agriplan.web.problems import NOT_FOUND, UNAVAILABLE
from agriplan.web.service import service


class PlanQuery(Query):
    """Which plan."""

    scenario: ScenarioId | None = None
    """Id of a saved scenario; without one the default."""


@operation("GET", "/plan", PlanReport, query=PlanQuery, problems=(NOT_FOUND, UNAVAILABLE), conditional=True)
def get_plan(query: PlanQuery) -> Response:
    """The plan of a saved scenario, or the default one."""
    identity = query.scenario or scenario_id(Scenario())
    return _answer(identity, lambda: service().scenario(query.scenario))


@operation("POST", "/plan", PlanReport, body=Scenario)
def make_plan(query: Query, body: Scenario) -> Response:  # noqa: ARG001
    """The plan of a scenario that is sent."""
    return _answer(scenario_id(body), lambda: body)


def _answer(identity: str, scenario: Callable[[], Scenario]) -> Response:
    here = service()
    etag = etag_of("plan.json", identity, here.baselines.version)
    return answer_file(etag, here.made, here.heavy, lambda: to_json(here.plan(scenario())).encode() + b"\n", JSON)
