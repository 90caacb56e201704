"""The base-year figure to use: the planner's own one, else the observed one, with the grade that travels on."""

from typing import NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.grades import GRADES
from agriplan.engine.scenario import Scenario


class BaseFigure(NamedTuple):
    """A base-year figure as used: the planner's own one, else the observed one, else none (NaN)."""

    value: float
    grade: str
    relative_error: float


NO_FIGURE = BaseFigure(np.nan, "", np.nan)
# The unit value of an indicator that has none: one unit is worth one unit, and that is no estimate.
ONE = BaseFigure(1.0, "official", 0.0)


def known_figure(scenario: Scenario, baselines: Baselines, indicator: str, area: str) -> BaseFigure:
    """The base-year figure to use for an observed indicator and area; an own figure keeps the observed error."""
    figure = baselines.base_figures.get((indicator, area))
    own = own_value(scenario, baselines, indicator, area)
    if own is not None:
        return BaseFigure(own, "reported", figure.relative_error if figure else 0.0)
    return BaseFigure(figure.value, figure.grade, figure.relative_error) if figure else NO_FIGURE


def counted_figure(commitment: Commitment, scenario: Scenario, baselines: Baselines, league: str) -> BaseFigure:
    """The base-year figure of a league's quantity as it counts: a rate without a herd to weight it counts nowhere."""
    if commitment.herd and np.isnan(known_figure(scenario, baselines, commitment.herd, league).value):
        return NO_FIGURE
    return known_figure(scenario, baselines, commitment.quantity, league)


def states_chain_value(scenario: Scenario, commitment: Commitment, area: str) -> bool:
    """Whether a league entered its own value of a chain, from which its quantity follows."""
    return commitment.unit_value is not None and area in scenario.baseline.get(commitment.id, {})


def stating_chain(scenario: Scenario, baselines: Baselines, indicator: str, area: str) -> Commitment | None:
    """The chain of this quantity whose own value a league entered; None where it entered none."""
    chains = (one for one in baselines.commitments if one.quantity == indicator)
    return next((one for one in chains if states_chain_value(scenario, one, area)), None)


def source_of_base(scenario: Scenario, baselines: Baselines, indicator: str, area: str) -> str | None:
    """Where the base-year figure that is used comes from: as entered, else the source's id; None without a figure."""
    own = scenario.baseline.get(indicator, {}).get(area)
    if own is None and (chain := stating_chain(scenario, baselines, indicator, area)):
        own = scenario.baseline[chain.id][area]
    figure = baselines.base_figures.get((indicator, area))
    return own.source if own else figure.source if figure else None


def own_value(scenario: Scenario, baselines: Baselines, indicator: str, area: str) -> float | None:
    """What the planner says: the figure itself, or a chain's value over its unit value; None without an entry."""
    if not scenario.baseline:
        return None
    own = scenario.baseline.get(indicator, {}).get(area)
    if own is not None:
        return own.value
    chain = stating_chain(scenario, baselines, indicator, area)
    if chain is None or chain.unit_value is None:
        return None
    unit_value = known_figure(scenario, baselines, chain.unit_value, baselines.region.code).value
    return scenario.baseline[chain.id][area].value / unit_value


# What an estimate is graded, where the figure that it was carried on from is no worse.
ESTIMATED = "derived"


def worse_grade(*grades: str) -> str:
    """The worst of the grades, which what is made of figures of these deserves; none where one of them has none.

    >>> worse_grade("official", "derived"), worse_grade("official", "")
    ('derived', '')
    """
    return "" if "" in grades else max(grades, key=list[str](GRADES).index)
