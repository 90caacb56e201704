"""Totals are sums of their parts, whatever a planner asks for."""

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from tests.engine.scenarios import random_scenario
from tests.engine.sums import sums_hold
from tests.thoroughness import tried


def test_default_plan_adds_up(plan):
    sums_hold(plan)


@pytest.mark.parametrize("block", range(tried(1, 10)))
def test_leagues_and_difference_and_what_is_held_back_make_the_target_in_every_scenario(block, baselines, suggestions):
    for seed in range(20 * block, 20 * block + 20):
        sums_hold(make_plan(random_scenario(seed, baselines), baselines, suggestions))


def test_random_scenarios_reach_every_status_and_reason(baselines, suggestions):
    plans = [make_plan(random_scenario(seed, baselines), baselines, suggestions) for seed in range(40)]
    assert {one for plan in plans for one in plan.lines["feasibility"]} == {
        "enough",
        "ceilings_short",
        "floors_exceed",
    }
    assert {reason for plan in plans for reason in plan.leagues["reason"]} == {
        "proportional",
        "at_ceiling",
        "at_floor",
        "locked",
        "no_weight",
        "nothing_to_allocate",
        "not_named",
    }


def test_statistical_difference_is_stated_and_grows_with_the_region(baselines, suggestions):
    own = {"milk_output": {"150500": {"value": 30.0, "source": "统计局"}}}
    plan = make_plan(Scenario.model_validate({"baseline": own}), baselines, suggestions)
    milk = plan.by_indicator["milk"]
    # The published difference stays; the planner's own figure moves the total by its own difference.
    assert milk["difference"] == 0.0
    assert milk["baseline"] == pytest.approx(611.5 - 35.87 + 30.0)
