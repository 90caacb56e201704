"""An actual has one field in the form, whether it is a number or a figure with its source."""

from agriplan.engine.scenario import parse_scenario
from agriplan.web.pages.form import field_values, lay_over, without_change

SAID = parse_scenario({"actual": {"milk": {"150500": {"2021": {"value": 40.1, "source": "年报"}}}}})
FIELD = "actual.milk.150500.2021"


def test_the_field_shows_the_figure_and_leaves_its_source_alone():
    assert field_values(SAID)[FIELD] == "40.1"
    assert lay_over(SAID, {}) == SAID


def test_another_number_replaces_the_figure_and_its_source():
    assert lay_over(SAID, {FIELD: "41"}).actual == {"milk": {"150500": {"2021": 41.0}}}


def test_an_emptied_field_takes_the_figure_out_and_so_does_undoing_it():
    assert lay_over(SAID, {FIELD: ""}).actual == {}
    assert without_change(SAID, FIELD).actual == {}
