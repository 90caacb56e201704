"""A league may state its own chain value: its quantity follows from it, and both at once are a contradiction."""

import re

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import ScenarioError

TONGLIAO = "150500"


def plan_with(baseline, baselines, suggestions):
    return make_plan(Scenario.model_validate({"baseline": baseline}), baselines, suggestions)


def row_of(plan, indicator, code=TONGLIAO):
    return plan.leagues_of(indicator).set_index("code").loc[code]


def stated(value):
    return {TONGLIAO: {"value": value, "source": "通辽市测算"}}


def test_a_chain_value_is_used_as_stated_and_has_its_own_grade(baselines, suggestions):
    row = row_of(plan_with({"beef_cattle_value": stated(180.5)}, baselines, suggestions), "beef_cattle_value")
    assert row["baseline"] == pytest.approx(180.5, rel=1e-12)
    assert row["grade"] == "reported"
    assert row["target"] >= row["projection"] > row["baseline"]


def test_a_chain_value_is_the_same_plan_as_its_quantity(baselines, suggestions):
    by_value = plan_with({"beef_cattle_value": stated(180.5)}, baselines, suggestions)
    by_quantity = plan_with({"beef_output": stated(180.5 / 7.731)}, baselines, suggestions)
    for column in ("baseline", "projection", "target"):
        first, second = (plan.leagues_of("beef_cattle_value")[column].tolist() for plan in (by_value, by_quantity))
        assert first == pytest.approx(second, rel=1e-9)


def test_the_quantity_follows_the_unit_value_in_force(baselines, suggestions):
    own = {"beef_cattle_value": stated(160.0), "beef_unit_value": {"150000": {"value": 8.0, "source": "测算"}}}
    assert row_of(plan_with(own, baselines, suggestions), "beef_cattle_value")["baseline"] == pytest.approx(160.0)


def test_a_chain_value_beside_its_quantity_is_refused(baselines, suggestions):
    with pytest.raises(ScenarioError) as caught:
        plan_with({"beef_cattle_value": stated(180.5), "beef_output": stated(20.0)}, baselines, suggestions)
    (problem,) = caught.value.problems
    assert (problem.place, problem.code) == (f"baseline.beef_cattle_value.{TONGLIAO}", "value_beside_quantity")
    for lang, name, area in (("zh", "牛肉", "通辽市"), ("en", "eef", "Tongliao")):
        said = problem.text(lang).partition(": ")[2]
        assert name in said
        assert area in said
        assert not re.search(r"[a-z]_[a-z]|[a-z]\.\w|\d{6}", said), said


@pytest.mark.parametrize(("indicator", "area"), [("milk", TONGLIAO), ("beef_cattle_value", "150000")])
def test_only_leagues_have_chain_values_and_only_of_chains(indicator, area, baselines, suggestions):
    own = {indicator: {area: {"value": 10.0, "source": "测算"}}}
    with pytest.raises(ScenarioError):
        plan_with(own, baselines, suggestions)
