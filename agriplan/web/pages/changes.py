"""Entries of a scenario in words: `allocation.milk.floor.150500` is a floor, of milk, in Tongliao."""

from dataclasses import replace
from typing import Any

from agriplan.baselines.folder import Baselines
from agriplan.errors import Problem
from agriplan.sentences import Lang, catalogue, say
from agriplan.web.pages.form import is_path

# Units of entries that have the same whatever they are about.
PER_CENT = {
    "unit_value_growth": "page.percent_a_year",
    "reserve": "page.percent",
    "margin": "page.percent",
    "status_margin": "page.points",
}


def say_path(path: str, data: Baselines, lang: Lang) -> str:
    """A path in words: what it is about first, then what is set, then where."""
    first, *rest = path.split(".")
    what = rest.pop(1) if first == "allocation" and len(rest) > 1 else first
    steps = [_name(step, data, lang) for step in rest]
    return say("page.separator", lang).join([*steps[:1], _what(what, lang), *steps[1:]])


def say_value(path: str, value: Any, data: Baselines, lang: Lang) -> str:
    """A value as it was entered, with its unit; nothing entered is the default."""
    if value is None:
        return say("page.default_value", lang)
    code = f"rule.{value}" if path.endswith(".rule") else f"path.{value}"
    if code in catalogue():
        return say(code, lang)
    if not isinstance(value, int | float):
        return str(value)
    return f"{value:,.15g} {unit_of(path, data, lang)}".rstrip()


def say_problem(problem: Problem, data: Baselines, lang: Lang) -> str:
    """A problem, its place in words where that is an entry of a scenario."""
    known = is_path(problem.place)
    return (replace(problem, place=say_path(problem.place, data, lang)) if known else problem).text(lang)


def unit_of(path: str, data: Baselines, lang: Lang) -> str:
    """The unit of an entry that is a number."""
    first, *rest = path.split(".")
    what = rest[1] if first == "allocation" and len(rest) > 1 else first
    commitment = data.by_id.get(rest[0]) if rest else None
    is_rate = commitment is not None and commitment.kind == "rate"
    if what in {"growth", "max_growth"}:
        return say("page.points_a_year" if is_rate else "page.percent_a_year", lang)
    if what in PER_CENT:
        return say(PER_CENT[what], lang)
    if commitment and what in {"floor", "ceiling", "lock"} and is_rate:
        return say("page.points", lang)
    thing = commitment or (data.indicators.get(rest[0]) if rest else None)
    return thing.unit(lang) if thing and what not in {"shares", "criteria"} else ""


def _what(word: str, lang: Lang) -> str:
    return say(f"page.part.{word}", lang)


def _name(step: str, data: Baselines, lang: Lang) -> str:
    for known in (data.by_id, data.indicators, data.areas, {one.id: one for one in data.criteria}):
        if step in known:
            return known[step].name(lang)
    code = f"page.part.{step}"
    return say(code, lang) if code in catalogue() else step
