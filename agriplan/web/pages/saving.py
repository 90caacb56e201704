"""Saving a scenario, and taking its workbook, with what stands in the form at that moment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from flask import flash, redirect, request
from werkzeug.wrappers import Response as Answer

from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario, scenario_id
from agriplan.errors import AgriplanError, Problem, ScenarioError
from agriplan.store import NEW_NAME, Saved
from agriplan.web.identity import signed_store
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import this_page, to
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.draft import fits_address
from agriplan.web.pages.form import Blame, tidy_text
from agriplan.web.pages.scenario_in_view import DRAFT, ScenarioInView
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
    changes: dict[str, Any] = {"name": name.strip()} | ({} if note is None else {"note": tidy_text(note)})
    if not changes["name"]:
        raise ScenarioError([Problem("", "store_name_empty")])
    return parse_scenario(scenario.model_dump(mode="json", exclude_defaults=True) | changes)


def tell_saved(saved: Saved) -> None:
    """Say that it is saved, and that it had been archived meanwhile where it had."""
    flash(text("scenarios.was_saved", name=saved.name))
    if saved.brought_back:
        flash(text("scenarios.was_archived_meanwhile", name=saved.name))


class Meanwhile(NamedTuple):
    """What can be done where a scenario was saved by somebody else meanwhile: addresses, empty where there is none."""

    opened: str
    compared: str


@pages.app_context_processor
def of_conflicts() -> dict[str, Any]:
    """What leads from a refused save to what stands in its way."""
    return {"meanwhile": meanwhile}


def meanwhile(problem: Problem, draft: str) -> Meanwhile | None:
    """What was saved meanwhile, by itself and beside the draft, which from there may be saved over it."""
    found = problem.values.get("scenario")
    if problem.code != "store_changed_meanwhile" or found is None:
        return None
    beside = {"draft": draft, "from": found, "choose": [found, DRAFT], "compare": 1}
    return Meanwhile(to("overview", scenario=found), to("compare", **beside) if fits_address(draft) else "")


def _save(viewed: ScenarioInView, _pressed: str) -> Answer:
    saved = save(named(viewed.scenario, viewed.proposed), viewed.started_from)
    tell_saved(saved)
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
