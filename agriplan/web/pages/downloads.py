"""Workbooks of the scenario in the address: a league's, the region's, the pack."""

from flask import Response, request

from agriplan.at_once import do_all
from agriplan.engine.scenario import scenario_id
from agriplan.web.language import current_language
from agriplan.web.pages.asked import area_asked
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.scenario_in_view import in_view, start
from agriplan.web.service import service
from agriplan.web.workbook_files import ALL, workbook_file


@pages.get("/workbook/<area>")
def download_workbook(area: str) -> Response:
    """The workbook of an area (`region`, a code or a name), or the pack (`all`)."""
    scenario, code = do_all(
        lambda: in_view(*start(request.args)),
        lambda: area if area == ALL else area_asked(service().baselines, area).code,
    )
    return workbook_file(scenario_id(scenario), lambda: scenario, code, current_language())
