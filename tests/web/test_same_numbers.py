"""The numbers of the JSON and of the workbook of the same scenario are the same, to the last digit that is printed."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import counted_decimals
from agriplan.formatting import print_number
from tests.thoroughness import tried

SCENARIO = {
    "growth": {"milk": {"150500": 8}},
    "allocation": {"forage_value": {"rule": "equal_growth", "reserve": 10}, "milk": {"max_growth": 9}},
    "target": {"meat_sheep_value": 640},
}
OF_THE_REGION = (
    *("target", "projection", "baseline", "to_place", "placed", "residual", "held_back", "on_top", "reachable"),
    *("reached", "unallocated", "gap"),
)
OF_A_LEAGUE = ("baseline", "growth", "projection", "floor", "ceiling", "weight", "offset", "amount", "issued", "target")
# What is printed is shown with the digits of the JSON; these are counted in animals for a rate.
PRINTED = {
    None: (
        "target",
        "projection",
        "baseline",
        "reachable",
        "reached",
        "unallocated",
        "statistical_difference",
        "gap_stated",
    ),
    "leagues": ("baseline", "projection", "target"),
}
COUNTED = {None: ("to_place", "placed", "held_back", "on_top", "floors"), "leagues": ("floor", "ceiling", "amount")}
# The promise for exact figures: a formula and the engine agree within this part of the figure.
AGREE = 1e-9
AREAS = ("150000", "150100", "150200", "150300", "150400", "150500", "150600", "150700", "150800", "150900", "152200",
         "152500", "152900")  # fmt: skip


@pytest.fixture(scope="module")
def told(app: Flask) -> dict[str, dict[str, object]]:
    """What the API says of each indicator."""
    report = app.test_client().post("/api/v1/plan", json=SCENARIO).json
    return {one["id"]: one for one in report["indicators"]}


def cells(book: Workbook, name: str) -> list[Cell]:
    """The cells of a name, top to bottom; none where the template does not show it."""
    if name not in book.defined_names:
        return []
    ((title, place),) = book.defined_names[name].destinations
    found = book[title][place.replace("$", "")]
    return [row[0] for row in found] if isinstance(found, tuple) else [found]


def final(value: object) -> object:
    """A yearly figure of the JSON at the target year, any other as it is."""
    return list(value.values())[-1] if isinstance(value, dict) else value


def assert_same(cell: Cell, value: float | None) -> None:
    if value is None:
        assert not isinstance(cell.value, (int, float))
        return
    assert cell.value == pytest.approx(value, rel=AGREE, abs=AGREE)


def assert_printed(cell: Cell, value: float | None, decimals: int) -> None:
    """The digits that the cell shows, and those of the JSON."""
    shown = cell.value if isinstance(cell.value, (int, float)) else None
    assert print_number(shown, decimals) == print_number(value, decimals), cell


def test_all_areas_of_the_data_are_walked(baselines: Baselines):
    assert set(AREAS) == set(baselines.areas)


def printed_alike(book: Workbook, indicator: str, one: dict, decimals: tuple[int, int]) -> int:
    """Compare every printed figure that the sheet shows; returns how many there were."""
    compared = 0
    for names, places in zip((PRINTED, COUNTED), decimals, strict=True):
        for table, figures in names.items():
            rows = one["leagues"] if table else [one]
            for figure in figures:
                column = cells(book, ".".join(filter(None, (indicator, table, f"printed_{figure}"))))
                assert column or figure in ("floors", "statistical_difference"), figure
                for cell, row in zip(column, rows if column else [], strict=True):
                    assert_printed(cell, row["printed"][figure], places)
                    compared += 1
    return compared


@pytest.mark.one_in(3)
@pytest.mark.parametrize("area", AREAS[:: tried(6, 1)])
def test_the_workbook_of_every_area_stores_the_figures_of_the_json(app: Flask, told, baselines: Baselines, area: str):
    answer = app.test_client().post(f"/api/v1/workbook?area={area}", json=SCENARIO)
    book = load_workbook(BytesIO(answer.data), data_only=True)
    compared = 0
    for indicator, one in told.items():
        commitment = baselines.by_id[indicator]
        decimals = (baselines.decimals(commitment), counted_decimals(baselines, commitment))
        compared += printed_alike(book, indicator, one, decimals)
        for figure in OF_THE_REGION:
            for cell in cells(book, f"{indicator}.{figure}"):
                assert_same(cell, final(one[figure]))
                compared += 1
        for figure in OF_A_LEAGUE:
            column = cells(book, f"{indicator}.leagues.{figure}")
            for cell, league in zip(column, one["leagues"] if column else [], strict=True):
                assert_same(cell, final(league[figure]))
                compared += 1
    assert compared > 300
