"""The state of the data folder, for those who look after the service: what is served and what has changed."""

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from agriplan.baselines.copies import version_now
from agriplan.baselines.folder import read_baselines
from agriplan.errors import BaselinesError, Problem
from agriplan.web.identity import is_administrator
from agriplan.web.pages.addresses import to
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.service import service


@pages.app_context_processor
def administrators_way() -> dict[str, object]:
    """Whether a page may show the way there."""
    return {"is_administrator": is_administrator}


@pages.get("/administration")
def administration() -> str:
    """What is served, what the folder holds now, and what the check says of it."""
    if not is_administrator():
        abort(404)
    here = service()
    version = version_now(here.baselines.folder)
    errors, cautions = check_folder()
    return render_template(
        "administration.html",
        viewed=scenario_of_address(),
        data=here.baselines,
        version=version,
        errors=errors,
        cautions=cautions,
        can_take=here.take_data is not None,
    )


@pages.post("/administration")
def take_data() -> Answer:
    """Ask the supervisor to take the folder over, where it is still what was looked at and sound."""
    here = service()
    if not is_administrator() or here.take_data is None:
        abort(404)
    scenario_of_address()
    errors, _ = check_folder()
    if errors or version_now(here.baselines.folder) != request.form.get("version"):
        flash(text("administration.look_again"))
    else:
        here.take_data.ask()
        flash(text("administration.taking"))
    return redirect(to("administration"), 303)


def check_folder() -> tuple[list[Problem], list[Problem]]:
    """What is wrong with the folder as it stands now, and what to look at again."""
    try:
        return [], list(read_baselines(service().baselines.folder).cautions)
    except BaselinesError as error:
        return list(error.problems), []
