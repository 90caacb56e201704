"""Two statements on how likely a target is, never mixed: by history alone, and with the growths entered."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from engine.scenarios import plan_of, random_scenario

from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.likelihood import as_entered, by_history, past
from agriplan.analysis.outlook import look_ahead, look_back, outlook_by_key, project_by_history
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of, suggestions_for
from agriplan.formatting import print_number
from agriplan.report.plan_json import to_json
from agriplan.rounding import round_half_up
from agriplan.sentences import LANGS, catalogue
from tests.thoroughness import tried

HEXI = Path(__file__).parents[1] / "plans" / "hexi"
REGION = "150000"
FAST_MILK = {"growth": {"milk": {REGION: 15}}}


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
        text = by_history(plan, plan.baselines.by_id[name], REGION).text("zh")
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
        assert "没有建议增速" in by_history(plan, milk, code).text("zh")
        assert as_entered(plan, milk, code) is None
    assert outlook_by_key(plan)["milk", "150100"]["band"]


def test_past_stretches_are_told_with_their_years_and_their_basis(plan):
    (milk,) = past(plan, plan.baselines.by_id["milk"])
    assert "1998—2016年（2016年普查前口径，与本规划口径不可比）" in milk.text("zh")
    assert "14个5年时段" in milk.text("zh")
    assert "有7个，最早始于1998年，最晚始于2004年。" in milk.text("zh")
    assert "in 7 of them, of which the first begins in 1998, the last in 2004, it grew" in milk.text("en")
    assert "not comparable with this plan's basis" in milk.text("en")


def test_one_past_stretch_that_was_fast_enough_has_one_year(baselines, suggestions):
    before = baselines.series["milk_output", REGION, "pre-census-2016"]
    times = {year: before[year + 5] / value for year, value in before.items() if year + 5 in before}
    fastest = max(times, key=lambda year: times[year])
    target = int(times[fastest] * baselines.base_figures["milk_output", REGION].value)
    (milk,) = past(plan_of({"target": {"milk": target}}, baselines, suggestions), baselines.by_id["milk"])
    assert f"的有1个，始于{fastest}年。" in milk.text("zh")
    assert f"in 1 of them, which begins in {fastest}, it grew" in milk.text("en")


def test_what_the_unit_value_outgrows_may_fall_and_is_not_said_to_grow(baselines, suggestions):
    raised, seen = suggestions.copy(), baselines.observed.copy()
    raised.loc[raised["indicator"] == "beef_unit_value", "growth"] = 5.0
    beef = baselines.by_id["beef_cattle_value"]
    (note,) = past(plan_of({}, baselines, raised), beef)
    assert "产量年均下降不超过3.06%（目标所需增长扣除建议的单位产值增长）的有14个" in note.text("zh")
    assert "the last in 2011, the quantity fell by no more than 3.06 % a year" in note.text("en")
    before = (seen["indicator"] == "beef_output") & (seen["basis"] != baselines.basis)
    seen.loc[before, "value"] = 100 * 0.9 ** (seen.loc[before, "year"] - 1998)
    (note,) = past(plan_of({}, replace(baselines, observed=seen), raised), beef)
    assert "产量年均下降都超过3.06%" in note.text("zh")
    assert "in all of them the quantity fell by more than 3.06 % a year" in note.text("en")


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


def printed_projections(plan, commitment):
    """The printed projections of a commitment by area, the region first."""
    rows = plan.printed.leagues_of(commitment.id)
    region = plan.printed.by_indicator[commitment.id]["projection"]
    return {plan.baselines.region.code: region} | dict(zip(rows["code"], rows["projection"], strict=True))


ONE_LEAGUE = {"growth": {"milk": {"150500": 8}, "forage_value": {"150500": 2}}}


def scenarios_with_growths(baselines, suggestions):
    """Scenarios of the shipped data, and of some whose leagues leave a difference to the region."""
    hexi = read_baselines(HEXI)
    shipped = [*map(parse_scenario, ({}, ONE_LEAGUE, FAST_MILK))]
    for data, known, scenarios in ((baselines, suggestions, shipped), (hexi, suggestions_for(hexi), [])):
        for scenario in (*scenarios, *(random_scenario(seed, data) for seed in range(tried(4, 30)))):
            plain = scenario.model_copy(update={"growth": {}, "unit_value_growth": {}})
            yield tuple(make_plan(one, data, known) for one in (scenario, plain))


def test_history_is_printed_as_the_same_scenario_without_growths_prints_its_projections(baselines, suggestions):
    """Whatever growth was entered, in JSON and sentences, for every area; the ties of random scenarios too."""
    apart = moved = differences = 0
    for plan, plain in scenarios_with_growths(baselines, suggestions):
        for commitment in plan.baselines.commitments:
            decimals, rows = plan.baselines.decimals(commitment), outlook_by_key(plan)
            usual, own = (printed_projections(one, commitment) for one in (plain, plan))
            difference = plain.printed.by_indicator[commitment.id]["statistical_difference"]
            exact, shown = (
                {code: rows[commitment.id, code][f"{name}_by_history"] for code in usual}
                for name in ("projection", "printed")
            )
            assert shown == pytest.approx(usual, abs=1e-9, nan_ok=True)
            (region, whole), *leagues = shown.items()
            assert whole == round_half_up(exact[region], decimals)
            if not commitment.is_rate:
                assert whole == pytest.approx(np.nansum([one for _, one in leagues]) + difference, abs=1e-9)
                differences += difference != 0
            for code in usual:
                assert not abs(shown[code] - exact[code]) >= 0.1**decimals
                apart += shown[code] != round_half_up(exact[code], decimals) and not np.isnan(shown[code])
                moved += not rows[commitment.id, code]["entered"] and abs(own[code] - shown[code]) > 1e-9
                if rows[commitment.id, code]["band"]:
                    told = by_history(plan, commitment, code).text("zh")
                    assert f"推算为{print_number(shown[code], decimals)}{commitment.unit('zh')}" in told
                if rows[commitment.id, code]["entered"]:
                    told = as_entered(plan, commitment, code).text("zh")
                    assert f"为{print_number(own[code], decimals)}{commitment.unit('zh')}" in told
    # There are figures whose two roundings differ (the default plan alone has four), those that an entry elsewhere
    # rounds another way in the plan, and leagues that leave a difference to their region.
    assert apart
    assert moved
    assert differences


def test_where_a_league_has_no_suggestion_history_of_the_others_is_printed_whatever_was_entered(baselines, suggestions):
    silent = suggestions.copy()
    silent.loc[(silent["indicator"] == "milk_output") & (silent["code"] == "150500"), ["growth", "low", "high"]] = (
        np.nan
    )
    one, other = (
        outlook_by_key(plan_of({"growth": {"milk": {"150500": 4} | more}}, baselines, silent))
        for more in ({}, {"150100": 9, "150900": 1})
    )
    printed = {code: one["milk", code]["printed_by_history"] for code in baselines.areas}
    assert printed == pytest.approx({code: other["milk", code]["printed_by_history"] for code in printed}, nan_ok=True)
    exact = [other["milk", code]["projection_by_history"] for code in printed]
    assert np.nansum(list(printed.values())) == pytest.approx(round_half_up(np.nansum(exact), 2))
    assert {code for code, shown in printed.items() if np.isnan(shown)} == {REGION, "150500"}


def test_history_from_an_as_of_year_is_printed_from_its_exact_figures_alone(baselines, suggestions):
    actual = {"milk": {REGION: {"2022": 733.83}} | {league.code: {"2022": 60.005} for league in baselines.leagues}}
    year, found = 2022, []
    since = suggestions_as_of(baselines, suggestions, year)
    for growth in ({}, {"milk": {"150100": 8}}, {"milk": {REGION: 15, "150100": -2}}):
        issued = plan_of({"growth": growth, "actual": actual}, baselines, suggestions)
        rows = outlook_by_key(evaluate(issued, since, year).trend)
        found.append([rows["milk", code] for code in baselines.areas])
    for name in ("projection_by_history", "printed_by_history"):
        one, *others = ([row[name] for row in rows] for rows in found)
        assert all(one == pytest.approx(other, rel=1e-12) for other in others)
    exact, shown = ([row[f"{name}_by_history"] for row in found[1]] for name in ("projection", "printed"))
    assert shown[0] == round_half_up(exact[0], 2)
    assert all(abs(one - other) < 0.01 for one, other in zip(exact, shown, strict=True))


def test_who_is_asked_for_no_more_than_its_trend_is_as_likely_to_reach_it_as_not(baselines, suggestions):
    # Below its own trend a rate has nothing to hand out: every league's target is its trend.
    rate = next(one for one in baselines.commitments if one.is_rate)
    whole = make_plan(parse_scenario({}), baselines, suggestions).by_indicator[rate.id]["projection"]
    made = make_plan(parse_scenario({"target": {rate.id: round(float(whole) - 0.5, 2)}}), baselines, suggestions)
    rows = outlook_by_key(made)
    own = made.league_columns(rate.id)
    even = [code for code, gap in zip(own["code"], own["target"] - own["projection"], strict=True) if abs(gap) < 1e-6]
    assert len(even) == len(baselines.leagues)
    assert {rows[rate.id, code]["edge_3"] for code in even} == {0.0}
    assert {rows[rate.id, code]["band"] for code in even} == {"50-80 %"}


@pytest.mark.parametrize(
    ("with_history", "zh", "en"),
    [
        (0, "（增速为假定，无历史依据）", "the growth is assumed"),
        (1, "（部分盟市的增速为假定，无历史依据）", "some leagues is assumed"),
        (12, "误差范围为假定", "the range of error"),
    ],
)
def test_only_the_range_is_called_assumed_where_all_leagues_grow_by_their_own_history(with_history, zh, en, baselines):
    rate, seen = "improved_breed_rate", baselines.observed
    codes = [league.code for league in baselines.leagues][:with_history]
    rows = seen[(seen["indicator"] == rate) & (seen["year"] == baselines.base_year) & seen["area"].isin(codes)]
    before = [rows.assign(year=year, value=rows["value"] + 0.3 * (2020 - year)) for year in range(2014, 2020)]
    data = replace(baselines, observed=pd.concat([seen, *before], ignore_index=True))
    plan = make_plan(Scenario(), data, suggestions_for(data))
    found = by_history(plan, data.by_id[rate], data.region.code)
    assert zh in found.text("zh")
    assert en in found.text("en")
    evaluation = evaluate(plan, suggestions_as_of(data, plan.suggestions, 2022), 2022)
    told = "".join(note.text("zh") for note in evaluation_notes(evaluation, data.by_id[rate], data.region.code))
    assert zh.removesuffix("，无历史依据）") in told
