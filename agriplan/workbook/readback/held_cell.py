"""What one cell of a workbook holds, as it was read."""

from typing import NamedTuple

from agriplan.workbook.readback.number_formats import FormatMeaning

Entered = float | str | bool | None


class Held(NamedTuple):
    """What a cell holds: its value, whether it has a formula or shows an error, what its number is shown as, the
    last of the cells that it is merged with (L12), whether its row, its column or its sheet is hidden, and whether
    nobody worked out its formula, so that the file has no value of it.
    """

    value: Entered = None
    formula: bool = False
    error: bool = False
    shown_as: FormatMeaning = ""
    merged: str = ""
    hidden: bool = False
    unvalued: bool = False


EMPTY = Held()
Cells = dict[tuple[str, int], Held]


def column_number(letters: str) -> int:
    """The number of a column from 0.

    >>> column_number("A"), column_number("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def letters_of(column: int) -> str:
    """The letters of a column.

    >>> letters_of(0), letters_of(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
