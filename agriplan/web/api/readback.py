"""An edited workbook sent back: the scenario that it holds, and what it changes."""

import json
from typing import Any

from flask import Response
from pydantic import BaseModel, field_serializer

from agriplan.analysis.comparison import compare
from agriplan.engine.scenario import Scenario, canonical_json
from agriplan.errors import Problem
from agriplan.report.comparison_json import Change, comparison_report
from agriplan.report.plan_json import report_cautions
from agriplan.report.schema import CautionReport
from agriplan.sentences import Lang, say
from agriplan.web.api.describing import ToldProblem
from agriplan.web.api.operations import ANY_FILE, Query, operation
from agriplan.web.file_response import WORKBOOK
from agriplan.web.problems import CONFLICT, PROBLEM_TYPE, UNAVAILABLE, problem_body, tell
from agriplan.web.service import service


class ReadbackQuery(Query):
    """Whether a scenario is wanted that is in doubt."""

    accept: bool = False
    """Answer with the scenario although the workbook shows other figures, or could not be read in every cell."""


class ReadbackReport(BaseModel):
    """The scenario of a workbook; nothing is saved. `changes` are its differences from the default scenario.

    `doubts` are what was accepted with it, `notes` which entries are not in it and what was read as an empty cell,
    `cautions` which entries ask to be looked at again.
    """

    scenario: Scenario
    changes: list[Change]
    doubts: list[ToldProblem]
    notes: list[ToldProblem]
    cautions: list[CautionReport]

    @field_serializer("scenario")
    def _without_defaults(self, scenario: Scenario) -> Any:
        return _slim(scenario)


@operation(
    "POST",
    "/readback",
    ReadbackReport,
    query=ReadbackQuery,
    body=(WORKBOOK, ANY_FILE),
    problems=(CONFLICT, UNAVAILABLE),
)
def read_workbook(query: ReadbackQuery, body: bytes) -> ReadbackReport | Response:
    """Read an edited workbook; its size and shape are checked before it is opened."""
    from agriplan.workbook.readback.inputs import read_back

    here = service()
    result = here.heavy.read(lambda: read_back(body, here.baselines, here.suggestions))
    if result.doubts and not query.accept:
        # Whoever sent it decides: the scenario that would be taken stands beside what is in doubt or read as blank.
        document = problem_body(CONFLICT, (*result.doubts, Problem("", "api_read_in_doubt")), query.lang)
        document |= {"title": say("answer.in_doubt", query.lang), "scenario": _slim(result.scenario)}
        document |= {"notes": [tell(one, query.lang) for one in result.notes]}
        return Response(json.dumps(document, ensure_ascii=False), status=CONFLICT, content_type=PROBLEM_TYPE)
    compared = comparison_report(compare([here.plan(Scenario()), here.plan(result.scenario)]))
    cautions = report_cautions(result.cautions)
    doubts, notes = (_told(problems, query.lang) for problems in (result.doubts, result.notes))
    return ReadbackReport(
        scenario=result.scenario, changes=compared.changes, doubts=doubts, notes=notes, cautions=cautions
    )


def _told(problems: tuple[Problem, ...], lang: Lang) -> list[ToldProblem]:
    return [ToldProblem.model_validate(tell(problem, lang)) for problem in problems]


def _slim(scenario: Scenario) -> Any:
    return json.loads(canonical_json(scenario))
