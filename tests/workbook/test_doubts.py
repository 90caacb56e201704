"""A workbook that shows something else than what is read from it is never taken in silence: a cell is named."""

from functools import cache
from types import SimpleNamespace

import pytest
from openpyxl.utils import get_column_letter

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import WorkbookError
from agriplan.workbook.description import Book, Sheet
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.inputs import read_back
from agriplan.workbook.readback.rearranged import told_deleted
from tests.thoroughness import FULL
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.held_cells import HeldCells
from tests.workbook.office_edits import edit_in_office
from tests.workbook.raw_edits import address_in, opened
from tests.workbook.reading_back import read_here
from tests.workbook.recalculation import OFFICE

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

# The row of a league on the sheet of inputs, and the row of the one below it.
FIRST, GROWTH, NEXT = ("milk.150100", "milk.150500", "milk.150600")
EIGHT = {"growth": {"milk": {"150500": 8.0}}}
# The indicators that are edited; the sheet of the second is deleted in full.
EDITED = {"milk", "forage_value"} if FULL else {"milk"}


@pytest.fixture(scope="module")
def data(baselines):
    """The shipped data, with two of its indicators."""
    return of_indicators(baselines, EDITED)


@pytest.fixture(scope="module")
def workbook(data, suggestions):
    return write_workbook(make_plan(Scenario(), data, suggestions), "150500", load_template(None, "zh"), "zh")


@pytest.fixture(scope="module")
def cells(workbook):
    """Where things stand: the growth of the league and of the next one, its suggested growth, its whole row."""
    book = HeldCells(workbook)
    title, column, row = book.find("inputs.leagues.entered_growth", GROWTH)
    _, _, below = book.find("inputs.leagues.entered_growth", NEXT)
    _, suggested, _ = book.find("inputs.leagues.suggested", GROWTH)
    _, figure, _ = book.find("inputs.leagues.observed", GROWTH)
    letter = get_column_letter(column)
    _, _, first_row = book.find("inputs.leagues.entered_growth", FIRST)
    return {
        "sheet": title,
        "row": row,
        "index": row - first_row,
        "under": row + 1,
        "first": row - 4,
        "last": row + 7,
        "growth": f"{letter}{row}",
        "below": f"{letter}{below}",
        "suggested": f"{get_column_letter(suggested)}{row}",
        "figure": figure - 1,
    }


# What is done to each file, in the words of LibreOffice Basic; `sheet` is the sheet of inputs. What is told of one
# thing does not hang on the others that are done to the same file.
EDITS = {
    "number and marks": """
      sheet.getCellRangeByName("{growth}").Value = 8
      names = Array("own", "own_source", "own_note")
      texts = Array("36", "_x0041_ 统计局", "a_x000D_b")
      For number = 0 To 2
        area = book.NamedRanges.getByName("inputs.leagues." & names(number)).ReferredCells
        If number = 0 Then area.getCellByPosition(0, {index}).Value = 36
        If number > 0 Then area.getCellByPosition(0, {index}).String = texts(number)
      Next
    """,
    "text": 'sheet.getCellRangeByName("{growth}").String = "8"',
    "formula that gives text": 'sheet.getCellRangeByName("{growth}").Formula = "=""8"""',
    "blanks": """
      sheet.getCellRangeByName("{growth}").String = "—"
      area = book.NamedRanges.getByName("assumptions.lines.entered_max_growth").ReferredCells
      area.getCellByPosition(0, 0).String = "-"
      area.getCellByPosition(0, 1).String = "无"
    """,
    "rule cleared": """
      area = book.NamedRanges.getByName("assumptions.lines.rule").ReferredCells
      area.getCellByPosition(0, 0).String = ""
    """,
    "nought": """
      area = book.NamedRanges.getByName("inputs.leagues.entered_floor").ReferredCells
      area.getCellByPosition(0, {index}).Value = 0
    """,
    "dragged": """
      sheet.getCellRangeByName("{growth}").Value = 8
      area = sheet.getCellRangeByName("{growth}").RangeAddress
      sheet.moveRange(sheet.getCellRangeByName("{below}").CellAddress, area)
    """,
    "constant and formula": """
      sheet.getCellRangeByName("{suggested}").Value = 8
      area = book.NamedRanges.getByName("milk.leagues.growth").ReferredCells
      area.getCellByPosition(0, 4).Value = 1
    """,
    "sorted": """
      field(0).Field = {figure}
      field(0).IsAscending = False
      how(0).Name = "SortFields"
      how(0).Value = field()
      how(1).Name = "ContainsHeader"
      how(1).Value = False
      sheet.getCellRangeByName("A{first}:BZ{last}").sort(how())
    """,
    "copied row and sheet": """
      sheet.Rows.insertByIndex({row}, 1)
      area = sheet.getCellRangeByName("A{row}:BZ{row}").RangeAddress
      sheet.copyRange(sheet.getCellRangeByName("A{under}").CellAddress, area)
      sheet.getCellRangeByName("{growth}").Value = 8
      book.Sheets.copyByName("{sheet}", "副本", 2)
      book.Sheets.getByName("副本").getCellRangeByName("{growth}").Value = 9
    """,
    "copied in place and sheet gone": """
      area = sheet.getCellRangeByName("A{row}:BZ{row}").RangeAddress
      sheet.copyRange(sheet.getCellRangeByName("A{under}").CellAddress, area)
      book.Sheets.removeByName("饲草产值")
    """,
    "link": """
      sheet.getCellRangeByName("{growth}").Formula = "='file:///tmp/elsewhere.xlsx'#$Sheet1.A1"
    """,
    "helpers gone": 'book.Sheets.getByName("奶类产量").Columns.removeByIndex(40, 60)',
}
# Tried with every run without LibreOffice as well: in `test_typed_values.py`, `test_check_lights.py`,
# `test_readback.py`, `test_misplaced_rows.py` and `test_other_kinds.py`.
FURTHER = (
    *("text", "blanks", "rule cleared", "nought"),
    *("constant and formula", "copied in place and sheet gone", "link"),
)
thorough = pytest.mark.thorough
INPUTS = '  sheet = book.Sheets.getByName("{sheet}")\n'


@pytest.fixture(scope="module")
def edited(workbook, cells, tmp_path_factory):
    folder = tmp_path_factory.mktemp("doubts")
    file = folder / "made.xlsx"
    file.write_bytes(workbook)
    asked = {name: text for name, text in EDITS.items() if FULL or name not in FURTHER}
    return edit_in_office(file, folder, {name: (INPUTS + text).format(**cells) for name, text in asked.items()})


@pytest.fixture(scope="module")
def back(edited, data, suggestions):
    return cache(lambda name: read_here(edited[name].read_bytes(), data, suggestions))


def codes(result):
    return {problem.code for problem in result.doubts}


def test_what_was_typed_as_a_number_is_in_no_doubt_and_marks_that_stand_for_characters_in_a_file_are_text(back):
    result = back("number and marks")
    own = {"value": 36, "source": "_x0041_ 统计局", "note": "a_x000D_b"}
    expected = EIGHT | {"baseline": {"milk_output": {"150500": own}}}
    assert (result.doubts, result.scenario) == ((), parse_scenario(expected))


@thorough
def test_a_number_stored_as_text_is_named_where_it_stands_and_where_the_file_does_not_count_it(back, cells):
    result = back("text")
    assert result.scenario == parse_scenario(EIGHT)
    told = {"typed_as_text", "workbook_figure_differs", "workbook_why_differs"}
    assert codes(result) == told
    first = result.doubts[0]
    assert first.place == f"{cells['sheet']}!{cells['growth']}"
    differs = next(problem for problem in result.doubts if problem.code == "workbook_figure_differs")
    assert (differs.values["word"], differs.values["ours"]) == ("2.07", "8")


def test_a_cell_is_never_told_to_show_what_it_should_show(back):
    result = back("formula that gives text")
    assert result.scenario == parse_scenario(EIGHT)
    assert "typed_as_text" in codes(result)
    told = [one.values for one in result.doubts if one.code == "workbook_figure_differs"]
    assert [one for one in told if one["word"] == one["ours"]] == []


@thorough
def test_a_stroke_is_an_empty_cell_for_the_file_too(back):
    result = back("blanks")
    assert (result.doubts, result.scenario) == ((), Scenario())
    assert sorted(note.code for note in result.notes) == ["cap_read_as_blank", "cap_read_as_blank", "read_as_blank"]
    assert any("不设上限请填“不设”" in note.text("zh") for note in result.notes)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dragged", {"workbook_figure_differs"}),
        pytest.param(
            "constant and formula",
            {"workbook_constant_overwritten", "workbook_formula_overwritten", "workbook_figure_differs"},
            marks=thorough,
        ),
        ("copied row and sheet", {"workbook_row_copied", "workbook_sheet_copied"}),
        pytest.param(
            "copied in place and sheet gone",
            {"workbook_row_copied", "workbook_sheet_missing", "workbook_figure_differs"},
            marks=thorough,
        ),
    ],
)
def test_what_else_was_done_to_a_file_is_named(name, expected, back):
    result = back(name)
    assert expected <= codes(result), [problem.text("zh") for problem in result.doubts]
    assert len(result.doubts) < 20
    assert all(problem.place for problem in result.doubts if problem.code != "workbook_why_differs")
    for problem in result.doubts:
        assert problem.text("zh") != problem.text("en")


def test_a_sorted_table_is_named(back):
    result = back("sorted")
    assert codes(result) & {"workbook_table_sorted", "workbook_figure_differs"}


def state_of(file):
    book = opened(file.read_bytes())
    title, column, row = address_in(book, "plan.state", None)
    return book.cell(title, column, row).value


@thorough
def test_the_first_page_tells_a_nought_from_a_blank_and_a_cleared_default_from_a_change(edited, back):
    assert state_of(edited["nought"]) == state_of(edited["number and marks"]) != state_of(edited["rule cleared"])
    assert state_of(edited["rule cleared"]) == "与当前输入一致"
    assert (back("rule cleared").scenario, back("rule cleared").doubts) == (Scenario(), ())
    assert back("nought").scenario.allocation["milk"].floor == {"150500": 0}


@thorough
def test_a_link_to_another_file_is_named(edited, data, suggestions):
    with pytest.raises(WorkbookError) as refused:
        read_back(edited["link"].read_bytes(), data, suggestions)
    (problem,) = refused.value.problems
    assert problem.code == "workbook_has_link"
    assert "elsewhere.xlsx" in problem.text("zh")


def test_deleted_helper_columns_are_one_sentence_a_sheet(back):
    result = back("helpers gone")
    assert 0 < len(result.doubts) < 20


def test_copies_are_named_with_their_originals(back, cells):
    (row,) = (problem for problem in back("copied row and sheet").doubts if problem.code == "workbook_row_copied")
    assert row.values == {"first": cells["row"]}
    assert row.place == "{sheet}!A{under}".format(**cells)
    (sheet,) = (problem for problem in back("copied row and sheet").doubts if problem.code == "workbook_sheet_copied")
    assert (sheet.place, sheet.values) == ("副本", {"word": cells["sheet"]})


def test_a_sheet_with_deleted_names_is_called_as_the_file_calls_it():
    places = {"inputs.leagues.own": None, "inputs.leagues.key": ("盟市填报", "A", 5, 64)}
    finder = SimpleNamespace(opened=SimpleNamespace(names=list(places), place=places.get), missing={})
    (told,) = told_deleted(finder, Book({"inputs": Sheet("inputs", "inputs", {}, {})}, {}, {}, "zh"))
    assert (told.place, told.values["count"]) == ("盟市填报", 1)
