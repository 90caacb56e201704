"""A file in which every row is wrong is checked row by row: each further row costs what the one before it did."""

import sys
from shutil import copytree

import pytest
from bad_data import SHIPPED

from agriplan.baselines.folder import read_baselines
from agriplan.errors import MOST_STUDIED, BaselinesError

GOOD = "150100,milk_output,{n},12,万吨,post-census-2016,official,0.1,yearbook,,"
ROWS = {
    "every cell": "甲盟{n},未知{n},20x{n},abc,万,未知,,{n}%,来源{n},a,b",
    "every word": "15{n},thing{n},2015,12.{n},万吨,foo{n},official,0.1,src{n},,",
    "names for codes": "呼和浩特市,奶类产量{n},2015,12.{n},万吨,普查后,official,0.1,统计年鉴{n},,",
    "one unit": GOOD.replace("{n}", "2015").replace("万吨", "公斤"),
    "no year": GOOD.replace("{n}", "1{n}"),
    "an empty cell": GOOD.replace("milk_output", "").replace("{n}", "2015"),
    "one cell": "x{n}",
    "the same row": GOOD.replace("{n}", "2015"),
}
# Reading, validating and sorting a row takes some hundreds of calls; to look through all names and rows takes 10,000.
MOST_CALLS = 1500


def folder_with(tmp_path, row, count):
    folder = tmp_path / f"of {count}"
    copytree(SHIPPED, folder)
    with (folder / "observed.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{row.replace('{n}', str(1000 + number))}\n" for number in range(count))
    return folder


def problems_of(folder):
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    return caught.value.problems


def calls_for(folder):
    counted = 0

    def count(_frame, event, _arg):
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        problems_of(folder)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.one_in(4)
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_each_further_wrong_row_is_looked_at_by_itself(tmp_path, row):
    few, many = (MOST_STUDIED + more for more in (50, 250))
    problems_of(folder_with(tmp_path, row, 2))  # what is made once is made
    calls = calls_for(folder_with(tmp_path, row, many)) - calls_for(folder_with(tmp_path, row, few))
    assert calls / (many - few) < MOST_CALLS


def test_of_a_wholly_wrong_file_the_rows_that_are_not_told_are_counted(tmp_path):
    wrong = GOOD.replace("{n}", "2015").replace("12", "abc")
    first, further = problems_of(folder_with(tmp_path, wrong, MOST_STUDIED + 500))
    assert (first.code, first.more) == ("not_a_number", MOST_STUDIED - 1)
    assert (further.code, further.values["count"]) == ("rows_unread", 500)
