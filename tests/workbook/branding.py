"""A template in an office's own look: a logo, a cover, instructions, comments, links, own formats, what is hidden."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.filling_in import loaded
from tests.workbook.restyling import SHIPPED, place_of, sheet_of

# The same cover and instructions in either language.
WORDS = {
    "zh": {
        "cover": "封皮",
        "title": "{plan.area}“十四五”农牧业目标任务书",
        "unit": "填报单位",
        "help": "填表说明",
        "line": "一、只填有底色的单元格。",
        "comment": "请先核对统计值，再填自报值",
        "address": "内蒙古自治区农牧厅",
    },
    "en": {
        "cover": "Cover",
        "title": "{plan.area}: targets of the 14th Five-Year Plan",
        "unit": "Reporting unit",
        "help": "How to fill in",
        "line": "1. Fill in shaded cells only.",
        "comment": "Compare with the observed figure first",
        "address": "Department of Agriculture and Animal Husbandry",
    },
}
PAGE = "https://nmt.nmg.gov.cn/"
RED = PatternFill("solid", bgColor="FFC7CE")


def png(width: int = 240, height: int = 80, colour: tuple[int, int, int] = (178, 34, 34)) -> bytes:
    """A picture of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    parts = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def branded(folder: Path, source: Path = SHIPPED, more: Callable[[Workbook], None] | None = None) -> Path:
    """The shipped template as an office might hand it in."""
    book = loaded(source.read_bytes())
    words = WORDS["en" if ".en." in source.name else "zh"]
    cover, told = book.create_sheet(words["cover"], 0), book.create_sheet(words["help"], 1)
    _cover(cover, words)
    told["A1"] = words["help"]
    told["A3"] = words["line"]
    told["A3"].alignment = Alignment(wrap_text=True)
    told.column_dimensions["A"].width = 80
    indicator, inputs, years = (sheet_of(book, name) for name in ("indicator", "inputs", "years"))
    inputs.cell(place_of(inputs, "leagues.own")[0] - 1, place_of(inputs, "leagues.own")[1]).comment = Comment(
        words["comment"], "农牧厅", width=220, height=60
    )
    told["A5"] = words["address"]
    told["A5"].hyperlink = PAGE
    told["A6"] = words["unit"]
    told["A6"].hyperlink = Hyperlink("A6", location=f"'{years.title}'!A{place_of(years, 'years.indicator')[0]}")
    row, col = place_of(indicator, "leagues.printed_target")
    letters = indicator.cell(row, col).column_letter
    base = indicator.cell(*place_of(indicator, "leagues.printed_baseline")).coordinate
    mine = f"{letters}{row}"
    indicator.conditional_formatting.add(
        mine, FormulaRule(formula=[f"${mine}>2*${base}"], fill=RED, font=Font(bold=True))
    )
    indicator.conditional_formatting.add(mine, DataBarRule("min", None, "max", None, color="FF638EC6"))
    growth = indicator.cell(*place_of(indicator, "leagues.needed_growth")).coordinate
    indicator.conditional_formatting.add(growth, CellIsRule(operator="between", formula=["5", "10"], fill=RED))
    lead = years.cell(*place_of(years, "years.lead")).coordinate
    years.conditional_formatting.add(lead, ColorScaleRule("min", None, "FFF8696B", "max", None, "FF63BE7B"))
    years.column_dimensions[years.cell(*place_of(years, "years.elapsed")).column_letter].hidden = True
    indicator.row_dimensions[2].hidden = True
    sheet_of(book, "basis").sheet_state = "hidden"
    if more:
        more(book)
    path = folder / source.name
    book.save(path)
    add_picture(path, words["cover"], png(), (1, 1), (240, 80))
    add_picture(path, sheet_of(book, "plan").title, png(60, 60, (0, 90, 160)), (0, 6), (40, 40))
    return path


def _cover(sheet: Worksheet, words: dict[str, str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 60
    sheet["B8"], sheet["B12"], sheet["B13"] = words["title"], words["unit"], None
    sheet["B8"].font = Font(name="SimHei", size=24, bold=True)
    sheet.row_dimensions[8].height = 60
    sheet["B8"].alignment = Alignment(horizontal="center", wrap_text=True)
    sheet["B13"].fill = PatternFill("solid", fgColor="FFF2CC")
    sheet["B13"].protection = Protection(locked=False)
    sheet["B20"] = "{link.plan: " + words["help"] + "}"
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_view.showGridLines = False


_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ANCHOR = """<xdr:oneCellAnchor><xdr:from><xdr:col>{col}</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>{row}</xdr:row>
<xdr:rowOff>9525</xdr:rowOff></xdr:from><xdr:ext cx="{cx}" cy="{cy}"/><xdr:pic><xdr:nvPicPr>
<xdr:cNvPr id="2" name="Logo" descr="标志"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/>{cut}
<a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic>
<xdr:clientData/></xdr:oneCellAnchor>"""
_DRAWING = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{types}">{anchors}</xdr:wsDr>"""
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def add_picture(
    path: Path,
    title: str,
    data: bytes,
    place: tuple[int, int],
    size: tuple[int, int],
    *,
    ending: str = "png",
    cut: str = "",
) -> None:
    """Put a picture over a sheet of a file that openpyxl has written; a sheet takes one."""
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    number = load_workbook(BytesIO(path.read_bytes()), read_only=True).sheetnames.index(title) + 1
    sheet, rels = f"xl/worksheets/sheet{number}.xml", f"xl/worksheets/_rels/sheet{number}.xml.rels"
    own = f"drawing9{number}.xml"
    anchor = _ANCHOR.format(row=place[0], col=place[1], cx=size[0] * 9525, cy=size[1] * 9525, cut=cut)
    parts[f"xl/media/logo{number}.{ending}"] = data
    parts[f"xl/drawings/{own}"] = _DRAWING.format(types=_TYPES, anchors=anchor).encode()
    image = f'<Relationship Id="rId1" Type="{_TYPES}/image" Target="/xl/media/logo{number}.{ending}"/>'
    parts[f"xl/drawings/_rels/{own}.rels"] = _RELS.format(each=image).encode()
    lead = f'<Relationship Id="rIdLogo" Type="{_TYPES}/drawing" Target="/xl/drawings/{own}"/>'
    known = parts.get(rels, _RELS.format(each="").encode()).decode()
    parts[rels] = known.replace("</Relationships>", lead + "</Relationships>").encode()
    text = parts[sheet].decode()
    drawn = f'<drawing xmlns:r="{_TYPES}" r:id="rIdLogo"/>'
    before = next(mark for mark in ("<legacyDrawing", "<tableParts", "</worksheet>") if mark in text)
    parts[sheet] = text.replace(before, drawn + before, 1).encode()
    types = parts["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    more = f'<Override PartName="/xl/drawings/{own}" ContentType="{kind}"/>'
    if f'Extension="{ending}"' not in types:
        more = f'<Default Extension="{ending}" ContentType="image/{ending}"/>' + more
    parts["[Content_Types].xml"] = types.replace("</Types>", more + "</Types>").encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
