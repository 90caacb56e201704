"""JSON that people hand in: how deep, said once, in half-width marks, and echoed as it was typed."""

import pytest

from agriplan.engine.scenario import parse_json
from agriplan.engine.scenario_text import load_json
from agriplan.errors import Problem, ScenarioError
from agriplan.json_and_toml import MOST_DEPTH
from agriplan.web.api.requests import validate
from agriplan.web.api.scenarios import SaveRequest


def told(text: bytes | str) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        parse_json(text)
    return list(caught.value.problems)


@pytest.mark.parametrize("deep", [MOST_DEPTH + 1, 400, 600, 900, 2000, 100_000])
@pytest.mark.parametrize(("opened", "closed"), [('{"a":', "}"), ("[", "]"), ('[{"note":', "}]")])
def test_json_of_any_depth_that_no_scenario_has_is_told_in_one_sentence(deep, opened, closed):
    assert [one.code for one in told(opened * deep + "1" + closed * deep)] == ["json_too_deep"]


def test_bodies_that_hold_scenarios_are_not_too_deep():
    deepest = '{"scenarios": [{"actual": {"milk": {"150500": {"2021": {"value": 1, "source": "x"}}}}}]}'
    assert load_json(deepest)
    assert MOST_DEPTH > 2 * 7


def test_a_key_that_stands_twice_is_told_with_the_whole_way_to_it():
    text = '{"growth": {"milk": {"150500": 1, "150500": 2}}, "note": "a", "note": "b", "x": [{"a": 1, "a": 1}]}'
    assert [one.place for one in told(text)] == ["note", "growth.milk.150500", "x[1].a"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("{“target”: {}}", "“"),
        ('{"target"： {}}', "："),
        ('{"name": "甲，乙"，\n"note": ""}', "，"),
        ('{"name": "甲”}', "”"),
        ('｛"name": "甲"}', "｛"),
        ('{\n"name": ‘甲’}', "‘"),
    ],
)
def test_a_full_width_mark_is_named_with_its_line(text, mark):
    (problem,) = told(text)
    assert (problem.code, problem.values["word"]) == ("json_wide_mark", mark)
    assert problem.values["line"] == text[: text.index("：" if mark == "：" else mark)].count("\n") + 1


@pytest.mark.parametrize("typed", ["1e400", "-1E+999", "Infinity", "NaN"])
def test_a_number_beyond_all_digits_is_echoed_as_it_was_typed(typed):
    (problem,) = told('{"target": {"milk": ' + typed + "}}")
    assert (problem.code, problem.values["word"]) == ("not_a_number", typed)
    assert told('{"name": ' + typed + "}")[0].code == "not_text"


@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_where_a_scenario_belongs_is_pointed_to_where_it_is_read(begins):
    (problem,) = told(begins + b"\x00" * 20)
    assert problem.code == "scenario_is_workbook"
    assert "agriplan read" in problem.text("zh")


@pytest.mark.parametrize("expected", ["zzz", "z" * 64, "0" * 63])
def test_an_id_of_another_form_is_told_in_one_sentence(expected):
    with pytest.raises(ScenarioError) as caught:
        validate(SaveRequest, {"scenario": {"name": "甲"}, "expected": expected})
    assert [(one.place, one.code) for one in caught.value.problems] == [("expected", "wrong_shape_scenario")]


@pytest.mark.parametrize("expected", [None, "", "0" * 64])
def test_an_id_an_empty_one_and_none_are_taken(expected):
    assert validate(SaveRequest, {"scenario": {"name": "甲"}, "expected": expected}).expected == expected
