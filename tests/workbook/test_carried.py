"""A template in an office's own look: all of it stands in every workbook, which stays right and is read back."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import canonical_json, parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.sentences import Lang
from agriplan.workbook.blueprint import Blueprint, draw
from agriplan.workbook.checked_template import read_checked_template
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import Book, Cell, Sheet
from agriplan.workbook.files import read_template, write_comparison
from agriplan.workbook.kept_blueprints import KeptBlueprints
from agriplan.workbook.layout.repeated_blocks import with_all_blocks
from agriplan.workbook.template.reading import Template
from agriplan.workbook.varying import values_of
from benchmarks.workbook import stock_parts
from tests.thoroughness import FULL, tried
from tests.workbook.branding import PAGE, RED, WORDS, branded, png
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.filling_in import loaded
from tests.workbook.reading_back import scenario_in
from tests.workbook.recalculation import OFFICE, recalculate
from tests.workbook.restyling import ENGLISH, SHIPPED, sheet_of
from tests.workbook.test_compiled import compiled_written_out

LANGS: list[tuple[Lang, Path]] = [("zh", SHIPPED), ("en", ENGLISH)]
TONGLIAO = "150500"


# An indicator of each kind: a quantity, a value, a rate.
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}


@pytest.fixture(scope="module")
def baselines() -> Baselines:
    return of_indicators(read_baselines(baselines_folder()), KINDS)


@pytest.fixture(scope="module")
def suggestions(baselines: Baselines) -> pd.DataFrame:
    return suggestions_for(baselines)


# With every run in Chinese: an own template in English is filled in `test_which_template.py`.
@pytest.fixture(scope="module", params=LANGS[: tried(1, 2)], ids=["zh", "en"][: tried(1, 2)])
def made(request: pytest.FixtureRequest, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> tuple[Lang, Template]:
    lang, source = request.param
    template = read_checked_template(plan, lang, branded(tmp_path_factory.mktemp("own"), source))
    assert template.cautions == ()
    return lang, template


@pytest.fixture(scope="module")
def blueprint(made: tuple[Lang, Template], plan: Plan) -> Blueprint:
    lang, template = made
    return draw(plan, TONGLIAO, template, lang)


@pytest.fixture(scope="module")
def data(blueprint: Blueprint, plan: Plan) -> bytes:
    return blueprint.workbook(plan)


@pytest.fixture(scope="module")
def file(data: bytes) -> Workbook:
    return loaded(data)


def test_cover_and_instructions_come_first_and_say_what_they_name(made: tuple[Lang, Template], file: Workbook) -> None:
    words = WORDS[made[0]]
    assert file.sheetnames[:2] == [words["cover"], words["help"]]
    cover, told = file.worksheets[:2]
    assert cover["B8"].value == words["title"].replace("{plan.area}", {"zh": "通辽市", "en": "Tongliao"}[made[0]])
    assert (cover["B8"].font.name, cover["B8"].font.sz, cover["B8"].font.b) == ("SimHei", 24, True)
    assert cover.page_setup.orientation == "portrait"
    assert (cover.sheet_view.showGridLines, told.sheet_view.showGridLines) == (False, None)
    # What may be filled in on the cover stays so; a sheet that is not protected is not protected here.
    assert cover.protection.sheet
    assert not told.protection.sheet
    assert [cover[cell].protection.locked for cell in ("B8", "B13")] == [True, False]
    assert told["A3"].value == words["line"]
    assert file.active is cover


def test_links_lead_to_pages_and_to_where_a_cell_stands_in_this_workbook(file: Workbook) -> None:
    cover, told = file.worksheets[:2]
    assert told["A5"].hyperlink.target == PAGE
    years = next(sheet for sheet in file if sheet.title in ("年度", "Years"))
    assert told["A6"].hyperlink.location.startswith(f"'{years.title}'!A")
    assert cover["B20"].hyperlink.location.endswith("!A1")


def test_comments_stand_beside_their_cells(made: tuple[Lang, Template], file: Workbook) -> None:
    comments = {
        cell.coordinate: cell.comment for sheet in file for row in sheet.iter_rows() for cell in row if cell.comment
    }
    (comment,) = comments.values()
    assert (comment.text, comment.author) == (WORDS[made[0]]["comment"], "农牧厅")


def test_own_conditional_formats_cover_all_rows_that_a_row_became(file: Workbook, plan: Plan) -> None:
    sheet = next(sheet for sheet in file if sheet.title in ("奶类产量", "Milk"))
    rules = [(str(part.sqref), rule) for part in sheet.conditional_formatting for rule in part.rules]
    first = min(rules, key=lambda each: each[1].priority)
    rows = len(plan.baselines.leagues)
    column = sheet[first[0]]
    assert first[1].type == "expression"
    assert len(column) == rows
    top = column[0][0]
    assert first[1].formula[0].startswith(f"${top.coordinate}>2*$")
    assert first[1].formula[0].endswith(str(top.row))
    assert first[1].dxf.fill.bgColor.rgb == "FFFFC7CE"
    kinds = {rule.type for _, rule in rules}
    assert {"dataBar", "cellIs"} <= kinds
    between = next(rule for _, rule in rules if rule.operator == "between")
    assert between.formula == ["5", "10"]
    years = next(sheet for sheet in file if sheet.title in ("年度", "Years"))
    assert "colorScale" in {rule.type for part in years.conditional_formatting for rule in part.rules}


def test_what_is_hidden_stays_hidden_and_nothing_links_to_it(file: Workbook) -> None:
    hidden = [sheet.title for sheet in file if sheet.sheet_state != "visible"]
    assert hidden in (["依据"], ["Grounds"])
    links = [
        cell.hyperlink.location or "" for sheet in file for row in sheet.iter_rows() for cell in row if cell.hyperlink
    ]
    assert links
    assert not [link for link in links if hidden[0] in link]
    years = next(sheet for sheet in file if sheet.title in ("年度", "Years"))
    assert [letters for letters, each in years.column_dimensions.items() if each.hidden] == ["K"]
    indicator = next(sheet for sheet in file if sheet.title in ("奶类产量", "Milk"))
    assert indicator.row_dimensions[2].hidden


def test_pictures_are_carried_byte_by_byte_to_where_they_were(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as parts:
        media = {parts.read(name) for name in parts.namelist() if name.startswith("xl/media/")}
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert media == {png(), png(60, 60, (0, 90, 160))}
    assert "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>1</xdr:row>" in drawing
    assert f'<a:ext cx="{240 * 9525}" cy="{80 * 9525}"/>' in drawing
    assert 'descr="标志"' in drawing


@pytest.mark.parametrize("made", LANGS if FULL else LANGS[:1], indirect=True, ids=["zh", "en"][: tried(1, 2)])
def test_every_part_is_what_xlsxwriters_own_calls_give(made: tuple[Lang, Template], plan: Plan) -> None:
    lang, template = made
    book = describe_book(plan, TONGLIAO, lang, template.words)
    compiled = compiled_written_out(template, book)
    stock = stock_parts(template, book, compiled)
    with ZipFile(BytesIO(compiled.fill(values_of(book), book.properties))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if not name.startswith("xl/media/")}
    assert list(texts) == list(stock)
    assert [name for name in stock if stock[name] != texts[name]] == []


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_template_that_libreoffice_saved_carries_the_same(tmp_path: Path) -> None:
    path = branded(tmp_path)
    ours, theirs = read_template(path), read_template(recalculate([path], tmp_path / "saved")[0])
    assert theirs.cautions == ()
    for mine, saved in zip(ours.sheets, theirs.sheets, strict=True):
        assert (mine.title, mine.subject, mine.page.state) == (saved.title, saved.subject, saved.page.state)
        assert (mine.page.hidden_rows, mine.page.hidden_cols) == (saved.page.hidden_rows, saved.page.hidden_cols)
        assert [each.data for each in mine.carried.pictures] == [each.data for each in saved.carried.pictures]
        assert [each.text for each in mine.carried.comments] == [each.text for each in saved.carried.comments]
        assert mine.carried.links == saved.carried.links
        rules = [[(each.ranges, each.rule["type"]) for each in one.carried.formats] for one in (mine, saved)]
        assert rules[0] == rules[1]


def test_a_kept_shape_has_its_pictures(
    blueprint: Blueprint, data: bytes, plan: Plan, baselines: Baselines, suggestions: pd.DataFrame, tmp_path: Path
) -> None:
    kept = KeptBlueprints(baselines, suggestions, tmp_path)
    kept.keep(tmp_path / "one.zip", blueprint)
    found = kept.find(tmp_path / "one.zip")
    assert found is not None
    assert found.workbook(plan) == data


def test_a_branded_workbook_reads_back_the_same(
    blueprint: Blueprint, baselines: Baselines, suggestions: pd.DataFrame
) -> None:
    scenario = parse_scenario({"growth": {"milk": {TONGLIAO: 8.0}}, "note": "试"})
    data = blueprint.workbook(make_plan(scenario, baselines, suggestions))
    assert canonical_json(scenario_in(data, baselines, suggestions)) == canonical_json(scenario)


def test_a_comparison_has_no_cover_that_names_an_area(made: tuple[Lang, Template], plan: Plan) -> None:
    lang, template = made
    book = loaded(write_comparison(compare([plan, plan]), template, lang), sheets=())
    assert not {WORDS[lang]["cover"], WORDS[lang]["help"]} & set(book.sheetnames)


def a_cover_of_comparisons(book: Workbook) -> None:
    sheet = book.create_sheet("比较封皮", 0)
    sheet["A1"], sheet["A2"] = "{changes.title}", "改动"
    sheet["A2"].hyperlink = "#'改动'!A1"  # as some programs write a place of the same workbook


def test_a_plain_sheet_stands_where_there_is_all_that_it_names(plan: Plan, tmp_path: Path) -> None:
    template = read_checked_template(plan, "zh", branded(tmp_path, more=a_cover_of_comparisons))
    compared = loaded(write_comparison(compare([plan, plan]), template, "zh"), sheets=("比较封皮", "改动"))
    title = str(sheet_of(loaded(SHIPPED.read_bytes()), "changes")["A1"].value)
    assert "{title}" in title
    assert compared.sheetnames[0] == "比较封皮"
    assert compared.worksheets[0]["A2"].hyperlink.location == "'改动'!A1"
    assert compared.worksheets[0]["A1"].value in str(compared["改动"]["A1"].value)
    own = loaded(draw(plan, TONGLIAO, template, "zh").workbook(plan), sheets=())
    assert own.sheetnames[:2] == [WORDS["zh"]["cover"], WORDS["zh"]["help"]]


def test_the_font_of_a_charts_place_is_that_of_the_chart_chinese_letters_too(plan: Plan, tmp_path: Path) -> None:
    def other_font(book: Workbook) -> None:
        sheet = sheet_of(book, "plan")
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value).startswith("{chart.progress"):
                    cell.font = Font(name="仿宋", size=12)

    template = read_template(branded(tmp_path, more=other_font))
    with ZipFile(BytesIO(draw(plan, TONGLIAO, template, "zh").workbook(plan))) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    written = [text for text in charts if "仿宋" in text]
    assert len(written) == 1
    # The title, that of the values, the numbers of both axes and the legend, each once; what the theme says anyway is
    # not said again.
    named = written[0].count('<a:latin typeface="仿宋"/><a:ea typeface="仿宋"/>')
    assert named == written[0].count("<a:latin")
    assert named == 5
    assert not any("<a:latin" in text for text in charts if text not in written)


def test_charts_show_what_stands_in_hidden_columns(plan: Plan, made: tuple[Lang, Template], data: bytes) -> None:
    with ZipFile(BytesIO(data)) as parts:
        hidden = [name for name in parts.namelist() if name.startswith("xl/charts/chart")
                  and "<c:plotVisOnly" not in parts.read(name).decode()]  # fmt: skip
    # A row of the indicators' sheet and a column of the years are hidden here.
    assert len(hidden) > len(plan.baselines.commitments)


def test_what_stands_beside_repeated_blocks_moves_on(tmp_path: Path) -> None:
    def beside(book: Workbook) -> None:
        sheet = sheet_of(book, "overview")
        sheet["W2"], sheet["W3"] = "说明", "网站"
        sheet["W2"].comment, sheet["W3"].hyperlink = Comment("见附表", "农牧厅"), PAGE
        sheet.column_dimensions["X"].hidden = True
        over_all, beyond = (
            FormulaRule(formula=["$W6>$B6"], fill=RED),
            CellIsRule(operator="equal", formula=["$W$6"], fill=RED),
        )
        sheet.conditional_formatting.add("A6:U7", over_all)
        sheet.conditional_formatting.add("W6", beyond)

    template = read_template(branded(tmp_path, more=beside))
    held = next(sheet for sheet in template.sheets if sheet.subject == "overview")
    block = 4  # columns of a block; the plan has seven indicators, the template five blocks
    book = Book({"overview": Sheet("overview", "overview", {f"name_{n}": Cell("x") for n in range(1, 8)}, {})}, {})
    wide = next(sheet for sheet in with_all_blocks(template, book).sheets if sheet.subject == "overview")
    (comment,), (link,) = wide.carried.comments, wide.carried.links
    assert (comment.row, comment.col) == (1, held.carried.comments[0].col + 2 * block)
    assert (link.row, link.col) == (2, held.carried.links[0].col + 2 * block)
    assert wide.page.hidden_cols == ((23 + 2 * block, 23 + 2 * block),)
    first, second = wide.carried.formats
    assert first.ranges == ((5, 0, 6, 20 + 2 * block),)
    assert first.rule["criteria"] == "=$AE6>$B6"
    assert (second.ranges, second.rule["value"]) == (((5, 30, 5, 30),), "$AE$6")
