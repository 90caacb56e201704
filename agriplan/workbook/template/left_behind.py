"""What a template holds and no workbook made with it will: named, so that nobody misses it only on paper."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from agriplan.errors import Problem
from agriplan.workbook.package import Package
from agriplan.workbook.template.cell_values import is_lost
from agriplan.workbook.template.other_parts import others_in_the_file, others_on_a_sheet
from agriplan.workbook.template.page import stored_cells
from agriplan.workbook.template.pictures import book_part, relations, sheet_parts

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXTS = "xl/sharedStrings.xml"
_PRINT_AREA = "_xlnm.Print_Area"
_BEFORE_PLACE = re.compile(r"^(?:'(?:[^']|'')*'|[^'!]*)!")


def left_behind(package: Package, book: "Workbook", name: str) -> Iterator[Problem]:
    """A caution for everything that is not carried through, besides what was found where it is read.

    `name` is the file's, for what is of no sheet.
    """
    yield from others_in_the_file(package, name)
    parts = sheet_parts(package)
    yield from _endless_print_areas(package, book)
    shared = _shared_with(package)
    for sheet in book.worksheets:
        yield from (Problem(sheet.title, code) for code, has in _ON_A_SHEET.items() if has(sheet))
        part = parts.get(sheet.title, "")
        text = package.read([part]).get(part, b"")
        yield from (Problem(sheet.title, code) for code, marks in _IN_THE_PART.items() if marks.search(text))
        if (root := package.root(part)) is not None:
            yield from (Problem(f"{sheet.title}!{cell}", code) for code, cell in _cells_with(root, shared))
        yield from (Problem(f"{sheet.title}!{cell.decode()}", "template_left_value") for cell in _IN_CELL.findall(text))
        if any(lead.kind in _OBJECTS for lead in relations(package, part).values()):
            yield Problem(sheet.title, "template_left_object")
        yield from others_on_a_sheet(package, sheet, part)
        cells = [cell for _, cell in sorted(stored_cells(sheet).items())]
        for code, has_it in _IN_A_CELL.items():
            yield from (Problem(f"{sheet.title}!{cell.coordinate}", code) for cell in cells if has_it(cell))


def _endless_print_areas(package: Package, book: "Workbook") -> Iterator[Problem]:
    """Print areas of whole columns or rows, or of what is gone: openpyxl passes over them."""
    root = package.root(book_part(package))
    if root is None:
        return
    titles = [sheet.get("name", "") for sheet in root.iter(f"{_MAIN}sheet")]
    for name in root.iter(f"{_MAIN}definedName"):
        place = name.get("localSheetId", "")
        title = titles[int(place)] if place.isdecimal() and int(place) < len(titles) else ""
        if name.get("name") == _PRINT_AREA and title in book.sheetnames and not book[title].print_area:
            area = _BEFORE_PLACE.sub("", name.text or "").replace("$", "")
            yield Problem(title, "template_left_print_area", {"word": area[:40]})


def _shared_with(package: Package) -> dict[str, frozenset[str]]:
    """By what is not carried of a text, the numbers of the shared texts that have it."""
    root = package.root(_TEXTS)
    items = [] if root is None else list(root.iter(f"{_MAIN}si"))
    return {
        code: frozenset(str(number) for number, item in enumerate(items) if has(item))
        for code, has in _IN_A_TEXT.items()
    }


def _cells_with(root: ET.Element, shared: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """What is not carried of the texts of a sheet, each with its cell."""
    for cell in root.iter(f"{_MAIN}c"):
        inline = cell.find(f"{_MAIN}is")
        number = cell.findtext(f"{_MAIN}v") if cell.get("t") == "s" else None
        for code, has in _IN_A_TEXT.items():
            if number in shared[code] or (inline is not None and has(inline)):
                yield code, cell.get("r", "")


def _is_mixed(item: ET.Element) -> bool:
    runs = [run for run in item.iter(f"{_MAIN}r") if (run.findtext(f"{_MAIN}t") or "").strip()]
    return len({_letters(run) for run in runs}) > 1


def _letters(run: ET.Element) -> tuple[str, ...]:
    """Weight, slant, lines and colour of a run: fonts differ by script alone where LibreOffice has saved a text."""
    looks = {each.tag.removeprefix(_MAIN): each for each in run.iterfind(f"{_MAIN}rPr/*")}
    marks = [name for name in _MARKS if name in looks and looks[name].get("val") not in _NONE]
    colour = looks["color"].attrib if "color" in looks else {}
    black = colour.get("rgb", "FF000000") == "FF000000" and colour.get("theme", "1") == "1"
    return *marks, "" if black else repr(sorted(colour.items()))


_MARKS = ("b", "i", "u", "strike", "vertAlign")
_NONE = frozenset(("0", "false", "none", "baseline"))
_IN_A_TEXT: dict[str, Callable[[ET.Element], bool]] = {
    "template_left_letters": _is_mixed,
    "template_left_phonetic": lambda item: item.find(f"{_MAIN}rPh") is not None,
}


_ON_A_SHEET: "dict[str, Callable[[Worksheet], bool]]" = {
    "template_left_validation": lambda sheet: bool(sheet.data_validations.dataValidation),
    "template_left_table": lambda sheet: bool(sheet.tables),
    "template_left_outline": lambda sheet: any(
        line.outlineLevel for lines in (sheet.row_dimensions, sheet.column_dimensions) for line in lines.values()
    ),
}
# What openpyxl passes over without a word, by how it stands in the part of a sheet.
_IN_THE_PART = {
    "template_left_margin_picture": re.compile(rb"<(?:\w+:)?legacyDrawingHF\b|<(?:\w+:)?picture\b"),
    "template_left_newer_formats": re.compile(rb'<x14:cfRule\b[^>]*\btype="(?!dataBar")|<x14:sparklineGroup\b'),
}
# A picture or another thing that is a cell's value: the cell says which by its number.
_IN_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*\bvm="')
# Controls, embedded documents and the like.
_OBJECTS = frozenset(("oleObject", "package", "ctrlProp", "control", "pivotTable", "slicer"))
_IN_A_CELL: "dict[str, Callable[[Cell], bool]]" = {
    "template_left_formula": lambda cell: cell.data_type == "f" and isinstance(cell.value, str),
    "template_left_value": lambda cell: is_lost(cell.value),
    "template_left_look": lambda cell: cell.fill.tagname == "gradientFill",
}
