"""A scenario: what is refused and why, and the one text that stands for it."""

import ast
import json
from pathlib import Path

import pytest

import agriplan.engine
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_json, parse_scenario, scenario_id
from agriplan.engine.scenario_checks import SCENARIO_CHECKS
from agriplan.errors import ScenarioError
from tests.said_sentences import SOMETHING, Sentences
from tests.thoroughness import tried

ENGINE = Path(agriplan.engine.__file__).parent
CHECKS = sorted({f"{each.__module__.rpartition('.')[2]}.py" for each in SCENARIO_CHECKS})


def refusals(data, baselines, suggestions):
    """Each refusal as (place, code, suggestion)."""
    with pytest.raises(ScenarioError) as caught:
        make_plan(parse_scenario(data), baselines, suggestions)
    for problem in caught.value.problems:
        assert problem.text("zh").startswith(problem.place)
        assert problem.text("en") != problem.text("zh")
    return [(problem.place, problem.code, problem.suggestion) for problem in caught.value.problems]


CRITERIA = "allocation.milk.criteria"
OWN = {"value": 36.0, "source": "通辽市统计局 2021"}


@pytest.mark.parametrize(
    ("data", "place", "code", "suggestion"),
    [
        ({"grwoth": {}}, "grwoth", "unknown_key", "growth"),
        ({"allocation": {"milk": {"rul": "by_baseline"}}}, "allocation.milk.rul", "unknown_key", "rule"),
        ({"allocation": {"milk": {"rule": "by_basline"}}}, "allocation.milk.rule", "unknown_word", "by_baseline"),
        ({"path": {"milk": "lineal"}}, "path.milk", "unknown_word", "linear"),
        ({"growth": {"milc": {"150000": 3}}}, "growth.milc", "unknown_indicator", "milk"),
        ({"growth": {"milk": {"150501": 3}}}, "growth.milk.150501", "unknown_area", "150500"),
        ({"growth": {"milk": {"150500": "fast"}}}, "growth.milk.150500", "not_a_number", None),
        ({"growth": {"milk": {"150500": -100}}}, "growth.milk.150500", "out_of_range", None),
        ({"growth": {"milk": {"150500": float("nan")}}}, "growth.milk.150500", "not_a_number", None),
        ({"target": {"milk": 0}}, "target.milk", "out_of_range", None),
        ({"target": {"milk": 1000.005}}, "target.milk", "too_fine", None),
        ({"target": {"improved_breed_rate": 101}}, "target.improved_breed_rate", "out_of_range", None),
        ({"unit_value_growth": {"milk": 1}}, "unit_value_growth.milk", "no_unit_value", None),
        ({"baseline": {"milk_outputs": {"150500": OWN}}}, "baseline.milk_outputs", "unknown_indicator", "milk_output"),
        ({"baseline": {"milk_output": {"150000": OWN}}}, "baseline.milk_output.150000", "wrong_area", None),
        ({"growth": {"奶类产量": {"150500": 3}}}, "growth.奶类产量", "unknown_indicator", "milk"),
        ({"baseline": {"羊肉产量": {"150500": OWN}}}, "baseline.羊肉产量", "unknown_indicator", "mutton_output"),
        ({"growth": {"milk": {"通辽市": 3}}}, "growth.milk.通辽市", "unknown_area", "150500"),
        ({"growth": {"milk": {"Tongliao": 3}}}, "growth.milk.Tongliao", "unknown_area", "150500"),
        ({"baseline": {"beef_output": {"150500": {"value": 3}}}}, "baseline.beef_output.150500.source", "missing", ""),
        ({"allocation": {"milk": {"floor": {"150300": 1}}}}, "allocation.milk.floor.150300", "not_named", None),
        ({"allocation": {"milk": {"lock": {"150100": -1}}}}, "allocation.milk.lock.150100", "out_of_range", None),
        ({"allocation": {"milk": {"reserve": 120}}}, "allocation.milk.reserve", "out_of_range", None),
        ({"allocation": {"milk": {"rule": "by_shares"}}}, "allocation.milk.shares", "no_shares", None),
        ({"allocation": {"milk": {"criteria": {"scal": 1}}}}, f"{CRITERIA}.scal", "unknown_criterion", "scale"),
        ({"allocation": {"milk": {"criteria": {"scale": 0}}}}, "allocation.milk.criteria", "no_criteria_weight", None),
        ({"actual": {"milk": {"150500": {"2020": 40}}}}, "actual.milk.150500.2020", "year_outside_plan", None),
        ({"actual": {"milk": {"150500": {"2026": 40}}}}, "actual.milk.150500.2026", "year_outside_plan", None),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_refused_with_its_place_and_what_was_meant(
    data, place, code, suggestion, baselines, suggestions
):
    found = refusals(data, baselines, suggestions)
    assert (place, code) in [entry[:2] for entry in found]
    if suggestion:
        assert (place, code, suggestion) in found or code in {"not_named", "wrong_area"}


def test_every_problem_of_a_scenario_beside_the_data_has_its_case():
    trees = {name: ast.parse((ENGINE / name).read_text(encoding="utf-8")) for name in CHECKS}
    trees["errors.py"] = ast.parse((ENGINE.parent / "errors.py").read_text(encoding="utf-8"))
    said = {code.removeprefix("problem.") for maker in ("Problem", ".unknown", "_ask")
            for code in Sentences(trees).codes(maker) if SOMETHING not in code} - {"more_problems"}  # fmt: skip
    assert {"no_shares", "wrong_area", "missing_growth"} <= said
    cases = "\n".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    missing = sorted(code for code in said if f'"{code}"' not in cases)
    assert [f"problem.{code}: a case in tests/engine/test_scenario.py" for code in missing] == []


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        ({"allocation": {"milk": {"floor": {"150300": 1}}}}, None),
        ({"allocation": {"milk": {"lock": {"150000": 1}}}}, None),
        ({"issued": {"targets": {"milk": {"150300": 1}}}}, None),
        ({"actual": {"milk": {"150500": {"2026": 40}}}}, None),
        ({"actual": {"milk": {"150500": {"20233": 40}}}}, None),
        ({"target": {"beef_output": 40}}, None),
        ({"growth": {"milk": {"150599": 3}}}, "150500"),
        ({"growth": {"milk": {"105500": 3}}}, "150500"),
        ({"growth": {"milk": {"15050": 3}}}, "150500"),
        ({"growth": {"milk": {"150005": 3}}}, "150000"),
        ({"growth": {"milk": {"150550": 3}}}, "150500"),
        ({"growth": {"milk": {"150990": 3}}}, "150900"),
        ({"growth": {"milk": {"151500": 3}}}, None),
        ({"growth": {"milk": {"999999": 3}}}, None),
        ({"allocation": {"milk": {"floor": {"通辽": 1}}}}, "150500"),
        ({"allocation": {"milk": {"floor": {"乌海": 1}}}}, None),
    ],
)
def test_no_other_league_indicator_or_year_is_suggested_than_the_one_that_was_meant(
    data, meant, baselines, suggestions
):
    with pytest.raises(ScenarioError) as caught:
        make_plan(parse_scenario(data), baselines, suggestions)
    assert [problem.suggestion for problem in caught.value.problems] == [meant]


@pytest.mark.parametrize("indicator", ["mutton_unit_value", "beef_unit_value", "livestock_units", "milk_output"])
@pytest.mark.parametrize("part", ["actual", "baseline"])
def test_a_figure_below_nothing_is_told_with_the_bound_of_every_figure_at_once(part, indicator):
    own = {"baseline": {"value": -1, "source": "统计局"}, "actual": {"2021": -1}}
    with pytest.raises(ScenarioError, match="herds and unit values must be greater than 0"):
        parse_scenario({part: {indicator: {"150500": own[part]}}})


@pytest.mark.parametrize(
    ("data", "code", "meant"),
    [
        ({"name": 5}, "not_text", None),
        ({"note": [1]}, "not_text", None),
        ({"增速": {"milk": {"150500": 3}}}, "unknown_key", "growth"),
        ({"目标": {"milk": 900}}, "unknown_key", "target"),
        ({"allocation": {"milk": {"预留比例": 5}}}, "unknown_key", "reserve"),
    ],
)
def test_a_name_that_is_no_text_and_an_entry_by_its_chinese_name_are_told_with_what_belongs_there(data, code, meant):
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(data)
    assert [(one.code, one.suggestion) for one in caught.value.problems] == [(code, meant)]


def test_everything_that_is_wrong_is_told_at_once(baselines, suggestions):
    data = {
        "growth": {"milc": {"150000": 1}, "milk": {"159999": 1}},
        "target": {"improved_breed_rate": 120},
        "allocation": {"beef_cattle_value": {"lock": {"150100": 3}, "rule": "by_shares"}},
        "actual": {"milk": {"150500": {"2031": 1}}},
    }
    assert len(refusals(data, baselines, suggestions)) == 6


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', "{'growth': 1}", '{"target": {"milk": 1, "milk": 2}}', "[" * 99999]
)
def test_text_that_is_no_scenario_is_refused(text):
    with pytest.raises(ScenarioError):
        parse_json(text)


def test_a_missing_figure_of_a_named_league_is_asked_for_and_can_be_entered(baselines, suggestions):
    from dataclasses import replace

    observed = baselines.observed
    gone = (observed["area"] == "150500") & (observed["indicator"] == "milk_output") & (observed["year"] == 2020)
    without = replace(baselines, observed=observed[~gone])
    assert refusals({}, without, suggestions)[0][:2] == ("baseline.milk_output.150500", "missing_figure")
    plan = make_plan(parse_scenario({"baseline": {"milk_output": {"150500": OWN}}}), without, suggestions)
    tongliao = plan.leagues_of("milk").set_index("code").loc["150500"]
    assert (tongliao["baseline"], tongliao["grade"]) == (36.0, "reported")


def test_key_order_empty_parts_and_defaults_do_not_change_the_id():
    one = {"target": {"milk": 900}, "growth": {"milk": {"150500": 8, "150000": 3.0}}}
    other = {
        "growth": {"milk": {"150000": 3, "150500": 8.0}, "forage_value": {}},
        "target": {"milk": 900.0},
        "allocation": {"milk": {"rule": "by_baseline", "reserve": 0}},
        "name": "",
    }
    assert canonical_json(parse_scenario(one)) == canonical_json(parse_scenario(other))
    assert scenario_id(parse_scenario(one)) == scenario_id(parse_scenario(other))


def test_any_other_number_changes_the_id():
    assert scenario_id(Scenario(target={"milk": 900})) != scenario_id(Scenario(target={"milk": 900.1}))


def test_the_empty_scenario_is_the_default_plan():
    assert canonical_json(Scenario()) == "{}"
    assert scenario_id(Scenario()) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_numbers_are_taken_to_fifteen_digits_like_a_cell():
    scenario = parse_json(
        '{"target": {"milk": 1000.00000000000012345}, "growth": {"milk": {"150500": 0.30000000000000004}}}'
    )
    assert canonical_json(scenario) == '{"growth":{"milk":{"150500":0.3}},"target":{"milk":1000.0}}'


def test_canonical_json_is_read_back_to_the_same_scenario(baselines):
    from tests.engine.scenarios import random_scenario

    for seed in range(tried(100, 300)):
        text = canonical_json(random_scenario(seed, baselines))
        assert canonical_json(parse_json(text)) == text
        assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


def test_a_scenario_cannot_be_changed():
    from pydantic import ValidationError

    with pytest.raises(ValidationError):
        Scenario().name = "other"


def test_a_name_with_spaces_around_it_is_the_same_name():
    assert canonical_json(parse_scenario({"name": " 通辽提速 "})) == canonical_json(
        parse_scenario({"name": "通辽提速"})
    )
