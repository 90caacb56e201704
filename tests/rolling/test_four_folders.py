"""An indicator more, the next period, another region of 24 leagues, one indicator alone: through every door.

Four data folders that a bureau makes with the manual go through every page and operation of the service, every sheet of
the workbooks, every export and every table that is printed; nothing in Python knows them.
"""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.settings import read_settings
from agriplan.web.app import create_app
from agriplan.web.service import EXTENSION_NAME
from tests.install.documents import add_cashmere
from tests.rolling import missing_csv, test_beginning
from tests.workbook.raw_edits import opened


def run(*words: object) -> str:
    told = CliRunner().invoke(main, [str(word) for word in words])
    assert told.exit_code == 0, told.output
    return told.stdout


def cashmere(folder: Path) -> Path:
    return add_cashmere(folder)


def next_period(folder: Path) -> Path:
    run("init", folder / "十五五", "--base-year", 2025)
    return missing_csv.fill(folder / "十五五")


def another_region(folder: Path) -> Path:
    run("init", folder / "甘肃", "--region", test_beginning.areas_file(folder))
    test_beginning.fill(folder / "甘肃")
    return folder / "甘肃"


def one_indicator(folder: Path) -> Path:
    run("init", folder / "一项", "--indicator", "milk")
    return folder / "一项"


# Each with what would show that a name of the shipped plan stands in the code.
FOLDERS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "an indicator more": (cashmere, ""),
    "the next period": (next_period, ""),
    "another region": (another_region, "呼和浩特|内蒙古|Hohhot|Inner Mongolia"),
    "one indicator": (one_indicator, "牛肉产值|Beef-cattle"),
}
# What no page, sheet or table says: an empty value by Python's name, a formula's error, a place that was not filled.
NOTHING = re.compile(
    r"(?<![\w.])(?:nan|NaN|None|inf|<NA>)(?![\w.])|#(?:REF|DIV/0|NAME|VALUE|N/A)|\{[a-z]+[._][a-z_.]+\}"
)


# The first two are rolled and followed by other tests with every run, here with AGRIPLAN_DOORS=full.
ALL = os.environ.get("AGRIPLAN_DOORS") == "full"
TRIED = list(FOLDERS) if ALL else list(FOLDERS)[2:]
LANGS = ("zh", "en")


@pytest.fixture(scope="module", params=TRIED)
def plan(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    make, foreign = FOLDERS[request.param]
    return make(tmp_path_factory.mktemp("folders")), foreign


@pytest.fixture(scope="module")
def app(plan: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    database = f"sqlite:///{tmp_path_factory.mktemp('store')}/plans.sqlite3"
    return create_app(read_settings(baselines=plan[0], database=database, secret_key="k" * 32, administrators="here"))


def faults(told: str, foreign: str) -> list[str]:
    """What stands there and should not, with a little of what is around it."""
    found = [*NOTHING.finditer(told), *(re.finditer(foreign, told) if foreign else ())]
    return [told[max(0, one.start() - 30) : one.end() + 30] for one in found]


def words_of(html: str) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", html))


def addresses(app: Flask) -> list[str]:
    """Every address that can be asked for, with areas, indicators and a scenario of this plan; or every other one."""
    data, client = app.extensions[EXTENSION_NAME].baselines, app.test_client()
    first = data.commitments[0].id
    growth = {first: {data.leagues[0].code: 2.5}}
    saved = client.post("/api/v1/scenarios", json={"scenario": {"name": "试算", "growth": growth}}).json
    areas = [data.region.code, data.leagues[0].code, data.leagues[-1].code]
    indicators = [one.id for one in data.commitments]
    if not ALL:  # a league stands for the others, and the first and the last indicator for those between
        areas, indicators = [areas[0], areas[-1]], indicators[:: max(len(indicators) - 1, 1)]
    known = {"code": areas[1:], "area": areas, "indicator": indicators}
    known["identity"] = [saved["scenario_id"]]
    two = "?choose=default&choose=" + saved["scenario_id"]
    asked = {"/api/v1/workbook": "?area=region", "/compare": two, "/compare/workbook": two}
    asked |= {"/api/v1/scenarios/history": "?name=试算", "/scenarios/history": "?name=试算"}
    found = []
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/static", "/enter"))
    ]
    turn = 0 if len(data.commitments) > 1 else 1
    for rule in rules if ALL else rules[turn::2]:  # of the two folders each answers for every other page
        name = next(iter(rule.arguments), None)
        for value in known[name] if name else [None]:
            _, address = rule.build({name: value} if name else {}) or ("", "")
            found.append(address + asked.get(rule.rule, ""))
    return found


def test_every_page_and_operation_answers_in_both_languages(app: Flask, plan: tuple[Path, str]) -> None:
    """With every run in one of them by turns."""
    client, wrong = app.test_client(), {}
    last = app.extensions[EXTENSION_NAME].baselines.leagues[-1].code
    for number, address in enumerate(addresses(app)):
        langs = LANGS if ALL else (LANGS[number % 2],)
        if "/workbook" in address:  # those that are read sheet by sheet below
            langs = ("en" if last in address else "zh",)
        for lang in langs:
            answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
            if answer.status_code not in {200, 302}:
                wrong[address, lang] = [str(answer.status_code), answer.text[:200]]
            if answer.mimetype != "text/html":
                break
            if faults(words_of(answer.text), plan[1]):
                wrong[address, lang] = faults(words_of(answer.text), plan[1])
    assert wrong == {}


def test_every_league_and_indicator_stands_where_they_are_listed(app: Flask) -> None:
    data, client = app.extensions[EXTENSION_NAME].baselines, app.test_client()
    indicators = [one.name_zh for one in data.commitments]
    leagues = [one.name_zh for one in data.leagues]
    for address, names in {
        "/": [*indicators, *leagues],
        f"/league/{data.leagues[-1].code}": indicators,
        "/evaluation": indicators,
        **{f"/indicator/{one.id}": leagues for one in data.commitments},
    }.items():
        told = client.get(address).text
        assert [name for name in names if name not in told] == [], address


def test_formulas_and_engine_agree_in_every_cell_of_every_sheet(plan: tuple[Path, str]) -> None:
    assert "逐格核对" in run("check", "--baselines", plan[0])


@pytest.mark.parametrize(("area", "lang"), [("region", "zh"), ("league", "en")] if ALL else [("by turns", "")])
def test_every_sheet_is_filled_and_says_nothing_of_another_plan(
    plan: tuple[Path, str], app: Flask, area: str, lang: str
) -> None:
    data = app.extensions[EXTENSION_NAME].baselines
    if area == "by turns":  # the region's in Chinese or a league's in English
        area, lang = ("region", "zh") if len(data.commitments) > 1 else ("league", "en")
    code = data.leagues[-1].code if area == "league" else area
    answer = app.test_client().get(f"/api/v1/workbook?area={code}&lang={lang}")
    assert answer.status_code == 200
    wrong, listed = {}, ""
    for title, cells in opened(answer.data).sheets.items():
        told = "\n".join(str(cell.value) for cell in cells.values() if cell.value is not None)
        listed += told
        if not told or faults(told, plan[1]):
            wrong[title] = faults(told, plan[1])
    assert wrong == {}
    assert [one.name(lang) for one in data.leagues if one.name(lang) not in listed] == []
    assert [one.name(lang) for one in data.commitments if one.name(lang) not in listed] == []


@pytest.mark.one_in(2)
def test_every_export_and_printed_table_holds_every_league_and_indicator(
    plan: tuple[Path, str], tmp_path: Path
) -> None:
    folder, foreign = plan
    data = read_baselines(folder)
    forms, areas = ("csv", "sqlite", "parquet"), ("region", data.leagues[-1].code)
    if not ALL:  # the other folder in the other form, and of the other area
        forms, areas = (("csv", "parquet"), areas[1:]) if foreign else (("csv", "sqlite"), areas[:1])
    for form in forms:
        run("export", f"--{form}", "--baselines", folder, "-o", tmp_path / f"plan.{form}")
    told = json.loads(run("plan", "--json", "--baselines", folder))
    assert [one["id"] for one in told["indicators"]] == [one.id for one in data.commitments]
    assert [one["code"] for one in told["indicators"][0]["leagues"]] == data.league_codes
    exported = (tmp_path / "plan.csv").read_text(encoding="utf-8-sig")
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"target": {data.commitments[0].id: data.commitments[0].target + 1}}), encoding="utf-8")
    default = tmp_path / "default.json"
    default.write_text("{}", encoding="utf-8")
    printed = {"export": exported}
    for turn, lang in enumerate(LANGS):
        every = (("plan",), ("evaluate",), ("backtest",), ("compare", default, other))
        for number, (command, *rest) in enumerate(every):
            if number % 2 != turn and command != "plan" and not ALL:
                continue
            printed[command, lang] = run("--lang", lang, command, "--baselines", folder, *rest)
        names = [*data.commitments, *data.leagues]
        assert [one.name(lang) for one in names if one.name(lang) not in printed["plan", lang]] == []
    assert {one: faults(text, foreign) for one, text in printed.items() if faults(text, foreign)} == {}
    assert [one.name_zh for one in [*data.commitments, *data.leagues] if one.name_zh not in exported] == []
    run("compare", "--baselines", folder, default, other, "-o", tmp_path / "比较.xlsx")
    for area in areas:
        run("evaluate", "--baselines", folder, "--area", area, "-o", tmp_path / "简报.docx")
