"""Cautions about growth: out of its plausible range, beyond what is ever seen, per cent typed as a part of one."""

from collections.abc import Iterator

from agriplan.analysis.caution import LEAST_PART_OF_ONE, LIMIT_DIGITS, Caution
from agriplan.analysis.likelihood import whose_range
from agriplan.baselines.doubts import PART_OF_ONE, times_off
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.forecast.attainment import rests_on_assumption
from agriplan.forecast.growth import GrowthKind, growth_kind
from agriplan.forecast.tiers import Suggestions, suggestions_by_area
from agriplan.formatting import GROWTH_DECIMALS, print_entered, print_hundredfold, print_number, print_times


def growths(plan: Plan) -> Iterator[Caution]:
    """Growths of indicators and unit values."""
    data, scenario = plan.baselines, plan.scenario
    rows = suggestions_by_area(plan.suggestions)
    quantities: dict[str, tuple[str, GrowthKind]] = {
        one.id: (one.quantity, growth_kind(one.kind)) for one in data.commitments
    }
    of = {one.id: "quantity" for one in data.commitments if one.kind == "value"}
    quantities |= {one.herd: (one.herd, "amount") for one in data.commitments if one.herd}
    for name, areas in scenario.growth.items():
        for code, growth in areas.items():
            yield from _growth(data, rows, f"growth.{name}.{code}", growth, *quantities[name], code, of.get(name, ""))
    for name, growth in scenario.unit_value_growth.items():
        indicator = data.by_id[name].unit_value or ""
        yield from _growth(
            data, rows, f"unit_value_growth.{name}", growth, indicator, "amount", data.region.code, "unit_value"
        )


def _growth(
    data: Baselines,
    rows: Suggestions,
    place: str,
    growth: float,
    indicator: str,
    kind: GrowthKind,
    code: str,
    growth_of: str,
) -> Iterator[Caution]:
    years = data.span
    _, suggested, low, high, *_ = rows[indicator, code]
    printed = {"low": print_number(low, GROWTH_DECIMALS), "high": print_number(high, GROWTH_DECIMALS)}
    printed |= {"suggested": print_number(suggested, GROWTH_DECIMALS), "value": print_entered(growth)}
    factor = float((1 + growth / 100) ** years)
    if kind == "amount" and looks_like_a_fraction(growth, suggested):
        yield Caution(place, "growth_as_fraction", printed | {"percent": print_hundredfold(growth)})
    elif kind == "amount" and times_off(factor, [1.0]) is not None:
        yield Caution(place, "growth_far", printed | {"years": str(years), "factor": print_times(factor)})
    elif side := _outside(growth, low, high):
        whose = whose_range(rests_on_assumption(data, rows, indicator, code), growth_of)
        unit = "note.points" if kind == "rate" else "note.per_cent"
        yield Caution(place, f"growth_{side}", printed, {"whose": whose, "unit": unit})


def _outside(growth: float, low: float, high: float) -> str:
    """On which side of its plausible range a growth lies; no side where there is no range."""
    sides = {"above": growth - high, "below": low - growth}
    return next((side for side, beyond in sides.items() if round(beyond, LIMIT_DIGITS) > 0), "")


def looks_like_a_fraction(growth: float, usual: float) -> bool:
    """Whether a growth in per cent was probably entered as a part of one; not where the usual one is as small.

    >>> looks_like_a_fraction(0.08, 2.07), looks_like_a_fraction(8, 2.07), looks_like_a_fraction(0.08, 0.1)
    (True, False, False)
    """
    return LEAST_PART_OF_ONE <= abs(growth) < PART_OF_ONE and not 0 < abs(usual) < 1
