"""The lists of `words.toml`: how published tables say what a plan's figures are."""

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
def absent_words() -> frozenset[str]:
    """What stands in the place of a figure that is not there."""
    return frozenset(listed_words("absent"))
