"""Two statements on how likely a target is, never mixed: by history alone, and with the growths entered."""

import json

import numpy as np
import pytest
from engine.scenarios import random_scenario

from agriplan.analysis.likelihood import as_entered, by_history, past
from agriplan.analysis.outlook import look_ahead, look_back, outlook_by_key, project_by_history
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import print_number
from agriplan.report.plan_json import to_json
from agriplan.rounding import round_half_up
from agriplan.sentences import LANGS, catalogue
from tests.thoroughness import tried

REGION = "150000"
FAST_MILK = {"growth": {"milk": {REGION: 15}}}


def plan_of(entered, baselines, suggestions):
    return make_plan(parse_scenario(entered), baselines, suggestions)


def region_line(plan, indicator):
    return next(one for one in json.loads(to_json(plan))["indicators"] if one["id"] == indicator)


def test_a_growth_of_fifteen_per_cent_does_not_make_history_say_that_milk_is_sure(plan, baselines, suggestions):
    entered = region_line(plan_of(FAST_MILK, baselines, suggestions), "milk")["likelihood"]
    default = region_line(plan, "milk")["likelihood"]
    assert entered["by_history"] == default["by_history"]
    assert entered["by_history"]["band"] in {"<5 %", "5-20 %"}
    assert entered["by_history"]["assumed"] is False
    assert entered["as_entered"]["band"] in {"80-95 %", ">95 %"}
    assert entered["as_entered"]["range"] == "above"
    assert default["as_entered"] is None


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_entered_is_never_called_a_trend(lang):
    entered = [text[lang] for code, text in catalogue().items() if code.startswith("likelihood.as_entered")]
    assert len(entered) == 3
    assert not any("趋势" in text or "trend" in text.lower() for text in entered)
    assert all(("按填报增速" if lang == "zh" else "growth entered") in text for text in entered)


def test_history_alone_is_the_same_scenario_without_growths(baselines, suggestions):
    """Own figures, targets and rules stay: random scenarios, every area of every indicator."""
    seen = set()
    for seed in range(tried(12, 40)):
        scenario = random_scenario(seed, baselines)
        plan = make_plan(scenario, baselines, suggestions)
        plain = make_plan(scenario.model_copy(update={"growth": {}, "unit_value_growth": {}}), baselines, suggestions)
        for commitment in baselines.commitments:
            expected = {REGION: plain.by_indicator[commitment.id]["projection"]}
            rows = plain.leagues_of(commitment.id)
            expected |= dict(zip(rows["code"], rows["projection"], strict=True))
            for code, projection in expected.items():
                row = outlook_by_key(plan)[commitment.id, code]
                assert row["projection_by_history"] == pytest.approx(projection, rel=1e-12, nan_ok=True)
                seen.add((row["entered"], row["range"]))
    assert seen == {(False, ""), (True, "inside"), (True, "above"), (True, "below")}


def test_an_entry_is_spoken_of_only_where_it_changes_an_areas_projection(baselines, suggestions):
    plan = plan_of({"growth": {"milk": {"150500": 8}}}, baselines, suggestions)
    spoken = {key for key, row in outlook_by_key(plan).items() if row["entered"]}
    assert spoken == {("milk", REGION), ("milk", "150500")}
    same = {"growth": {"milk": {"150500": float(plan.by_indicator["milk"]["suggested"])}}}
    assert not look_ahead(plan_of(same, baselines, suggestions))["entered"].any()


@pytest.mark.parametrize(("end", "place"), [("low", "inside"), ("high", "inside")])
def test_the_ends_of_the_printed_range_still_lie_inside_it(end, place, plan, baselines, suggestions):
    for indicator in ("milk", "forage_value", "improved_breed_rate"):
        line = plan.by_indicator[indicator]
        step = 0.01 if end == "high" else -0.01
        at_end = plan_of({"growth": {indicator: {REGION: float(line[end])}}}, baselines, suggestions)
        beyond = plan_of({"growth": {indicator: {REGION: float(line[end]) + step}}}, baselines, suggestions)
        assert outlook_by_key(at_end)[indicator, REGION]["range"] == place
        assert outlook_by_key(beyond)[indicator, REGION]["range"] == ("above" if end == "high" else "below")


def test_a_unit_value_is_an_entry_too(baselines, suggestions):
    plan = plan_of({"unit_value_growth": {"beef_cattle_value": 10}}, baselines, suggestions)
    row = outlook_by_key(plan)["beef_cattle_value", REGION]
    assert (row["entered"], row["range"]) == (True, "above")


def test_a_band_says_which_growth_is_only_assumed(plan):
    rows = {indicator: outlook_by_key(plan)[indicator, REGION] for indicator in plan.by_indicator}
    assert {name for name, row in rows.items() if row["assumed"]} == {"forage_value", "improved_breed_rate"}
    assert {name for name, row in rows.items() if row["unit_value_assumed"]} == {
        "meat_sheep_value",
        "beef_cattle_value",
    }
    for name, row in rows.items():
        text = by_history(plan, plan.baselines.by_id[name], REGION).text()
        assert ("增速为假定，" in text) == row["assumed"]
        assert ("单位产值增速为假定" in text) == row["unit_value_assumed"]


def test_without_a_suggestion_there_is_a_sentence_and_no_band(baselines, suggestions):
    silent = suggestions.copy()
    silent.loc[(silent["indicator"] == "milk_output") & (silent["code"] == "150500"), ["growth", "low", "high"]] = (
        np.nan
    )
    plan = plan_of({"growth": {"milk": {"150500": 4}}}, baselines, silent)
    milk = baselines.by_id["milk"]
    for code in (REGION, "150500"):
        row = outlook_by_key(plan)["milk", code]
        assert (row["band"], row["entered"]) == ("", False)
        assert np.isnan(row["projection_by_history"])
        assert "没有建议增速" in by_history(plan, milk, code).text()
        assert as_entered(plan, milk, code) is None
    assert outlook_by_key(plan)["milk", "150100"]["band"]


def test_past_stretches_are_told_with_their_years_and_their_basis(plan):
    (milk,) = past(plan, plan.baselines.by_id["milk"])
    assert "1998—2016年（2016年普查前口径，与本规划口径不可比）" in milk.text()
    assert "14个5年时段" in milk.text()
    assert "有7个，起始于1998—2004年" in milk.text()
    assert "not comparable with this plan's basis" in milk.text("en")


def test_the_past_of_a_value_is_asked_for_what_the_unit_value_does_not_add(baselines, suggestions):
    raised = suggestions.copy()
    raised.loc[raised["indicator"] == "mutton_unit_value", "growth"] = 2.0
    plan = plan_of({}, baselines, raised)
    (needed,) = look_back(plan).query("indicator == 'meat_sheep_value'")["needed"]
    growth = plan.by_indicator["meat_sheep_value"]["needed_growth"]
    assert needed == pytest.approx(((1 + growth / 100) / 1.02 - 1) * 100)


def test_history_alone_costs_no_second_plan(plan):
    found = project_by_history(plan.assumed, 5)
    assert found.region[:, -1].tolist() == pytest.approx(plan.lines["projection"].tolist(), rel=1e-12)


def test_where_nothing_entered_moves_an_area_history_is_printed_as_its_projection_is(baselines, suggestions):
    """One number, one printed form, in JSON and sentences, for every area; the ties of random scenarios too."""
    apart = 0
    for entered in [{}, FAST_MILK, *(random_scenario(seed, baselines).model_dump() for seed in range(tried(10, 30)))]:
        plan = plan_of(entered, baselines, suggestions)
        for commitment in baselines.commitments:
            decimals = baselines.decimals(commitment)
            printed = {REGION: plan.printed.by_indicator[commitment.id]["projection"]}
            rows = plan.printed.leagues_of(commitment.id)
            printed |= dict(zip(rows["code"], rows["projection"], strict=True))
            for code, shown in printed.items():
                row = outlook_by_key(plan)[commitment.id, code]
                if np.isnan(row["projection_by_history"]):
                    assert np.isnan(row["printed_by_history"])
                elif row["entered"]:
                    off = row["printed_by_history"] - row["projection_by_history"]
                    assert abs(off) < 0.1**decimals or (commitment.kind != "rate" and code == REGION)
                    told = as_entered(plan, commitment, code).text()
                    assert f"为{print_number(shown, decimals)}{commitment.unit('zh')}" in told
                else:
                    assert row["printed_by_history"] == shown
                    apart += shown != round_half_up(row["projection_by_history"], decimals)
                    if row["band"]:
                        told = by_history(plan, commitment, code).text()
                        assert f"推算为{print_number(shown, decimals)}{commitment.unit('zh')}" in told
    assert apart  # there are figures whose two roundings differ: the default plan alone has four


def test_what_history_alone_leads_to_adds_up_as_it_is_shown(baselines, suggestions, plan):
    growth = {"milk": {REGION: 3, "150500": 8}, "beef_cattle_value": {"150500": 5}, "forage_value": {"150100": 1}}
    for seed in (None, *range(tried(4, 30))):
        made = {"growth": growth} if seed is None else random_scenario(seed, baselines).model_dump()
        changed = plan_of(made, baselines, suggestions)
        for commitment in baselines.commitments:
            rows = [outlook_by_key(changed)[commitment.id, one.code] for one in baselines.leagues]
            region = outlook_by_key(changed)[commitment.id, REGION]
            if commitment.kind == "rate" or np.isnan(region["projection_by_history"]):
                continue
            exact, shown = (
                [row[name] for row in rows if not np.isnan(row[name])]
                for name in ("projection_by_history", "printed_by_history")
            )
            difference = region["projection_by_history"] - sum(exact)
            assert abs(region["printed_by_history"] - sum(shown) - difference) < 0.01 + 1e-9
            if abs(difference) < 1e-9:
                assert region["printed_by_history"] == pytest.approx(sum(shown), abs=1e-9)
            assert all(abs(one - other) < 0.01 for one, other in zip(exact, shown, strict=True))
        if seed is None:  # every league is moved: as the default plan prints them
            milk = [outlook_by_key(changed)["milk", code]["printed_by_history"] for code in baselines.areas]
            rows = plan.printed.league_columns("milk")["projection"].tolist()
            assert milk == [plan.printed.by_indicator["milk"]["projection"], *rows]


def test_who_is_asked_for_no_more_than_its_trend_is_as_likely_to_reach_it_as_not(baselines, suggestions):
    # Below its own trend a rate has nothing to hand out: every league's target is its trend.
    rate = next(one for one in baselines.commitments if one.kind == "rate")
    whole = make_plan(parse_scenario({}), baselines, suggestions).by_indicator[rate.id]["projection"]
    made = make_plan(parse_scenario({"target": {rate.id: round(float(whole) - 0.5, 2)}}), baselines, suggestions)
    rows = outlook_by_key(made)
    own = made.league_columns(rate.id)
    even = [code for code, gap in zip(own["code"], own["target"] - own["projection"], strict=True) if abs(gap) < 1e-6]
    assert len(even) == len(baselines.leagues)
    assert {rows[rate.id, code]["edge_3"] for code in even} == {0.0}
    assert {rows[rate.id, code]["band"] for code in even} == {"50-80 %"}
