"""Balances: what a target takes in animals, yields and fodder, from figures that have a grade and a source."""

from dataclasses import fields, replace

import pandas as pd
import pytest

from agriplan.analysis.balance_words import balance_notes, balance_notes_as_of
from agriplan.analysis.balances import BalanceFigures, FodderFigures, balances_of, fodder_of
from agriplan.analysis.balances_as_of import balances_as_of, fodder_as_of
from agriplan.analysis.cautions import cautions_of
from agriplan.baselines.grades import GRADES
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.report.balance_schema import BalanceReport, FodderReport
from agriplan.report.tidy import tidy
from tests.thoroughness import FULL

REGION = "150000"


def only(plan, indicator, code=REGION):
    (found,) = balances_of(plan, indicator, code)
    return found


def test_ten_million_tonnes_of_milk_take_211_cows_at_todays_yield(plan):
    milk = only(plan, "milk")
    assert round(milk.each, 2) == 4.73
    assert milk.stock == 129.3
    assert round(milk.stock_needed) == 211
    assert round(milk.each_needed, 2) == 7.73
    assert milk.grade == "derived"


def test_beef_is_4_09_million_head_at_162_kilograms(plan):
    beef = only(plan, "beef_cattle_value")
    assert (beef.stock, beef.each) == (409.0, 162.0)
    assert beef.quantity == pytest.approx(beef.stock * beef.each / 1000, rel=0.01)
    assert beef.target_quantity == pytest.approx(560 / 7.731)


def test_mutton_is_measured_by_slaughter_of_the_year_that_is_known(plan):
    assert round(only(plan, "meat_sheep_value").each, 1) == 18.8
    said = [note.text("zh") for note in balance_notes(plan, plan.baselines.by_id["meat_sheep_value"], REGION)]
    assert "2023年肉羊出栏6,000万只" in said[0]


def test_the_herd_takes_59_83_million_tonnes_of_hay_of_which_2483_are_stored_by_name(plan):
    fodder = fodder_of(plan, "forage_value", REGION)
    assert fodder.herd == 9105.9
    assert round(fodder.needed, 1) == 5982.6
    assert round(fodder.stored) == 2483
    assert fodder.rest == pytest.approx(fodder.needed - fodder.stored)
    said = " ".join(note.text("zh") for note in balance_notes(plan, plan.baselines.by_id["forage_value"], REGION))
    assert "靠放牧、秸秆和外购" in said
    assert "缺" not in said


def test_a_league_is_measured_by_the_regions_coefficients_and_marked_so(plan):
    region, league = only(plan, "milk"), only(plan, "milk", "150500")
    assert league.by_region
    assert league.each == region.each
    assert league.stock == pytest.approx(35.87 / region.each)
    total = sum(only(plan, "milk", one.code).stock for one in plan.baselines.leagues)
    assert total == pytest.approx(region.stock, rel=1e-6)
    said = [note.text("zh") for note in balance_notes(plan, plan.baselines.by_id["milk"], "150500")]
    assert "按全区系数推算" in said[0]


def test_animals_of_another_time_than_the_quantity_are_not_set_equal_to_it(baselines, suggestions, plan):
    assert not any(only(plan, one, REGION).implied for one in ("milk", "beef_cattle_value", "meat_sheep_value"))
    half_as_much = {"150100": {"value": 220, "source": "呼和浩特市统计局"}}
    entered = make_plan(parse_scenario({"baseline": {"milk_output": half_as_much}}), baselines, suggestions)
    milk = only(entered, "milk")
    assert milk.implied
    assert milk.stock * milk.each == pytest.approx(milk.quantity)
    assert milk.stock > 129.3 * 1.1
    said = [note.text("zh") for note in balance_notes(entered, baselines.by_id["milk"], REGION)]
    assert "推算，相当于奶牛存栏" in said[0]


def test_a_balance_is_no_better_known_than_its_quantity(plan, evaluated):
    grades = list(GRADES)
    for balance in plan.baselines.balances.balance:
        for code in plan.baselines.areas:
            (found,) = balances_of(plan, balance.about, code)
            grade = plan.row_of(balance.about, code)["grade"]
            assert grades.index(found.grade) >= grades.index(grade), (balance.about, code)
    known = {
        "milk": {REGION: {"2022": 733.8}, "150500": {"2022": 40}},
        "dairy_cow_stock": {REGION: {"2022": 160}, "150500": {"2022": 8}},
    }
    for year in (2020, 2022, 2025):
        for actual in ({}, known):
            found = evaluated(year, actual=actual)
            for balance in plan.baselines.balances.balance:
                for code in plan.baselines.areas:
                    told = only_as_of(found, balance.about, code)
                    if told.figures.by_region:
                        row = found.by_key[balance.about, code]
                        assert grades.index(told.figures.grade) >= grades.index(row["grade"]), (year, row)
    # Xing'an's output is estimated from an assumed one, whatever the region publishes of its cows.
    assert only_as_of(evaluated(2022), "milk", "152200").figures.grade == "assumed"


def own(value, source="通辽市统计局"):
    return {"150500": {"value": value, "source": source}}


def test_a_league_with_cows_of_its_own_is_measured_by_them(baselines, suggestions, plan):
    entered = make_plan(parse_scenario({"baseline": {"dairy_cow_stock": own(8.0)}}), baselines, suggestions)
    league = only(entered, "milk", "150500")
    assert not league.by_region
    assert (league.stock, league.each) == (8.0, pytest.approx(35.87 / 8))
    assert league.stock_needed == pytest.approx(league.target_quantity / league.each)
    assert league.each_needed == pytest.approx(league.target_quantity / 8)
    assert "通辽市统计局" in league.sources
    said = next(iter(balance_notes(entered, baselines.by_id["milk"], "150500"))).text("zh")
    assert said.startswith("通辽市（按本盟市数）：")
    assert "按全区系数推算" not in said
    assert only(entered, "milk", "150100").by_region
    assert entered.leagues.equals(plan.leagues)  # a statement about the target, no part of the plan


def test_cows_of_a_league_in_the_data_count_as_its_own(baselines, suggestions):
    row = baselines.observed[baselines.observed["indicator"] == "dairy_cow_stock"].iloc[[0]]
    row = row.assign(area="150500", year=2020, value=8.0, basis=baselines.basis, grade="secondary")
    data = replace(baselines, observed=pd.concat([baselines.observed, row], ignore_index=True))
    league = only(make_plan(Scenario(), data, suggestions), "milk", "150500")
    assert (league.by_region, league.stock) == (False, 8.0)


def test_what_each_gives_may_be_a_leagues_own_too(baselines, suggestions):
    entered = make_plan(parse_scenario({"baseline": {"cattle_carcass": own(175)}}), baselines, suggestions)
    league = only(entered, "beef_cattle_value", "150500")
    assert (league.by_region, league.each) == (False, 175)
    assert league.stock * 175 / 1000 == pytest.approx(league.quantity)


@pytest.mark.parametrize(("about", "entered"), [("milk", "dairy_cow_stock"), ("beef_cattle_value", "cattle_carcass")])
def test_a_league_without_an_output_may_say_what_animals_it_has(about, entered, baselines, suggestions):
    seen, quantity = baselines.observed, baselines.by_id[about].quantity
    code = next(one.code for one in baselines.leagues if one.code not in baselines.by_id[about].leagues)
    data = replace(baselines, observed=seen[(seen["indicator"] != quantity) | (seen["area"] != code)])
    said = {"baseline": {entered: {code: {"value": 5, "source": "当地农牧局"}}}}
    assert list(balances_of(make_plan(parse_scenario(said), data, suggestions), about, code)) == []


def test_the_fodder_of_a_league_follows_its_own_herd(baselines, suggestions):
    entered = make_plan(parse_scenario({"baseline": {"livestock_units": own(1000)}}), baselines, suggestions)
    assert fodder_of(entered, "forage_value", "150500").needed == pytest.approx(1000 * 1.8 * 0.365)


def test_the_regions_fodder_counts_a_leagues_own_herd_in_the_base_year_as_in_the_target_year(baselines, suggestions):
    said = {"livestock_units": {"152500": {"value": 1650, "source": "锡盟农牧局"}}}
    entered = make_plan(parse_scenario({"baseline": said}), baselines, suggestions)
    region, leagues = (
        [fodder_of(entered, "forage_value", code) for code in codes]
        for codes in ([REGION], [league.code for league in baselines.leagues])
    )
    assert region[0].herd == pytest.approx(sum(one.herd for one in leagues))
    assert region[0].needed_target == pytest.approx(region[0].needed)  # no herd grows
    assert "锡盟农牧局" in region[0].sources


def test_cows_that_lost_their_unit_are_a_second_look_and_none_are_refused(baselines, suggestions):
    entered = make_plan(parse_scenario({"baseline": {"dairy_cow_stock": own(80_000)}}), baselines, suggestions)
    assert [one.code for one in cautions_of(entered)] == ["own_figure_far"]
    with pytest.raises(ScenarioError):
        make_plan(parse_scenario({"baseline": {"dairy_cow_stock": own(0)}}), baselines, suggestions)


def test_the_export_tells_whose_figures_a_league_is_measured_by(baselines, suggestions):
    entered = make_plan(parse_scenario({"baseline": {"dairy_cow_stock": own(8.0)}}), baselines, suggestions)
    rows = tidy(entered)
    rows = rows[rows["measure"].str.startswith("balances.dairy_cow_stock.")].set_index(["area", "measure"])
    assert rows.loc[("150500", "balances.dairy_cow_stock.stock"), "value"] == 8.0
    told = rows.xs("balances.dairy_cow_stock.by_region", level="measure")["text_zh"].to_dict()
    assert (told["150500"], told["150100"], told[REGION]) == ("否", "是", "否")


def test_balances_follow_the_target_in_force(baselines, suggestions):
    plan = make_plan(parse_scenario({"target": {"milk": 900}}), baselines, suggestions)
    assert only(plan, "milk").target_quantity == 900


def test_balances_tell_the_figures_that_are_printed_beside_them(baselines, suggestions, evaluated):
    growth = {"milk": {REGION: 3, "150500": 8}, "beef_cattle_value": {REGION: 2.3}}
    allocation = {"milk": {"rule": "by_headroom", "ceiling": {"150100": 30.5}, "lock": {"150400": 20}}}
    made = {"growth": growth, "allocation": allocation, "actual": {"milk": {"150100": {"2022": 150}}}}
    plan = make_plan(parse_scenario(made), baselines, suggestions)
    assert round(plan.league_row("milk", "150500")["target"], 2) != plan.printed.league_row("milk", "150500")["target"]
    evaluations = {year: evaluated(year, **made) for year in (2020, 2022)}
    for balance in baselines.balances.balance:
        indicator, has_price = balance.about, bool(baselines.by_id[balance.about].unit_value)
        line = plan.by_indicator[indicator]
        price = line["unit_value"] * (1 + line["unit_value_growth"] / 100) ** 5 if has_price else 1.0
        for code in baselines.areas:
            row = plan.printed.row_of(indicator, code)
            found = only(plan, indicator, code)
            assert found.target_quantity == pytest.approx(row["target"] / price, rel=1e-12)
            assert has_price or found.quantity == row["baseline"]
            for year, evaluation in evaluations.items():
                told, row = only_as_of(evaluation, indicator, code), evaluation.by_key[indicator, code]
                assert told.figures.target_quantity == pytest.approx(row["printed_target"] / price, rel=1e-12)
                if not has_price and told.year == year:
                    assert told.figures.quantity == row["printed_current" if year > 2020 else "printed_baseline"]


def only_as_of(evaluation, indicator, code):
    (found,) = balances_as_of(evaluation, indicator, code)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_balance_names_its_grade_and_sources(plan, lang):
    for commitment in plan.baselines.commitments:
        notes = list(balance_notes(plan, commitment, REGION))
        assert not notes or notes[-1].code == "sources"
        for note in notes:
            assert "nan" not in note.text(lang)


@pytest.mark.parametrize(("figures", "report"), [(BalanceFigures, BalanceReport), (FodderFigures, FodderReport)])
def test_json_tells_every_figure_of_a_balance(figures, report):
    # Whose they are is said where they stand.
    assert {field.name for field in fields(figures)} - {"indicator", "code"} == set(report.model_fields)


@pytest.fixture
def evaluated(evaluated):
    return lambda year, **scenario: evaluated(scenario, year)


@pytest.mark.parametrize(
    ("year", "indicator", "stock", "each", "of_year"),
    [
        (2020, "milk", 129.3, 4.73, 2020),
        (2021, "milk", 143.4, 4.69, 2021),
        (2022, "milk", 159.0, 4.62, 2022),
        (2025, "milk", 159.0, 4.62, 2022),
        (2022, "beef_cattle_value", 409.0, 162.0, 2020),
        (2025, "beef_cattle_value", 594.7, 171.0, 2025),
    ],
)
def test_an_evaluation_weighs_a_target_by_the_last_animals_known_by_its_year(
    year, indicator, stock, each, of_year, evaluated
):
    (found,) = balances_as_of(evaluated(year), indicator, REGION)
    assert (found.figures.stock, found.stock_year) == (stock, of_year)
    assert found.figures.each == pytest.approx(each, abs=0.02)
    said = "".join(note.text("zh") for note in notes_as_of(evaluated(year), indicator, REGION))
    assert f"年为{stock:.1f}" in said


def notes_as_of(evaluation, indicator, code):
    return list(balance_notes_as_of(evaluation, evaluation.issued.baselines.by_id[indicator], code))


@pytest.mark.parametrize("year", [2020, 2022, 2025])
def test_what_a_target_takes_is_asked_of_the_one_handed_down(year, evaluated, baselines):
    issued = {"number": "内农牧发〔2021〕1号", "targets": {"milk": {"150500": 50}, "beef_cattle_value": {"150500": 70}}}
    found = evaluated(year, issued=issued)
    for indicator, told in (("milk", "50.00万吨"), ("beef_cattle_value", f"{70 / 7.731:.2f}万吨")):
        (one,) = balances_as_of(found, indicator, "150500")
        factor = next(each.factor for each in baselines.balances.balance if each.about == indicator)
        assert one.figures.stock_needed * one.figures.each * factor == pytest.approx(one.figures.target_quantity)
        assert f"要达到2025年{baselines.indicators[baselines.by_id[indicator].quantity].name_zh}{told}" in "".join(
            note.text("zh") for note in notes_as_of(found, indicator, "150500")
        )
        (other,) = balances_as_of(found, indicator, REGION)
        assert other.figures.target_quantity == pytest.approx(
            baselines.by_id[indicator].target / (7.731 if indicator != "milk" else 1)
        )


@pytest.mark.parametrize(("told", "says"), [({}, True), ({"actual": {"milk": {"150100": {"2022": 20}}}}, False)])
def test_animals_that_follow_from_an_estimated_output_say_that_it_is_one(told, says, evaluated):
    actual = {"milk": {REGION: {"2022": 733.8}}, "dairy_cow_stock": {REGION: {"2022": 160}}}
    actual["milk"] |= told.get("actual", {}).get("milk", {})
    found = evaluated(2022, actual=actual)
    assert bool(found.by_key["milk", "150100"]["estimated"]) is says
    (note, *_) = notes_as_of(found, "milk", "150100")
    assert ("按估算的产量推算，2022年" in note.text("zh"), "2022, which is estimated" in note.text("en")) == (
        says,
        says,
    )
    assert "2022" in note.text("zh")


def test_animals_that_an_area_reports_are_weighed_by_in_its_evaluation(evaluated):
    actual = {"milk": {"150500": {"2022": 40}}, "dairy_cow_stock": {"150500": {"2022": 8}, REGION: {"2022": 160}}}
    actual["livestock_units"] = {REGION: {"2022": 9200}}
    found = evaluated(2022, actual=actual)
    (league,) = balances_as_of(found, "milk", "150500")
    assert (league.figures.stock, league.figures.each, league.figures.by_region) == (8, 5, False)
    (region,) = balances_as_of(found, "milk", REGION)
    assert region.figures.stock == 160
    (other,) = balances_as_of(found, "milk", "150100")
    assert other.figures.by_region
    assert other.figures.each == region.figures.each
    fed = fodder_as_of(found, "forage_value", REGION)
    assert (fed.figures.herd, fed.year) == (9200, 2022)
    assert fed.figures.needed == pytest.approx(9200 * 1.8 * 0.365)
    assert "2022年存栏9,200" in "".join(note.text("zh") for note in notes_as_of(found, "forage_value", REGION))
    # What was reported later stays out.
    (before,) = balances_as_of(evaluated(2021, actual=actual), "milk", "150500")
    assert before.figures.by_region


LATER = [(year, as_of) for year in range(2021, 2026) for as_of in range(year, 2026)]


@pytest.mark.parametrize(("year", "as_of"), LATER if FULL else [(2021, 2024), (2023, 2023), (2023, 2025)])
def test_a_value_weighs_as_the_quantity_behind_it_as_of_every_later_year(year, as_of, evaluated, baselines):
    balances = [one for one in baselines.balances.balance if baselines.by_id[one.about].unit_value]
    known, by_value, by_quantity = {}, {}, {}
    for balance in balances:
        one = baselines.by_id[balance.about]
        price = baselines.base_figures[one.unit_value, REGION].value
        known[one.unit_value] = {REGION: {"2022": 1.1 * price}}
        then = price * 1.02 if year == 2021 else 1.1 * price * 1.02 ** (year - 2022)
        said = {code: 1.2 * baselines.base_figures[one.quantity, code].value for code in (REGION, "152500")}
        known[balance.stock] = {code: {str(year): 777} for code in said}
        by_value[one.id] = {code: {str(year): quantity * then} for code, quantity in said.items()}
        by_quantity[one.quantity] = {code: {str(year): quantity} for code, quantity in said.items()}
    growth = {one.about: 2 for one in balances}
    both = [evaluated(as_of, unit_value_growth=growth, actual=known | given) for given in (by_value, by_quantity)]
    for one in balances:
        for code in (REGION, "152500", "150500"):
            ours, theirs = (only_as_of(found, one.about, code) for found in both)
            # The data know of 2025's cattle, which are known later still.
            assert ours.stock_year == theirs.stock_year
            assert ours.stock_year == year or (as_of, one.about) == (2025, "beef_cattle_value")
            for name in ("quantity", "stock", "each", "stock_needed", "each_needed"):
                figures = [getattr(told.figures, name) for told in (ours, theirs)]
                assert figures[0] == pytest.approx(figures[1], rel=1e-9), (one.about, code, name)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_as_of_any_year_every_balance_names_its_years_grade_and_sources(lang, evaluated, baselines):
    for year in (2020, 2022, 2025):
        found = evaluated(year)
        for indicator in baselines.by_id:
            for code in (REGION, "150500", "150300"):
                notes = notes_as_of(found, indicator, code)
                assert not notes or notes[-1].code == "sources"
                for note in notes:
                    assert "nan" not in note.text(lang)
                    assert "{" not in note.text(lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_there_already_is_said_to_be_enough_and_never_to_be_needed(lang, evaluated, baselines):
    enough, needed = {"zh": ("已满足需要", ("须有", "须达")), "en": ("enough", ())}[lang]
    told = set()
    for year, actual in ((2020, {}), (2022, {}), (2025, {}), (2025, {"beef_output": own(90)})):
        found = evaluated(year, actual=actual and {"beef_output": {"150500": {"2025": 90}}})
        for indicator in ("milk", "beef_cattle_value", "meat_sheep_value"):
            for code in (REGION, "150500"):
                notes = [
                    one
                    for one in notes_as_of(found, indicator, code)
                    if one.code not in ("today", "implied", "sources")
                ]
                balances = list(balances_as_of(found, indicator, code))
                for note in notes:
                    one = balances[0].figures
                    suffices = one.stock >= one.stock_needed or one.quantity >= one.target_quantity
                    assert (enough in note.text(lang)) == suffices, note.text(lang)
                    assert not suffices or not any(word in note.text(lang) for word in needed)
                    told.add((note.code, suffices))
    assert {("stock", False), ("stock_enough", True), ("league_enough", True)} <= told
