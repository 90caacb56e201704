"""Where an entry of the scenario is filled in: the field of the page in view, else of the page that has one."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import request

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.errors import Problem
from agriplan.web.language import current_language
from agriplan.web.pages.actuals import reported_things
from agriplan.web.pages.addresses import to
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.form import field_at
from agriplan.web.pages.scenario_in_view import ScenarioInView
from agriplan.web.service import service

# What every page with a form asks for, above its figures.
OF_ALL = frozenset({"name", "note"})
PAGES_WITH_FORM = ("league", "indicator", "actuals", "evaluation")
# Parts of a scenario that the page of an evaluation asks for.
OF_EVALUATION = frozenset({"issued", "passed", "as_of"})
# Parts of an allocation that only the page of its indicator asks for.
OF_INDICATOR = frozenset({"shares", "criteria"})


class FieldPage(NamedTuple):
    """A page with a field; without values it is any page of that sort."""

    page: str
    values: Mapping[str, str]


def pages_with_field(path: str, data: Baselines) -> list[FieldPage]:
    """The pages that have a field for an entry, the best first.

    >>> from agriplan.baselines.folder import read_baselines
    >>> from agriplan.places import baselines_folder
    >>> data = read_baselines(baselines_folder())
    >>> [one.page for one in pages_with_field("target.milk", data)]
    ['indicator', 'league']
    """
    first, *about = path.split(".")
    if first in OF_ALL:
        return [FieldPage(page, {}) for page in PAGES_WITH_FORM]
    if first in OF_EVALUATION:
        return [FieldPage("evaluation", {})]
    if not about and first in ("baseline", "actual"):
        return []
    code = next((step for step in about if step in data.areas), "")
    league = code if code != data.region.code else ""
    if first == "baseline":
        return _of_own_figure(about[0], league, data)
    is_published = first == "actual" and any(one.id == about[0] for one in reported_things(data, code, "zh"))
    actuals = [FieldPage("actuals", {"code": code})] if is_published else []
    return [*actuals, *_of_assumption(path, league, data)]


def _of_own_figure(observed: str, league: str, data: Baselines) -> list[FieldPage]:
    """A league's own figure stands with the league, a unit value with what it is the value of."""
    of_league = [FieldPage("league", {"code": league})] if league else []
    return of_league + [
        FieldPage("indicator", {"indicator": one.id}) for one in data.commitments if one.unit_value == observed
    ]


def _of_assumption(path: str, league: str, data: Baselines) -> list[FieldPage]:
    """What is entered of an indicator has a field with the indicator, with the league, or with both."""
    first, *about = path.split(".")
    commitment = data.by_id.get(about[0]) if about else None
    if not _is_asked(first, commitment):
        return []
    found = []
    is_named = commitment is not None and (not league or league in commitment.leagues)
    # Levels and reasons of limits have fields on the leagues' pages alone.
    if is_named and first != "limits_why" and not path.endswith(".target"):
        found.append(FieldPage("indicator", {"indicator": about[0]}))
    if _is_of_leagues(path, is_league=bool(league)):
        found.append(FieldPage("league", {"code": league} if league else {}))
    if not is_named and commitment is not None and first in {"growth", "actual"}:
        found.append(FieldPage("indicator", {"indicator": about[0]}))
    return found


def _is_of_leagues(path: str, *, is_league: bool) -> bool:
    """Whether a league's page asks for it; what the region itself published is asked for on pages of its own."""
    return (is_league or not path.startswith("actual.")) and not set(path.split(".")) & OF_INDICATOR


def _is_asked(first: str, commitment: Commitment | None) -> bool:
    """Whether pages of leagues ask for it: of herds for the growth, of everything else what is about a commitment."""
    return commitment is not None or first in {"growth", "status_margin"}


@pages.app_context_processor
def of_fields() -> dict[str, Any]:
    """What leads from a sentence about an entry to its field."""
    data = service().baselines
    return {
        "field_address": lambda path: field_address(path, data),
        "where_to_mend": lambda viewed, problem, fields: where_to_mend(viewed, problem, fields, data),
    }


class WhereToMend(NamedTuple):
    """The address of a field, and what the page is called that has it where that is another one than in view."""

    address: str
    page: str


def where_to_mend(viewed: ScenarioInView, problem: Problem, fields: Sequence[str], data: Baselines) -> WhereToMend:
    """Where a problem is put right: at its own field, at the shares that a rule lacks, else at what is to blame.

    What could not be taken goes along to another page, and stands in its fields there.
    """
    _, _, part = problem.place.rpartition(".")
    commitment = data.by_id.get(problem.place.split(".")[1]) if problem.place.count(".") == 2 else None
    place = next(iter(fields), "")
    if (own := field_at(problem.place)) in viewed.wrong:
        place = own
    elif part == "shares" and commitment is not None:
        place = f"{problem.place}.{commitment.leagues[0]}"
    address = field_address(place, data, viewed.kept) if place else ""
    elsewhere = address and not address.startswith("#") and commitment is not None
    return WhereToMend(address, commitment.name(current_language()) if elsewhere and commitment else "")


def field_address(path: str, data: Baselines, along: Mapping[str, str] | None = None) -> str:
    """The address of an entry's field, with what goes `along` to another page; nothing where no page has one."""
    found = pages_with_field(path, data)
    here = (request.endpoint or "").removeprefix("pages."), request.view_args or {}
    if any(one.page == here[0] and (not one.values or one.values == here[1]) for one in found):
        return f"#f-{path}"
    leagues = {"code": data.leagues[0].code}
    ends = (
        to(one.page, **{**(along or {}), **(one.values or (leagues if one.page == "league" else {}))}) for one in found
    )
    return next((f"{address}#f-{path}" for address in ends), "")
