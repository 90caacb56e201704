"""Units as tables write them, and what one of them is of another."""

import re
from typing import NamedTuple

from agriplan.baselines.records import Indicator
from agriplan.taking.words import plain


class Unit(NamedTuple):
    """A unit: what it measures, and how many of the smallest one it is."""

    measures: str
    size: float


_SIZES = {"": 1.0, "十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8}
_STEMS = {
    "吨": ("mass", 1.0), "千克": ("mass", 1e-3), "公斤": ("mass", 1e-3), "斤": ("mass", 5e-4), "克": ("mass", 1e-6),
    "头": ("count", 1.0), "只": ("count", 1.0), "匹": ("count", 1.0), "峰": ("count", 1.0), "口": ("count", 1.0),
    "元": ("money", 1.0), "亩": ("land", 1.0), "公顷": ("land", 15.0),
    "羊单位": ("sheep units", 1.0),
}  # fmt: skip
_ENGLISH = {
    "t": ("mass", 1.0), "ton": ("mass", 1.0), "tons": ("mass", 1.0), "tonnes": ("mass", 1.0), "kg": ("mass", 1e-3),
    "head": ("count", 1.0), "heads": ("count", 1.0), "yuan": ("money", 1.0),
    "sheep unit": ("sheep units", 1.0), "sheep units": ("sheep units", 1.0),
}  # fmt: skip
_PER_CENT = {"%": Unit("per cent", 1.0), "百分比": Unit("per cent", 1.0)}
STEMS = "|".join(sorted(_STEMS, key=len, reverse=True))
_WORD = re.compile(rf"(10[0, ]*00)?({'|'.join(sorted(_SIZES, key=len, reverse=True))})({STEMS})")
_A_UNIT = rf"(?:[十百千万亿]*(?:{STEMS})|%)"
_AT_END = re.compile(rf"(.+?)\s*((?:10[0, ]*00)?[十百千万亿]*(?:{STEMS})(?:/[十百千万亿]*(?:{STEMS}))?|%)")
_NUMBER_WITH = re.compile(r"[-+]?[\d.,]*\d ?([^\d.,()]+)")
_SET_APART = rf"[十百千万亿]+(?:{STEMS})|%"
# What stands before a unit where it is said that it is one.
_HEADED = re.compile(r"^(?:计量)?单位[::]\s*|^units?[::]\s*")
_NUMBERED = re.compile(r"([\d, ]*\d|million|100 million)?\s*(million\s+)?((?:sheep )?[a-z]+)")


def read_unit(text: str) -> Unit | None:
    """The unit that a text is; None where it is none.

    >>> read_unit("10000吨") == read_unit("万吨"), read_unit("20000吨")
    (True, None)
    >>> read_unit("万吨"), read_unit("10,000 t"), read_unit("万 头"), read_unit("%"), read_unit("盟市")
    (Unit(measures='mass', size=10000.0), Unit(measures='mass', size=10000.0), Unit(measures='count', size=10000.0), \
Unit(measures='per cent', size=1.0), None)
    """
    bare = plain(text)
    if bare in _PER_CENT:
        return _PER_CENT[bare]
    if found := _WORD.fullmatch(bare):
        measures, size = _STEMS[found[3]]
        return Unit(measures, size * _SIZES[found[2]] * float(re.sub("[, ]", "", found[1] or "1")))
    found = _NUMBERED.fullmatch(bare)
    if found and found[3] in _ENGLISH:
        measures, size = _ENGLISH[found[3]]
        times = float(re.sub("[, ]", "", found[1])) if found[1] and found[1][-1].isdigit() else 1.0
        return Unit(measures, size * times * (1e6 if "million" in bare else 1.0))
    return None


def read_units(text: str) -> list[str]:
    """The units that a text lists, as 万头、万只 or 万头(只); empty where it is no list of units.

    >>> read_units("万头(只)"), read_units("万吨、千克 (10 000 tons、kg)"), read_units("万吨"), read_units("10,000 t")
    (['万头', '万只'], ['万吨', '千克'], ['万吨'], ['10,000 t'])
    >>> read_units("（单位：万吨）"), read_units("计量单位：吨 %"), read_units("万吨 万头"), read_units("头只")
    (['万吨'], ['吨', '%'], ['万吨', '万头'], [])
    """
    bare = plain(text)
    bare = bare[1:-1].strip() if bare.startswith("(") and bare.endswith(")") else bare
    bare = _HEADED.sub("", bare)
    if read_unit(bare) or is_own_kind(bare):
        return [bare]
    if double := re.fullmatch(r"([十百千万亿]*)(\w)\(([^()]+)\)", bare):
        words = [double[1] + double[2], *(double[1] + one for one in re.split("[、,/]", double[3]))]
        if all(map(read_unit, words)):
            return words
    words = [part.strip() for part in re.split("[、,，/;；和]", re.sub(r"\([^()]*\)", "", bare)) if part.strip()]
    if words and all(map(read_unit, words)):
        return words
    # Set apart by spaces, which Chinese text loses: each begins with its size, or is per cent.
    return re.findall(_A_UNIT, bare) if re.fullmatch(rf"{_A_UNIT}(?:{_SET_APART})+", bare) else []


def unit_at_end(text: str) -> tuple[str, str] | None:
    """What stands before a unit at the end of a text, and that unit; None where it ends with none.

    >>> unit_at_end("奶类产量万吨"), unit_at_end("milk output 10,000 t"), unit_at_end("奶类")
    (('奶类产量', '万吨'), ('milk output', '10,000 t'), None)
    """
    if found := _AT_END.fullmatch(text):
        return found[1].strip(), found[2]
    parts = ((text[:at], text[at + 1 :]) for at, sign in enumerate(text) if sign == " ")
    return next((part for part in parts if read_unit(part[1]) or is_own_kind(part[1])), None)


def has_unit(text: str) -> bool:
    """Whether a number is written with a unit or a word that multiplies it.

    >>> [has_unit(text) for text in ("40.1万", "40.2 t", "40.1万吨", "3 5.9", "40.2")]
    [True, True, True, False, False]
    """
    found = _NUMBER_WITH.fullmatch(plain(text))
    return found is not None and (
        found[1] in _ENGLISH or re.fullmatch(rf"[十百千万亿]+|{_A_UNIT}", found[1]) is not None
    )


def is_own_kind(text: str) -> bool:
    """Whether a text is a unit made of two, such as 千克/头: known only where an indicator has the very same.

    >>> [is_own_kind(text) for text in ("千克/头", "牛/羊", "100 million yuan per 10,000 t", "kg a head")]
    [True, False, True, True]
    """
    parts = re.split(r"/| per | a ", text)
    return len(parts) == 2 and all(read_unit(part) or part in _STEMS for part in parts)


def times_ours(text: str, indicator: Indicator) -> float | None:
    """What makes a figure in that unit one in the indicator's own; None where it measures something else."""
    own = {plain(indicator.unit_zh), plain(indicator.unit_en)}
    if plain(text) in own:
        return 1.0
    theirs, ours = read_unit(text), read_unit(indicator.unit_zh)
    if theirs is None or ours is None or theirs.measures != ours.measures:
        return None
    return theirs.size / ours.size
