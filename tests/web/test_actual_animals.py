"""What may be entered as an actual and what the pages ask for are one list: animals of balances and herds too."""

import re

import pytest

from agriplan.analysis.balances_as_of import balances_as_of, fodder_as_of
from agriplan.analysis.cautions import cautions_of
from agriplan.analysis.evaluation import evaluate
from agriplan.engine.actuals import counted_actuals, said_as
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.errors import ScenarioError
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.web.pages.actuals import known_figures, reported_things
from tests.web.reading import send

ANIMALS = {"dairy_cow_stock", "cattle_offtake", "cattle_carcass", "sheep_offtake"}


def problems_of(indicator, code, data, suggestions):
    try:
        make_plan(parse_scenario({"actual": {indicator: {code: {"2022": 90}}}}), data, suggestions)
    except ScenarioError as error:
        return error.problems
    return []


@pytest.mark.parametrize("code", ["150000", "150500"])
def test_every_indicator_is_either_asked_for_on_the_page_or_refused_by_its_name(code, baselines, suggestions):
    offered = {thing.id for thing in reported_things(baselines, code, "zh")}
    assert offered >= ANIMALS | {"livestock_units", "milk"}
    named = {**baselines.indicators, **baselines.by_id}
    for indicator, one in named.items():
        found = problems_of(indicator, code, baselines, suggestions)
        assert (found == []) == (said_as(baselines, indicator) in offered), indicator
        for problem in found:
            assert problem.code in {"unused_indicator", "wrong_area"}
            if problem.code == "unused_indicator":
                assert one.name_zh in problem.text("zh")
                assert one.name_en in problem.text("en")
    (unknown,) = problems_of("pig_stok", code, baselines, suggestions)
    assert unknown.code == "unknown_indicator"


def test_an_observed_quantity_leads_to_the_indicator_whose_it_is(baselines, suggestions):
    with pytest.raises(ScenarioError) as caught:
        make_plan(parse_scenario({"growth": {"milk_output": {"150500": 3}}}), baselines, suggestions)
    (problem,) = caught.value.problems
    assert (problem.code, problem.suggestion) == ("unused_indicator", "milk")


@pytest.mark.parametrize("code", ["150000", "150500"])
def test_of_what_is_entered_and_known_one_figure_a_year_counts(client, code, baselines):
    with client.application.test_request_context():
        things = list(reported_things(baselines, code, "zh"))
        known = {(thing.id, year) for thing in things for year in thing.known}
        assert code != "150000" or ("milk", 2022) in known
        entered = {}
        for indicator, year in known:
            entered.setdefault(indicator, {code: {}})[code][str(year)] = 70
        rows = known_figures(parse_scenario({"actual": entered}), baselines, code, things, "zh")
    counted = [(row["thing"].id, row["year"], row["value"]) for row in rows if not row["why_not"]]
    assert sorted(counted) == sorted((*each, 70) for each in known)


def test_animals_count_as_actuals_before_the_figures_of_the_data(baselines):
    entered = parse_scenario({"actual": {"dairy_cow_stock": {"150000": {"2022": 161}, "150100": {"2022": 38}}}})
    known = counted_actuals(entered, baselines)
    assert known["dairy_cow_stock", "150000", 2022].value == 161
    assert known["dairy_cow_stock", "150100", 2022].value == 38
    assert known["dairy_cow_stock", "150000", 2021].value == 143.4


def test_a_herd_of_the_region_says_that_it_weighs_nothing(baselines, suggestions):
    herd = {"actual": {"livestock_units": {"150000": {"2022": 9200}}}}
    bare, entered = (make_plan(parse_scenario(one), baselines, suggestions) for one in ({}, herd))
    (caution,) = [one for one in cautions_of(entered) if one.code == "herd_of_region"]
    assert caution.place == "actual.livestock_units.150000.2022"
    assert not [one for one in cautions_of(bare) if one.code == "herd_of_region"]


def test_animals_and_herds_that_are_entered_count_in_the_balances_of_an_evaluation(baselines, suggestions):
    entered = {"dairy_cow_stock": {"150000": {"2022": 161}}, "livestock_units": {"150000": {"2022": 9200}}}
    plan = make_plan(parse_scenario({"actual": entered}), baselines, suggestions)
    evaluation = evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022)
    (milk,) = balances_as_of(evaluation, "milk", "150000")
    assert (milk.figures.stock, milk.stock_year) == (161, 2022)
    assert milk.figures.each == pytest.approx(733.8 / 161)
    fodder = fodder_as_of(evaluation, "forage_value", "150000")
    assert (fodder.figures.herd, fodder.year) == (9200, 2022)


def test_animals_of_a_year_without_a_quantity_say_so_until_it_is_there(baselines, suggestions):
    animals = {"cattle_offtake": {"150500": {"2022": 95}}}
    for more, is_alone in (({}, True), ({"beef_output": {"150500": {"2022": 15.0}}}, False)):
        plan = make_plan(parse_scenario({"actual": animals | more}), baselines, suggestions)
        assert ("animals_alone" in {one.code for one in cautions_of(plan)}) == is_alone


def test_the_pages_have_fields_for_animals_and_say_what_they_count_in(client):
    for code in ("150000", "150100"):
        page = client.get(f"/actuals/{code}").text
        for indicator in ANIMALS:
            assert f'name="actual.{indicator}.{code}.2022"' in page, (code, indicator)
        assert page.count("只用于实物平衡") == len(ANIMALS) + (code == "150000")
    assert 'name="actual.livestock_units.150000.2022"' in client.get("/actuals/150000").text


def test_a_herd_that_is_entered_on_the_page_comes_back_in_its_field_and_is_looked_at(client):
    path = "actual.dairy_cow_stock.150000.2022"
    for value, is_far in (("161", False), ("1610", True)):
        page = send(client, "/actuals/150000", **{path.replace(".", "__"): value}).text
        assert re.search(f'name="{path}"[^>]*value="{value}"', page)
        assert ("的3倍，请核对" in page) == is_far
