"""Whatever a scenario enters, a comparison tells it, as one entry, and on every door alike."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.comparison import compare, entries_of
from agriplan.analysis.entries import key_of, say_path
from agriplan.analysis.titles import changed_keys
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.report.chosen import EVERYTHING
from agriplan.report.comparison_tables import list_comparison
from agriplan.sentences import say
from agriplan.web.pages.draft import pack
from agriplan.workbook.content.compared import describe_comparison
from tests.rolling.test_left_behind import FULL
from tests.web.reading import tables_of

# It holds every field that there is. A rule that asks for weights cannot be entered without them.
EVERYTHING_ENTERED = parse_scenario(FULL)
RULE_ALONE = {"allocation.milk.rule": "by_headroom"}


def alone(key: str) -> Scenario:
    """A scenario that enters nothing else."""
    found: dict[str, Any] = {}
    for path, value in (entries_of(EVERYTHING_ENTERED) | RULE_ALONE).items():
        if key_of(path) == key:
            *steps, last = path.split(".")
            part = found
            for step in steps:
                part = part.setdefault(step, {})
            part[last] = value
    return parse_scenario(found)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("key", changed_keys(EVERYTHING_ENTERED))
def test_an_entry_that_is_the_only_one_is_told_once_on_every_door(
    client: FlaskClient, baselines: Baselines, suggestions, key: str
) -> None:
    scenario, name = alone(key), say_path(key, baselines, "zh")
    comparison = compare([make_plan(one, baselines, suggestions) for one in (Scenario(), scenario)])
    (told,) = describe_comparison(comparison, "zh").sheets["changes"].tables["changes"].columns["entry"].values
    assert told == name
    listed, _ = list_comparison(comparison, ("甲", "乙"), "zh", EVERYTHING)
    lines = [line for line in listed.splitlines() if " · " in line or line.startswith(name)]
    assert len(lines) == 1
    assert lines[0].startswith(name)
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={pack(scenario)}").text
    rows = next(rows for rows in tables_of(page) if rows[0][0] == say("page.compare.entry", "zh"))
    assert [row[0] for row in rows[1:]] == [name]
    sent = client.post("/api/v1/compare", json={"scenarios": [{}, json.loads(canonical_json(scenario))]}).json
    assert {key_of(one["path"]) for one in sent["changes"]} == {key}


def test_comparisons_count_as_titles_do(client: FlaskClient, baselines: Baselines, suggestions) -> None:
    """A figure is one entry with all that is said of it."""
    comparison = compare([make_plan(one, baselines, suggestions) for one in (Scenario(), EVERYTHING_ENTERED)])
    names = sorted(say_path(key, baselines, "zh") for key in changed_keys(EVERYTHING_ENTERED))
    table = describe_comparison(comparison, "zh").sheets["changes"].tables["changes"].columns
    assert sorted(table["entry"].values) == names
    draft = pack(EVERYTHING_ENTERED)
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={draft}").text
    rows = next(rows for rows in tables_of(page) if rows[0][0] == say("page.compare.entry", "zh"))[1:]
    assert sorted(row[0] for row in rows) == names
    said = {row[0]: row[1:] for row in rows}
    own = "奶类产量 · 自报基期值 · 通辽市"
    assert said[own] == ["35.87万吨（默认）", "41万吨、统计局、年报"]
    place = table["entry"].values.index(own)
    assert [table[f"plan_{number}"].values[place] for number in (1, 2)] == [35.87, "41万吨、统计局、年报"]


@pytest.mark.parametrize("part", ["value", "source"])
def test_what_is_said_of_a_figure_stands_beside_it_whichever_differs(
    baselines: Baselines, suggestions, part: str
) -> None:
    own = {"value": 41, "source": "统计局"}
    both = [own, own | {part: {"value": 42, "source": "年鉴"}[part]}]
    scenarios = [parse_scenario({"baseline": {"milk_output": {"150500": one}}}) for one in both]
    comparison = compare([make_plan(one, baselines, suggestions) for one in scenarios])
    listed, _ = list_comparison(comparison, ("甲", "乙"), "zh", EVERYTHING)
    assert all(f"{one['value']}万吨、{one['source']}" in listed for one in both)


def test_what_holds_without_a_growth_is_said_of_the_region_as_of_its_leagues(baselines: Baselines, suggestions) -> None:
    not_set = say("entry.not_set", "zh")
    for one in baselines.commitments:
        for thing in filter(None, (one.id, one.herd)):
            entered = parse_scenario({"growth": {thing: dict.fromkeys(baselines.areas, 1.0)}})
            comparison = compare([make_plan(each, baselines, suggestions) for each in (Scenario(), entered)])
            listed, _ = list_comparison(comparison, ("甲", "乙"), "zh", EVERYTHING)
            assert not_set not in listed
            assert listed.count(say("entry.default_value", "zh", value="").strip()) == len(baselines.areas)


@pytest.mark.parametrize("entered", [{"status_margin": 20}, {"path": {"milk": "late_loaded"}}])
def test_nothing_is_said_to_have_stayed_that_moved(baselines: Baselines, suggestions, entered: dict[str, Any]) -> None:
    plans = [make_plan(parse_scenario(one), baselines, suggestions) for one in ({}, entered)]
    assert not plans[0].years.equals(plans[1].years)
    *_, told = list_comparison(compare(plans), ("甲", "乙"), "zh", EVERYTHING)
    assert told.endswith("（不比较年度目标、进度和评估）。")
