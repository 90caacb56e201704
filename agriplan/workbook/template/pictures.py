"""The pictures of a template, taken from the parts of its file: openpyxl would need another library for them.

A picture is a PNG or a JPEG, bounded in number and size; whatever else lies over the cells is named and left behind.
"""

import posixpath
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple

from agriplan.errors import Problem
from agriplan.workbook.package import Package
from agriplan.workbook.template.carried import Picture

# A logo has some kilobytes; thirteen workbooks carry each picture, and are sent by mail.
MOST_PICTURES = 20
MOST_PICTURE_BYTES, MOST_PICTURES_BYTES = 500_000, 1_000_000
MOST_PICTURE_PIXELS = 10_000
_BOUNDS = {"most": MOST_PICTURE_BYTES // 1000, "all": MOST_PICTURES_BYTES // 1000, "count": MOST_PICTURES}
_KINDS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
# English Metric Units to a pixel of 96 to the inch.
EMU = 9_525
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
# How a picture follows the cells below it, as XlsxWriter numbers it: moves and grows, moves, stays.
_FOLLOWS = {"twoCell": 1, "oneCell": 2, "absolute": 3}
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OVER = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Relation(NamedTuple):
    """What a part of the file leads to."""

    kind: str
    target: str


def read_pictures(package: Package) -> tuple[dict[str, tuple[Picture, ...]], list[Problem]]:
    """The pictures of each sheet by its title, and what lies over the cells and cannot be carried."""
    problems: list[Problem] = []
    found: dict[str, tuple[Picture, ...]] = {}
    seen: set[bytes] = set()
    for title, part in sheet_parts(package).items():
        on_sheet = tuple(_pictures(package, title, part, seen, problems))
        if on_sheet:
            found[title] = on_sheet
    return found, problems


def book_part(package: Package) -> str:
    """The part that names the sheets."""
    return next((each.target for each in relations(package, "").values() if each.kind == "officeDocument"), "")


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each sheet by the sheet's title."""
    book = book_part(package)
    leads, root = relations(package, book), package.root(book)
    sheets = root.iter(f"{_MAIN}sheet") if root is not None else ()
    parts = ((each.get("name", ""), leads.get(each.get(f"{_LINK}id", ""))) for each in sheets)
    return {title: lead.target for title, lead in parts if lead is not None}


def relations(package: Package, part: str) -> dict[str, Relation]:
    """What a part leads to, by the link's id; nothing outside the file."""
    folder, name = posixpath.split(part)
    root = package.root(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for each in () if root is None else root:
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target)
    return found


def _pictures(package: Package, title: str, part: str, seen: set[bytes], problems: list[Problem]) -> Iterator[Picture]:
    for lead in relations(package, part).values():
        if lead.kind != "drawing":
            continue
        leads, root = relations(package, lead.target), package.root(lead.target)
        images = package.read({each.target for each in leads.values()})
        for anchor in () if root is None else root:
            picture, why = _picture(anchor, images, leads, seen)
            place = f"{title}!{_corner_name(anchor)}"
            if picture is not None:
                yield picture
            if why:
                problems.append(Problem(place, why, _BOUNDS))


def _picture(
    anchor: ET.Element, images: Mapping[str, bytes], leads: Mapping[str, Relation], seen: set[bytes]
) -> tuple[Picture | None, str]:
    """A picture, or why it is left behind; a cut or turned one is carried whole and straight, which is said, too."""
    pic = anchor.find(f"{_OVER}pic")
    if pic is None:
        return None, "template_left_drawing"
    blip = pic.find(f".//{_DRAWN}blip")
    lead = leads.get(blip.get(f"{_LINK}embed", "")) if blip is not None else None
    data = images.get(lead.target) if lead else None
    if data is None or not data.startswith(_KINDS):
        return None, "template_left_picture_kind"
    every = seen | {data}
    if len(data) > MOST_PICTURE_BYTES or sum(map(len, every)) > MOST_PICTURES_BYTES or len(every) > MOST_PICTURES:
        return None, "template_left_picture_size"
    if native_size(data) is None:
        return None, "template_left_picture_kind"
    seen.add(data)
    row, col, offset = _corner(anchor)
    about = pic.find(f"{_OVER}nvPicPr/{_OVER}cNvPr")
    kind = anchor.tag.removeprefix(_OVER).removesuffix("Anchor")
    follows = _FOLLOWS.get(anchor.get("editAs", "") or kind, 2)
    says = about.get("descr", "") if about is not None else ""
    return Picture(row, col, offset, _size(anchor, pic), follows, says, data), _edited(pic)


def native_size(data: bytes) -> tuple[float, float] | None:
    """How large a picture is in pixels of 96 to the inch; None where it cannot be told or is no size for a sheet."""
    from xlsxwriter.exceptions import XlsxInputError, XlsxWriterException
    from xlsxwriter.image import Image

    try:
        image = Image(BytesIO(data))
    except (XlsxInputError, XlsxWriterException, struct.error, IndexError, ValueError):
        return None
    if max(image.width, image.height) > MOST_PICTURE_PIXELS:
        return None
    return image.width * 96 / image.x_dpi, image.height * 96 / image.y_dpi


def _corner(anchor: ET.Element) -> tuple[int, int, tuple[float, float]]:
    """The cell of the upper left corner, and how far within it the picture begins; within what a sheet has."""
    start = anchor.find(f"{_OVER}from")
    if start is None:
        place = anchor.find(f"{_OVER}pos")
        across, down = (place.get("x"), place.get("y")) if place is not None else ("0", "0")
        return 0, 0, (_pixels(across), _pixels(down))
    row, col = (int(start.findtext(f"{_OVER}{name}") or 0) for name in ("row", "col"))
    across, down = (start.findtext(f"{_OVER}{name}") for name in ("colOff", "rowOff"))
    return max(0, min(row, _LAST_ROW)), max(0, min(col, _LAST_COLUMN)), (_pixels(across), _pixels(down))


def _pixels(length: str | None) -> float:
    """A length in pixels, no more than a picture may have: programs walk along it cell by cell."""
    return max(0, min(int(length or 0), MOST_PICTURE_PIXELS * EMU)) / EMU


def _corner_name(anchor: ET.Element) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    row, col, _ = _corner(anchor)
    return str(xl_rowcol_to_cell(row, col))


def _size(anchor: ET.Element, pic: ET.Element) -> tuple[float, float] | None:
    for ext in (anchor.find(f"{_OVER}ext"), pic.find(f"{_OVER}spPr/{_DRAWN}xfrm/{_DRAWN}ext")):
        width, height = (_pixels(ext.get("cx")), _pixels(ext.get("cy"))) if ext is not None else (0, 0)
        if width > 0 and height > 0:
            return width, height
    return None


def _edited(pic: ET.Element) -> str:
    cut = pic.find(f".//{_DRAWN}srcRect")
    turned = pic.find(f"{_OVER}spPr/{_DRAWN}xfrm")
    edited = (cut is not None and any(value not in ("", "0") for value in cut.attrib.values())) or (
        turned is not None and any(turned.get(name, "0") not in ("", "0") for name in ("rot", "flipH", "flipV"))
    )
    return "template_left_picture_edits" if edited else ""
