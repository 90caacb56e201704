"""An edited workbook sent back: its differences first, then saved as a scenario."""

from flask import render_template, request

from agriplan.comparison import compare
from agriplan.errors import AgriplanError, Problem, WorkbookError
from agriplan.models import Scenario
from agriplan.web.pages.asked import Asked
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.compare import shown
from agriplan.web.problems import status_of
from agriplan.web.state import service


@pages.get("/upload")
def upload() -> str:
    """Ask for a workbook."""
    return render_template("upload.html", problems=(), asked=None)


@pages.post("/upload")
def receive() -> str | tuple[str, int]:
    """Read a workbook and show what it changes; nothing is saved yet."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise WorkbookError([Problem("", "no_upload")])
        return differences(scenario_in(file.read()))
    except AgriplanError as error:
        return render_template("upload.html", problems=error.problems, asked=None), status_of(error)


def scenario_in(workbook: bytes) -> Scenario:
    """The scenario that an edited workbook holds; raises `WorkbookError`."""
    from agriplan.workbook.readback import read_inputs

    here = service()
    scenario: Scenario = read_inputs(workbook, here.baselines, here.suggestions)
    return scenario


def differences(scenario: Scenario) -> str:
    """What the workbook changes, beside the default scenario."""
    here = service()
    asked = Asked(scenario, here.plan(scenario), "", {})
    comparison = compare([here.plan(Scenario()), asked.plan])
    return render_template("upload.html", problems=(), asked=asked, comparison=comparison, **shown(comparison))
