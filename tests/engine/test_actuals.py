"""Actual figures: the data's after the base year count, an entry counts before them, another basis never does."""

import pytest

from agriplan.engine.plan import fingerprint, make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.report.plan_json import to_json
from agriplan.workbook.evaluate.book import evaluated
from tests.engine.test_region_actuals import region
from tests.workbook.evaluation import compiled

# Figures of the region that the data hold for years after the base year, on the plan's basis.
OF_THE_DATA = {
    ("milk", 2021): 673.2,
    ("milk", 2022): 733.8,
    ("milk", 2023): 783.7,
    ("meat_sheep_value", 2021): 113.65 * 7.586,
    ("beef_cattle_value", 2024): 89.1 * 7.731,
    ("beef_cattle_value", 2025): 101.7 * 7.731,
}
ENTRIES = {
    "a number": ({"milk": {"150000": {"2022": 740}}}, "milk", 740.0),
    "a figure with its source": (
        {"milk": {"150000": {"2022": {"value": 740, "source": "年报", "preliminary": 733.8}}}},
        "milk",
        740.0,
    ),
    "the observed quantity": ({"milk_output": {"150000": {"2022": 740}}}, "milk", 740.0),
    "a value's quantity": ({"mutton_output": {"150000": {"2022": 114}}}, "meat_sheep_value", 114 * 7.586),
    "a value's quantity and unit value": (
        {"mutton_output": {"150000": {"2022": 114}}, "mutton_unit_value": {"150000": {"2022": 7.0}}},
        "meat_sheep_value",
        114 * 7.0,
    ),
    "a value itself": (
        {"meat_sheep_value": {"150000": {"2022": 900}}, "mutton_output": {"150000": {"2022": 114}}},
        "meat_sheep_value",
        900.0,
    ),
}


def test_figures_of_the_data_after_the_base_year_are_shown_as_actuals(plan):
    for (indicator, year), figure in OF_THE_DATA.items():
        assert region(plan, indicator, year)["actual"] == pytest.approx(figure), (indicator, year)
    shown = plan.years[plan.years["actual"].notna()]
    assert len(shown) == len(OF_THE_DATA)


@pytest.mark.parametrize(("actual", "indicator", "expected"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_counts_before_a_figure_of_the_data(actual, indicator, expected, baselines, suggestions):
    plan = make_plan(parse_scenario({"actual": actual}), baselines, suggestions)
    assert region(plan, indicator, 2022)["actual"] == pytest.approx(expected)


@pytest.mark.parametrize("code", ["150000", "150500"])
def test_the_workbook_shows_what_the_engine_shows(code, baselines, suggestions):
    actual = {name: areas for one, _, _ in ENTRIES.values() for name, areas in one.items()}
    actual |= {"beef_output": {"150500": {"2021": 13.0}, "150000": {"2021": 70.0}}}
    scenario = {"actual": actual, "unit_value_growth": {"beef_cattle_value": 2}}
    plan = make_plan(parse_scenario(scenario), baselines, suggestions)
    book = evaluated(compiled(plan, code).book)
    for indicator in baselines.by_id:
        table = book.sheets[indicator].tables["region_years"]
        said = dict(zip(table.keys, table.columns["actual"].values, strict=True))
        for year in range(2021, 2026):
            engine = region(plan, indicator, year)["actual"]
            assert said[str(year)] == (pytest.approx(engine) if engine == engine else ""), (indicator, year)
    years = book.sheets["years"].tables["years"]
    own = dict(zip(years.keys, years.columns["entered_actual"].values, strict=True))
    assert own["beef_cattle_value.150500.2021"] == pytest.approx(13.0 * 7.731 * 1.02)


def test_a_figure_on_another_basis_is_kept_and_not_counted(baselines, suggestions, plan):
    figure = {"value": 990, "source": "地方统计", "basis": "local"}
    scenario = parse_scenario({"actual": {"milk": {"150000": {"2024": figure}}}})
    other = make_plan(scenario, baselines, suggestions)
    assert other.scenario.actual["milk"]["150000"]["2024"].value == 990
    assert other.years.equals(plan.years)


def test_actuals_move_no_figure_of_a_plan_from_the_base_year(baselines, suggestions, plan):
    scenario = parse_scenario({"actual": {"milk": {code: {"2021": 70} for code in baselines.areas}}})
    other = make_plan(scenario, baselines, suggestions)
    assert other.lines.equals(plan.lines)
    assert other.leagues.equals(plan.leagues)


@pytest.mark.parametrize("asked", [{"as_of": 2020}, {"path": {"milk": "constant_growth"}}])
def test_an_evaluation_as_of_the_base_year_is_none_and_the_usual_path_no_entry(asked, baselines, suggestions, plan):
    base = parse_scenario(asked)
    assert fingerprint(base, baselines) == fingerprint(Scenario(), baselines)
    assert to_json(make_plan(base, baselines, suggestions)) == to_json(plan)
    assert canonical_json(make_plan(base, baselines, suggestions).scenario) == "{}"


@pytest.mark.parametrize(
    ("scenario", "place", "code"),
    [
        ({"as_of": 2019}, "as_of", "as_of_outside_plan"),
        ({"as_of": 2026}, "as_of", "as_of_outside_plan"),
        ({"passed": {"milc": "keep"}}, "passed.milc", "unknown_indicator"),
        ({"issued": {"targets": {"milc": {}}}}, "issued.targets.milc", "unknown_indicator"),
        ({"issued": {"targets": {"milk": {"150300": 1}}}}, "issued.targets.milk.150300", "issued_not_named"),
        (
            {"actual": {"milk": {"150000": {"2021": {"value": 1, "basis": "x"}}}}},
            "actual.milk.150000.2021.basis.x",
            "unknown_basis",
        ),
        (
            {"actual": {"improved_breed_rate": {"150500": {"2021": {"value": 101, "source": "年报"}}}}},
            "actual.improved_breed_rate.150500.2021.value",
            "out_of_range",
        ),
    ],
)
def test_what_no_evaluation_can_be_is_refused_at_its_place(scenario, place, code, baselines, suggestions):
    with pytest.raises(ScenarioError) as caught:
        make_plan(parse_scenario(scenario), baselines, suggestions)
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [(place, code)]


def test_a_quantity_that_is_a_commitment_has_one_figure_a_year_by_whatever_name(baselines, suggestions):
    def planned(milk, output):
        said = {"milk": {"150500": {"2021": milk}}, "milk_output": {"150500": {"２０２１": output}}}
        return make_plan(parse_scenario({"actual": said}), baselines, suggestions)

    assert planned(40, 40)
    with pytest.raises(ScenarioError) as refused:
        planned(40, 60)
    (problem,) = refused.value.problems
    assert (problem.place, problem.code) == ("actual.milk_output.150500.2021", "actual_said_twice")
