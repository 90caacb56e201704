"""The engine and a plain scalar loop, written apart from each other, arrive at the same figures."""

import numpy as np
import pytest

from agriplan.engine.assumptions import take_baseline
from agriplan.engine.plan import make_plan
from agriplan.engine.tables import rows_of_columns
from benchmarks.engine import draw_changes, largest_difference
from benchmarks.scalar import milestones_by_hand, plan_by_hand
from benchmarks.sweep import sweep
from tests.engine.scenarios import random_scenario
from tests.thoroughness import tried

LINES = ("baseline", "projection", "gap", "to_place", "held_back", "on_top", "placed", "residual", "floors", "ceilings")
LEAGUES = ("projection", "floor", "ceiling", "weight", "offset", "amount", "target", "needed_growth")


def agree(ours, by_hand, scale, what):
    ours, by_hand = np.asarray(ours, dtype=float), np.asarray(by_hand, dtype=float)
    assert (np.isnan(ours) == np.isnan(by_hand)).all(), what
    assert np.nanmax(np.abs(ours - by_hand), initial=0.0) <= 1e-9 * scale, what


@pytest.mark.parametrize("block", range(tried(1, 5)))
def test_plans_of_random_scenarios_are_those_of_the_scalar_loop(block, baselines, suggestions):
    for seed in range(1000 + 20 * block, 1020 + 20 * block):
        plan = make_plan(random_scenario(seed, baselines), baselines, suggestions)
        rows = rows_of_columns(plan.assumed.lines), rows_of_columns(plan.assumed.leagues)
        lines, leagues = plan_by_hand(*rows, baselines.span)
        same_as_by_hand(plan, lines, leagues)


def same_as_by_hand(plan, lines, leagues):
    size = len(plan.baselines.leagues)
    steps = plan.baselines.span
    for number, line in enumerate(lines):
        ours, mine = plan.leagues_of(line["indicator"]), leagues[number * size : (number + 1) * size]
        scale = max(abs(line["to_place"]), sum(abs(league["offset"]) for league in mine), abs(line["gap"]), 1.0)
        for name in (*LINES, "reached", "reachable"):
            agree(plan.lines[name].iloc[number], line[name], scale, name)
        for name in LEAGUES:
            by_hand = [league[name] for league in mine]
            if name == "needed_growth":  # what is reached in print needs none
                by_hand = np.where(ours[name] == 0, 0.0, by_hand)
            agree(ours[name], by_hand, scale, name)
        # A quota may be decided either way where two remainders are the same on six decimals.
        issued = np.array([league["issued"] for league in mine])
        assert np.isnan(issued).all() or abs(np.nansum(issued) - ours["issued"].sum()) < 1e-9 * scale
        for league in mine:
            years = plan.years_of(line["indicator"], league["code"])
            agree(years["milestone"], milestones_by_hand(line, league, steps), scale, "milestone")
            agree(years["projection"], league["path"], scale, "path")


def test_a_sweep_of_many_scenarios_gives_what_each_gives_alone(plan, baselines):
    years = baselines.span
    many = tried(150, 450)
    assert largest_difference(plan.assumed, draw_changes(plan.assumed, many, seed=3), years, many) <= 1e-9


def test_a_sweep_over_the_rules_gives_the_plans_of_the_rules(baselines, suggestions):
    from agriplan.engine.allocation import RULES

    parts = {commitment.id: {"shares": {commitment.leagues[0]: 1.0}} for commitment in baselines.commitments}
    plans = {}
    for rule in RULES:
        allocation = {name: {**part, "rule": rule} for name, part in parts.items()}
        plans[rule] = make_plan(scenario_of(allocation=allocation), baselines, suggestions)
    assumed = take_baseline(scenario_of(allocation=parts), baselines, suggestions)
    rules = np.repeat(np.array(list(RULES))[:, None], len(parts), axis=1)
    swept = sweep(assumed, baselines.span, {"rule": rules}, {})
    for number, plan in enumerate(plans.values()):
        assert swept.leagues["amount"][number].ravel() == pytest.approx(plan.leagues["amount"].to_numpy(), rel=1e-12)
        np.testing.assert_array_equal(swept.leagues["issued"][number].ravel(), plan.leagues["issued"])
        assert swept.lines["feasibility"][number].tolist() == plan.lines["feasibility"].tolist()


def scenario_of(**parts):
    from agriplan.engine.scenario import Scenario

    return Scenario.model_validate(parts)


def test_a_sweep_refuses_to_change_what_nothing_reads(plan):
    with pytest.raises(KeyError, match="taget"):
        sweep(plan.assumed, 5, {"taget": np.zeros((2, 5))}, {})
