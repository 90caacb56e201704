"""Unit values and herds of an earlier year in workbooks: live, and weighed and graded as the engine does."""

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.workbook.agreement import compare_with_engine
from tests.workbook.evaluation import compiled

INDICATORS = {"meat_sheep_value", "improved_breed_rate"}
REGION, LEAGUE = "150000", "150500"


def reported(baselines) -> dict:
    """Every league's mutton and rates of 2024, and a herd of 2022."""
    mutton = {
        league.code: {"2024": 9.0}
        for league in baselines.leagues
        if ("mutton_output", league.code) in baselines.base_figures
    }
    rates = {league.code: {"2024": 95.0} for league in baselines.leagues} | {LEAGUE: {"2024": 90.0}}
    return {"mutton_output": mutton, "improved_breed_rate": rates, "livestock_units": {LEAGUE: {"2022": 2000}}}


@pytest.mark.parametrize("area", [REGION, LEAGUE])
def test_formulas_carry_on_what_was_reported_for_an_earlier_year(area, baselines, suggestions):
    asked = {
        "as_of": 2024,
        "actual": {**reported(baselines), "mutton_unit_value": {REGION: {"2022": 7.9}}},
        "unit_value_growth": {"meat_sheep_value": 1},
        "growth": {"livestock_units": {LEAGUE: 10, REGION: 2}},
    }
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    book = compiled(plan, area)
    values = book.values(book.given)
    assert not compare_with_engine(plan, book.book, values).differences
    for indicator in INDICATORS:
        monitored = dict(zip(range(2020, 2026), values[indicator, "region_years", "actual"], strict=True))
        assert monitored[2024] == pytest.approx(values[indicator, None, "evaluated_current"])


@pytest.mark.parametrize("area", [REGION, LEAGUE])
def test_an_estimate_on_the_sheet_is_known_as_well_as_the_figure_that_is_carried_on(area, baselines, suggestions):
    """A league's rate of the base year is assumed, the one that it reports in 2022 is not."""
    actual = {
        "improved_breed_rate": {LEAGUE: {"2022": 91}, REGION: {"2021": 94}},
        "mutton_output": {LEAGUE: {"2022": 9}, REGION: {"2022": 114}},
    }
    asked = {"as_of": 2024, "actual": actual}
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    book = compiled(plan, area)
    assert baselines.base_figures["improved_breed_rate", LEAGUE].grade == "assumed"
    key = f"improved_breed_rate.{LEAGUE}"
    for made, values in (
        (plan, book.values(book.given)),
        (None, _typed(area, asked, baselines, suggestions)),
    ):
        assert made is None or not compare_with_engine(plan, book.book, values).differences
        table = book.book.sheets["evaluation"].tables["areas"]
        assert values["evaluation", "areas", "grade"][list(table.keys).index(key)] == "推算"


def _typed(area, asked, baselines, suggestions):
    """What the default book comes to once the same is typed into it."""
    default = compiled(make_plan(parse_scenario({}), baselines, suggestions), area)
    return default.values(default.typed_in(parse_scenario(asked)))


def test_a_unit_value_typed_for_an_earlier_year_moves_what_later_quantities_come_to(baselines, suggestions):
    quantity = {"mutton_output": {REGION: {"2024": 115.0}}}
    growth = {"meat_sheep_value": 1}
    made = make_plan(parse_scenario({"as_of": 2024, "actual": quantity}), baselines, suggestions)
    book = compiled(made, REGION)
    asked = {"as_of": 2024, "actual": {**quantity, "mutton_unit_value": {REGION: {"2022": 7.9}}}}
    typed = book.values(book.typed_in(parse_scenario(asked | {"unit_value_growth": growth})))
    assert typed["meat_sheep_value", "region_years", "actual"][4] == pytest.approx(115 * 7.9 * 1.01**2)
    assert typed["meat_sheep_value", None, "evaluated_current"] == pytest.approx(115 * 7.9 * 1.01**2)
