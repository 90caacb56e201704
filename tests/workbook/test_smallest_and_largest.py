"""Every kind of entry from the smallest number to the largest: plan, JSON, evaluation and workbook, all of numbers.

What is smaller or larger is told at the entry, in both languages (`tests/typed/numbers.toml` has it for every door).
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pandas as pd
import pytest

from agriplan.analysis.evaluation import evaluate
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.parsing import LARGEST, SMALLEST
from agriplan.report.evaluation_json import evaluation_json
from agriplan.report.plan_json import to_json
from agriplan.sentences import LANGS
from agriplan.workbook.agreement import Difference, compare_with_engine
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import Entry
from agriplan.workbook.evaluate.book import program_of
from agriplan.workbook.evaluate.program import Outcomes
from agriplan.workbook.evaluate.values import ErrorValue
from tests.thoroughness import FULL

LEAGUE, OTHER, REGION, YEAR = "150500", "150400", "150000", "2022"
# Every kind of number in a scenario: a path to one, and the most that its place takes.
SHARED, COUNTED = {"rule": "by_shares"}, {"rule": "by_criteria"}
KINDS: dict[str, tuple[dict[str, Any], float]] = {
    "growth": ({"growth": {"milk": {LEAGUE: "?"}}}, 1000),
    "growth of the region": ({"growth": {"beef_cattle_value": {REGION: "?"}}}, 1000),
    "growth of a herd": ({"growth": {"livestock_units": {LEAGUE: "?"}}}, 1000),
    "growth of a rate": ({"growth": {"improved_breed_rate": {LEAGUE: "?"}}}, 1000),
    "growth of a unit value": ({"unit_value_growth": {"beef_cattle_value": "?"}}, 1000),
    "own figure": ({"baseline": {"milk_output": {LEAGUE: {"value": "?"}}}}, LARGEST),
    "own herd": ({"baseline": {"livestock_units": {LEAGUE: {"value": "?"}}}}, LARGEST),
    "own rate": ({"baseline": {"improved_breed_rate": {LEAGUE: {"value": "?"}}}}, 100),
    "own unit value": ({"baseline": {"beef_unit_value": {REGION: {"value": "?"}}}}, LARGEST),
    "own chain value": ({"baseline": {"beef_cattle_value": {LEAGUE: {"value": "?"}}}}, LARGEST),
    "own animals": ({"baseline": {"dairy_cow_stock": {LEAGUE: {"value": "?"}}}}, LARGEST),
    "target": ({"target": {"milk": "?"}}, LARGEST),
    "target of a value": ({"target": {"meat_sheep_value": "?"}}, LARGEST),
    "target of a rate": ({"target": {"improved_breed_rate": "?"}}, 100),
    "cap": ({"allocation": {"milk": {"max_growth": "?"}}}, 1000),
    "reserve": ({"allocation": {"milk": {"reserve": "?"}}}, 100),
    "margin": ({"allocation": {"milk": {"margin": "?"}}}, 100),
    "floor": ({"allocation": {"milk": {"floor": {LEAGUE: "?"}}}}, LARGEST),
    "ceiling": ({"allocation": {"milk": {"ceiling": {LEAGUE: "?"}, "rule": "by_headroom"}}}, LARGEST),
    "lock": ({"allocation": {"milk": {"lock": {LEAGUE: "?"}}}}, LARGEST),
    "level": ({"allocation": {"milk": {"lock": {LEAGUE: {"target": "?"}}}}}, LARGEST),
    "least level": ({"allocation": {"forage_value": {"floor": {LEAGUE: {"target": "?"}}}}}, LARGEST),
    "greatest level": ({"allocation": {"forage_value": {"ceiling": {LEAGUE: {"target": "?"}}}}}, LARGEST),
    "limit of a rate": ({"allocation": {"improved_breed_rate": {"floor": {LEAGUE: "?"}}}}, LARGEST),
    "share": ({"allocation": {"milk": {**SHARED, "shares": {LEAGUE: "?", OTHER: 1}}}}, LARGEST),
    "only share": ({"allocation": {"milk": {**SHARED, "shares": {LEAGUE: "?"}}}}, LARGEST),
    "criterion": ({"allocation": {"milk": {**COUNTED, "criteria": {"scale": "?", "support": 1}}}}, LARGEST),
    "actual": ({"actual": {"milk": {LEAGUE: {YEAR: "?"}}}}, LARGEST),
    "actual with its source": ({"actual": {"milk": {LEAGUE: {YEAR: {"value": "?", "preliminary": "?"}}}}}, LARGEST),
    "actual of the region": ({"actual": {"milk": {REGION: {YEAR: "?"}}}}, LARGEST),
    "actual quantity": ({"actual": {"beef_output": {LEAGUE: {YEAR: "?"}}}}, LARGEST),
    "actual value": ({"actual": {"beef_cattle_value": {LEAGUE: {YEAR: "?"}}}}, LARGEST),
    "actual unit value": ({"actual": {"beef_unit_value": {REGION: {YEAR: "?"}}}}, LARGEST),
    "actual herd": ({"actual": {"livestock_units": {LEAGUE: {YEAR: "?"}}}}, LARGEST),
    "actual rate": ({"actual": {"improved_breed_rate": {LEAGUE: {YEAR: "?"}}}}, 100),
    "issued target": ({"issued": {"targets": {"milk": {LEAGUE: "?"}}}}, LARGEST),
    "margin of a status": ({"status_margin": "?"}, 100),
}


def scenario_with(kind: str, number: float, **more: Any) -> dict[str, Any]:
    """The scenario of one entry."""

    def put(part: Any) -> Any:
        if isinstance(part, dict):
            source = {"source": "统计局"} if "value" in part else {}
            return {key: put(one) for key, one in part.items()} | source
        return number if part == "?" else part

    return {**put(KINDS[kind][0]), **more}


def make(data: dict, baselines: Baselines, suggestions: pd.DataFrame) -> Plan | None:
    """The plan; none where the scenario is refused, and then in words, at a place."""
    try:
        return make_plan(parse_scenario(data), baselines, suggestions)
    except ScenarioError as error:
        told = error.problems
    assert all(problem.place and problem.text(lang) for problem in told for lang in LANGS)
    return None


def judge(data: dict[str, Any], baselines: Baselines, suggestions: pd.DataFrame, area: str) -> None:
    """Everything is made of the scenario, the area's workbook too, and each number of it is one."""
    plan = make_plan(parse_scenario(data), baselines, suggestions)
    json.loads(to_json(plan), parse_constant=pytest.fail)  # Infinity, NaN
    if year := data.get("as_of"):
        found = evaluate(plan, suggestions_as_of(baselines, suggestions, year), year)
        json.loads(evaluation_json(found), parse_constant=pytest.fail)
    book = describe_book(plan, area, "zh")
    program = program_of(book)
    found = dict(zip(program.order, program.evaluate(program.given(book)), strict=True))
    agreement = compare_with_engine(plan, book, found)
    assert agreement.cells > 1000
    assert [each for each in agreement.differences if not as_near_as_floats(each, found.values())][:5] == []
    assert not [(place, value) for place, value in shown(found) if not is_shown(value)]


def as_near_as_floats(found: Difference, cells: Iterable[object]) -> bool:
    """Whether a difference is lost in the last digits of the largest number of the book, or a word that rests on it."""
    lost = 1e-15 * max(abs(number) for number in numbers_among(cells))
    if isinstance(found.engine, (int, float)) and isinstance(found.formula, (int, float)):
        return abs(found.engine - found.formula) <= lost
    return lost > 1


def numbers_among(cells: Iterable[object]) -> Iterator[float]:
    for cell in cells:
        if isinstance(cell, list):
            yield from numbers_among(cell)
        elif isinstance(cell, float) and math.isfinite(cell):
            yield cell


def shown(found: Mapping[Entry, Outcomes]) -> Iterator[tuple[Entry, object]]:
    """The values of a book's formulas with their names."""
    for entry, values in found.items():
        yield from ((entry, value) for value in (values if isinstance(values, list) else [values]))


def is_shown(value: object) -> bool:
    """Whether a cell shows a number or a sentence, no error."""
    return math.isfinite(value) if isinstance(value, float) else not isinstance(value, ErrorValue)


def merged(number: float) -> dict[str, Any]:
    """A scenario with as many kinds of entries as fit beside each other, each of that number or the most it takes."""
    whole: dict[str, Any] = {}
    for kind, (_, most) in KINDS.items():
        lay_over(whole, scenario_with(kind, min(number, most)))
    return whole


def lay_over(whole: dict[str, Any], part: dict[str, Any]) -> None:
    for key, one in part.items():
        if isinstance(one, dict) and isinstance(whole.get(key), dict):
            lay_over(whole[key], one)
        else:
            whole.setdefault(key, one)


def numbers_in(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths to numbers in the JSON Schema of a scenario; keys of mappings that are open are left out."""
    for each in part.get("anyOf", part.get("oneOf", [part])):
        one = SCHEMA["$defs"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        if one.get("type") == "number":
            yield path
        for name, inner in one.get("properties", {}).items():
            yield from numbers_in(inner, (*path, name))
        for inner in (one.get("additionalProperties"), *one.get("patternProperties", {}).values()):
            if isinstance(inner, dict):
                yield from numbers_in(inner, path)
        if one.get("anyOf") or one.get("oneOf"):
            yield from numbers_in(one, path)


SCHEMA = Scenario.model_json_schema()


def named_in(part: Any, names: set[str]) -> Iterator[tuple[str, ...]]:
    """The paths to the numbers of a kind, by the names that the schema knows."""
    for key, one in part.items() if isinstance(part, dict) else ():
        here = (key,) if key in names else ()
        if one == "?":
            yield here
        yield from ((*here, *rest) for rest in named_in(one, names))


def test_no_number_that_a_scenario_may_hold_is_left_out():
    known = set(numbers_in(SCHEMA))
    names = {name for path in known for name in path}
    assert {path for asked, _ in KINDS.values() for path in named_in(asked, names)} == known


@pytest.mark.parametrize("kind", KINDS)
def test_smaller_numbers_than_the_smallest_are_told_at_the_entry_and_0_is_what_it_was(kind):
    for number in (SMALLEST / 2, 1e-200, 1e-310, 5e-324):
        with pytest.raises(ScenarioError) as caught:
            parse_scenario(scenario_with(kind, number))
        assert {problem.code for problem in caught.value.problems} == {"too_small"}
        assert all(problem.place for problem in caught.value.problems)
        said = [caught.value.problems[0].text(lang) for lang in LANGS]
        assert said[0] != said[1]
        assert all(str(number) in text for text in said)
    with suppress(ScenarioError):  # a target is more than 0
        parse_scenario(scenario_with(kind, 0.0))
        return
    assert kind.startswith("target")


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_far_outside_is_measured_by_the_bound_of_its_own_place(kind):
    # Which entries are rates, at most 100, is known to the plan, not to the entries.
    whole = {"target of a rate", "own rate", "actual rate", *(kind for kind in KINDS if KINDS[kind][1] == LARGEST)}
    above = "too_large" if kind in whole else "out_of_range"
    below = "negative_figure" if kind.startswith(("own ", "actual")) else "out_of_range"
    for number, code in ((1e30, above), (-1e30, below)):
        with pytest.raises(ScenarioError) as caught:
            parse_scenario(scenario_with(kind, number))
        assert {problem.code for problem in caught.value.problems} == {code}
        said = [problem.text(lang) for problem in caught.value.problems for lang in LANGS]
        assert all(str(number) in text and str(-LARGEST) not in text for text in said)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("kind", KINDS)
def test_from_the_smallest_number_to_the_largest_a_plan_and_its_evaluation_are_made(kind, baselines, suggestions):
    most = KINDS[kind][1]
    # With every run one end of each kind by turns; both ends of all kinds together stand in the workbooks below.
    ends = (SMALLEST, most) if FULL else ((SMALLEST, most)[list(KINDS).index(kind) % 2],)
    between = [10.0**power for power in range(-8, 12, 4) if 10.0**power < most] if FULL else []
    for number in (*between, *ends):
        plan = make(scenario_with(kind, number), baselines, suggestions)
        if plan and number in ends:
            evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022)
        if plan and FULL:
            judge(scenario_with(kind, number, as_of=2022), baselines, suggestions, LEAGUE)


@pytest.mark.parametrize("number", [SMALLEST, pytest.param(1.0, marks=pytest.mark.thorough), LARGEST])
def test_workbooks_hold_numbers_where_all_entries_are_as_small_or_as_large_as_they_can_be(
    number, baselines, suggestions
):
    # A target is refused where it is printed as 0.
    asked = {key: one for key, one in merged(number).items() if key != "target" or number > SMALLEST}
    judge(asked | {"as_of": 2022}, baselines, suggestions, LEAGUE)
