"""What a target takes in animals, yields and fodder, on the indicator's sheet: the engine's figures, live."""

import re
from dataclasses import replace

import openpyxl
import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.content.book import describe_book
from tests.workbook.evaluation import compiled
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.restyling import ENGLISH, SHIPPED


def _row(book, sheet, table):
    return {name: column.values[0] for name, column in book.sheets[sheet].tables[table].columns.items()}


def test_a_thousand_of_milk_take_211_of_cows_at_4_73_or_7_73_of_129(plan):
    row = _row(describe_book(plan, "150000", "zh"), "milk", "balances")
    assert (round(row["each"], 2), round(row["stock"], 1)) == (4.73, 129.3)
    assert (round(row["stock_needed"], 1), round(row["each_needed"], 2)) == (211.4, 7.73)
    assert row["grade"]
    assert "来源" in row["basis"]


def test_fodder_is_5983_of_hay_and_what_is_not_stored_is_no_shortage(plan):
    row = _row(describe_book(plan, "150000", "zh"), "forage_value", "fodder")
    assert round(row["target_quantity"]) == 5983
    assert row["basis"].startswith("已列明的储备折2,483万吨，其余靠放牧、秸秆和外购。")


def test_a_league_is_measured_by_the_regions_coefficients_until_it_says_its_own(plan, baselines, suggestions):
    row = _row(describe_book(plan, "150500", "zh"), "milk", "balances")
    assert row["basis"].startswith("按全区系数推算。")
    own = parse_scenario({"baseline": {"dairy_cow_stock": {"150500": {"value": 6.5, "source": "通辽市农牧局"}}}})
    row = _row(describe_book(make_plan(own, baselines, suggestions), "150500", "zh"), "milk", "balances")
    assert row["stock"] == 6.5
    assert row["each"] == pytest.approx(35.87 / 6.5)
    assert not row["basis"].startswith("按全区系数推算。")


@pytest.mark.parametrize(("lang", "tonnes"), [("zh", "万吨"), ("en", "10,000 t")])
def test_what_a_target_takes_is_told_in_its_own_unit_also_where_the_sheet_is_in_money(lang, tonnes, plan):
    sheets = describe_book(plan, "150500", lang).sheets
    told = {one.id: sheets[one.id].scalars["balance_unit"].value for one in plan.baselines.commitments}
    assert told == dict.fromkeys(told, tonnes) | {"improved_breed_rate": None}
    sheet = openpyxl.load_workbook({"zh": SHIPPED, "en": ENGLISH}[lang])["{short}"]
    assert any("{balance_unit}" in str(cell.value) for row in sheet.rows for cell in row)


def test_an_indicator_without_a_balance_says_so(plan):
    assert (
        _row(describe_book(plan, "150500", "zh"), "improved_breed_rate", "balances")["about"] == "本指标没有实物平衡。"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("area", ["150000", "150500"])
def test_a_row_that_tells_of_no_balance_shows_no_figure(area, lang, plan):
    book, empty = describe_book(plan, area, lang), 0
    for commitment in plan.baselines.commitments:
        for table in ("balances", "fodder"):
            row = _row(book, commitment.id, table)
            if row["stock_name"] is None:
                empty += 1
                figures = {name: value for name, value in row.items() if isinstance(value, int | float)}
                assert figures == {}, (commitment.id, table)
    assert empty == 2 + 4  # balances of forage and of the rate; fodder of all but forage


def test_a_league_without_a_quantity_shows_nothing_that_each_animal_gives(baselines, suggestions):
    observed = baselines.observed
    # A named league has to enter what is missing.
    unnamed = {
        commitment.id: next(one.code for one in baselines.leagues if one.code not in commitment.leagues)
        for commitment in baselines.commitments
        if commitment.id in {balance.about for balance in baselines.balances.balance}
    }
    for indicator, league in unnamed.items():
        commitment = baselines.by_id[indicator]
        gone = (observed["area"] == league) & (observed["indicator"] == commitment.quantity)
        plan = make_plan(Scenario(), replace(baselines, observed=observed[~gone]), suggestions)
        book = compiled(plan, league)
        assert compare_with_engine(plan, book.book, book.values(book.given)).differences == []


@pytest.mark.parametrize("area", ["150000", "150500"])
def test_balances_follow_target_figure_and_herd_typed_into_the_file(area, plan, baselines, suggestions):
    scenario = parse_scenario(
        {
            "target": {"milk": 950, "beef_cattle_value": 600},
            "baseline": {
                "milk_output": {"150500": {"value": 38, "source": "通辽市统计局"}},
                "livestock_units": {"152500": {"value": 1650, "source": "锡盟农牧局"}},
            },
            "growth": {"livestock_units": {"150000": 1.5}},
            "unit_value_growth": {"beef_cattle_value": 1.0},
        }
    )
    book = compiled(make_plan(Scenario(), baselines, suggestions), area)
    typed = book.values(book.typed_in(scenario))
    changed = make_plan(scenario, baselines, suggestions)
    assert not compare_with_engine(changed, book.book, typed).differences
    default = book.values(book.given)
    for entry in (("milk", "balances", "stock_needed"), ("forage_value", "fodder", "target_quantity")):
        assert typed[entry] != default[entry]
    of_region = typed["assumptions", "herds", "herd"][0]
    assert of_region == pytest.approx(sum(typed["assumptions", "herds", "herd"][1:]))
    fodder, at_region = typed["forage_value", "fodder", "herd"][0], area == "150000"
    assert fodder == (of_region if at_region else default["forage_value", "fodder", "herd"][0])


def test_the_grade_of_a_balance_follows_an_own_output_that_is_typed_into_the_file(plan, baselines, suggestions):
    own = parse_scenario({"baseline": {"milk_output": {"152200": {"value": 20, "source": "兴安盟统计局"}}}})
    book = compiled(plan, "152200")
    grades = [book.values(given)["milk", "balances", "grade"] for given in (book.given, book.typed_in(own))]
    assert grades == [["假定"], ["推算"]]  # an own output is reported, what each cow gives is derived


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_grade_and_source_of_fodder_follow_a_herd_typed_into_the_file_or_cleared_there(
    lang, plan, baselines, suggestions
):
    own = parse_scenario({"baseline": {"livestock_units": {"150500": {"value": 950, "source": "某局"}}}})
    plans = [(Scenario(), plan), (own, make_plan(own, baselines, suggestions))]
    books = [compiled(made, "150500", lang) for _, made in plans]
    told = [[book.values(book.typed_in(scenario)) for scenario, _ in plans] for book in books]
    for name in ("grade", "basis", "herd"):
        (blank, typed), (cleared, entered) = ([found["forage_value", "fodder", name] for found in one] for one in told)
        assert blank == cleared != typed == entered
    (basis,) = told[0][1]["forage_value", "fodder", "basis"]
    named = "来源：某局；来源序号：19。" if lang == "zh" else "Source: 某局; sources no. 19."
    assert basis.endswith(named)


@pytest.mark.parametrize(("area", "grade"), [("150500", "推算"), ("150000", "假定")])
def test_fodder_has_its_grade_and_source_where_no_rate_is_weighted_by_the_herd(area, grade, baselines):
    data = of_indicators(baselines, {"forage_value"})
    row = _row(describe_book(make_plan(Scenario(), data, suggestions_for(data)), area, "zh"), "forage_value", "fodder")
    assert row["grade"] == grade
    assert re.search(r"来源序号：[\d、]+。$", row["basis"])
