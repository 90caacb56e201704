"""One figure with two values among those that a person confirmed: none is written, and which they are is said."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.cli import main

ROWS = {
    "all milk": "奶类产量,万吨,42.6\n",
    "cows' milk": "牛奶产量,万吨,42.1\n",
    "another book's": "奶类产量,万吨,42.9\n",
}
HEAD = "指标,单位,2022年\n"
SAID = ("--accept-doubtful", "--basis", "local", "--grade", "secondary", "--source", "年鉴", "--area", "通辽")
MUTTON = "羊肉产量,万吨,8.1\n"


def written(folder: Path) -> dict[str, str]:
    text = (folder / "observed.csv").read_text("utf-8-sig") if folder.exists() else ""
    rows = [one for one in csv.DictReader(text.splitlines()) if (one["area"], one["year"]) == ("150500", "2022")]
    return {one["indicator"]: one["value"] for one in rows if one["basis"] == "local"}


@pytest.mark.parametrize(
    ("tables", "values"),
    [
        ([HEAD + ROWS["all milk"] + ROWS["cows' milk"] + MUTTON], {"42.6", "42.1"}),
        ([HEAD + ROWS["all milk"] + MUTTON, HEAD + ROWS["another book's"]], {"42.6", "42.9"}),
    ],
    ids=["in one table", "in two tables"],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_leaves_out_what_has_two_values_and_says_where_they_stand(tmp_path, tables, values, lang):
    files = [tmp_path / f"{number}.csv" for number in range(len(tables))]
    for file, text in zip(files, tables, strict=True):
        file.write_text(text, "utf-8")
    told = CliRunner().invoke(main, ["--lang", lang, "take", *map(str, files), "-o", str(tmp_path / "mine"), *SAID])
    assert told.exit_code == 0, told.output
    assert written(tmp_path / "mine") == {"mutton_output": "8.1"}
    (line,) = [one for one in told.output.splitlines() if one.startswith(("未写入", "Left out"))]
    assert all(f"csv!C{row} = " in line for row in ("2", "3" if len(files) == 1 else "2"))
    assert all(value in line for value in values)


def test_the_reasons_of_a_doubt_stand_apart_by_the_marks_of_the_language(tmp_path):
    (tmp_path / "a.csv").write_text("指标,2022年\n奶类产量,426\n", "utf-8")
    for lang, marks in (("zh", [True, False]), ("en", [False, True])):
        told = CliRunner().invoke(main, ["--lang", lang, "take", str(tmp_path / "a.csv"), "--area", "通辽"]).output
        (line,) = [one for one in told.splitlines() if one.startswith("a.csv!B2")]
        assert [mark in line for mark in ("；", "; ")] == marks


def test_a_total_is_written_and_its_part_is_listed_as_one(tmp_path):
    (tmp_path / "a.csv").write_text(HEAD + ROWS["all milk"] + "其中：" + ROWS["cows' milk"], "utf-8")
    told = CliRunner().invoke(main, ["take", str(tmp_path / "a.csv"), "-o", str(tmp_path / "mine"), *SAID])
    assert "a.csv!C3: “其中：牛奶产量”是 a.csv!C2 的一部分" in told.output
    assert written(tmp_path / "mine") == {"milk_output": "42.6"}
