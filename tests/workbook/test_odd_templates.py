"""Templates as they come out of other hands: read, or one sentence, and quickly."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from openpyxl.styles import PatternFill
from xlsxwriter.exceptions import OverlappingRange

from agriplan.engine.plan import Plan
from agriplan.errors import TemplateError
from agriplan.places import templates_folder
from agriplan.sentences import LANGS
from agriplan.workbook import checked_template
from agriplan.workbook.checked_template import read_checked_template
from agriplan.workbook.files import read_template, write_workbook
from agriplan.workbook.template.tokens import sheet_token, tokens_within, whole_token, worded_token
from tests.workbook.branding import branded
from tests.workbook.filling_in import loaded

# A further indicator has the same sheets as the first.
INDICATORS = {"milk"}

SHIPPED = templates_folder() / "workbook.xlsx"
RED = PatternFill("solid", fgColor="00FF0000")


@pytest.mark.parametrize("cell", ["A200000", "XFD900000"])
def test_a_stray_formatted_cell_changes_nothing_and_costs_nothing(cell: str, tmp_path: Path) -> None:
    book = loaded(SHIPPED.read_bytes())
    book.worksheets[0][cell].fill = RED
    book.save(tmp_path / "stray.xlsx")
    book = loaded(SHIPPED.read_bytes())
    book.save(tmp_path / "plain.xlsx")
    plain = read_template(tmp_path / "plain.xlsx")
    start = process_time()
    stray = read_template(tmp_path / "stray.xlsx")
    assert process_time() - start < 10  # 28 s where every place up to the cell was visited
    assert stray.sheets == plain.sheets


def test_without_a_print_area_a_stray_cell_does_not_stretch_the_page(tmp_path: Path) -> None:
    book = loaded(SHIPPED.read_bytes())
    sheet = book.worksheets[0]
    sheet.print_area = None
    sheet["A200000"].fill = RED
    book.save(tmp_path / "stray.xlsx")
    assert read_template(tmp_path / "stray.xlsx").sheets[0].page.bottom < 200


def test_a_template_without_styles_is_told_in_a_sentence(tmp_path: Path) -> None:
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(SHIPPED) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    with pytest.raises(TemplateError) as caught:
        read_template(bare)
    assert [problem.code for problem in caught.value.problems] == ["template_without_styles"]


@cache
def own_parts() -> dict[str, bytes]:
    """The parts of the shipped template, as openpyxl saves it with a sheet in front that holds words and days."""
    book, data = loaded(SHIPPED.read_bytes()), BytesIO()
    sheet = book.create_sheet("封皮", 0)
    sheet["A1"] = "封皮"
    sheet["A5"], sheet["A6"], sheet["A7"] = date(2021, 3, 1), datetime(2021, 3, 1, 12), time(6)  # noqa: DTZ001
    book.save(data)
    with zipfile.ZipFile(data) as made:
        return {name: made.read(name) for name in made.namelist()}


def with_parts(folder: Path, changes: dict[str, Callable[[str], str]]) -> Path:
    """That template with parts of it rewritten."""
    path = folder / "own.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, data in own_parts().items():
            new.writestr(name, changes[name](data.decode()) if name in changes else data)
    return path


def _cells(cells: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(<sheetData>).*(</sheetData>)", rf"\g<1>{cells}\g<2>", text, flags=re.DOTALL)


def _after(text: str) -> Callable[[str], str]:
    return lambda part: part.replace("</sheetData>", f"</sheetData>{text}", 1)


BLANKS = " " * 30_000
LINKS = "".join(f'<hyperlink ref="A{row}" location="封皮!A1"/>' for row in range(1, 70_001))
REFUSED = {
    "a link over a column": (
        _after('<hyperlinks><hyperlink ref="A1:A1048576" location="封皮!A1"/></hyperlinks>'),
        "template_too_much",
    ),
    "a merge over a sheet": (
        _after('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "template_too_much",
    ),
    "a row beyond all rows": (
        _cells('<row r="99999999"><c r="A1"><v>1</v></c></row>'),
        "template_place_unknown",
    ),
    "70,000 links": (_after(f"<hyperlinks>{LINKS}</hyperlinks>"), "template_too_much"),
    "a link of a column": (
        _after('<hyperlinks><hyperlink ref="A:A"/></hyperlinks>'),
        "template_place_whole",
    ),
    "a filter of columns": (_after('<autoFilter ref="A:B"/>'), "template_place_whole"),
    "a link nowhere": (_after('<hyperlinks><hyperlink ref="zz"/></hyperlinks>'), "template_place_unknown"),
    "a part that is broken": (lambda _: "<worksheet><", "template_unreadable"),
    "a part that is deeply nested": (_after("<a>" * 5_000 + "</a>" * 5_000), "template_too_deep"),
    "a number that is none": (_cells('<row r="1"><c r="A1"><v>abc</v></c></row>'), "template_unreadable"),
    "a style that is none": (_cells('<row r="1"><c r="A1" s="x"><v>1</v></c></row>'), "template_unreadable"),
    "a margin that is none": (_after('<pageMargins left="x"/>'), "template_unreadable"),
}


@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_no_reader_can_read_is_a_sentence_and_quickly_so(
    change: Callable[[str], str], code: str, tmp_path: Path
) -> None:
    path = with_parts(tmp_path, {"xl/worksheets/sheet1.xml": change})
    start = process_time()
    with pytest.raises(TemplateError) as caught:
        read_template(path)
    assert process_time() - start < 5
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.text(lang) for problem in caught.value.problems for lang in LANGS)


# What no workbook can hold, each on lines of its own: `{row}` is the first of them.
LEFT_CELLS = [
    '<c r="A{row}"><f t="array" ref="A{row}:B{row}">1+1</f><v>2</v></c>',
    '<c r="A{row}"><f t="dataTable" ref="A{row}:B{row}" r1="C1"/><v>2</v></c>',
    '<c r="A{row}"><v>1e999</v></c>',
    f'<c r="A{{row}}"><v>{"9" * 400}</v></c>',
]
LEFT_FORMULAS = ("WEBSERVICE(A1)", "((((", "A1)", "A1+", "SUM(A1", "[1]x+1", "RTD(A1)", "cmd|x")
LEFT_RULES = [
    '<cfRule type="cellIs" priority="1" operator="between"><formula>1</formula></cfRule>',
    *(f'<cfRule type="expression" priority="1"><formula>{formula}</formula></cfRule>' for formula in LEFT_FORMULAS),
    '<cfRule type="colorScale" priority="1"><colorScale><cfvo type="num" val="nan"/><cfvo type="max"/>'
    '<color rgb="FFF8696B"/><color rgb="FF63BE7B"/></colorScale></cfRule>',
]
LEFT_LINKS = ("[\\\\evil\\x.xlsx]S!A1", "!", "未有!A1", "封皮!A", "封皮")


def test_what_no_workbook_can_hold_is_left_behind_by_name(tmp_path: Path) -> None:
    told, cells, rules, links = [], "", "", ""
    for row, cell in enumerate(LEFT_CELLS, 1):
        cells += f'<row r="{row}">{cell.format(row=row)}</row>'
        told.append((f"封皮!A{row}", "template_left_value"))
    for row, rule in enumerate(LEFT_RULES):
        place = f"D{10 * row + 1}:D{10 * row + 9}"
        rules += f'<conditionalFormatting sqref="{place}">{rule}</conditionalFormatting>'
        told.append((f"封皮!{place}", "template_left_formats"))
    for row, link in enumerate(LEFT_LINKS, 31):
        links += f'<hyperlink ref="A{row}" location="{link}"/>'
        told.append((f"封皮!A{row}", "template_left_link"))
    merges = '<mergeCells><mergeCell ref="A21:B22"/><mergeCell ref="B22:C23"/></mergeCells>'
    told.append(("封皮!B22:C23", "template_left_merge"))

    def changed(part: str) -> str:
        return _after(f"{merges}{rules}<hyperlinks>{links}</hyperlinks>")(_cells(cells)(part))

    path = with_parts(tmp_path, {"xl/worksheets/sheet1.xml": changed})
    assert sorted((each.place, each.code) for each in read_template(path).cautions) == sorted(told)


def test_a_workbook_is_drawn_without_what_was_left_behind_and_with_days_as_their_number_in_its_format(
    tmp_path: Path, plan: Plan
) -> None:
    numbers = f"<c><v>1e999</v></c><c><v>{'9' * 400}</v></c>"
    formulas = '<c><f t="array" ref="C1">1+1</f></c><c><f t="dataTable" ref="D1" r1="E1"/></c>'
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/></mergeCells>'
    first = f'<row r="1">{numbers}{formulas}<c><v>7</v></c></row>'

    def changed(part: str) -> str:
        return _after(merges)(re.sub(r'<row r="1".*?</row>', lambda _: first, part, count=1, flags=re.DOTALL))

    template = read_checked_template(plan, "zh", with_parts(tmp_path, {"xl/worksheets/sheet1.xml": changed}))
    assert [spot.text for spot in template.sheets[0].spots if spot.row > 3] == [44256.0, 44256.5, 0.25]
    made = loaded(write_workbook(plan, "150500", template, "zh"), sheets=("封皮",))
    assert [cell.value for cell in made["封皮"][1]] == [None, None, None, None, 7]
    assert [str(each) for each in made["封皮"].merged_cells.ranges] == ["A1:B2"]
    assert [made["封皮"].cell(row, 1).value for row in (5, 6, 7)] == [
        datetime(2021, 3, 1),  # noqa: DTZ001
        datetime(2021, 3, 1, 12),  # noqa: DTZ001
        time(6),
    ]


def test_what_still_cannot_be_written_is_a_sentence(
    tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_parts(tmp_path, {})

    def fail(*_: object) -> bytes:
        raise OverlappingRange("A1:B2")

    monkeypatch.setattr(checked_template, "render", fail)
    with pytest.raises(TemplateError) as caught:
        read_checked_template(plan, "zh", path)
    assert [problem.code for problem in caught.value.problems] == ["template_not_drawn"]


@pytest.mark.parametrize("begin", ["{", "{a: ", "{{", "{sheet.", "{sheet.a"])
def test_a_long_text_in_a_brace_is_read_at_once(begin: str) -> None:
    text = begin + BLANKS + "x"
    start = process_time()
    assert [whole_token(text), worded_token(text), sheet_token(text), tokens_within(text)] == [None, None, None, []]
    assert process_time() - start < 0.5  # minutes where every way to share out the blanks was tried


def test_a_drawing_that_is_no_drawing_is_a_sentence(tmp_path: Path) -> None:
    for text, code in (
        ("", "template_unreadable"),
        ("<a><b", "template_unreadable"),
        ("<a>" * 9_000 + "</a>" * 9_000, "template_too_deep"),
        (_many_anchors(20_000), "template_too_much"),
    ):
        path = branded(tmp_path)
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, data in parts.items():
                new.writestr(name, text.encode() if name == "xl/drawings/drawing91.xml" else data)
        with pytest.raises(TemplateError) as caught:
            read_template(path)
        assert [problem.code for problem in caught.value.problems] == [code]


def _many_anchors(count: int) -> str:
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    return f'<x:wsDr xmlns:x="{drawn}">{"<x:oneCellAnchor/>" * count}</x:wsDr>'
