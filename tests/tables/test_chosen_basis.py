"""The basis that a person chooses: tables that say another are doubtful, what stands on it is shown before it goes."""

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.taking.checking import check_readings
from agriplan.taking.grid import parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.words import Words

ROOT = Path(__file__).parents[2]
BASES = ("post-census-2016", "pre-census-2016", "local")
# What a table says of its basis, and the bases that it does not contradict.
STATED = {
    "（修订前口径）": {"pre-census-2016"},
    "（普查前口径）": {"pre-census-2016"},
    "（2016年普查前口径）": {"pre-census-2016"},
    "（修订后）": {"post-census-2016"},
    "（普查后口径）": {"post-census-2016"},
    "（地方口径）": {"local"},
    "（可比口径）": set(BASES),
    "": set(BASES),
}
# Where a table says it: its title, a head, a line below it.
PLACES = (
    "2022年各盟市奶类产量{}\n单位：万吨\n地区\t产量\n通辽市\t37.1\n",
    "2022年各盟市奶类产量\n单位：万吨\n地区{}\t产量\n通辽市\t37.1\n",
    "2022年各盟市奶类产量\n单位：万吨\n地区\t产量\n通辽市\t37.1\n注：{}\n",
)
SAID = ("--grade", "secondary", "--source", "统计公报")


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize("place", PLACES, ids=["title", "head", "note"])
def test_a_table_that_says_another_basis_than_the_one_chosen_is_doubtful(place, stated, basis, baselines):
    (read,) = read_figures(parse_table("表", place.format(stated)), Words(baselines))
    (one,) = check_readings([read], baselines, basis)
    if not one.is_known:  # a head that is not understood takes its figure out whatever is chosen
        assert "head" in place or stated
        return
    assert (one.state == "doubtful") == (basis not in STATED[stated])
    for lang in ("zh", "en"):
        name = baselines.basis_name(basis, lang)
        assert all(name in reason.text(lang) for reason in one.reasons)
        assert not any("census-2016" in reason.text(lang) for reason in one.reasons)
        assert not stated or any(stated.strip("（）") in each.text(lang) for each in one.remarks)


def test_without_a_basis_chosen_nothing_is_doubted_for_it(baselines):
    read = read_figures(parse_table("表", PLACES[0].format("（修订前口径）")), Words(baselines))
    assert [one.state for one in check_readings(read, baselines)] == ["found"]


def take(*args):
    return CliRunner().invoke(main, [str(one) for one in ("take", *args)])


def written(folder):
    with (folder / "observed.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {(row["area"], row["indicator"], row["year"], row["basis"]): float(row["value"]) for row in rows}


@pytest.fixture
def table(tmp_path):
    def make(text):
        file = tmp_path / "ex.csv"
        file.write_text(text, encoding="utf-8")
        return file

    return make


def test_figures_of_another_basis_are_not_taken_without_being_confirmed(tmp_path, table):
    file, folder = table("2022年各盟市奶类产量（修订前口径）,\n地区,产量（万吨）\n通辽市,37.1\n"), tmp_path / "plan"
    done = take(file, "-o", folder, "--accept", "--basis", "post-census-2016", *SAID)
    assert "修订前口径" in done.output
    assert "什么也没有写入" in done.output
    assert not folder.exists()
    assert take(file, "-o", folder, "--accept-doubtful", "--basis", "pre-census-2016", *SAID).exit_code == 0
    assert written(folder)["150500", "milk_output", "2022", "pre-census-2016"] == 37.1


def test_the_figure_that_would_be_replaced_is_shown_before_and_counted_after(tmp_path, table):
    folder = tmp_path / "plan"
    first = take(
        table("地区,2022年奶类产量(万吨)\n通辽市,36.6\n兴安盟,40.2\n"),
        "-o",
        folder,
        "--accept",
        "--basis",
        "local",
        *SAID,
    )
    assert "新增 2 个数，替换原有的 0 个数" in first.output
    file = table("地区,2022年奶类产量(万吨)\n通辽市,37.1\n兴安盟,40.2\n锡林郭勒盟,60.1\n")
    shown = take(file, "-o", folder, "--basis", "local")
    assert "36.60（地方口径）" in shown.output
    assert "2 个数在“地方口径”下已有值" in shown.output
    assert "36.60（地方口径）" in take(file, "-o", folder).output  # no basis said yet: all there are
    assert "36.60" not in take(file, "-o", folder, "--basis", "post-census-2016").output
    assert written(folder)["150500", "milk_output", "2022", "local"] == 36.6
    done = take(file, "-o", folder, "--accept", "--basis", "local", *SAID)
    assert "36.60（地方口径）" in done.output
    assert "新增 1 个数，替换原有的 1 个数" in done.output
    assert written(folder)["150500", "milk_output", "2022", "local"] == 37.1


def test_a_second_table_of_another_source_gets_a_source_of_its_own(tmp_path, table):
    folder = Path(shutil.copytree(ROOT / "baselines", tmp_path / "plan"))
    for value, source in (("36.6", "甲年鉴"), ("37.1", "乙年鉴"), ("37.2", "甲年鉴")):
        file = table(f"地区,2022年奶类产量(万吨)\n通辽市,{value}\n")
        said = ("--basis", "local", "--grade", "secondary", "--source", source)
        assert take(file, "-o", folder, "--accept", *said).exit_code == 0
    with (folder / "sources.csv").open(encoding="utf-8") as opened:
        rows = [row for row in csv.DictReader(opened) if row["title_zh"] in ("甲年鉴", "乙年鉴")]
    assert [row["title_zh"] for row in rows] == ["甲年鉴", "乙年鉴"]
    assert len({row["source"] for row in rows}) == 2
