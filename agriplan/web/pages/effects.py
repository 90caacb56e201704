"""Before and after in sight: what the scenario in view moves against the default plan, and each change to undo."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import say_path, say_value
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario
from agriplan.formatting import print_number, print_signed
from agriplan.sentences import Lang
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import switched_to
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.form import key_of, without_change
from agriplan.web.pages.rows import decimals_of, league_of, line_of
from agriplan.web.pages.scenario_in_view import ScenarioInView, address_part
from agriplan.web.service import service


@dataclass(frozen=True)
class Effect:
    """A figure as the default plan prints it, as the plan in view prints it, and what lies between."""

    what: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class EntryInWords:
    """An entry of the scenario in words; `key` is what undoes it, by a button or by a link."""

    key: str
    what: str
    value: str


def effects(plan: Plan, lang: Lang, code: str, first: str = "") -> list[Effect]:
    """What moved for an area: a league's targets and the region's gaps, those of one indicator before all others."""
    usual = service().plan(Scenario())
    ordered = sorted(plan.baselines.commitments, key=lambda one: one.id != first)
    figures = (effect for one in ordered for effect in _moved(usual, plan, one, code, lang))
    return [effect for effect in figures if effect.before != effect.after]


def _moved(usual: Plan, plan: Plan, commitment: Commitment, code: str, lang: Lang) -> Iterator[Effect]:
    decimals = decimals_of(plan, commitment)["own"]
    if code != plan.baselines.region.code:
        targets = [league_of(one, commitment.id, code)["shown"]["target"] for one in (usual, plan)]
        yield _effect(text("bar.target", name=commitment.name(lang)), targets, decimals)
    gaps = [line_of(one, commitment.id)["shown"]["gap_stated"] for one in (usual, plan)]
    yield _effect(text("bar.gap", name=commitment.name(lang)), gaps, decimals)


def _effect(what: str, values: list[float], decimals: int) -> Effect:
    before, after = (print_number(value, decimals) for value in values)
    between = round(values[1], decimals) - round(values[0], decimals)
    return Effect(what, before, after, print_signed(between, decimals))


@pages.app_context_processor
def of_the_bar() -> dict[str, Any]:
    """What the bar of every page says."""
    lang = current_language()
    return {"changes_of": lambda scenario: changes_of(scenario, service().baselines, lang), "undone": undone}


def changes_of(scenario: Scenario, data: Baselines, lang: Lang) -> list[EntryInWords]:
    """Every entry that differs from the default, in words; an own figure stands with its source."""
    told: dict[str, list[str]] = {}
    for path, value in entries_of(scenario).items():
        told.setdefault(key_of(path), []).append(say_value(path, value, data, lang))
    return [EntryInWords(key, say_path(key, data, lang), text("comma").join(values)) for key, values in told.items()]


def undone(asked: ScenarioInView, key: str) -> str:
    """The address of the page in view without one change."""
    rest = without_change(asked.entered, key)
    return switched_to(None, address_part(rest, asked.started_from))
