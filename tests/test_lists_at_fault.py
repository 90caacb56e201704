"""A code mistyped in the list that defines it is told there, once, and not at everything that refers to it."""

import pytest
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines
from agriplan.errors import BaselinesError

# Which list, the code as it is, as it was typed, and where that is told.
LISTED = [
    ("leagues.csv", "150500,通", "150501,通", "leagues.csv:6: code"),
    ("leagues.csv", "150500,通", "159999,通", "leagues.csv:6: code"),
    ("leagues.csv", "150500,通", "15050,通", "leagues.csv:6: code"),
    ("leagues.csv", "150500,通", "通辽市,通", "leagues.csv:6: code"),
    ("leagues.csv", "150500,通", "150400,通", "leagues.csv:7"),
    ("leagues.csv", "150500,通", "150000,通", "leagues.csv:6: code"),
    ("leagues.csv", "150100,呼", "150000,呼", "leagues.csv:2: code"),
    ("indicators.csv", "milk_output,", "milk_outptu,", "indicators.csv:2: indicator"),
    ("indicators.csv", "milk_output,", "dairy,", "indicators.csv:2: indicator"),
    ("indicators.csv", "milk_output,", "奶,", "indicators.csv:2: indicator"),
    ("indicators.csv", "milk_output,", "beef_output,", "indicators.csv:5"),
    ("sources.csv", "\nestimate,", "\nestimates,", "sources.csv:16: source"),
    ("plan.toml", 'code = "150000"', 'code = "150001"', "plan.toml: region.code"),
    ("plan.toml", "[bases.pre-census-2016]", "[bases.pre-census-2015]", "plan.toml: bases.pre-census-2015"),
    ("commitments.toml", 'id = "milk"', 'id = "milkk"', "commitments.toml: commitment[1].id"),
]
# Which unit of indicators.csv is typed wrongly, how, and where that is told.
UNITS = [
    ("Milk output,万吨", "Milk output,吨", "indicators.csv:2: unit_zh"),
    ("Forage output value,亿元", "Forage output value,万元", "indicators.csv:7: unit_zh"),
    ("奶牛存栏,Dairy cows in stock,万头", "奶牛存栏,Dairy cows in stock,头", "indicators.csv:10: unit_zh"),
]
# A code that is mistyped by whoever refers to it, once or in every row of a file, while others refer to it rightly.
REFERRED = [
    ("observed.csv", "150200,forage_value,", "150201,forage_value,", "observed.csv:111: area"),
    ("observed.csv", ",forage_value,", ",forage_valeu,", "observed.csv:109: indicator"),
    ("observed.csv", ",yearbook,", ",nianjian,", "observed.csv:3: source"),
]


def told(tmp_path, file, right, typed):
    text = (SHIPPED / file).read_text(encoding="utf-8")
    assert right in text
    folder = broken_copy(SHIPPED, tmp_path / "copy", [{"file": file, "whole": text.replace(right, typed)}])
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    return caught.value.problems


@pytest.mark.parametrize(("file", "right", "typed", "place"), LISTED)
def test_a_code_mistyped_where_it_is_listed_is_told_there_alone(file, right, typed, place, tmp_path):
    (problem,) = told(tmp_path, file, right, typed)
    assert problem.place == place
    assert problem.suggestion is not None
    assert problem.suggestion in right


@pytest.mark.parametrize(("right", "typed", "place"), UNITS)
def test_a_unit_with_which_no_figure_agrees_is_told_in_its_list_alone(right, typed, place, tmp_path):
    (problem,) = told(tmp_path, "indicators.csv", right, typed)
    assert (problem.place, problem.code) == (place, "unit_of_nothing")
    assert problem.suggestion == right.rpartition(",")[2]


@pytest.mark.parametrize(("file", "right", "typed", "place"), REFERRED)
def test_a_code_mistyped_by_what_refers_to_it_is_told_there(file, right, typed, place, tmp_path):
    problems = told(tmp_path, file, right, typed)
    assert problems[0].place == place
    assert {one.place.partition(":")[0] for one in problems} == {file}


def test_a_code_mistyped_in_its_list_hides_no_other_mistake(tmp_path):
    slips = [
        {"file": "leagues.csv", "find": "150500,通", "put": "150501,通"},
        {"file": "observed.csv", "find": "150200,forage_value,2020", "put": "150290,forage_value,2020"},
    ]
    with pytest.raises(BaselinesError) as caught:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", slips))
    assert [(one.place, one.suggestion) for one in caught.value.problems] == [
        ("leagues.csv:6: code", "150500"),
        ("observed.csv:111: area", "150200"),
    ]
