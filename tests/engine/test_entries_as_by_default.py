"""Entries that equal what holds in the base year anyway: whether anything follows from them in later years."""

from typing import Any

import pandas as pd
import pytest

from agriplan.analysis.comparison import compare, entries_of
from agriplan.analysis.values_in_force import FINDERS, holds_alike, in_force
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.report.chosen import EVERYTHING
from agriplan.report.comparison_json import comparison_report
from agriplan.report.comparison_tables import list_comparison
from agriplan.sentences import LANGS, say
from agriplan.workbook.content.compared import describe_comparison
from tests.engine.conftest import Evaluated

PATHS = (
    "growth.milk.150500",
    "growth.milk.150000",
    "growth.livestock_units.150500",
    "unit_value_growth.meat_sheep_value",
    "target.milk",
    "path.milk",
    "allocation.milk.rule",
    "allocation.milk.max_growth",
    "allocation.milk.reserve",
    "allocation.milk.margin",
    "baseline.milk_output.150500.value",
    "passed.milk",
    "status_margin",
)
YEARS = (2022,)


def entered_at(path: str, value: Any) -> Scenario:
    """A scenario with one entry; an own figure has its source as well."""
    *steps, last = path.split(".")
    part: Any = {last: value} | ({"source": "通辽市统计局"} if path.startswith("baseline") else {})
    for step in reversed(steps):
        part = {step: part}
    return parse_scenario(part)


def test_only_what_moves_no_evaluation_either_is_held_to_be_alike(
    baselines: Baselines, suggestions: pd.DataFrame, evaluated: Evaluated
) -> None:
    assert {path.partition(".")[0] for path in PATHS} == set(FINDERS)
    default = make_plan(Scenario(), baselines, suggestions)
    found = {}
    for path in PATHS:
        scenario = entered_at(path, in_force(path, default))
        alike = holds_alike(path, [default, make_plan(scenario, baselines, suggestions)])
        before, after = ([evaluated(one, year).rows for year in YEARS] for one in (Scenario(), scenario))
        moves = not all(map(pd.DataFrame.equals, before, after))
        assert not (alike and moves), path
        found[path] = alike, moves
    assert {(True, False), (False, True)} <= set(found.values())


@pytest.mark.parametrize("lang", LANGS)
def test_scenarios_that_evaluations_tell_apart_are_called_the_same_at_no_door(
    baselines: Baselines, suggestions: pd.DataFrame, lang
) -> None:
    path = "growth.milk.150500"
    scenarios = [parse_scenario({"as_of": 2022}), parse_scenario({"as_of": 2022, "growth": {"milk": {"150500": 2.07}}})]
    assert path in entries_of(scenarios[1])
    comparison = compare([make_plan(one, baselines, suggestions) for one in scenarios])
    listed = "\n".join(list_comparison(comparison, ("甲", "乙"), lang, EVERYTHING))
    assert say("page.compare.nothing_changed", lang) not in listed
    assert "2.07" in listed
    assert [one.path for one in comparison_report(comparison).changes] == [path]
    assert len(describe_comparison(comparison, lang).sheets["changes"].tables["changes"].keys) == 1
