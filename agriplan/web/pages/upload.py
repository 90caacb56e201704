"""An edited workbook sent back: its differences first, then saved as a scenario."""

from flask import render_template, request

from agriplan.analysis.comparison import compare
from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.errors import AgriplanError, Problem, StoreMissing, WorkbookError
from agriplan.web.pages.asked import Asked
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.compare import shown
from agriplan.web.problems import status_of
from agriplan.web.state import service
from agriplan.workbook.readback.inputs import Readback, read_back


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
        workbook = file.read()
        return differences(read_back(workbook, service().baselines, service().suggestions))
    except AgriplanError as error:
        return render_template("upload.html", problems=error.problems, asked=None), status_of(error)


def differences(read: Readback) -> str:
    """What the workbook changes of the scenario that it was made from, and what is in doubt about it."""
    here = service()
    made, sent = read.made, read.scenario
    asked = Asked(sent, here.plan(sent), origin_of(made), {})
    context = shown(compare([here.plan(made), asked.plan]))
    context["titles"] = [text("upload.as_made"), text("upload.as_sent")]
    return render_template("upload.html", problems=(), asked=asked, **context)


def origin_of(made: Scenario) -> str:
    """The id of the saved scenario that a workbook was made from; none where it was never saved."""
    try:
        service().store.get(scenario_id(made))
    except StoreMissing:
        return ""
    return scenario_id(made)
