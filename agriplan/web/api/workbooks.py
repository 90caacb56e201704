"""Workbooks: one area's, or the pack of all."""

from typing import Annotated

from flask import Response
from pydantic import Field

from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.web.api.operations import PACK, WORKBOOK, Asked, operation
from agriplan.web.api.scenarios import Identity
from agriplan.web.files import workbook_file
from agriplan.web.problems import NOT_FOUND, UNAVAILABLE
from agriplan.web.state import service


class AskedFile(Asked):
    """Whose workbook."""

    area: Annotated[str, Field(min_length=1, max_length=60, examples=["all"])] = "region"
    """Code, Chinese or English name of an area; `region`; or `all` for the pack."""


class AskedWorkbook(AskedFile):
    """Whose workbook of which scenario."""

    scenario: Identity | None = None
    """Id of a saved scenario; without one the default."""


@operation(
    "GET",
    "/workbook",
    (WORKBOOK, PACK),
    asked=AskedWorkbook,
    problems=(NOT_FOUND, UNAVAILABLE),
    conditional=True,
)
def get_workbook(asked: AskedWorkbook) -> Response:
    """The workbook of a saved scenario, or of the default one; its ETag is known before anything is made."""
    identity = asked.scenario or scenario_id(Scenario())
    return workbook_file(identity, lambda: service().scenario(asked.scenario), asked.area, asked.lang)


@operation("POST", "/workbook", (WORKBOOK, PACK), asked=AskedFile, body=Scenario, problems=(NOT_FOUND,))
def make_workbook(asked: AskedFile, body: Scenario) -> Response:
    """The workbook of a scenario that is sent."""
    return workbook_file(scenario_id(body), lambda: body, asked.area, asked.lang)
