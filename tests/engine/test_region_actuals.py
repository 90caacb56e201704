"""What the region itself published counts before what its leagues add up to; observed quantities are kept."""

import math

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import canonical_json, parse_json, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.workbook.evaluate.book import evaluated
from tests.workbook.evaluation import compiled


def region(plan, indicator, year):
    rows = plan.years_of(indicator, plan.baselines.region.code)
    return rows[rows["year"] == year].iloc[0]


@pytest.fixture(scope="module")
def leagues(baselines):
    return {league.code: {"2024": 50.0} for league in baselines.leagues}  # a year that the data say nothing of


def test_the_regions_own_figure_is_shown_and_measured_before_any_league_has_reported(baselines, suggestions):
    plan = make_plan(parse_scenario({"actual": {"milk": {"150000": {"2021": 673.2}}}}), baselines, suggestions)
    row = region(plan, "milk", 2021)
    assert row["actual"] == 673.2
    assert row["completion"] == pytest.approx(673.2 / 1000 * 100)
    assert row["status"] != "no_actual"
    assert math.isnan(region(plan, "milk", 2024)["actual"])


def test_the_regions_own_figure_counts_before_the_sum_of_its_leagues(baselines, suggestions, leagues):
    added = make_plan(parse_scenario({"actual": {"milk": leagues}}), baselines, suggestions)
    both = make_plan(
        parse_scenario({"actual": {"milk": {**leagues, "150000": {"2024": 673.2}}}}), baselines, suggestions
    )
    assert region(added, "milk", 2024)["actual"] != 673.2
    assert region(both, "milk", 2024)["actual"] == 673.2


@pytest.mark.parametrize("code", ["150000", "150500"])
def test_the_workbooks_formulas_show_it_too(code, baselines, suggestions, leagues):
    scenario = parse_scenario({"actual": {"milk": {**leagues, "150000": {"2021": 673.2}},
                                          "improved_breed_rate": {"150000": {"2022": 95.5}}}})  # fmt: skip
    plan = make_plan(scenario, baselines, suggestions)
    book = evaluated(compiled(plan, code).book)
    for indicator, year, figure in (("milk", "2021", 673.2), ("improved_breed_rate", "2022", 95.5)):
        table = book.sheets[indicator].tables["region_years"]
        assert dict(zip(table.keys, table.columns["actual"].values, strict=True))[year] == figure
        assert region(plan, indicator, int(year))["actual"] == figure


def test_observed_quantities_herds_and_unit_values_are_accepted_and_kept(baselines, suggestions):
    actual = {
        "mutton_output": {"150000": {"2021": 113.7}, "150500": {"2021": 5.0}},
        "livestock_units": {"150500": {"2022": 1000.0}},
        "mutton_unit_value": {"150000": {"2021": 7.4}},
    }
    scenario = parse_scenario({"actual": actual})
    assert make_plan(scenario, baselines, suggestions).scenario == scenario
    assert parse_json(canonical_json(scenario)).actual == actual


@pytest.mark.parametrize(
    ("actual", "place", "code"),
    [
        ({"mutton_unit_value": {"150500": {"2021": 7.4}}}, "actual.mutton_unit_value.150500", "wrong_area"),
        ({"mutton_unit_value": {"150000": {"2021": 0}}}, "actual.mutton_unit_value.150000.2021", "not_above"),
        ({"livestock_units": {"150500": {"2021": 0}}}, "actual.livestock_units.150500.2021", "not_above"),
        ({"improved_breed_rate": {"150000": {"2021": 101}}}, "actual.improved_breed_rate.150000.2021", "out_of_range"),
        ({"mutton": {"150000": {"2021": 7}}}, "actual.mutton", "unknown_indicator"),
        ({"milk": {"150000": {"2020": 611.5}}}, "actual.milk.150000.2020", "year_outside_plan"),
    ],
)
def test_what_no_actual_can_be_is_refused_at_its_place(actual, place, code, baselines, suggestions):
    with pytest.raises(ScenarioError) as caught:
        make_plan(parse_scenario({"actual": actual}), baselines, suggestions)
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [(place, code)]
