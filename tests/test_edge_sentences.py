"""Plans at the edge of sense: each says, in both languages, the sentence that a planner needs."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from agriplan.analysis.notes import take_notes
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.report.plan_json import to_json
from tests.thoroughness import FULL

MILK = ["150100", "150200", "150600", "150800", "150900", "152200", "150500", "150400", "150700", "152500"]


def all_milk(value):
    return dict.fromkeys(MILK, value)


EDGES = {
    "ceilings too low": ({"allocation": {"milk": {"ceiling": all_milk(1)}}}, "milk", "ceilings_short"),
    "floors above the gap": ({"allocation": {"milk": {"floor": all_milk(90)}}}, "milk", "floors_exceed"),
    "locks above the gap": ({"allocation": {"milk": {"lock": all_milk(90)}}}, "milk", "floors_exceed"),
    "all leagues locked": ({"allocation": {"milk": {"lock": all_milk(20)}}}, "milk", "all_locked"),
    "surplus": ({}, "beef_cattle_value", "surplus"),
    "target below today": ({"target": {"milk": 600}}, "milk", "target_below_today"),
    "gap within the error": ({}, "meat_sheep_value", "gap_within_error"),
    "zero baseline": (
        {"baseline": {"milk_output": {"150500": {"value": 0, "source": "统计局"}}}},
        "milk",
        "zero_baseline",
    ),
    "own figure": (
        {"baseline": {"milk_output": {"150500": {"value": 36, "source": "统计局"}}}},
        "milk",
        "reported_within_error",
    ),
    "rate locked beyond 100 %": (
        {"allocation": {"improved_breed_rate": {"lock": {"150100": 9}}}},
        "improved_breed_rate",
        "above_ceiling",
    ),
}


def told(plan, indicator, code):
    return [note for note in take_notes(plan) if (note.indicator, note.code) == (indicator, code)]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("edge", EDGES)
def test_the_plan_and_its_json_say_what_a_planner_needs_to_know(edge, baselines, suggestions):
    data, indicator, code = EDGES[edge]
    plan = make_plan(parse_scenario(data), baselines, suggestions)
    (note,) = told(plan, indicator, code)
    assert note.text("zh") != note.text("en")
    assert "nan" not in note.text("zh") + note.text("en")
    sentences = json.dumps(json.loads(to_json(plan)), ensure_ascii=False)
    assert note.text("zh") in sentences
    assert json.dumps(note.text("en"), ensure_ascii=False)[1:-1] in sentences


# What prints the sentences of one edge prints those of all, which stand in the plan.
@pytest.mark.parametrize("edge", EDGES if FULL else list(EDGES)[::4])
def test_the_command_line_says_it_too(edge, tmp_path):
    data, indicator, code = EDGES[edge]
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    from agriplan.cli import main

    result = CliRunner().invoke(main, ["plan", "--scenario", str(file)])
    assert result.exit_code == 0, result.output
    plan = make_plan(parse_scenario(data), *shipped())
    assert told(plan, indicator, code)[0].text("zh") in result.output


def shipped():
    from bad_data import SHIPPED

    from agriplan.baselines.folder import read_baselines
    from agriplan.forecast.suggestions import suggestions_for

    data = read_baselines(SHIPPED)
    return data, suggestions_for(data)


def test_nothing_strange_is_said_of_the_default_plan(plan):
    codes = {note.code for note in take_notes(plan)}
    short = {note.indicator for note in take_notes(plan) if note.code == "ceilings_short"}
    assert short == {"forage_value"}
    assert not codes & {"floors_exceed", "all_locked", "above_ceiling", "missing_unnamed"}
    assert not any(code.startswith("reported") for code in codes)


def test_an_unnamed_league_without_a_figure_is_said_to_be_inside_the_difference(baselines, suggestions):
    observed = baselines.observed
    gone = (observed["area"] == "150300") & (observed["indicator"] == "milk_output") & (observed["year"] == 2020)
    plan = make_plan(parse_scenario({}), replace(baselines, observed=observed[~gone]), suggestions)
    assert len(told(plan, "milk", "missing_unnamed")) == 1
    milk = plan.by_indicator["milk"]
    assert milk["difference"] == pytest.approx(1.03)
    assert milk["baseline"] == pytest.approx(611.5)
