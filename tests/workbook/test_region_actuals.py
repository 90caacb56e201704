"""The region's own figures, quantities and unit values are entered in its workbook, count there, and come back."""

import openpyxl
import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.places import templates_folder
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.layout.sheets import lay_out
from tests.workbook.evaluation import compiled
from tests.workbook.filling_in import filled_in
from tests.workbook.held_cells import HeldCells
from tests.workbook.reading_back import scenario_in
from tests.workbook.recalculation import OFFICE, differences, recalculate

# What is published is entered for these.
INDICATORS = {"milk", "meat_sheep_value", "beef_cattle_value", "improved_breed_rate"}

REGION = "150000"
ENTERED = {
    "as_of": 2023,
    "actual": {
        "milk": {REGION: {"2022": 740.0, "2023": 790.0}, "150500": {"2022": 62.5}},
        "mutton_output": {REGION: {"2022": 110.2, "2023": 112.0}},
        "mutton_unit_value": {REGION: {"2023": 7.9}},
        "beef_cattle_value": {REGION: {"2022": 555.0}},
        "improved_breed_rate": {REGION: {"2023": 94.4}},
    },
}
CELLS = {
    ("assumptions.as_of", None): 2023,
    ("published.stated.entered_actual", "milk.2022"): 740.0,
    ("published.stated.entered_actual", "milk.2023"): 790.0,
    ("years.years.entered_actual", "milk.150500.2022"): 62.5,
    ("published.parts.entered_actual", "mutton_output.2022"): 110.2,
    ("published.parts.entered_actual", "mutton_output.2023"): 112.0,
    ("published.parts.entered_actual", "mutton_unit_value.2023"): 7.9,
    ("published.stated.entered_actual", "beef_cattle_value.2022"): 555.0,
    ("published.stated.entered_actual", "improved_breed_rate.2023"): 94.4,
}


@pytest.fixture(scope="module")
def default_file(baselines, suggestions):
    return write_workbook(make_plan(Scenario(), baselines, suggestions), REGION, load_template(None, "zh"), "zh")


def test_figures_typed_into_the_default_workbook_give_what_the_engine_makes_of_them(baselines, suggestions):
    book = compiled(make_plan(Scenario(), baselines, suggestions), REGION)
    scenario = parse_scenario(ENTERED)
    plan = make_plan(scenario, baselines, suggestions)
    assert not compare_with_engine(plan, book.book, book.values(book.typed_in(scenario))).differences
    regenerated = compiled(plan, REGION)
    assert not compare_with_engine(plan, regenerated.book, regenerated.values(regenerated.given)).differences


def test_an_entry_counts_before_what_the_data_know_and_before_the_sum_of_the_leagues(baselines, suggestions):
    own = {code: {"2022": 61.0} for code in baselines.league_codes}
    scenario = parse_scenario({"actual": {"milk": {REGION: {"2022": 740.0}, **own}}})
    rows = describe_book(make_plan(scenario, baselines, suggestions), REGION, "zh").sheets["published"].tables["stated"]
    row = {name: column.values[rows.keys.index("milk.2022")] for name, column in rows.columns.items()}
    known = baselines.base_figures["milk_output", REGION].value
    assert row["known"] == 733.8 != known
    assert (row["entered_actual"], row["used"], row["of_leagues"]) == (740.0, 740.0, pytest.approx(12 * 61.0))
    assert row["apart"] == pytest.approx(740.0 - 12 * 61.0)
    before = {name: column.values[rows.keys.index("milk.2021")] for name, column in rows.columns.items()}
    assert (before["entered_actual"], before["used"], before["of_leagues"]) == (None, before["known"], "")


def test_entries_come_back_with_the_workbook_and_a_cleared_cell_takes_one_back(default_file, baselines, suggestions):
    read = scenario_in(HeldCells(default_file, CELLS), baselines, suggestions)
    assert canonical_json(read) == canonical_json(parse_scenario(ENTERED))
    with_source = {"value": 740.0, "source": "区统计局"}
    made = parse_scenario({"actual": {"milk": {REGION: {"2022": with_source, "2023": 790.0}}}})
    file = write_workbook(make_plan(made, baselines, suggestions), REGION, load_template(None, "zh"), "zh")
    assert canonical_json(scenario_in(file, baselines, suggestions)) == canonical_json(made)
    cleared = HeldCells(file, {("published.stated.entered_actual", "milk.2023"): None})
    assert scenario_in(cleared, baselines, suggestions).actual == {
        "milk": {REGION: {"2022": made.actual["milk"][REGION]["2022"]}}
    }


def test_a_figure_that_does_not_count_shows_in_no_cell_and_stays_in_the_scenario(baselines, suggestions):
    other = {"value": 500.0, "basis": "pre-census-2016"}
    made = parse_scenario({"actual": {"milk": {REGION: {"2023": other}}}})
    plan = make_plan(made, baselines, suggestions)
    rows = describe_book(plan, REGION, "zh").sheets["published"].tables["stated"]
    assert rows.columns["entered_actual"].values[rows.keys.index("milk.2023")] is None
    file = write_workbook(plan, REGION, load_template(None, "zh"), "zh")
    assert canonical_json(scenario_in(file, baselines, suggestions)) == canonical_json(made)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_league_workbook_has_no_sheet_for_the_regions_own_figures(lang, plan):
    title = {"zh": "全区公布数", "en": "Published"}[lang]
    template = load_template(None, lang)
    for area, there in (("150500", False), (REGION, True)):
        made = lay_out(template, describe_book(plan, area, lang, template.words))
        assert (title in [sheet.title for sheet in made.sheets]) is there


@pytest.mark.thorough
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_follows_the_regions_own_figures_entered_in_the_file(
    default_file, baselines, suggestions, tmp_path
):
    file = tmp_path / "edited.xlsx"
    file.write_bytes(filled_in(default_file, CELLS))
    (done,) = recalculate([file], tmp_path / "done")
    plan = make_plan(scenario_in(done.read_bytes(), baselines, suggestions), baselines, suggestions)
    assert canonical_json(plan.scenario) == canonical_json(parse_scenario(ENTERED))
    template = load_template(None, "zh")
    layout = lay_out(template, describe_book(plan, REGION, "zh", template.words))
    count, found = differences(layout, done)
    assert count > 8000
    assert [one for one in found if layout.book.words["state.changed"] not in one] == []


@pytest.mark.parametrize(
    ("file", "sheet", "own"),
    [
        ("workbook.xlsx", "年度", "全区公布或填报数"),
        ("workbook.en.xlsx", "Years", "its own figure, else from its leagues"),
    ],
)
def test_the_head_of_the_regions_years_says_that_its_own_figure_comes_first(file, sheet, own):
    head = openpyxl.load_workbook(templates_folder() / file)[sheet]["A8"].value
    assert own in head
