"""An edited workbook sent back gives a scenario, or a plain sentence for each thing that is wrong."""

from functools import cache

import pytest
from openpyxl.utils import get_column_letter

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.errors import WorkbookError
from agriplan.places import baselines_folder
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.readback.held_cell import Held
from tests.thoroughness import by_turns
from tests.workbook.held_cells import HeldCells
from tests.workbook.parity_cases import SCENARIOS
from tests.workbook.reading_back import doubts_in, scenario_in

# A further indicator of each kind (quantity, value, rate) has the same sheets as the first.
INDICATORS = {"milk", "beef_cattle_value", "improved_breed_rate"}

LEAGUES = "inputs.leagues"


@cache
def shipped():
    """All of the data: the scenarios enter something for every indicator. Their workbooks are of two shapes."""
    return read_baselines(baselines_folder())


@pytest.fixture
def doubts(baselines, suggestions):
    return lambda book: doubts_in(book, baselines, suggestions)


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("file", "name"), by_turns([("150500", "zh"), ("150000", "en")], SCENARIOS))
def test_writing_reading_and_writing_again_gives_the_same_bytes(file, name, suggestions):
    code, lang = file
    baselines = shipped()
    template = load_template(None, lang)
    plan = make_plan(parse_scenario(SCENARIOS[name]), baselines, suggestions)
    first = write_workbook(plan, code, template, lang)
    scenario = scenario_in(first, baselines, suggestions)
    assert canonical_json(scenario) == canonical_json(plan.scenario)
    if name in ("default", "other_rules"):
        again = make_plan(scenario, baselines, suggestions)
        assert write_workbook(again, code, template, lang) == first


def test_what_a_league_does_not_see_is_kept(baselines, suggestions, read):
    scenario = parse_scenario({"actual": {"milk": {"150100": {"2021": 141.0}}}, "name": "通辽", "note": "会议稿"})
    plan = make_plan(scenario, baselines, suggestions)
    data = write_workbook(plan, "150500", load_template(None, "zh"), "zh")
    changed = read(HeldCells(data, {("years.years.entered_actual", "milk.150500.2021"): 38.0}))
    assert changed.actual == {"milk": {"150100": {"2021": 141.0}, "150500": {"2021": 38.0}}}
    assert (changed.name, changed.note) == ("通辽", "会议稿")


def test_an_emptied_cell_goes_back_to_the_default(baselines, suggestions, read):
    scenario = parse_scenario(
        {"growth": {"milk": {"150500": 8}}, "allocation": {"milk": {"reserve": 10}}, "path": {"milk": "linear"},
         "baseline": {"milk_output": {"150500": {"value": 36, "source": "统计局"}}}}
    )  # fmt: skip
    plan = make_plan(scenario, baselines, suggestions)
    data = write_workbook(plan, "150500", load_template(None, "zh"), "zh")
    emptied = {
        (f"{LEAGUES}.entered_growth", "milk.150500"): None,
        (f"{LEAGUES}.own", "milk.150500"): None,
        ("assumptions.lines.reserve", "milk"): None,
        ("assumptions.lines.path", "milk"): None,
    }
    assert canonical_json(read(HeldCells(data, emptied))) == "{}"


def test_numbers_are_taken_to_fifteen_digits(workbook, read):
    entries = {(f"{LEAGUES}.entered_growth", "milk.150500"): 0.1 + 0.2}
    assert read(HeldCells(workbook, entries)).growth["milk"] == {"150500": 0.3}


# What is typed, into which cell, and what is told of it.
UNUSABLE = [
    ((f"{LEAGUES}.entered_growth", "milk.150500"), "很快", "not_a_number"),
    ((f"{LEAGUES}.entered_growth", "milk.150400"), 5000, "out_of_range"),
    ((f"{LEAGUES}.entered_floor", "milk.150500"), -3, "out_of_range"),
    (("assumptions.lines.rule", "milk"), "基数", "unknown_word"),
    ((f"{LEAGUES}.own", "milk.150500"), 36, "own_without_source"),
    ((f"{LEAGUES}.own_source", "milk.150400"), "统计局", "own_without_figure"),
    ((f"{LEAGUES}.own_source", "milk.150700"), "长" * 201, "too_long"),
    (("milk.printed_gap_stated", None), 7, "workbook_formula_overwritten"),
    (("milk.leagues.amount", None), 7, "workbook_formula_overwritten"),
]
# What lacks something is told where that belongs.
MISSING = {
    "own_without_source": (f"{LEAGUES}.own_source", "milk.150500"),
    "own_without_figure": (f"{LEAGUES}.own", "milk.150400"),
}
BESIDE_A_SOURCE = {(f"{LEAGUES}.own", "milk.150700"): 36}


def test_what_cannot_be_used_is_told_at_its_cell_and_all_of_it_at_once(workbook, told):
    book = HeldCells(workbook, {entry: typed for entry, typed, _ in UNUSABLE} | BESIDE_A_SOURCE)
    problems = told(book)
    assert sorted(one.code for one in problems) == sorted(code for _, _, code in UNUSABLE)
    places = {(one.place, one.code) for one in problems}
    for entry, _, code in UNUSABLE:
        assert (book.called(book.find(*MISSING.get(code, entry))), code) in places
    for one in problems:
        assert one.text("zh") != one.text("en")


IN_SIGHT = [
    *[(f"milk.leagues.{entry}", None) for entry in ("floor", "ceiling", "weight", "issued", "reason", "grade")],
    ("milk.leagues.printed_projection_3", None),
    ("milk.region_years.milestone", None),
    ("milk.printed_placed", None),
    ("assumptions.lines.max_growth", "milk"),
    ("inputs.leagues.quantity", "milk.150500"),
    ("inputs.leagues.growth", "milk.150500"),
    ("years.years.completion", "milk.150500.2021"),
    ("years.region.status", None),
    ("plan.indicators.amount", None),
    ("plan.light", None),
    ("checks.checks.light", None),
    ("plan.state", None),
]


@pytest.mark.parametrize("first", [0, 1])  # of a sheet five cells are named
def test_every_formula_in_sight_is_missed_when_a_value_stands_in_its_place(first, workbook, told):
    book = HeldCells(workbook)
    places = [book.find(*entry) for entry in IN_SIGHT[first::2]]
    assert all(book.held(place).formula for place in places)
    for place in places:
        book[place] = 7
    found = {(one.place, one.code, one.more) for one in told(book)}
    assert found == {(book.called(place), "workbook_formula_overwritten", 0) for place in places}


def test_a_number_beside_the_print_area_that_formulas_rest_on_is_missed(workbook, told):
    names = ["evaluation.least_factor", "evaluation.warned_from", "plan.far", "milk.check_limits_bound"]
    book = HeldCells(workbook, {(name, None): 77 for name in names})
    places = {book.called(book.find(name, None)) for name in names}
    assert {(one.place, one.code) for one in told(book)} == {(one, "workbook_constant_overwritten") for one in places}


@pytest.mark.parametrize(("area", "lang"), [("150500", "zh"), pytest.param("150000", "en", marks=pytest.mark.thorough)])
def test_every_constant_of_an_evaluation_is_missed_when_another_stands_in_its_place(
    area, lang, plan, baselines, suggestions
):
    template = load_template(None, lang)
    book = describe_book(plan, area, lang, template.words)
    opened = HeldCells(write_workbook(plan, area, template, lang))
    changed = set()
    for laid in lay_out(template, book).sheets:
        for column, entry in ((one, book.sheets[one.owner].tables[one.table].columns.get(one.entry))
                              for one in laid.placed.shown_columns if one.owner == "evaluation"):  # fmt: skip
            numbers = [value for value in entry.values if isinstance(value, int | float)] if entry else []
            if not numbers or entry.formula or entry.inputs:
                continue
            letters = get_column_letter(column.col + 1)
            for row, value in enumerate(entry.values, column.row + 1):
                held = 7.0 if value is None else float(value) + 1.0
                opened.sheets[laid.title][letters, row] = Held(held)
                changed.add(f"{laid.title}!{letters}{row}")
    assert len(changed) > 300
    read = opened.read(baselines, suggestions)
    missed = [one for one in read.doubts if one.code == "workbook_constant_overwritten"]
    assert {one.place for one in missed} <= changed
    assert sum(1 + one.more for one in missed) == len(changed)  # the first are told, the others counted
    assert read.scenario == Scenario()


def test_an_own_herd_of_nought_without_a_source_is_told_both(workbook, doubts):
    entry = ("assumptions.herds.own", "livestock_units.150500")
    book = HeldCells(workbook, {entry: 0, (f"{LEAGUES}.own", "milk.150500"): 36})
    problems = doubts(book)
    assert set(problems) >= {"own_without_source", "not_above"}
    assert problems["not_above"].place == book.called(book.find(*entry))
    assert not problems.keys() & {"missing", "too_long"}


def test_a_missing_sheet_is_told(workbook, doubts):
    book = HeldCells(workbook)
    title, _, _ = book.find("years.years.entered_actual", "milk.150500.2021")
    del book.sheets[title]
    assert set(doubts(book)) == {"workbook_sheet_missing"}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("plan.edition", "0", "workbook_of_old_template"),
        ("plan.edition", None, "not_this_workbook"),
        ("plan.target_year", 2030, "workbook_of_other_plan"),
        ("plan.data_version", "0" * 64, "workbook_of_other_data"),
        ("plan.scenario_1", "{", "workbook_scenario_damaged"),
    ],
)
def test_workbooks_from_elsewhere_are_refused_with_a_sentence(name, value, code, workbook, read):
    with pytest.raises(WorkbookError) as caught:
        read(HeldCells(workbook, {(name, None): value}))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_workbook_of_another_region_is_told_by_both_regions(workbook, read):
    with pytest.raises(WorkbookError) as caught:
        read(HeldCells(workbook, {("plan.region_code", None): "990000"}))
    (problem,) = caught.value.problems
    for lang, ours in (("zh", "内蒙古自治区"), ("en", "Inner Mongolia")):
        assert "990000" in problem.text(lang)
        assert ours in problem.text(lang)
