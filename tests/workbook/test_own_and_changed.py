"""A planner sees her own league first, and what was changed: read from the file and from what a spreadsheet draws."""

import re
from collections import defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which
from zipfile import ZipFile

import pandas as pd
import pytest
from filling_in import filled_in, find, loaded
from openpyxl.worksheet.worksheet import Worksheet
from recalculation import OFFICE, recalculate
from restyling import ENGLISH, SHIPPED
from test_paper import sheets_of
from xlsxwriter.utility import xl_rowcol_to_cell

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import FLAG, Book, Table, is_label
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.sheets import LaidSheet, lay_out
from agriplan.workbook.template.reading import Template
from agriplan.workbook.xlsx.writer import render
from tests.thoroughness import FULL, by_turns, tried
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.paper import pages_of, print_books
from tests.workbook.raw_edits import written
from tests.workbook.reading_back import read_here

# A further indicator of each kind (quantity, value, rate) has the same sheets as the first.
INDICATORS = {"milk", "beef_cattle_value", "improved_breed_rate"}

OWN = "150500"
# An indicator of each kind: a quantity, a value, a rate.
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}
TEMPLATES = {"zh": SHIPPED, "en": ENGLISH}
# Every language and kind of area with every run: a league's in Chinese and the region's in English.
AREAS = by_turns([OWN, "150000"], TEMPLATES)
of_a_league = pytest.mark.parametrize("lang", [*TEMPLATES][: tried(1, 2)])
of_the_region = pytest.mark.parametrize("lang", [*TEMPLATES][tried(1, 0) :])


@cache
def laid_out(plan: Plan, lang: str, code: str = OWN) -> tuple[Template, Book, list[LaidSheet]]:
    template = read_template(TEMPLATES[lang])
    book = describe_book(plan, code, lang, template.words)  # type: ignore[arg-type]
    return template, book, lay_out(template, book).sheets


def lists_leagues(table: Table, plan: Plan, lang: str) -> bool:
    """Whether the rows of a table are about several leagues, and say so."""
    names = {league.name(lang) for league in plan.baselines.leagues}  # type: ignore[arg-type]
    return any(len(names & set(column.values)) > 1 for column in table.columns.values() if is_label(column))


@of_a_league
def test_the_own_row_stands_out_on_every_sheet_that_lists_leagues_before_any_other_ground(
    plan: Plan, lang: str
) -> None:
    template, _, sheets = laid_out(plan, lang)
    own = dict(template.legends["row.own"])["bg_color"]
    listing = []
    for sheet in sheets:
        for name, table in sheet.placed.sheet.tables.items():
            shown = [each for each in sheet.placed.shown_columns if each.table == name and not each.helper]
            for each in shown if lists_leagues(table, plan, lang) else ():
                if table.columns[each.entry].inputs:  # an input has one look, whatever row it stands in
                    continue
                listing.append(sheet.title)
                flags = table.columns[f"{FLAG}own"].values
                place = sheet.placed.columns[sheet.name, name, f"{FLAG}own"]
                row = each.row + list(flags).index(1)
                grounds = [
                    (given.flag, dict(given.legend)["bg_color"])
                    for given in sheet.conditional_formats
                    if given.flag
                    and not given.word
                    and "bg_color" in dict(given.legend)
                    and any(a <= row <= b and c <= each.col <= d for a, c, b, d in given.ranges)
                ]
                assert grounds[:1] == [(f"${place.letters}{place.first + 1}", own)], (sheet.title, name, each.entry)
    assert len(set(listing)) >= 2 + len(plan.baselines.commitments)


@of_the_region
def test_no_row_of_the_regions_workbook_is_its_own_league(plan: Plan, lang: str) -> None:
    _, book, _ = laid_out(plan, lang, plan.baselines.region.code)
    for sheet in book.sheets.values():
        for table in sheet.tables.values():
            if lists_leagues(table, plan, lang) and f"{FLAG}own" in table.columns:
                marked = {key for key, flag in zip(table.keys, table.columns[f"{FLAG}own"].values, strict=True) if flag}
                assert not marked & set(plan.baselines.league_codes)


@of_a_league
def test_every_cell_to_be_filled_in_is_coloured_once_it_holds_an_entry(plan: Plan, lang: str) -> None:
    template, _, sheets = laid_out(plan, lang)
    changed = template.legends["look.changed"]
    assert dict(changed)["bg_color"] not in (
        dict(template.legends[other]).get("bg_color") for other in ("look.input", "row.own", "row.named")
    )
    for sheet in sheets:
        coloured = {
            (row, col)
            for given in sheet.conditional_formats
            if given.legend == changed
            for top, left, bottom, right in given.ranges
            for row in range(top, bottom + 1)
            for col in range(left, right + 1)
        }
        assert {(row, col) for row, col, _ in sheet.inputs} <= coloured, sheet.title


def ground(sheet: Worksheet, row: int, column: int) -> list[str]:
    """The tests of the conditional formats that cover a cell, first counts first."""
    place = sheet.cell(row, column).coordinate
    rules = [
        (rule.priority, rule.formula[0])
        for area in sheet.conditional_formatting
        if place in area.cells
        for rule in area.rules
    ]
    return [text for _, text in sorted(rules)]


def test_what_colours_a_cell_names_its_usual_value_where_a_blank_stands_for_one(plan: Plan) -> None:
    template = read_template(SHIPPED)
    data = render(template, describe_book(plan, OWN, "zh", template.words))
    entries = {("inputs.leagues.entered_growth", f"milk.{OWN}"): 8.0, ("assumptions.lines.rule", "milk"): "均摊法"}
    book = loaded(filled_in(data, entries), sheets=("填报", "假设"))
    sheet, row, column = find(book, "inputs.leagues.entered_growth", f"milk.{OWN}")
    assert any("<>$" in text for text in ground(sheet, row, column))
    sheet, row, column = find(book, "inputs.leagues.entered_floor", f"milk.{OWN}")
    assert any(text.startswith("NOT(ISBLANK(") for text in ground(sheet, row, column))
    sheet, row, column = find(book, "assumptions.lines.rule", "milk")
    (test,) = ground(sheet, row, column)
    beside = test.partition("<>$")[2].rstrip(")")
    letters = beside.rstrip("0123456789")
    assert sheet[f"{letters}{row}"].value == "基数法"


def handed_in(book: Book) -> set[str]:
    """The template sheets that are handed in: those to be filled in, and those that state what is to be reached."""
    asked = {
        sheet.subject
        for sheet in book.sheets.values()
        if any(cell.input for cell in sheet.scalars.values())
        or any(column.inputs for table in sheet.tables.values() for column in table.columns.values())
    }
    stated = {"plan", "indicator", "overview"} & {sheet.subject for sheet in book.sheets.values()}
    return asked | stated


SIGNED = {
    "zh": ("表号：", "填报单位：", "计量单位：", "负责人：", "填报人：", "联系电话：", "填报日期："),
    "en": ("Form:", "Reporting unit:", "Units:", "Responsible:", "Filled in by:", "Telephone:", "Date:"),
}


@pytest.mark.parametrize(("code", "lang"), AREAS)
def test_every_sheet_that_is_handed_in_ends_with_who_signs_in_open_cells(plan: Plan, code: str, lang: str) -> None:
    _, book, sheets = laid_out(plan, lang, code)
    signed = set()
    for sheet in sheets:
        texts = {cell[3]: cell[:2] for cell in sheet.cells if isinstance(cell[3], str)}
        open_cells = sheet.placed.open_cells()
        if set(SIGNED[lang]) <= texts.keys():
            for row, col in (texts[label] for label in SIGNED[lang]):
                assert [at for at in open_cells if at[0] == row and at[1] > col], sheet.title
            signed.add(sheet.placed.sheet.subject)
        assert not set(open_cells) & {(row, col) for row, col, _ in sheet.inputs}
    assert handed_in(book) <= signed


@pytest.mark.thorough
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_whoever_signs_and_logs_in_a_spreadsheet_changes_nothing_of_the_scenario(
    baselines: Baselines, suggestions: pd.DataFrame, tmp_path: Path
) -> None:
    plan = make_plan(Scenario(), of_indicators(baselines, KINDS), suggestions)
    template, made, sheets = laid_out(plan, "zh")
    filled = {
        (sheet.title, xl_rowcol_to_cell(row, col)): f"签 {row}.{col}"
        for sheet in sheets
        for row, col in sheet.placed.open_cells()
    }
    assert len(filled) >= 7 * len(handed_in(made))
    path = tmp_path / "signed.xlsx"
    path.write_bytes(written(render(template, made), filled))
    (tmp_path / "saved").mkdir()
    result = read_here(recalculate([path], tmp_path / "saved")[0].read_bytes(), plan.baselines, plan.suggestions)
    assert (result.doubts, result.notes) == ((), ())
    assert result.scenario == plan.scenario


@of_a_league
def test_a_leagues_file_holds_its_own_rows_and_the_regions_and_what_they_cite(plan: Plan, lang: str) -> None:
    data = plan.baselines
    _, book, _ = laid_out(plan, lang)
    areas = {data.region.name(lang), data.areas[OWN].name(lang)}  # type: ignore[arg-type]
    figures, sources = book.sheets["data"].tables["figures"], book.sheets["basis"].tables["sources"]
    assert set(figures.columns["area"].values) == areas
    whole = describe_book(plan, data.region.code, lang).sheets  # type: ignore[arg-type]
    everything = whole["data"].tables["figures"]
    assert len(figures.keys) < len(everything.keys)
    titles = set(sources.columns["title"].values)
    assert (
        set(figures.columns["source"].values) <= titles < set(whole["basis"].tables["sources"].columns["title"].values)
    )
    # A source keeps its number, so that files can be read side by side.
    numbered = dict(zip(sources.keys, sources.columns["number"].values, strict=True))
    of_region = whole["basis"].tables["sources"]
    assert numbered.items() <= dict(zip(of_region.keys, of_region.columns["number"].values, strict=True)).items()
    checked = book.sheets["data"].tables["backtest"].columns["horizon"].values
    assert {value for value in checked if value} == {data.span}


HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(("code", "lang"), AREAS)
def test_sources_and_reasons_stand_in_the_language_of_the_file(plan: Plan, code: str, lang: str) -> None:
    _, book, _ = laid_out(plan, lang, code)
    texts = [
        (sheet.name, name, text)
        for sheet in book.sheets.values()
        for table in sheet.tables.values()
        for name, column in table.columns.items()
        # Addresses are as they are; signs of no figure may be typed in either language.
        if is_label(column) and name not in ("address", "sign", "entry", "code", "date")
        for text in column.values
        if isinstance(text, str) and any(map(str.isalpha, text)) and re.search(r"\s|[。，：；]", text.strip())
    ]
    assert len(texts) > 100
    wrong = [each for each in texts if bool(HAN.search(each[2])) == (lang == "en")]
    assert wrong == []


EDITED = {
    "growth": {"milk": {OWN: 4.0}},
    "allocation": {"milk": {"rule": "by_headroom"}},
    "actual": {"milk": {OWN: {"2021": 40.0}}},
}


@pytest.mark.skipif(not (OFFICE and which("pdftotext")), reason="LibreOffice and pdftotext are needed to print")
def test_a_spreadsheet_draws_the_own_row_and_what_was_changed_on_the_sheets_that_hold_them(
    baselines: Baselines, suggestions: pd.DataFrame, tmp_path: Path
) -> None:
    plan = make_plan(Scenario(), of_indicators(baselines, KINDS), suggestions)
    template, book, sheets = laid_out(plan, "zh")
    edited = make_plan(Scenario.model_validate(EDITED), plan.baselines, plan.suggestions)
    files = {"edited": describe_book(edited, OWN, "zh", template.words)}
    if FULL:
        files |= {"made": book, "region": describe_book(plan, plan.baselines.region.code, "zh", template.words)}
    for name, each in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(render(template, each))
    pdfs = print_books([tmp_path / f"{name}.xlsx" for name in files], tmp_path)
    own, changed = (dict(template.legends[legend])["bg_color"] for legend in ("row.own", "look.changed"))
    drawn = {name: _sheets_with(pdf) for name, pdf in zip(files, pdfs, strict=True)}
    listing = {
        sheet.title
        for sheet in sheets
        for table in sheet.placed.sheet.tables.values()
        if lists_leagues(table, plan, "zh")
        and any(
            each.table in sheet.placed.sheet.tables
            and sheet.placed.sheet.tables[each.table] is table
            and not each.helper
            for each in sheet.placed.shown_columns
        )
    }
    assert listing <= drawn["edited"][own]
    titles = {sheet.name: sheet.title for sheet in sheets}
    legend = {sheet.title for sheet in sheets if "look.changed" in sheet.placed.words}
    filled_in_sheets = {titles[name] for name in ("assumptions", "inputs", "years")}
    assert drawn["edited"][changed] == filled_in_sheets | legend
    if not FULL:
        return  # of the other sheets this one shows nothing changed; what the region's marks is asked above
    assert listing <= drawn["made"][own]
    assert drawn["made"][changed] == legend
    indicators = {each.id for each in plan.baselines.commitments}
    region = {sheet.title for sheet in sheets if sheet.name in indicators}
    assert not region & drawn["region"][own]


def _sheets_with(pdf: Path) -> defaultdict[str, set[str]]:
    """For every colour that grounds have the sheets that show it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for page, title in zip(pages_of(pdf), sheets_of(pdf), strict=True):
        for colour in page.grounds:
            found[colour].add(title)
    return found


def test_bars_of_leagues_have_the_own_one_in_the_second_accent_and_the_regions_have_none(plan: Plan) -> None:
    template = read_template(SHIPPED)
    for code, marks in ((OWN, True), (plan.baselines.region.code, False)):
        data = render(template, describe_book(plan, code, "zh", template.words))
        with ZipFile(BytesIO(data)) as parts:
            charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
        points = [point for chart in charts for point in re.findall(r"<c:dPt>.*?</c:dPt>", chart)]
        assert bool(points) == marks
        # Lighter where a share is stacked on it.
    assert all('<a:schemeClr val="accent2"' in point for point in points)
