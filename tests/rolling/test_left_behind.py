"""Every entry of a scenario is either in the next period's folder or named when the folder is made."""

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import key_of, say_steps
from agriplan.cli import main
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.rolling.left_behind import entries_left_behind
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.web.pages.draft import pack

LEAGUE, OTHER, REGION = "150500", "150400", "150000"
OWN = {"value": 41.0, "source": "统计局", "note": "年报"}
FULL_FIGURE = {"value": 55.1, "source": "市局", "note": "已核对", "preliminary": 54.0}
FULL: dict[str, Any] = {
    "name": "提速",
    "note": "会议用",
    "based_on": "0" * 64,
    "growth": {"milk": {LEAGUE: 6.0}, "livestock_units": {LEAGUE: 1.0}},
    "unit_value_growth": {"meat_sheep_value": 1.0},
    "baseline": {"milk_output": {LEAGUE: OWN}, "livestock_units": {LEAGUE: OWN}},
    "target": {"milk": 950.0},
    "allocation": {
        "milk": {
            "rule": "by_shares",
            "max_growth": 12.0,
            "reserve": 2.0,
            "margin": 3.0,
            "floor": {LEAGUE: 1.0},
            "ceiling": {LEAGUE: 40.0},
            "lock": {OTHER: {"target": 90.0}},
            "shares": {LEAGUE: 2.0},
        },
        "forage_value": {"rule": "by_criteria", "criteria": "entropy"},
    },
    "limits_why": {"milk": {LEAGUE: "因水源"}},
    "path": {"milk": "linear"},
    "actual": {
        "milk": {LEAGUE: {"2025": FULL_FIGURE, "2024": 54.0}, OTHER: {"2025": OWN | {"value": 70.9, "basis": "local"}}},
        "forage_value": {
            LEAGUE: {"2025": {"value": 90.0, "price_year": 2025}},
            OTHER: {"2025": {"value": 80.0, "price_year": 2023}},
        },
        "beef_output": {LEAGUE: {"2025": {"value": 18.0, "definition": "含外购"}}},
        "meat_sheep_value": {LEAGUE: {"2025": {"value": 70.0, "basis": "local"}}, OTHER: {"2025": 120.0}},
        "livestock_units": {LEAGUE: {"2025": 900.0}},
    },
    "as_of": 2025,
    "passed": {"milk": "lend"},
    "issued": {"number": "内政发〔2021〕1号", "targets": {"milk": {LEAGUE: 60.0}}},
    "status_margin": 3.0,
}  # fmt: skip
# What of it the next period's folder holds, besides a quantity that is worked out of its value.
CARRIED = {
    ("milk_output", LEAGUE, "2025", "post-census-2016"): "55.1",
    ("milk_output", LEAGUE, "2024", "post-census-2016"): "54",
    ("milk_output", OTHER, "2025", "local"): "70.9",
    ("forage_value", LEAGUE, "2025", "post-census-2016"): "90",
    ("livestock_units", LEAGUE, "2025", "post-census-2016"): "900",
}


def fields(schema: dict[str, Any], part: dict[str, Any]) -> Iterator[str]:
    """Every name of an entry that the schema has."""
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].rpartition("/")[2]]
    for name, inner in part.get("properties", {}).items():
        yield name
        yield from fields(schema, inner)
    for inner in (*part.get("anyOf", ()), *part.get("oneOf", ()), part.get("additionalProperties")):
        yield from fields(schema, inner) if isinstance(inner, dict) else ()


def names(entry: Any) -> Iterator[str]:
    if isinstance(entry, dict):
        for name, inner in entry.items():
            yield name
            yield from names(inner)


@pytest.fixture(scope="module")
def rolled(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], str]:
    """The figures of the next period's folder, and what was said when it was made."""
    into = tmp_path_factory.mktemp("rolled")
    (into / "e.json").write_text(json.dumps(FULL), "utf-8")
    asked = ["roll", "--target-year", "2030", "--scenario", str(into / "e.json"), "-o", str(into / "next")]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0, told.output
    text = (into / "next" / "observed.csv").read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines())), told.output


def test_the_scenario_here_says_something_of_every_field() -> None:
    schema = Scenario.model_json_schema()
    assert set(fields(schema, schema)) - set(names(FULL)) == set()


def test_every_entry_is_in_the_folder_or_named(rolled, baselines, suggestions) -> None:
    rows, told = rolled
    found = {(row["indicator"], row["area"], row["year"], row["basis"]): row for row in rows}
    assert {key: found[key]["value"] for key in CARRIED} == CARRIED
    local = found["milk_output", OTHER, "2025", "local"]
    assert (local["grade"], local["note_zh"]) == ("reported", "统计局；年报")
    assert float(found["mutton_output", OTHER, "2025", baselines.basis]["value"]) > 0
    scenario = parse_scenario(FULL)
    left = entries_left_behind(baselines, scenario, suggestions)
    carried = {key_of(path) for path in entries_of(scenario)} - set(left)
    assert carried == {
        f"actual.{place}"
        for place in (
            *(f"milk.{LEAGUE}.2025", f"milk.{LEAGUE}.2024", f"milk.{OTHER}.2025", f"forage_value.{LEAGUE}.2025"),
            *(f"meat_sheep_value.{OTHER}.2025", f"livestock_units.{LEAGUE}.2025"),
        )
    }
    lines = told.partition("没有带到下一规划期")[2].splitlines()
    for path in left:
        thing, *where = say_steps(path, baselines, "zh")
        assert any(line.startswith(thing) and " ".join(where) in line for line in lines), path
    assert f"actual.milk.{LEAGUE}.2025.preliminary" in left


def test_nothing_is_named_where_nothing_is_left(tmp_path) -> None:
    client = create_app(Settings(database=f"sqlite:///{tmp_path / 'a.sqlite3'}")).test_client()
    told = CliRunner().invoke(main, ["roll", "--target-year", "2030", "-o", str(tmp_path / "next")])
    assert "没有带到" not in told.output
    assert "没有带到" not in client.get("/roll").text
    draft = pack(parse_scenario({"target": {"milk": 950}}))
    assert "没有带到" in client.get(f"/roll?draft={draft}").text
