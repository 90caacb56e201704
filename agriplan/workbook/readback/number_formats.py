"""What a workbook's number formats make of a number: per cent, a date, or just a number."""

import re
from collections.abc import Iterator
from typing import Literal
from xml.etree import ElementTree as ET

# Excel makes a number of "8%" or "3-1" and remembers only in the cell's format what was typed.
Shown = Literal["", "per_cent", "date"]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The formats that need no text of their own (ECMA-376, part 1, 18.8.30).
_PER_CENT = frozenset({9, 10})
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# Words in quotes, colours and languages in brackets, single letters after a backslash: not part of the number.
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


def read_formats(part: bytes | None) -> Iterator[Shown]:
    """How numbers are shown by each cell style of `styles.xml`, in order."""
    if part is None:
        return
    styles = ET.fromstring(part)  # noqa: S314 - entities were refused before
    own = {form.get("numFmtId"): form.get("formatCode", "") for form in styles.iter(f"{_MAIN}numFmt")}
    for style in styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        number = style.get("numFmtId", "0")
        yield shown_as(own[number]) if number in own else _built_in(int(number))


def _built_in(number: int) -> Shown:
    return "per_cent" if number in _PER_CENT else "date" if number in _DATES else ""


def shown_as(form: str) -> Shown:
    """What a number format shows.

    >>> shown_as("0.0%"), shown_as("yyyy-mm-dd"), shown_as('0.00"%/年"')
    ('per_cent', 'date', '')
    """
    bare = _ASIDE.sub("", form).lower()
    if "%" in bare:
        return "per_cent"
    return "date" if re.search(r"[ymdh]", bare) else ""
