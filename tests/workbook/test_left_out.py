"""Any sheet of a template may be deleted or hidden: workbooks stay right, or one sentence says why it may not."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl.workbook import Workbook

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import canonical_json, parse_scenario
from agriplan.errors import TemplateError
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from agriplan.workbook.files import read_template, write_comparison, write_workbook
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.layout.template_check import check_template
from agriplan.workbook.template.reading import Template
from agriplan.workbook.xlsx.writer import render
from tests.thoroughness import FULL
from tests.workbook.raw_edits import sheet_states
from tests.workbook.reading_back import scenario_in
from tests.workbook.recalculation import OFFICE, differences, differences_by_ironcalc, recalculate, with_wrong_values
from tests.workbook.restyling import SHIPPED, laid_cells, misplaced, place_of, restyled, sheet_of

# A further indicator of each kind (quantity, value, rate) has the same sheets as the first.
INDICATORS = {"milk", "beef_cattle_value", "improved_breed_rate"}

SUBJECTS = [sheet.subject for sheet in read_template(SHIPPED).sheets]
# The sheet that says what a workbook was made from, those with cells to be filled in, and the one of an allocation.
REQUIRED = {"plan", "assumptions", "inputs", "indicator", "years", "published"}
OF_COMPARISONS = ["changes", "moved", "compared"]
OPTIONAL = [subject for subject in SUBJECTS if subject not in REQUIRED]


@pytest.fixture(scope="module")
def books(plan: Plan) -> list[Book]:
    words = read_template(SHIPPED).words
    areas = [describe_book(plan, area, "zh", words) for area in (plan.baselines.region.code, "150500")]
    return [*areas, describe_comparison(compare([plan, plan]), "zh", words)]


def without(folder: Path, subjects: Sequence[str], *, hide: bool = False) -> Template:
    """The shipped template without those sheets, or with those sheets hidden."""

    def edit(book: Workbook) -> None:
        for subject in subjects:
            sheet = sheet_of(book, subject)
            if hide:
                sheet.sheet_state = "hidden"
            else:
                book.remove(sheet)
        book.active = next(number for number, each in enumerate(book.worksheets) if each.sheet_state == "visible")

    return restyled(folder, edit)


def said(template: Template, books: Sequence[Book]) -> list[tuple[str, str]]:
    """What keeps the template from being used, else what it will do without."""
    try:
        found = check_template(template, books)
    except TemplateError as error:
        found = error.problems
    return [(one.code, str(one.values.get("word", ""))) for one in found]


@pytest.mark.parametrize("subject", SUBJECTS if FULL else [*sorted(REQUIRED), *OPTIONAL[::6]])
def test_a_deleted_sheet_is_done_without_or_said_to_be_needed_in_one_sentence(
    subject: str, books: list[Book], tmp_path: Path
) -> None:
    code = "template_sheet_missing" if subject in REQUIRED else "template_sheet_left_out"
    assert said(without(tmp_path, [subject]), books) == [(code, "{sheet." + subject + "}")]


@pytest.mark.parametrize("subject", SUBJECTS if FULL else ["indicator", *OPTIONAL[::8]])
def test_a_hidden_sheet_is_hidden_in_every_workbook_except_where_an_allocation_is_followed(
    subject: str, books: list[Book], tmp_path: Path
) -> None:
    told = said(without(tmp_path, [subject], hide=True), books)
    if subject == "indicator":
        assert told == [("template_sheet_hidden", "")]
    else:
        assert told == []


def test_the_manual_names_the_sheets_that_may_be_left_out() -> None:
    manual = re.sub(r"\s+", " ", (SHIPPED.parents[1] / "docs" / "template.md").read_text(encoding="utf-8"))
    named = re.search(r"A sheet may be left out: (.+?), and in a comparison all but one", manual)
    assert named
    titles = {sheet.subject: sheet.title for sheet in read_template(SHIPPED).sheets}
    assert named[1].split(", ") == [titles[each] for each in OPTIONAL if each not in OF_COMPARISONS]


def test_a_workbook_has_at_least_one_tab(books: list[Book], tmp_path: Path) -> None:
    every = OF_COMPARISONS
    for hide in (False, True):
        assert ("template_without_tabs", "") in said(without(tmp_path, every, hide=hide), books)


def test_a_hidden_column_of_an_allocation_is_refused_and_a_hidden_input_is_not(
    books: list[Book], tmp_path: Path
) -> None:
    def hide(subject: str, token: str) -> Template:
        def edit(book: Workbook) -> None:
            sheet = sheet_of(book, subject)
            letters = sheet.cell(*place_of(sheet, token)).column_letter
            sheet.column_dimensions[letters].hidden = True

        return restyled(tmp_path, edit)

    wanted = [("template_column_missing", "{leagues.weight}")]
    assert wanted[0] in said(hide("indicator", "leagues.weight"), books)
    assert said(hide("inputs", "leagues.own_value"), books) == []


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A template with nothing that can be left out, save the list of changes of a comparison."""
    return without(tmp_path_factory.mktemp("lean"), [each for each in OPTIONAL if each != "changes"])


@pytest.mark.parametrize("number", [0, pytest.param(1, marks=pytest.mark.thorough)], ids=["region", "league"])
def test_what_formulas_need_of_a_sheet_that_was_left_out_stands_on_a_hidden_one(
    number: int, lean: Template, books: list[Book]
) -> None:
    layout = lay_out(lean, books[number])
    assert list(misplaced(laid_cells(layout), layout, books[number])) == []
    data = render(lean, books[number])
    states = sheet_states(data)
    hidden = [title for title, state in states.items() if state != "visible"]
    assert {"agriplan.data", "agriplan.checks"} & set(hidden)
    assert all(title.startswith("agriplan.") for title in hidden)
    with ZipFile(BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        active = re.search(r'activeTab="(\d+)"', parts.read("xl/workbook.xml").decode())
    links = [link for sheet in sheets for link in re.findall(r'<hyperlink [^>]*location="([^"]+)"', sheet)]
    assert links
    assert not [link for link in links if "agriplan." in link]
    assert list(states.values())[int(active[1]) if active else 0] == "visible"


def test_without_those_sheets_everything_is_worked_out_the_same(
    lean: Template, books: list[Book], tmp_path: Path
) -> None:
    path = tmp_path / "lean.xlsx"
    path.write_bytes(with_wrong_values(render(lean, books[0])))
    layout = lay_out(lean, books[0])
    count, found = differences_by_ironcalc(layout, path)
    assert count > 10_000
    assert found == []
    if FULL and OFFICE:
        assert differences(layout, recalculate([path], tmp_path / "done")[0]) == (count, [])


@pytest.mark.parametrize("hide", [False, pytest.param(True, marks=pytest.mark.thorough)], ids=["deleted", "hidden"])
def test_without_those_sheets_a_workbook_reads_back_the_same(
    hide: bool, baselines: Baselines, suggestions: pd.DataFrame, tmp_path: Path
) -> None:
    template = without(tmp_path, [each for each in OPTIONAL if each != "changes"], hide=hide)
    scenario = parse_scenario({"growth": {"milk": {"150500": 8.0}}, "note": "试"})
    plan = make_plan(scenario, baselines, suggestions)
    data = write_workbook(plan, "150500", template, "zh")
    assert canonical_json(scenario_in(data, baselines, suggestions)) == canonical_json(scenario)
    states = sheet_states(write_comparison(compare([plan, plan]), template, "zh"))
    assert [title for title, state in states.items() if state == "visible"] == ["改动"]
