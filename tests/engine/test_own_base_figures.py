"""What leagues' own base-year figures make of the region's: its grade, and the sentences on what it counts from."""

from dataclasses import replace

import pytest

from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.notes import take_notes
from agriplan.baselines.grades import GRADES
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.workbook.evaluate.book import evaluated
from tests.workbook.evaluation import compiled

REGION = "150000"


def plan_with(baselines, suggestions, indicator, value):
    own = {indicator: {"150500": {"value": value, "source": "统计局"}}}
    return make_plan(parse_scenario({"baseline": own}), baselines, suggestions)


def evaluated_as_of(plan, baselines, suggestions, year=2022):
    return evaluate(plan, suggestions_as_of(baselines, suggestions, year), year)


def said(notes, indicator):
    return {note.code: note.text("zh") for note in notes if note.indicator == indicator}


@pytest.mark.parametrize(
    ("entered", "indicator", "grade"),
    [("milk_output", "milk", "reported"), ("meat_sheep_value", "meat_sheep_value", "derived")],
)
def test_a_sum_that_holds_own_figures_is_no_better_than_reported(baselines, suggestions, entered, indicator, grade):
    plan = plan_with(baselines, suggestions, entered, 50)
    assert plan.by_indicator[indicator]["grade"] == grade
    assert plan.by_indicator["forage_value"]["grade"] == "assumed"
    for code in (REGION, "150500"):
        book = evaluated(compiled(plan, code).book)
        assert book.sheets[indicator].scalars["grade"].value == book.words[f"grade.{grade}"]


def test_without_own_figures_the_grade_is_that_of_what_was_published(baselines, suggestions):
    plan = make_plan(parse_scenario({}), baselines, suggestions)
    assert plan.by_indicator["milk"]["grade"] == "official"


@pytest.mark.parametrize(("value", "code"), [(38.2, "reported_within_error"), (100, "reported_beyond_error")])
def test_a_base_that_own_figures_moved_is_told_beside_what_was_published(baselines, suggestions, value, code):
    plan = plan_with(baselines, suggestions, "milk_output", value)
    told = said(take_notes(plan), "milk")
    assert f"{611.5 - 35.87 + value:.2f}万吨" in told[code]
    assert "全区原基期值611.50万吨" in told[code]
    assert ("own_fit_differs_by_base" in told) == (code == "reported_beyond_error")
    assert "own_fit_differs" not in told


@pytest.mark.one_in(3)
@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("unit_value", ["of the data", "entered"])
@pytest.mark.parametrize("entered", ["", "mutton_output", "meat_sheep_value"])
def test_whose_quantity_is_its_own_is_told_whatever_the_unit_value_of_the_region_rests_on(
    grade, unit_value, entered, baselines, suggestions
):
    observed = baselines.observed
    at = (observed["indicator"] == "mutton_output") & (observed["area"] != REGION)
    of_price = observed["indicator"] == "mutton_unit_value"
    grades = observed["grade"].mask(at, "secondary").mask(of_price, grade)
    data = replace(baselines, observed=observed.assign(grade=grades))
    own = {entered: {"150500": {"value": 20, "source": "统计局"}}} if entered else {}
    own |= {"mutton_unit_value": {REGION: {"value": 7.2, "source": "区厅"}}} if unit_value == "entered" else {}
    notes = take_notes(make_plan(parse_scenario({"baseline": own}), data, suggestions))
    told = [note.about for note in notes if note.indicator == "meat_sheep_value" and note.code.startswith("reported")]
    assert told == ([("150500",)] if entered else [])


def test_what_an_evaluation_counts_from_is_told_of_the_region_where_it_is_not_what_was_published(
    baselines, suggestions
):
    evaluation = evaluated_as_of(plan_with(baselines, suggestions, "milk_output", 100), baselines, suggestions)
    milk = baselines.by_id["milk"]
    assert "全区原基期值为611.50万吨" in said(evaluation_notes(evaluation, milk, REGION), "milk")["from_sum"]
    assert "from_sum" not in said(evaluation_notes(evaluation, milk, "150500"), "milk")
    usual = evaluated_as_of(make_plan(parse_scenario({}), baselines, suggestions), baselines, suggestions)
    assert "from_sum" not in said(evaluation_notes(usual, milk, REGION), "milk")
