"""The first stage: a scenario laid over the data gives the figures and assumptions that a plan starts from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.base_figures import (
    NO_FIGURE,
    ONE,
    BaseFigure,
    counted_figure,
    known_figure,
    own_value,
    states_chain_value,
    worse_grade,
)
from agriplan.engine.criteria import weigh_criteria
from agriplan.engine.entered import Level
from agriplan.engine.scenario import (
    DEFAULT_ALLOCATION,
    DEFAULT_MAX_GROWTH,
    DEFAULT_PATH,
    LIMITS,
    Allocation,
    Scenario,
)
from agriplan.engine.scenario_checks import check_scenario
from agriplan.engine.tables import Columns, columns_of_rows
from agriplan.forecast.growth import growth_kind, past_growth
from agriplan.forecast.tiers import Suggestions, suggestions_by_area
from agriplan.rounding import measured_difference

if TYPE_CHECKING:
    import pandas as pd


# What a growth is where nobody entered one: the suggestion.
NOTHING_ENTERED = Scenario()


class Assumed(NamedTuple):
    """What is assumed: one row a line, one row a line and league, and the criteria behind by_criteria."""

    lines: Columns
    leagues: Columns
    criteria: Columns

    @property
    def shape(self) -> tuple[int, int]:
        """How many lines there are, and how many leagues of each."""
        lines = len(self.lines["indicator"])
        return lines, len(self.leagues["indicator"]) // lines

    def of_line(self, indicator: str, name: str) -> float:
        """One number of an indicator's line."""
        place = self.lines["indicator"].tolist().index(indicator)
        return float(self.lines[name][place])


def take_baseline(
    scenario: Scenario,
    baselines: Baselines,
    suggestions: "pd.DataFrame",
    differences: Mapping[str, float] | None = None,
) -> Assumed:
    """Lay the scenario over the data.

    `suggestions` has one row an observed indicator and area (see `tiers.suggest_growth`). `differences` are
    statistical differences by indicator, of the quantity (rates: counted); None: as published. Raises `ScenarioError`
    with everything that the scenario asks for and that cannot be had.
    """
    suggested = suggestions_by_area(suggestions)
    check_scenario(scenario, baselines, {key for key, one in suggested.items() if not np.isnan(one.growth)})
    criteria = weigh_criteria(scenario, baselines)
    known = differences or {one.id: published_difference(one, baselines) for one in baselines.commitments}
    lines = [_line(commitment, scenario, baselines, suggested, known) for commitment in baselines.commitments]
    leagues = [
        _league(commitment, league.code, scenario, baselines, suggested)
        for commitment in baselines.commitments
        for league in baselines.leagues
    ]
    return Assumed(
        columns_of_rows(lines), columns_of_rows(leagues) | {"criteria_weight": criteria.scores}, criteria.table
    )


def _line(
    commitment: Commitment,
    scenario: Scenario,
    baselines: Baselines,
    suggested: Suggestions,
    differences: Mapping[str, float],
) -> dict[str, object]:
    region = baselines.region.code
    allocation = scenario.allocation.get(commitment.id, DEFAULT_ALLOCATION)
    quantity = known_figure(scenario, baselines, commitment.quantity, region)
    unit_value = _unit_value(commitment, scenario, baselines)
    suggestion = suggested[commitment.quantity, region]
    growth = scenario.growth.get(commitment.id, {}).get(region, suggestion.growth)
    return {
        "indicator": commitment.id,
        "kind": commitment.kind,
        "target": scenario.target.get(commitment.id, commitment.target),
        "source_target": commitment.target,
        "ceiling": np.nan if commitment.ceiling is None else commitment.ceiling,
        "published": quantity.value * unit_value.value,
        "grade": _grade_of_region(commitment, scenario, baselines, worse_grade(quantity.grade, unit_value.grade)),
        "relative_error": float(np.hypot(quantity.relative_error, unit_value.relative_error)),
        "growth": growth,
        "suggested": suggestion.growth,
        "low": suggestion.low,
        "high": suggestion.high,
        "tier": suggestion.tier,
        "unit_value": unit_value.value if commitment.unit_value else np.nan,
        "unit_value_growth": _unit_value_growth(commitment, scenario, baselines, suggested),
        "suggested_unit_value_growth": _unit_value_growth(commitment, NOTHING_ENTERED, baselines, suggested),
        "difference": differences[commitment.id] * unit_value.value,
        "reserve": allocation.reserve,
        "margin": allocation.margin,
        "rule": allocation.rule,
        "max_growth": _max_growth(allocation, commitment),
        "path": scenario.path.get(commitment.id, DEFAULT_PATH[commitment.kind]),
        "past_growth": past_growth(baselines.history(commitment.quantity, region), growth_kind(commitment.kind)),
        "issue_decimals": commitment.issue_decimals,
    }


def _grade_of_region(commitment: Commitment, scenario: Scenario, baselines: Baselines, published: str) -> str:
    """The grade of the published figure, unless leagues' own figures are in the sum that stands in its place."""
    if any(
        own_value(scenario, baselines, commitment.quantity, league.code) is not None for league in baselines.leagues
    ):
        return worse_grade(published, "reported")
    return published


def _league(
    commitment: Commitment, code: str, scenario: Scenario, baselines: Baselines, suggested: Suggestions
) -> dict[str, object]:
    allocation = scenario.allocation.get(commitment.id, DEFAULT_ALLOCATION)
    named = code in commitment.leagues
    quantity = counted_figure(commitment, scenario, baselines, code)
    unit_value = _unit_value(commitment, scenario, baselines)
    herd = known_figure(scenario, baselines, commitment.herd, code) if commitment.herd else NO_FIGURE
    suggestion = suggested[commitment.quantity, code]
    return {
        "indicator": commitment.id,
        "code": code,
        "named": named,
        "baseline": quantity.value * unit_value.value,
        # A chain's value that the league states itself owes nothing to the unit value.
        "grade": quantity.grade
        if states_chain_value(scenario, commitment, code)
        else worse_grade(quantity.grade, unit_value.grade),
        "relative_error": float(np.hypot(quantity.relative_error, unit_value.relative_error)),
        "tier": suggestion.tier,
        "suggested": suggestion.growth,
        "low": suggestion.low,
        "high": suggestion.high,
        "growth": _growth(scenario, commitment.id, code, baselines.region.code, suggestion.growth),
        "unit_value_growth": _unit_value_growth(commitment, scenario, baselines, suggested),
        "herd_base": herd.value,
        "herd_growth": _herd_growth(commitment, code, scenario, baselines, suggested),
        "suggested_herd_growth": _herd_growth(commitment, code, NOTHING_ENTERED, baselines, suggested),
        **_limits(allocation, code),
        "entered_share": allocation.shares.get(code, 0.0 if named else np.nan),
        "past_growth": past_growth(baselines.history(commitment.quantity, code), growth_kind(commitment.kind)),
    }


def _limits(allocation: Allocation, code: str) -> dict[str, object]:
    """Limits as entered: each an amount or a level, the other NaN."""
    found: dict[str, object] = {}
    for part in LIMITS:
        limit = getattr(allocation, part).get(code, np.nan)
        is_level = isinstance(limit, Level)
        found |= {
            f"entered_{part}": np.nan if is_level else limit,
            f"{part}_level": limit.target if is_level else np.nan,
        }
    return found


def _unit_value(commitment: Commitment, scenario: Scenario, baselines: Baselines) -> BaseFigure:
    if commitment.unit_value is None:
        return ONE
    return known_figure(scenario, baselines, commitment.unit_value, baselines.region.code)


def _growth(scenario: Scenario, key: str, code: str, region: str, suggestion: object) -> object:
    """A league's own entry, else the region's entry, else what is suggested."""
    entered = scenario.growth.get(key, {})
    return entered.get(code, entered.get(region, suggestion))


def _unit_value_growth(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, suggested: Suggestions
) -> object:
    if commitment.unit_value is None:
        return 0.0
    suggestion = suggested[commitment.unit_value, baselines.region.code].growth
    return scenario.unit_value_growth.get(commitment.id, suggestion)


def _herd_growth(
    commitment: Commitment, code: str, scenario: Scenario, baselines: Baselines, suggested: Suggestions
) -> object:
    if commitment.herd is None:
        return np.nan
    return _growth(scenario, commitment.herd, code, baselines.region.code, suggested[commitment.herd, code].growth)


def _max_growth(allocation: Allocation, commitment: Commitment) -> float:
    entered = DEFAULT_MAX_GROWTH[commitment.kind] if allocation.max_growth is None else allocation.max_growth
    return np.nan if entered is None or entered == "none" else float(entered)


def published_difference(commitment: Commitment, baselines: Baselines) -> float:
    """Statistical difference as published: region less leagues; 0 for rates, and without a figure of the region."""
    figures = baselines.base_figures
    region = figures.get((commitment.quantity, baselines.region.code))
    if region is None or commitment.is_rate:
        return 0.0
    leagues = sum(
        figures[key].value for league in baselines.leagues if (key := (commitment.quantity, league.code)) in figures
    )
    return measured_difference(region.value, leagues)
