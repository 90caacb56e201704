"""The lists of `words.toml`: how published tables say what a plan's figures are."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def table_words() -> Mapping[str, list[dict[str, str | list[str]]] | dict[str, list[str]]]:
    """All that stands in `words.toml`."""
    return tomllib.loads(files("agriplan.taking").joinpath("words.toml").read_text(encoding="utf-8"))


def listed_words(name: str) -> list[str]:
    """The words of one list; none where that is no list."""
    found = table_words()[name]
    return found["words"] if isinstance(found, dict) else []


@cache
def preliminary_words() -> frozenset[str]:
    """What stands behind a figure that is not the last one published, and changes nothing of what it is of."""
    return frozenset(listed_words("preliminary"))


@cache
def merged_words() -> tuple[str, ...]:
    """What says behind a figure that its cell spans others; the first is what is written for a workbook's."""
    return tuple(listed_words("merged"))


@cache
def hidden_words() -> tuple[str, ...]:
    """What says behind a figure that nobody sees it in its workbook; the first is what is written there."""
    return tuple(listed_words("hidden"))


@cache
def unvalued_words() -> tuple[str, ...]:
    """What stands for a formula that was never worked out; the first is what is written for a workbook's."""
    return tuple(listed_words("unvalued"))


@cache
def code_heads() -> tuple[str, ...]:
    """What stands above codes, or ends what does; the first is what is written before a code that nobody knows."""
    return tuple(listed_words("code"))


@cache
def absent_words() -> frozenset[str]:
    """What stands in the place of a figure that is not there."""
    return frozenset(listed_words("absent"))


@cache
def _heads() -> re.Pattern[str]:
    words = [word for name in table_words() for word in listed_words(name) if len(word) > 1 and not word.isascii()]
    return re.compile("|".join((r"(?<!\d)(?:19|20)\d\d年", *map(re.escape, words))))


def knows_some(text: str) -> bool:
    """Whether a word of published tables stands in a text: one that was decoded in another way than saved has none.

    >>> knows_some("盟市,2021年牛肉"), knows_some("盟市,2021年牛肉".encode("cp950").decode("gb18030"))
    (True, False)
    """
    return _heads().search(text) is not None
