"""Before and after in sight: what the scenario in view moves against the default plan, and each change to undo."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import Any, NamedTuple

from agriplan.analysis.comparison import changes_by_key
from agriplan.analysis.entries import order_of_entries, say_entries, say_path
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.likelihood import say_band
from agriplan.analysis.outlook import outlook_by_key
from agriplan.analysis.unit_words import unit_of_differences, unit_of_growth, words_of_growth, yearly_word
from agriplan.baselines.commitments import Commitment, short_names
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario
from agriplan.formatting import GROWTH_DECIMALS, NOTHING, print_number, print_signed, unit_behind
from agriplan.rounding import printed_difference
from agriplan.sentences import Lang
from agriplan.web.evaluations import evaluation_of
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import switched_to
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.form import without_change
from agriplan.web.pages.moved_gaps import gap_moves
from agriplan.web.pages.rows import league_of, line_of
from agriplan.web.pages.scenario_in_view import ScenarioInView, address_part
from agriplan.web.service import service

# What an evaluation is looked at for: the word of the bar, the column, and whether it is told of the region alone.
MOVED_IN_EVALUATION = (
    ("current", "printed_current", False),
    ("target", "printed_target", False),
    ("left", "printed_gap", True),
    ("needed", "needed_growth", False),
)

# Words of the bar whose figure is a gap, and below nothing what there is to spare.
GAPS = frozenset({"gap", "left"})


@dataclass(frozen=True)
class Effect:
    """A figure as the default plan prints it, as the plan in view prints it, and what lies between.

    `difference` is empty where they are words; `indicator` and `code` say of what and where; `size` is what lies
    between as a part of the indicator's target.
    """

    what: str
    before: str
    after: str
    difference: str
    unit: str
    indicator: str
    code: str
    size: float


@dataclass(frozen=True)
class EntryInWords:
    """An entry of the scenario in words; `key` is what undoes it, by a button or by a link."""

    key: str
    what: str
    value: str


def effects_on_region(viewed: ScenarioInView) -> list[Effect]:
    """What moved for the region, on every page that is about no area, year or indicator: gaps, and how likely it is."""
    return _told(viewed, [one for both in _both_plans(viewed) for one in (_gap(both), *_likelihood(both))])


def effects_on_league(viewed: ScenarioInView, code: str) -> list[Effect]:
    """What moved on a league's page: its targets and the region's gaps."""
    return _told(viewed, [one for both in _both_plans(viewed) for one in (_target(both, code), _gap(both))])


def effects_on_indicator(viewed: ScenarioInView, indicator: str) -> list[Effect]:
    """What moved on an indicator's page: gap, unallocated and every league's target; of the others what the region has.

    The leagues stand by how far they moved.
    """
    both = {one.commitment.id: one for one in _both_plans(viewed)}
    mine = both.pop(indicator)
    leagues = [_target(mine, league.code) for league in mine.plan.baselines.leagues]
    leagues.sort(key=lambda effect: -effect.size)
    rest = [one for others in both.values() for one in (_gap(others), _unallocated(others))]
    return _told(viewed, [_gap(mine), _unallocated(mine), *leagues, *rest])


def effects_on_evaluation(viewed: ScenarioInView, evaluation: Evaluation, code: str) -> list[Effect]:
    """What moved in an evaluation for an area against the default scenario as of the same year; the region: for all."""
    usual, data = evaluation_of(service().plan(Scenario()), evaluation.as_of), evaluation.issued.baselines
    areas = [code] if code != data.region.code else [code, *data.league_codes]
    found = []
    for area in areas:
        for one in _both_plans(viewed):
            rows = [each.by_key[one.commitment.id, area] for each in (usual, evaluation)]
            for word, column, of_region in MOVED_IN_EVALUATION:
                if area == code or not of_region:
                    values = [row[column] for row in rows]
                    found.append(_effect(one, word, area, values, as_of=evaluation.as_of))
    return _told(viewed, found)


class _Both(NamedTuple):
    """An indicator in the default plan and in the plan in view."""

    commitment: Commitment
    usual: Plan
    plan: Plan


def _both_plans(viewed: ScenarioInView) -> list[_Both]:
    usual = service().plan(Scenario())
    return [_Both(one, usual, viewed.plan) for one in viewed.plan.baselines.commitments]


def _told(viewed: ScenarioInView, effects: list[Effect]) -> list[Effect]:
    """Those that moved; what the last edit is about comes first, the league that it is about before the others."""
    data, steps = viewed.plan.baselines, {step for key in viewed.edited for step in key.split(".")}
    about = {one.id for one in data.commitments if steps & {one.id, one.quantity, one.herd, one.unit_value}}
    leagues = steps - {data.region.code}
    moved = [one for one in effects if one.before != one.after]
    return sorted(
        moved, key=lambda one: (one.indicator not in about, one.indicator in about and one.code not in leagues)
    )


def _target(both: _Both, code: str) -> Effect:
    values = [league_of(plan, both.commitment.id, code)["shown"]["target"] for plan in (both.usual, both.plan)]
    return _effect(both, "target", code, values)


def _gap(both: _Both) -> Effect:
    return _of_region(both, "gap", "gap_stated")


def _unallocated(both: _Both) -> Effect:
    return _of_region(both, "unallocated", "unallocated")


def _likelihood(both: _Both) -> Iterator[Effect]:
    """The two statements of it, each under its own name: what history alone says, and what an entry makes of that."""
    commitment, region = both.commitment, both.plan.baselines.region.code
    before, after = (outlook_by_key(plan)[commitment.id, region] for plan in (both.usual, both.plan))
    lang = current_language()
    yield _in_words(both, "likely", *(say_band(one["band"], lang) for one in (before, after)))
    if after["entered"]:
        bands = (say_band(one["entered_band"], lang) or text("bar.not_entered") for one in (before, after))
        yield _in_words(both, "likely_as_entered", *bands)


def _in_words(both: _Both, word: str, before: str, after: str) -> Effect:
    """A statement that is no number: nothing lies between the two."""
    commitment, lang, data = both.commitment, current_language(), both.plan.baselines
    what = text(f"bar.{word}", where=text("bar.region"), name=short_names(data.commitments, lang)[commitment.id])
    return Effect(what, before or NOTHING, after or NOTHING, "", "", commitment.id, data.region.code, 0.0)


def _of_region(both: _Both, word: str, column: str) -> Effect:
    values = [line_of(plan, both.commitment.id)["shown"][column] for plan in (both.usual, both.plan)]
    return _effect(both, word, both.plan.baselines.region.code, values)


def _effect(both: _Both, word: str, code: str, values: list[float], as_of: int | None = None) -> Effect:
    """The figure that a word of the bar is about; a gap below nothing is told as what there is to spare."""
    commitment, lang, data = both.commitment, current_language(), both.plan.baselines
    decimals = GROWTH_DECIMALS if word == "needed" else data.decimals(commitment)
    where = text("bar.region") if code == data.region.code else data.areas[code].name(lang)
    name = short_names(data.commitments, lang)[commitment.id]
    years = data.target_year - (as_of or data.base_year)
    grows = {"year": as_of, "yearly": yearly_word(years, lang), **words_of_growth(commitment, lang)}
    what = text(f"bar.{word}", where=where, name=name, **grows)
    before, after = (_printed(word, value, decimals) for value in values)
    between = float(printed_difference(values[1], values[0], decimals))
    size = abs(between) / both.plan.by_indicator[commitment.id]["target"]
    # Nothing lies between a figure and none.
    moves = print_signed(between, decimals)
    if word in GAPS:
        same_target = (
            both.usual.by_indicator[commitment.id]["target"] == both.plan.by_indicator[commitment.id]["target"]
        )
        moves = gap_moves(values[0], values[1], decimals, same_target=same_target)
    difference = "" if isnan(between) else moves
    unit = "" if isnan(values[1]) else _unit(word, commitment, years)
    return Effect(what, before, after, difference, unit, commitment.id, code, size)


def _is_surplus(word: str, value: float) -> bool:
    return word in GAPS and value < 0


def _printed(word: str, value: float, decimals: int) -> str:
    if isnan(value):
        return text("bar.untold")
    if _is_surplus(word, value):
        return text("surplus_of", value=print_number(-value, decimals))
    return print_number(value, decimals)


def _unit(word: str, commitment: Commitment, years: int) -> str:
    """The unit of a figure of the bar, as it stands behind a number; a growth over one year is none a year."""
    lang = current_language()
    if word == "needed" and years == 1:
        return unit_of_growth(commitment.is_rate, lang)
    if word == "needed":
        return text("points_a_year" if commitment.is_rate else "percent_a_year")
    if word in {*GAPS, "unallocated"}:
        return unit_of_differences(commitment, lang)
    return unit_behind(commitment.unit(lang), lang)


@pages.app_context_processor
def of_the_bar() -> dict[str, Any]:
    """What the bar of every page says."""
    lang = current_language()
    return {
        "changes_of": lambda scenario: changes_of(scenario, service().baselines, lang),
        "effects_on_region": effects_on_region,
        "gap_moves": gap_moves,
        "undone": undone,
    }


def changes_of(scenario: Scenario, data: Baselines, lang: Lang) -> list[EntryInWords]:
    """Every entry that differs from the default, in words; an own figure and what is said of it are one."""
    told = changes_by_key(scenario)
    keys = sorted(told, key=order_of_entries(data))
    return [EntryInWords(key, say_path(key, data, lang), say_entries(told[key], data, lang)) for key in keys]


def undone(viewed: ScenarioInView, key: str) -> str:
    """The address of the page in view without one change."""
    rest = without_change(viewed.entered, key)
    return switched_to(None, address_part(rest, viewed.started_from))
