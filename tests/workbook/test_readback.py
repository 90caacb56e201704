"""An edited workbook sent back gives a scenario, or a plain sentence for each thing that is wrong."""

import pytest
from openpyxl.utils import get_column_letter

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.errors import WorkbookError
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.readback.inputs import read_opened
from agriplan.workbook.readback.parts import Held
from agriplan.workbook.readback.uploaded_file import open_workbook
from tests.thoroughness import FULL, by_turns
from tests.workbook.filling_in import filled_in, find, loaded, saved
from tests.workbook.parity_cases import SCENARIOS
from tests.workbook.reading_back import doubts_in, scenario_in

LEAGUES = "inputs.leagues"


@pytest.fixture(scope="module")
def workbook(baselines, suggestions):
    plan = make_plan(Scenario(), baselines, suggestions)
    return write_workbook(plan, "150500", load_template(None, "zh"), "zh")


@pytest.fixture
def read(baselines, suggestions):
    return lambda data: scenario_in(data, baselines, suggestions)


@pytest.fixture
def doubts(baselines, suggestions):
    return lambda data: doubts_in(data, baselines, suggestions)


@pytest.mark.parametrize(("file", "name"), by_turns([("150500", "zh"), ("150000", "en")], SCENARIOS))
def test_writing_reading_and_writing_again_gives_the_same_bytes(file, name, baselines, suggestions, read):
    code, lang = file
    template = load_template(None, lang)
    plan = make_plan(parse_scenario(SCENARIOS[name]), baselines, suggestions)
    first = write_workbook(plan, code, template, lang)
    scenario = read(first)
    assert canonical_json(scenario) == canonical_json(plan.scenario)
    if name in ("default", "other_rules"):
        again = make_plan(scenario, baselines, suggestions)
        assert write_workbook(again, code, template, lang) == first


def test_a_copy_saved_by_openpyxl_reads_the_same(workbook, read):
    assert read(saved(loaded(workbook))) == Scenario()


def test_what_a_league_does_not_see_is_kept(baselines, suggestions, read):
    scenario = parse_scenario({"actual": {"milk": {"150100": {"2021": 141.0}}}, "name": "通辽", "note": "会议稿"})
    plan = make_plan(scenario, baselines, suggestions)
    data = write_workbook(plan, "150500", load_template(None, "zh"), "zh")
    changed = read(filled_in(data, {("years.years.entered_actual", "milk.150500.2021"): 38.0}))
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
    assert canonical_json(read(filled_in(data, emptied))) == "{}"


def test_numbers_are_taken_to_fifteen_digits(workbook, read):
    entries = {(f"{LEAGUES}.entered_growth", "milk.150500"): 0.1 + 0.2}
    assert read(filled_in(workbook, entries)).growth["milk"] == {"150500": 0.3}


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({(f"{LEAGUES}.entered_growth", "milk.150500"): "很快"}, "not_a_number"),
        ({(f"{LEAGUES}.entered_growth", "milk.150500"): 5000}, "out_of_range"),
        ({(f"{LEAGUES}.entered_floor", "milk.150500"): -3}, "out_of_range"),
        ({("assumptions.lines.rule", "milk"): "基数"}, "unknown_word"),
        ({(f"{LEAGUES}.own", "milk.150500"): 36}, "own_without_source"),
        ({(f"{LEAGUES}.own_source", "milk.150500"): "统计局"}, "own_without_figure"),
        ({(f"{LEAGUES}.own_source", "milk.150500"): "长" * 201, (f"{LEAGUES}.own", "milk.150500"): 36}, "too_long"),
        ({("milk.printed_gap_stated", None): 7}, "workbook_formula_overwritten"),
        ({("milk.leagues.amount", None): 7}, "workbook_formula_overwritten"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_cell(entries, code, workbook, doubts):
    problems = doubts(filled_in(workbook, entries))
    assert set(problems) == {code}
    sheet, row, column = find(loaded(workbook), *next(iter(entries)))
    if code != "own_without_source":
        assert problems[code].place.startswith(f"{sheet.title}!")
        assert problems[code].place.endswith(str(row))
        assert column > 0
    assert problems[code].text("zh") != problems[code].text("en")


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


@pytest.mark.parametrize(("name", "key"), IN_SIGHT if FULL else IN_SIGHT[::2])
def test_every_formula_in_sight_is_missed_when_a_value_stands_in_its_place(name, key, workbook, doubts):
    sheet, row, column = find(loaded(workbook), name, key)
    assert str(sheet.cell(row, column).value).startswith("=")
    problems = doubts(filled_in(workbook, {(name, key): 7}))
    assert set(problems) == {"workbook_formula_overwritten"}
    place = f"{sheet.title}!{sheet.cell(row, column).coordinate}"
    assert problems["workbook_formula_overwritten"].place == place


@pytest.mark.parametrize(
    "name", ["evaluation.least_factor", "evaluation.warned_from", "plan.far", "milk.check_limits_bound"]
)
def test_a_number_beside_the_print_area_that_formulas_rest_on_is_missed(name, workbook, doubts):
    sheet, row, column = find(loaded(workbook), name, None)
    problems = doubts(filled_in(workbook, {(name, None): 77}))
    assert set(problems) == {"workbook_constant_overwritten"}
    assert problems["workbook_constant_overwritten"].place == f"{sheet.title}!{sheet.cell(row, column).coordinate}"


@pytest.mark.parametrize(("area", "lang"), [("150500", "zh"), ("150000", "en")])
def test_every_constant_of_an_evaluation_is_missed_when_another_stands_in_its_place(
    area, lang, plan, baselines, suggestions
):
    template = load_template(None, lang)
    book = describe_book(plan, area, lang, template.words)
    opened = open_workbook(write_workbook(plan, area, template, lang))
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
    read = read_opened(opened, baselines, suggestions)
    missed = [one for one in read.doubts if one.code == "workbook_constant_overwritten"]
    assert {one.place for one in missed} <= changed
    assert sum(1 + one.more for one in missed) == len(changed)  # the first are told, the others counted
    assert read.scenario == Scenario()


def test_an_own_herd_of_nought_without_a_source_is_told_both(workbook, doubts):
    entry = ("assumptions.herds.own", "livestock_units.150500")
    sheet, row, column = find(loaded(workbook), *entry)
    problems = doubts(filled_in(workbook, {entry: 0, (f"{LEAGUES}.own", "milk.150500"): 36}))
    assert set(problems) >= {"own_without_source", "not_above"}
    assert problems["not_above"].place == f"{sheet.title}!{sheet.cell(row, column).coordinate}"
    assert not problems.keys() & {"missing", "too_long"}


def test_all_that_is_wrong_is_told_at_once(workbook, doubts):
    entries = {
        ("assumptions.lines.rule", "milk"): "基数",
        (f"{LEAGUES}.entered_growth", "milk.150500"): "很快",
        ("milk.printed_gap_stated", None): 7,
    }
    assert len(doubts(filled_in(workbook, entries))) == 3


def test_a_missing_sheet_is_told(workbook, doubts):
    book = loaded(workbook)
    sheet, _, _ = find(book, "years.years.entered_actual", "milk.150500.2021")
    book.remove(sheet)
    assert set(doubts(saved(book))) == {"workbook_sheet_missing"}


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
    book = loaded(workbook)
    sheet, row, column = find(book, name, None)
    sheet.cell(row, column).value = value
    with pytest.raises(WorkbookError) as caught:
        read(saved(book))
    assert [problem.code for problem in caught.value.problems] == [code]
