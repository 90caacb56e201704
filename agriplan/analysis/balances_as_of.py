"""Balances of an evaluation: what the target that was handed down takes, from the last animals known by its year.

Where a year has both animals (or what each gives) and a quantity, the other follows. As of a year before any such the
plan's own balance stands, with the target that was handed down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from agriplan.analysis.balance_parts import Quantified, following, positive
from agriplan.analysis.balances import (
    DatedBalance,
    DatedFodder,
    Sides,
    balance_figures,
    fodder_of,
    herd_grows,
    weigh_up,
)
from agriplan.analysis.evaluation import Evaluation
from agriplan.baselines.balances import Balance
from agriplan.baselines.commitments import Commitment
from agriplan.engine.actuals import parts_of
from agriplan.engine.base_figures import worse_grade
from agriplan.engine.last_known import unit_values


def balances_as_of(evaluation: Evaluation, indicator: str, code: str) -> Iterator[DatedBalance]:
    """The balances of an indicator in the region or a league as of the evaluation's year."""
    for balance in evaluation.issued.baselines.balances.balance:
        if balance.about == indicator and (found := _balance(evaluation, balance, code)):
            yield found


def fodder_as_of(evaluation: Evaluation, indicator: str, code: str) -> DatedFodder | None:
    """The fodder of the last herd that was reported by the evaluation's year, else of the base year's.

    Up to that year a herd grows as the plan says, from there on as it is projected from there.
    """
    plan, data = evaluation.issued, evaluation.issued.baselines
    found, fodder = fodder_of(plan, indicator, code), data.balances.fodder
    if found is None or fodder is None:
        return None
    planned = herd_grows(plan, fodder, code)
    ahead = herd_grows(evaluation.trend, fodder, code) if evaluation.trend else 1.0
    for year in _years(evaluation):
        if said := evaluation.rebased.actuals.get((fodder.herd, code, year)):
            needed = said.value * found.needed / found.herd
            figures = replace(
                found,
                herd=said.value,
                needed=needed,
                needed_target=needed * planned ** ((evaluation.as_of - year) / data.span) * ahead,
                rest=needed - found.stored,
                grade=worse_grade(said.grade, found.grade),
                sources=(said.source, *found.sources[1:]),
            )
            return DatedFodder(figures, year)
    then = found.needed * planned ** ((evaluation.as_of - data.base_year) / data.span) * ahead
    return DatedFodder(replace(found, needed_target=then), data.base_year)


def _years(evaluation: Evaluation) -> range:
    """The years after the base year up to the as-of year, the last one first."""
    return range(evaluation.as_of, evaluation.issued.baselines.base_year, -1)


def _balance(evaluation: Evaluation, balance: Balance, code: str) -> DatedBalance | None:
    data = evaluation.issued.baselines
    target = _target(evaluation, balance, code)
    if own := _known_together(evaluation, balance, code):
        year, quantity, sides = own
        return DatedBalance(balance, weigh_up(balance, code, quantity, target, sides), year, year)
    found = balance_figures(evaluation.issued, balance, code)
    row, region = evaluation.by_key[balance.about, code], data.region.code
    of_region = _known_together(evaluation, balance, region) if found and found.by_region else None
    if of_region and of_region[2].each.value > 0:  # of animals that gave nothing no number follows
        current = row["current" if data.by_id[balance.about].unit_value else "printed_current"]
        each, known = of_region[2].each, Quantified(current / _unit_value(evaluation, balance.about), row["grade"], ())
        implied = following(known.value / (each.value * balance.factor), each)
        sides = Sides(implied, each, by_region=True, implied=True)
        figures = weigh_up(balance, code, known, target, sides)
        return DatedBalance(balance, figures, evaluation.as_of, of_region[0], bool(row["estimated"]))
    if found is None:
        return None
    # The grade is that of the whole.
    known, each = (Quantified(one, found.grade, ()) for one in (found.quantity, found.each))
    sides = Sides(Quantified(found.stock, found.grade, found.sources), each, found.by_region, found.implied)
    return DatedBalance(balance, weigh_up(balance, code, known, target, sides), data.base_year, balance.stock_year)


def _known_together(evaluation: Evaluation, balance: Balance, code: str) -> tuple[int, Quantified, Sides] | None:
    """The last year of which both the quantity and the animals, or what each gives, are known of an area."""
    actuals = evaluation.rebased.actuals
    for year in _years(evaluation):
        quantity = _quantity(evaluation, balance, code, year)
        said = (actuals.get((one, code, year)) for one in (balance.stock, balance.each))
        animals, yielded = (positive(one and _quantified(one.value, one.grade, one.source)) for one in said)
        if quantity is None or not (animals or yielded):
            continue
        implied = animals is None
        if animals is None and yielded:
            animals = following(quantity.value / (yielded.value * balance.factor), yielded, quantity)
        if yielded is None and animals:
            yielded = following(quantity.value / (animals.value * balance.factor), animals, quantity)
        if animals and yielded:
            return year, quantity, Sides(animals, yielded, by_region=False, implied=implied)
    return None


def _quantity(evaluation: Evaluation, balance: Balance, code: str, year: int) -> Quantified | None:
    """What was reported of a year as a quantity; of a chain's own value by the unit value of that year."""
    data = evaluation.issued.baselines
    commitment = data.by_id[balance.about]
    parts = parts_of(commitment, code, year, evaluation.rebased.actuals, data.region.code)
    said, by = (parts.own, _unit_values(evaluation, commitment)[year]) if parts.own else (parts.quantity, 1.0)
    return said and _quantified(said.value / by, said.grade, said.source)


def _unit_values(evaluation: Evaluation, commitment: Commitment) -> Mapping[int, float]:
    """What a quantity is worth in every year, by which its values are made; 1 where it has none."""
    issued, growth = evaluation.issued, float(evaluation.issued.by_indicator[commitment.id]["unit_value_growth"])
    return unit_values(commitment, issued.scenario, issued.baselines, evaluation.rebased.actuals, growth)


def _quantified(value: float, grade: str, source: str) -> Quantified:
    return Quantified(float(value), grade, (source,))


def _unit_value(evaluation: Evaluation, indicator: str) -> float:
    return float(evaluation.rebased.standings[indicator].unit_value)


def _target(evaluation: Evaluation, balance: Balance, code: str) -> float:
    """The target that was handed down as a quantity, at the target year's unit value."""
    target = float(evaluation.by_key[balance.about, code]["printed_target"])
    growth = evaluation.rebased.assumed.of_line(balance.about, "unit_value_growth")
    then = _unit_value(evaluation, balance.about)
    if evaluation.issued.baselines.by_id[balance.about].unit_value and not np.isnan(growth):
        then *= (1 + growth / 100.0) ** evaluation.years_left
    return target / then
