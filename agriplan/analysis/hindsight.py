"""How the projection from the base year did against what came (回看): every figure since, and which its range held.

The projection is the one by history, whatever a person entered. What stands on another basis, counts something else or
is in other prices is shown and not compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from agriplan.analysis.note import Note
from agriplan.analysis.outlook import path_by_history
from agriplan.analysis.uncounted import uncounted_parts, why_not_counted
from agriplan.analysis.unit_words import unit_of_growth, words_of_area
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actual_values import grade_of_actual
from agriplan.engine.actuals import (
    Reported,
    counted_actuals,
    entered_actuals,
    observed_after,
    parts_of,
)
from agriplan.engine.last_known import unit_values
from agriplan.engine.plan import Plan
from agriplan.engine.tables import check_table, frame_of_columns
from agriplan.forecast.attainment import attainment_points
from agriplan.forecast.growth import growth_kind
from agriplan.forecast.intervals import range_of
from agriplan.formatting import GROWTH_DECIMALS, print_number, unit_behind
from agriplan.memo import memoized
from agriplan.rounding import printed_difference, round_half_up, round_printed
from agriplan.sentences import LANGS, Lang, listed, say

if TYPE_CHECKING:
    import pandas as pd

FAMILY_OF_HINDSIGHT = "hindsight"
HELD = 0.8  # the part of outcomes that the range is to hold
PRINTED = ("actual", "projection", "low", "high")


@dataclass(frozen=True)
class Hindsight:
    """A figure that came, the projection of its year and the range around it; `error` in per cent (rates: points).

    One that is not `compared` has no range: `basis`, `definition` and `price_year` say why, or that there is no
    `projection`. The fields are the columns `columns.HINDSIGHT`.
    """

    indicator: str
    code: str
    year: int
    actual: float
    projection: float
    error: float
    low: float
    high: float
    inside: bool
    compared: bool
    grade: str
    basis: str
    definition: str = ""
    price_year: float = np.nan


def hindsights(plan: Plan, commitment: Commitment, code: str | None = None) -> list[Hindsight]:
    """What came of a league, or else of the region, by year, on the plan's basis."""
    code = code or plan.baselines.region.code
    return [one for one in looked_back(plan)[commitment.id] if one.compared and one.code == code]


@memoized
def looked_back(plan: Plan) -> dict[str, list[Hindsight]]:
    """Every figure that came, by indicator: those that can be compared first, and of these the region's."""
    return {
        one.id: [*(row for code in plan.baselines.areas for row in _came(plan, one, code)), *_others(plan, one)]
        for one in plan.baselines.commitments
    }


def hindsight_table(plan: Plan, indicator: str, *, which: Sequence[bool] = (True, False)) -> "pd.DataFrame":
    """The figures of an indicator as a table, those that can be compared (True), then others: `columns.HINDSIGHT`."""
    rows = [one for compared in which for one in looked_back(plan)[indicator] if one.compared is compared]
    table = {field.name: [getattr(one, field.name) for one in rows] for field in fields(Hindsight)}
    return frame_of_columns(check_table("hindsight", table))


def printed_hindsight(table: "pd.DataFrame", decimals: int) -> "pd.DataFrame":
    """The same rows as they are shown: `columns.PRINTED_HINDSIGHT`."""
    shown = {name: round_printed(table[name].to_numpy(dtype=float), decimals) for name in PRINTED}
    keys = {name: table[name] for name in ("indicator", "code", "year")}
    return frame_of_columns(check_table("printed_hindsight", keys | shown))


def _came(plan: Plan, commitment: Commitment, code: str) -> Iterator[Hindsight]:
    data = plan.baselines
    reports = counted_actuals(plan.scenario, data)
    for row in plan.year_rows(commitment.id, code):
        year, actual = int(row["year"]), float(row["actual"])
        figure = parts_of(commitment, code, year, reports, data.region.code).figure
        if figure:
            grade = grade_of_actual(commitment, code, year, reports, plan.scenario, data)
            if np.isnan(_projected(plan, commitment, code, year)):
                yield replace(_shown(plan, commitment, code, year, figure, actual), grade=grade)
            else:
                yield _compared(plan, commitment, code, year, actual, grade)


def _compared(plan: Plan, commitment: Commitment, code: str, year: int, actual: float, grade: str) -> Hindsight:
    data = plan.baselines
    ahead, kind = year - data.base_year, growth_kind(commitment.kind)
    projection = _projected(plan, commitment, code, year)
    misses = attainment_points(data, plan.suggestions, commitment, code, ahead).misses
    low, high = (float(end) for end in range_of(projection, misses, HELD, kind, commitment.ceiling))
    error = projection - actual if kind == "rate" else (projection / actual - 1.0) * 100.0 if actual else np.nan
    return Hindsight(
        *(commitment.id, code, year, actual, projection, error, low, high),
        inside=low <= actual <= high,
        compared=True,
        grade=grade,
        basis=data.basis,
    )


def _others(plan: Plan, commitment: Commitment) -> Iterator[Hindsight]:
    data = plan.baselines
    after = data.later_years
    growth = float(plan.by_indicator[commitment.id]["unit_value_growth"])
    prices = unit_values(commitment, plan.scenario, data, counted_actuals(plan.scenario, data), growth)
    for known in (observed_after(data, after), entered_actuals(plan.scenario, data)):
        for (indicator, code, year), one in known:
            if indicator in (commitment.id, commitment.quantity) and not one.counts(data):
                by = 1.0 if indicator == commitment.id else prices[year]
                yield _shown(plan, commitment, code, year, one, one.value * by)


def _shown(plan: Plan, commitment: Commitment, code: str, year: int, one: Reported, value: float) -> Hindsight:
    in_prices_of = one.price_year if one.price_year not in (None, plan.baselines.base_year) else None
    return Hindsight(
        *(commitment.id, code, year, value, _projected(plan, commitment, code, year), np.nan, np.nan, np.nan),
        inside=False,
        compared=False,
        grade=one.grade,
        basis=one.basis,
        definition=one.definition,
        price_year=float(in_prices_of) if in_prices_of else np.nan,
    )


def _projected(plan: Plan, commitment: Commitment, code: str, year: int) -> float:
    return path_by_history(plan, commitment.id, code).get(year, np.nan)


def hindsight_notes(
    plan: Plan, commitment: Commitment, until: int | None = None, code: str | None = None
) -> Iterator[Note]:
    """The look back in words: how many figures of the region the range held, each of them, and what cannot be compared.

    Only figures up to the year `until`, where one is given. Where a league is asked for, its own figures as well, and
    of those that cannot be compared only its own.
    """
    last = until or plan.baselines.target_year
    everywhere = code in (None, plan.baselines.region.code)
    compared = _until(hindsights(plan, commitment), last)
    if compared:
        count, inside = len(compared), sum(one.inside for one in compared)
        yield _note("count", plan, commitment, compared[0], count=str(count), inside=str(inside))
    for one in compared if everywhere else (*compared, *_until(hindsights(plan, commitment, code), last)):
        shown = _printed_error(plan, commitment, one)
        way = "nothing" if np.isnan(shown) else "too_low" if shown < 0 else "too_high" if shown > 0 else "even"
        yield _note(f"{way}_inside" if one.inside else f"{way}_outside", plan, commitment, one)
    for one in looked_back(plan)[commitment.id]:
        if not one.compared and one.year <= last and (everywhere or one.code == code):
            yield _note("alone" if np.isnan(one.projection) else "other", plan, commitment, one)
    for area in plan.baselines.areas if everywhere else (code,):
        yield from _uncounted_parts(plan, commitment, str(area), last)


def _uncounted_parts(plan: Plan, commitment: Commitment, code: str, last: int) -> Iterator[Note]:
    """What was said of unit values, herds and animals and does not count, and why."""
    data = plan.baselines
    for indicator, year, one in uncounted_parts(plan, commitment, code):
        if year <= last:
            part = data.indicators[indicator]
            values = {
                lang: {
                    "name": commitment.name(lang),
                    "part": part.name(lang),
                    "area": data.areas[code].name(lang),
                    "year": str(year),
                    "value": print_number(one.value, part.decimals),
                    "unit": unit_behind(part.unit(lang), lang),
                    "why": listed(why_not_counted(data, one.basis, one.definition, one.price_year, lang), lang),
                }
                for lang in LANGS
            }
            yield Note("part", commitment.id, values, FAMILY_OF_HINDSIGHT)


def _printed_error(plan: Plan, commitment: Commitment, one: Hindsight) -> float:
    """How far off the projection was, as it is told: in points it is what lies between the figures beside it."""
    if not commitment.is_rate:
        return float(round_half_up(one.error, GROWTH_DECIMALS))
    return float(printed_difference(one.projection, one.actual, plan.baselines.decimals(commitment)))


def _until(found: list[Hindsight], last: int) -> list[Hindsight]:
    return [one for one in found if one.year <= last]


def _note(code: str, plan: Plan, commitment: Commitment, one: Hindsight, **words: str) -> Note:
    data, decimals = plan.baselines, plan.baselines.decimals(commitment)
    figures = {name: print_number(getattr(one, name), decimals) for name in PRINTED}
    values = {
        lang: {
            **words_of_area(data, commitment, one.code, lang),
            "per_cent": unit_of_growth(commitment.is_rate, lang),
            "year": str(one.year),
            "why": listed(_why_not_compared(data, one, lang), lang),
            "error": print_number(abs(_printed_error(plan, commitment, one)), GROWTH_DECIMALS),
            **figures,
            **words,
        }
        for lang in LANGS
    }
    return Note(code, commitment.id, values, FAMILY_OF_HINDSIGHT)


def _why_not_compared(data: Baselines, one: Hindsight, lang: Lang) -> Iterator[str]:
    yield from why_not_counted(data, one.basis, one.definition, one.price_year, lang)
    if np.isnan(one.projection):
        yield say("hindsight.no_projection", lang, year=str(data.base_year))
