"""The same gap under every rule: worked out at once for a workbook, a plan for each rule elsewhere."""

import pandas as pd
import pytest

from agriplan.analysis.claims import claims_tried_by_rule, nearby_claims
from agriplan.analysis.comparison import own_rule_table, rule_table, under_every_rule
from agriplan.analysis.explanation import bound_by
from agriplan.analysis.same_rules import PROPORTIONAL, same_rules, say_same_rules
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.sentences import listed, say
from tests.engine.scenarios import random_scenario
from tests.thoroughness import tried


@pytest.mark.parametrize("seed", range(tried(4, 12)))
def test_amounts_under_every_rule_are_those_of_a_plan_for_each_rule(baselines, suggestions, seed):
    scenario = random_scenario(seed, baselines) if seed else Scenario()
    plan = make_plan(scenario, baselines, suggestions)
    each = rule_table(under_every_rule(scenario, baselines, lambda under: make_plan(under, baselines, suggestions)))
    pd.testing.assert_frame_equal(own_rule_table(plan), each, check_exact=True)


@pytest.mark.parametrize("seed", range(tried(2, 4)))
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


ALL = tuple(RULES)
SAME = [
    ({}, "milk", "one_growth", PROPORTIONAL),
    ({}, "milk", "without_shares", ("equal_amounts", "by_shares")),
    ({"target": {"milk": 500}}, "milk", "nothing_to_place", ALL),
    ({"allocation": {"milk": {"max_growth": 3}}}, "milk", "all_at_ceilings", ALL),
    ({"allocation": {"milk": {"floor": {"150500": 400}}}}, "milk", "all_at_floors", ALL),
]


@pytest.mark.parametrize(("entered", "indicator", "why", "rules"), SAME, ids=[why for _, _, why, _ in SAME])
def test_rules_that_give_the_same_are_told_with_the_reason(
    baselines, suggestions, entered: dict, indicator: str, why: str, rules: tuple[str, ...]
):
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    told = {
        tuple(group): say_same_rules(plan, indicator, group, "en")
        for group in same_rules(own_rule_table(plan), indicator)
    }
    names = listed((say(f"rule.{rule}", "en") for rule in RULES if rule in rules), "en")
    assert told[tuple(rule for rule in RULES if rule in rules)] == say(
        f"comparison.{why}", "en", name=baselines.by_id[indicator].name("en"), rules=names
    )


def test_shares_that_were_entered_are_no_reason(baselines, suggestions):
    shares = dict.fromkeys(baselines.by_id["milk"].leagues, 3)
    plan = make_plan(parse_scenario({"allocation": {"milk": {"shares": shares}}}), baselines, suggestions)
    said = say_same_rules(plan, "milk", ["equal_amounts", "by_shares"], "en")
    assert said.endswith("give the same result in this scenario.")


def test_no_reason_is_lacking_in_the_default_plan(plan):
    """Every group of rules that give the same there has a reason that is known."""
    table = own_rule_table(plan)
    for indicator in plan.by_indicator:
        for group in same_rules(table, indicator):
            assert not say_same_rules(plan, indicator, group, "en").endswith("in this scenario."), (indicator, group)
