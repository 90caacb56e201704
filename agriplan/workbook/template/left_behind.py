"""What a template holds and no workbook made with it will: named, so that nobody misses it only on paper."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from agriplan.errors import Problem
from agriplan.workbook.package import Package
from agriplan.workbook.template.page import stored_cells
from agriplan.workbook.template.pictures import relations, sheet_parts

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def left_behind(package: Package, book: "Workbook") -> Iterator[Problem]:
    """A caution for everything that is not carried through, besides what was found where it is read."""
    parts = sheet_parts(package)
    for sheet in book.worksheets:
        yield from (Problem(sheet.title, code) for code, has in _ON_A_SHEET.items() if has(sheet))
        part = parts.get(sheet.title, "")
        text = package.read([part]).get(part, b"")
        yield from (Problem(sheet.title, code) for code, marks in _IN_THE_PART.items() if marks.search(text))
        if any(lead.kind in _OBJECTS for lead in relations(package, part).values()):
            yield Problem(sheet.title, "template_left_object")
        cells = [cell for _, cell in sorted(stored_cells(sheet).items())]
        for code, has_it in _IN_A_CELL.items():
            yield from (Problem(f"{sheet.title}!{cell.coordinate}", code) for cell in cells if has_it(cell))


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
# Controls, embedded documents and the like.
_OBJECTS = frozenset(("oleObject", "package", "ctrlProp", "control", "pivotTable", "slicer"))
_IN_A_CELL: "dict[str, Callable[[Cell], bool]]" = {
    "template_left_formula": lambda cell: cell.data_type == "f",
}
