"""Which scenario a request is about: a saved one by id, a draft in the address, or what a form says."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import g, request

from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.errors import Problem, ScenarioError
from agriplan.web.pages.draft import MOST_IN_ADDRESS, pack, unpack
from agriplan.web.pages.form import field_values, lay_over
from agriplan.web.state import service


@dataclass(frozen=True)
class Asked:
    """The scenario asked for with its plan, the fields of its form, and what is wrong with them."""

    scenario: Scenario
    plan: Plan
    started_from: str
    fields: dict[str, str]
    problems: tuple[Problem, ...] = ()

    @property
    def is_default(self) -> bool:
        """Whether nothing differs from the defaults."""
        return self.scenario == Scenario()

    @property
    def is_saved(self) -> bool:
        """Whether it is the saved scenario, unchanged."""
        return bool(self.started_from) and scenario_id(self.scenario) == self.started_from

    @property
    def token(self) -> str:
        """The scenario for a hidden field."""
        return pack(self.scenario)

    @property
    def carried(self) -> dict[str, str]:
        """The part of an address that brings this scenario to another page."""
        if self.is_saved:
            return {"scenario": self.started_from}
        origin = {"from": self.started_from} if self.started_from else {}
        if self.is_default or self.is_too_long:
            return origin
        return {"draft": self.token} | origin

    @property
    def is_too_long(self) -> bool:
        """Whether it has to be saved before an address can carry it."""
        return not self.is_saved and len(self.token) > MOST_IN_ADDRESS


def ask() -> Asked:
    """Read the scenario of this request and make its plan.

    What a form says wrong comes back as problems, with the plan before the change; a saved scenario that does not exist
    and a draft that cannot be read raise.
    """
    base, started_from = start()
    problems: tuple[Problem, ...] = ()
    fields = dict(request.form.items(multi=False)) if request.method == "POST" else {}
    scenario, plan = base, None
    try:
        scenario = lay_over(base, fields) if fields else base
        plan = service().plan(scenario)
    except ScenarioError as error:
        if not fields:
            raise
        problems, scenario = error.problems, base
    asked = Asked(scenario, plan or service().plan(base), started_from, field_values(scenario) | fields, problems)
    g.carried = asked.carried
    return asked


def start() -> tuple[Scenario, str]:
    """The scenario that the form's fields lie over, and the id of the saved one that it began as."""
    values = request.form if request.method == "POST" else request.args
    saved = values.get("scenario", "")
    if saved:
        return service().scenario(saved), saved
    return unpack(values.get("draft", "")), values.get("from", "")


def status_of_form(asked: Asked) -> int:
    """422 where the form has to be put right, else 200."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if asked.problems else HTTPStatus.OK
