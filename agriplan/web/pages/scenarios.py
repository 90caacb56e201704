"""Saved scenarios: list, save, copy, rename, archive, restore, export and import."""

import re
from typing import IO, Any

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from agriplan.engine.scenario import Scenario, canonical_json, parse_json, parse_scenario
from agriplan.errors import AgriplanError, Problem, ScenarioError
from agriplan.store import NEW_NAME, Saved
from agriplan.web.file_response import disposition
from agriplan.web.language import local_address
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.draft import unpack
from agriplan.web.problems import status_of
from agriplan.web.state import service

JSON_FILE = "application/json"
MOST_SHOWN = 100  # on one page; the search finds the others


@pages.get("/scenarios")
def scenarios() -> str:
    """List the scenarios in use, or the archived ones."""
    return listing()


def listing(problems: tuple[Problem, ...] = (), pending: str = "") -> str:
    """The list, above it what went wrong; `pending` is the draft that could not be saved."""
    archived, sought = request.args.get("archived") == "1", request.args.get("q", "").strip()
    found = [one for one in service().store.list(archived) if sought.casefold() in one.name.casefold()]
    return render_template(
        "scenarios.html",
        saved=found[:MOST_SHOWN],
        count=len(found),
        sought=sought,
        archived=archived,
        problems=problems,
        pending=pending,
        switch_to="pages.scenarios",  # what failed to save came by an address that only takes forms
    )


@pages.get("/scenarios/history")
def history() -> str:
    """Every entry of one scenario, through all its renames."""
    name = request.args.get("name", "")
    return render_template("history.html", title=name, entries=service().store.history(name))


@pages.post("/scenarios")
def save_scenario() -> Answer | tuple[str, int]:
    """Save the draft of the form under its name; under the name that it came from it supersedes that one."""
    draft, origin, name = (request.form.get(part, "") for part in ("draft", "from", "name"))
    try:
        scenario = named(unpack(draft), name, request.form.get("note"))
        service().plan(scenario)
        saved = service().store.save(name, canonical_json(scenario), expected_of(name, origin))
    except AgriplanError as error:
        return listing(error.problems, draft), status_of(error)
    flash(text("scenarios.was_saved", name=saved.name))
    return redirect(local_address(way_back(request.form.get("back", "")), scenario=saved.scenario_id), 303)


@pages.post("/scenarios/import")
def import_scenario() -> Answer | tuple[str, int]:
    """Save a scenario file under the name that it holds, or the one in the form."""
    file = request.files.get("file")
    try:
        scenario = parse_json(scenario_file(file.stream) if file else b"")
        scenario = named(scenario, request.form.get("name") or scenario.name, None)
        service().plan(scenario)
        saved = service().store.save(scenario.name, canonical_json(scenario), NEW_NAME)
    except AgriplanError as error:
        return listing(error.problems), status_of(error)
    flash(text("scenarios.was_saved", name=saved.name))
    return redirect(url_for("pages.overview", scenario=saved.scenario_id), 303)


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
        scenario = named(service().scenario(origin), name, None).model_copy(update={"based_on": origin})
        saved = service().store.save(name, canonical_json(scenario), NEW_NAME)
    except AgriplanError as error:
        return listing(error.problems), status_of(error)
    return done("was_copied", saved)


@pages.post("/scenarios/rename")
def rename_scenario() -> Answer | tuple[str, int]:
    """Let a scenario go by another name; the one before stays in its history."""
    name, new_name = request.form.get("name", ""), request.form.get("new_name", "")
    store = service().store
    try:
        identity = store.current(name).scenario_id
        scenario = named(parse_json(store.get(identity)), new_name, None)
        # Whoever saved an edit in between keeps it: the rename is then refused.
        saved = store.rename(name, new_name, canonical_json(scenario), expected=identity)
    except AgriplanError as error:
        return listing(error.problems), status_of(error)
    return done("was_renamed", saved)


@pages.post("/scenarios/archive")
def archive_scenario() -> Answer:
    """Put a scenario away."""
    return done("was_archived", service().store.archive(request.form.get("name", "")))


@pages.post("/scenarios/restore")
def restore_scenario() -> Answer:
    """Bring an archived scenario back."""
    return done("was_restored", service().store.restore(request.form.get("name", "")))


@pages.get("/scenarios/<identity>.json")
def export_scenario(identity: str) -> Response:
    """A saved scenario as a file that `import` and the command line read."""
    scenario = service().scenario(identity)
    name = f"{scenario.name or identity[:12]}.json"
    headers = {"Content-Disposition": disposition(name)}
    return Response(canonical_json(scenario) + "\n", content_type=JSON_FILE, headers=headers)


def way_back(path: str) -> str:
    """The page to return to: one that shows a scenario, and never another host.

    >>> way_back("/league/150500"), way_back("//elsewhere.example/league/1")
    ('/league/150500', '/')
    """
    return path if re.fullmatch(r"/(?:league|indicator)/[a-z0-9_]{1,40}", path) else "/"


def named(scenario: Scenario, name: str, note: str | None) -> Scenario:
    """The scenario under another name; raises `ScenarioError` for a name that cannot be had."""
    changes: dict[str, Any] = {"name": name.strip()} | ({} if note is None else {"note": note.strip()})
    if not changes["name"]:
        raise ScenarioError([Problem("", "store_name_empty")])
    return parse_scenario(scenario.model_dump(mode="json", exclude_defaults=True) | changes)


def expected_of(name: str, origin: str) -> str:
    """What the name should stand for when saving: what the form began with, else nothing yet."""
    if origin and service().scenario(origin).name == name.strip():
        return origin
    return NEW_NAME


def done(message: str, saved: Saved) -> Answer:
    """Say what was done, above the list."""
    flash(text(f"scenarios.{message}", name=saved.name))
    return redirect(url_for("pages.scenarios"), 303)
