"""An actual has one field in the form, whether it is a number or a figure with its source."""

import re

import pytest

from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.web.pages.form import field_values, lay_over, lay_what_fits, without_change
from tests.web.reading import send

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


def test_what_is_said_of_a_figure_makes_it_one_with_a_source_and_taking_it_out_a_number_again():
    said = {FIELD: "40.1", f"{FIELD}.source": "年报", f"{FIELD}.basis": "local", f"{FIELD}.price_year": "2021"}
    figure = lay_over(Scenario(), said).actual["milk"]["150500"]["2021"]
    assert (figure.value, figure.source, figure.basis, figure.price_year) == (40.1, "年报", "local", 2021)
    nothing = lay_over(SAID, {f"{FIELD}.source": ""})
    assert nothing == lay_over(Scenario(), {FIELD: "40.1"})
    assert canonical_json(nothing) == '{"actual":{"milk":{"150500":{"2021":40.1}}}}'


def test_another_number_keeps_what_the_same_form_says_of_it():
    form = {FIELD: "41", f"{FIELD}.source": "年报", f"{FIELD}.preliminary": ""}
    figure = lay_what_fits(SAID, form, lambda _: None).scenario.actual["milk"]["150500"]["2021"]
    assert (figure.value, figure.source) == (41, "年报")


def test_a_source_without_a_figure_is_refused_at_its_place():
    laid = lay_what_fits(Scenario(), {f"{FIELD}.source": "年报"}, lambda _: None)
    assert laid.scenario == Scenario()
    assert [blame.fields for blame in laid.blames] == [(f"{FIELD}.source",)]


def test_words_where_tables_of_figures_belong_are_refused_and_break_nothing():
    form = {"actual": "3", "actual.milk": "4", "actual.milk.150500": "7", f"{FIELD}.source": "年报", FIELD: "40.1"}
    laid = lay_what_fits(Scenario(), form, lambda _: None)
    assert laid.blames
    assert laid.scenario in (Scenario(), lay_over(Scenario(), {FIELD: "40.1", f"{FIELD}.source": "年报"}))


FAULTS = ("-5", "3,5", "38.5%", "多")
BESIDE = {"source": "年报", "basis": "local", "preliminary": "39", "definition": "另一口径"}


def wrong_fields(page: str) -> set[str]:
    return set(re.findall(r'id="f-([^"]+)"[^>]*aria-invalid="true"', page))


@pytest.mark.parametrize("typed", FAULTS)
@pytest.mark.parametrize("beside", [(), ("source",), tuple(BESIDE)], ids=len)
def test_a_fault_of_a_figure_is_told_at_the_field_that_has_it_and_once(client, typed, beside):
    form = {FIELD: typed, **{f"{FIELD}.{name}": BESIDE[name] for name in beside}}
    page = send(client, "/actuals/150500", **form).text
    assert wrong_fields(page) == {FIELD}
    assert page.count('class="fault"') == 1
    for path, said in form.items():
        assert re.search(rf'id="f-{re.escape(path)}"', page)
        assert said in page, path


def test_a_fault_of_what_is_said_of_a_figure_is_its_own(client):
    form = {FIELD: "40.1", f"{FIELD}.source": "年报", f"{FIELD}.preliminary": "-1"}
    page = send(client, "/actuals/150500", **form).text
    assert wrong_fields(page) == {f"{FIELD}.preliminary"}
