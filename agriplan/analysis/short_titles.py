"""Names of scenarios as heads of columns and legends of charts have room for them."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

# As wide as twenty digits, or ten Chinese letters: three lines of a head, and five of them two of a chart's legend.
ROOM = 20


def short_titles(titles: Sequence[str]) -> list[str]:
    """The names, of long ones their beginnings and ends; those that would be alike are told apart by their places.

    Several drafts of one plan often differ at the end of their names.

    >>> short_titles(["通辽提速", "内蒙古自治区农牧业规划修订草案（甲）", "内蒙古自治区农牧业规划修订草案（乙）"])
    ['通辽提速', '内蒙古自…案（甲）', '内蒙古自…案（乙）']
    >>> short_titles(["Milk first, meat held back 2023", "Milk first, then meat, held back 2023"])
    ['Milk first…back 2023 [1]', 'Milk first…back 2023 [2]']
    """
    short = [_shortened(title) for title in titles]
    times = Counter(short)
    return [f"{title} [{place}]" if times[title] > 1 else title for place, title in enumerate(short, 1)]


def _shortened(title: str) -> str:
    if _width(title) <= ROOM:
        return title
    half = next(count for count in range(len(title) // 2, 0, -1) if _width(_ends(title, count)) <= ROOM)
    return _ends(title, half)


def _ends(title: str, count: int) -> str:
    return f"{title[:count].rstrip()}…{title[-count:].lstrip()}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
