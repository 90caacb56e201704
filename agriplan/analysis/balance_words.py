"""Balances in words: what the target takes in animals, yields and fodder, each with its grade and sources."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import numpy as np

from agriplan.analysis.balances import DatedBalance, DatedFodder, balance_figures, fodder_of
from agriplan.analysis.balances_as_of import balances_as_of, fodder_as_of
from agriplan.analysis.entries import source_title
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.note import Note
from agriplan.baselines.balances import Measured
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.formatting import print_number, unit_behind, with_unit
from agriplan.rounding import add_up_to, printed_difference, round_half_up
from agriplan.sentences import LANGS, SEMICOLONS, Lang, inside, listed, say

FAMILY_OF_BALANCES = "balance"
KILOGRAMS_DECIMALS = 1

# From here on a whole number has two digits; a small one gets so many decimals for them at most.
TWO_DIGITS, MOST_DECIMALS = 10, 3


def balance_notes(plan: Plan, commitment: Commitment, code: str) -> Iterator[Note]:
    """The balances of an indicator in words, each with its grade and sources."""
    year = plan.baselines.base_year
    found = [
        DatedBalance(one, figures, year, one.stock_year)
        for one in plan.baselines.balances.balance
        if one.about == commitment.id and (figures := balance_figures(plan, one, code))
    ]
    fodder = fodder_of(plan, commitment.id, code)
    yield from _notes(plan, commitment, found, DatedFodder(fodder, year) if fodder else None)


def balance_notes_as_of(evaluation: Evaluation, commitment: Commitment, code: str) -> Iterator[Note]:
    """The same of an evaluation: as of its year, and what the target that was handed down takes."""
    found = list(balances_as_of(evaluation, commitment.id, code))
    yield from _notes(evaluation.issued, commitment, found, fodder_as_of(evaluation, commitment.id, code))


def _notes(
    plan: Plan, commitment: Commitment, balances: Sequence[DatedBalance], fodder: DatedFodder | None
) -> Iterator[Note]:
    for one in balances:
        enough, at_region = _suffices(plan, one), one.figures.code == plan.baselines.region.code
        words = {lang: _words(plan, one, lang, enough=enough) for lang in LANGS}
        for name in (*_told(one, at_region=at_region, enough=enough), "sources"):
            yield Note(name, commitment.id, words, FAMILY_OF_BALANCES)
    if fodder:
        words = {lang: fodder_words(plan, fodder, lang) for lang in LANGS}
        for name in ("fodder_of_league" if fodder.figures.by_region else "fodder", "sources"):
            yield Note(name, commitment.id, words, FAMILY_OF_BALANCES)


def _suffices(plan: Plan, dated: DatedBalance) -> bool:
    """Whether what there is leads to the target: by the figures, or since so much is put out today, as it is printed.

    A known stock need not lead to the output to the last animal (`balances.SAME_TIME`).
    """
    found = dated.figures
    output, target = round_half_up([found.quantity, found.target_quantity], _decimals_of(plan, dated)["quantity"])
    return bool(target <= output or found.stock_needed <= found.stock)


def _told(dated: DatedBalance, *, at_region: bool, enough: bool) -> Iterator[str]:
    """The sentences of a balance: what the target takes, or that what there is suffices.

    Of animals that gave nothing nobody can say how many the target takes, only what each would have to give.
    """
    found = dated.figures
    behind = "_enough" if enough else ""
    if at_region:
        yield "implied" if found.implied else "today"
        if isfinite(found.stock_needed):
            yield f"stock{behind}"
        if isfinite(found.each_needed):
            yield f"each{behind}"
    elif found.by_region:
        yield f"league_estimated{behind}" if dated.estimated else f"league{behind}"
    else:
        yield f"league_own{behind}" if isfinite(found.stock_needed) else "league_own_nothing"


def _decimals_of(plan: Plan, dated: DatedBalance) -> dict[str, int]:
    """With how many decimals animals, what each gives and the quantity are printed."""
    data, balance = plan.baselines, dated.balance
    commitment = data.by_id[balance.about]
    return {
        "stock": data.indicators[balance.stock].decimals,
        "each": int(measured(data, balance.each).decimals),
        "quantity": data.indicators[commitment.quantity].decimals
        if commitment.unit_value
        else data.decimals(commitment),
    }


def _beside_needed(name: str, now: float, needed: float, decimals: int, *, enough: bool) -> dict[str, str]:
    """A figure and what is needed of it: nothing that suffices needs more, and what is lacking can be seen."""
    if enough and needed > now:
        needed = now
    while needed > now and print_number(needed, decimals) == print_number(now, decimals):
        decimals += 1
    # Two digits at least, so that what was rounded away is no great part of the step from one to the other.
    smaller = min(now, needed)
    while smaller > 0.0 and smaller * 10**decimals < TWO_DIGITS and decimals < MOST_DECIMALS:
        decimals += 1
    return {name: print_number(now, decimals), f"{name}_needed": print_number(needed, decimals)}


def _words(plan: Plan, dated: DatedBalance, lang: Lang, *, enough: bool) -> dict[str, str]:
    data, balance, found = plan.baselines, dated.balance, dated.figures
    commitment, stock, each = data.by_id[balance.about], data.indicators[balance.stock], measured(data, balance.each)
    quantity, decimals = data.indicators[commitment.quantity], _decimals_of(plan, dated)
    return {
        **_beside_needed("stock", found.stock, found.stock_needed, decimals["stock"], enough=enough),
        **_beside_needed("each", found.each, found.each_needed, decimals["each"], enough=enough),
        "quantity": print_number(found.quantity, decimals["quantity"]),
        "target": print_number(found.target_quantity, decimals["quantity"]),
        "stock_name": stock.name(lang),
        "stock_unit": unit_behind(stock.unit(lang), lang),
        "stock_year": str(dated.stock_year),
        "quantity_year": str(dated.year),
        "each_name": each.name(lang),
        "each_unit": unit_behind(each.unit(lang), lang),
        "name": quantity.name(lang),
        "unit": unit_behind(quantity.unit(lang), lang),
        **_common(plan, found.code, found.grade, found.sources, lang),
    }


def measured(data: Baselines, name: str) -> Any:
    """What each animal gives: a yield of the balances, or an observed indicator."""
    known: dict[str, Measured | Any] = {one.id: one for one in data.balances.yields}
    return known.get(name) or data.indicators[name]


def fodder_words(plan: Plan, dated: DatedFodder, lang: Lang) -> dict[str, str]:
    """The figures of what a herd needs as sentences print them."""
    data, fodder, found = plan.baselines, plan.baselines.balances.fodder, dated.figures
    stored = fodder.stored if fodder else ()
    herd = data.indicators[fodder.herd if fodder else ""]
    unit = unit_behind(data.indicators[stored[0].of].unit(lang), lang) if stored else ""
    # What is stored adds up on paper, and so does what is not.
    shown = add_up_to(np.array([found.parts]), round_half_up([found.stored]), 0)[0] if found.parts else ()
    parts = [
        f"{inside(thing.name(lang))} {with_unit(print_number(value, 0), thing.unit(lang), lang)}"
        for thing, value in zip((data.indicators[one.of] for one in stored), shown, strict=False)
    ]
    return {
        "herd": print_number(found.herd, herd.decimals),
        "herd_year": str(dated.year),
        "herd_unit": unit_behind(herd.unit(lang), lang),
        "each": print_number(found.each, KILOGRAMS_DECIMALS),
        "needed": print_number(found.needed, 0),
        "needed_target": print_number(found.needed_target, 0),
        "stored": print_number(found.stored, 0),
        "rest": print_number(float(printed_difference(found.needed, found.stored, 0)), 0),
        "unit": unit,
        "parts": listed(parts, lang),
        **_common(plan, found.code, found.grade, found.sources, lang),
    }


def _common(plan: Plan, code: str, grade: str, sources: tuple[str, ...], lang: Lang) -> dict[str, str]:
    data = plan.baselines
    return {
        "area": data.areas[code].name(lang),
        "target_year": str(data.target_year),
        "grade": say(f"grade.{grade}", lang),
        "sources": SEMICOLONS[lang].join(source_title(data, one, lang) for one in sources),
    }
