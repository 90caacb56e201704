"""Which scenario a request is about: a saved one by id, a draft in the address, or what a form says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus

from flask import g, request
from werkzeug.exceptions import HTTPException

from agriplan.analysis.caution import Caution
from agriplan.analysis.cautions import cautions_of
from agriplan.analysis.entries import key_of
from agriplan.analysis.titles import differing_keys
from agriplan.engine.plan import Plan, without_usual
from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.errors import AgriplanError, Problem, StoreMissing
from agriplan.web.pages.draft import MOST_IN_ADDRESS, fits_address, pack, pack_fields, unpack, unpack_fields
from agriplan.web.pages.form import Blame, field_at, field_values, is_path, lay_what_fits, without_change
from agriplan.web.service import service

DRAFT = "draft"  # in the address: the scenario in view, not saved yet
STANDING = "entered"  # in the address: what stands in fields and could not be taken


@dataclass(frozen=True)
class ScenarioInView:
    """The scenario asked for with its plan, the fields of its form, and what is wrong with them.

    A scenario that is not saved has no name of its own: nobody shall take changes for what was saved under that name.
    `proposed` is what it would be saved as, `edited` are the changes that this very request made.
    """

    scenario: Scenario
    plan: Plan
    started_from: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    blames: tuple[Blame, ...] = ()
    proposed: str = ""
    edited: frozenset[str] = frozenset()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that has to be put right."""
        return tuple(blame.problem for blame in self.blames)

    @cached_property
    def wrong(self) -> dict[str, tuple[Problem, ...]]:
        """The problems to be told at each field: at the place itself where that is a field, else at those to blame."""
        told: dict[str, tuple[Problem, ...]] = {}
        for problem, fields in self.blames:
            own = field_at(problem.place)
            for path in (own,) if own in self.fields else fields:
                told[path] = (*told.get(path, ()), problem)
        return told

    @property
    def standing(self) -> dict[str, str]:
        """What stands in the fields that could not be taken."""
        paths = {*self.wrong, *(path for blame in self.blames for path in blame.fields)}
        return {path: self.fields[path] for path in sorted(paths) if path in self.fields}

    @cached_property
    def cautions(self) -> dict[str, tuple[Caution, ...]]:
        """What asks to be looked at again, by the field that it stands at."""
        told: dict[str, tuple[Caution, ...]] = {}
        for caution in cautions_of(self.plan):
            told[caution.place] = (*told.get(caution.place, ()), caution)
        return told

    def holds(self, *parts: str) -> bool:
        """Whether anything is entered, or wrong, in these parts of the form (`allocation.milk`, `target.milk`)."""
        filled = [path for path, said in self.fields.items() if said or path in self.wrong]
        return any(f"{path}.".startswith(f"{part}.") for path in filled for part in parts)

    @property
    def is_default(self) -> bool:
        """Whether nothing differs from the defaults."""
        return self.scenario == Scenario()

    @property
    def is_saved(self) -> bool:
        """Whether it is the saved scenario, unchanged."""
        return bool(self.started_from) and scenario_id(self.scenario) == self.started_from

    @property
    def origin(self) -> str:
        """What the saved scenario is called that it began as; nothing for one that began as the default."""
        return service().scenario(self.started_from).name if self.started_from else ""

    @property
    def entered(self) -> Scenario:
        """The scenario with the name that it would be saved under."""
        return self.scenario.model_copy(update={"name": self.proposed})

    @property
    def token(self) -> str:
        """The scenario for a hidden field."""
        return pack(self.entered)

    @property
    def carried(self) -> dict[str, str]:
        """The part of an address that brings this scenario to another page."""
        return address_part(self.entered, self.started_from)

    @property
    def kept(self) -> dict[str, str]:
        """The part of an address that brings this very page back, with what could not be taken still in its fields."""
        token = pack_fields(self.standing) if self.standing else ""
        fits = token and len(token) + sum(map(len, self.carried.values())) <= MOST_IN_ADDRESS
        return self.carried | ({STANDING: token} if fits else {})

    @property
    def is_too_long(self) -> bool:
        """Whether it has to be saved before an address can carry it."""
        return not self.is_saved and not fits_address(self.token)


def address_part(entered: Scenario, started_from: str) -> dict[str, str]:
    """The part of an address that brings a scenario, changed from the saved one of that id, to another page."""
    if scenario_id(entered) == started_from:
        return {"scenario": started_from}
    origin = {"from": started_from} if started_from else {}
    token = pack(entered)
    is_default = entered.model_copy(update={"name": ""}) == Scenario()
    return origin if is_default or not fits_address(token) else {"draft": token} | origin


def scenario_of_address() -> ScenarioInView:
    """Read the scenario of this request's address and make its plan.

    What could not be taken from a form comes back as problems, the rest of the form counts; a saved scenario that does
    not exist and a draft that cannot be read raise.
    """
    return _viewed(request.args, unpack_fields(request.args.get(STANDING, "")))


def scenario_of_form() -> ScenarioInView:
    """The same for a page with a form: a posted form is laid over the scenario that it was made for."""
    if request.method != "POST":
        return scenario_of_address()
    values, key = dict(request.form.items(multi=False)), request.form.get("undo")
    if key is None:
        return _viewed(values, values)
    base, started_from = start(values)
    values |= {"draft": pack(without_change(base, key)), "from": started_from, "scenario": ""}
    return _viewed(values, {path: said for path, said in values.items() if key_of(path) != key}, key)


def scenario_of_address_if_readable() -> ScenarioInView | None:
    """The scenario of the address for a page that shows something else: nothing where it cannot be read."""
    try:
        return scenario_of_address()
    except AgriplanError:
        return None


def scenario_spoken_of() -> ScenarioInView | None:
    """The scenario that a request was about that went wrong; nothing where it names none, or it cannot be read.

    A form is about what stands in it, whatever its address says.
    """
    try:
        viewed = scenario_of_form() if _is_of_a_scenario(request.form) else scenario_of_address()
    except (AgriplanError, HTTPException):  # what is wrong may be the form itself: too large, or cut on the way
        return None
    return None if viewed.is_default else viewed


def _is_of_a_scenario(form: Mapping[str, str]) -> bool:
    """Whether a form says of which scenario it is, or has fields of one."""
    return any(name in {"draft", "from", "scenario"} or ("." in name and is_path(name)) for name in form)


def _viewed(values: Mapping[str, str], fields: Mapping[str, str], *edited: str) -> ScenarioInView:
    base, started_from = start(values)
    laid = lay_what_fits(base, fields, service().plan)
    scenario = in_view(laid.scenario, started_from)
    shown = {**field_values(laid.scenario), **fields}
    # A scenario in view says nothing of an evaluation as of the base year; its plan does, where that was asked for.
    asked = scenario.model_copy(update={"as_of": laid.scenario.as_of})
    viewed = ScenarioInView(
        scenario,
        service().plan(asked),
        started_from,
        shown,
        laid.blames,
        laid.scenario.name,
        frozenset(edited) | differing_keys(base, laid.scenario),
    )
    g.carried = viewed.carried
    return viewed


def start(values: Mapping[str, str]) -> tuple[Scenario, str]:
    """The scenario that the form's fields lie over, and the id of the saved one that it began as."""
    saved = values.get("scenario", "")
    if saved:
        return service().scenario(saved), saved
    origin, draft = values.get("from", ""), values.get("draft", "")
    try:
        name = service().scenario(origin).name if origin else ""
    except StoreMissing:  # an address from another place: the changes count, wherever they came from
        name, origin = "", ""
    return (unpack(draft) if draft else Scenario(name=name)), origin


def in_view(scenario: Scenario, started_from: str) -> Scenario:
    """The scenario as it is shown and handed out: nameless, without what says nothing, unless it is saved."""
    if scenario_id(scenario) == started_from:
        return scenario
    return without_usual(scenario.model_copy(update={"name": ""}), service().baselines)


def status_of_form(viewed: ScenarioInView) -> int:
    """422 where the form has to be put right, else 200."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if viewed.problems else HTTPStatus.OK
