"""Entries of a scenario in words: `allocation.milk.floor.150500` is a floor, of milk, in Tongliao."""

from typing import Any

from agriplan.baselines import Baselines
from agriplan.sentences import Lang, catalogue, say

# Entries whose value is a word of the program, by the last step of their path (or the first, for `path.milk`).
WORDS = ("rule", "path")


def say_path(path: str, data: Baselines, lang: Lang) -> str:
    """A path in words: what it is about first, then what is set, then where."""
    first, *rest = path.split(".")
    what = rest.pop(1) if first == "allocation" and len(rest) > 1 else first
    steps = [_name(step, data, lang) for step in rest]
    return say("page.separator", lang).join([*steps[:1], _what(what, lang), *steps[1:]])


def say_value(path: str, value: Any, lang: Lang) -> str:
    """A value as it was entered; nothing entered is the default."""
    if value is None:
        return say("page.default_value", lang)
    code = f"rule.{value}" if path.endswith(".rule") else f"path.{value}"
    if code in catalogue():
        return say(code, lang)
    return f"{value:,.15g}" if isinstance(value, int | float) else str(value)


def _what(word: str, lang: Lang) -> str:
    return say(f"page.part.{word}", lang)


def _name(step: str, data: Baselines, lang: Lang) -> str:
    for known in (data.by_id, data.indicators, data.areas, {one.id: one for one in data.criteria}):
        if step in known:
            return known[step].name(lang)
    code = f"page.part.{step}"
    return say(code, lang) if code in catalogue() else step
