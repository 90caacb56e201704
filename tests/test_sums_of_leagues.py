"""Leagues that make up their region on paper are never said to exceed it or to fall short of it."""

import csv
import random
from decimal import Decimal

import pytest
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines

QUANTITIES = ("milk_output", "beef_output", "mutton_output", "forage_value")


@pytest.mark.parametrize("order", range(5))
def test_leagues_without_errors_that_add_up_to_their_region_are_its_parts(order, tmp_path):
    folder = broken_copy(SHIPPED, tmp_path / "copy", [])
    with (folder / "observed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in QUANTITIES:
        counted = [row for row in rows if row["indicator"] == name and row["year"] == "2020"]
        whole = next(row for row in counted if row["area"] == "150000")
        parts = [row for row in counted if row is not whole]
        whole["value"] = str(sum(Decimal(row["value"]) for row in parts))
        for row in counted:
            row["relative_error"] = "0"
    random.Random(order).shuffle(rows)
    with (folder / "observed.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert not [one for one in read_baselines(folder).cautions if one.code == "caution_leagues_short"]
