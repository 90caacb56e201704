"""Every kind of thing that people put into an Excel file: a template carries it, or the check names it.

Each kind stands alone in a small file, made as a spreadsheet program makes it.
"""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from agriplan.sentences import catalogue
from agriplan.workbook.files import read_template
from agriplan.workbook.template.cell_formats import Key
from agriplan.workbook.template.reading import Template
from tests.workbook.branding import PAGE, png

Make = Callable[[Workbook, Worksheet], object]
SHEET, RELS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
LEADS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def logo() -> BytesIO:
    return BytesIO(png(20, 20))


def made(folder: Path, make: Make, more: Callable[[dict[str, str]], None] | None = None) -> Template:
    """The file read as a template; `more` changes its parts, which are texts by name."""
    path = folder / "own.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("封皮")
        sheet.write("A1", "任务书")
        make(book, sheet)
    if more:
        with ZipFile(path) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        texts = {name: part.decode() for name, part in parts.items() if name.endswith((".xml", ".rels", ".vml"))}
        more(texts)
        with ZipFile(path, "w", ZIP_DEFLATED) as file:
            for name, part in (parts | {name: text.encode() for name, text in texts.items()}).items():
                file.writestr(name, part)
    return read_template(path)


def told(template: Template) -> list[tuple[str, str]]:
    """Where something is named, and what of it."""
    return [(one.place, one.code.removeprefix("template_left_")) for one in template.cautions]


def nothing(_book: Workbook, _sheet: Worksheet) -> None:
    return


def element(text: str, part: str = SHEET) -> Callable[[dict[str, str]], None]:
    """An element more at the end of a part."""

    def add(parts: dict[str, str]) -> None:
        head, _, tail = parts[part].rpartition("</")
        parts[part] = f"{head}{text}</{tail}"

    return add


def lead(kind: str, part: str = RELS) -> Callable[[dict[str, str]], None]:
    """Something that a part leads to."""

    def add(parts: dict[str, str]) -> None:
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        link = f'<Relationship Id="rIdX" Type="{LEADS}{kind}" Target="/xl/other/one.xml"/></Relationships>'
        parts[part] = parts.get(part, empty).replace("</Relationships>", link)

    return add


def signature_line(parts: dict[str, str]) -> None:
    line = '<v:shape xmlns:v="v" id="s9"><o:signatureline issignatureline="t"/></v:shape>'
    element(line, "xl/drawings/vmlDrawing1.vml")(parts)


def extension(name: str) -> Callable[[dict[str, str]], None]:
    return element(f'<extLst><ext uri="{{X}}"><x14:{name} xmlns:x14="x"/></ext></extLst>')


def other_heads(parts: dict[str, str]) -> None:
    parts[SHEET] = parts[SHEET].replace("</sheetData>", '</sheetData><headerFooter differentFirst="1"/>', 1)


def a_look(**look: object) -> Make:
    return lambda book, sheet: sheet.write("C3", "字", book.add_format(look))


CARRIED: dict[str, tuple[Make, Callable[[Template], object]]] = {
    "comment": (lambda _, s: s.write_comment("B2", "请核对"), lambda t: t.sheets[0].carried.comments),
    "picture": (
        lambda _, s: s.insert_image("B2", "a.png", {"image_data": logo()}),
        lambda t: t.sheets[0].carried.pictures,
    ),
    "link": (lambda _, s: s.write_url("B2", PAGE), lambda t: t.sheets[0].carried.links),
    "data bar": (
        lambda _, s: s.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True}),
        lambda t: t.sheets[0].carried.formats,
    ),
    "colour scale": (
        lambda _, s: s.conditional_format("B2:B9", {"type": "3_color_scale"}),
        lambda t: t.sheets[0].carried.formats,
    ),
    "header in words": (lambda _, s: s.set_header("&L内部资料&R&P"), lambda t: t.sheets[0].page.header),
    "panes": (lambda _, s: s.freeze_panes(1, 1), lambda t: t.sheets[0].page.panes),
    "hidden row": (lambda _, s: s.set_row(3, None, None, {"hidden": True}), lambda t: t.sheets[0].page.hidden_rows),
    "page breaks": (lambda _, s: s.set_h_pagebreaks([5]), lambda t: t.sheets[0].page.breaks),
}
NAMED: dict[str, tuple[Make, Callable[[dict[str, str]], None] | None, tuple[str, str]]] = {
    "picture in the header": (
        lambda _, s: s.set_header("&L&G", {"image_left": "a.png", "image_data_left": logo()}),
        None,
        ("封皮", "margin_picture"),
    ),
    "picture in the footer": (
        lambda _, s: s.set_footer("&C&G", {"image_center": "a.png", "image_data_center": logo()}),
        None,
        ("封皮", "margin_picture"),
    ),
    "background": (lambda _, s: s.set_background(logo()), None, ("封皮", "margin_picture")),
    "button": (lambda _, s: s.insert_button("B2", {"caption": "计算"}), None, ("封皮", "object")),
    "form control": (nothing, lead("ctrlProp"), ("封皮", "object")),
    "embedded document": (nothing, lead("oleObject"), ("封皮", "object")),
    "signature line": (lambda _, s: s.write_comment("B2", "签名"), signature_line, ("封皮", "object")),
    "text box": (lambda _, s: s.insert_textbox("B2", "说明"), None, ("封皮!B2", "drawing")),
    "chart": (lambda b, s: s.insert_chart("B2", a_chart(b)), None, ("封皮!B2", "drawing")),
    "sparkline": (lambda _, s: s.add_sparkline("B2", {"range": "封皮!C2:F2"}), None, ("封皮", "newer_formats")),
    "icon set": (
        lambda _, s: s.conditional_format("B2:B9", {"type": "icon_set", "icon_style": "3_arrows"}),
        None,
        ("封皮!B2:B9", "formats"),
    ),
    "picture in a cell": (
        lambda _, s: s.embed_image("B2", "a.png", {"image_data": logo()}),
        None,
        ("封皮!B2", "value"),
    ),
    "dynamic array": (lambda _, s: s.write_dynamic_array_formula("B2", "=SORT(C2:C9)"), None, ("封皮!B2", "value")),
    "formula": (lambda _, s: s.write_formula("B2", "=1+1"), None, ("封皮!B2", "formula")),
    "table": (lambda _, s: s.add_table("B2:C4"), None, ("封皮", "table")),
    "validation": (
        lambda _, s: s.data_validation("B2", {"validate": "list", "source": ["是", "否"]}),
        None,
        ("封皮", "validation"),
    ),
    "validation by another sheet": (nothing, extension("dataValidations"), ("封皮", "validation")),
    "outline": (lambda _, s: s.set_row(4, None, None, {"level": 1}), None, ("封皮", "outline")),
    "colours within a cell": (
        lambda b, s: s.write_rich_string("B2", "黑", b.add_format({"font_color": "red"}), "红"),
        None,
        ("封皮!B2", "letters"),
    ),
    "check box in a cell": (lambda _, s: s.insert_checkbox("B2", True), None, ("own.xlsx", "other")),
    "chart sheet": (lambda b, _: b.add_chartsheet("图").set_chart(a_chart(b)), None, ("own.xlsx", "other")),
    "defined name": (lambda b, _: b.define_name("汇率", "=6.9"), None, ("own.xlsx", "other")),
    "slicer": (nothing, extension("slicerList"), ("封皮", "other")),
    "timeline": (nothing, extension("timelineRefs"), ("封皮", "other")),
    "answered comment": (lambda _, s: s.write_comment("B2", "问"), lead("threadedComment"), ("封皮", "other")),
    "custom view": (nothing, element("<customSheetViews/>"), ("封皮", "other")),
    "scenarios": (nothing, element("<scenarios/>"), ("封皮", "other")),
    "ranges for some": (lambda _, s: (s.protect(), s.unprotect_range("B2")), None, ("封皮", "other")),
    "filter that is set": (
        lambda _, s: (s.autofilter("A1:B9"), s.filter_column("A", "x > 5")),
        None,
        ("封皮", "other"),
    ),
    "another first page": (nothing, other_heads, ("封皮", "other")),
    "locked structure": (
        nothing,
        element('<workbookProtection lockStructure="1"/>', "xl/workbook.xml"),
        ("own.xlsx", "other"),
    ),
    "digital signature": (nothing, lead("digital-signature/origin", "_rels/.rels"), ("own.xlsx", "other")),
    "data connection": (nothing, lead("connections", "xl/_rels/workbook.xml.rels"), ("own.xlsx", "other")),
    "what will be invented": (nothing, element("<hologram/>"), ("封皮", "other")),
    "what it will lead to": (nothing, lead("hologram"), ("封皮", "other")),
    "centred downwards": (lambda _, s: s.center_vertically(), None, ("封皮", "other")),
    "printed headings": (lambda _, s: s.print_row_col_headers(), None, ("封皮", "other")),
    "printed gridlines": (lambda _, s: s.hide_gridlines(0), None, ("封皮", "other")),
    "hidden headings": (lambda _, s: s.hide_row_col_headers(), None, ("封皮", "other")),
    "hidden zeros": (lambda _, s: s.hide_zero(), None, ("封皮", "other")),
    "right to left": (lambda _, s: s.right_to_left(), None, ("封皮", "other")),
    "black and white": (lambda _, s: s.print_black_and_white(), None, ("封皮", "other")),
    "first page number": (lambda _, s: (s.set_paper(9), s.set_start_page(3)), None, ("封皮", "other")),
    "across before down": (lambda _, s: s.print_across(), None, ("封皮", "other")),
}
LOOKS = [
    {"font_strikeout": True},
    {"font_script": 1},
    {"underline": 34},
    {"rotation": -45},
    {"rotation": 270},
    {"pattern": 4, "fg_color": "#FF0000", "bg_color": "#FFFFFF"},
    {"diag_type": 3, "diag_border": 1},
    {"align": "distributed", "indent": 1},
    {"left": 6, "left_color": "#00FF00"},
]


def a_chart(book: Workbook) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=封皮!$A$1:$A$3"})
    return chart


def test_a_file_without_any_of_it_is_carried_whole(tmp_path: Path) -> None:
    assert told(made(tmp_path, nothing)) == []


@pytest.mark.parametrize("kind", CARRIED)
def test_what_is_carried_is_read_and_not_named(kind: str, tmp_path: Path) -> None:
    make, held = CARRIED[kind]
    template = made(tmp_path, make)
    assert held(template)
    assert told(template) == []


@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
def test_the_look_of_a_cell_is_carried(look: dict[str, object], tmp_path: Path) -> None:
    template = made(tmp_path, a_look(**look))
    assert look.items() <= dict(look_in(template)).items()
    assert told(template) == []
    # Written as workbooks are, it looks the same.
    assert look_in(made(tmp_path, a_look(**dict(look_in(template))))) == look_in(template)


def look_in(template: Template) -> Key:
    return next(spot.look for spot in template.sheets[0].spots if spot.text == "字")


@pytest.mark.parametrize("kind", NAMED)
def test_what_is_not_carried_is_named_where_it_stands(kind: str, tmp_path: Path) -> None:
    make, more, named = NAMED[kind]
    assert named in told(made(tmp_path, make, more))


def test_a_thing_is_called_as_people_call_it_and_an_unknown_one_by_its_own_name(tmp_path: Path) -> None:
    (view,) = made(tmp_path, nothing, element("<customSheetViews/>")).cautions
    assert (view.text("zh"), view.text("en")) == (
        "封皮: 提示：自定义视图不会带入工作簿",
        "封皮: caution: not carried into workbooks: custom views",
    )
    (unknown,) = made(tmp_path, nothing, element("<hologram/>")).cautions
    assert "hologram" in unknown.text("zh")


# Names that nobody writes in a part, being what people see: each is met above.
SEEN = re.compile(r"[a-z]+(_[a-z]+)+|filtered")


@pytest.mark.parametrize(
    "name",
    [code.removeprefix("left.") for code in catalogue() if code.startswith("left.") and not SEEN.fullmatch(code[5:])],
)
def test_every_thing_that_has_a_name_for_people_is_named_so(name: str, tmp_path: Path) -> None:
    (caution,) = made(tmp_path, nothing, lead(name)).cautions
    assert catalogue()[f"left.{name}"]["zh"] in caution.text("zh")
