"""The same gap under every rule: worked out at once for a workbook, a plan for each rule elsewhere."""

import pandas as pd
import pytest

from agriplan.analysis.comparison import own_rule_table, rule_table, under_every_rule
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from tests.engine.scenarios import random_scenario


@pytest.mark.parametrize("seed", range(12))
def test_amounts_under_every_rule_are_those_of_a_plan_for_each_rule(baselines, suggestions, seed):
    scenario = random_scenario(seed, baselines) if seed else Scenario()
    plan = make_plan(scenario, baselines, suggestions)
    each = rule_table(under_every_rule(scenario, baselines, suggestions))
    pd.testing.assert_frame_equal(own_rule_table(plan), each, check_exact=True)
