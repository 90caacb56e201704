"""What stands outside its table is told: an entry there would be lost."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.inputs import read_back
from tests.workbook.filling_in import filled_in, find, saved
from tests.workbook.reading_back import EXPECTED

KEY = "milk.150500"


@pytest.fixture(scope="module")
def workbook(baselines, suggestions):
    return write_workbook(make_plan(Scenario(), baselines, suggestions), "150000", load_template(None, "zh"), "zh")


@pytest.fixture
def told(baselines, suggestions):
    def tell(data):
        return [one for one in read_back(data, baselines, suggestions).doubts if one.code not in EXPECTED]

    return tell


def test_a_workbook_as_made_has_every_row_in_its_place(workbook, told, baselines, suggestions):
    assert told(filled_in(workbook, {})) == []
    league = write_workbook(make_plan(Scenario(), baselines, suggestions), "150500", load_template(None, "en"), "en")
    assert told(filled_in(league, {})) == []


@pytest.mark.parametrize("below", [2, 30, 200])
def test_a_row_pasted_outside_its_table_is_told_with_the_row_that_it_repeats(below, workbook, told):
    book = load_workbook(BytesIO(workbook))
    sheet, row, column = find(book, "inputs.leagues.entered_growth", KEY)
    places = [
        book.defined_names[f"inputs.leagues.key{end}"]
        for end in ("", "_2", "_3")
        if f"inputs.leagues.key{end}" in book.defined_names
    ]
    last = max(int(place.attr_text.rpartition("$")[2]) for place in places)
    goal = last + below
    for cell in list(sheet[row]):
        if cell.value is not None:
            sheet.cell(goal, cell.column, cell.value)
    sheet.cell(goal, column, 6)
    found = told(saved(book))
    copied = [(one.place, one.values) for one in found if one.code == "workbook_row_copied"]
    assert copied == [(f"{sheet.title}!{goal}:{goal}", {"first": row})]


def test_a_chain_value_beside_its_quantity_is_told_once_and_in_names(workbook, told):
    own = {
        (f"inputs.leagues.{name}", "meat_sheep_value.150500"): value
        for name, value in {
            "own": 9.0,
            "own_source": "统计局",
            "own_value": 40.0,
            "own_value_source": "统计局",
        }.items()
    }
    found = told(filled_in(workbook, own))
    assert [one.code for one in found] == ["value_beside_quantity"]
    for lang in ("zh", "en"):
        assert "mutton_output" not in found[0].text(lang)
