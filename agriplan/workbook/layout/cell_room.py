"""How much text fits on a line of a cell, in digits of its own size: estimated, since nothing here draws it."""

from functools import lru_cache

from agriplan.letter_widths import IN_CELLS, chinese_letters

# Of a column whose width is not said, in digits.
USUAL_WIDTH = 8.43
# A column's width counts digits of 11 points; letters of other sizes take their part of it.
DESIGNED_FOR = 11.0
# Of the white on both sides of a cell, five pixels, applications take less than half; a step of indentation in digits.
WHITE, INDENT = 0.26, 1.7
# How much wider letters are in bold: a row may be made so by a conditional format. Chinese letters are as wide.
BOLD = 1.1


def room_of(width: float, size: float, indent: int) -> float:
    """How many digits of that size fit on a line of a cell so wide."""
    return max((width + WHITE) * DESIGNED_FOR / size - INDENT * indent, 1.0)


# Kept by the word, a Chinese letter being one: whole texts may be what somebody wrote in a scenario.
@lru_cache(maxsize=4096)
def bold_width(text: str) -> float:
    """How many digits' width a text takes on one line in bold letters.

    >>> bold_width("奶类"), bold_width("Milk")
    (4.0, 3.74)
    """
    chinese = chinese_letters(text) * IN_CELLS.chinese
    return round((IN_CELLS.of(text) - chinese) * BOLD + chinese, 2)
