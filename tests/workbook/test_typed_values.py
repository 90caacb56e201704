"""What people type or paste into input cells, past what validation lets through: understood, or told at its cell."""

from datetime import date

import pytest
from openpyxl.cell.cell import ERROR_CODES

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.workbook.description import Input
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.entries import ScenarioEdits
from agriplan.workbook.readback.figures import _shown
from agriplan.workbook.readback.finding import CellPlace
from agriplan.workbook.readback.inputs import read_back
from agriplan.workbook.readback.parts import Held
from tests.workbook.filling_in import filled_in, find, loaded, saved
from tests.workbook.raw_edits import addresses
from tests.workbook.reading_back import doubts_in, scenario_in

GROWTH = ("inputs.leagues.entered_growth", "milk.150500")
LOCK = ("inputs.leagues.entered_lock", "milk.150500")
ACTUAL = ("years.years.entered_actual", "milk.150500.2021")
MODE = ("assumptions.lines.criteria_mode", "milk")
# Each a number that a cell takes and the plan does not.
WRONG_ALONE = {"entered_target": 1000.005, "reserve": 120, "margin": -5, "entered_growth": -100}
WEIGHT = ("assumptions.criteria.entered_weight", "milk.scale")


@pytest.fixture(scope="module")
def workbook(baselines, suggestions):
    return write_workbook(make_plan(Scenario(), baselines, suggestions), "150500", load_template(None, "zh"), "zh")


@pytest.fixture(scope="module")
def typed_in(workbook):
    """The workbook with these entries, and where the last of them stands."""

    def enter(entries):
        ((title, address),) = addresses(workbook, [list(entries)[-1]])
        if any(isinstance(value, date) or value in ERROR_CODES for value in entries.values()):  # of kinds of their own
            book = loaded(workbook)
            for entry, value in entries.items():
                sheet, row, column = find(book, *entry)
                sheet.cell(row, column).value = value
            return saved(book), f"{title}!{address}"
        return filled_in(workbook, entries), f"{title}!{address}"

    return enter


@pytest.fixture
def read(baselines, suggestions):
    return lambda data: scenario_in(data, baselines, suggestions)


@pytest.fixture
def told(baselines, suggestions):
    """What is in doubt about a file by code; each must name this cell, and the rest of the file is read."""

    def ask(data, place):
        found = doubts_in(data, baselines, suggestions)
        for problem in found.values():
            assert problem.text("zh").startswith(f"{place}: ")
            assert problem.text("zh") != problem.text("en")
        return found

    return ask


@pytest.fixture
def taken(baselines, suggestions):
    """The scenario of a file with a number stored as text, which is in doubt, and at which cell."""

    def ask(data, place):
        result = read_back(data, baselines, suggestions)
        assert [(one.code, one.place) for one in result.doubts if one.place] == [("typed_as_text", place)]
        return result.scenario

    return ask


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5.5", 5.5),
        ("\uff15\uff0e\uff15", 5.5),
        ("\uff0d\uff12.5", -2.5),
        ("\u22122", -2.0),
        (" \u30003 ", 3.0),
        ("4.", 4.0),
    ],
)
def test_numbers_typed_as_text_are_taken_as_they_are_read(typed, meant, typed_in, taken):
    assert taken(*typed_in({GROWTH: typed})).growth["milk"]["150500"] == meant


def test_commas_between_thousands_are_understood(typed_in, taken):
    assert taken(*typed_in({ACTUAL: "1,234.5"})).actual["milk"]["150500"]["2021"] == 1234.5


def test_signs_of_no_figure_are_empty_cells_and_listed_as_such(typed_in, baselines, suggestions):
    data, place = typed_in({ACTUAL: "1.5", LOCK: "无", GROWTH: "——"})
    result = read_back(data, baselines, suggestions)
    assert [note.code for note in result.notes] == ["read_as_blank", "read_as_blank"]
    assert place in [note.place for note in result.notes]
    assert result.scenario == parse_scenario({"actual": {"milk": {"150500": {"2021": 1.5}}}})


@pytest.mark.parametrize("blank", [" ", "\u3000", " \n"])
def test_a_blank_cell_is_an_empty_cell(blank, typed_in, read):
    assert read(typed_in({GROWTH: blank})[0]) == Scenario()


@pytest.mark.parametrize(
    ("entry", "typed", "code"),
    [
        (GROWTH, "约5", "not_a_number"),
        (GROWTH, "1,5", "comma_in_number"),
        (GROWTH, "1_000", "not_a_number"),
        (GROWTH, "nan", "not_a_number"),
        (GROWTH, "inf", "not_a_number"),
        (LOCK, "8%", "per_cent_sign"),
        (GROWTH, "2021-03-01", "not_a_number"),
        (GROWTH, True, "not_a_number"),
        (GROWTH, -100, "out_of_range"),
        (LOCK, -1, "out_of_range"),
        (LOCK, "1e300", "too_large"),
        (LOCK, 1e-310, "too_small"),
        (ACTUAL, 1e-200, "too_small"),
        (ACTUAL, -0.5, "negative_figure"),
        (ACTUAL, date(2021, 3, 1), "typed_as_date"),
        (GROWTH, "#DIV/0!", "workbook_error_value"),
        (MODE, 7, "unknown_word"),
    ],
)
def test_what_is_no_figure_is_told_with_its_sheet_and_cell(entry, typed, code, typed_in, told):
    assert set(told(*typed_in({entry: typed}))) == {code}


def test_per_cent_signs_are_told_and_a_format_in_per_cent_with_the_figure_that_was_meant(workbook, typed_in, told):
    assert told(*typed_in({LOCK: "8%"}))["per_cent_sign"].suggestion is None
    book = loaded(workbook)
    sheet, row, column = find(book, *GROWTH)
    cell = sheet.cell(row, column)
    cell.value, cell.number_format = 0.08, "0.0%"
    (problem,) = told(saved(book), f"{sheet.title}!{cell.coordinate}").values()
    assert problem.code == "typed_as_per_cent"
    assert "8%" in problem.text("zh")


def test_weights_beside_entropy_weights_are_told_instead_of_being_lost(typed_in, told, read, baselines, suggestions):
    data, place = typed_in({MODE: "熵权", WEIGHT: 2})
    assert set(told(data, place)) == {"weights_beside_entropy"}
    weighted = parse_scenario({"allocation": {"milk": {"criteria": {"scale": 2, "support": 1}}}})
    data = write_workbook(make_plan(weighted, baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    assert set(told(filled_in(data, {MODE: "熵权"}), place)) == {"weights_beside_entropy"}
    cleared = {MODE: "熵权", WEIGHT: None, (WEIGHT[0], "milk.support"): None}
    assert read(filled_in(data, cleared)).allocation["milk"].criteria == "entropy"


def test_weights_entered_when_entropy_is_given_up_are_used(read, baselines, suggestions):
    chosen = parse_scenario({"allocation": {"milk": {"criteria": "entropy"}}})
    data = write_workbook(make_plan(chosen, baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    assert read(filled_in(data, {MODE: None, WEIGHT: 2})).allocation["milk"].criteria == {"scale": 2.0}


def test_one_figure_entered_differently_in_two_cells_is_told():
    own = Input(("baseline", "milk_output", "150500", "value"), "number", 0.0, 1e12)
    changes = ScenarioEdits(Scenario(), {})
    changes.take(own, None, Held(36.0), CellPlace("假设", "D", 7))
    changes.take(own, None, Held(37.0), CellPlace("假设", "D", 19))
    (problem,) = (problem for problem in changes.finish() if problem.code == "entered_twice")
    assert problem.text("zh").startswith("假设!D19: ")
    assert "假设!D7" in problem.text("zh")


@pytest.mark.parametrize(
    ("entry", "typed", "told_as"), [(GROWTH, -100, "-100"), (LOCK, -1, "-1"), (GROWTH, 400, "400")]
)
def test_a_whole_number_is_told_as_it_was_typed(entry, typed, told_as, typed_in, baselines, suggestions):
    found = doubts_in(typed_in({entry: typed})[0], baselines, suggestions)
    texts = [problem.text(lang) for problem in found.values() for lang in ("zh", "en")]
    assert texts == [text for text in texts if f"{told_as}.0" not in text]
    assert not found or any(told_as in text for text in texts)


def test_a_date_typed_as_a_source_is_kept_as_that_date(typed_in, read):
    entries = {(f"inputs.leagues.{name}", "milk.150500"): value for name, value in
               (("own", 36.0), ("own_source", date(2021, 3, 1)), ("own_note", 2021))}  # fmt: skip
    figure = read(typed_in(entries)[0]).baseline["milk_output"]["150500"]
    assert (figure.source, figure.note) == ("2021-03-01", "2021")


@pytest.mark.parametrize("entry", ["entered_target", "reserve", "margin", "entered_growth"])
def test_an_entry_that_cannot_be_used_and_is_the_only_one_is_told_at_its_cell(entry, typed_in, told, read):
    data, place = typed_in({(f"assumptions.lines.{entry}", "milk"): WRONG_ALONE[entry]})
    assert len(told(data, place)) == 1


@pytest.mark.parametrize("name", ["entered_lock", "entered_floor", "entered_ceiling", "lock_level"])
@pytest.mark.parametrize("typed", [30, "三十"])
def test_an_entry_in_the_grey_cell_of_a_league_that_is_not_named_is_told(name, typed, typed_in, told):
    data, place = typed_in({(f"inputs.leagues.{name}", "milk.150300"): typed})
    assert set(told(data, place)) == {"workbook_entry_unasked"}


def test_an_own_figure_that_cannot_be_read_is_told_once(typed_in, baselines, suggestions):
    own = {("inputs.leagues.own_source", "milk.150500"): "统计局", ("inputs.leagues.own", "milk.150500"): "36.5①"}
    data, place = typed_in(own)
    result = read_back(data, baselines, suggestions)
    assert [(one.code, one.place) for one in result.doubts if one.place] == [("mark_in_number", place)]
    assert result.scenario == Scenario()


def test_figures_are_told_with_all_their_digits_and_without_exponents():
    huge = _shown(146497123.4, 146497123.5)
    assert (huge, _shown(1e-7), _shown(40.5, 40.51)) == ("146497123.4", "0.0000001", "40.5")
