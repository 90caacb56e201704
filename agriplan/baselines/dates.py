"""Dates of sources: a year, a year and month, or a day, and what was meant where a program has rewritten one."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

# Excel counts days from here; these are those of 1990 to 2079, and no year has five digits.
_FIRST_DAY = date(1899, 12, 30)
_SERIALS = range(32_874, 65_746)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def is_whole_date(text: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar, as they are written everywhere.

    >>> [is_whole_date(text) for text in ("2021", "2020-11", "2021-03-11", "2021-13-41", "########", "3/11/2021")]
    [True, True, True, False, False, False]
    """
    found = _WHOLE.fullmatch(text)
    return found is not None and _written(*found.groups()) == text


def date_meant(text: str) -> str | None:
    """The date that a program or a person wrote otherwise; None where it is not to be told.

    >>> [date_meant(text) for text in ("Nov-20", "11-Mar-21", "44266", "2021年3月11日", "2021/3", "13/3/2021")]
    ['2020-11', '2021-03-11', '2021-03-11', '2021-03-11', '2021-03', '2021-03-13']
    >>> [date_meant(text) for text in ("3/11/2021", "3月11日", "########")]
    [None, None, None]
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    for form, read in _FORMS.items():
        if found := re.fullmatch(form, plain, re.ASCII):
            return read(*found.groups())
    return None


def _written(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The parts as a date, if the calendar has it; a year of two digits is one of this century."""
    whole = int(year) + 2000 * (len(year) == 2)
    try:
        made = date(whole, int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return made[: 10 if day else 7 if month else 4]


def _named(day: str | None, month: str, year: str) -> str | None:
    """With a month by its English name, as Excel shows dates."""
    number = next((at for at, name in enumerate(_MONTHS, 1) if month.startswith(name)), 0)
    return _written(year, str(number), day) if number else None


def _serial(days: str) -> str | None:
    return (_FIRST_DAY + timedelta(int(days))).isoformat() if int(days) in _SERIALS else None


def _turned(one: str, other: str, year: str) -> str | None:
    """Day and month in either order: told only where one of them can be no month."""
    found = {_written(year, one, other), _written(year, other, one)} - {None}
    return found.pop() if len(found) == 1 else None


_FORMS: dict[str, Callable[..., str | None]] = {
    r"(\d{4})年?": _written,
    r"(\d{4})[-/.年](\d{1,2})月?": _written,
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?": _written,
    r"(\d{4})(\d{2})(\d{2})": _written,
    r"(\d{5})(?:\.0)?": _serial,
    r"()([a-z]{3,9})[- ](\d{2}|\d{4})": _named,
    r"(\d{1,2})[- ]([a-z]{3,9})[- ](\d{2}|\d{4})": _named,
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})": _turned,
}
