"""Workbooks: one area's, or the pack of all."""

from typing import Annotated

from flask import Response
from pydantic import Field

from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.report.comparison_json import ScenarioId
from agriplan.web.api.operations import Query, operation
from agriplan.web.file_response import PACK, WORKBOOK
from agriplan.web.problems import NOT_FOUND, UNAVAILABLE
from agriplan.web.service import service
from agriplan.web.workbook_files import workbook_file


class FileQuery(Query):
    """Whose workbook."""

    area: Annotated[str, Field(min_length=1, max_length=60, examples=["all"])] = "region"
    """Code, Chinese or English name of an area; `region`; or `all` for the pack."""


class WorkbookQuery(FileQuery):
    """Whose workbook of which scenario."""

    scenario: ScenarioId | None = None
    """Id of a saved scenario; without one the default."""


@operation(
    "GET",
    "/workbook",
    (WORKBOOK, PACK),
    query=WorkbookQuery,
    problems=(NOT_FOUND, UNAVAILABLE),
    conditional=True,
)
def get_workbook(query: WorkbookQuery) -> Response:
    """The workbook of a saved scenario, or of the default one; its ETag is known before anything is made."""
    identity = query.scenario or scenario_id(Scenario())
    return workbook_file(identity, lambda: service().scenario(query.scenario), query.area, query.lang)


@operation("POST", "/workbook", (WORKBOOK, PACK), query=FileQuery, body=Scenario, problems=(NOT_FOUND,))
def make_workbook(query: FileQuery, body: Scenario) -> Response:
    """The workbook of a scenario that is sent."""
    return workbook_file(scenario_id(body), lambda: body, query.area, query.lang)
