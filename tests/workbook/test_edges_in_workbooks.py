"""Plans at the edge of sense say so in the cells of their workbooks, in both languages."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from agriplan.analysis.notes import take_notes
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.sentences import say
from agriplan.workbook.files import load_template, write_workbook

MILK = ("150100", "150200", "150600", "150800", "150900", "152200", "150500", "150400", "150700", "152500")
ZERO = {"milk_output": {"150500": {"value": 0, "source": "统计局"}}}
ERROR = re.compile(r"#[A-Z/0]+[!?A-Z0]*$")  # and not the address that a list of changes leads to
# Scenario, indicator, and the notes that must stand in the workbook.
EDGES = {
    "ceilings too low": ({"allocation": {"milk": {"ceiling": dict.fromkeys(MILK, 1)}}}, "milk", ["ceilings_short"]),
    "floors above the gap": ({"allocation": {"milk": {"floor": dict.fromkeys(MILK, 90)}}}, "milk", ["floors_exceed"]),
    "all leagues locked": ({"allocation": {"milk": {"lock": dict.fromkeys(MILK, 20)}}}, "milk", ["all_locked"]),
    "target below today": ({"target": {"milk": 600}}, "milk", ["surplus", "target_below_today"]),
    "zero baseline": ({"baseline": ZERO}, "milk", ["zero_baseline", "reported"]),
    "gap within the error": ({}, "meat_sheep_value", ["gap_within_error"]),
    "surplus": ({}, "beef_cattle_value", ["surplus"]),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("edge", EDGES)
def test_the_workbook_says_what_a_planner_needs_to_know(edge, lang, baselines, suggestions):
    scenario, indicator, codes = EDGES[edge]
    plan = make_plan(parse_scenario(scenario), baselines, suggestions)
    # What is said of the whole plan stands beside the comparison of rules, in the region's workbook.
    data = write_workbook(plan, "150000", load_template(None, lang), lang)
    shown = texts_in(data)
    for code in codes:
        (note,) = [note for note in take_notes(plan) if (note.indicator, note.code) == (indicator, code)]
        assert note.text(lang) in shown
    line = plan.by_indicator[indicator]
    assert say(f"feasibility.{line['feasibility']}", lang) in shown
    assert not {text for text in shown if ERROR.match(text) or text.lower() in ("nan", "inf")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_says_which_leagues_have_no_figure(lang, baselines, suggestions):
    observed = baselines.observed
    gone = (observed["area"] == "150300") & (observed["indicator"] == "milk_output") & (observed["year"] == 2020)
    plan = make_plan(parse_scenario({}), replace(baselines, observed=observed[~gone]), suggestions)
    (note,) = [note for note in take_notes(plan) if (note.indicator, note.code) == ("milk", "missing_unnamed")]
    assert note.text(lang) in texts_in(write_workbook(plan, "150000", load_template(None, lang), lang))


def texts_in(data: bytes) -> set[str]:
    """Every text that a viewer shows without recalculating."""
    book = load_workbook(BytesIO(data), data_only=True, read_only=True)
    return {cell for sheet in book.worksheets for row in sheet.values for cell in row if isinstance(cell, str)}
