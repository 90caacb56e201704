"""`agriplan init`: a folder to edit, in as few steps as can be, that runs through everything once it is filled in."""

import csv
import io
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from agriplan.baselines.folder import read_baselines
from agriplan.commands.beginning import copy_templates
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.report.tidy import tidy
from agriplan.sentences import LANGS, say
from agriplan.settings import read_settings
from agriplan.web.app import create_app
from tests.commands_run import run
from tests.thoroughness import FULL

LEAGUES = 24


def areas_file(folder: Path) -> Path:
    rows = [("620000", "甘肃省", "Gansu"), *((f"6{n:02}100", f"第{n}市", f"City {n}") for n in range(21, 21 + LEAGUES))]
    file = folder / "areas.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([("code", "name_zh", "name_en"), *rows])
    return file


def fill(folder: Path, wanted=lambda row: True) -> None:
    """Fill missing.csv in as a person would in Excel: a value a row, in the rows that are wanted."""
    file = folder / "missing.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    header = read_header(folder)
    rates = {"improved_breed_rate": 80.0}
    figures = {}
    for row in (one for one in rows if one["what"] == "figure" and one["area"] != header):
        place = sum(1 for name, _ in figures if name == row["id"])
        figures[row["id"], row["area"]] = rates.get(row["id"], 10.0) + place % 7
    for row in filter(wanted, rows):
        if row["what"] == "quote":
            row["value"] = "原文"
        elif row["what"] == "target":
            row["value"] = "95" if row["id"] in rates else "3000000"
        elif row["area"] == header:
            named = [value for (name, _), value in figures.items() if name == row["id"]]
            total = sum(named) / (len(named) if row["id"] in rates else 1) if named else 70.0
            row["value"] = f"{total:.4g}" if row["id"] in rates else f"{total:.12g}"
        else:
            row["value"] = f"{figures[row['id'], row['area']]:g}"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text("\ufeff" + out.getvalue(), encoding="utf-8")


def read_header(folder: Path) -> str:
    return re.search(r'\[region\]\s*code = "(\d+)"', (folder / "plan.toml").read_text(encoding="utf-8"))[1]


def test_a_copy_is_the_same_plan_without_what_is_worked_out_of_it(tmp_path):
    told = run("init", tmp_path / "own")
    assert told.exit_code == 0, told.output
    shipped = {path.name for path in baselines_folder().iterdir()} - {"suggestions.csv", "backtest.csv"}
    assert {path.name for path in (tmp_path / "own").iterdir()} == shipped
    own, plan = read_baselines(tmp_path / "own"), read_baselines(baselines_folder())
    pd.testing.assert_frame_equal(own.observed, plan.observed)
    again = run("init", tmp_path / "own")
    assert again.exit_code == 2
    assert "不会覆盖" in again.stderr


def test_other_years_ask_for_every_figure_of_the_new_base_year_and_for_targets(tmp_path):
    told = run("init", tmp_path / "next", "--base-year", 2025)
    assert told.exit_code == 0, told.output
    rows = list(csv.DictReader(io.StringIO((tmp_path / "next" / "missing.csv").read_text(encoding="utf-8"))))
    assert {row["what"] for row in rows} == {"figure", "target", "quote"}
    assert {row["year"] for row in rows if row["what"] == "figure" and row["needed"] == "yes"} == {"2025"}
    refused = run("check", "--baselines", tmp_path / "next")
    assert refused.exit_code == 2
    assert "missing.csv" in refused.stderr
    text = (tmp_path / "next" / "plan.toml").read_text(encoding="utf-8")
    assert "base_year = 2025" in text
    assert "target_year = 2030" in text


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Another region of 24 leagues: one command, one file filled in."""
    folder = tmp_path_factory.mktemp("elsewhere")
    told = run("init", folder / "gansu", "--region", areas_file(folder))
    assert told.exit_code == 0, told.output
    fill(folder / "gansu")
    return folder / "gansu"


def test_another_region_with_24_leagues_is_sound_once_its_rows_are_filled_in(elsewhere):
    data = read_baselines(elsewhere)  # `agriplan check` of such a folder is run in test_four_folders.py
    assert len(data.leagues) == LEAGUES
    assert data.region.name_zh == "甘肃省"
    assert all(len(one.leagues) == LEAGUES for one in data.commitments)


# With every run another region goes through pages, sheets and exports in test_four_folders.py.
@pytest.mark.thorough
def test_another_region_goes_through_workbooks_pages_and_exports(elsewhere, tmp_path):
    data = read_baselines(elsewhere)
    league = data.leagues[3]
    for area in ("region", league.name_zh):
        told = run("workbook", area, "--baselines", elsewhere, "-o", tmp_path / f"{area}.xlsx")
        assert told.exit_code == 0, told.output
    plan = make_plan(Scenario(), data, suggestions_for(data))
    assert set(tidy(plan)["area"]) == set(data.areas)
    settings = {"baselines": elsewhere, "database": f"sqlite:///{tmp_path / 'store.sqlite3'}", "secret_key": "k" * 32}
    client = create_app(read_settings(**settings)).test_client()
    for address in ("/", f"/league/{league.code}", "/indicator/milk", "/data", "/method", "/api/v1/plan"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "呼和浩特" not in answer.text
    assert league.name_zh in client.get("/indicator/milk").text


@pytest.mark.parametrize("indicator", ["milk", "beef_cattle_value", "improved_breed_rate"])
def test_rows_that_only_serve_the_criteria_may_stay_empty(tmp_path, indicator):
    made = tmp_path / "new"
    told = run("init", made, "--region", areas_file(tmp_path), "--indicator", indicator)
    assert told.exit_code == 0, told.output
    rows = list(csv.DictReader(io.StringIO((made / "missing.csv").read_text(encoding="utf-8"))))
    shipped = read_baselines(baselines_folder()).by_id[indicator]
    own = {shipped.quantity, shipped.unit_value, shipped.herd, indicator}
    assert {row["id"] for row in rows if row["needed"] == "yes"} == own - {None}
    others = {row["id"] for row in rows if row["needed"] == "no"}
    assert others == {"forage_value", "livestock_units", "improved_breed_rate"} - own
    fill(made, lambda row: row["needed"] == "yes")
    if FULL or indicator == "milk":
        assert run("check", "--baselines", made).exit_code == 0
    data = read_baselines(made)
    chosen = Scenario.model_validate({"allocation": {indicator: {"rule": "by_criteria"}}})
    plan = make_plan(chosen, data, suggestions_for(data))
    assert plan.leagues_of(indicator)["amount"].notna().all()
    if FULL or indicator != "milk":
        workbook = run("workbook", "region", "--baselines", made, "-o", tmp_path / "region.xlsx")
        assert workbook.exit_code == 0, workbook.output


@pytest.mark.parametrize("way", ["another region", "other years"])
def test_what_serves_the_criteria_and_further_indicators_is_asked_for_once_and_is_needed(way, tmp_path):
    file, made = tmp_path / "areas.csv", tmp_path / "new"
    file.write_text("code,name_zh,name_en\n150500,通辽市,Tongliao\n150523,开鲁县,Kailu\n", encoding="utf-8")
    asked = ["--region", file] if way == "another region" else ["--base-year", 2025]
    rates = [f"{name}:rate:{name}良种率（%）:livestock_units" for name in ("cattle", "sheep")]
    told = run("init", made, *asked, "--indicator", "milk", *(word for rate in rates for word in ("--add", rate)))
    assert told.exit_code == 0, told.output
    rows = list(csv.DictReader(io.StringIO((made / "missing.csv").read_text(encoding="utf-8"))))
    things = [(row["what"], row["id"], row["area"], row["year"]) for row in rows]
    assert [one for one in things if things.count(one) > 1] == []
    assert {row["needed"] for row in rows if row["id"] == "livestock_units"} == {"yes"}


TWICE = {
    "a league's code": ("620300,金昌市,Jinchang", "“620200”重复，第 3 行已有", "620200,金昌市,Jinchang"),
    "the region's code": ("620300,金昌市,Jinchang", "“620000”重复，第 2 行已有", "620000,金昌市,Jinchang"),
    "a name": ("620300,金昌市,Jinchang", "“嘉峪关市”也是嘉峪关市（620200）的名称", "620300,嘉峪关市,Jinchang"),
    "an English name": ("620300,金昌市,Jinchang", "“JIAYUGUAN”也是嘉峪关市（620200）的名称", "620300,金昌市,JIAYUGUAN"),
}


@pytest.mark.parametrize(("good", "told", "wrong"), TWICE.values(), ids=TWICE.keys())
def test_a_list_with_an_area_twice_is_refused_before_anything_is_written(good, told, wrong, tmp_path):
    file, folder = tmp_path / "areas.csv", tmp_path / "new"
    rows = ["code,name_zh,name_en", "620000,甘肃省,Gansu", "620200,嘉峪关市,Jiayuguan", ",,", good]
    file.write_text("\n".join([*rows[:-1], wrong]), encoding="utf-8")
    refused = run("init", folder, "--region", file)
    assert (refused.exit_code, folder.exists()) == (2, False)
    assert f"areas.csv:5: {told}" in refused.stderr
    file.write_text("\n".join(rows), encoding="utf-8")
    assert run("init", folder, "--region", file).exit_code == 0


def test_a_list_of_areas_that_cannot_be_used_is_told_with_its_row(tmp_path):
    file = tmp_path / "areas.csv"
    file.write_text("code,name_zh,name_en\n620000,甘肃省,Gansu\n62,,X\n", encoding="utf-8")
    told = run("init", tmp_path / "new", "--region", file)
    assert told.exit_code == 2
    assert "areas.csv:3: code" in told.stderr
    assert "areas.csv:3: name_zh" in told.stderr
    file.write_text("代码,名称\n620000,甘肃省\n", encoding="utf-8")
    assert "name_zh" in run("init", tmp_path / "new", "--region", file).stderr
    assert not (tmp_path / "new").exists()


def test_the_templates_are_written_out_and_never_written_over(tmp_path):
    told = run("template", "-o", tmp_path / "own")
    assert told.exit_code == 0, told.output
    files = sorted(path.name for path in (tmp_path / "own").iterdir())
    assert {"workbook.xlsx", "workbook.en.xlsx"} <= set(files)
    # Wherever they are spoken of, the programs that edit them are named.
    programs = {{".xlsx": "Excel", ".docx": "Word"}[Path(name).suffix] for name in files}
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (line,) = [one for one in readme.splitlines() if one.startswith("agriplan template")]
    texts = [say("template.copied", lang, folder="own") for lang in LANGS]
    for text in [told.output, line, copy_templates.help, *texts]:
        assert all(program in text for program in programs), text
    assert run("check", "--template", tmp_path / "own" / "workbook.xlsx").exit_code == 0
    shutil.copy(tmp_path / "own" / "workbook.xlsx", tmp_path / "own" / "workbook.en.xlsx")
    assert run("template", "-o", tmp_path / "own").exit_code == 2
