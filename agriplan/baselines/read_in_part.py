"""What of a record can be read where something in it is wrong, so that its other words are looked at all the same."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError

from agriplan.baselines.records import Record

_R = TypeVar("_R", bound=Record)
# Stands for a word that cannot be used; nobody types it.
STAND_IN = "\ufffc"
# What may stand where something else is wrong, in turn: words, an id, a code, numbers, a year, entries.
_STAND_INS: tuple[Any, ...] = (STAND_IN, "x", "000000", 1, 2000, [], {})
_CHOICE = re.compile("'([^']*)'")


def read_in_part(model: type[_R], found: Mapping[str, Any]) -> _R | None:
    """The record with something else for what is wrong in it; None where nothing may stand for that.

    >>> from agriplan.baselines.records import Place
    >>> read_in_part(Place, {"place_zh": "甲", "leagues": "150100", "colour": "red"}).leagues
    '150100'
    """
    left: dict[str, Any] = deepcopy(dict(found))
    tried: dict[tuple[int | str, ...], Iterator[Any]] = {}
    while True:
        try:
            return model.model_validate(left)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path = _way(left, detail["loc"])
                turns = tried.setdefault(path, iter(_STAND_INS))
                choices = _CHOICE.findall(str((detail.get("ctx") or {}).get("expected", "")))
                turns = iter(choices[:1]) if choices else turns
                if not path or not _put(left, path, turns, take_out=detail["type"] == "extra_forbidden"):
                    return None


def keep_in_part(kept: dict[int, _R] | None, line: int, model: type[_R], found: Mapping[str, Any]) -> None:
    """Keep what can be read of a row that has mistakes, where anybody asks for it."""
    if kept is not None and (row := read_in_part(model, found)) is not None:
        kept[line] = row


def _way(data: Any, path: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The steps of a path that lead anywhere, and the one to what is missing."""
    for number, step in enumerate(path):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return path[: number + isinstance(data, dict)]
    return path


def _put(data: Any, path: tuple[int | str, ...], turns: Iterator[Any], *, take_out: bool) -> bool:
    """Let the next of what may stand there stand at a path; False where nothing is left."""
    *way, last = path
    for step in way:
        data = data[step]
    if take_out:
        del data[last]
        return True
    for stand_in in turns:
        data[last] = deepcopy(stand_in)
        return True
    return False
