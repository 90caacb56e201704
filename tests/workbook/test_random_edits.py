"""Whatever is done to inputs, what is read is the plan that the file shows, or a cell is named.

Edits are worked out in two ways: by the compiled formulas (quick, many) and by LibreOffice (the judge, fewer).
`AGRIPLAN_EDITS=full` tries hundreds of each.
"""

import os
import random
from collections import Counter
from typing import NamedTuple

import pytest
from xlsxwriter.utility import xl_col_to_name

from agriplan.engine.plan import make_plan
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import Cell, Column, Input
from agriplan.workbook.evaluate.shape import as_given
from agriplan.workbook.evaluate.values import VALUE, ErrorValue
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.layout.references import sheet_quoted
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.readback.figures import same, told_about_changes
from agriplan.workbook.readback.finding import Finder
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.inputs import read_opened
from agriplan.workbook.readback.uploaded_file import Opened
from tests.thoroughness import tried
from tests.workbook.evaluation import compiled
from tests.workbook.raw_edits import opened as opened_file
from tests.workbook.raw_edits import written
from tests.workbook.reading_back import read_here
from tests.workbook.recalculation import OFFICE, recalculate

FULL = os.environ.get("AGRIPLAN_EDITS") == "full"
QUICK, OFFICE_EDITS = (600, 240) if FULL else (tried(6, 12), 2)
AT_ONCE = 20  # files that LibreOffice is given at a time
# With every run a league's, which has all that the region's has but what is published.
AREAS = ("150500", "150000")[: 2 if FULL else tried(1, 2)]
# Texts that people leave in cells for numbers.
TEXTS = ("8", " 2.5 ", "3,5", "３．５", "1,234", "36²", "36.5①", "34_4", "5%", "-", "——", "无", "约5", " ", "x", "不设")


class Edited(NamedTuple):
    """An input cell (entry of the book and row key) and what is typed into it."""

    entry: tuple[str, str | None, str]
    key: str | None
    asked: Input
    typed: object
    shown_as: str = ""


class Made(NamedTuple):
    """A workbook as it was handed out."""

    area: str
    data: bytes
    opened: Opened
    compiled: object
    inputs: list[tuple[tuple[str, str | None, str], str | None, Input]]


@pytest.fixture(scope="module")
def made(plan):
    """One workbook of a league and the region's."""
    found = {}
    for area in AREAS:
        data = write_workbook(plan, area, load_template(None, "zh"), "zh")
        book = compiled(plan, area)
        found[area] = Made(area, data, opened_file(data), book, inputs_of(book.book))
    return found


def inputs_of(book):
    found = []
    for sheet in book.sheets.values():
        found += [((sheet.name, None, name), None, cell.input) for name, cell in sheet.scalars.items() if cell.input]
        for table_name, table in sheet.tables.items():
            for name, column in table.columns.items():
                found += [((sheet.name, table_name, name), key, asked) for key, asked in column.inputs.items()]
    return found


def draw_edits(draw, made):
    """One to four cells, each with something that a person may leave there: half of the time what belongs there."""
    if draw.random() < 0.5:
        usual = [each for each in made.inputs if each[2].path[0] != "baseline" and each[2].kind != "text"]
        return [belonging_into(draw, *draw.choice(usual)) for _ in range(draw.choice((1, 2, 4)))]
    return [typed_into(draw, *draw.choice(made.inputs)) for _ in range(draw.choice((1, 1, 2, 4)))]


def belonging_into(draw, entry, key, asked):
    if asked.kind == "choice":
        return Edited(entry, key, asked, draw.choice(asked.choices))
    low, high = max(asked.low or -5.0, -5.0), min(asked.high or 30.0, 30.0)
    return Edited(entry, key, asked, round(draw.uniform(low, high), draw.choice((0, 1, 2, 17))))


def typed_into(draw, entry, key, asked):
    if asked.kind == "text":
        return Edited(entry, key, asked, draw.choice(("统计局", "长" * 201, 2021.0, None)))
    if asked.kind == "choice":
        return Edited(entry, key, asked, draw.choice((*asked.choices, "基数", 7.0, None, VALUE)))
    low, high = max(asked.low or -5.0, -5.0), min(asked.high or 30.0, 30.0)
    number = round(draw.uniform(low, high), draw.choice((0, 1, 2, 17)))
    kinds = (
        number,
        number,
        number,
        number,
        0.0,
        -1e5,
        1e300,
        True,
        VALUE,
        None,
        draw.choice(TEXTS),
        draw.choice(TEXTS),
    )
    typed = draw.choice((*kinds, *asked.choices))
    shown_as = draw.choice((*("",) * 10, "per_cent", "date")) if isinstance(typed, float) else ""
    return Edited(entry, key, asked, typed, shown_as)


def as_file(made, edits):
    """The names and cells of the file after these edits, every result as the formulas give it; and these results."""
    values = worked_out(made.compiled, edits)
    sheets = {title: dict(cells) for title, cells in made.opened.sheets.items()}
    finder = Finder(made.opened)
    for entry, found in values.items():
        sheet = made.compiled.book.sheets[entry[0]]
        if entry[1] is None:
            cells = [(finder.scalar(sheet, entry[2]), found)]
        else:
            rows = dict(zip(sheet.tables[entry[1]].keys, found, strict=True))
            cells = [(cell, rows[cell.key]) for cell in finder.column(sheet, entry[1], entry[2]) or ()]
        for cell, value in cells:
            if cell:
                sheets[cell.place.sheet][cell.place.column, cell.place.row] = as_held(value, formula=True)
    for edit in edits:
        place = place_of(made, finder, edit)
        held = as_held(edit.typed, formula=False)
        sheets[place.sheet][place.column, place.row] = held._replace(shown_as=edit.shown_as)
    return Opened(made.opened.names, sheets), values


def worked_out(compiled_book, edits):
    """What every formula gives once these cells are typed over."""
    program, given = compiled_book.program, list(compiled_book.given)
    for edit in edits:
        if edit.entry in program.shape.given:
            place = program.shape.given.index(edit.entry)
            value = edit.typed if isinstance(edit.typed, ErrorValue) else as_given(edit.typed)
            if edit.key is None:
                given[place] = value
            else:
                given[place] = list(given[place])
                given[place][program.shape.row(edit.entry, edit.key)] = value
    return compiled_book.after(given)


def place_of(made, finder, edit):
    sheet = made.compiled.book.sheets[edit.entry[0]]
    if edit.key is None:
        return finder.scalar(sheet, edit.entry[2]).place
    return next(cell.place for cell in finder.column(sheet, *edit.entry[1:]) if cell.key == edit.key)


def as_held(value, *, formula):
    if isinstance(value, ErrorValue):
        return Held(value.code, formula, error=True)
    return Held(value if value != "" else None, formula)


def names_a_cell(result):
    return any("!" in problem.place for problem in result.doubts)


@pytest.mark.parametrize("area", AREAS)
def test_what_is_read_is_what_the_formulas_show_or_a_cell_is_named(area, made, baselines, suggestions):
    seen: Counter[str] = Counter()
    for seed in range(2, QUICK // len(AREAS) + 2):  # of the first few of these some are read and some name a cell
        edits = draw_edits(random.Random(f"{area} {seed}"), made[area])
        opened, values = as_file(made[area], edits)
        result = read_opened(opened, baselines, suggestions)
        if result.doubts:
            assert names_a_cell(result), (seed, edits, [problem.text("en") for problem in result.doubts])
            seen["named"] += 1
            continue
        plan = make_plan(result.scenario, baselines, suggestions)
        book = describe_book(plan, area, "zh", load_template(None, "zh").words)
        aside = told_about_changes(book)
        for entry, value in values.items():
            if entry not in aside:
                ours = stored_in(book, entry)
                pairs = zip(ours, value, strict=True) if isinstance(value, list) else ((ours, value),)
                assert all(same(one, other) for one, other in pairs), (seed, entry, edits)
        seen["read"] += 1
    assert min(seen["named"], seen["read"]) > max(1, QUICK // 12), seen


def stored_in(book, entry):
    sheet, table, name = entry
    found = book.sheets[sheet].scalars[name] if table is None else book.sheets[sheet].tables[table].columns[name]
    return found.value if isinstance(found, Cell) else list(found.values) if isinstance(found, Column) else None


def cells_of(laid, entries):
    """Where these entries stand; a check that counts texts counts a stroke that was read as blank."""
    places = {**laid.places.columns, **{(sheet, None, name): one for (sheet, name), one in laid.places.scalars.items()}}
    found = (places[entry] for entry in entries if entry in places)
    return {f"{area.sheet}!{area.cell(place)}" for area in found for place in range(area.rows)}


@pytest.mark.thorough
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_what_is_read_is_what_libreoffice_shows_or_a_cell_is_named(made, baselines, suggestions, tmp_path):
    template, finder = load_template(None, "zh"), {area: Finder(made[area].opened) for area in AREAS}
    files, edited = [], {}
    for seed in range(1, OFFICE_EDITS + 1):  # the first two give one that is read and one that names a cell
        area = AREAS[seed % len(AREAS)]
        edits = draw_edits(random.Random(f"office {seed}"), made[area])
        cells = {}
        for edit in edits:
            place = place_of(made[area], finder[area], edit)
            typed = "#VALUE!" if isinstance(edit.typed, ErrorValue) else edit.typed
            cells[place.sheet, f"{place.column}{place.row}"] = typed
        files.append(tmp_path / f"{seed}.xlsx")
        files[-1].write_bytes(written(made[area].data, cells))
        edited[files[-1].name] = (area, edits)
    (tmp_path / "done").mkdir()
    seen: Counter[str] = Counter()
    for done in (
        one
        for first in range(0, len(files), AT_ONCE)
        for one in recalculate(files[first : first + AT_ONCE], tmp_path / "done")
    ):
        area, edits = edited[done.name]
        result = read_here(done.read_bytes(), baselines, suggestions)
        if result.doubts:
            assert names_a_cell(result), (done.name, edits)
            seen["named"] += 1
            continue
        book = describe_book(make_plan(result.scenario, baselines, suggestions), area, "zh", template.words)
        shown = opened_file(done.read_bytes())
        states = {book.words["state.changed"], book.words["state.as_made"]}
        laid = lay_out(template, book)
        aside = cells_of(laid, told_about_changes(book))
        for sheet in laid.sheets:
            for row, col, _, value, formula in sheet.cells:
                column = xl_col_to_name(col)
                held = shown.cell(sheet.title, column, row + 1).value
                here = f"{sheet_quoted(sheet.title)}!${column}${row + 1}"
                if formula is not None and held not in states and here not in aside:
                    assert same(value, held), (done.name, sheet.title, row + 1, col, edits)
        seen["read"] += 1
    assert min(seen["named"], seen["read"]) > OFFICE_EDITS // 9, seen
