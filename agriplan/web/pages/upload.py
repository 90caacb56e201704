"""An edited workbook sent back: its differences first, then saved as a scenario."""

from flask import render_template, request

from agriplan.analysis.comparison import compare
from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.errors import AgriplanError, Busy, Problem, StoreMissing, WorkbookError
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.compare import comparison_in_words
from agriplan.web.pages.draft import pack, unpack
from agriplan.web.pages.rows import Row
from agriplan.web.pages.scenario_in_view import ScenarioInView, scenario_of_address, scenario_of_address_if_readable
from agriplan.web.problems import CONFLICT, status_of
from agriplan.web.service import service
from agriplan.workbook.readback.inputs import Readback, read_back


@pages.get("/upload")
def upload() -> str:
    """Ask for a workbook."""
    return render_template("upload.html", problems=(), viewed=scenario_of_address(), sent=None)


@pages.post("/upload")
def receive() -> str | tuple[str, int]:
    """Read a workbook and show what it changes, and what is in doubt about it; nothing is saved yet."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise WorkbookError([Problem("", "no_upload")])
        workbook = file.read()
        here = service()
        read = here.heavy.read(lambda: read_back(workbook, here.baselines, here.suggestions))
        page = differences(read.made, read.scenario, doubts=read.doubts, notes=read.notes, figures=told_figures(read))
        return (page, CONFLICT) if read.doubts else page
    except Busy:
        raise
    except AgriplanError as error:
        viewed = scenario_of_address_if_readable()
        return render_template("upload.html", problems=error.problems, viewed=viewed, sent=None), status_of(error)


@pages.post("/upload/accept")
def accept_upload() -> str:
    """Take what was read although it is in doubt: from here on it is like any other scenario."""
    return differences(unpack(request.form.get("made", "")), unpack(request.form.get("read", "")))


def told_figures(read: Readback) -> list[Row]:
    """The figures of the first page that the file shows otherwise than the plan read from it."""
    data = service().baselines
    return [
        {
            "commitment": data.by_id[figure.indicator],
            "measure": figure.measure,
            "decimals": data.decimals(data.by_id[figure.indicator]),
            "file": figure.file,
            "plan": figure.plan,
        }
        for figure in read.figures
    ]


def differences(made: Scenario, sent: Scenario, **doubts: object) -> str:
    """What the workbook changes of the scenario that it was made from; with doubts, a person decides first."""
    here = service()
    read = ScenarioInView(sent, here.plan(sent), origin_of(made), proposed=sent.name)
    context = comparison_in_words(compare([here.plan(made), read.plan]))
    context |= {"titles": [text("upload.as_made"), text("upload.as_sent")], "made": pack(made)}
    return render_template("upload.html", problems=(), viewed=scenario_of_address(), sent=read, **context, **doubts)


def origin_of(made: Scenario) -> str:
    """The id of the saved scenario that a workbook was made from; none where it was never saved."""
    try:
        service().store.get(scenario_id(made))
    except StoreMissing:
        return ""
    return scenario_id(made)
