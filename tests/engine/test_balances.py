"""Balances: what a target takes in animals, yields and fodder, from figures that have a grade and a source."""

from dataclasses import fields

import pytest

from agriplan.analysis.balance_words import balance_notes
from agriplan.analysis.balances import BalanceFigures, FodderFigures, balances_of, fodder_of
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.report.balance_schema import BalanceReport, FodderReport

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
    said = [note.text() for note in balance_notes(plan, plan.baselines.by_id["meat_sheep_value"], REGION)]
    assert "2023年肉羊出栏6,000万只" in said[0]


def test_the_herd_takes_59_83_million_tonnes_of_hay_of_which_2483_are_stored_by_name(plan):
    fodder = fodder_of(plan, "forage_value", REGION)
    assert fodder.herd == 9105.9
    assert round(fodder.needed, 1) == 5982.6
    assert round(fodder.stored) == 2483
    assert fodder.rest == pytest.approx(fodder.needed - fodder.stored)
    said = " ".join(note.text() for note in balance_notes(plan, plan.baselines.by_id["forage_value"], REGION))
    assert "靠放牧、秸秆和外购" in said
    assert "缺" not in said


def test_a_league_is_measured_by_the_regions_coefficients_and_marked_so(plan):
    region, league = only(plan, "milk"), only(plan, "milk", "150500")
    assert league.by_region
    assert league.each == region.each
    assert league.stock == pytest.approx(35.87 / region.each)
    total = sum(only(plan, "milk", one.code).stock for one in plan.baselines.leagues)
    assert total == pytest.approx(region.stock, rel=1e-6)
    said = [note.text() for note in balance_notes(plan, plan.baselines.by_id["milk"], "150500")]
    assert "按全区系数推算" in said[0]


def test_balances_follow_the_target_in_force(baselines, suggestions):
    plan = make_plan(parse_scenario({"target": {"milk": 900}}), baselines, suggestions)
    assert only(plan, "milk").target_quantity == 900


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
