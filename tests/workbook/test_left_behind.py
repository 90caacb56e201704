"""What a template holds and no workbook will is named by the check, with its place, in both languages."""

import struct
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule, IconSetRule
from openpyxl.styles import GradientFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from agriplan.cli import main
from agriplan.sentences import catalogue
from agriplan.workbook.files import read_template
from agriplan.workbook.package import Package, look_into
from agriplan.workbook.template import pictures
from tests.thoroughness import tried
from tests.workbook.branding import add_picture, branded, png
from tests.workbook.filling_in import loaded

SHIPPED = Path(__file__).parents[2] / "templates" / "workbook.xlsx"
EVERY = {code.removeprefix("problem.") for code in catalogue() if code.startswith("problem.template_left_")}


def changed_part(path: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a part of a file."""
    with ZipFile(path) as file:
        parts = {each: file.read(each) for each in file.namelist()}
    assert old in parts[name].decode()
    parts[name] = parts[name].decode().replace(old, new, 1).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for each, part in parts.items():
            file.writestr(each, part)


def full_of_everything(folder: Path) -> Path:
    """A template with one of everything that cannot be carried."""
    book = loaded(SHIPPED.read_bytes())
    first, second, third = book.worksheets[:3]
    first["A1"].comment = Comment("长" * 6000, "办公室")
    first["A2"].hyperlink = "file://server/share/x.xlsx"
    first["A3"] = "=TODAY()"
    first["A4"].fill = GradientFill(stop=("FF0000", "FFFFFF"))
    first.print_options.verticalCentered = True
    red = TextBlock(InlineFont(color="FFFF0000"), "红字")
    first["X1"], first["X2"] = (
        CellRichText("黑字", red),
        CellRichText(red, TextBlock(InlineFont(color="FFFF0000"), "也红")),
    )
    first["X3"] = "annotated"
    first.conditional_formatting.add("A1:B2", IconSetRule("3Arrows", "percent", [0, 33, 67]))
    second.conditional_formatting.add("C5:C9", FormulaRule(formula=["数据!$A$1>0"]))
    first.add_data_validation(DataValidation("list", formula1='"是,否"', sqref="Z1"))
    first["W1"] = ArrayFormula("W1:W2", "=1+1")
    first.row_dimensions[4].outlineLevel = 1
    first["Y1"], first["Y2"] = "甲", "乙"
    first.add_table(Table(displayName="T", ref="Y1:Y2"))
    path = folder / "own.xlsx"
    book.save(path)
    add_picture(path, first.title, b"GIF89a" + bytes(60), (0, 1), (9, 9))
    add_picture(path, second.title, png(), (2, 3), (9, 9), cut='<a:srcRect l="1000"/>')
    add_picture(path, third.title, png() + bytes(pictures.MOST_PICTURE_BYTES), (1, 1), (9, 9))
    add_picture(path, book.worksheets[3].title, png(), (1, 1), (9, 9))
    signs = '<t>annotated</t><rPh sb="0" eb="1"><t>zhù</t></rPh>'
    changed_part(path, "xl/worksheets/sheet1.xml", "<t>annotated</t>", signs)
    drawn = "xl/drawings/drawing94.xml"
    changed_part(path, drawn, "<xdr:pic>", "<xdr:sp>")
    changed_part(path, drawn, "</xdr:pic>", "</xdr:sp>")
    own = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdX"'
    third_merges = '<mergeCell ref="Z90:AA91"/><mergeCell ref="AA91:AB92"/></mergeCells>'
    changed_part(path, "xl/worksheets/sheet3.xml", "</mergeCells>", third_merges)
    changed_part(path, "xl/worksheets/sheet5.xml", "</worksheet>", f"<legacyDrawingHF {own}/></worksheet>")
    sparkline = '<extLst><ext uri="{x}"><x14:sparklineGroups xmlns:x14="x"><x14:sparklineGroup/></x14:sparklineGroups>'
    changed_part(path, "xl/worksheets/sheet6.xml", "</worksheet>", f"{sparkline}</ext></extLst></worksheet>")
    changed_part(path, "xl/workbook.xml", second.print_area, f"'{second.title}'!$A:$L")
    control = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/ctrlProp"
    lead = f'<Relationship Id="rIdC" Type="{control}" Target="/xl/ctrlProps/c.xml"/>'
    rels = "xl/worksheets/_rels/sheet4.xml.rels"
    changed_part(path, rels, "</Relationships>", lead + "</Relationships>")
    return path


def test_everything_that_cannot_be_carried_is_named_with_its_place(tmp_path: Path) -> None:
    path = full_of_everything(tmp_path)
    sheets = loaded(SHIPPED.read_bytes()).sheetnames
    told = {(one.place, one.code.removeprefix("template_left_")) for one in read_template(path).cautions}
    assert told == {
        (f"{sheets[0]}!A1", "comment"),
        (f"{sheets[0]}!A2", "link"),
        (f"{sheets[0]}!A3", "formula"),
        (f"{sheets[0]}!A4", "look"),
        (sheets[0], "other"),
        (f"{sheets[0]}!W1", "value"),
        (f"{sheets[2]}!AA91:AB92", "merge"),
        (f"{sheets[0]}!X1", "letters"),
        (f"{sheets[0]}!X3", "phonetic"),
        (f"{sheets[0]}!A1:B2", "formats"),
        (f"{sheets[1]}!C5:C9", "formats"),
        (sheets[0], "validation"),
        (sheets[0], "outline"),
        (sheets[0], "table"),
        (f"{sheets[0]}!B1", "picture_kind"),
        (f"{sheets[1]}!D3", "picture_edits"),
        (f"{sheets[2]}!B2", "picture_size"),
        (f"{sheets[3]}!B2", "drawing"),
        (sheets[3], "object"),
        (sheets[4], "margin_picture"),
        (sheets[5], "newer_formats"),
        (sheets[1], "print_area"),
    }
    # Every sentence that there is about something left behind was met here.
    assert {f"template_left_{code}" for _, code in told} == EVERY
    said = CliRunner().invoke(main, ["check", "--template", str(path)])
    assert said.exit_code == 0, said.output
    assert f"{sheets[0]}!A2: 提示：此处的超链接不会带入工作簿" in said.stdout


def test_the_shipped_templates_and_a_branded_one_leave_nothing_behind(tmp_path: Path) -> None:
    for path in (*SHIPPED.parent.glob("workbook*.xlsx"), branded(tmp_path)):
        assert read_template(path).cautions == ()


HOSTILE = {
    "a picture that ends in its head": png()[:30],
    "a picture that says it is endless": b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4s2I", 13, b"IHDR", 2**31, 2**31)
    + bytes(99),
    "a picture without a size": b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s2I", 13, b"IHDR", 0, 0) + bytes(99),
    "a photograph that is cut": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50),
    "a photograph whose parts have no length": b"\xff\xd8\xff\xe0" + b"\0" * 400_000,
    "a page": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>" * 2,
    "nothing": b"",
}


# All in one template, each on a sheet of its own: called one thing or the other by turns, in full both.
@pytest.mark.parametrize("turn", range(tried(1, 2)))
def test_what_is_no_picture_is_left_behind_with_a_sentence(turn: int, tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    book = loaded(SHIPPED.read_bytes())
    book.save(path)
    titles = dict(zip(HOSTILE, book.sheetnames, strict=False))
    for number, (name, title) in enumerate(titles.items(), turn):
        add_picture(path, title, HOSTILE[name], (1, 1), (9, 9), ending=("png", "jpeg")[number % 2])
    template = read_template(path)
    told = {name: [one.code for one in template.cautions if one.place == f"{titles[name]}!B2"] for name in HOSTILE}
    assert told == {name: ["template_left_picture_kind"] for name in HOSTILE}
    assert len(template.cautions) == len(HOSTILE)
    assert not any(sheet.carried.pictures for sheet in template.sheets)


def test_a_picture_that_lies_nowhere_lies_within_the_sheet(tmp_path: Path) -> None:
    path = branded(tmp_path)
    drawing = "xl/drawings/drawing91.xml"
    for old, new in (("<xdr:col>1<", "<xdr:col>-7<"), ("<xdr:row>1<", "<xdr:row>987654321<")):
        changed_part(path, drawing, old, new)
    changed_part(path, drawing, "<xdr:colOff>9525<", f"<xdr:colOff>{'9' * 400}<")
    changed_part(path, drawing, f'cx="{240 * 9525}"', f'cx="{"9" * 400}"')
    (picture,) = read_template(path).sheets[0].carried.pictures
    most = pictures.MOST_PICTURE_PIXELS
    assert (picture.row, picture.col, picture.offset[0]) == (1_048_575, 0, most)
    assert picture.size == (most, 80)


def test_pictures_are_bounded_in_number_and_all_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = branded(tmp_path)
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    assert [one.code for one in read_template(path).cautions] == ["template_left_picture_size"]
    monkeypatch.setattr(pictures, "MOST_PICTURES", 2)
    monkeypatch.setattr(pictures, "MOST_PICTURES_BYTES", 400)
    assert [one.code for one in read_template(path).cautions] == ["template_left_picture_size"]


def test_one_picture_that_lies_in_many_places_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = branded(tmp_path)
    with ZipFile(path) as file:
        text = file.read("xl/drawings/drawing91.xml").decode()
    begin, end = text.index("<xdr:oneCellAnchor>"), text.rindex("</xdr:wsDr>")
    changed_part(path, "xl/drawings/drawing91.xml", "</xdr:wsDr>", text[begin:end] * 399 + "</xdr:wsDr>")
    unpacked: list[str] = []
    read = Package.read

    def counted(package: Package, names: Iterable[str]) -> dict[str, bytes]:
        found = read(package, names)
        unpacked.extend(found)
        return found

    package = look_into(path.read_bytes())
    monkeypatch.setattr(Package, "read", counted)
    found, _ = pictures.read_pictures(package)
    assert sorted(map(len, found.values())) == [1, 400]
    assert unpacked.count("xl/media/logo1.png") == 1
