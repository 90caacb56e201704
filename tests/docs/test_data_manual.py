"""baselines/README.md: a planner who does what it says gets what it promises."""

import re
import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from agriplan.baselines.files import FILES
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.baselines.grades import GRADES
from agriplan.baselines.records import PlanHeader
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from tests.install.documents import add_cashmere

PAGE = (baselines_folder() / "README.md").read_text(encoding="utf-8")
CSV = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
TOML = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
SOURCE, BEFORE, AFTER, CASHMERE = CSV
COMMITMENT, HEADER = TOML


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(baselines_folder(), tmp_path / "规划"))


def append(file: Path, text: str) -> None:
    old = file.read_text(encoding="utf-8")
    file.write_text(old.rstrip("\n") + "\n" + text, encoding="utf-8")


def plan_of(folder: Path, tmp_path: Path) -> tuple[Baselines, Plan]:
    baselines = read_baselines(folder)
    return baselines, make_plan(Scenario(), baselines, suggestions_for(baselines, tmp_path / "remembered"))


def test_every_file_of_the_folder_is_explained():
    named = set(re.findall(r"`(\w+\.(?:csv|toml))`", PAGE))
    assert set(FILES) <= named


@pytest.mark.parametrize("sentence", [r"数据等级由高到低为：(.*?)。", r"Grades, best first: (.*?)\.\s"])
def test_every_grade_is_explained_in_the_order_that_counts(sentence: str):
    listed = re.search(sentence, PAGE, re.DOTALL)
    assert listed is not None
    words = re.sub(r"`missing.csv`", "", listed[1])
    assert re.findall(r"`(\w+)`", words) == list(GRADES)


def test_a_league_enters_its_own_figure(folder: Path, tmp_path: Path):
    append(folder / "sources.csv", SOURCE)
    observed = (folder / "observed.csv").read_text(encoding="utf-8")
    assert BEFORE in observed
    (folder / "observed.csv").write_text(observed.replace(BEFORE, AFTER), encoding="utf-8")
    _, plan = plan_of(folder, tmp_path)
    row = plan.leagues_of("milk").set_index("code").loc["150500"]
    assert (row["baseline"], row["grade"]) == (36.0, "official")
    # Stated as the statistical difference, not scaled away.
    assert plan.by_indicator["milk"]["difference"] == pytest.approx(35.87 - 36.0)
    assert plan.by_indicator["milk"]["baseline"] == pytest.approx(611.5)


def test_an_indicator_with_a_target_is_added(tmp_path: Path):
    made = add_cashmere(tmp_path)
    baselines, plan = plan_of(made, tmp_path)
    line = plan.by_indicator["cashmere"]
    assert (line["target"], line["baseline"], line["difference"]) == (9000, 8400, 1600)
    named = plan.leagues_of("cashmere").query("named")
    assert list(named["code"]) == [
        one.code for one in baselines.leagues if one.code in baselines.by_id["cashmere"].leagues
    ]
    assert named["amount"].sum() == pytest.approx(line["to_place"])
    assert line["reached"] == pytest.approx(9000)
    assert "cashmere" not in {one.id for one in baselines.directions}
    written = tomllib.loads((made / "commitments.toml").read_text(encoding="utf-8"))["commitment"][-1]
    assert tomllib.loads(COMMITMENT)["commitment"] == [written]


def test_another_period_is_started(folder: Path, tmp_path: Path):
    header = tomllib.loads(HEADER)
    assert PlanHeader.model_validate(header).target_year == 2030
    kept = (folder / "plan.toml").read_text(encoding="utf-8").partition("[bases.")
    (folder / "plan.toml").write_text(f"{HEADER}\n{''.join(kept[1:])}", encoding="utf-8")
    observed = pd.read_csv(folder / "observed.csv", dtype=str, keep_default_na=False)
    base = observed[(observed["year"] == "2020") & (observed["basis"] == "post-census-2016")]
    years = [base.assign(year=str(year)) for year in range(2021, 2026)]
    earlier = observed[observed["year"] <= "2020"]
    pd.concat([earlier, *years]).to_csv(folder / "observed.csv", index=False)
    baselines, plan = plan_of(folder, tmp_path)
    assert (baselines.base_year, baselines.target_year) == (2025, 2030)
    assert set(plan.years["year"]) == set(range(2025, 2031))
