"""Briefs as downloads: named and remembered by their inputs, made only when nobody has them yet."""

from collections.abc import Callable

from flask import Response

from agriplan.analysis.evaluation import as_of_year
from agriplan.engine.scenario import Scenario
from agriplan.report.brief.document import brief_version, write_brief
from agriplan.sentences import Lang, say
from agriplan.web.evaluations import evaluation_of
from agriplan.web.file_response import answer_file, etag_of
from agriplan.web.service import service
from agriplan.web.workbook_files import area_code
from agriplan.workbook.file_names import area_name

BRIEF = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def brief_file(identity: str, scenario: Callable[[], Scenario], area: str, as_of: int | None, lang: Lang) -> Response:
    """The brief of an area as of a year; raises `ScenarioError` for an unknown area or a year outside the plan."""
    here = service()
    data, code, own = here.baselines, area_code(here.baselines, area), here.settings.templates
    etag = etag_of("brief", identity, data.version, brief_version(lang, own), code, str(as_of), lang)

    def name(spoken: Lang) -> str:
        area, year = area_name(data.areas[code].name(spoken), scenario(), spoken), as_of_year(scenario(), data, as_of)
        return f"{area}-{say('file.brief', spoken, year=year)}.docx"

    return answer_file(
        etag,
        here.made,
        here.heavy,
        lambda: write_brief(evaluation_of(here.plan(scenario()), as_of), code, lang, own),
        BRIEF,
        lambda: (name(lang), name("en")),
    )
