"""Everything that is wrong with a scenario is told at once, of form and of meaning; unknown names are never empty."""

import json
from copy import deepcopy
from itertools import combinations

import pytest
from click.testing import CliRunner

from agriplan.analysis.entries import say_place
from agriplan.cli import main
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.engine.scenario_checks import check_scenario
from agriplan.engine.usable_part import read_scenario, tell_at_once, usable_part
from agriplan.errors import Problem, ScenarioError

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


def test_something_stands_for_every_mistake_of_form_so_that_its_names_are_judged():
    left = usable_part(FORM)
    assert left is not None
    told = left.model_dump(exclude_defaults=True)
    # A year's key that is no year, and a year that is none, have nothing that may stand for them.
    assert told.keys() == FORM.keys() - {"as_of"}
    assert told["actual"] == {"milk": {"150500": {}}}


# Each one mistake, of form or of meaning, by where it is told.
MISTAKES = {
    "growth.milkk": {"growth": {"milkk": {}}},
    "growth.milk.150599": {"growth": {"milk": {"150599": 3}}},
    "growth.milk.150500": {"growth": {"milk": {"150500": "fast"}}},
    "growing": {"growing": 3},
    "unit_value_growth.milk": {"unit_value_growth": {"milk": 3}},
    "unit_value_growth.beef_cattle_value": {"unit_value_growth": {"beef_cattle_value": "fast"}},
    "target.milkk": {"target": {"milkk": -1}},
    "target.milk": {"target": {"milk": "many"}},
    "path.milkk": {"path": {"milkk": "straight"}},
    "path.milk": {"path": {"milk": "straight"}},
    "passed.milkk": {"passed": {"milkk": "give"}},
    "as_of": {"as_of": 2030},
    "status_margin": {"status_margin": -4},
    "allocation.milkk": {"allocation": {"milkk": {"rule": "by_hand"}}},
    "allocation.milk.rule": {"allocation": {"milk": {"rule": "by_hand"}}},
    "allocation.milk.criteria.herds": {"allocation": {"milk": {"criteria": {"herds": -1}}}},
    "allocation.milk.criteria.scale": {"allocation": {"milk": {"criteria": {"scale": -1}}}},
    "allocation.milk.shares.150500": {"allocation": {"milk": {"shares": {"150500": "most"}}}},
    "allocation.milk.lock.150500": {"allocation": {"milk": {"lock": {"150500": "三成"}}}},
    "allocation.milk.floor.150599": {"allocation": {"milk": {"floor": {"150599": {"targett": 3}}}}},
    "allocation.milk.ceiling.150400.target": {"allocation": {"milk": {"ceiling": {"150400": {"target": "三成"}}}}},
    "limits_why.milk.150599": {"limits_why": {"milk": {"150599": 7}}},
    "baseline.milk_outputt": {"baseline": {"milk_outputt": {"150500": {"value": -1}}}},
    "baseline.milk_output.150500.value": {"baseline": {"milk_output": {"150500": {"value": "x", "source": "a"}}}},
    "actual.milk.150500.2019": {"actual": {"milk": {"150500": {"2019": "x"}}}},
    "actual.milk.150500.21": {"actual": {"milk": {"150500": {"21": 3}}}},
    "actual.milk.150400.2022.basis.new": {"actual": {"milk": {"150400": {"2022": {"value": "x", "basis": "new"}}}}},
    "issued.targets.milk.150599": {"issued": {"targets": {"milk": {"150599": -1}}}},
}


def laid_together(first, second):
    """Two scenarios as one; None where both say something else of one entry."""
    joined = deepcopy(first)
    for key, value in second.items():
        if key not in joined:
            joined[key] = value
        elif not (isinstance(joined[key], dict) and isinstance(value, dict)):
            return None
        else:
            joined[key] = laid_together(joined[key], value)
            if joined[key] is None:
                return None
    return joined


def test_of_any_two_mistakes_of_a_scenario_both_are_told_as_each_is_alone(baselines, suggestions):
    grown = {*zip(suggestions["indicator"], suggestions["code"], strict=True)}

    def judge(scenario):
        check_scenario(scenario, baselines, grown)

    def told(data):
        with pytest.raises(ScenarioError) as error:
            judge(read_scenario(json.dumps(data), judge))
        return {(one.place, one.code) for one in error.value.problems}

    alone = {place: told(data) for place, data in MISTAKES.items()}
    hidden = [place for place, problems in alone.items() if place not in {where for where, _ in problems}]
    assert hidden == []
    for first, second in combinations(MISTAKES, 2):
        both = laid_together(MISTAKES[first], MISTAKES[second])
        if both is not None:
            assert told(both) >= alone[first] | alone[second], (first, second)


def test_an_unknown_name_over_a_wrong_value_is_told_beside_it(baselines, suggestions):
    def judge(scenario):
        return make_plan(scenario, baselines, suggestions)

    both = {
        "target.milkk": {"out_of_range", "unknown_indicator"},
        "path.milkk": {"unknown_word", "unknown_indicator"},
        "passed.milkk": {"unknown_word", "unknown_indicator"},
        "allocation.milk.criteria.herds": {"out_of_range", "unknown_criterion"},
        "actual.milk.150500.2019": {"not_a_number", "year_outside_plan"},
        "issued.targets.milk.150599": {"out_of_range", "unknown_area"},
    }
    for place, codes in both.items():
        with pytest.raises(ScenarioError) as error:
            read_scenario(json.dumps(MISTAKES[place]), judge)
        assert {one.code for one in error.value.problems if one.place == place} == codes


def test_a_key_that_stands_twice_hides_nothing_else(baselines, suggestions):
    text = '{"target": {"milk": 900, "milk": 950, "milkk": -1}, "growing": 1}'
    with pytest.raises(ScenarioError) as error:
        read_scenario(text, lambda one: make_plan(one, baselines, suggestions))
    told = {(one.place, one.code) for one in error.value.problems}
    assert told >= {
        ("target.milk", "key_twice"),
        ("target.milkk", "out_of_range"),
        ("target.milkk", "unknown_indicator"),
        ("growing", "unknown_key"),
    }


def test_the_command_line_tells_both_at_once(tmp_path):
    file = tmp_path / "方案.json"
    file.write_text(json.dumps({"target": {"milk": "many"}, "growth": {"milc": {}}}), encoding="utf-8")
    result = CliRunner().invoke(main, ["plan", "--scenario", str(file)])
    assert result.exit_code == 2
    assert "target.milk" in result.stderr
    assert "“milk”" in result.stderr


@pytest.mark.parametrize("step", ["150599", "1505", "20222", "1880"])
def test_a_code_of_digits_that_is_no_year_is_not_called_one(step, baselines):
    assert say_place(f"growth.milk.{step}", baselines, "zh").endswith(step)
    assert say_place(f"growth.milk.{step}", baselines, "en").endswith(step)


def test_an_area_is_asked_for_by_name_or_code_in_the_same_words():
    assert Problem("", "unknown_area", {"word": "包头"}).text("zh") == "没有“包头”这个地区"
