"""Why a share is what it is, why two plans differ, and what a league's own claim does to its target."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from engine.scenarios import plan_of, random_scenario

from agriplan.analysis.claims import claims_tried_by_rule, depends, tried_claims
from agriplan.analysis.comparison import under_every_rule
from agriplan.analysis.explanation import DIFFERENCES, PARTS, difference_explained, explained
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from tests.thoroughness import tried

CLAIMS = [{"milk": claim} for claim in (-1.0, 2.07, 6.0)]


def explain(plan, indicator):
    return pd.DataFrame(explained(plan, indicator))


def explain_difference(before, after, indicator):
    return pd.DataFrame(difference_explained(before, after, indicator))


@pytest.fixture(scope="module")
def some_plans(baselines, suggestions):
    return [make_plan(random_scenario(seed, baselines), baselines, suggestions) for seed in range(tried(15, 40))]


def row_of(table, code):
    return table[table["code"] == code].iloc[0]


def test_the_parts_of_a_share_add_up_exact_and_printed(some_plans):
    for plan in some_plans:
        for indicator in plan.baselines.by_id:
            table, decimals = explain(plan, indicator), plan.baselines.decimals(plan.baselines.by_id[indicator])
            scale = 1e-9 * max(1.0, np.nanmax(np.abs(table[list(PARTS)].to_numpy())))
            assert np.abs(table[list(PARTS)].sum(axis=1) - table["amount"]).max() <= scale
            printed = plan.printed.leagues_of(indicator)["amount_stated"].fillna(0).to_numpy()
            shown = table[[f"{name}_printed" for name in PARTS]].sum(axis=1).to_numpy()
            assert shown == pytest.approx(printed, abs=10.0 ** -(decimals + 3))


def test_the_rule_alone_shares_exactly_what_is_to_be_placed(some_plans):
    for plan in some_plans:
        for indicator, line in plan.by_indicator.items():
            if line["to_place"] > 0 and explain(plan, indicator)["part"].sum() > 0:
                assert explain(plan, indicator)["by_rule"].sum() == pytest.approx(line["to_place"], rel=1e-9)


def test_without_limits_that_bind_nothing_spills_over(plan):
    table = explain(plan, "milk")
    assert (table["own_limits"] == 0).all()
    assert (table["spill_printed"] == 0).all()
    assert table["by_rule"].to_numpy() == pytest.approx(table["amount"].to_numpy())


def test_what_one_league_may_not_take_spills_over_to_the_others(baselines, suggestions):
    plan = plan_of({"allocation": {"milk": {"ceiling": {"150100": 30}}}}, baselines, suggestions)
    table = explain(plan, "milk")
    capped = row_of(table, "150100")
    assert capped["by_rule_printed"] == pytest.approx(61.86, abs=0.011)
    assert capped["own_limits"] == pytest.approx(30 - capped["by_rule"])
    assert capped["spill"] == pytest.approx(0, abs=1e-9)
    assert capped["bound_by"] == "entered"
    others = table[table["code"] != "150100"]
    assert others["spill"].sum() == pytest.approx(-capped["own_limits"])
    assert set(others["bound_by"]) == {""}


@pytest.mark.parametrize(
    ("allocation", "code", "bound_by"),
    [
        ({"lock": {"150500": 5}}, "150500", "lock"),
        ({"floor": {"150500": 30}}, "150500", "floor"),
        ({"floor": {"150500": 60}}, "150500", "floor"),
        ({"max_growth": 3}, "150500", "max_growth"),
        ({"ceiling": {"150500": 3}}, "150500", "entered"),
    ],
)
def test_the_limit_that_decided_is_named(allocation, code, bound_by, baselines, suggestions):
    plan = plan_of({"allocation": {"milk": allocation}}, baselines, suggestions)
    assert row_of(explain(plan, "milk"), code)["bound_by"] == bound_by


def test_a_rate_is_bound_by_what_a_rate_can_be(baselines, suggestions):
    plan = plan_of({"target": {"improved_breed_rate": 100}}, baselines, suggestions)
    named = explain(plan, "improved_breed_rate")
    assert set(named.loc[named["amount"] > 0, "bound_by"]) == {"natural"}


def test_the_parts_of_a_difference_add_up_exact_and_printed(some_plans):
    for before, after in pairwise(some_plans):
        for indicator in before.baselines.by_id:
            table = explain_difference(before, after, indicator)
            parts = table[list(DIFFERENCES)]
            scale = 1e-9 * max(1.0, np.abs(parts.to_numpy()).max())
            assert np.abs(parts.sum(axis=1) - table["target"]).max() <= scale
            shown = table[[f"{name}_printed" for name in DIFFERENCES]].sum(axis=1)
            assert shown.to_numpy() == pytest.approx(table["target_printed"].to_numpy(), abs=1e-6)


def test_swapping_two_plans_turns_every_sign(some_plans):
    before, after = some_plans[3], some_plans[8]
    for indicator in before.baselines.by_id:
        there, back = (explain_difference(*pair, indicator) for pair in ((before, after), (after, before)))
        for name in DIFFERENCES:
            scale = 1e-9 * max(1.0, np.abs(there[name]).max())
            assert there[name].to_numpy() == pytest.approx(-back[name].to_numpy(), abs=scale)


def test_between_two_rules_neither_trend_nor_gap_differ(plan):
    plans = under_every_rule(
        plan.scenario, plan.baselines, lambda under: make_plan(under, plan.baselines, plan.suggestions)
    )
    for rule, other in plans.items():
        table = explain_difference(plan, other, "forage_value")
        assert (table[["trend", "gap"]] == 0).all(axis=None), rule
    more = row_of(explain_difference(plan, plans["equal_amounts"], "milk"), "150500")
    assert more["target_printed"] == pytest.approx(more[["weight_printed", "limits_printed", "spill_printed"]].sum())


def test_by_baseline_a_claim_moves_the_own_target_and_by_equal_growth_it_does_not(plan):
    tried = claims_tried_by_rule(plan, "150500", CLAIMS)["milk"]
    by_rule = {rule: one.targets for rule, one in tried.items()}
    # To two digits by itself the third is 66.52; it is printed so that the leagues add up to the region.
    assert by_rule["by_baseline"] == [53.44, 58.74, 66.51]
    assert by_rule["equal_growth"] == [58.74, 58.74, 58.74]
    # Under a cap on growth a league's ceiling is a level too, so that equal slack leaves it where it is.
    assert [rule for rule, targets in by_rule.items() if not depends(targets, 2)] == ["equal_growth", "equal_slack"]
    assert tried_claims(plan, "150500", CLAIMS)["milk"].targets == by_rule["by_baseline"]


def test_a_claim_is_the_growth_that_a_scenario_would_enter(baselines, suggestions, plan):
    entered = plan_of({"growth": {"milk": {"150500": 6}}}, baselines, suggestions)
    target = row_of(entered.printed.leagues_of("milk"), "150500")["target"]
    assert tried_claims(plan, "150500", [{"milk": 6.0}])["milk"].targets == [target]
    assert plan.scenario == Scenario()
