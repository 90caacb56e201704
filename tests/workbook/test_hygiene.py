"""Every generated file: what stands in it, what must not, and that it is the same wherever it is made."""

import hashlib
import os
import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest
from openpyxl.workbook import Workbook
from restyling import ENGLISH, SHIPPED

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.rounding import COMPARE_DIGITS
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.files import read_template
from agriplan.workbook.formulas.filling import FUNCTIONS
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.xlsx.writer import render
from tests.thoroughness import FULL, by_turns, tried
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.filling_in import loaded
from tests.workbook.raw_edits import texts_by_sheet

# An indicator of each kind (a quantity, a value, a rate); a further one has the same sheets.
INDICATORS = {"milk", "beef_cattle_value", "improved_breed_rate"}

KINDS = ["league", "region", "comparison"]
TEMPLATES = {"zh": SHIPPED, "en": ENGLISH}
LOCKED_IN_SCENARIO = Scenario.model_validate(
    {"name": "=1+1", "allocation": {"milk": {"rule": "by_headroom", "lock": {"150500": 20.0}}}}
)
# What stays of a formula once text, sheets and addresses are taken out: names of functions, operators, constants.
TEXT, SHEET, CELL = re.compile(r'"[^"]*"'), re.compile(r"'(?:[^']|'')+'!"), re.compile(r"\$?[A-Z]{1,3}\$?\d+")


@cache
def written(kind: str, lang: str, *, whole: bool = FULL) -> bytes:
    plan = _plan(whole=whole)
    template = read_template(TEMPLATES[lang])
    if kind == "comparison":
        changed = make_plan(LOCKED_IN_SCENARIO, plan.baselines, plan.suggestions)
        return render(template, describe_comparison(compare([plan, changed]), lang, template.words))  # type: ignore[arg-type]
    code = plan.baselines.region.code if kind == "region" else "150500"
    return render(template, describe_book(plan, code, lang, template.words))  # type: ignore[arg-type]


@cache
def _plan(*, whole: bool = FULL) -> Plan:
    """The shipped plan, the whole of it or an indicator of each kind."""
    from agriplan.baselines.folder import read_baselines
    from agriplan.places import baselines_folder

    shipped = read_baselines(baselines_folder())
    baselines = shipped if whole else of_indicators(shipped, INDICATORS)
    return make_plan(Scenario(), baselines, suggestions_for(baselines))


@cache
def opened(kind: str, lang: str) -> Workbook:
    return loaded(written(kind, lang))


def formulas(kind: str, lang: str) -> list[str]:
    """The formulas of a file; what a whole column shares stands there once."""
    with ZipFile(BytesIO(written(kind, lang))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    return [unescape(text) for sheet in sheets for text in re.findall(r"<f(?: [^>]*)?>([^<]+)</f>", sheet)]


# Every kind and both languages with every run; each kind in each language in full.
FILES = [(kind, lang) for kind in KINDS for lang in TEMPLATES]
each_file = pytest.mark.parametrize(("kind", "lang"), by_turns(KINDS, TEMPLATES))


@each_file
def test_formulas_use_only_functions_of_the_list_and_no_constants(kind: str, lang: str) -> None:
    functions, constants = set(), set()
    for formula in formulas(kind, lang):
        bare = CELL.sub("", SHEET.sub("", TEXT.sub("", formula)))
        functions |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare))
        constants |= set(re.findall(r"(?<![A-Za-z.])\d+(?:\.\d+)?", bare))
    assert functions <= FUNCTIONS
    assert functions
    assert constants <= {"0", "1", "2", "100", str(COMPARE_DIGITS)}


@each_file
def test_nothing_stored_is_an_error(kind: str, lang: str) -> None:
    held = {text for texts in texts_by_sheet(written(kind, lang)).values() for text in texts}
    assert len(held) > 20
    assert not [text for text in held if re.match(r"#[A-Z]+[/!?0A]", text) or text in ("nan", "inf")]


@each_file
def test_every_chart_has_a_text_for_readers_who_cannot_see_it(kind: str, lang: str) -> None:
    with ZipFile(BytesIO(written(kind, lang))) as parts:
        drawings = [parts.read(name).decode() for name in parts.namelist() if re.match(r"xl/drawings/drawing\d+", name)]
    frames = [frame for drawing in drawings for frame in re.findall(r"<xdr:cNvPr [^>]*>", drawing)]
    assert frames
    assert all(re.search(r'descr="[^"]{10,}"', frame) for frame in frames)


@each_file
def test_every_chart_names_its_axes_and_takes_its_colours_from_the_theme(kind: str, lang: str) -> None:
    with ZipFile(BytesIO(written(kind, lang))) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    for chart in charts:
        assert re.search(r"<c:valAx>.*<c:title>", chart)
        assert "srgbClr" not in chart
        assert "schemeClr" in chart


@each_file
def test_every_cell_that_can_be_filled_in_says_what_it_takes(kind: str, lang: str) -> None:
    for sheet in opened(kind, lang).worksheets:
        # Of merged cells the first is the one that can be filled in.
        behind = {cell for merged in sheet.merged_cells.ranges for cell in list(merged.cells)[1:]}
        open_cells = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked and (cell.row, cell.column) not in behind
        }
        asked = {
            f"{column}{row}"
            for rule in sheet.data_validations.dataValidation
            for area in rule.sqref.ranges
            for row, column in ((cell[0], cell[1]) for cell in _cells(area.coord))
        }
        assert open_cells == asked, sheet.title
        assert sheet.protection.sheet


@each_file
def test_a_prompt_says_what_is_accepted_and_what_an_empty_cell_stands_for(kind: str, lang: str) -> None:
    for sheet in opened(kind, lang).worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert "1e-" not in rule.prompt, rule.prompt
            assert re.search("留空|可不填|必填|[Ee]mpty|Needed", rule.prompt), rule.prompt


@each_file
def test_the_prompts_of_a_long_table_carry_its_headings(kind: str, lang: str) -> None:
    titles = {
        rule.promptTitle
        for sheet in opened(kind, lang).worksheets
        for rule in sheet.data_validations.dataValidation
        if any(area.max_row > tried(36, 60) for area in rule.sqref.ranges)
    }
    assert not titles or (len(titles) > 5 and None not in titles)


def _cells(area: str) -> list[tuple[int, str]]:
    from openpyxl.utils import get_column_letter, range_boundaries

    first_col, first_row, last_col, last_row = range_boundaries(area)
    return [
        (row, get_column_letter(col))
        for row in range(first_row, last_row + 1)
        for col in range(first_col, last_col + 1)
    ]


@each_file
def test_ways_to_other_sheets_have_no_hole_where_a_sheet_is_missing(kind: str, lang: str) -> None:
    first = opened(kind, lang).worksheets[0]
    ways = [cell for row in first.rows for cell in row if str(cell.value).startswith("▸ ")]
    assert [one.coordinate for one in ways if one.hyperlink is None] == []
    rows = [one.row for one in ways]
    assert rows == [*range(rows[0], rows[0] + len(rows))] if rows else kind == "comparison"
    assert not rows or first.cell(rows[0] - 1, ways[0].column).value


@each_file
def test_a_file_holds_no_macros_no_outside_links_and_opens_at_its_first_cell(kind: str, lang: str) -> None:
    with ZipFile(BytesIO(written(kind, lang))) as parts:
        names = parts.namelist()
        links = [parts.read(name).decode() for name in names if name.endswith(".rels")]
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    assert not [text for text in links if 'TargetMode="External"' in text]
    book = opened(kind, lang)
    assert book.active is book.worksheets[0]
    assert all(pane.activeCell in (None, "A1") or pane.pane for pane in book.active.sheet_view.selection)


@each_file
def test_every_sheet_is_ready_to_print(kind: str, lang: str) -> None:
    for sheet in opened(kind, lang).worksheets:
        assert sheet.page_setup.paperSize in (9, 8)
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1) or sheet.print_title_cols
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert "&P" in str(sheet.oddFooter.center.text)
        assert sheet.freeze_panes


@pytest.mark.parametrize(("kind", "lang"), [file for file in FILES if file[0] != "comparison"][:: 1 if FULL else 3])
def test_words_that_formulas_name_cannot_be_filled_in(kind: str, lang: str) -> None:
    template, code = read_template(TEMPLATES[lang]), {"league": "150500", "region": "150000"}[kind]
    layout = lay_out(template, describe_book(_plan(), code, lang, template.words))  # type: ignore[arg-type]
    book, seen = opened(kind, lang), 0
    for sheet in layout.sheets:
        for code, area in sheet.placed.words.items():
            seen += 1
            assert book[sheet.title][area.cell(0).replace("$", "")].protection.locked, (sheet.title, code)
    assert seen > 50


@each_file
def test_text_of_a_person_never_becomes_a_formula(kind: str, lang: str) -> None:
    assert not [text for text in formulas(kind, lang) if text == "1+1"]


def test_one_formula_serves_a_whole_column(baselines: Baselines) -> None:
    template = read_template(SHIPPED)
    layout = lay_out(template, describe_book(_plan(), baselines.region.code, "zh", template.words))
    live = {
        (area.sheet[1:-1], area.letters, area.first + row + 1): f"{sheet}.{table}.{entry}"
        for (sheet, table, entry), area in layout.places.columns.items()
        for row in range(area.rows)
        if entry != "key" and layout.book.sheets[sheet].tables[table].columns[entry].formula
    }
    shapes: dict[str, set[str]] = {}
    for sheet in layout.sheets:
        for row, col, _, _, formula in sheet.cells:
            name = live.get((sheet.title, _letters(col), row + 1))
            if name:
                shapes.setdefault(name, set()).add(CELL.sub("", SHEET.sub("", formula or "")))
    assert shapes
    assert [name for name, found in shapes.items() if len(found) > 1] == []


def _letters(col: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(col + 1))


_PRINT_HASHES = """
import hashlib, sys
from pathlib import Path
from agriplan.baselines.folder import read_baselines
from agriplan.engine.scenario import Scenario
from agriplan.places import baselines_folder, templates_folder
from agriplan.engine.plan import make_plan
from agriplan.forecast.suggestions import suggestions_for
from agriplan.workbook.files import load_template, write_workbook
baselines = read_baselines(baselines_folder())
plan = make_plan(Scenario(), baselines, suggestions_for(baselines))
data = write_workbook(plan, "150500", load_template(None, "zh"), "zh")
print(hashlib.sha256(data).hexdigest())
"""


@pytest.mark.parametrize(
    ("seed", "zone"), [pytest.param("1", "Asia/Shanghai", marks=pytest.mark.thorough), ("77", "America/New_York")]
)
def test_the_same_inputs_give_the_same_bytes_everywhere(seed: str, zone: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(__file__).parents[2])}
    made = subprocess.run([sys.executable, "-c", _PRINT_HASHES], env=environment, capture_output=True, check=True)
    assert made.stdout.decode().strip() == hashlib.sha256(written("league", "zh", whole=True)).hexdigest()


def test_a_league_workbook_can_be_sent_by_mail() -> None:
    # Thirty-one of them fit into a mail of 10 MB. A tenth of it are the steps by which printed figures add up, live,
    # a tenth what an evaluation as of any year and the balances rest on; the two pages for the meeting and the rows to
    # filter take eight KiB, the names by which an overwritten constant beside the print area is told two, and that
    # projections by history and of an evaluation add up as they are shown one.
    # Herds and unit values of earlier years, which weigh actual figures live, take half a KiB, the statistical
    # differences that stand beside actual figures two, the natural ceiling of a region's rate and the grade of what is
    # carried on one, that what leagues reported as quantities follows the unit value one and a half,
    # that a league's own changes come first half a one, and that a target which equals the projection as printed is as
    # likely everywhere three quarters of one.
    assert all(len(written("league", lang, whole=True)) <= 324 * 1024 for lang in TEMPLATES)


# More rows than a screen shows at once.
SCREEN = 30


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
def test_the_headings_of_a_long_table_stay_in_sight(lang: str) -> None:
    """Panes hold one block of headings: that of a sheet's first table, unless it has spare rows and may be short."""
    plan, template = _plan(), read_template(TEMPLATES[lang])
    frozen = []
    for code in ("150000", "150500"):
        for sheet in lay_out(template, describe_book(plan, code, lang, template.words)).sheets:  # type: ignore[arg-type]
            shown = [each for each in sheet.placed.shown_columns if not each.helper and each.rows > 1]
            first = min((each.row for each in shown), default=0)
            panes = sheet.placed.row((sheet.template.page.panes or (0, 0))[0])
            tables = sheet.placed.sheet.tables
            long = [
                each
                for each in shown
                if each.rows >= SCREEN and not (each.table in tables and tables[each.table].spare)
            ]
            for row in {each.row for each in long if each.row == first}:
                assert panes == row, sheet.title
                frozen.append(sheet.title)
    assert len(set(frozen)) >= 4
