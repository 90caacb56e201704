"""Whether what a scenario asks for exists in the data. Every check yields problems; none of them stops."""

from collections.abc import Iterator
from itertools import chain

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.consistency import target_is_printable
from agriplan.baselines.folder import Baselines
from agriplan.engine.entered import ActualFigure, Level, LevelOfAmount
from agriplan.engine.scenario import DEFAULT_ALLOCATION, LIMITS, Allocation, Scenario
from agriplan.engine.scenario_and_data import (
    ScenarioAndData,
    area_and_indicator,
    named_leagues_have_figures,
    used_figures_have_growth,
)
from agriplan.errors import Problem, ScenarioError, bound
from agriplan.formatting import figure_called, print_entered, unit_called


def check_scenario(scenario: Scenario, baselines: Baselines, suggested: set[tuple[str, str]]) -> None:
    """Raise `ScenarioError` with everything that the scenario asks for and that cannot be had."""
    given = ScenarioAndData(scenario, baselines, suggested)
    problems = (problem for check in SCENARIO_CHECKS for problem in check(given))
    if first := next(problems, None):  # of thousands no more are looked for than are told
        raise ScenarioError(chain([first], problems))


def names_are_known(scenario: Scenario, baselines: Baselines) -> bool:
    """Whether every indicator and area that a scenario names is there, those with nothing under them too."""
    given = ScenarioAndData(scenario, baselines, set())
    return all(next(check(given), None) is None for check in (_indicators_exist, _areas_exist))


def _indicators_exist(given: ScenarioAndData) -> Iterator[Problem]:
    scenario, data, _ = given
    known, observed = set(data.by_id), _observed(data)
    herds = {commitment.herd for commitment in data.commitments if commitment.herd}
    values = {commitment.id for commitment in data.commitments if commitment.unit_value}
    yield from given.unknown("growth", scenario.growth, known | herds, "unknown_indicator")
    yield from given.unknown("unit_value_growth", scenario.unit_value_growth, values, "no_unit_value")
    for part in ("target", "allocation", "path", "limits_why", "passed"):
        yield from given.unknown(part, getattr(scenario, part), known, "unknown_indicator")
    yield from given.unknown("issued.targets", scenario.issued.targets, known, "unknown_indicator")
    observed |= data.balances.observed
    yield from given.unknown("actual", scenario.actual, known | observed, "unknown_indicator")
    yield from given.unknown("baseline", scenario.baseline, observed | values, "unknown_indicator")


def _areas_exist(given: ScenarioAndData) -> Iterator[Problem]:
    leagues, region = set(given.data.league_codes), given.data.region.code
    for indicator, growths in given.scenario.growth.items():
        yield from given.unknown(f"growth.{indicator}", growths, leagues | {region}, "unknown_area")
    for indicator, figures in given.scenario.baseline.items():
        wanted = {region} if indicator in _unit_values(given.data) else leagues
        yield from given.unknown(f"baseline.{indicator}", figures, wanted, "wrong_area")
    for indicator, actuals in given.scenario.actual.items():
        wanted = {region} if indicator in _unit_values(given.data) else leagues | {region}
        yield from given.unknown(f"actual.{indicator}", actuals, wanted, "wrong_area")
        for code, years in actuals.items():
            known = {str(year) for year in given.data.later_years}
            yield from given.unknown(f"actual.{indicator}.{code}", years, known, "year_outside_plan")


def _evaluation_is_within_the_plan(given: ScenarioAndData) -> Iterator[Problem]:
    """The as-of year is one of the plan's, issued targets are for named leagues, a basis is one that is known."""
    scenario, data, _ = given
    if scenario.as_of is not None and not data.base_year <= scenario.as_of <= data.target_year:
        years = {"first": data.base_year, "last": data.target_year}
        yield Problem("as_of", "as_of_outside_plan", {"word": scenario.as_of, **years})
    for indicator, targets in scenario.issued.targets.items():
        if indicator in data.by_id:
            yield from given.unknown(
                f"issued.targets.{indicator}", targets, set(data.by_id[indicator].leagues), "issued_not_named"
            )
    known = set(data.header.known_bases)
    for indicator, areas in scenario.actual.items():
        for code, years_of in areas.items():
            for year, one in years_of.items():
                if isinstance(one, ActualFigure) and one.basis:
                    yield from given.unknown(
                        f"actual.{indicator}.{code}.{year}.basis", [one.basis], known, "unknown_basis"
                    )


def _rates_stay_below_their_ceiling(given: ScenarioAndData) -> Iterator[Problem]:
    for commitment in given.data.commitments:
        if commitment.ceiling is not None:
            most = bound("le", figure_called(print_entered(commitment.ceiling), commitment))
            for place, value in _rates(commitment, given.scenario):
                if value > commitment.ceiling:
                    figure = figure_called(print_entered(value), commitment)
                    yield Problem(place, "out_of_range", {"word": figure, "bound": most})


def _targets_can_be_printed(given: ScenarioAndData) -> Iterator[Problem]:
    for indicator, target in given.scenario.target.items():
        if indicator in given.data.by_id:
            yield from target_is_printable(f"target.{indicator}", target, given.data.by_id[indicator])


def _herds_and_unit_values_are_above_nothing(given: ScenarioAndData) -> Iterator[Problem]:
    """What a rate is weighted with, and what a quantity is a multiple of: shares and growth have no meaning at 0."""
    parts = {part for one in given.data.commitments for part in (one.herd, one.unit_value) if part}
    for indicator in sorted(parts | given.data.balances.observed):
        for place, value in _figures_of(indicator, given.scenario):
            if value <= 0:
                unit = unit_called(given.data.indicators[indicator])
                yield Problem(place, "not_above", {"value": print_entered(value), "unit": unit})


def _figures_of(indicator: str, scenario: Scenario) -> Iterator[tuple[str, float]]:
    """Every own figure and actual of an observed indicator, with its place."""
    for code, figure in scenario.baseline.get(indicator, {}).items():
        yield f"baseline.{indicator}.{code}.value", figure.value
    yield from _actual_values(indicator, scenario)


def _actual_values(indicator: str, scenario: Scenario) -> Iterator[tuple[str, float]]:
    """The actuals of an indicator, each with its place."""
    for code, years in scenario.actual.get(indicator, {}).items():
        for year, one in years.items():
            place = f"actual.{indicator}.{code}.{year}"
            yield f"{place}.value" if isinstance(one, ActualFigure) else place, _value_of(one)


def _value_of(actual: float | ActualFigure) -> float:
    return actual.value if isinstance(actual, ActualFigure) else actual


def _chain_values_stand_alone(given: ScenarioAndData) -> Iterator[Problem]:
    """A league's chain value gives its quantity: beside another figure for the same quantity one of them is wrong."""
    for number, commitment in enumerate(given.data.commitments):
        if commitment.unit_value is None:
            continue
        before = given.data.commitments[:number]
        alike = [one.id for one in before if one.unit_value and one.quantity == commitment.quantity]
        rivals = [commitment.quantity, *alike]
        for code in given.scenario.baseline.get(commitment.id, {}):
            for rival in rivals:
                if code in given.scenario.baseline.get(rival, {}):
                    names = area_and_indicator(rival, code, given.data)
                    yield Problem(f"baseline.{commitment.id}.{code}", "value_beside_quantity", names)


def _an_actual_is_said_once(given: ScenarioAndData) -> Iterator[Problem]:
    """Of a commitment that is a quantity itself both names are of one figure: of two that differ one is wrong."""
    scenario, data, _ = given
    for one in data.commitments:
        if one.unit_value or one.quantity == one.id:
            continue
        for code, years in scenario.actual.get(one.quantity, {}).items():
            others = scenario.actual.get(one.id, {}).get(code, {})
            for year in years.keys() & others.keys():
                if _value_of(years[year]) != _value_of(others[year]):
                    names = area_and_indicator(one.id, code, data) | {"year": year}
                    yield Problem(f"actual.{one.quantity}.{code}.{year}", "actual_said_twice", names)


def _rates(commitment: Commitment, scenario: Scenario) -> Iterator[tuple[str, float]]:
    if commitment.id in scenario.target:
        yield f"target.{commitment.id}", scenario.target[commitment.id]
    allocation = scenario.allocation.get(commitment.id, DEFAULT_ALLOCATION)
    for part in LIMITS:
        for code, limit in getattr(allocation, part).items():
            if isinstance(limit, Level) and not isinstance(limit, LevelOfAmount):
                yield f"allocation.{commitment.id}.{part}.{code}.target", limit.target
    for code, figure in scenario.baseline.get(commitment.quantity, {}).items():
        yield f"baseline.{commitment.quantity}.{code}", figure.value
    yield from _actual_values(commitment.id, scenario)
    if commitment.quantity != commitment.id:
        yield from _actual_values(commitment.quantity, scenario)


def _limits_are_for_named_leagues(given: ScenarioAndData) -> Iterator[Problem]:
    for commitment, place, allocation in _allocations(given):
        for part in ("floor", "ceiling", "lock", "shares"):
            yield from given.unknown(f"{place}.{part}", getattr(allocation, part), set(commitment.leagues), "not_named")
    for indicator, reasons in given.scenario.limits_why.items():
        if indicator in given.data.by_id:
            named = set(given.data.by_id[indicator].leagues)
            yield from given.unknown(f"limits_why.{indicator}", reasons, named, "reason_not_named")


def _rules_have_what_they_need(given: ScenarioAndData) -> Iterator[Problem]:
    known = {criterion.id for criterion in given.data.criteria}
    for _, place, allocation in _allocations(given):
        if allocation.rule == "by_shares" and not any(allocation.shares.values()):
            yield Problem(f"{place}.shares", "no_shares")
        if isinstance(allocation.criteria, dict):
            yield from given.unknown(f"{place}.criteria", allocation.criteria, known, "unknown_criterion")
            if allocation.criteria and not any(allocation.criteria.values()):
                yield Problem(f"{place}.criteria", "no_criteria_weight")


def _allocations(given: ScenarioAndData) -> Iterator[tuple[Commitment, str, Allocation]]:
    for indicator, allocation in given.scenario.allocation.items():
        if indicator in given.data.by_id:
            yield given.data.by_id[indicator], f"allocation.{indicator}", allocation


def _observed(data: Baselines) -> set[str]:
    return {word for part in data.commitments for word in (part.quantity, part.unit_value, part.herd) if word}


def _unit_values(data: Baselines) -> set[str]:
    return {one.unit_value for one in data.commitments if one.unit_value}


SCENARIO_CHECKS = (
    _indicators_exist,
    _areas_exist,
    _evaluation_is_within_the_plan,
    _rates_stay_below_their_ceiling,
    _targets_can_be_printed,
    _herds_and_unit_values_are_above_nothing,
    _chain_values_stand_alone,
    _an_actual_is_said_once,
    _limits_are_for_named_leagues,
    _rules_have_what_they_need,
    named_leagues_have_figures,
    used_figures_have_growth,
)
