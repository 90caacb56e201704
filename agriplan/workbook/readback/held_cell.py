"""What one cell of a workbook holds, as it was read."""

from typing import NamedTuple

from agriplan.workbook.readback.number_formats import FormatMeaning

Entered = float | str | bool | None


class Held(NamedTuple):
    """What a cell holds: its value, whether it has a formula or shows an error, what its number is shown as, and
    whether it spans other cells.
    """

    value: Entered = None
    formula: bool = False
    error: bool = False
    shown_as: FormatMeaning = ""
    merged: bool = False


EMPTY = Held()
Cells = dict[tuple[str, int], Held]
