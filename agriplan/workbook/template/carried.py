"""What stands in a template beside the texts of its cells, and is carried into every workbook as it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agriplan.errors import Problem
from agriplan.workbook.template.cell_formats import Key
from agriplan.workbook.template.page import stored_cells

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Range = tuple[int, int, int, int]  # first row, first column, last row, last column; counted from 0
# What a click may open: pages and letters. A file or a program on somebody's machine is not carried anywhere.
_SCHEMES = ("http://", "https://", "mailto:")
# A cell of the same workbook, as a link names it.
PLACE_INSIDE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!\$?(?P<col>[A-Z]{1,3})\$?(?P<row>\d{1,7})(?!\d)"
)
# Spreadsheet programs hold 2,079 characters of an address and 255 of what is shown over it.
MOST_ADDRESS, MOST_TIP = 2_000, 255
# A comment is a remark beside a cell; what is longer belongs on a sheet.
MOST_COMMENT = 5_000


@dataclass(frozen=True)
class Picture:
    """A picture over the cells: where its corner lies (offsets and size in pixels), and how it follows the cells."""

    row: int
    col: int
    offset: tuple[float, float]
    size: tuple[float, float] | None
    follows: int
    says: str
    data: bytes


@dataclass(frozen=True)
class CellComment:
    """A comment beside a cell."""

    row: int
    col: int
    text: str
    author: str
    size: tuple[float, float]


@dataclass(frozen=True)
class CellLink:
    """What a click on a cell opens: an address, or with `inside` a place of this workbook (`'封皮'!A1`)."""

    row: int
    col: int
    address: str
    inside: bool
    tip: str


@dataclass(frozen=True)
class OwnFormat:
    """A conditional format of the template's own: its ranges, XlsxWriter's words for the rule, and its look.

    The rule's `criteria` and values may be formulas of cells of the same sheet.
    """

    ranges: tuple[Range, ...]
    rule: Mapping[str, Any]
    look: Key


@dataclass(frozen=True)
class CarriedThings:
    """All that one sheet carries, in order."""

    pictures: tuple[Picture, ...] = ()
    comments: tuple[CellComment, ...] = ()
    links: tuple[CellLink, ...] = ()
    formats: tuple[OwnFormat, ...] = ()


NOTHING_CARRIED = CarriedThings()


def read_comments(sheet: "Worksheet", problems: list[Problem]) -> Iterator[CellComment]:
    """The comments of a sheet, in the order of their cells."""
    for (row, col), cell in sorted(stored_cells(sheet).items()):
        comment = getattr(cell, "comment", None)
        if comment is not None and 0 < len(comment.text) <= MOST_COMMENT:
            size = float(comment.width or 144), float(comment.height or 79)
            yield CellComment(row - 1, col - 1, comment.text, str(comment.author or "").strip()[:50], size)
        elif comment is not None:
            problems.append(Problem(_place(sheet, cell), "template_left_comment", {"most": MOST_COMMENT}))


def read_links(sheet: "Worksheet", problems: list[Problem]) -> Iterator[CellLink]:
    """The links of a sheet: to pages, to letters, and within the workbook."""
    for (row, col), cell in sorted(stored_cells(sheet).items()):
        link = getattr(cell, "hyperlink", None)
        if link is None:
            continue
        target, inside = str(link.target or ""), str(link.location or "")
        if target.startswith("#"):  # as LibreOffice writes a place of the same workbook
            target, inside = "", target.removeprefix("#")
        address = target + ("#" if target and inside else "") + inside
        known = target.lower().startswith(_SCHEMES) if target else _is_here(sheet, inside)
        if known and len(address) <= MOST_ADDRESS:
            yield CellLink(row - 1, col - 1, address, not target, str(link.tooltip or "")[:MOST_TIP])
        else:
            problems.append(Problem(_place(sheet, cell), "template_left_link"))


def _is_here(sheet: "Worksheet", inside: str) -> bool:
    """Whether a link leads to a cell of a sheet of this file."""
    found = PLACE_INSIDE.match(inside)
    title = (found["quoted"] or "").replace("''", "'") or found["plain"] if found else None
    return title in sheet.parent.sheetnames


def _place(sheet: "Worksheet", cell: "Cell") -> str:
    return f"{sheet.title}!{cell.coordinate}"
