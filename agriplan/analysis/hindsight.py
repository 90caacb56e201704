"""How the projection from the base year did against what came (回看): every figure since, and which its range held.

The projection is the one by history, whatever a person entered. What stands on another basis is shown and not compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from agriplan.analysis.likelihood import unit_in_sentence
from agriplan.analysis.notes import Note
from agriplan.analysis.outlook import paths_by_history
from agriplan.baselines.commitments import Commitment
from agriplan.engine.actuals import observed_after
from agriplan.engine.plan import Plan
from agriplan.forecast.attainment import attainment_points
from agriplan.forecast.growth import growth_kind
from agriplan.forecast.intervals import range_of
from agriplan.formatting import GROWTH_DECIMALS, print_number
from agriplan.sentences import LANGS, say

FAMILY_OF_HINDSIGHT = "hindsight"
HELD = 0.8  # the part of outcomes that the range is to hold


@dataclass(frozen=True)
class Hindsight:
    """A figure that came, the projection of its year and the range around it; `error` in per cent (rates: points)."""

    indicator: str
    code: str
    year: int
    actual: float
    projection: float
    error: float
    low: float
    high: float
    inside: bool
    basis: str


def hindsights(plan: Plan, commitment: Commitment) -> list[Hindsight]:
    """What came of the region, by year, on the plan's basis."""
    data, region = plan.baselines, plan.baselines.region.code
    years = plan.years_of(commitment.id, region)
    known = years[years["actual"].notna()]
    rows = zip(known["year"].tolist(), known["actual"].tolist(), strict=True)
    return [_compared(plan, commitment, int(year), actual) for year, actual in rows if year > data.base_year]


def _compared(plan: Plan, commitment: Commitment, year: int, actual: float) -> Hindsight:
    data, region = plan.baselines, plan.baselines.region.code
    ahead, kind = year - data.base_year, growth_kind(commitment.kind)
    projection = float(paths_by_history(plan).region[data.commitments.index(commitment)][ahead])
    misses = attainment_points(data, plan.suggestions, commitment, region, ahead).misses
    low, high = (float(end) for end in range_of(projection, misses, HELD, kind))
    error = projection - actual if kind == "rate" else (projection / actual - 1.0) * 100.0
    inside = low <= actual <= high
    return Hindsight(commitment.id, region, year, actual, projection, error, low, high, inside, data.basis)


def elsewhere_counted(plan: Plan, commitment: Commitment) -> list[Hindsight]:
    """Figures of leagues on another basis than the plan's, beside the projection of their year."""
    data = plan.baselines
    codes = [league.code for league in data.leagues]
    at, found = data.commitments.index(commitment), []
    for (indicator, code, year), one in observed_after(data, range(data.base_year + 1, data.target_year + 1)):
        if indicator == commitment.quantity and one.basis != data.basis and code in codes:
            projected = paths_by_history(plan).leagues[at][codes.index(code)][year - data.base_year]
            unit_value = float(plan.by_indicator[commitment.id]["unit_value"]) if commitment.unit_value else 1.0
            figures = (one.value * unit_value, float(projected), np.nan, np.nan, np.nan)
            found.append(Hindsight(commitment.id, code, year, *figures, inside=False, basis=one.basis))
    return found


def hindsight_notes(plan: Plan, commitment: Commitment) -> Iterator[Note]:
    """The look back in words: how many figures the range held, each of them, and those that cannot be compared."""
    compared = hindsights(plan, commitment)
    if compared:
        count, inside = len(compared), sum(one.inside for one in compared)
        yield _note("count", plan, commitment, compared[0], count=str(count), inside=str(inside))
    for one in compared:
        way = "too_low" if one.error < 0 else "too_high"
        yield _note(f"{way}_inside" if one.inside else f"{way}_outside", plan, commitment, one)
    for one in elsewhere_counted(plan, commitment):
        yield _note("other_basis", plan, commitment, one)


def _note(code: str, plan: Plan, commitment: Commitment, one: Hindsight, **words: str) -> Note:
    data, decimals = plan.baselines, plan.baselines.decimals(commitment)
    figures = {name: print_number(getattr(one, name), decimals) for name in ("actual", "projection", "low", "high")}
    values = {
        lang: {
            "name": commitment.name(lang),
            "area": data.areas[one.code].name(lang),
            "unit": unit_in_sentence(commitment, lang),
            "per_cent": say("note.points" if commitment.kind == "rate" else "note.per_cent", lang),
            "year": str(one.year),
            "base_year": str(data.base_year),
            "basis": data.basis_name(one.basis, lang),
            "error": print_number(abs(one.error), GROWTH_DECIMALS),
            **figures,
            **words,
        }
        for lang in LANGS
    }
    return Note(code, commitment.id, values, FAMILY_OF_HINDSIGHT)
