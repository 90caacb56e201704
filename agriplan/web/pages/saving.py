"""Saving a scenario, and taking its workbook, with what stands in the form at that moment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import flash, redirect, request
from werkzeug.wrappers import Response as Answer

from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario, scenario_id
from agriplan.errors import AgriplanError, Problem, ScenarioError
from agriplan.store import NEW_NAME, Saved
from agriplan.web.identity import signed_store
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import this_page
from agriplan.web.pages.blueprint import text
from agriplan.web.pages.form import Blame
from agriplan.web.pages.scenario_in_view import ScenarioInView
from agriplan.web.service import service
from agriplan.web.workbook_files import workbook_file


def save(scenario: Scenario, origin: str) -> Saved:
    """Save a scenario under its name; under the name of the one that it began as it supersedes that one.

    Raises `ScenarioError` where the data cannot serve it, and what the store raises.
    """
    service().plan(scenario)
    own = bool(origin) and service().scenario(origin).name == scenario.name
    return signed_store().save(scenario.name, canonical_json(scenario), origin if own else NEW_NAME)


def named(scenario: Scenario, name: str, note: str | None = None) -> Scenario:
    """The scenario under another name; raises `ScenarioError` for a name that cannot be had."""
    changes: dict[str, Any] = {"name": name.strip()} | ({} if note is None else {"note": note.strip()})
    if not changes["name"]:
        raise ScenarioError([Problem("", "store_name_empty")])
    return parse_scenario(scenario.model_dump(mode="json", exclude_defaults=True) | changes)


def _save(viewed: ScenarioInView, _pressed: str) -> Answer:
    saved = save(named(viewed.scenario, viewed.proposed), viewed.started_from)
    flash(text("scenarios.was_saved", name=saved.name))
    return redirect(this_page({"scenario": saved.scenario_id}), 303)


def _download(viewed: ScenarioInView, area: str) -> Answer:
    return workbook_file(scenario_id(viewed.scenario), lambda: viewed.scenario, area, current_language())


# What the buttons of a form do beside showing the figures anew, by their names, and what is said where they cannot.
DEEDS: dict[str, tuple[Callable[[ScenarioInView, str], Answer], str]] = {
    "save": (_save, "form_not_save"),
    "download": (_download, "form_not_download"),
}


def carry_out(viewed: ScenarioInView) -> ScenarioInView | Answer:
    """Do what the pressed button says with what stands in the form; where that cannot be, the page says why."""
    pressed = next((name for name in DEEDS if name in request.form), None)
    if pressed is None:
        return viewed
    do, refusal = DEEDS[pressed]
    refused = Blame(Problem("", refusal), ())
    if viewed.problems:
        return replace(viewed, blames=(refused, *viewed.blames))
    try:
        return do(viewed, request.form[pressed])
    except AgriplanError as error:
        return replace(viewed, blames=(refused, *(Blame(problem, ("name",)) for problem in error.problems)))
