"""by_criteria: which projects count, which criteria are left out, and what no entropy weight exceeds."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from agriplan.analysis.notes import take_notes
from agriplan.engine.criteria import ENTROPY_CAP, entropy_weights, equal_weights, shares_of
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.report.plan_json import to_json

ENTROPY = {"rule": "by_criteria", "criteria": "entropy"}
SHARES = arrays(float, (4, 6), elements=st.floats(0, 100)).map(shares_of)


@pytest.fixture(scope="module")
def by_entropy(baselines, suggestions):
    entered = {"allocation": {commitment.id: ENTROPY for commitment in baselines.commitments}}
    return make_plan(parse_scenario(entered), baselines, suggestions)


def test_only_projects_that_support_a_commitment_count_for_it(plan, baselines):
    rows = plan.criteria[plan.criteria["criterion"] == "support"]
    for commitment in baselines.commitments:
        projects = [one for one in baselines.projects if commitment.id in one.supports]
        for row in rows[rows["indicator"] == commitment.id].to_dict("records"):
            assert row["value"] == 1 + sum(row["code"] in one.leagues for one in projects)
    # A sheep farm raises no milk duty.
    assert 0 < sum("milk" in one.supports for one in baselines.projects) < len(baselines.projects)


def test_no_entropy_weight_exceeds_one_half(by_entropy):
    weights = by_entropy.criteria.drop_duplicates(["indicator", "criterion"])
    assert weights["weight"].max() == ENTROPY_CAP
    assert weights.groupby("indicator")["weight"].sum().tolist() == pytest.approx([1.0] * 5)


@given(SHARES)
def test_entropy_weights_add_up_and_keep_the_order_of_the_others(shares):
    weights = entropy_weights(shares)
    telling = equal_weights(shares) > 0
    if telling.any():
        assert weights.sum() == pytest.approx(1)
    assert (weights[~telling] == 0).all()
    if (weights > 0).sum() > 1 and telling.sum() > 1:
        assert weights.max() <= ENTROPY_CAP + 1e-9


def test_a_criterion_that_tells_no_league_from_another_is_left_out_and_said_so(by_entropy):
    out = by_entropy.criteria.query("left_out").drop_duplicates(["indicator", "criterion"])
    assert [*zip(out["indicator"], out["criterion"], strict=True)] == [("beef_cattle_value", "support")]
    notes = {(note.indicator, note.code): note for note in take_notes(by_entropy)}
    assert "支撑在各重点盟市之间没有差别或全为零" in notes["beef_cattle_value", "criteria_left_out"].text("zh")
    assert "一半" in notes["milk", "entropy_capped"].text("zh")


def test_nothing_is_said_of_criteria_under_another_rule(plan):
    assert not {note.code for note in take_notes(plan)} & {"criteria_left_out", "entropy_capped"}


def test_where_no_criterion_differs_every_league_scores_the_same():
    assert equal_weights(np.array([[0.25] * 4, [0.0] * 4])).tolist() == [1.0, 0.0]
    assert entropy_weights(np.array([[0.25] * 4, [0.0] * 4])).tolist() == [1.0, 0.0]


def test_anyone_can_add_up_the_scores_from_the_json_alone(by_entropy):
    for indicator in json.loads(to_json(by_entropy))["indicators"]:
        weights = {one["id"]: one["weight"] for one in indicator["criteria"]}
        for league in indicator["leagues"]:
            for one in league["criteria"]:
                assert one["product"] == pytest.approx(weights[one["criterion"]] * one["share"])
            assert sum(one["product"] for one in league["criteria"]) == pytest.approx(league["criteria_weight"])
            if league["named"]:
                assert league["weight"] == pytest.approx(league["criteria_weight"])


def test_where_one_league_alone_is_named_no_criterion_is_left_out(baselines, suggestions):
    milk = baselines.by_id["milk"].model_copy(update={"leagues": ("150500",)})
    data = replace(baselines, commitments=(milk,))
    plan = make_plan(parse_scenario({"allocation": {"milk": {"rule": "by_criteria"}}}), data, suggestions)
    rows = plan.criteria_of("milk", "150500")
    assert [row["share"] for row in rows] == [1.0] * len(baselines.criteria)
    assert not any(row["left_out"] for row in rows)


def test_an_evaluation_scores_by_the_figures_of_its_year(baselines, evaluated):
    reported = {"milk": {"150500": {"2022": 80}}, "livestock_units": {"150500": {"2022": 1300}}}
    found = evaluated({"allocation": {"milk": {"rule": "by_criteria"}}, "actual": reported}, 2022)
    first, then = (
        {row["criterion"]: row["value"] for row in plan.criteria_of("milk", "150500")}
        for plan in (found.issued, found.plan)
    )
    assert (first["scale"], then["scale"]) == (baselines.base_figures["milk_output", "150500"].value, 80)
    assert then["resource"] == pytest.approx(found.plan.baselines.base_figures["forage_value", "150500"].value / 1300)
    assert then["support"] == first["support"]
