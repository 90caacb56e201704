"""The same gap under every rule: worked out at once for a workbook, a plan for each rule elsewhere."""

import pandas as pd
import pytest

from agriplan.analysis.claims import claims_tried_by_rule, nearby_claims
from agriplan.analysis.comparison import own_rule_table, rule_table, under_every_rule
from agriplan.analysis.explanation import bound_by
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from tests.engine.scenarios import random_scenario


@pytest.mark.parametrize("seed", range(12))
def test_amounts_under_every_rule_are_those_of_a_plan_for_each_rule(baselines, suggestions, seed):
    scenario = random_scenario(seed, baselines) if seed else Scenario()
    plan = make_plan(scenario, baselines, suggestions)
    each = rule_table(under_every_rule(scenario, baselines, lambda under: make_plan(under, baselines, suggestions)))
    pd.testing.assert_frame_equal(own_rule_table(plan), each, check_exact=True)


@pytest.mark.parametrize("seed", range(4))
def test_a_claim_under_every_rule_gives_the_target_of_a_plan_that_enters_it(baselines, suggestions, seed):
    scenario = random_scenario(seed, baselines) if seed else Scenario()
    plan = make_plan(scenario, baselines, suggestions)
    code = baselines.leagues[seed].code
    claims = nearby_claims(plan, code)
    found = claims_tried_by_rule(plan, code, claims)
    for place, said in enumerate(claims):
        growth = {one: scenario.growth.get(one, {}) | {code: rate} for one, rate in said.items()}
        entered = scenario.model_copy(update={"growth": scenario.growth | growth})
        plans = under_every_rule(entered, baselines, lambda under: make_plan(under, baselines, suggestions))
        for rule, made in plans.items():
            for indicator in baselines.by_id:
                target = made.printed.league_row(indicator, code)["target"]
                tried = found[indicator][rule]
                assert tried.targets[place] == pytest.approx(target, abs=0, nan_ok=True), (rule, indicator)
                row = made.league_row(indicator, code)
                decider = bound_by(row, baselines.by_id[indicator].ceiling) or row["reason"]
                assert tried.deciders[place] == decider, (rule, indicator)
