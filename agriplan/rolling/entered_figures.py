"""What a scenario says of the years after the base year, as figures that the next period's folder takes."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Reported, counted_actuals, entered_actuals, quantity_of
from agriplan.engine.last_known import unit_values
from agriplan.engine.scenario import Scenario
from agriplan.forecast.tiers import suggestions_by_area
from agriplan.parsing import out_of_size

# Indicator, area, year, basis.
FigureKey = tuple[str, str, int, str]


@dataclass(frozen=True)
class EnteredFigures:
    """The figures by what they are of, and the paths of the scenario's entries that they come from."""

    figures: Mapping[FigureKey, Reported]
    paths: frozenset[str]

    def on(self, basis: str) -> dict[tuple[str, str, int], float]:
        """The values on one basis."""
        return {key[:3]: one.value for key, one in self.figures.items() if key[3] == basis}


def figures_entered(old: Baselines, scenario: Scenario, suggestions: pd.DataFrame) -> EnteredFigures:
    """What the scenario says of years after the base year, as figures of observed indicators.

    What is in the prices of the target year is in those of the next period. A value that is given as such is its
    quantity: value / unit value, in the old prices by the one that stands in that year in the old plan, in those of the
    target year by one that is known in them. A quantity that no folder takes is left to be filled in. What stands on
    another basis stands on it there too, as the folder's own figures do; what counts something else is left behind.
    """
    actuals = counted_actuals(scenario, old, old.target_year)
    standing = _unit_values(old, scenario, suggestions) if actuals else {}
    found: dict[FigureKey, Reported] = {}
    paths: dict[FigureKey, str] = {}
    for (indicator, area, year), one in actuals.items():
        if not one.is_entered:
            continue
        commitment = old.by_id.get(indicator)
        key = (quantity_of(old, indicator), area, year, old.basis)
        if commitment is None or commitment.unit_value is None:
            found[key], paths[key] = one, _path(indicator, area, year)
            continue
        said = actuals.get((commitment.unit_value, old.region.code, year))
        price = _price_of(one, standing[commitment.id][year], said, old)
        made = _derived(one, one.value / price) if price > 0 else None
        if made and not out_of_size(made.value) and key not in found:
            found[key], paths[key] = made, _path(indicator, area, year)
    for (indicator, area, year), one in entered_actuals(scenario, old):
        is_product = indicator in old.by_id and old.by_id[indicator].unit_value is not None
        if one.basis != old.basis and not one.definition and not is_product:
            key = (quantity_of(old, indicator), area, year, one.basis)
            found[key], paths[key] = one, _path(indicator, area, year)
    return EnteredFigures(found, frozenset(paths.values()))


def _path(indicator: str, area: str, year: int) -> str:
    return f"actual.{indicator}.{area}.{year}"


def _unit_values(old: Baselines, scenario: Scenario, suggestions: pd.DataFrame) -> dict[str, dict[int, float]]:
    """The unit value of every commitment and year in the old prices, as the old plan values what was reported."""
    actuals, rows, region = counted_actuals(scenario, old), suggestions_by_area(suggestions), old.region.code
    return {
        one.id: unit_values(
            *(one, scenario, old, actuals),
            scenario.unit_value_growth.get(one.id, rows[one.unit_value, region].growth or 0.0),
        )
        for one in old.commitments
        if one.unit_value
    }


def _price_of(one: Reported, standing: float, said: Reported | None, old: Baselines) -> float:
    """The unit value in the prices that a value is in; 0 where none is known."""
    if one.price_year in (None, old.base_year):
        return standing
    return said.value if said and said.price_year == one.price_year else 0.0


def _derived(one: Reported, value: float) -> Reported:
    """The same figure with another value, derived from it."""
    return one._replace(value=float(f"{value:.12g}"), grade="derived")
