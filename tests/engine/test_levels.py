"""A limit may be the target that a league ends at; reasons for limits travel with the scenario."""

import json
from collections import Counter

import numpy as np
import pytest
from engine.scenarios import plan_of

from agriplan.analysis.cautions import cautions_of
from agriplan.analysis.notes import take_notes
from agriplan.engine.entered import ActualFigure, Issued, Level, OwnFigure
from agriplan.engine.scenario import LIMITS, Allocation, Scenario, canonical_json, parse_json
from agriplan.errors import ScenarioError
from benchmarks.sweep import sweep


def league(plan, indicator, code):
    rows = plan.leagues_of(indicator)
    return rows[rows["code"] == code].iloc[0]


@pytest.mark.parametrize(
    ("indicator", "level"), [("milk", 58.11), ("forage_value", 100), ("improved_breed_rate", 98.5)]
)
def test_a_lock_given_as_a_level_is_the_leagues_target(indicator, level, baselines, suggestions):
    plan = plan_of({"allocation": {indicator: {"lock": {"150500": {"target": level}}}}}, baselines, suggestions)
    row = league(plan, indicator, "150500")
    assert row["target"] == pytest.approx(level, rel=1e-12)
    assert row["entered_lock"] == pytest.approx(level - row["projection"])
    assert row["reason"] == "locked"


def test_the_level_stays_while_the_projection_moves(baselines, suggestions):
    locked = {"allocation": {"milk": {"lock": {"150500": {"target": 58.11}}}}}
    faster = plan_of(locked | {"growth": {"milk": {"150500": 5}}}, baselines, suggestions)
    slower = plan_of(locked | {"growth": {"milk": {"150500": -5}}}, baselines, suggestions)
    assert league(faster, "milk", "150500")["amount"] < league(slower, "milk", "150500")["amount"]
    for plan in (faster, slower):
        assert league(plan, "milk", "150500")["target"] == pytest.approx(58.11)


def test_a_level_below_the_projection_takes_nothing(baselines, suggestions):
    plan = plan_of({"allocation": {"milk": {"lock": {"150500": {"target": 20}}}}}, baselines, suggestions)
    row = league(plan, "milk", "150500")
    assert row["amount"] == 0
    assert row["target"] == row["projection"]


def test_floors_and_ceilings_may_be_levels_too(baselines, suggestions):
    entered = {"allocation": {"milk": {"floor": {"150400": {"target": 90}}, "ceiling": {"150500": {"target": 45}}}}}
    plan = plan_of(entered, baselines, suggestions)
    assert league(plan, "milk", "150400")["target"] >= 90 - 1e-9
    assert league(plan, "milk", "150500")["target"] <= 45 + 1e-9
    assert np.isnan(league(plan, "milk", "150400")["entered_lock"])


def test_a_level_is_kept_as_it_was_entered():
    text = '{"allocation":{"milk":{"lock":{"150500":{"target":58.11}}}},"limits_why":{"milk":{"150500":"会议商定"}}}'
    assert canonical_json(parse_json(text)) == text


@pytest.mark.parametrize(
    ("entered", "place", "code", "hint"),
    [
        ({"lock": {"150500": {"targt": 58}}}, "allocation.milk.lock.150500.targt", "unknown_key", "target"),
        ({"lock": {"150500": {"target": -1}}}, "allocation.milk.lock.150500.target", "out_of_range", None),
        ({"floor": {"150500": "x"}}, "allocation.milk.floor.150500", "not_a_number", None),
        ({"ceiling": {"150300": {"target": 9}}}, "allocation.milk.ceiling.150300", "not_named", None),
    ],
)
def test_what_is_no_limit_is_refused_at_its_place(entered, place, code, hint, baselines, suggestions):
    with pytest.raises(ScenarioError) as refused:
        plan_of({"allocation": {"milk": entered}}, baselines, suggestions)
    assert (place, code, hint) in {(one.place, one.code, one.suggestion) for one in refused.value.problems}


def test_a_rates_level_cannot_pass_its_ceiling(baselines, suggestions):
    entered = {"allocation": {"improved_breed_rate": {"lock": {"150500": {"target": 101}}}}}
    with pytest.raises(ScenarioError) as refused:
        plan_of(entered, baselines, suggestions)
    assert [one.code for one in refused.value.problems] == ["out_of_range"]


@pytest.mark.parametrize(
    ("reasons", "code"),
    [({"milc": {"150500": "x"}}, "unknown_indicator"), ({"milk": {"150300": "x"}}, "reason_not_named")],
)
def test_reasons_are_for_limits_of_named_leagues(reasons, code, baselines, suggestions):
    with pytest.raises(ScenarioError) as refused:
        plan_of({"limits_why": reasons}, baselines, suggestions)
    assert [one.code for one in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("limits", "is_told"),
    [*(({part: {"150500": 5.0}}, True) for part in LIMITS), ({"floor": {"150500": {"target": 50.0}}}, True),
     ({"floor": {"150400": 5.0}}, False), ({"rule": "by_shares", "shares": {"150500": 1.0}}, False), ({}, False)],
)  # fmt: skip
def test_a_reason_is_told_where_its_league_has_a_limit_and_else_asked_about(limits, is_told, baselines, suggestions):
    entered = {"limits_why": {"milk": {"150500": "因病"}}, "allocation": {"milk": limits}}
    plan = plan_of(entered, baselines, suggestions)
    assert ("limits_why" in {one.code for one in take_notes(plan)}) is is_told
    assert ("reason_without_limit" in {one.code for one in cautions_of(plan)}) is not is_told


def test_every_text_that_explains_a_figure_cannot_stand_without_it_or_is_asked_about():
    """A new one is to be given its figure, or a caution as reasons have."""
    of_itself, asked_about = {"name", "note", "based_on"}, {"limits_why"}
    of_all_issued = {"number"}  # the plan's own targets are those issued, where none are entered
    for model in (Scenario, Allocation, Issued, OwnFigure, ActualFigure, Level):
        schema = model.model_json_schema()["properties"]
        texts = {name for name, field in schema.items() if "maxLength" in json.dumps(field)}
        assert not texts or "value" in model.model_fields or texts <= of_itself | asked_about | of_all_issued, model
        assert "value" not in model.model_fields or model.model_fields["value"].is_required()


def _asked_for(league):
    return {
        "不能设置上下限": {"allocation": {"milk": {"floor": {league: 1}}}},
        "需要说明理由": {"limits_why": {"milk": {league: "x"}}},
        "没有下达目标": {"issued": {"targets": {"milk": {league: 1}}}},
    }


@pytest.mark.parametrize("told", _asked_for(""))
def test_a_league_without_a_share_is_told_by_its_name_and_of_what_was_entered(told, baselines, suggestions):
    with pytest.raises(ScenarioError) as refused:
        plan_of(_asked_for("150300")[told], baselines, suggestions)
    assert "“乌海市（150300）”不是该指标的重点盟市" in refused.value.text("zh")
    assert [one for one in _asked_for("") if one in refused.value.text("zh")] == [told]
    with pytest.raises(ScenarioError) as refused:
        plan_of(_asked_for("159999")[told], baselines, suggestions)
    assert {one.code for one in refused.value.problems} == {"unknown_area"}


def test_a_sweep_holds_levels_while_the_projection_moves(baselines, suggestions):
    entered = {"allocation": {"milk": {"lock": {"150500": {"target": 58.11}}, "floor": {"150400": {"target": 90}}}}}
    plan = plan_of(entered, baselines, suggestions)
    growth = np.stack([plan.assumed.leagues["growth"].reshape(5, 12) + step for step in (0.0, 1.0, -2.0)])
    swept = sweep(plan.assumed, 5, {}, {"growth": growth})
    codes = baselines.league_codes
    targets = swept.leagues["target"][:, 0, codes.index("150500")]
    assert targets.tolist() == pytest.approx([58.11] * 3)


def test_a_level_that_is_printed_a_unit_beside_says_so_and_no_other_does(baselines, suggestions):
    """Every league locked in turn, somewhat above its target: some are printed as entered, some a hundredth beside."""
    seen: Counter[bool] = Counter()
    usual = plan_of({}, baselines, suggestions)
    for indicator, code in [(one.id, code) for one in baselines.commitments[1:4] for code in one.leagues]:
        level = round(float(league(usual, indicator, code)["target"]) * 1.07, 2)
        plan = plan_of({"allocation": {indicator: {"lock": {code: {"target": level}}}}}, baselines, suggestions)
        codes = list(plan.leagues_of(indicator)["code"])
        printed = float(plan.printed.leagues_of(indicator)["target"].iloc[codes.index(code)])
        told = [one for one in take_notes(plan) if one.code == "level_printed_beside"]
        assert bool(told) == (abs(printed - level) > 1e-9)
        assert abs(printed - level) < 0.015
        for one in told:
            assert f"{level:.2f}" in one.text("zh")
            assert f"{printed:.2f}" in one.text("en")
        seen[bool(told)] += 1
    assert min(seen[True], seen[False]) > 0, seen
