"""An evaluation as JSON, and its brief."""

from collections.abc import Callable
from typing import Annotated

from flask import Response
from pydantic import Field

from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.parsing import FIRST_YEAR, LAST_YEAR, FromText
from agriplan.report.comparison_json import ScenarioId
from agriplan.report.evaluation_json import EvaluationReport, evaluation_json
from agriplan.web.api.operations import JSON, Query, operation
from agriplan.web.brief_files import BRIEF, brief_file
from agriplan.web.evaluations import evaluation_of
from agriplan.web.file_response import answer_file, etag_of
from agriplan.web.problems import NOT_FOUND, UNAVAILABLE
from agriplan.web.service import service


class AsOfQuery(Query):
    """As of which year."""

    as_of: Annotated[int, FromText, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    """The last year whose actual figures count; without one the scenario's, else the last with a reported figure."""


class EvaluationQuery(AsOfQuery):
    """Which scenario, as of which year."""

    scenario: ScenarioId | None = None
    """Id of a saved scenario; without one the default."""


@operation(
    "GET", "/evaluation", EvaluationReport, query=EvaluationQuery, problems=(NOT_FOUND, UNAVAILABLE), conditional=True
)
def get_evaluation(query: EvaluationQuery) -> Response:
    """The evaluation of a saved scenario, or of the default one."""
    identity = query.scenario or scenario_id(Scenario())
    return _answer(identity, lambda: service().scenario(query.scenario), query.as_of)


@operation("POST", "/evaluation", EvaluationReport, query=AsOfQuery, body=Scenario)
def make_evaluation(query: AsOfQuery, body: Scenario) -> Response:
    """The evaluation of a scenario that is sent."""
    return _answer(scenario_id(body), lambda: body, query.as_of)


def _answer(identity: str, scenario: Callable[[], Scenario], as_of: int | None) -> Response:
    here = service()
    etag = etag_of("evaluation.json", identity, here.baselines.version, str(as_of))

    def make() -> bytes:
        return evaluation_json(evaluation_of(here.plan(scenario()), as_of)).encode() + b"\n"

    return answer_file(etag, here.made, here.heavy, make, JSON)


class BriefQuery(AsOfQuery):
    """Whose brief, as of which year."""

    area: Annotated[str, Field(min_length=1, max_length=60)] = "region"
    """Code, Chinese or English name of an area, or `region`."""


class SavedBriefQuery(BriefQuery):
    """Whose brief of which scenario."""

    scenario: ScenarioId | None = None
    """Id of a saved scenario; without one the default."""


@operation("GET", "/brief", (BRIEF,), query=SavedBriefQuery, problems=(NOT_FOUND, UNAVAILABLE), conditional=True)
def get_brief(query: SavedBriefQuery) -> Response:
    """The brief of a saved scenario, or of the default one."""
    identity = query.scenario or scenario_id(Scenario())
    return brief_file(identity, lambda: service().scenario(query.scenario), query.area, query.as_of, query.lang)


@operation("POST", "/brief", (BRIEF,), query=BriefQuery, body=Scenario)
def make_brief(query: BriefQuery, body: Scenario) -> Response:
    """The brief of a scenario that is sent."""
    return brief_file(scenario_id(body), lambda: body, query.area, query.as_of, query.lang)
