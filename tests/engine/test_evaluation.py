"""An evaluation says where the plan stands as of a year, in figures and in sentences that agree with them."""

import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from agriplan.analysis.evaluation import Evaluation, as_of_year, evaluate, last_reported_year
from agriplan.analysis.evaluation_words import evaluation_notes, headline, thresholds
from agriplan.analysis.likelihood import as_entered, by_history
from agriplan.analysis.notes import take_notes
from agriplan.analysis.printed_standing import print_standing
from agriplan.baselines.grades import GRADES
from agriplan.engine.entered import Issued
from agriplan.engine.evaluation_columns import EVALUATION, EVALUATION_YEARS
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report.brief.words import brief_values
from agriplan.report.column_fields import ROW_KEYS
from agriplan.report.evaluation_json import EvaluationFigures, evaluation_csv, evaluation_json
from agriplan.report.evaluation_table import list_evaluation
from agriplan.sentences import catalogue
from tests.engine.scenarios import random_scenario
from tests.thoroughness import FULL, by_turns, tried

REGION = "150000"


def sentences(evaluation: Evaluation, indicator: str, code: str = REGION, lang: str = "zh") -> list[str]:
    commitment = evaluation.issued.baselines.by_id[indicator]
    return [note.text(lang) for note in evaluation_notes(evaluation, commitment, code)]


def test_milk_of_2022_is_said_in_the_official_sentence(evaluated):
    found = evaluated({}, 2022)
    assert "要实现2025年奶类产量1,000.00万吨以上，2023—2025年需年均增长10.87%以上。" in sentences(found, "milk")
    row = found.region("milk")
    assert (row["printed_current"], row["printed_projection"], row["printed_gap"]) == (733.8, 815.23, 184.77)
    assert row["warning"] == "both"
    assert headline(found).text("zh") == "截至2022年，5项指标：0项已达目标，1项预计可以实现，1项尚需努力，3项预警。"


def test_where_no_league_has_reported_none_is_counted(evaluated):
    none = evaluated({}, 2022)
    assert "各盟市均未报2022年数，" in "".join(sentences(none, "forage_value"))
    assert "no league has reported 2022;" in " ".join(sentences(none, "forage_value", lang="en"))
    one = evaluated({"actual": {"milk": {"150500": {"2022": 40.0}}}}, 2022)
    assert "12个盟市中已报2022年数的有1个" in "".join(sentences(one, "milk"))


def test_what_leagues_reported_that_does_not_count_is_set_aside_by_name(baselines, suggestions):
    """Of the shipped figures those on local counts; a league without a base-year figure is inside the difference."""
    seen = baselines.observed
    data = replace(baselines, observed=seen[(seen["indicator"] != "milk_output") | (seen["area"] != "150300")])
    wuhai, tongliao = {"150300": {"2022": 1.1}}, {"150500": {"2022": 40.0}}
    told = ((wuhai, "各盟市均没有可计入的2022年数"), (wuhai | tongliao, "11个盟市中已报2022年数的有1个"))
    for entered, begins in told:
        issued = make_plan(parse_scenario({"actual": {"milk": entered}}), data, suggestions)
        found = evaluate(issued, suggestions_as_of(data, suggestions, 2022), 2022)
        said = f"{begins}（所报不计入：包头市，地方口径；赤峰市，地方口径；乌海市，没有基期值），"
        assert said in "".join(sentences(found, "milk"))
        english = "(set aside: Baotou, local count; Chifeng, local count; Wuhai, no base-year value);"
        assert english in " ".join(sentences(found, "milk", lang="en"))


def test_beef_of_2025_is_done_and_what_is_not_known_is_not_concluded(evaluated):
    found = evaluated({}, 2025)
    verdicts = {one: found.region(one)["verdict"] for one in found.issued.baselines.by_id}
    assert verdicts.pop("beef_cattle_value") == "done"
    assert set(verdicts.values()) == {"unknown"}
    row = found.region("beef_cattle_value")
    assert row["projection"] == row["current"] == pytest.approx(101.7 * 7.731)
    assert np.isnan(row["needed_growth"])
    assert np.isnan(row["amount"])


def test_as_of_the_target_year_the_leagues_that_did_it_are_named(evaluated, baselines):
    targets = {"150500": 60.0, "150100": 150.0}
    found = evaluated({"actual": {"milk": {code: {"2025": value} for code, value in targets.items()}}}, 2025)
    said = sentences(found, "milk")
    assert "奶类产量：已报数的盟市中，通辽市完成下达目标。" in said
    assert "奶类产量：已报数的盟市中，呼和浩特市未完成下达目标。" in said


def test_as_of_the_base_year_it_is_the_plan_itself(evaluated, plan):
    found = evaluated({}, 2020)
    for indicator, line in plan.by_indicator.items():
        row = found.region(indicator)
        assert row["projection"] == line["projection"]
        assert row["new_target"] == line["reached"]
        assert row["current"] == pytest.approx(line["baseline"])
        assert not row["estimated"]


@pytest.mark.parametrize("seed", range(tried(5, 8)))
def test_leagues_and_difference_make_the_regions_figure_in_print(seed, evaluated, baselines):
    year = 2021 + seed % 5
    found = evaluated(random_scenario(seed, baselines), year)
    for commitment in baselines.commitments:
        shown, difference = print_standing(commitment, found.rebased)
        if not commitment.is_rate:
            assert round(np.nansum(shown[1:]) + difference, 6) == round(shown[0], 6)
        if found.plan is not None and found.plan is not found.issued:
            # The plan from there rounds all leagues together, an evaluation each reported figure by itself.
            by_itself = 0.5 * found.rebased.standings[commitment.id].reported.sum() + 1.0
            printed = found.plan.printed.by_indicator[commitment.id]["baseline"]
            assert abs(printed - shown[0]) * 10 ** baselines.decimals(commitment) <= by_itself


@pytest.mark.parametrize("seed", range(tried(3, 12)))
def test_monitoring_and_evaluation_say_the_same_of_a_figure_that_was_reported(seed, evaluated, baselines):
    """Measured by the issued target, as it is printed: a rate of 97.55 has done what 97.5457 asks."""
    year = 2021 + seed % 4
    asked = random_scenario(seed, baselines).model_dump(mode="json")
    asked["actual"]["improved_breed_rate"] = {"150500": {str(year): 97.55}}
    found = evaluated(asked | {"issued": {}}, year)
    compared = 0
    for (indicator, code), row in found.by_key.items():
        (monitored,) = (one for one in found.issued.year_rows(indicator, code) if one["year"] == year)
        if np.isnan(monitored["actual"]) or row["estimated"] or row["summed"]:
            continue
        compared += 1
        for ours, theirs in (
            ("completion",) * 2,
            ("progress",) * 2,
            ("schedule",) * 2,
            ("needed_later", "needed_growth"),
        ):
            told = (indicator, code, ours)
            assert monitored[ours] == pytest.approx(row[theirs], abs=1e-9, nan_ok=True), told
    assert compared


def test_a_league_past_its_target_is_told_what_becomes_of_it(evaluated):
    actual = {"milk": {"150500": {"2022": 80}}}
    kept, lent = (evaluated({"actual": actual, "passed": {"milk": how}}, 2022) for how in ("keep", "lend"))
    assert kept.by_key["milk", "150500"]["verdict"] == "reached"
    assert kept.by_key["milk", "150500"]["printed_new_target"] == kept.by_key["milk", "150500"]["printed_target"]
    assert any("目标保持不变" in one for one in sentences(kept, "milk"))
    assert any("目标改为趋势预测" in one for one in sentences(lent, "milk", "150500"))


def test_what_is_short_of_its_target_by_ever_so_little_needs_some_growth(evaluated):
    found = evaluated({"actual": {"improved_breed_rate": {REGION: {"2022": 94.994}}}}, 2022)
    assert "2023—2025年需年均提高0.01个百分点以上。" in "".join(sentences(found, "improved_breed_rate"))


@pytest.mark.parametrize("how", ["keep", "lend"])
def test_a_league_that_had_nothing_and_was_asked_for_nothing_keeps_nothing(how, evaluated):
    own = {"milk_output": {"150500": {"value": 0, "source": "统计局"}}}
    found = evaluated({"baseline": own, "actual": {"milk": {"150500": {"2022": 0}}}, "passed": {"milk": how}}, 2022)
    row = found.by_key["milk", "150500"]
    assert (row["printed_target"], row["new_target"], row["printed_new_target"]) == (0.0, 0.0, 0.0)
    assert found.years_of("milk", "150500")[-1]["printed_milestone"] == 0.0


KEPT = {"milk": {"150500": {"2022": 62}, "150200": {"2022": 61}}}


@pytest.mark.parametrize(("how", "year", "seed"), by_turns(["keep", "lend"], [2020, 2022, 2025], [None, 3, 11, 24]))
def test_the_gap_is_the_target_less_the_projection_whoever_is_past_its_target(seed, year, how, evaluated, baselines):
    asked = random_scenario(seed, baselines).model_dump(mode="json") if seed else {"actual": KEPT}
    passed = {one.id: how for one in baselines.commitments}
    found = evaluated(asked | {"passed": passed, "as_of": year}, year)
    for (indicator, code), row in found.by_key.items():
        if np.isnan(row["current"]):
            continue
        assert row["gap"] == pytest.approx(row["target"] - row["projection"], abs=1e-9)
        assert row["printed_gap"] == round(row["printed_target"] - row["printed_projection"], 6), (indicator, code)
        if code == REGION and year < baselines.target_year:
            assert row["to_share"] == pytest.approx(row["gap"] + row["kept"], abs=1e-9)
            assert row["printed_to_share"] == round(row["printed_gap"] + row["printed_kept"], 6)
            then = row["printed_projection"] - row["printed_kept"] + row["printed_amount"]
            assert row["printed_new_target"] == round(then, 6)
            if how == "lend" or not any(one == indicator for one, _ in found.rebased.passed):
                assert row["printed_kept"] == 0


def test_what_leagues_past_their_target_keep_stands_beside_the_gap_under_its_own_name(evaluated):
    kept, lent = (evaluated({"actual": KEPT, "passed": {"milk": how}}, 2022) for how in ("keep", "lend"))
    row = kept.region("milk")
    assert (row["printed_projection"], row["printed_gap"]) == (815.23, 184.77)
    assert lent.region("milk")["printed_gap"] == 184.77
    assert (row["printed_kept"], row["printed_to_share"]) == (18.04, 202.81)
    said = "\n".join(sentences(kept, "milk"))
    assert "2025年为815.23万吨，比目标少184.77万吨" in said
    assert (
        "保留超出下达目标的部分18.04万吨，不抵减缺口；按预测缺口184.77万吨，计入这部分后待再分解缺口为202.81万吨"
        in said
    )
    assert "保留超出" not in "\n".join(sentences(lent, "milk"))
    lower = evaluated({"actual": KEPT, "growth": {"milk": {"150500": -20}}}, 2022)
    assert lower.region("milk")["printed_kept"] < 0
    assert "比其趋势预测高" in "\n".join(sentences(lower, "milk"))
    surplus = evaluated({"actual": KEPT, "target": {"milk": 800}}, 2022)
    assert surplus.region("milk")["printed_gap"] < 0 < surplus.region("milk")["printed_kept"]
    said = "\n".join(sentences(surplus, "milk"))
    assert "不抵减缺口；按预测富余15.23万吨，计入这部分后待再分解缺口为26.59万吨。" in said


@pytest.mark.parametrize("year", [2021, 2022, 2024, 2025] if FULL else [2022, 2025])
def test_what_all_leagues_reported_is_their_sum_and_no_estimate(year, evaluated, baselines):
    actual = {
        one.id: {
            league.code: {str(year): round(figure.value * (1.03 if not one.is_rate else 1.0), 2)}
            for league in baselines.leagues
            if (figure := baselines.base_figures.get((one.quantity, league.code)))
        }
        for one in baselines.commitments
    }
    found, judged = evaluated({"actual": actual}, year), 0
    for one in baselines.commitments:
        row, told = found.region(one.id), "\n".join(sentences(found, one.id))
        assert not row["estimated"]
        assert "估算" not in told
        assert "未公布，估算" not in told
        if not row["summed"]:
            assert (one.quantity, REGION, year) in found.rebased.actuals or (
                one.id,
                REGION,
                year,
            ) in found.rebased.actuals
            continue
        judged += 1
        assert "与全区数的统计差异" not in told
        assert f"全区{year}年数尚未公布，12个盟市已全部上报，以上为其" in told
        assert ("沿用的统计差异" in told) == (row["printed_difference"] != 0)
        assert row["verdict"] != "unknown"
        assert row["status"] != "no_actual"
        missing = {code: values for code, values in actual[one.id].items() if code != "150500"}
        less = evaluated({"actual": {**actual, one.id: missing}}, year)
        assert less.region(one.id)["estimated"]
        assert not less.region(one.id)["summed"]
    assert judged >= 2


OWN_PRICE = {"baseline": {"beef_unit_value": {REGION: {"value": 7.8, "source": "农牧厅"}}}}
REPORTED_PRICE = {"actual": {"beef_unit_value": {REGION: {"2025": 7.9}}}}
OF_THE_YEAR = "乘以当年牛肉单位产值（7.900亿元/万吨，数据等级为自报）"
CARRIED = "2025年牛肉单位产值尚未取得，由2020年数沿用（{}亿元/万吨，数据等级为{}）"


@pytest.mark.parametrize(
    ("scenario", "year", "grades", "said"),
    [
        ({}, 2020, ("derived", "derived"), None),
        # Official tonnes at the unit value of 2020, which was derived.
        ({}, 2025, ("derived", "derived"), CARRIED.format("7.731", "推算")),
        # A unit value of that very year, and a value that owes nothing to one.
        (REPORTED_PRICE, 2025, ("reported", "reported"), OF_THE_YEAR),
        ({"actual": {"beef_cattle_value": {REGION: {"2025": 790}}}}, 2025, ("reported", "derived"), None),
        (OWN_PRICE, 2020, ("reported", "reported"), None),
        (OWN_PRICE, 2025, ("derived", "derived"), CARRIED.format("7.800", "自报")),
    ],
)
def test_a_value_is_known_no_better_than_its_unit_value(scenario, year, grades, said, evaluated):
    found = evaluated(scenario, year)
    row = found.region("beef_cattle_value")
    assert (row["grade"], row["unit_value_grade"]) == grades
    told = "\n".join(sentences(found, "beef_cattle_value"))
    # Ahead of the last year stands a band, whose unit value's growth is assumed.
    assert told.count("（其中单位产值增速为假定）") == (year < 2025)
    assert ("单位产值" in told.replace("其中单位产值增速为假定", "")) == (said is not None)
    assert said is None or said in told


@pytest.mark.parametrize("seed", [None, 3, 11, 24])
def test_as_of_the_base_year_grades_are_the_plans(seed, evaluated, baselines):
    asked = random_scenario(seed, baselines) if seed else Scenario()
    found = evaluated(asked.model_copy(update={"as_of": None}), 2020)
    for indicator in baselines.by_id:
        assert found.region(indicator)["grade"] == found.issued.by_indicator[indicator]["grade"]
        for league in baselines.leagues:
            row = found.issued.league_row(indicator, league.code)
            assert found.by_key[indicator, league.code]["grade"] == row["grade"]


@pytest.mark.parametrize(("year", "grade"), [(2020, "reported"), (2022, "derived")])
def test_an_own_figure_is_reported_in_an_evaluation_too_and_carried_on_an_estimate(year, grade, evaluated):
    own = {"baseline": {"milk_output": {"150500": {"value": 36, "source": "通辽市统计局"}}}}
    assert evaluated(own, year).by_key["milk", "150500"]["grade"] == grade


def test_no_value_of_a_later_year_has_a_better_grade_than_what_it_was_made_from(evaluated, baselines):
    levels = list(GRADES)
    for seed in (None, 2, 5, 17) if FULL else (None, 5):
        for year in (2021, 2023, 2025):
            found = evaluated(random_scenario(seed, baselines) if seed else {}, year)
            for (indicator, code), row in found.by_key.items():
                one = baselines.by_id[indicator]
                if one.unit_value and row["grade"] and (indicator, code, year) not in found.rebased.actuals:
                    made_of = (found.rebased.baselines.base_figures[one.quantity, code].grade, row["unit_value_grade"])
                    assert levels.index(row["grade"]) == max(map(levels.index, made_of))


def test_the_year_is_the_one_asked_for_else_the_scenarios_else_the_last_reported(baselines):
    assert last_reported_year(Scenario(), baselines) == 2025
    assert as_of_year(Scenario(), baselines) == 2025
    assert as_of_year(Scenario(as_of=2022), baselines) == 2022
    assert as_of_year(Scenario(as_of=2022), baselines, 2023) == 2023
    with pytest.raises(ScenarioError):
        as_of_year(Scenario(), baselines, 2019)


def test_json_and_csv_hold_the_columns_of_the_data_dictionary(evaluated):
    names = [column.name for column in EVALUATION]
    assert [name for name in names if name not in ROW_KEYS] == list(EvaluationFigures.model_fields)
    found = evaluated({}, 2022)
    later = [column.name for column in EVALUATION_YEARS if column.name not in (*ROW_KEYS, "year")]
    header = evaluation_csv(found).lstrip("\ufeff").splitlines()[0].split(",")
    assert header == ["indicator_zh", "area_zh", "unit", "as_of", "year", *names, *later]
    units = {
        row["indicator"]: row["unit"] for row in csv.DictReader(io.StringIO(evaluation_csv(found).lstrip("\ufeff")))
    }
    assert units == {one.id: one.unit_zh for one in found.issued.baselines.commitments}
    milk = json.loads(evaluation_json(found))["indicators"][0]["region"]
    assert round(milk["figures"]["needed_growth"], 2) == 10.87
    assert milk["verdict_zh"] == "预警"


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_a_growth_that_is_too_fast_is_measured_by_one_basis_and_says_by_which_of_its_years(year, evaluated, baselines):
    found = evaluated({}, year)
    span, warned = found.years_left, set()
    for one in baselines.commitments:
        row = found.region(one.id)
        if row["warning"] not in ("too_fast", "both"):
            continue
        warned.add(one.id)
        series = baselines.series[one.quantity, REGION, baselines.basis]
        years = [at for at in series if at <= year]
        assert (row["fastest_basis"], row["fastest_since"], row["fastest_until"]) == (
            baselines.basis,
            min(years),
            max(years),
        )
        said = " ".join(sentences(found, one.id))
        assert (
            f"高于2016年普查后口径{min(years)}—{max(years)}年统计数（不含方案填报的数）中任何{span}年的最快增速" in said
        )
        assert "其他口径的数不可比，未计入" in said
        assert f"in the statistics of {min(years)} to {max(years)} after the 2016 census" in " ".join(
            sentences(found, one.id, lang="en")
        )
    assert warned


def test_what_grew_faster_on_an_older_basis_is_not_denied(evaluated, baselines):
    """Milk grew by two thirds a year from 2001, before the census: no text may speak of all there ever was."""
    older = baselines.series["milk_output", REGION, "pre-census-2016"]
    assert (older[2004] / older[2001]) ** (1 / 3) > 1.6 > 1 + evaluated({}, 2022).region("milk")["fastest_growth"] / 100
    everything = re.compile("历史上任何|历史最快|有数据以来|never seen|since there are figures")
    assert [code for code, texts in catalogue().items() if any(map(everything.search, texts.values()))] == []


@pytest.mark.parametrize("seed", range(tried(2, 4)))
@pytest.mark.parametrize("issue", [False, True])
def test_as_of_the_target_year_all_of_the_way_was_due(seed, issue, evaluated, baselines):
    """What was due leads to the target that the row is measured by: the one that was issued, as it is written."""
    asked = Scenario() if seed == 0 else random_scenario(seed, baselines)
    if issue:
        some = baselines.commitments[0]
        asked = asked.model_copy(
            update={"issued": Issued(number="1", targets={some.id: dict.fromkeys(some.leagues, some.target / 7.0)})}
        )
    found = evaluated(asked, baselines.target_year)
    due = {key: row["schedule"] for key, row in found.by_key.items() if not np.isnan(row["schedule"])}
    assert len(due) > 20
    assert due == pytest.approx(dict.fromkeys(due, 100.0), abs=1e-9)


def test_on_a_straight_way_two_years_of_five_are_two_fifths_of_it(evaluated, baselines):
    rates = [one for one in baselines.commitments if one.is_rate]
    found = evaluated({"path": {one.id: "linear" for one in rates}}, 2022)
    due = [found.by_key[one.id, code]["schedule"] for one in rates for code in one.leagues]
    assert [part for part in due if not np.isnan(part)] == pytest.approx([40.0] * len(due))


@pytest.mark.parametrize("year", [2020, 2022, 2025])
def test_counts_and_years_are_written_as_whole_numbers(evaluated, year):
    found = evaluated({}, year)
    whole = [column.name for column in EVALUATION if column.sort == "whole"]
    assert whole == ["reported", "expected", "fastest_first", "fastest_last", "fastest_since", "fastest_until"]
    rows = list(csv.DictReader(io.StringIO(evaluation_csv(found).lstrip("\ufeff"))))
    cells = {row[name] for row in rows for name in (*whole, "as_of", "year")}
    assert [cell for cell in cells if cell and not cell.isdigit()] == []
    for one in json.loads(evaluation_json(found))["indicators"]:
        told = [one["region"]["figures"][name] for name in whole]
        assert [value for value in told if value is not None and not isinstance(value, int)] == []
        assert one["region"]["figures"]["expected"] == 12


def test_a_projection_that_is_the_target_reaches_it_exactly(evaluated, baselines, suggestions):
    plain = evaluated({}, 2022)
    targets = {one: plain.region(one)["printed_projection"] for one in ("milk", "beef_cattle_value", "forage_value")}
    found = evaluated({"target": targets}, 2022)
    for indicator in targets:
        assert found.region(indicator)["printed_gap"] == 0
        chinese, english = ("\n".join(sentences(found, indicator, REGION, lang)) for lang in ("zh", "en"))
        assert "，正好达到目标；" in chinese
        assert ", exactly the target; " in english
        assert not re.search(r"比目标[多少]0\.0|\D0\.00 [^.]*(?:above|short of) the target", chinese + english)
    assert "比目标多0" not in told_of_entry_at_target(evaluated)
    issued = make_plan(Scenario(), baselines, suggestions)
    level = {"milk": float(issued.printed.by_indicator["milk"]["projection"])}
    notes = take_notes(make_plan(Scenario.model_validate({"target": level}), baselines, suggestions))
    said = [note.text(lang) for note in notes if note.indicator == "milk" for lang in ("zh", "en")]
    assert [one for one in said if re.search(r"富余0\.0|surplus 0\.0", one)] == []


def told_of_entry_at_target(evaluated) -> str:
    """What is said where a growth was entered that leads to the target to the printed digit."""
    entered = {"growth": {"milk": {REGION: 15}}}
    level = evaluated(entered, 2022).region("milk")["printed_projection"]
    told = "".join(sentences(evaluated({**entered, "target": {"milk": level}}, 2022), "milk"))
    assert "正好达到目标" in told
    return told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sentence_can_be_said_in_both_languages(lang, evaluated, baselines):
    reported = {code: {"2022": 60.0} for code in baselines.areas if code != REGION}
    scenarios = (
        {},
        {"actual": {"milk": reported}},
        {"actual": {"milk": {REGION: {"2022": 2000}, "150500": {"2022": 90}}}, "passed": {"milk": "lend"}},
    )
    for scenario in scenarios:
        for year in (2020, 2022, 2024, 2025):
            found = evaluated(scenario, year)
            for indicator in baselines.by_id:
                for code in (REGION, "150500", "150300"):
                    for said in sentences(found, indicator, code, lang):
                        assert "nan" not in said
                        assert "—万" not in said


def test_a_preliminary_figure_is_told_and_the_final_one_counts(evaluated):
    final = {"value": 740, "source": "年报", "preliminary": 733.8}
    found = evaluated({"actual": {"milk": {REGION: {"2022": final}}}}, 2022)
    assert found.region("milk")["current"] == 740
    assert any("快报数为733.80" in one for one in sentences(found, "milk"))


def test_the_counts_of_a_league_are_its_own(evaluated):
    found = evaluated({"actual": {"milk": {"150500": {"2022": 80}}}}, 2022)
    assert "1项已达目标" in headline(found, "150500").text("zh")
    assert "0项已达目标" in headline(found).text("zh")


def told_of_entry(evaluated, growth: float, year: int, lang: str = "zh", code: str = REGION) -> dict[str, str]:
    found = evaluated({"growth": {"milk": {REGION: growth}}}, year)
    return {note.code: note.text(lang) for note in evaluation_notes(found, found.issued.baselines.by_id["milk"], code)}


def test_an_entered_growth_stands_beside_history_and_asks_for_no_adjustment_above_the_target(evaluated):
    told = told_of_entry(evaluated, 15, 2022)
    assert "仅按历史趋势，2025年推算为815.23万吨，比目标少184.77万吨，达成可能性为5%至20%" in told["by_history"]
    above = told["as_entered_above"]
    assert "按填报增速，2025年为1,116.02万吨（年均增长15.00%），比目标多116.02万吨，达成可能性为50%至80%" in above
    assert "高于历史支持的合理区间" in above
    assert "unlikely" in told
    assert not {"short", "over", "adjust", "adjust_entered"} & set(told)


def test_whether_to_adjust_is_asked_by_what_was_entered_where_it_falls_short(evaluated):
    told = told_of_entry(evaluated, 5, 2022)
    assert "从2022年起按填报增速" in told["adjust_entered"]
    assert not {"short", "over", "adjust"} & set(told)
    assert {"short", "adjust"} <= {note.code for note in _milk_notes(evaluated({}, 2022))}


def _milk_notes(evaluation: Evaluation):
    return list(evaluation_notes(evaluation, evaluation.issued.baselines.by_id["milk"], REGION))


@pytest.mark.parametrize(("lang", "year"), by_turns(["zh", "en"], [2020, 2022, 2024]))
def test_an_evaluation_never_calls_an_entry_a_trend(lang, year, evaluated):
    word = {"zh": "趋势", "en": "trend"}[lang]
    for code in (REGION, "150500"):
        for growth in (-30, 3, 15):
            told = told_of_entry(evaluated, growth, year, lang, code)
            assert any(one.startswith("as_entered") for one in told)
            for said in (text for one, text in told.items() if one not in ("by_history", "unlikely")):
                assert word not in said


def test_the_band_of_an_entry_is_asked_of_the_target_handed_down(evaluated):
    growth = {"growth": {"milk": {REGION: 15}}}
    issued = growth | {"issued": {"targets": {"milk": {"150500": 500.0}}}}
    for asked, band in ((growth, "20%至50%"), (issued, "5%以下")):
        (said,) = (one for one in sentences(evaluated(asked, 2022), "milk", "150500") if "按填报增速" in one)
        assert f"达成可能性为{band}" in said


FALLING = {
    "actual": {"milk": {REGION: {"2022": 590}, "150500": {"2022": 30}}, "improved_breed_rate": {REGION: {"2022": 92.9}}}
}


def test_a_rate_rises_and_an_amount_grows_in_every_sentence(evaluated):
    """As on the sheet of an evaluation: 提高 stands before points, 增长 before per cent."""
    found = evaluated({}, 2022)
    plan = found.issued
    rate = plan.baselines.by_id["improved_breed_rate"]
    notes = [*evaluation_notes(found, rate, REGION), by_history(plan, rate, REGION)]
    told = [note.text("zh") for note in notes] + [sentences(evaluated({}, 2024), "improved_breed_rate")[-2]]
    assert {"需年均提高", "年需提高"} <= set(re.findall(r"(?:需年均|年需)提高", "\n".join(told)))
    assert [
        one for one, said in catalogue().items() if re.search(r"增长[^{，；]*\{needed\}\{per_year\}", said["zh"])
    ] == []
    assert not re.search(r"(?:年均|年需)增长", "\n".join(told))
    english = "\n".join(note.text("en") for note in notes)
    assert re.search(r"a rise of [\d.]+ percentage points a year or more", english)
    assert re.search(r"a rise of [\d.]+ percentage points a year", english)
    assert not re.search(r"growth of [\d.]+ percentage points|grew by", english)


def test_what_falls_is_not_said_to_grow_nor_to_have_covered_any_way(evaluated):
    found = evaluated(FALLING, 2022)
    told = "\n".join(sentences(found, "milk"))
    assert "2020—2022年内蒙古自治区年均下降1.77%。" in told
    assert "低于基期值，目标实现进度为负（-5.53%），年度应达进度" in told
    assert "进度状态：滞后。" in told
    english = "\n".join(sentences(found, "milk", REGION, "en"))
    assert "fell by 1.77 % a year" in english
    assert "it is below the base-year value (progress -5.53 %)" in english
    assert "年均下降0.28个百分点" in "\n".join(sentences(found, "improved_breed_rate"))
    lower = evaluated({"target": {"milk": 600}, "actual": {"milk": {REGION: {"2022": 620}}}}, 2022)
    # There is no way from the base to a target below it: nothing is told of how far it is covered.
    assert sentences(lower, "milk")[0].endswith("完成目标的103.33%；时间进度40.00%；进度状态：提前实现。")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_of_a_plan_or_its_evaluation_grows_by_less_than_nothing(lang, evaluated, baselines):
    growth = {one.id: {REGION: -3.0} for one in baselines.commitments if not one.is_rate}
    told = []
    for scenario in (FALLING, FALLING | {"growth": growth}, {"growth": growth}):
        for year in (2020, 2022, 2025):
            found = evaluated(scenario, year)
            for one in baselines.commitments:
                for code in (REGION, "150500", "150300"):
                    told += sentences(found, one.id, code, lang)
                    subjects = (by_history, as_entered)
                    told += [said.text(lang) for say in subjects if (said := say(found.issued, one, code))]
    assert [
        one for one in told if re.search(r"增长-|下降-|grew by -|进度-|- ?-\d|progress -[\d.]+ % of the way", one)
    ] == []
    assert any({"zh": "年均下降", "en": "fall of 3.00 % a year"}[lang] in one for one in told)


def test_monitorings_words_stand_where_their_thresholds_are_explained(evaluated):
    for value, word in ((720, "滞后"), (745, "基本符合预期"), (800, "快于预期"), (1001, "提前实现")):
        found = evaluated({"actual": {"milk": {REGION: {"2022": value}}}}, 2022)
        assert f"进度状态：{word}。" in "\n".join(sentences(found, "milk"))
        assert f"“{word}”" in thresholds(found).text("zh")
        assert f"进度状态：{word}。" in "\n".join(list_evaluation(found, "zh"))
    final = thresholds(evaluated({}, 2025)).text("zh")
    assert "“完成”" in final
    assert "可能性" not in final
    issued = {"number": "内农牧发〔2021〕1号", "targets": {"milk": {"150500": 61}}}
    assert "内农牧发〔2021〕1号" in "\n".join(list_evaluation(evaluated({"issued": issued}, 2022), "zh"))


def test_warnings_are_said_to_be_of_the_region_and_named_leagues_alone(evaluated, baselines):
    slow = {"growth": {"milk": {"150300": -10}}, "actual": {"milk": {"150300": {"2023": 0.4}}}}
    found = evaluated(slow, 2023)
    assert "150300" not in baselines.by_id["milk"].leagues
    row = found.by_key["milk", "150300"]
    assert (row["band"], row["verdict"], row["warning"]) == ("5-20 %", "open", "")
    warned = found.rows[found.rows["warning"] != ""]
    assert (warned["named"] | (warned["code"] == REGION)).all()
    assert (warned.loc[warned["code"] != REGION, "warning"] == "unlikely").all()
    brief = brief_values(found, "150300", "zh")
    assert "0项预警" in brief["headline"]
    for told, said in (
        (brief["thresholds"], "其他盟市不分担缺口，不作预警"),
        (thresholds(found).text("en"), "not warned of"),
    ):
        assert said in told


@pytest.mark.parametrize(("region", "code"), [(97.0, "unreported_beyond"), (30.0, "unreported_times"), (94.0, None)])
def test_estimates_that_are_not_adjusted_are_told_for_the_reason_that_they_are_not(region, code, evaluated, baselines):
    few = {"152500": {"2022": 80}, "150400": {"2022": 82}, "150800": {"2022": 85}}
    few = few if region > 94 else {}
    found = evaluated({"actual": {"improved_breed_rate": few | {REGION: {"2022": region}}}}, 2022)
    notes = list(evaluation_notes(found, baselines.by_id["improved_breed_rate"], REGION))
    assert [note.code for note in notes if note.code.startswith("unreported")] == [code] * bool(code)
    told = {lang: " ".join(note.text(lang) for note in notes) for lang in ("zh", "en")}
    assert ("相差过大" in told["zh"], "too far to adjust" in told["en"]) == (code == "unreported_times",) * 2
    beyond = "会使其中有的低于0或高于100%" in told["zh"], "below 0 or above 100 %" in told["en"]
    assert beyond == (code == "unreported_beyond",) * 2


def test_a_verdict_that_the_projection_alone_would_not_give_is_explained(evaluated, baselines):
    explained = set()
    for year in (2020, 2022):
        plain = evaluated({}, year)
        for part in (0.98, 0.995, 1.002, 1.01):
            targets = {
                one.id: round(min(plain.region(one.id)["projection"] * part, one.ceiling or np.inf), 2)
                for one in baselines.commitments
            }
            found = evaluated({"target": targets}, year)
            for one in baselines.commitments:
                row = found.region(one.id)
                codes = {note.code for note in evaluation_notes(found, one, REGION)}
                short = row["verdict"] == "expected" and row["printed_gap"] > 0
                over = row["verdict"] in ("open", "warned") and row["printed_gap"] <= 0 and row["band"] != ""
                assert ("expected_though_short" in codes) == short
                assert ("open_though_over" in codes) == over
                explained |= codes & {"expected_though_short", "open_though_over"}
    assert explained


@pytest.mark.parametrize("as_of", [2021, 2022, 2023, 2024])
def test_an_estimate_that_was_adjusted_to_the_regions_figure_says_by_which_factor(evaluated, as_of):
    found = evaluated({"actual": {"milk": {"150500": {"2023": 70}}}}, as_of)
    baselines, adjusted = found.issued.baselines, 0
    for indicator in ("milk", "forage_value", "improved_breed_rate"):
        for league in baselines.by_id[indicator].leagues:
            if not found.by_key[indicator, league]["estimated"]:
                continue
            notes = {note.code: note for note in evaluation_notes(found, baselines.by_id[indicator], league)}
            # Since 2023 that league goes on from its own figure, which nothing adjusts.
            own = (indicator, league) == ("milk", "150500") and as_of > 2023
            factor = found.rebased.standings[indicator].factor
            says = "current_estimated_adjusted" in notes
            assert says == (round(factor - 1.0, 4) != 0 and not own), (indicator, league, factor)
            assert ("current_estimated" in notes) != says
            if says:
                adjusted += 1
                assert f"系数{factor:.2f}" in notes["current_estimated_adjusted"].text("zh")
    assert adjusted
