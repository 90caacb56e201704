"""What the workbooks of the region and of three leagues print adds up in rows and columns, whatever is typed."""

import dataclasses
from functools import cache

import numpy as np
import pytest

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from tests.engine.scenarios import random_scenario
from tests.thoroughness import FULL, tried
from tests.workbook.evaluation import compiled
from tests.workbook.fewer_indicators import of_indicators

AREAS = ("150000", "150500", "150300", "152900")
SIGNS = (0, 1, -1)
# One of each kind: a quantity, a value, a rate; in full all.
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}
BLOCKS, SEEDS = 10, tried(3, 30)


@cache
def _data(sign: int):
    """The shipped data, and the same with a statistical difference of either sign."""
    whole = read_baselines(baselines_folder())
    data = whole if FULL else of_indicators(whole, KINDS)
    observed = data.observed.copy()
    rows = (observed["area"] == data.region.code) & (observed["year"] == data.base_year)
    observed.loc[rows & (observed["indicator"] != "improved_breed_rate"), "value"] *= 1 + sign * 0.00537
    return dataclasses.replace(data, observed=observed), suggestions_for(data)


@cache
def _book(sign: int, area: str):
    data, suggestions = _data(sign)
    return compiled(make_plan(Scenario(), data, suggestions), area, "zh")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_printed_table_of_a_workbook_adds_up(block: int) -> None:
    for seed in range(SEEDS * block, SEEDS * block + SEEDS):
        sign = SIGNS[seed % len(SIGNS)]
        data, suggestions = _data(sign)
        plan = make_plan(random_scenario(seed, data), data, suggestions)
        # With every run a league beside the region, with each difference another.
        for area in AREAS if FULL else (AREAS[0], AREAS[1 + seed % len(SIGNS)]):
            book = _book(sign, area)
            found = book.values(book.typed_in(plan.scenario))
            for commitment in data.commitments:
                _indicator_adds_up(found, commitment, seed)
            _first_page_adds_up(found, area == data.region.code)
            if area == data.region.code:
                _overview_adds_up(found, data)
                _years_add_up(book.book.sheets["years"], found, data)


def _indicator_adds_up(found: dict, commitment, seed: int) -> None:
    def line(name):
        return found[commitment.id, None, f"printed_{name}"]

    def total(name):
        return sum(_numbers(found[commitment.id, "leagues", f"printed_{name}"]))

    same(total("amount"), line("placed"))
    same(total("ceiling"), found[commitment.id, None, "ceiling_total"])
    same(total("floor"), line("floors"))
    same(line("reached") + line("unallocated"), line("target"))
    same(line("target") - line("projection"), line("gap_stated"))
    same(line("placed") + line("residual"), line("to_place"))
    same(line("gap") + line("surplus") - line("held_back") + line("on_top"), line("to_place"))
    if commitment.is_rate:
        return
    same(line("held_back") - line("on_top") + line("residual") - line("surplus"), line("unallocated"))
    for name, difference, whole in (
        ("baseline", "difference", "baseline"),
        ("projection", "statistical_difference", "projection"),
        ("target", "statistical_difference", "reached"),
    ):
        same(total(name) + line(difference), line(whole))


def _first_page_adds_up(found: dict, of_region: bool) -> None:
    page = {name: found["plan", "indicators", name] for name in ("projection", "amount", "target")}
    region = {name: found["plan", "indicators", f"region_{name}"] for name in ("projection", "gap", "target")}
    for projection, gap, target in zip(*region.values(), strict=True):
        same(projection + gap, target)
    if not of_region:
        for projection, amount, target in zip(*page.values(), strict=True):
            same(projection + amount, target)


def _overview_adds_up(found: dict, data) -> None:
    for number, commitment in enumerate(data.commitments, 1):
        difference, reached, unallocated, target = found["overview", "region", f"target_{number}"]
        same(reached + unallocated, target)
        if commitment.is_rate:
            continue
        same(sum(_numbers(found["overview", "leagues", f"target_{number}"])) + difference, reached)
        same(
            sum(_numbers(found["overview", "leagues", f"amount_{number}"])),
            found["overview", "region", f"amount_{number}"][1],
        )
        base = found["overview", "region", f"baseline_{number}"]
        same(sum(_numbers(found["overview", "leagues", f"baseline_{number}"])) + base[0], base[1])


def _years_add_up(sheet, found: dict, data) -> None:
    leagues = [key.split(".") for key in sheet.tables["years"].keys]
    shown = found["years", "years", "printed_milestone"]
    for row, key in enumerate(sheet.tables["region"].keys):
        indicator, year = key.split(".")
        if data.by_id[indicator].is_rate:
            continue
        mine = [value for value, (one, _, when) in zip(shown, leagues, strict=True) if (one, when) == (indicator, year)]
        region = {name: found["years", "region", f"printed_{name}"][row] for name in REGION}
        same(sum(_numbers(mine)) + region["difference_due"] + region["unallocated"], region["milestone"])


REGION = ("milestone", "difference_due", "unallocated")


def _numbers(values) -> list[float]:
    return [value for value in values if isinstance(value, (int, float))]


def same(one: float, other: float) -> None:
    """Printed figures have six decimals at most: what they add up to is the same on eight."""
    assert np.isclose(one, other, rtol=0, atol=1e-8), (one, other)
