"""An edited workbook sent back: its differences first, then saved as a scenario."""

from flask import render_template, request

from agriplan.analysis.comparison import compare
from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.errors import AgriplanError, Problem, StoreMissing, WorkbookError
from agriplan.web.pages.asked import Asked, ask, ask_if_possible
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.compare import shown
from agriplan.web.problems import status_of
from agriplan.web.state import service
from agriplan.workbook.readback.inputs import made_from, read_inputs


@pages.get("/upload")
def upload() -> str:
    """Ask for a workbook."""
    return render_template("upload.html", problems=(), asked=ask(), sent=None)


@pages.post("/upload")
def receive() -> str | tuple[str, int]:
    """Read a workbook and show what it changes; nothing is saved yet."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise WorkbookError([Problem("", "no_upload")])
        workbook = file.read()
        return differences(made_from(workbook), scenario_in(workbook))
    except AgriplanError as error:
        asked = ask_if_possible()
        return render_template("upload.html", problems=error.problems, asked=asked, sent=None), status_of(error)


def scenario_in(workbook: bytes) -> Scenario:
    """The scenario that an edited workbook holds; raises `WorkbookError`."""
    here = service()
    return read_inputs(workbook, here.baselines, here.suggestions)


def differences(made: Scenario, sent: Scenario) -> str:
    """What the workbook changes of the scenario that it was made from."""
    here = service()
    read = Asked(sent, here.plan(sent), origin_of(made), proposed=sent.name)
    context = shown(compare([here.plan(made), read.plan]))
    context["titles"] = [text("upload.as_made"), text("upload.as_sent")]
    return render_template("upload.html", problems=(), asked=ask(), sent=read, **context)


def origin_of(made: Scenario) -> str:
    """The id of the saved scenario that a workbook was made from; none where it was never saved."""
    try:
        service().store.get(scenario_id(made))
    except StoreMissing:
        return ""
    return scenario_id(made)
