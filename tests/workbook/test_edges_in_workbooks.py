"""Plans at the edge of sense say so in the cells of their workbooks, in both languages."""

import re
from dataclasses import replace

import pytest

from agriplan.analysis.notes import notes_concerning, take_notes
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.sentences import LANGS, say
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.first_page import PLACES_FOR_NOTES
from agriplan.workbook.evaluate.book import evaluated
from agriplan.workbook.files import load_template, write_workbook
from tests.thoroughness import by_turns
from tests.workbook.raw_edits import texts_by_sheet

# The indicators at whose edges the plans stand.
INDICATORS = {"milk", "meat_sheep_value", "beef_cattle_value"}

MILK = ("150100", "150200", "150600", "150800", "150900", "152200", "150500", "150400", "150700", "152500")
ZERO = {"milk_output": {"150500": {"value": 0, "source": "统计局"}}}
ERROR = re.compile(r"#[A-Z/0]+[!?A-Z0]*$")  # and not the address that a list of changes leads to
# Scenario, indicator, and the notes that must stand in the workbook.
EDGES = {
    "ceilings too low": ({"allocation": {"milk": {"ceiling": dict.fromkeys(MILK, 1)}}}, "milk", ["ceilings_short"]),
    "floors above the gap": ({"allocation": {"milk": {"floor": dict.fromkeys(MILK, 90)}}}, "milk", ["floors_exceed"]),
    "all leagues locked": ({"allocation": {"milk": {"lock": dict.fromkeys(MILK, 20)}}}, "milk", ["all_locked"]),
    "target below today": ({"target": {"milk": 600}}, "milk", ["surplus", "target_below_today"]),
    "zero baseline": ({"baseline": ZERO}, "milk", ["zero_baseline", "reported_beyond_error"]),
    "gap within the error": ({}, "meat_sheep_value", ["gap_within_error"]),
    "surplus": ({}, "beef_cattle_value", ["surplus"]),
}


@pytest.mark.parametrize(("edge", "file"), by_turns(EDGES, [("150500", "zh"), ("150000", "en")]))
def test_the_workbook_says_what_a_planner_needs_to_know(edge, file, baselines, suggestions):
    area, lang = file
    scenario, indicator, codes = EDGES[edge]
    plan = make_plan(parse_scenario(scenario), baselines, suggestions)
    data = write_workbook(plan, area, load_template(None, lang), lang)
    shown = texts_in(data)
    for code in codes:
        (note,) = [note for note in take_notes(plan) if (note.indicator, note.code) == (indicator, code)]
        assert note.text(lang) in shown
    line = plan.by_indicator[indicator]
    assert say(f"feasibility.{line['feasibility']}", lang) in shown
    assert not {text for text in shown if ERROR.match(text) or text.lower() in ("nan", "inf")}


@pytest.mark.parametrize(("target", "is_told"), [(600, True), (611.5, True), (611.51, False)])
def test_a_target_that_is_not_above_its_base_figure_is_doubted_by_a_formula_beside_it(
    target, is_told, baselines, suggestions
):
    plan = make_plan(parse_scenario({"target": {"milk": target}}), baselines, suggestions)
    assert ("target_below_today" in {note.code for note in take_notes(plan) if note.indicator == "milk"}) is is_told
    for lang in LANGS:
        book = evaluated(describe_book(plan, "150500", lang))
        assert (book.words["short.target_below_today"] in str(book.sheets["milk"].scalars["remark"].value)) is is_told


@pytest.mark.parametrize(("area", "lang"), [("150300", "zh"), pytest.param("150000", "en", marks=pytest.mark.thorough)])
def test_the_workbook_says_which_leagues_have_no_figure(area, lang, baselines, suggestions):
    observed = baselines.observed
    gone = (observed["area"] == "150300") & (observed["indicator"] == "milk_output") & (observed["year"] == 2020)
    plan = make_plan(parse_scenario({}), replace(baselines, observed=observed[~gone]), suggestions)
    (note,) = [note for note in take_notes(plan) if (note.indicator, note.code) == ("milk", "missing_unnamed")]
    assert note.text(lang) in texts_in(write_workbook(plan, area, load_template(None, lang), lang))


def test_a_league_is_told_of_its_own_indicators_and_of_no_other_league_alone(baselines, suggestions):
    own, other, unnamed = "150500", "150400", "150300"
    asked = {
        "baseline": {"milk_output": {other: {"value": 0, "source": "统计局"}}},
        "allocation": {"milk": {"ceiling": dict.fromkeys(MILK, 1), "lock": {own: {"target": 58.11}}}},
        "limits_why": {"milk": {own: "会商", other: "草场"}},
    }
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    short = [note for note in take_notes(plan) if note.family == "note" and note.code != "enough"]
    assert list(notes_concerning(plan, baselines.region.code)) == short
    for league in baselines.leagues:
        told = notes_concerning(plan, league.code)
        for note in short:
            named = league.code in baselines.by_id[note.indicator].leagues
            of_region = note.code in ("ceilings_short", "floors_exceed") or not note.about
            assert (note in told) == (league.code in note.about or (named and of_region)), (league.code, note.code)
    told_milk = {code: [one.code for one in notes_concerning(plan, code) if one.indicator == "milk"] for code in
                 (own, other, unnamed)}  # fmt: skip
    assert told_milk[own].count("limits_why") == told_milk[other].count("limits_why") == 1
    assert "zero_baseline" in told_milk[other]
    assert "zero_baseline" not in told_milk[own]
    assert "ceilings_short" in told_milk[own]
    assert told_milk[unnamed] == []


def test_a_plan_of_which_more_is_to_be_said_than_usual_gets_the_places(baselines, suggestions):
    why = {one.id: dict.fromkeys(one.leagues, "会商") for one in baselines.commitments}
    locks = {one.id: {"lock": dict.fromkeys(one.leagues, 0.01)} for one in baselines.commitments}
    plan = make_plan(parse_scenario({"allocation": locks, "limits_why": why}), baselines, suggestions)
    notes = notes_concerning(plan, "150000")
    assert len(notes) > PLACES_FOR_NOTES
    shown = texts_in(write_workbook(plan, "150000", load_template(None, "zh"), "zh"))
    assert {note.text("zh") for note in notes} <= shown


def texts_in(data: bytes) -> set[str]:
    """Every text that a viewer shows without recalculating."""
    return {text for texts in texts_by_sheet(data).values() for text in texts}
