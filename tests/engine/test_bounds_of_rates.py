"""A region's rate stays between nothing and its natural ceiling, whatever its statistical difference adds to it."""

import numpy as np
import pandas as pd
import pytest

from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.analysis.hindsight import looked_back
from agriplan.analysis.outlook import outlook_by_key, paths_by_history
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from tests.engine.printed_sums import printed_holds
from tests.engine.scenarios import random_rates
from tests.thoroughness import tried

RATE, REGION = "improved_breed_rate", "150000"
NOISE = 1e-9
# What is a level, in the tables of a plan and of an evaluation; printed ones have the same names.
LEVELS_OF_LINES = ("target", "baseline", "projection", "published", "own_fit", "reachable", "reached")
LEVELS_OF_YEARS = ("projection", "milestone", "actual")
LEVELS_EVALUATED = ("baseline", "target", "current", "projection", "new_target", "reachable")
LEVELS_BY_YEAR = ("projected", "low", "high", "milestone")


@pytest.fixture
def evaluated(baselines, suggestions):
    def found(asked: dict | Scenario, year: int) -> Evaluation:
        scenario = asked if isinstance(asked, Scenario) else parse_scenario(asked)
        return evaluate(
            make_plan(scenario, baselines, suggestions), suggestions_as_of(baselines, suggestions, year), year
        )

    return found


def _within(figures: object, what: str) -> None:
    known = np.asarray(figures, dtype=float)
    known = known[~np.isnan(known)]
    assert ((known >= -NOISE) & (known <= 100.0 + NOISE)).all(), (what, known)


def _plan_within(plan: Plan) -> None:
    for tables in (plan, plan.printed):
        for name in LEVELS_OF_LINES:
            _within([tables.by_indicator[RATE].get(name, np.nan)], name)
        for name in LEVELS_OF_YEARS:
            _within(tables.years_of(RATE, REGION)[name], name)
    place = [one.id for one in plan.baselines.commitments].index(RATE)
    _within(paths_by_history(plan).region[place], "by history")
    _within([outlook_by_key(plan)[RATE, REGION][f"{form}_by_history"] for form in ("projection", "printed")], "outlook")
    _within([end for one in looked_back(plan)[RATE] for end in (one.projection, one.low, one.high)], "look back")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("seed", range(tried(12, 200)))
def test_no_figure_of_a_regions_rate_is_beyond_its_natural_ceiling_or_below_nothing(seed, evaluated, baselines):
    scenario = random_rates(seed, baselines)
    found = evaluated(scenario, scenario.as_of)
    row, years = found.region(RATE), pd.DataFrame(found.years_of(RATE, REGION))
    for form in ("", "printed_"):
        for name in LEVELS_EVALUATED:
            _within([row.get(f"{form}{name}", np.nan)], form + name)
        for name in LEVELS_BY_YEAR:
            _within(years[f"{form}{name}"], form + name)
    if not outlook_by_key(found.trend or found.issued)[RATE, REGION]["entered"]:
        ranged = years[years["low"].notna()]
        assert (ranged["low"] <= ranged["projected"] + NOISE).all()
        assert (ranged["projected"] <= ranged["high"] + NOISE).all()
    for plan in {id(one): one for one in (found.issued, found.trend, found.plan) if one}.values():
        _plan_within(plan)
    if found.plan:
        printed_holds(found.plan)
        _adds_up(found)


def _adds_up(found: Evaluation) -> None:
    """Leagues, difference and what is unallocated make the region's rate in every year, and what is shared its end."""
    row = found.region(RATE)
    assert row["projection"] - row["kept"] + row["amount"] == pytest.approx(row["new_target"], abs=1e-9)
    for form in ("", "printed_"):
        reached = row[f"{form}projection"] - row[f"{form}kept"] + row[f"{form}amount"]
        assert reached == pytest.approx(row[f"{form}new_target"], abs=1e-9)
    for year in found.years_of(RATE, REGION):
        leagues = [
            next(one for one in found.years_of(RATE, league.code) if one["year"] == year["year"])
            for league in found.issued.baselines.leagues
        ]
        herds = np.array([one["herd"] for one in leagues])
        means = {
            name: np.nansum(herds * np.array([one[name] for one in leagues])) / herds.sum()
            for name in ("projected", "milestone")
        }
        assert means["projected"] + year["carried_difference"] == pytest.approx(year["projected"], abs=1e-9)
        if year["year"] > found.as_of:
            due = means["milestone"] + year["printed_due_difference"] + year["unallocated"]
            assert due == pytest.approx(year["milestone"], abs=0.0051)


def test_a_regions_rate_near_its_ceiling_arrives_there_and_no_further(evaluated, baselines):
    few = {"152500": {"2022": 80}, "150400": {"2022": 82}, "150800": {"2022": 85}}
    row = evaluated({"actual": {RATE: few | {REGION: {"2022": 99.5}}}}, 2022).region(RATE)
    assert (row["printed_projection"], row["printed_reachable"], row["printed_gap"]) == (100.0, 100.0, -5.0)
    all_alike = {league.code: {"2022": 98.5} for league in baselines.leagues}
    found = evaluated({"actual": {RATE: all_alike | {REGION: {"2022": 99.8}}}}, 2022)
    shown = [(year["printed_projected"], year["printed_carried_difference"]) for year in found.years_of(RATE, REGION)]
    assert shown == [(99.8, 1.3), (100.0, 1.3), (100.0, 1.1), (100.0, 0.9)]
    later = evaluated({"actual": {RATE: all_alike | {REGION: {"2022": 99.8}}}}, 2025).region(RATE)
    assert (later["printed_current"], later["printed_difference"]) == (100.0, 0.9)


def test_monitoring_adds_no_more_of_a_measured_difference_than_the_ceiling_leaves(evaluated, baselines):
    said = {league.code: {"2022": 90, "2023": 95} for league in baselines.leagues}
    found = evaluated({"actual": {RATE: said | {REGION: {"2022": 99.8}}}}, 2023)
    shown = found.issued.printed.years_of(RATE, REGION).set_index("year")
    assert (shown.loc[2022, "actual"], shown.loc[2022, "carried_difference"]) == (99.8, 9.8)
    assert (shown.loc[2023, "actual"], shown.loc[2023, "carried_difference"]) == (100.0, 5.0)
    row = found.region(RATE)
    assert (row["printed_current"], row["printed_difference"]) == (100.0, 5.0)
