"""What was typed into a workbook and is not taken is told as such, with what stands in the scenario instead."""

import pytest

from agriplan.analysis.entries import key_of, say_path
from agriplan.analysis.titles import changed_keys
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.errors import Problem
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.inputs import Readback
from tests.workbook.held_cells import HeldCells

INDICATORS = {"milk", "meat_sheep_value", "improved_breed_rate"}
OWN = "150500"
LEFT_OUT = {"entry_left_out", "cell_left_out"}
LEAGUES = "inputs.leagues"
BEFORE = {"growth": {"milk": {OWN: 5.0}}}


def left_out(read: Readback) -> list[Problem]:
    return [note for note in read.notes if note.code in LEFT_OUT]


def every_input(plan, area):
    """A cell of every column of inputs, the league's own where it has one, and every single one; with what it takes."""
    for sheet in describe_book(plan, area, "zh", load_template(None, "zh").words).sheets.values():
        for name, cell in sheet.scalars.items():
            if cell.input:
                yield (f"{sheet.name}.{name}", None), cell.input
        for table, held in sheet.tables.items():
            for name, column in held.columns.items():
                keys = sorted(column.inputs, key=lambda key: OWN not in key.split("."))
                for key in keys[:1]:
                    yield (f"{sheet.name}.{table}.{name}", key), column.inputs[key]


@pytest.mark.parametrize("entered", [{}, BEFORE])
def test_every_cell_that_cannot_be_read_is_told_with_what_stands_instead(entered, baselines, suggestions) -> None:
    """An error in each kind of cell: nothing of it is taken, and what stood there before stands."""
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    inputs = list(every_input(plan, OWN))
    book = HeldCells(
        write_workbook(plan, OWN, load_template(None, "zh"), "zh"),
        {place: Held("#N/A", error=True) for place, _ in inputs},
    )
    read = book.read(baselines, suggestions)
    assert changed_keys(read.scenario) == changed_keys(plan.scenario)
    keys = {key_of(".".join(takes.path)) for _, takes in inputs}
    told = {str(note.values["entry"].text("zh")): note for note in left_out(read)}  # type: ignore[attr-defined]
    assert set(told) == {say_path(key, baselines, "zh") for key in keys}
    assert all(note.text("zh") != note.text("en") for note in told.values())
    growth = told["奶类产量 · 增速 · 通辽市"].text("zh")
    assert growth.endswith("方案中为5%/年" if entered else "方案中为2.07%/年（默认）")


# What is typed, into which cells, and what is told of it, apart from the place.
UNUSABLE = {
    "a figure without its source": (
        {(f"{LEAGUES}.own", f"milk.{OWN}"): 38.0},
        "奶类产量 · 自报基期值 · 通辽市：所填的38万吨未采用，方案中为35.87万吨（默认）",
    ),
    "a source without its figure": (
        {(f"{LEAGUES}.own_source", f"milk.{OWN}"): "统计局"},
        "奶类产量 · 自报基期值 · 通辽市：所填的统计局未采用，方案中为35.87万吨（默认）",
    ),
    "a cell shown in per cent": (
        {(f"{LEAGUES}.entered_growth", f"milk.{OWN}"): Held(0.06, shown_as="per_cent")},
        "奶类产量 · 增速 · 通辽市：所填未采用，方案中为5%/年",
    ),
    "a rule without its weights": (
        {("assumptions.lines.rule", "milk"): "给定比例法"},
        "奶类产量 · 分解规则：所填的给定比例法未采用，方案中为基数法（默认）",
    ),
}


@pytest.fixture(scope="module")
def made(baselines, suggestions) -> bytes:
    plan = make_plan(parse_scenario(BEFORE), baselines, suggestions)
    return write_workbook(plan, OWN, load_template(None, "zh"), "zh")


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_told_as_left_out(name, made, baselines, suggestions) -> None:
    typed, expected = UNUSABLE[name]
    read = HeldCells(made, typed).read(baselines, suggestions)
    assert expected in [note.text("zh").partition(": ")[2] for note in left_out(read)]
