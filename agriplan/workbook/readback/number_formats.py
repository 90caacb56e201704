"""What a workbook's number formats make of a number: per cent, a date, the year of one, or just a number."""

import re
from datetime import date, timedelta
from typing import Literal

# Excel makes a number of "8%" or "3-1" and remembers only in the cell's format what was typed.
FormatMeaning = Literal["", "per_cent", "date", "year"]
# The formats that need no text of their own (ECMA-376, part 1, 18.8.30).
_PER_CENT = frozenset({9, 10})
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# Words in quotes, colours and languages in brackets, single letters after a backslash: not part of the number.
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
# Excel takes no longer format; a longer one is not worth the time of looking through it.
LONGEST = 255

# Days are counted from the first; before March 1900 the count is one off, and the last is the end of the year 9999.
_DAY_NONE, _FIRST_DAY, _LAST_DAY = date(1899, 12, 30), 61, 2_958_465


def day_of(number: float) -> str:
    """The day that a number shown as a date stands for; a number that is none stays as it is.

    >>> day_of(44256.0), day_of(7.0)
    ('2021-03-01', '7')
    """
    if not _FIRST_DAY <= number <= _LAST_DAY:
        return f"{number:.15g}"
    return str(_DAY_NONE + timedelta(days=int(number)))


def built_in(number: int) -> FormatMeaning:
    """What the format of that number shows.

    >>> built_in(10), built_in(14), built_in(2)
    ('per_cent', 'date', '')
    """
    return "per_cent" if number in _PER_CENT else "date" if number in _DATES else ""


def shown_as(form: str) -> FormatMeaning:
    """What a number format shows.

    >>> shown_as("0.0%"), shown_as("yyyy-mm-dd"), shown_as('0.00"%/年"'), shown_as("[" * 100_000)
    ('per_cent', 'date', '', '')
    >>> shown_as('yyyy"年";@')
    'year'
    """
    if len(form) > LONGEST:
        return ""
    bare = _ASIDE.sub("", form).lower()
    if "%" in bare:
        return "per_cent"
    if re.fullmatch(r"y+\s*(?:;.*)?", bare.strip()):
        return "year"
    return "date" if re.search(r"[ymdh]", bare) else ""
