"""How tall a row must be for the wrapped text in it: not every application works that out on opening a file."""

import math
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from agriplan.workbook.layout.sheets import Laid, LaidSheet
from agriplan.workbook.template.cell_formats import Key

# Points that a line takes for each point of font size, and the white above and below.
LEADING = 1.45
PADDING = 4.0
# A column's width counts digits of 11 points; letters of other sizes take their part of it.
DESIGNED_FOR = 11.0
# Fonts differ, and another one may stand in for the template's: some room is left.
ROOM = 0.9
# How wide letters are beside a digit, as in the widest of the fonts that usually stand in (DejaVu Sans).
WIDTHS = {letter: width for letters, width in (("ijlI'|", 0.45), (" ,.:;", 0.5), ("ft()-/", 0.62), ("r", 0.65),
          ("mMW@", 1.5), ("w", 1.3)) for letter in letters}  # fmt: skip
CHINESE, CAPITAL = 2.0, 1.15


def row_heights(sheet: LaidSheet) -> dict[int, float]:
    """The height of every row: the template's, or more where wrapped text needs more."""
    heights: dict[int, float] = {}
    for row, height in sheet.template.page.heights:
        for each in range(sheet.poured.row(row), sheet.poured.last_row(row) + 1):
            heights[each] = height
    widths = _widths(sheet)
    for cell in sheet.cells:
        if isinstance(cell[3], str) and cell[3] and (needed := _needed(cell, widths)) > heights.get(cell[0], 15.0):
            heights[cell[0]] = needed
    return heights


@lru_cache(maxsize=4096)
def text_width(text: str) -> float:
    """How many digits' width a text takes on one line: Chinese letters take two.

    >>> text_width("奶类产量 2025"), text_width("Milk")
    (12.5, 3.4)
    """
    return round(sum(map(_letter_width, text)), 2)


def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return CHINESE
    return WIDTHS.get(letter, CAPITAL if letter.isupper() else 1.0)


def _needed(cell: Laid, widths: Mapping[tuple[int, int], float]) -> float:
    row, col, look, value, _ = cell
    width = widths.get((row, col)) or widths.get((-1, col))
    if not width:
        return 0.0
    wraps, size, indent = _font(look)
    if not wraps:
        return 0.0
    room = width * ROOM * DESIGNED_FOR / size - indent
    lines = sum(max(1, math.ceil(text_width(line) / max(room, 1.0))) for line in str(value).split("\n"))
    return lines * size * LEADING + PADDING


@lru_cache(maxsize=1024)
def _font(look: Key) -> tuple[bool, float, int]:
    """Whether text wraps, its size and its indent."""
    properties = dict(look)
    size = float(properties.get("font_size", DESIGNED_FOR))
    return bool(properties.get("text_wrap")), size, int(properties.get("indent", 0))


def _widths(sheet: LaidSheet) -> dict[tuple[int, int], float]:
    """Widths by column, under row -1, and of merged ranges by their first cell; tall ranges need no taller row."""
    page = dict(sheet.template.page.widths)
    widths = {(-1, col): width for col, width in page.items() if col <= sheet.poured.right}
    for first_row, first_col, last_row, last_col in sheet.poured.merges():
        whole = sum(page.get(col, 8.43) for col in range(first_col, last_col + 1))
        widths[first_row, first_col] = whole * (last_row - first_row + 1)
    return widths
