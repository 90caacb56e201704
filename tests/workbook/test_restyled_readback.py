"""A workbook from a restyled template reads back the same: inputs by name, words in the template's wording."""

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import canonical_json, parse_scenario
from agriplan.workbook.files import write_workbook
from tests.thoroughness import FULL
from tests.workbook.held_cells import HeldCells
from tests.workbook.parity_cases import SCENARIOS
from tests.workbook.reading_back import scenario_in
from tests.workbook.restyling import insert_rows, place_of, restyled, sheet_of, swap_columns


def rename(book):
    sheet_of(book, "assumptions").title = "我们的假设"
    sheet_of(book, "inputs").title = "我们的盟市"


def insert(book):
    sheet = sheet_of(book, "inputs")
    insert_rows(sheet, place_of(sheet, "leagues.entered_growth")[0], 3)


def swap(book):
    swap_columns(sheet_of(book, "years"), "years.entered_actual", "years.printed_milestone")


def reword(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value or "").startswith("{rule.by_headroom:"):
                    cell.value = "{rule.by_headroom: 按潜力分}"


def all_edits(book):
    for edit in EDITS:
        edit(book)


EDITS = [rename, insert, swap, reword]


# With every run all of them in one template, in full each alone as well.
@pytest.mark.parametrize("edit", [all_edits, *(EDITS if FULL else ())])
def test_a_workbook_from_a_restyled_template_reads_the_same(edit, baselines, suggestions, tmp_path):
    plan = make_plan(parse_scenario(SCENARIOS["other_rules"]), baselines, suggestions)
    data = write_workbook(plan, "150500", restyled(tmp_path, edit), "zh")
    assert canonical_json(scenario_in(data, baselines, suggestions)) == canonical_json(plan.scenario)
    entered = HeldCells(data, {("inputs.leagues.entered_growth", "milk.150500"): 4.5})
    assert scenario_in(entered, baselines, suggestions).growth["milk"]["150500"] == 4.5
