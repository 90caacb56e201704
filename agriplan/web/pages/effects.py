"""Before and after in sight: what the scenario in view moves against the default plan, and each change to undo."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import key_of, say_path, say_value
from agriplan.analysis.evaluation import Evaluation
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario
from agriplan.formatting import GROWTH_DECIMALS, print_number, print_signed
from agriplan.sentences import Lang
from agriplan.web.evaluations import evaluation_of
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import switched_to
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.form import without_change
from agriplan.web.pages.rows import decimals_of, league_of, line_of
from agriplan.web.pages.scenario_in_view import ScenarioInView, address_part
from agriplan.web.service import service

# What is said of a figure that would not be understood without its name.
NAMED = frozenset({"preliminary", "definition", "price_year"})

# What an evaluation is looked at for: the word of the bar, the column, and its decimals where not the indicator's own.
MOVED_IN_EVALUATION = (
    ("current", "printed_current", None),
    ("target", "printed_target", None),
    ("left", "printed_gap", None),
    ("needed", "needed_growth", GROWTH_DECIMALS),
)


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


def effects_of_evaluation(evaluation: Evaluation, lang: Lang, code: str) -> list[Effect]:
    """What moved in an evaluation for an area against the default scenario as of the same year."""
    usual = evaluation_of(service().plan(Scenario()), evaluation.as_of)
    found = []
    for commitment in evaluation.issued.baselines.commitments:
        rows = [one.by_key[commitment.id, code] for one in (usual, evaluation)]
        own = decimals_of(evaluation.issued, commitment)["own"]
        for word, column, decimals in MOVED_IN_EVALUATION:
            what = text(f"bar.{word}", name=commitment.name(lang), year=evaluation.as_of)
            found.append(_effect(what, [row[column] for row in rows], own if decimals is None else decimals))
    return [effect for effect in found if effect.before != effect.after]


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
    entries = entries_of(scenario)
    for path in sorted(entries, key=lambda path: (key_of(path), not path.endswith(".value"), path)):  # the figure first
        value = entries[path]
        last, said = path.rpartition(".")[2], say_value(path, value, data, lang)
        told.setdefault(key_of(path), []).append(f"{say_path(last, data, lang)} {said}" if last in NAMED else said)
    return [EntryInWords(key, say_path(key, data, lang), text("comma").join(values)) for key, values in told.items()]


def undone(viewed: ScenarioInView, key: str) -> str:
    """The address of the page in view without one change."""
    rest = without_change(viewed.entered, key)
    return switched_to(None, address_part(rest, viewed.started_from))
