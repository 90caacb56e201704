"""A mistake in a figure is told once: what only follows from it, of the sum or of its bound, is not told beside it."""

import pytest
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines
from agriplan.errors import BaselinesError

MILK = "150700,milk_output,2020,63.98,万吨,"
RATE = "150700,improved_breed_rate,2020,"
SLIPS = {
    "a league in another unit": (MILK, "150700,milk_output,2020,639800,吨,", "wrong_unit"),
    "the region in another unit": (
        "150000,milk_output,2020,611.5,万吨,",
        "150000,milk_output,2020,0.06,亿吨,",
        "wrong_unit",
    ),
    "a league twice": (
        MILK,
        "150700,milk_output,2020,900,万吨,post-census-2016,assumed,0.4,estimate,,\n" + MILK,
        "given_twice",
    ),
}


def told(folder):
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    return [one.code for one in caught.value.problems]


@pytest.mark.parametrize("slip", SLIPS)
def test_what_follows_from_a_wrong_figure_is_not_told_as_a_second_mistake(slip, tmp_path):
    right, wrong, code = SLIPS[slip]
    assert told(broken_copy(SHIPPED, tmp_path / "copy", [{"file": "observed.csv", "find": right, "put": wrong}])) == [
        code
    ]


def test_a_rate_in_another_unit_is_not_measured_by_its_ceiling(tmp_path):
    text = (SHIPPED / "observed.csv").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(RATE))
    cells = row.split(",")
    wrong = ",".join([*cells[:3], "885", "‰", *cells[5:]])
    assert told(broken_copy(SHIPPED, tmp_path / "copy", [{"file": "observed.csv", "find": row, "put": wrong}])) == [
        "wrong_unit"
    ]


def test_a_sum_that_is_wrong_by_itself_is_told_beside_another_mistake(tmp_path):
    slips = [
        {"file": "observed.csv", "find": MILK, "put": "150700,milk_output,2020,963.98,万吨,"},
        {"file": "observed.csv", "find": "150200,forage_value,2020,15.11", "put": "150201,forage_value,2020,15.11"},
    ]
    assert sorted(told(broken_copy(SHIPPED, tmp_path / "copy", slips))) == ["leagues_exceed_region", "unknown_area"]
