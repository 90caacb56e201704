"""What reading JSON and TOML has in common: how deep they may go, marks of a Chinese keyboard, numbers as written."""

import math
import re
from typing import Self

from agriplan.typed_numbers import says_more_than_nothing

# Whatever reads them further calls itself once a depth. Scenarios are six deep, bodies with several of them eight, a
# plan's TOML files three.
MOST_DEPTH = 32

_WIDE_MARKS = re.compile("[“”‘’＂＇＝［］｛｝，：]")
_WIDE_QUOTES = re.compile("[“”＂]")


def is_too_deep(data: object) -> bool:
    """Whether lists and tables stand within each other more than `MOST_DEPTH` times.

    >>> is_too_deep({"a": [1, {"b": 2}]}), is_too_deep(eval("[" * 33 + "]" * 33))
    (False, True)
    """
    within = [data]
    for _ in range(MOST_DEPTH + 1):
        holding = [one for one in within if isinstance(one, dict | list)]
        within = [inner for one in holding for inner in (one.values() if isinstance(one, dict) else one)]
        if not holding:
            return False
    return True


def wide_mark(line: str, words: re.Pattern[str]) -> str:
    """The first full-width mark of a line outside its words; else the one that was to end a word; nothing of most.

    JSON and TOML know half-width marks only.

    >>> TEXT = re.compile(r'"[^"]*"')
    >>> wide_mark('{“target”: 1}', TEXT), wide_mark('{"name": "甲，乙"，', TEXT), wide_mark('{"name”: 1}', TEXT)
    ('“', '，', '”')
    """
    outside = words.sub("", line)
    left_open = outside.find('"')
    found = _WIDE_MARKS.search(outside, 0, left_open if left_open >= 0 else len(outside))
    found = found or _WIDE_QUOTES.search(outside, max(left_open, 0))
    return found[0] if found else ""


class Beyond(float):
    """A number beyond all digits, told as it was typed."""

    _typed: str

    def __new__(cls, typed: str) -> Self:
        """Keep what was typed beside what it is read as."""
        number = super().__new__(cls, typed)
        number._typed = typed
        return number

    def __str__(self) -> str:
        """What was typed."""
        return self._typed


def as_written(number: str) -> float | str:
    """A number of JSON or TOML; one too near to 0 to be read as anything else stays text, told where it is read.

    >>> str(as_written("1e400")), as_written("1e-400"), as_written("0.0")
    ('1e400', '1e-400', 0.0)
    """
    read = float(number)
    if not math.isfinite(read):
        return Beyond(number)
    return read or (number if says_more_than_nothing(number) else 0.0)
