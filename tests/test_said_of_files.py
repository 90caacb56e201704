"""What is wrong in a data folder is told in the words of the file, and what is advised can be done."""

import re

import pytest
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines
from agriplan.errors import BaselinesError
from tests.thoroughness import tried

ENTRY = re.compile(r"(?m)^(\w+) = (.+)$")
NAMES = ("plan.toml", "commitments.toml", "balances.toml")
TOML = {name: (SHIPPED / name).read_text(encoding="utf-8") for name in NAMES}
# The first entry of every name.
ENTRIES = {f"{name} {found[1]}": (name, found) for name, text in TOML.items() for found in ENTRY.finditer(text)}
OTHERS = ("1", "true", "2020-01-01", '"#REF!"', "[1]", "{a = 1}", "-1e15")
MILK = "150000,milk_output,2020,611.5"


def told(tmp_path, file, text):
    try:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [{"file": file, "whole": text}]))
    except BaselinesError as error:
        return error.text("zh") + error.text("en")
    return ""


def told_of_milk(tmp_path, written):
    text = (SHIPPED / "observed.csv").read_text(encoding="utf-8")
    assert MILK in text
    return told(tmp_path, "observed.csv", text.replace(MILK, written))


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", list(ENTRIES)[:: tried(3, 1)])
def test_an_entry_of_toml_is_explained_as_toml_writes_it(name, tmp_path):
    file, found = ENTRIES[name]
    said = ""
    for number, other in enumerate(OTHERS):
        text = TOML[file][: found.start(2)] + other + TOML[file][found.end(2) :]
        said += told(tmp_path / str(number), file, text)
    assert "JSON" not in said
    assert '":' not in said
    assert "留空" not in said
    assert "1e+12" not in said


@pytest.mark.parametrize("column", range(2, 8))
def test_no_cell_that_must_be_filled_is_to_be_left_empty(column, tmp_path):
    text = (SHIPPED / "observed.csv").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(MILK))
    cells = row.split(",")
    said = told(tmp_path, "observed.csv", text.replace(row, ",".join([*cells[:column], "#REF!", *cells[column + 1 :]])))
    assert said
    assert "留空" not in said


def test_a_cell_that_may_be_empty_may_be_left_empty(tmp_path):
    text = (SHIPPED / "indicators.csv").read_text(encoding="utf-8")
    assert "没有就留空" in told(tmp_path, "indicators.csv", text.replace(",100\n", ",#REF!\n"))


def test_a_figure_far_below_zero_is_told_that_none_is_negative(tmp_path):
    assert "不能为负" in told_of_milk(tmp_path, "150000,milk_output,2020,-1e15")


@pytest.mark.parametrize("year", ["2020/12/31", "2020-12-31", "二〇二〇", "二零二零年", "2020年12月", "2020年"])
def test_a_year_written_as_a_day_or_in_chinese_is_recognised(year, tmp_path):
    assert "是否想写“2020”？" in told_of_milk(tmp_path, f"150000,milk_output,{year},611.5")


def test_a_folder_of_the_name_of_a_file_is_called_one(tmp_path):
    folder = broken_copy(SHIPPED, tmp_path / "copy", [])
    (folder / "observed.csv").unlink()
    (folder / "observed.csv").mkdir()
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    assert [one.code for one in caught.value.problems] == ["folder_for_file"]
