"""What a cell of a template says, as a workbook can hold it: a text, a number, yes or no."""

from datetime import date, datetime, time, timedelta
from math import isfinite

# As much as a cell may hold in a spreadsheet program.
MOST_LETTERS = 32_767
_DAYS = (date, datetime, time, timedelta)


def carried_value(value: object) -> str | float | None:
    """The value as it is carried: days as their number, which the cell's format shows as it did; None where it is not.

    >>> carried_value(date(2021, 3, 1)), carried_value(time(12)), carried_value(float("inf")), carried_value("甲")
    (44256.0, 0.5, None, '甲')
    """
    if isinstance(value, _DAYS):
        from openpyxl.utils.datetime import to_excel

        return float(to_excel(value))
    if isinstance(value, str):
        return value if len(value) <= MOST_LETTERS else None
    return value if isinstance(value, int | float) and _is_held(value) else None


def _is_held(number: float) -> bool:
    try:
        return isfinite(float(number))
    except OverflowError:
        return False


def is_lost(value: object) -> bool:
    """Whether a cell says something that no workbook will: array formulas, data tables, numbers beyond all bounds."""
    return value is not None and carried_value(value) is None
