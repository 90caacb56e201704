"""How tall a row must be for the wrapped text in it: not every application works that out on opening a file."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from agriplan.letter_widths import IN_CELLS
from agriplan.workbook.description import Book, Phrase, Sheet, Slot
from agriplan.workbook.layout.cell_room import DESIGNED_FOR, USUAL_WIDTH, bold_width, room_of
from agriplan.workbook.names import UnknownNameError, find
from agriplan.workbook.template.cell_formats import Key
from agriplan.workbook.template.sheet import Spot
from agriplan.workbook.template.tokens import tokens_within
from agriplan.workbook.varying import is_varying

if TYPE_CHECKING:  # see `blueprint`
    from agriplan.workbook.layout.sheets import LaidSheet

# Points that a line takes for each point of font size, and the white above and below.
LEADING = 1.45
PADDING = 0.5
# Where a line may end: at white, behind a stroke or a hyphen, beside a Chinese letter.
PIECES = re.compile(r"\s+|[\u2e80-\uffef]|[^\s\u2e80-\uffef]+?(?:/|-(?=[^\W\d]))|[^\s\u2e80-\uffef]+")
# Points of a row that says nothing of its height.
USUAL_HEIGHT = 15.0
_TEXTS = frozenset((str, Slot, Phrase))
# A cell whose text wraps: row and column, what stands there, digits that fit on a line, the font's size.
Wrapping = tuple[int, int, str | Slot | Phrase, float, float]


@dataclass
class RowHeights:
    """The height of every row: the template's, or more where wrapped text needs more.

    `following` are texts that wrap and follow from the scenario, by row: each with the room for it and its font's size.
    """

    heights: dict[int, float]
    following: dict[int, list[tuple[Slot | Phrase, float, float]]] = field(default_factory=dict)


def row_heights(sheet: "LaidSheet", texts: Sequence[Wrapping]) -> RowHeights:
    """How tall the rows of a sheet are for its texts that wrap, and where that follows from the scenario."""
    given = sheet.template.page.heights
    rows = ((range(sheet.placed.row(row), sheet.placed.row(row + 1)), height) for row, height in given)
    found = RowHeights({each: height for those, height in rows for each in those})
    for row, _, content, room, size in texts:
        if isinstance(content, str):
            needed = text_height(content, room, size)
            if needed > found.heights.get(row, USUAL_HEIGHT):
                found.heights[row] = needed
        else:
            found.following.setdefault(row, []).append((content, room, size))
    return found


def settled_heights(sheet: "LaidSheet", texts: Sequence[Wrapping], book: Book) -> dict[int, float]:
    """How tall the rows are for what no scenario changes; rows that a scenario shows or hides count as shown."""
    placed = sheet.placed
    given = sheet.template.page.heights
    found = {row: height for first, height in given for row in range(placed.row(first), placed.row(first + 1))}
    varied = {
        (row, spot.col)
        for spot in sheet.template.spots
        if _varies(spot, placed.sheet, book)
        for row in range(placed.row(spot.row), placed.row(spot.row + 1))
    }
    for row, col, content, room, size in texts:
        if isinstance(content, str) and (row, col) not in varied:
            found[row] = max(found.get(row, USUAL_HEIGHT), text_height(content, room, size))
    return found


def _varies(spot: Spot, sheet: Sheet, book: Book) -> bool:
    """Whether what stands in a cell of the template follows from the scenario."""
    for name in tokens_within(spot.text) if isinstance(spot.text, str) else ():
        try:
            owner, table, entry = find(name, sheet, book)
        except UnknownNameError:
            continue
        held = book.sheets[owner]
        if entry != "key" and is_varying(held.scalars[entry] if table is None else held.tables[table].columns[entry]):
            return True
    return False


def text_lines(text: str, room: float) -> int:
    """How many lines a text takes that wraps between words; a word longer than a line is broken.

    >>> text_lines("100 million yuan", 12.0), text_lines("100 million yuan", 8.0), text_lines("万元/吨", 4.0)
    (2, 3, 2)
    """
    return sum(_lines(line, room) for line in text.split("\n"))


def _lines(line: str, room: float) -> int:
    if len(line) * IN_CELLS.chinese <= room:
        return 1
    lines, used = 1, 0.0
    for piece in PIECES.findall(line):
        width = bold_width(piece)
        # White at a line's end takes no room.
        if used + width <= room or piece.isspace():
            used += width
        else:
            lines += (used > 0) + math.ceil(width / room) - 1
            used = width % room or room
    return lines


def text_height(text: str, room: float, size: float) -> float:
    """How tall a row must be for a text that wraps: its room in digits of its own size."""
    return text_lines(text, room) * size * LEADING + PADDING


def wrapping_texts(sheet: "LaidSheet") -> Iterator[Wrapping]:
    """The cells of a sheet whose text wraps."""
    widths = _widths(sheet)
    # Most share a look, and to know it again is quicker than to compare it.
    fonts: dict[int, tuple[bool, float, int]] = {}
    for row, col, look, content, _ in sheet.cells:
        if content.__class__ not in _TEXTS or content == "":
            continue
        font = fonts.get(id(look))
        if font is None:
            font = fonts[id(look)] = _font(look)
        wraps, size, indent = font
        if wraps and (width := widths.get((row, col)) or widths.get((-1, col))):
            yield row, col, cast("str | Slot | Phrase", content), room_of(width, size, indent), size


@lru_cache(maxsize=1024)
def _font(look: Key) -> tuple[bool, float, int]:
    """Whether text wraps, its size and its indent."""
    properties = dict(look)
    size = float(properties.get("font_size", DESIGNED_FOR))
    return bool(properties.get("text_wrap")), size, int(properties.get("indent", 0))


def _widths(sheet: "LaidSheet") -> dict[tuple[int, int], float]:
    """Widths by column, under row -1, and of merged ranges by their first cell; tall ranges need no taller row."""
    page = dict(sheet.template.page.widths)
    widths = {(-1, col): width for col, width in page.items() if col <= sheet.placed.right}
    for first_row, first_col, last_row, last_col in sheet.placed.merges():
        whole = sum(page.get(col, USUAL_WIDTH) for col in range(first_col, last_col + 1))
        widths[first_row, first_col] = whole * (last_row - first_row + 1)
    return widths
