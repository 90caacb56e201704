"""Data and scenario as they stand in a later year: the same pipeline then gives the plan from there.

Pure: what was known up to that year goes in, whatever was reported later stays out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.later import LaterBaselines, seen_from
from agriplan.baselines.records import Figure
from agriplan.engine.actuals import Reports, counted_actuals
from agriplan.engine.assumptions import Assumed, take_baseline
from agriplan.engine.base_figures import ESTIMATED, known_figure
from agriplan.engine.entered import Issued, Level, LevelOfAmount
from agriplan.engine.last_known import LastKnown, last_known, last_quantity
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import DEFAULT_ALLOCATION, DEFAULT_PASSED, LIMITS, Allocation, Scenario
from agriplan.engine.standing import Standing, stand
from agriplan.rounding import has_reached, printing_units, round_printed

# The source of what neither the data nor an entry has a figure of.
ESTIMATE = "estimate"


@dataclass(frozen=True, eq=False)
class Rebased:
    """A plan's data and scenario as of a later year, with where everything stands there.

    `issued` is the plan from the base year, whose targets were handed down; `passed` are the issued targets of the
    named leagues whose reported figure has reached them, by indicator and league. `differences` are the statistical
    differences of the year, of the quantity (rates: in improved animals). `assumed` has the growths from there on.
    """

    as_of: int
    issued: Plan
    scenario: Scenario
    baselines: LaterBaselines
    suggestions: pd.DataFrame = field(repr=False)
    standings: Mapping[str, Standing]
    differences: Mapping[str, float]
    passed: Mapping[tuple[str, str], float]
    actuals: Reports
    assumed: Assumed = field(repr=False)

    def trend(self) -> Plan:
        """The plan from that year with every league at its own trend, whatever it has reached."""
        return make_plan(self.scenario, self.baselines, self.suggestions, self.differences)

    def plan(self) -> Plan:
        """The plan from that year: a league past its target takes no share, and keeps its target or lends the rest."""
        scenario = settle_passed(self)
        return make_plan(scenario, self.baselines, self.suggestions, self.differences)


def rebase(issued: Plan, suggestions: pd.DataFrame, as_of: int) -> Rebased:
    """Lay out data and scenario of a plan as they stand at the end of a year before the target year.

    `suggestions` are those as of that year (`suggestions.suggestions_as_of`).
    """
    scenario, data = issued.scenario, issued.baselines
    actuals = {key: one for key, one in counted_actuals(scenario, data).items() if key[2] <= as_of}
    assumed = take_baseline(scenario, data, suggestions)
    growths = issued.assumed, assumed
    standings = {one.id: stand(one, scenario, data, growths, actuals, as_of) for one in data.commitments}
    figures = dict(data.base_figures)
    for commitment in reversed(data.commitments):  # where two rest on one quantity, the first says
        figures |= _figures(commitment, standings[commitment.id], issued, actuals, as_of)
    passed = {
        (commitment.id, code): target
        for commitment in data.commitments
        for code, target in _passed(commitment, issued, standings[commitment.id]).items()
    }
    return Rebased(
        as_of=as_of,
        issued=issued,
        scenario=_from_there(issued),
        baselines=seen_from(data, as_of, figures),
        suggestions=suggestions,
        standings=standings,
        differences={one.id: _difference(one, standings[one.id]) for one in data.commitments},
        passed=passed,
        actuals=actuals,
        assumed=assumed,
    )


def _difference(commitment: Commitment, standing: Standing) -> float:
    if not commitment.is_rate:
        return standing.difference
    counts = ~np.isnan(standing.leagues)
    return float(standing.difference * standing.herds[counts].sum() / 100.0)


def _figures(
    commitment: Commitment, standing: Standing, issued: Plan, actuals: Reports, as_of: int
) -> dict[tuple[str, str], Figure]:
    """What stands in place of the base figures behind a commitment."""
    scenario, data, region = issued.scenario, issued.baselines, issued.baselines.region.code
    stood = {league.code: float(value) for league, value in zip(data.leagues, standing.leagues, strict=True)}
    known = {code: value for code, value in stood.items() if not np.isnan(value)} | {region: standing.region}
    found = {
        (commitment.quantity, code): _figure(
            issued,
            (commitment.quantity, code, as_of),
            value,
            last_quantity(commitment, scenario, data, code, actuals, as_of),
        )
        for code, value in known.items()
    }
    carried = [(commitment.unit_value, region, standing.unit_value)]
    carried += [
        (commitment.herd, league.code, float(herd)) for league, herd in zip(data.leagues, standing.herds, strict=True)
    ]
    for indicator, code, value in carried:
        # A rate without a herd in the base year is inside the difference, whatever herd is reported later.
        if indicator and not np.isnan(known_figure(scenario, data, indicator, code).value):
            last = last_known(scenario, data, indicator, code, actuals)[as_of]
            found[indicator, code] = _figure(issued, (indicator, code, as_of), value, last)
    return found


def _figure(issued: Plan, of: tuple[str, str, int], value: float, last: LastKnown) -> Figure:
    """A figure as it stands, with grade, error and source of the last one that is known: the very one, or carried on.

    What was reported without a source has none; it is no estimate of ours.
    """
    (indicator, code, year), data = of, issued.baselines
    values: dict[str, Any] = {
        "value": value,
        "grade": last.grade_in(year) or ESTIMATED,
        "relative_error": 0.0 if np.isnan(last.relative_error) else last.relative_error,
        "source": ESTIMATE if last.source is None else last.source,
    }
    values |= {"area": code, "indicator": indicator, "year": year, "basis": data.basis}
    return Figure.model_construct(**values, unit=data.indicators[indicator].unit_zh, note_zh="", note_en="")


def issued_target(issued: Plan, indicator: str, code: str) -> float:
    """The target that was handed down to a league: of the issue that the scenario names, else of the plan, printed."""
    named = issued.scenario.issued.targets.get(indicator, {})
    if code in named:
        return named[code]
    return float(issued.printed.league_row(indicator, code)["target"])


def _passed(commitment: Commitment, issued: Plan, standing: Standing) -> dict[str, float]:
    """The named leagues whose reported figure, as it is printed, has reached the issued target."""
    scale = printing_units(issued.baselines.decimals(commitment))
    found = {}
    for at, league in enumerate(issued.baselines.leagues):
        if league.code in commitment.leagues and standing.reported[at]:
            target = issued_target(issued, commitment.id, league.code)
            reached = float(round_printed(standing.leagues[at] * standing.unit_value * scale)) / scale
            if has_reached(reached, target):
                found[league.code] = target
    return found


def _from_there(issued: Plan) -> Scenario:
    """The scenario with nothing that the figures of the later year hold already, and limits as levels.

    A limit that was entered as an amount is one above the projection from the base year: the level that it led to
    stays, and may lie beyond what can be entered. One that was entered as a level stays that level.
    """
    scenario = issued.scenario
    allocation = {
        indicator: _levels(part, issued.league_rows(indicator)) for indicator, part in scenario.allocation.items()
    }
    nothing: dict[str, Any] = {"baseline": {}, "actual": {}, "passed": {}, "issued": Issued(), "as_of": None}
    return scenario.model_copy(update={**nothing, "allocation": allocation})


def _levels(part: Allocation, leagues: list[dict[str, Any]]) -> Allocation:
    projection = {row["code"]: float(row["projection"]) for row in leagues}
    levels = {
        name: {
            code: limit if isinstance(limit, Level) else LevelOfAmount.model_construct(target=projection[code] + limit)
            for code, limit in getattr(part, name).items()
        }
        for name in LIMITS
    }
    return part.model_copy(update=levels)


def settle_passed(rebased: Rebased) -> Scenario:
    """The scenario in which a league past its target takes no share.

    Keep: its target stays the issued one and counts so, which a growth that leads there does. Lend: its target is its
    projection.
    """
    scenario = rebased.scenario
    for (indicator, code), target in rebased.passed.items():
        part = scenario.allocation.get(indicator, DEFAULT_ALLOCATION)
        limits: dict[str, Any] = {
            name: {where: limit for where, limit in getattr(part, name).items() if where != code} for name in LIMITS
        }
        limits["lock"] |= {code: 0.0}
        allocation = {**scenario.allocation, indicator: part.model_copy(update=limits)}
        scenario = scenario.model_copy(update={"allocation": allocation})
        if keeps_passed(rebased.issued.scenario, indicator):
            growth = {**scenario.growth.get(indicator, {}), code: _growth_to(rebased, indicator, code, target)}
            scenario = scenario.model_copy(update={"growth": {**scenario.growth, indicator: growth}})
    return scenario


def keeps_passed(scenario: Scenario, indicator: str) -> bool:
    """Whether leagues past their targets keep them, rather than lend what is beyond."""
    return scenario.passed.get(indicator, DEFAULT_PASSED) == DEFAULT_PASSED


def _growth_to(rebased: Rebased, indicator: str, code: str, target: float) -> float:
    """The growth of the quantity that leads a league from where it stands to a target; nothing is kept by none."""
    data = rebased.issued.baselines
    standing, years = rebased.standings[indicator], data.target_year - rebased.as_of
    at = data.league_codes.index(code)
    if data.by_id[indicator].is_rate:
        return float(target - standing.leagues[at]) / years
    if standing.leagues[at] == 0:  # past a target that is nothing as well
        return 0.0
    unit_value_growth = rebased.assumed.of_line(indicator, "unit_value_growth")
    whole = (target / (standing.leagues[at] * standing.unit_value)) ** (1.0 / years)
    return float(whole / (1.0 + unit_value_growth / 100.0) - 1.0) * 100.0
