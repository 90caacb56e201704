"""Cautions (提示): entries of a scenario that ask to be looked at again. They stand beside the entry and stop nothing.

Each check reads one kind of entry; what is out of line is `baselines.doubts`' to say, as for the data folder.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from agriplan.analysis.allocation_cautions import caps_of_rates, limits, reasons_alone, shares_of_hundred
from agriplan.analysis.balances import usual_figure
from agriplan.analysis.caution import LEAST_PART_OF_ONE, Caution
from agriplan.analysis.growth_cautions import growths
from agriplan.baselines.doubts import PART_OF_ONE, is_large, lost_per_cent, times_off, unit_value_off
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import is_money
from agriplan.engine.actuals import counted_actuals, parts_of, quantity_of
from agriplan.engine.entered import ActualFigure
from agriplan.engine.plan import Plan, counted_decimals
from agriplan.engine.plan_tables import Tables
from agriplan.engine.scenario import Scenario
from agriplan.errors import Called
from agriplan.formatting import Counted, print_entered, print_hundredfold, print_number, unit_called

# Points of progress beyond which hardly any figure is ahead of its path or behind it.
WIDEST_MARGIN = 20.0
BY_TEN = frozenset({"unit_value_far"})  # told of figures that are more than tenfold off, others more than threefold


def cautions_of(plan: Plan) -> tuple[Caution, ...]:
    """Everything in a plan's scenario that asks to be looked at again, in the order of the entries."""
    return tuple(caution for check in CAUTION_CHECKS for caution in check(plan))


def _own_figures(plan: Plan) -> Iterator[Caution]:
    data = plan.baselines
    unit_values = {one.unit_value for one in data.commitments}
    for indicator, areas in plan.scenario.baseline.items():
        for code, own in areas.items():
            replaced = _replaced(plan, indicator, code)
            place = f"baseline.{indicator}.{code}.value"
            printed = _printed(data, indicator, own.value, replaced=replaced)
            if _lost_per_cent(data, indicator, own.value, replaced):
                yield Caution(place, "rate_as_part", printed)
            elif indicator in unit_values and unit_value_off(own.value, replaced) is not None:
                yield _how_far(Caution(place, "unit_value_far", printed), data, indicator, own.value, replaced)
            elif indicator not in unit_values and _far(own.value, replaced):
                yield _how_far(Caution(place, "own_figure_far", printed), data, indicator, own.value, replaced)


def _lost_per_cent(data: Baselines, indicator: str, value: float, known: float) -> bool:
    """Whether a rate was probably typed as a part of one; a small amount is only far from the one known."""
    return data.indicators[quantity_of(data, indicator)].is_rate and lost_per_cent(value, [known])


def _decimals(data: Baselines, indicator: str) -> int:
    commitment = data.by_id.get(indicator)
    return data.decimals(commitment) if commitment else data.indicators[indicator].decimals


def _thing(data: Baselines, indicator: str) -> Counted:
    """What the figures are of."""
    return data.by_id.get(indicator) or data.indicators[indicator]


def _printed(data: Baselines, indicator: str, entered: float, **beside: float) -> dict[str, str | Called]:
    """A figure with all digits that were entered, those beside it as they are printed everywhere, and their unit."""
    decimals = _decimals(data, indicator)
    printed = {name: print_number(value, decimals) for name, value in beside.items()}
    return {"value": print_entered(entered), **printed, "unit": unit_called(_thing(data, indicator))}


def _how_far(caution: Caution, data: Baselines, indicator: str, value: float, known: float) -> Caution:
    """Ask about a figure that is far off, above or below; one that is too large for its unit is told as that."""
    if is_large(value, _decimals(data, indicator)):
        return replace(caution, code="large")
    side, times = "above" if value > known else "below", "ten" if caution.code in BY_TEN else "three"
    return replace(caution, words={"far": f"far.{side}", "so_many": f"far.{times}.{side}"})


def beyond_digits(plan: Plan) -> frozenset[str]:
    """The indicators whose totals want a larger unit: their printed figures are no longer certain to the last digit."""
    data, found = plan.baselines, set()
    for one in data.commitments:
        line, decimals = plan.by_indicator[one.id], counted_decimals(data, one)
        if any(is_large(float(line[name] * line["divisor"]), decimals) for name in ("projection", "target")):
            found.add(one.id)
    return frozenset(found)


def _far(value: float, known: float) -> bool:
    """Whether a figure is out of line with the one known."""
    return times_off(value, [known]) is not None


def _replaced(plan: Plan, indicator: str, code: str) -> float:
    """The published figure that an own one replaces; a value's is its quantity times its unit value, animals follow."""
    figures = plan.baselines.base_figures
    commitment = plan.baselines.by_id.get(indicator)
    parts = [(indicator, code)]
    if commitment and commitment.unit_value:
        parts = [(commitment.quantity, code), (commitment.unit_value, plan.baselines.region.code)]
    if indicator in plan.baselines.balances.observed:
        return usual_figure(plan, indicator, code)
    found = [figures[part].value for part in parts if part in figures]
    return float(np.prod(found)) if len(found) == len(parts) else float("nan")


def _actuals(plan: Plan) -> Iterator[Caution]:
    for indicator, areas in plan.scenario.actual.items():
        for code, years in areas.items():
            for year, one in years.items():
                value = one.value if isinstance(one, ActualFigure) else one
                expected, shown = (_expected(plan, each, indicator, code, int(year)) for each in (plan, plan.printed))
                printed = _printed(plan.baselines, indicator, value, expected=shown)
                place = f"actual.{indicator}.{code}.{year}"
                if _lost_per_cent(plan.baselines, indicator, value, expected):
                    yield Caution(place, "rate_as_part", printed | {"replaced": printed["expected"]})
                elif _far(value, expected):
                    yield _how_far(Caution(place, "actual_far", printed), plan.baselines, indicator, value, expected)
                elif _says_no_prices(plan, indicator, one):
                    yield Caution(place, "prices_unsaid", {"base_year": str(plan.baselines.base_year)})


def _herds_of_the_region(plan: Plan) -> Iterator[Caution]:
    """A rate is weighted with the herds of leagues: the region's own weighs nothing there."""
    region = plan.baselines.region.code
    for herd in dict.fromkeys(one.herd for one in plan.baselines.commitments if one.herd):
        for year in plan.scenario.actual.get(herd, {}).get(region, {}):
            yield Caution(f"actual.{herd}.{region}.{year}", "herd_of_region", {})


def _animals_alone(plan: Plan) -> Iterator[Caution]:
    """Animals, or what each gives, of a year whose quantity nobody knows: no balance can be struck from them."""
    data, scenario = plan.baselines, plan.scenario
    if not set(scenario.actual) & data.balances.observed:
        return
    known, region = counted_actuals(scenario, data), data.region.code
    for commitment in data.commitments:
        for indicator in data.balances.observed_about(commitment.id):
            for code, years in scenario.actual.get(indicator, {}).items():
                for year in years:
                    parts = parts_of(commitment, code, int(year), known, region)
                    if (indicator, code, int(year)) in known and parts.figure is None:
                        yield Caution(f"actual.{indicator}.{code}.{year}", "animals_alone", {})


def _says_no_prices(plan: Plan, indicator: str, one: float | ActualFigure) -> bool:
    """Whether a value counts without a word of its prices; values are published at the prices of their year."""
    data = plan.baselines
    if isinstance(one, ActualFigure) and (one.price_year or one.definition or one.basis not in ("", data.basis)):
        return False
    return is_money(_thing(data, indicator).unit("zh"))


def _expected(plan: Plan, tables: Tables, indicator: str, code: str, year: int) -> float:
    """The projection of that year, exact or printed; the base year's figure for what is only observed."""
    if indicator not in plan.baselines.by_id:
        return _replaced(plan, indicator, code)
    rows = tables.year_rows(indicator, code)
    return next((float(row["projection"]) for row in rows if row["year"] == year), float("nan"))


def _targets(plan: Plan) -> Iterator[Caution]:
    for indicator, target in plan.scenario.target.items():
        commitment = plan.baselines.by_id[indicator]
        printed = _printed(plan.baselines, indicator, target) | {"replaced": print_entered(commitment.target)}
        if _lost_per_cent(plan.baselines, indicator, target, commitment.target):
            yield Caution(f"target.{indicator}", "rate_as_part", printed)
        elif _far(target, commitment.target):
            far = Caution(f"target.{indicator}", "target_far", printed)
            yield _how_far(far, plan.baselines, indicator, target, commitment.target)


def _issued(plan: Plan) -> Iterator[Caution]:
    """Targets that were handed down, beside those that the plan comes to."""
    for indicator, targets in plan.scenario.issued.targets.items():
        ours, shown = (
            {row["code"]: row["target"] for row in each.league_rows(indicator)} for each in (plan, plan.printed)
        )
        ceiling = plan.baselines.by_id[indicator].ceiling
        for code, target in targets.items():
            printed = _printed(plan.baselines, indicator, target, replaced=shown[code])
            place = f"issued.targets.{indicator}.{code}"
            if _lost_per_cent(plan.baselines, indicator, target, ours[code]):
                yield Caution(place, "rate_as_part", printed)
            elif ceiling is not None and target > ceiling:
                printed = _printed(plan.baselines, indicator, target, ceiling=ceiling)
                yield Caution(place, "issued_above_rate", printed)
            elif _far(target, ours[code]):
                far = Caution(place, "issued_far", printed)
                yield _how_far(far, plan.baselines, indicator, target, float(ours[code]))


def _margin(plan: Plan) -> Iterator[Caution]:
    """How far from its path a figure still counts as on course."""
    margin = plan.scenario.status_margin
    printed = {"value": print_entered(margin)}
    if LEAST_PART_OF_ONE <= margin < PART_OF_ONE:
        yield Caution("status_margin", "margin_as_fraction", printed | {"points": print_hundredfold(margin)})
    elif margin > WIDEST_MARGIN:
        yield Caution("status_margin", "margin_far", printed | {"usual": print_entered(Scenario().status_margin)})


CAUTION_CHECKS: tuple[Callable[[Plan], Iterator[Caution]], ...] = (
    growths,
    _own_figures,
    _targets,
    shares_of_hundred,
    caps_of_rates,
    limits,
    reasons_alone,
    _actuals,
    _herds_of_the_region,
    _animals_alone,
    _issued,
    _margin,
)
