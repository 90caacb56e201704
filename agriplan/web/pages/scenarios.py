"""Saved scenarios: list, save, copy, rename, archive, restore, export and import."""

from collections.abc import Callable
from typing import IO

from flask import Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from agriplan.engine.scenario import canonical_json, parse_json
from agriplan.engine.usable_part import read_scenario
from agriplan.errors import AgriplanError, Problem, ScenarioError
from agriplan.store import Saved, Store
from agriplan.web.file_response import disposition
from agriplan.web.identity import signed_store
from agriplan.web.pages.addresses import to, way_back
from agriplan.web.pages.asked import flag_asked
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.draft import unpack
from agriplan.web.pages.saving import named, save, tell_saved
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.problems import status_of
from agriplan.web.service import service

JSON_FILE = "application/json"
MOST_SHOWN = 100  # on one page; the search finds the others


@pages.get("/scenarios")
def scenarios() -> str:
    """List the scenarios in use, or the archived ones."""
    return list_page()


def list_page(problems: tuple[Problem, ...] = (), pending: str = "") -> str:
    """The list, above it what went wrong; `pending` is the draft that could not be saved."""
    viewed = scenario_of_address()
    archived, sought = flag_asked("archived"), request.args.get("q", "").strip()
    found = [one for one in service().store.list(archived) if sought.casefold() in one.name.casefold()]
    return render_template(
        "scenarios.html",
        viewed=viewed,
        saved=found[:MOST_SHOWN],
        count=len(found),
        sought=sought,
        archived=archived,
        problems=problems,
        pending=pending,
    )


@pages.get("/scenarios/history")
def history() -> str:
    """Every entry of one scenario, through all its renames."""
    viewed, name = scenario_of_address(), request.args.get("name", "")
    return render_template("history.html", viewed=viewed, title=name, entries=service().store.history(name))


@pages.post("/scenarios")
def save_and_show() -> Answer | tuple[str, int]:
    """Save the draft of a page that has no form of its own; under the name that it came from it supersedes that one."""
    draft, origin, name = (request.form.get(part, "") for part in ("draft", "from", "name"))
    try:
        saved = save(named(unpack(draft), name, request.form.get("note")), origin)
    except AgriplanError as error:
        return list_page(error.problems, draft), status_of(error)
    tell_saved(saved)
    return redirect(way_back(request.form.get("back", ""), saved.scenario_id), 303)


@pages.post("/scenarios/import")
def import_scenario() -> Answer | tuple[str, int]:
    """Save a scenario file under the name that it holds, or the one in the form."""
    file = request.files.get("file")
    try:
        scenario = read_scenario(scenario_file(file.stream) if file else b"", service().plan)
        saved = save(named(scenario, request.form.get("name") or scenario.name), "")
    except AgriplanError as error:
        return list_page(error.problems), status_of(error)
    tell_saved(saved)
    return redirect(to("overview", scenario=saved.scenario_id), 303)


def scenario_file(stream: IO[bytes]) -> bytes:
    """The bytes of a scenario file; raises `ScenarioError` where they are more than the API takes."""
    most = service().settings.most_json_bytes
    data = stream.read(most + 1)
    if len(data) > most:
        raise ScenarioError([Problem("", "scenario_too_large", {"most": most // 1024})])
    return data


@pages.post("/scenarios/copy")
def copy_scenario() -> Answer | tuple[str, int]:
    """Save a saved scenario once more under a new name; the copy remembers what it was made from."""
    origin, name = request.form.get("scenario", ""), request.form.get("name", "")
    try:
        saved = save(named(service().scenario(origin), name).model_copy(update={"based_on": origin}), "")
    except AgriplanError as error:
        return list_page(error.problems), status_of(error)
    return done("was_copied", saved)


@pages.post("/scenarios/rename")
def rename_and_show() -> Answer | tuple[str, int]:
    """Let a scenario go by another name; the one before stays in its history."""
    name, new_name = request.form.get("name", ""), request.form.get("new_name", "")
    try:
        store = signed_store()
        identity = store.current(name).scenario_id
        scenario = named(parse_json(store.get(identity)), new_name)
        # Whoever saved an edit in between keeps it: the rename is then refused.
        saved = store.rename(name, new_name, canonical_json(scenario), expected=identity)
    except AgriplanError as error:
        return list_page(error.problems), status_of(error)
    return done("was_renamed", saved)


@pages.post("/scenarios/archive")
def archive_and_show() -> Answer | tuple[str, int]:
    """Put a scenario away."""
    return _turned("was_archived", Store.archive)


@pages.post("/scenarios/restore")
def restore_and_show() -> Answer | tuple[str, int]:
    """Bring an archived scenario back."""
    return _turned("was_restored", Store.restore)


@pages.get("/scenarios/<identity>.json")
def export_scenario(identity: str) -> Response:
    """A saved scenario as a file that `import` and the command line read."""
    scenario = service().scenario(identity)
    name = f"{scenario.name or identity[:12]}.json"
    headers = {"Content-Disposition": disposition(name, f"scenario-{identity[:12]}.json")}
    return Response(canonical_json(scenario) + "\n", content_type=JSON_FILE, headers=headers)


def _turned(message: str, turn: Callable[[Store, str], Saved]) -> Answer | tuple[str, int]:
    try:
        saved = turn(signed_store(), request.form.get("name", ""))
    except AgriplanError as error:
        return list_page(error.problems), status_of(error)
    return done(message, saved)


def done(message: str, saved: Saved) -> Answer:
    """Say what was done, above the list."""
    scenario_of_address()  # the list goes on with the scenario in view
    flash(text(f"scenarios.{message}", name=saved.name))
    return redirect(to("scenarios"), 303)
