"""A planner restyles and rewords the template; the workbook stays right, or the template is refused by name."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from restyling import (
    ENGLISH,
    SHIPPED,
    Edit,
    find_text,
    insert_rows,
    laid_cells,
    misplaced,
    place_of,
    restyled,
    sheet_of,
    swap_columns,
    written_cells,
)

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import Plan
from agriplan.errors import TemplateError
from agriplan.workbook.checked_template import read_checked_template
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.layout.template_check import check_template
from agriplan.workbook.template.reading import Template
from agriplan.workbook.xlsx.writer import render
from tests.thoroughness import tried
from tests.workbook.filling_in import loaded
from tests.workbook.raw_edits import texts_by_sheet

# A further indicator has the same sheets as the first.
INDICATORS = {"milk"}

TONGLIAO = "150500"


def one_book(plan: Plan, template: Template) -> Book:
    return describe_book(plan, TONGLIAO, "zh", template.words)


def books(plan: Plan, template: Template) -> list[Book]:
    return _books(plan, tuple(template.words.items()))


@lru_cache(maxsize=2)
def _books(plan: Plan, items: tuple[tuple[str, str], ...]) -> list[Book]:
    words = dict(items)
    one = describe_book(plan, TONGLIAO, "zh", words)
    region = describe_book(plan, plan.baselines.region.code, "zh", words)
    return [one, region, describe_comparison(compare([plan, plan]), "zh", words)]


@pytest.mark.parametrize(("path", "lang"), [(SHIPPED, "zh"), (ENGLISH, "en")])
def test_the_shipped_templates_fit_every_workbook(path: Path, lang: str, plan: Plan) -> None:
    assert read_checked_template(plan, lang, path).sheets  # type: ignore[arg-type]


def rename(book: Workbook) -> None:
    sheet_of(book, "assumptions").title = "Tom's 输入"
    sheet_of(book, "indicator").title = "指标 {name}"


def swap(book: Workbook) -> None:
    swap_columns(sheet_of(book, "indicator"), "leagues.printed_amount", "leagues.printed_baseline")
    swap_columns(sheet_of(book, "inputs"), "leagues.entered_growth", "leagues.growth")


def insert(book: Workbook) -> None:
    for subject, token in (("indicator", "leagues.name"), ("assumptions", "lines.name"), ("years", "years.indicator")):
        sheet = sheet_of(book, subject)
        insert_rows(sheet, place_of(sheet, token)[0] - 1, 3)


def recolour(book: Workbook) -> None:
    sheet = sheet_of(book, "years")
    row, column = place_of(sheet, "years.status")
    sheet.cell(row - 1, column).fill = PatternFill("solid", fgColor="123456")


def reword(book: Workbook) -> None:
    sheet = sheet_of(book, "plan")
    for old, new in (("status.no_actual", "还没有数"), ("reason.not_named", "不参与")):
        row, column = next(
            (cell.row, cell.column)
            for line in sheet.iter_rows()
            for cell in line
            if str(cell.value or "").startswith("{" + old + ":")
        )
        sheet.cell(row, column).value = "{" + old + ": " + new + "}"


def drop(book: Workbook) -> None:
    sheet = sheet_of(book, "indicator")
    for token in ("leagues.share_of_total", "leagues.needed_growth"):
        row, column = place_of(sheet, token)
        sheet.cell(row - 1, column).value = sheet.cell(row, column).value = None


def reorder(book: Workbook) -> None:
    book.move_sheet(sheet_of(book, "checks"), offset=-7)


EDITS = [rename, swap, insert, recolour, reword, drop, reorder]


# With every run all together, below.
@pytest.mark.thorough
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_restyled_template_gives_a_right_workbook(edit: Edit, plan: Plan, tmp_path: Path) -> None:
    template = restyled(tmp_path, edit)
    book = one_book(plan, template)
    layout = lay_out(template, book)
    assert list(misplaced(laid_cells(layout), layout, book)) == []


def test_all_edits_together_give_a_right_workbook(plan: Plan, tmp_path: Path) -> None:
    def all_edits(book: Workbook) -> None:
        for edit in EDITS:
            edit(book)

    template = restyled(tmp_path, all_edits)
    check_template(template, books(plan, template))
    book = one_book(plan, template)
    assert list(misplaced(written_cells(render(template, book)), lay_out(template, book), book)) == []


def test_a_reworded_status_is_the_word_of_cells_formulas_and_colours(plan: Plan, tmp_path: Path) -> None:
    template = restyled(tmp_path, reword)
    book = one_book(plan, template)
    data = render(template, book)
    sheet = loaded(data, sheets=("年度",))["年度"]
    rules = [rule.formula for each in sheet.conditional_formatting for rule in each.rules]
    assert "还没有数" in texts_by_sheet(data)["年度"]
    assert any("还没有数" in text for texts in rules for text in texts)


def test_a_recoloured_header_keeps_its_colour(plan: Plan, tmp_path: Path) -> None:
    template = restyled(tmp_path, recolour)
    sheet = loaded(render(template, one_book(plan, template)), sheets=("年度",))["年度"]
    fills = {cell.fill.fgColor.rgb[-6:] for row in sheet.iter_rows() for cell in row}
    assert "123456" in fills


def refusal(edit: Callable[[Workbook], None], plan: Plan, folder: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        _restyle_and_check(edit, plan, folder)
    return caught.value.text("zh")


def _restyle_and_check(edit: Edit, plan: Plan, folder: Path) -> None:
    template = restyled(folder, edit)
    check_template(template, books(plan, template))


@pytest.mark.parametrize("token", ["leagues.printed_amount", "leagues.weight", "printed_target"][: tried(2, 3)])
def test_a_deleted_column_that_others_rest_on_is_refused_by_name(token: str, plan: Plan, tmp_path: Path) -> None:
    def delete(book: Workbook) -> None:
        sheet = sheet_of(book, "indicator")
        while (place := find_text(sheet, "{" + token + "}")) is not None:  # a total may stand in several places
            sheet.cell(*place).value = None

    assert f"缺少 {{{token}}}" in refusal(delete, plan, tmp_path)


def test_a_deleted_input_is_refused_by_name(plan: Plan, tmp_path: Path) -> None:
    def delete(book: Workbook) -> None:
        sheet = sheet_of(book, "inputs")
        sheet.cell(*place_of(sheet, "leagues.entered_growth")).value = None

    assert "缺少 {leagues.entered_growth}" in refusal(delete, plan, tmp_path)


def test_a_misspelt_token_is_refused_with_its_cell_and_what_was_meant(plan: Plan, tmp_path: Path) -> None:
    def misspell(book: Workbook) -> None:
        sheet = sheet_of(book, "years")
        row, column = place_of(sheet, "years.printed_milestone")
        sheet.cell(row, column).value = "{years.milestoen}"

    text = refusal(misspell, plan, tmp_path)
    assert "年度!F6: 没有名为 {years.milestoen} 的内容" in text
    assert "{years.milestone}" in text


def test_every_problem_of_a_template_is_told_at_once(plan: Plan, tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        sheet_of(book, "years")["R1"] = "{years.nonsense}"
        sheet_of(book, "plan")["R20"] = "{grade.oficial: 官方}"
        sheet_of(book, "indicator")["A2"] = "目标 {target}"
        sheet_of(book, "data")["A1"] = "没有标记"

    text = refusal(spoil, plan, tmp_path)
    assert "没有说明它是哪一张" in text

    def spoil_less(book: Workbook) -> None:
        spoil(book)
        sheet_of_data = next(sheet for sheet in book.worksheets if sheet["A1"].value == "没有标记")
        sheet_of_data["A1"] = "{sheet.data}数据"

    text = refusal(spoil_less, plan, tmp_path)
    assert all(part in text for part in ("{years.nonsense}", "{grade.official}", "{target} 会随输入变化"))


def test_one_row_cannot_serve_two_tables(plan: Plan, tmp_path: Path) -> None:
    def mix(book: Workbook) -> None:
        sheet = sheet_of(book, "indicator")
        sheet.cell(place_of(sheet, "leagues.name")[0], 16).value = "{region_years.year}"

    assert "同一行不能重复两张表" in refusal(mix, plan, tmp_path)


def test_a_chart_needs_room(plan: Plan, tmp_path: Path) -> None:
    def unmerge(book: Workbook) -> None:
        sheet = sheet_of(book, "indicator")
        for each in list(sheet.merged_cells.ranges):
            if str(sheet.cell(each.min_row, each.min_col).value).startswith("{chart."):
                sheet.unmerge_cells(each.coord)

    assert "合并" in refusal(unmerge, plan, tmp_path)


def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_text("not a workbook")
    with pytest.raises(TemplateError) as caught:
        read_template(path)
    assert "template.xlsx: 这不是可读取的 Excel 工作簿" in caught.value.text("zh")
