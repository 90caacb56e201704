"""Everything that is wrong with a scenario is told at once, of form and of meaning; unknown names are never empty."""

import json

import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.engine.usable_part import tell_at_once, usable_part
from agriplan.errors import ScenarioError

# One mistake of form for every part of a scenario that holds numbers or words.
FORM = {
    "growth": {"milk": {"150500": "fast"}},
    "unit_value_growth": {"beef_cattle_value": "fast"},
    "baseline": {"milk_output": {"150500": {"value": 36}}},
    "target": {"milk": "many"},
    "allocation": {"milk": {"rule": "by_hand", "floor": {"150500": "some"}, "ceiling": {"150400": {"targett": 3}}}},
    "limits_why": {"milk": {"150500": 7}},
    "path": {"milk": "straight"},
    "actual": {"milk": {"150500": {"21": 3}}},
    "as_of": "soon",
    "status_margin": -4,
    "passed": {"milk": "give"},
}


@pytest.mark.parametrize("part", FORM)
def test_a_mistake_of_form_hides_none_of_meaning(part, baselines, suggestions):
    def plan(scenario):
        return make_plan(scenario, baselines, suggestions)

    data = {part: FORM[part]} | {"unit_value_growth" if part == "growth" else "growth": {"milc": {"150500": 8}}}
    if part == "growth":
        data["unit_value_growth"] = {"milc": 8}
    before = json.dumps(data)
    with pytest.raises(ScenarioError) as form:
        parse_scenario(data)
    told = tell_at_once(form.value, data, plan).problems
    assert {one.place for one in form.value.problems} < {one.place for one in told}
    assert {one.code for one in told} >= {"no_unit_value" if part == "growth" else "unknown_indicator"}
    assert json.dumps(data) == before


def test_what_only_follows_from_a_mistake_is_not_told_beside_it(baselines, suggestions):
    data = {"allocation": {"milk": {"rule": "by_shares", "shares": {"150500": "most"}}}}
    with pytest.raises(ScenarioError) as form:
        parse_scenario(data)
    told = tell_at_once(form.value, data, lambda one: make_plan(one, baselines, suggestions)).problems
    assert [one.place for one in told] == ["allocation.milk.shares.150500"]


@pytest.mark.parametrize("data", [None, [], "growth", 3.0])
def test_of_what_is_no_scenario_nothing_is_left_to_look_at(data):
    assert usable_part(data) is None


def test_all_mistakes_of_form_leave_the_empty_scenario():
    left = usable_part(FORM)
    assert left is not None
    assert left.model_dump(exclude_defaults=True).keys() <= {"growth", "baseline", "allocation", "limits_why", "actual"}
    assert left.target == Scenario().target


def test_the_command_line_tells_both_at_once(tmp_path):
    file = tmp_path / "方案.json"
    file.write_text(json.dumps({"target": {"milk": "many"}, "growth": {"milc": {}}}), encoding="utf-8")
    result = CliRunner().invoke(main, ["plan", "--scenario", str(file)])
    assert result.exit_code == 2
    assert "target.milk" in result.stderr
    assert "“milk”" in result.stderr
