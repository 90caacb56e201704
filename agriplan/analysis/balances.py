"""Balances (实物平衡): what must be true in animals, yields and fodder for a target to be met.

A statement about the target, never a shortage: what is not stored of the fodder is grazed, straw or bought. A league is
measured by the region's coefficients, and marked so, until it says how many animals it has, or what each of them gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agriplan.analysis.balance_parts import (
    Quantified,
    each_of,
    following,
    herd_of,
    known_sides,
    positive,
    stored_parts,
)
from agriplan.baselines.balances import Balance, Fodder
from agriplan.engine.base_figures import source_of_base, worse_grade
from agriplan.engine.plan import Plan

# Beyond it a known stock is of another time than the quantity: figures that belong together agree to this part.
SAME_TIME = 0.02


@dataclass(frozen=True)
class BalanceFigures:
    """A target in animals and yields: `stock` x `each` x `factor` is the quantity; needed for the target at the other.

    `by_region` says that a league is measured by the region's coefficient; `implied` that the stock is the one that the
    base-year quantity implies, since none is known that fits it.
    """

    indicator: str
    code: str
    stock_indicator: str
    each_indicator: str
    quantity: float
    target_quantity: float
    stock: float
    stock_needed: float
    each: float
    each_needed: float
    by_region: bool
    implied: bool
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class FodderFigures:
    """What a herd needs in a year in standard hay, what is stored of it by name, and the rest (a league's is NaN)."""

    indicator: str
    code: str
    herd: float
    each: float
    needed: float
    needed_target: float
    stored: float
    rest: float
    parts: tuple[float, ...]
    by_region: bool
    grade: str
    sources: tuple[str, ...]


class DatedBalance(NamedTuple):
    """A balance, the year of its quantity, that of its animals, and whether nobody has reported the quantity."""

    balance: Balance
    figures: BalanceFigures
    year: int
    stock_year: int
    estimated: bool = False


class DatedFodder(NamedTuple):
    """What a herd needs, and the year of the herd."""

    figures: FodderFigures
    year: int


def balances_of(plan: Plan, indicator: str, code: str) -> Iterator[BalanceFigures]:
    """The balances of an indicator in the region or a league, as far as the data allow."""
    for balance in plan.baselines.balances.balance:
        if balance.about == indicator and (found := balance_figures(plan, balance, code)):
            yield found


def balance_figures(plan: Plan, balance: Balance, code: str) -> BalanceFigures | None:
    """One balance in the region or a league; None where the data lack a figure of it."""
    row = _row_of(plan, balance.about, code)
    sides = _sides(plan, balance, code, row.quantity)
    if sides is None or np.isnan(row.quantity):
        return None
    return weigh_up(balance, code, row.known, row.target, sides)


def weigh_up(balance: Balance, code: str, quantity: Quantified, target: float, sides: "Sides") -> BalanceFigures:
    """What a target takes of the one side at the other's value; no better known than the quantity is."""
    stock, each, by_region, implied = sides
    return BalanceFigures(
        indicator=balance.about,
        code=code,
        stock_indicator=balance.stock,
        each_indicator=balance.each,
        quantity=quantity.value,
        target_quantity=target,
        stock=stock.value,
        stock_needed=target / (each.value * balance.factor) if each.value > 0 else float("nan"),
        each=each.value,
        each_needed=target / (stock.value * balance.factor) if stock.value > 0 else float("nan"),
        by_region=by_region,
        implied=implied,
        grade=worse_grade(quantity.grade, stock.grade, each.grade),
        sources=tuple(dict.fromkeys((*stock.sources, *each.sources))),
    )


class _Quantities(NamedTuple):
    """A commitment's quantity in the base year, with grade and source, and at its printed target.

    An amount's is the printed one; those of a value are at the prices of their years.
    """

    quantity: float
    target: float
    known: Quantified


def _row_of(plan: Plan, indicator: str, code: str) -> _Quantities:
    data, commitment, line = plan.baselines, plan.baselines.by_id[indicator], plan.by_indicator[indicator]
    row, shown = plan.row_of(indicator, code), plan.printed.row_of(indicator, code)
    unit_value = float(line["unit_value"]) if commitment.unit_value else 1.0
    then = unit_value * (1 + float(line["unit_value_growth"]) / 100) ** data.span
    quantity = float((row if commitment.unit_value else shown)["baseline"]) / unit_value
    source = source_of_base(plan.scenario, data, commitment.quantity, code)
    known = Quantified(quantity, str(row["grade"]), (source,) if source else ())
    return _Quantities(quantity, float(shown["target"]) / then, known)


class Sides(NamedTuple):
    """The animals and what each gives; whether the region's coefficient stands in, and the stock follows from it."""

    stock: Quantified
    each: Quantified
    by_region: bool
    implied: bool


def _sides(plan: Plan, balance: Balance, code: str, quantity: float) -> Sides | None:
    """What is known of the animals and of what each gives; the other follows from the quantity.

    So does the region's stock where the known one is of another time than the quantity and does not lead to it.
    """
    region = plan.baselines.region.code
    at_region, known = code == region, _row_of(plan, balance.about, code).known
    region_stock, region_each = known_sides(plan, balance, region)
    if not at_region:
        stock, each = known_sides(plan, balance, code)
        if stock:
            own = each or following(quantity / (stock.value * balance.factor), stock, known)
            return Sides(stock, own, by_region=False, implied=False)
        if each:
            implied = following(quantity / (each.value * balance.factor), each, known)
            return Sides(implied, each, by_region=False, implied=True)
    if region_stock is None or region_each is None:
        return None
    implied = region_stock._replace(value=quantity / (region_each.value * balance.factor))
    if at_region and abs(implied.value / region_stock.value - 1.0) <= SAME_TIME:
        return Sides(region_stock, region_each, by_region=False, implied=False)
    return Sides(implied, region_each, by_region=not at_region, implied=True)


def usual_figure(plan: Plan, indicator: str, code: str) -> float:
    """What the region's coefficients make of a league's animals, or of what each gives; NaN where nothing is known."""
    data = plan.baselines
    for balance in data.balances.balance:
        each = positive(each_of(data, balance))
        if each and indicator == balance.stock:
            return _row_of(plan, balance.about, code).quantity / (each.value * balance.factor)
        if each and indicator == balance.each:
            return each.value
    return float("nan")


def fodder_of(plan: Plan, indicator: str, code: str) -> FodderFigures | None:
    """The fodder that the herd needs, where the data say so of this indicator."""
    fodder = plan.baselines.balances.fodder
    if fodder is None or fodder.about != indicator:
        return None
    data, at_region = plan.baselines, code == plan.baselines.region.code
    herd = herd_of(plan, fodder.herd, code)
    each = next((one for one in data.balances.coefficient if one.id == fodder.each), None)
    if herd is None or each is None:
        return None
    parts, sources, grades = stored_parts(data, fodder) if at_region else ([], [], [])
    needed = herd.value * each.value * fodder.factor
    stored = sum(parts) if at_region else float("nan")
    return FodderFigures(
        indicator=indicator,
        code=code,
        herd=herd.value,
        each=each.value,
        needed=needed,
        needed_target=herd.value * herd_grows(plan, fodder, code) * each.value * fodder.factor,
        stored=stored,
        rest=needed - stored,
        parts=tuple(parts),
        by_region=not at_region,
        grade=worse_grade(herd.grade, each.grade, *grades),
        sources=tuple(dict.fromkeys((herd.sources[0], each.source, *herd.sources[1:], *sources))),
    )


def herd_grows(plan: Plan, fodder: Fodder, code: str) -> float:
    """How many times as large the herd is by the target year: as a commitment's that is weighted with it; else 1."""
    for commitment in plan.baselines.commitments:
        if commitment.herd == fodder.herd:
            first, *_, last = (row["herd"] for row in plan.year_rows(commitment.id, code))
            return last / first if first > 0 else 1.0
    return 1.0
