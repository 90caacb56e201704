"""Full-width marks where a language of files knows half-width ones only, as a Chinese keyboard types them."""

import re

_WIDE_MARKS = re.compile("[“”‘’＂＇＝［］｛｝，：]")
_WIDE_QUOTES = re.compile("[“”＂]")


def wide_mark(line: str, words: re.Pattern[str]) -> str:
    """The first full-width mark of a line outside its words; else the one that was to end a word; nothing of most.

    >>> TEXT = re.compile(r'"[^"]*"')
    >>> wide_mark('{“target”: 1}', TEXT), wide_mark('{"name": "甲，乙"，', TEXT), wide_mark('{"name”: 1}', TEXT)
    ('“', '，', '”')
    """
    outside = words.sub("", line)
    left_open = outside.find('"')
    found = _WIDE_MARKS.search(outside, 0, left_open if left_open >= 0 else len(outside))
    found = found or _WIDE_QUOTES.search(outside, max(left_open, 0))
    return found[0] if found else ""
