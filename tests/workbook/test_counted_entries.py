"""The list of changes counts what reading the file back gives: also entries that leave everything as it is."""

import random
from pathlib import Path
from typing import Any

import pytest
from filling_in import filled_in, find
from openpyxl import load_workbook
from recalculation import OFFICE, recalculate

from agriplan.analysis.titles import changed_keys
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import ScenarioError
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import Entry, Input, usual_of
from agriplan.workbook.evaluate.program import Outcomes
from agriplan.workbook.evaluate.shape import as_given
from agriplan.workbook.files import read_template
from agriplan.workbook.readback.entries import ScenarioEdits
from agriplan.workbook.readback.finding import CellPlace
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.inputs import read_back
from agriplan.workbook.xlsx.writer import render
from tests.engine.scenarios import random_evaluation
from tests.thoroughness import tried
from tests.workbook.evaluation import Compiled, Found, compiled, inputs_of
from tests.workbook.restyling import SHIPPED

# One of each kind: a quantity, a value, a rate.
INDICATORS = {"milk", "meat_sheep_value", "improved_breed_rate"}
OWN = "150500"
# A figure that counts something else is kept with the scenario, and stands in no cell.
ANOTHER_MEANING = {"definition": "收购量"}


def held(given: list[Outcomes], found: Found) -> Any:
    place, _, row, _ = found
    return given[place] if row is None else given[place][row]  # type: ignore[index]


def as_usual(book: Compiled, values: dict[Entry, Outcomes], found: Found) -> Any:
    """What a blank stands for, where the file says so beside the cell; of a cap that there is none."""
    _, (sheet, table, name), row, takes = found
    about = book.book.sheets[sheet]
    usual = usual_of(name, about.tables[table].columns if table else about.scalars)
    if usual is None or table is None or row is None:
        return takes.default
    column = values.get((sheet, table, usual)) or about.tables[table].columns[usual].values
    value = column[row]  # type: ignore[index]
    return takes.choices[-1] if value is None and takes.path[-1] == "max_growth" else value


def draw_entry(rng: random.Random, usual: Any, made: Any, takes: Input) -> Any:
    """As usual, as it was, a stroke, a blank, or something else."""
    other = rng.choice([word for word in takes.choices if word != "熵权"]) if takes.choices else None
    if takes.kind == "number":
        other = other or round(rng.uniform(max(takes.low or 0.0, 0.0), min(takes.high or 90.0, 90.0)), 2)
    sign = "无" if takes.kind == "number" else None
    return rng.choice([usual, usual, made, None, sign, other, other])


def some_inputs(rng: random.Random, book: Compiled, values: dict[Entry, Outcomes]) -> list[Found]:
    """Cells for entries that can be as usual, cells for actuals, and cells that hold something, a few of each."""
    # A figure needs its source, entropy no weights, shares at least one: what is refused cannot be counted.
    refused = {"baseline", "shares"}
    every = [one for one in inputs_of(book) if one[3].kind != "text" and refused.isdisjoint(one[3].path)]
    kinds = [
        [found for found in every if as_usual(book, values, found) not in (None, "")],
        [found for found in every if found[3].path[0] == "actual"],
        [found for found in every if held(book.given, found) not in (None, "")],
        [found for found in every if found[3].path[-1] == "max_growth"],
    ]
    return [found for kind in kinds for found in rng.sample(kind, min(len(kind), 8))]


def typed_over(book: Compiled, changes: dict[int, Any], cells: list[Found]) -> list[Outcomes]:
    given = list(book.given)
    for number, value in changes.items():
        place, _, row, _ = cells[number]
        if row is None:
            given[place] = as_given(value)
        else:
            given[place] = [*given[place]]  # type: ignore[misc]
            given[place][row] = as_given(value)  # type: ignore[index]
    return given


def read_from(book: Compiled, plan: Plan, given: list[Outcomes]) -> Scenario | None:
    """What the cells give, laid over what the file was made from; None where something in them cannot be used."""
    edits = ScenarioEdits(plan.scenario, book.book.words)
    for found in inputs_of(book):
        edits.take(found[3], held(book.given, found), Held(held(given, found)), CellPlace("", "A", 1))
    if edits.finish():
        return None
    try:
        return make_plan(Scenario.model_validate(edits.data), plan.baselines, plan.suggestions).scenario
    except ScenarioError:
        return None


def asked_at_random(rng: random.Random, seed: int, plan: Plan) -> Scenario:
    """Entries of every kind, and actuals as known already, and such as do not count."""
    data = plan.baselines
    asked = random_evaluation(seed, data).model_dump(mode="json", exclude_defaults=True)
    actual = asked.setdefault("actual", {})
    for one in data.commitments:
        own = {"2021": {"value": 31.5, **ANOTHER_MEANING}, "2022": 55.5}
        for area in (OWN, data.region.code):
            actual.setdefault(one.id, {}).setdefault(area, {}).update(own)
        if one.unit_value:  # what is known of the value follows from its quantity
            actual.setdefault(one.quantity, {}).setdefault(OWN, {}).update({"2021": 6.5, "2022": 7})
        elif one.quantity != one.id:
            actual.pop(one.quantity, None)
        if asked.get("allocation", {}).get(one.id, {}).get("criteria") == "entropy":
            asked["allocation"][one.id]["criteria"] = {"scale": 1}
    asked["path"] = {one.id: rng.choice(["constant_growth", "linear"]) for one in data.commitments}
    return Scenario.model_validate(asked)


@pytest.mark.parametrize("area", [OWN, "150000"])
def test_the_list_counts_the_entries_that_the_file_gives_after_cells_were_changed(area: str, plan: Plan) -> None:
    counted, usual = 0, 0
    for seed in range(tried(1, 30)):
        rng = random.Random(seed)
        made = make_plan(asked_at_random(rng, seed, plan), plan.baselines, plan.suggestions)
        # The second file is made from what was typed into the first.
        for _ in range(2):
            book = compiled(made, area)
            values = book.values(book.given)
            assert values["edits", None, "total"] == len(changed_keys(made.scenario)), seed
            cells = some_inputs(rng, book, values)
            drawn = {
                number: draw_entry(rng, as_usual(book, values, found), held(book.given, found), found[3])
                for number, found in enumerate(cells)
            }
            given = typed_over(book, drawn, cells)
            read = read_from(book, made, given)
            if read is None:
                break
            now = book.after(given)
            tells = [(".".join(cells[number][3].path), value) for number, value in drawn.items()]
            assert now["edits", None, "total"] == len(changed_keys(read)), (seed, tells)
            counted += 1
            usual += sum(int(now["edits", None, name]) for name in ("as_usual", "as_known"))  # type: ignore[call-overload]
            made = make_plan(read, plan.baselines, plan.suggestions)
    assert counted
    assert usual > 5


# Entries as usual, and what is typed over them in the file: changed once each, or cleared.
TYPED_OVER: list[tuple[dict[str, Any], tuple[str, str | None, object]]] = [
    ({"target": {"milk": 1000}}, ("assumptions.lines.entered_target", "milk", 950)),
    ({"target": {"milk": 1000}}, ("assumptions.lines.entered_target", "milk", None)),
    ({"allocation": {"milk": {"max_growth": 15}}}, ("assumptions.lines.entered_max_growth", "milk", 12)),
    (
        {"unit_value_growth": {"meat_sheep_value": 0}},
        ("assumptions.lines.entered_unit_value_growth", "meat_sheep_value", 1),
    ),
    ({"growth": {"milk": {OWN: 2.07}}}, ("inputs.leagues.entered_growth", f"milk.{OWN}", 5)),
    ({"path": {"milk": "constant_growth"}}, ("assumptions.lines.path", "milk", "等量增长")),
    ({"as_of": 2020}, ("assumptions.as_of", None, 2021)),
    (
        {"actual": {"milk": {OWN: {"2021": {"value": 41, **ANOTHER_MEANING}}}}},
        ("years.years.entered_actual", f"milk.{OWN}.2021", 40),
    ),
    (
        {"actual": {"milk": {OWN: {"2021": {"value": 41, **ANOTHER_MEANING}}}}},
        ("years.years.entered_actual", f"milk.{OWN}.2021", "无"),
    ),
]


@pytest.mark.thorough
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_counts_the_entries_that_the_file_gives(plan: Plan, tmp_path: Path) -> None:
    template = read_template(SHIPPED)
    files = []
    for number, (asked, (name, key, value)) in enumerate(TYPED_OVER):
        made = make_plan(Scenario.model_validate(asked), plan.baselines, plan.suggestions)
        files.append(tmp_path / f"{number}.xlsx")
        book = describe_book(made, OWN, "zh", template.words)
        files[-1].write_bytes(filled_in(render(template, book), {(name, key): value}))
    (tmp_path / "saved").mkdir()
    for (asked, _), file in zip(TYPED_OVER, recalculate(files, tmp_path / "saved"), strict=True):
        read = read_back(file.read_bytes(), plan.baselines, plan.suggestions)
        sheet, row, column = find(load_workbook(file, data_only=True), "edits.total", None)
        assert sheet.cell(row, column).value == len(changed_keys(read.settled())), asked
