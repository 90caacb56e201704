"""The lists of `words.toml`: how published tables say what a plan's figures are."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def vocabulary() -> Mapping[str, list[dict[str, str | list[str]]] | dict[str, list[str]]]:
    """All that stands in `words.toml`."""
    return tomllib.loads(files("agriplan.taking").joinpath("words.toml").read_text(encoding="utf-8"))


def words_of(name: str) -> list[str]:
    """The words of one list; none where that is no list."""
    found = vocabulary()[name]
    return found["words"] if isinstance(found, dict) else []


@cache
def preliminary_words() -> frozenset[str]:
    """What stands behind a figure that is not the last one published, and changes nothing of what it is of."""
    return frozenset(words_of("preliminary"))


@cache
def absent_words() -> frozenset[str]:
    """What stands in the place of a figure that is not there."""
    return frozenset(words_of("absent"))
