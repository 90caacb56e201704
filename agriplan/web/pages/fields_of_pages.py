"""Where an entry of the scenario is filled in: the field of the page in view, else of the page that has one."""

from collections.abc import Iterator, Mapping, Sequence
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


def pages_with_field(path: str, data: Baselines) -> Iterator[FieldPage]:
    """The pages that have a field for an entry, the best first.

    >>> from agriplan.baselines.folder import read_baselines
    >>> from agriplan.places import baselines_folder
    >>> data = read_baselines(baselines_folder())
    >>> [one.page for one in pages_with_field("target.milk", data)]
    ['indicator', 'league']
    """
    first, *about = path.split(".")
    region = data.region.code
    code = next((step for step in about if step in data.areas), "")
    commitment = data.by_id.get(about[0]) if about else None
    is_league = code not in ("", region)
    is_named = commitment is not None and (not is_league or code in commitment.leagues)
    if first in OF_ALL:
        yield from (FieldPage(page, {}) for page in PAGES_WITH_FORM)
    elif first in OF_EVALUATION:
        yield FieldPage("evaluation", {})
    elif first == "baseline":
        # A league's own figure stands with the league, a unit value with what it is the value of.
        yield from [FieldPage("league", {"code": code})] if is_league else []
        yield from (
            FieldPage("indicator", {"indicator": each.id}) for each in data.commitments if each.unit_value == about[0]
        )
    elif first == "actual" and any(thing.id == about[0] for thing in reported_things(data, code, "zh")):
        yield FieldPage("actuals", {"code": code})
    if first not in OF_ALL | OF_EVALUATION | {"baseline"} and _is_asked(first, commitment):
        # Levels and reasons of limits have fields on the leagues' pages alone.
        is_of_indicator = is_named and first != "limits_why" and not path.endswith(".target")
        yield from [FieldPage("indicator", {"indicator": about[0]})] if is_of_indicator else []
        if _is_of_leagues(path, is_league=is_league):
            yield FieldPage("league", {"code": code} if is_league else {})
        if not is_named and commitment is not None and first in {"growth", "actual"}:
            yield FieldPage("indicator", {"indicator": about[0]})


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
    found = list(pages_with_field(path, data))
    here = (request.endpoint or "").removeprefix("pages."), request.view_args or {}
    if any(one.page == here[0] and (not one.values or one.values == here[1]) for one in found):
        return f"#f-{path}"
    leagues = {"code": data.leagues[0].code}
    ends = (
        to(one.page, **{**(along or {}), **(one.values or (leagues if one.page == "league" else {}))}) for one in found
    )
    return next((f"{address}#f-{path}" for address in ends), "")
