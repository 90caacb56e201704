"""Balances (实物平衡): what must be true in animals, yields and fodder for a target to be met.

A statement about the target, never a shortage: what is not stored of the fodder is grazed, straw or bought. A league is
measured by the region's coefficients, and marked so, until it says how many animals it has, or what each of them gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agriplan.baselines.balances import Balance, Fodder
from agriplan.baselines.folder import Baselines
from agriplan.baselines.grades import GRADES
from agriplan.engine.plan import Plan
from agriplan.memo import memoized


class Quantified(NamedTuple):
    """A figure that a balance rests on, with its grade and source (an id of the data; computed ones have several)."""

    value: float
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class BalanceFigures:
    """A target in animals and yields: `stock` x `each` x `factor` is the quantity; needed for the target at the other.

    `by_region` says that a league is measured by the region's coefficient; its stock is then the one that its base-year
    quantity implies.
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
    stock, each, by_region = sides
    return BalanceFigures(
        indicator=balance.about,
        code=code,
        stock_indicator=balance.stock,
        each_indicator=balance.each,
        quantity=row.quantity,
        target_quantity=row.target,
        stock=stock.value,
        stock_needed=row.target / (each.value * balance.factor) if each.value > 0 else float("nan"),
        each=each.value,
        each_needed=row.target / (stock.value * balance.factor) if stock.value > 0 else float("nan"),
        by_region=by_region,
        grade=_worst([stock.grade, each.grade]),
        sources=tuple(dict.fromkeys((*stock.sources, *each.sources))),
    )


class _Quantities(NamedTuple):
    """A commitment's quantity in the base year, with its grade and source, and in the target year, at their prices."""

    quantity: float
    target: float
    known: Quantified


def _row_of(plan: Plan, indicator: str, code: str) -> _Quantities:
    data, commitment = plan.baselines, plan.baselines.by_id[indicator]
    line = plan.by_indicator[indicator]
    row = line if code == data.region.code else plan.league_row(indicator, code)
    unit_value = float(line["unit_value"]) if commitment.unit_value else 1.0
    then = unit_value * (1 + float(line["unit_value_growth"]) / 100) ** (data.target_year - data.base_year)
    quantity, target = float(row["baseline"]) / unit_value, float(row["target"]) / then
    figure = data.base_figures.get((commitment.quantity, code))
    own = plan.scenario.baseline.get(commitment.quantity, {}).get(code)
    source = own.source if own else figure.source if figure else ""
    return _Quantities(quantity, target, Quantified(quantity, str(row["grade"]), (source,) if source else ()))


def _sides(plan: Plan, balance: Balance, code: str, quantity: float) -> tuple[Quantified, Quantified, bool] | None:
    """The animals and what each gives, and whether the region's coefficient stands in for the league's.

    Of a league that knows one of the two the other follows from its quantity.
    """
    data = plan.baselines
    region_stock, region_each = _observed(data, balance.stock, balance.stock_year), _each(data, balance)
    if code == data.region.code:
        return (region_stock, region_each, False) if region_stock and region_each else None
    stock = _own(plan, balance.stock, code) or _observed(data, balance.stock, balance.stock_year, code)
    year = balance.each_year or data.base_year
    each = _own(plan, balance.each, code) or _observed(data, balance.each, year, code)
    known = _row_of(plan, balance.about, code).known
    if stock and each:
        return stock, each, False
    if stock:
        return stock, _following(quantity / (stock.value * balance.factor), stock, known), False
    if each:
        return _following(quantity / (each.value * balance.factor), each, known), each, False
    if region_stock is None or region_each is None:
        return None
    implied = quantity / (region_each.value * balance.factor)
    return region_stock._replace(value=implied), region_each, True


def _following(value: float, *of: Quantified) -> Quantified:
    """A figure that follows from others, with the worst of their grades and all their sources."""
    return Quantified(value, _worst([one.grade for one in of]), tuple(source for one in of for source in one.sources))


def _own(plan: Plan, indicator: str, code: str) -> Quantified | None:
    """What a league says of itself in the scenario."""
    figure = plan.scenario.baseline.get(indicator, {}).get(code)
    return Quantified(figure.value, "reported", (figure.source,)) if figure else None


def usual_figure(plan: Plan, indicator: str, code: str) -> float:
    """What the region's coefficients make of a league's animals, or of what each gives; NaN where nothing is known."""
    data = plan.baselines
    for balance in data.balances.balance:
        each = _each(data, balance)
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
    herd = _own(plan, fodder.herd, code) or _base_figure(data, fodder.herd, code)
    each = next((one for one in data.balances.coefficient if one.id == fodder.each), None)
    if herd is None or each is None:
        return None
    parts, sources, grades = _stored(data, fodder) if at_region else ([], [], [])
    needed = herd.value * each.value * fodder.factor
    stored = sum(parts) if at_region else float("nan")
    return FodderFigures(
        indicator=indicator,
        code=code,
        herd=herd.value,
        each=each.value,
        needed=needed,
        needed_target=_herd_then(plan, fodder, code, herd.value) * each.value * fodder.factor,
        stored=stored,
        rest=needed - stored,
        parts=tuple(parts),
        by_region=not at_region,
        grade=_worst([herd.grade, each.grade, *grades]),
        sources=tuple(dict.fromkeys((*herd.sources, each.source, *sources))),
    )


def _herd_then(plan: Plan, fodder: Fodder, code: str, now: float) -> float:
    """The herd of the target year, where a commitment is weighted with it; else as today."""
    for commitment in plan.baselines.commitments:
        if commitment.herd == fodder.herd:
            herd = float(plan.years_of(commitment.id, code)["herd"].iloc[-1])
            return now if np.isnan(herd) else herd
    return now


def _stored(data: Baselines, fodder: Fodder) -> tuple[list[float], list[str], list[str]]:
    coefficients = {one.id: one for one in data.balances.coefficient}
    parts, sources, grades = [], [], []
    for one in fodder.stored:
        figure = _observed(data, one.of, one.year)
        if figure is not None:
            over = coefficients[one.over] if one.over else None
            parts.append(figure.value / (over.value if over else 1.0))
            sources += [*figure.sources, *([over.source] if over else [])]
            grades += [figure.grade, *([over.grade] if over else [])]
    return parts, sources, grades


def _base_figure(data: Baselines, indicator: str, code: str) -> Quantified | None:
    figure = data.base_figures.get((indicator, code))
    return Quantified(figure.value, figure.grade, (figure.source,)) if figure else None


@memoized
def _observed(data: Baselines, indicator: str, year: int, code: str | None = None) -> Quantified | None:
    """The figure of an area, the region where none is named, on the plan's basis."""
    rows, area = data.observed, code or data.region.code
    rows = rows[(rows["indicator"] == indicator) & (rows["area"] == area) & (rows["year"] == year)]
    rows = rows[rows["basis"] == data.basis]
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Quantified(float(row["value"]), str(row["grade"]), (str(row["source"]),))


def _each(data: Baselines, balance: Balance) -> Quantified | None:
    if balance.each in data.yields:
        made = next(one for one in data.balances.yields if one.id == balance.each)
        parts = [_observed(data, made.of, made.of_year), _observed(data, made.per, made.per_year)]
        sources = tuple(source for part in parts if part for source in part.sources)
        return Quantified(data.yields[balance.each].value, data.yields[balance.each].grade, sources)
    return _observed(data, balance.each, balance.each_year or data.base_year)


def _worst(grades: list[str]) -> str:
    return max(grades, key=list[str](GRADES).index)
