"""What a template holds and no workbook made with it will: named, so that nobody misses it only on paper."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from agriplan.errors import Problem
from agriplan.workbook.template.page import stored_cells

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# Parts of the file that hold pictures; openpyxl drops them on reading.
_PICTURES = "xl/media/"


def left_behind(name: str, parts: list[str], book: "Workbook") -> Iterator[Problem]:
    """A caution for everything that is not carried through."""
    if any(part.startswith(_PICTURES) for part in parts):
        yield Problem(name, "template_left_pictures")
    for sheet in book.worksheets:
        for code, has in _ON_A_SHEET.items():
            if has(sheet):
                yield Problem(sheet.title, code)
        for code, has_it in _IN_A_CELL.items():
            for _, cell in sorted(stored_cells(sheet).items()):
                if has_it(cell):
                    yield Problem(f"{sheet.title}!{cell.coordinate}", code)


_ON_A_SHEET: "dict[str, Callable[[Worksheet], bool]]" = {
    "template_left_hidden_sheet": lambda sheet: sheet.sheet_state != "visible",
    "template_left_hidden": lambda sheet: any(
        line.hidden for lines in (sheet.row_dimensions, sheet.column_dimensions) for line in lines.values()
    ),
    "template_left_formats": lambda sheet: len(sheet.conditional_formatting) > 0,
}
_IN_A_CELL: "dict[str, Callable[[Cell], bool]]" = {
    "template_left_comment": lambda cell: getattr(cell, "comment", None) is not None,
    "template_left_link": lambda cell: getattr(cell, "hyperlink", None) is not None,
}
