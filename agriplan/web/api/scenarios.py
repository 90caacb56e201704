"""Saved scenarios: list, save, get, rename, put away, bring back, history."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, ClassVar

from flask import Response, url_for
from pydantic import BaseModel, ConfigDict, Field

from agriplan.engine.entered import ScenarioName
from agriplan.engine.scenario import Scenario, canonical_json, parse_json
from agriplan.report.comparison_json import ScenarioId
from agriplan.store import Saved
from agriplan.store.entries import Action, clean_name
from agriplan.web.api.operations import Query, json_answer, operation
from agriplan.web.identity import signed_store
from agriplan.web.problems import CONFLICT, FULL, NOT_FOUND, UNAVAILABLE
from agriplan.web.service import service

GivenName = Annotated[ScenarioName, Field(min_length=1)]


# Where a body holds names: the steps that lead to each.
NamePaths = tuple[tuple[str, ...], ...]


class Sent(BaseModel):
    """A body that refuses entries it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    NAMES: ClassVar[NamePaths] = ()
    """Where it gives a scenario a name, or calls one by it."""


class SaveRequest(Sent):
    """A scenario to be saved under its own name."""

    NAMES: ClassVar[NamePaths] = (("scenario", "name"),)

    scenario: Scenario
    """The scenario; its name is the name that it is kept under."""
    expected: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] | None = None
    """Id of the scenario that the editor started from, empty for a new name: if somebody else saved under the name in
    between, nothing is saved (409). Without it the newest counts."""


class NameRequest(Sent):
    """A saved scenario."""

    NAMES: ClassVar[NamePaths] = (("name",),)

    name: GivenName
    """Its name."""


class RenameRequest(NameRequest):
    """A saved scenario and its new name."""

    NAMES: ClassVar[NamePaths] = (("name",), ("new_name",))

    new_name: GivenName
    """The name that it is to have."""


class SavedEntry(BaseModel):
    """One entry of the record of changes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    seq: int
    """Number of the change, over all scenarios."""
    name: str
    """What the scenario is called from here on."""
    scenario_id: ScenarioId
    """What it holds from here on."""
    action: Action
    """What was done."""
    supersedes: int | None
    """The entry that this one replaced."""
    at: datetime
    """When, in UTC."""
    who: str
    """By whom, empty where nobody said."""


class SavedList(BaseModel):
    """Entries, last changed first."""

    scenarios: list[SavedEntry]


class ListQuery(Query):
    """Which scenarios."""

    archived: bool = False
    """The archived ones instead of those in use."""


class HistoryQuery(Query):
    """Whose history."""

    name: GivenName
    """Name of a scenario; a former one will do."""


def saved_entry(saved: Saved) -> SavedEntry:
    """An entry of the store as it is sent."""
    return SavedEntry.model_validate(saved, from_attributes=True)


@operation("GET", "/scenarios", SavedList, query=ListQuery, problems=(UNAVAILABLE,))
def list_scenarios(query: ListQuery) -> SavedList:
    """The saved scenarios."""
    return SavedList(scenarios=[saved_entry(saved) for saved in service().store.list(query.archived)])


@operation(
    "POST",
    "/scenarios",
    SavedEntry,
    body=SaveRequest,
    status=HTTPStatus.CREATED,
    problems=(CONFLICT, FULL, UNAVAILABLE),
)
def save_scenario(query: Query, body: SaveRequest) -> Response:  # noqa: ARG001
    """Save a scenario; it is on the disk when this answers 201."""
    scenario = under_name(body.scenario, clean_name(body.scenario.name))
    service().plan(scenario)  # a scenario that makes no plan is refused before it is saved
    saved = saved_entry(signed_store().save(scenario.name, canonical_json(scenario), body.expected))
    response = json_answer(saved, HTTPStatus.CREATED)
    response.headers["Location"] = url_for("api.get_scenario", identity=saved.scenario_id)
    return response


def under_name(scenario: Scenario, name: str) -> Scenario:
    """The scenario under that name."""
    return scenario.model_copy(update={"name": name})


@operation("GET", "/scenarios/{identity}", Scenario, problems=(NOT_FOUND, UNAVAILABLE))
def get_scenario(query: Query, identity: str) -> Response:  # noqa: ARG001
    """A saved scenario by its id; what an id stands for never changes."""
    return Response(service().store.get(identity) + "\n", content_type="application/json")


@operation("GET", "/scenarios/history", SavedList, query=HistoryQuery, problems=(NOT_FOUND, UNAVAILABLE))
def get_history(query: HistoryQuery) -> SavedList:
    """Every change to a scenario through all its names, newest first."""
    return SavedList(scenarios=[saved_entry(saved) for saved in service().store.history(query.name)])


@operation(
    "POST", "/scenarios/rename", SavedEntry, body=RenameRequest, problems=(NOT_FOUND, CONFLICT, FULL, UNAVAILABLE)
)
def rename_scenario(query: Query, body: RenameRequest) -> SavedEntry:  # noqa: ARG001
    """Give a scenario another name; the old one stays in its history."""
    store, new_name = signed_store(), clean_name(body.new_name)
    identity = store.current(body.name).scenario_id
    renamed = canonical_json(under_name(parse_json(store.get(identity)), new_name))
    return saved_entry(store.rename(body.name, new_name, renamed, expected=identity))


@operation("POST", "/scenarios/archive", SavedEntry, body=NameRequest, problems=(NOT_FOUND, FULL, UNAVAILABLE))
def archive_scenario(query: Query, body: NameRequest) -> SavedEntry:  # noqa: ARG001
    """Put a scenario away; nothing is deleted."""
    return saved_entry(signed_store().archive(body.name))


@operation("POST", "/scenarios/restore", SavedEntry, body=NameRequest, problems=(NOT_FOUND, FULL, UNAVAILABLE))
def restore_scenario(query: Query, body: NameRequest) -> SavedEntry:  # noqa: ARG001
    """Bring a scenario back that was put away."""
    return saved_entry(signed_store().restore(body.name))
