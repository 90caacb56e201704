"""A number that people type means the same in the form, in the workbook, in a CSV file and in scenario JSON."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from agriplan.baselines.records import Assumption, Figure
from agriplan.baselines.rows import read_cells, read_rows
from agriplan.engine.scenario import Scenario, in_per_cent, parse_json, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.typed_numbers import read_number
from agriplan.web.pages.form import field_values, lay_over
from agriplan.workbook.description import Input
from agriplan.workbook.readback.entries import ScenarioEdits
from agriplan.workbook.readback.finding import CellPlace
from agriplan.workbook.readback.held_cell import Held

CASES = tomllib.loads((Path(__file__).parent / "typed" / "numbers.toml").read_text(encoding="utf-8"))["case"]
ROWS = [(case, wanted) for case in CASES for wanted in (False, True) if case.get("per_cent", wanted) == wanted]
# The same number in each of four ways, as a growth (per cent) and as an actual figure (not).
GROWTH, ACTUAL = ("growth", "milk", "150500"), ("actual", "milk", "150500", "2021")
BLANK = "blank"


def from_form(typed, path):
    found = held(lambda: lay_over(Scenario(), {".".join(path): typed}))
    return found if isinstance(found, tuple) else field_number(found, path)


def from_json(typed, path):
    data = typed
    for step in reversed(path):
        data = {step: data, "source": "统计局"} if step == "value" else {step: data}
    found = held(lambda: parse_scenario(data))
    return found if isinstance(found, tuple) else field_number(found, path)


def from_workbook(typed, path):
    changes = ScenarioEdits(Scenario(), {})
    changes.take(Input(path, "number", None, None), None, Held(typed), CellPlace("假设", "D", 7))
    problems = [problem for problem in changes.finish() if problem.code != "typed_as_text"]
    if problems:
        return problems[0].code, problems[0].suggestion
    found = held(lambda: parse_scenario(changes.data))
    return found if isinstance(found, tuple) else field_number(found, path)


def from_csv(typed, path):
    model = Assumption if in_per_cent(path) else Figure
    if model is Assumption:
        cells = {"indicator": "milk", "area": "150500", "growth": typed, "low": "-99", "high": "999"}
    else:
        cells = {"area": "150500", "indicator": "milk", "year": "2021", "value": typed, "unit": "万吨"}
        cells |= {"basis": "b", "relative_error": "0.05"}
    cells |= {"grade": "assumed", "source": "s"}
    text = ",".join(cells) + "\n" + ",".join(f'"{cell}"' for cell in cells.values())
    problems = []
    rows = read_rows("x.csv", read_cells("x.csv", text, model, problems), model, problems)
    if problems:
        (problem,) = problems
        code = problem.code.removesuffix("_in_row")  # the same, with what to do about the row
        return BLANK if code == "missing" else (code, problem.suggestion)
    return next(iter(rows.values())).model_dump()["growth" if model is Assumption else "value"]


def held(made):
    try:
        return made()
    except ScenarioError as error:
        (problem,) = error.problems
        return problem.code, problem.suggestion


def field_number(scenario, path):
    text = field_values(scenario).get(".".join(path))
    return BLANK if text is None else float(text)


WAYS = {"form": from_form, "workbook": from_workbook, "csv": from_csv, "json": from_json}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("case", "per_cent"), ROWS, ids=[f"{case['typed']}-{wanted}" for case, wanted in ROWS])
def test_a_typed_number_means_the_same_wherever_it_is_typed(case, per_cent, way):
    found = WAYS[way](case["typed"], GROWTH if per_cent else ACTUAL)
    if case.get("blank"):
        assert found == BLANK
    elif "why" in case:
        assert found == (case["why"], case.get("meant"))
    else:
        assert found == case["number"]


@pytest.mark.parametrize("case", [case for case in CASES if "meant" in case], ids=lambda case: case["typed"])
def test_what_is_suggested_is_taken_and_has_the_sign_that_was_typed(case):
    meant = read_number(case["meant"], per_cent=case.get("per_cent", False))
    is_below = re.search(r"^[约\W]*?[-\u2010-\u2015\ufe63\u207b(\uff08]", case["typed"]) is not None
    assert (meant < 0) == is_below
    assert re.findall(r"[1-9]", case["meant"]) == re.findall(
        r"[1-9]", "".join(str(unicodedata.decimal(each, each)) for each in case["typed"])
    )


def test_every_case_says_one_thing():
    assert len(CASES) > 50
    for case in CASES:
        assert sum(name in case for name in ("number", "blank", "why")) == 1, case


PATHS = [
    ("growth", "milk", "150500"),
    ("unit_value_growth", "beef_cattle_value"),
    ("status_margin",),
    ("target", "milk"),
    ("baseline", "milk_output", "150500", "value"),
    ("actual", "milk", "150500", "2021"),
    ("allocation", "milk", "lock", "150500", "target"),
    *[("allocation", "milk", name) for name in ("max_growth", "reserve", "margin")],
    *[("allocation", "milk", name, "150500") for name in ("floor", "ceiling", "lock", "shares")],
    ("allocation", "milk", "criteria", "scale"),
    ("issued", "targets", "milk", "150500"),
    ("as_of",),
]


@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_per_cent_signs_are_taken_by_exactly_the_numbers_that_are_in_per_cent(path):
    assert from_json("5%", path) == (5.0 if in_per_cent(path) else ("per_cent_sign", None))


def test_the_paths_above_are_all_the_numbers_of_a_scenario():
    from agriplan.engine.entered import OwnFigure
    from agriplan.engine.scenario import Allocation

    assert {path[0] for path in PATHS} == set(Scenario.model_fields) - {
        "name",
        "note",
        "based_on",
        "path",
        "limits_why",
        "passed",
    }
    named = {path[2] for path in PATHS if path[0] == "allocation"}
    assert named == set(Allocation.model_fields) - {"rule"}
    assert set(OwnFigure.model_fields) == {"value", "source", "note"}


@pytest.mark.parametrize("typed", ["true", '"3,5"', "1_0", "Infinity", "null"])
def test_json_that_is_no_number_is_refused(typed):
    with pytest.raises(ScenarioError):
        parse_json('{"target": {"milk": ' + typed + "}}")


def test_a_growth_cap_may_be_a_word_and_any_other_text_was_meant_as_a_number():
    path = ("allocation", "milk", "max_growth")
    for way in (lambda said: lay_over(Scenario(), {".".join(path): said}), lambda said: parse_scenario(cap(said))):
        assert way("none").allocation["milk"].max_growth == "none"
    for way in (lambda said: lay_over(Scenario(), {".".join(path): said}), lambda said: parse_scenario(cap(said))):
        assert way(" 不设 ").allocation["milk"].max_growth == "none"
    for way in (from_form, from_json):
        assert way("non", path) == ("unknown_word", "none")
        for typed in ("无", "暂无", "不限", "没有"):
            assert way(typed, path) == ("cap_unclear", None)
        assert way("3,5", path) == ("comma_in_number", "3.5")
        assert way("1,234", path)[0] == "out_of_range"
        for typed in ("NaN", "八", "ten"):
            assert way(typed, path)[0] == "not_a_number"


@pytest.mark.parametrize(
    "asked", [{"as_of": "2022年"}, {"actual": {"milk": {"150500": {"2022年": 40}}}}], ids=["as_of", "actual"]
)
def test_a_year_with_the_word_for_it_is_asked_about(asked):
    with pytest.raises(ScenarioError) as told:
        parse_scenario(asked)
    assert [one.suggestion for one in told.value.problems] == ["2022"]


def cap(said):
    return {"allocation": {"milk": {"max_growth": said}}}


SIGNS_OF_NO_FIGURE = [case["typed"] for case in CASES if case.get("blank")]


@pytest.mark.parametrize("typed", [*SIGNS_OF_NO_FIGURE, "", " "])
@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_where_a_number_may_stand_a_sign_of_no_figure_is_an_empty_field(path, typed):
    if path[-1] == "max_growth" and typed in ("无", "暂无"):
        return  # it may also mean that there is no cap: asked below
    if path[-1] != "value":  # an own figure without its number is asked for it
        assert from_json(typed, path) == BLANK
    assert from_form(typed, path) == BLANK


@pytest.mark.parametrize("data", [{"growth": ""}, {"gowth": "-"}, {"allocation": "无"}])
def test_a_sign_of_no_figure_hides_no_part_that_is_wrong(data):
    with pytest.raises(ScenarioError):
        parse_scenario(data)
