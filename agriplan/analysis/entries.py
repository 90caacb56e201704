"""Entries of a scenario in words: `allocation.milk.floor.150500` is a floor, of milk, in Tongliao.

The one writer of them, for pages, terminal, workbooks, cautions and problems.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import LIMITS, Scenario
from agriplan.errors import Problem
from agriplan.formatting import print_entered, with_unit
from agriplan.sentences import COMMAS, Lang, catalogue, say

# Units of entries that have the same whatever they are about.
UNITS = {
    "unit_value_growth": "entry.unit.percent_a_year",
    "reserve": "entry.unit.percent",
    "margin": "entry.unit.percent",
    "status_margin": "entry.unit.points",
}
# Entries that are words: their families of wording.
WORD_FAMILIES = {
    "rule": "rule",
    "path": "path",
    "criteria": "criteria",
    "max_growth": "cap",
    "passed": "passed",
    "growth": "by_default",
}
YEAR_ENTRIES = frozenset({"as_of", "price_year"})
NUMBERS_WITHOUT_UNIT = frozenset({"shares", "criteria"})
# What is said of a figure that would not be understood without its name.
NAMED = frozenset({"preliminary", "definition", "price_year"})


def say_path(path: str, data: Baselines, lang: Lang) -> str:
    """A path in words: what it is about first, then what is set, then where."""
    return say("entry.separator", lang).join(say_steps(path, data, lang))


def say_steps(path: str, data: Baselines, lang: Lang) -> tuple[str, ...]:
    """The words of a path: first what it is about and what is set, together, then where.

    >>> from agriplan.baselines.folder import read_baselines
    >>> from agriplan.places import baselines_folder
    >>> say_steps("actual.milk.150500.2022", read_baselines(baselines_folder()), "zh")
    ('奶类产量 · 实际值', '通辽市', '2022年')
    """
    what, about = _parted(path)
    steps = [_name(step, data, lang) for step in about]
    if what == "actual" and about[2:]:  # nowhere else does a year stand: other digits are a code that there is not
        steps[2] = say("entry.year", lang, year=about[2])
    return say("entry.separator", lang).join([*steps[:1], _what(what, lang)]), *steps[1:]


def _parted(path: str) -> tuple[str, list[str]]:
    """What is set, and of what.

    >>> _parted("allocation.milk.lock.150500"), _parted("issued.targets.milk.150500")
    (('lock', ['milk', '150500']), ('issued', ['milk', '150500']))
    >>> _parted("issued.number"), _parted("target.milk")
    (('number', []), ('target', ['milk']))
    """
    first, *rest = path.split(".")
    if first == "allocation" and len(rest) > 1:
        return rest.pop(1), rest
    if first == "issued" and rest:
        part = rest.pop(0)
        return (first if part == "targets" else part), rest
    return first, rest


def order_of_entries(data: Baselines) -> Callable[[str], tuple[tuple[int, int], int, str]]:
    """By what lists of entries are sorted: indicators in the plan's order, behind each what it rests on (its quantity,
    unit value, herd), the region and its leagues in theirs, then the path; what is about none of them comes last.
    """
    things: dict[str | None, tuple[int, int]] = {}
    for at, one in enumerate(data.commitments):
        for part, name in enumerate((one.id, one.quantity, one.unit_value, one.herd)):
            things.setdefault(name, (at, part))
    areas = {code: at for at, code in enumerate(data.areas)}

    def place(path: str) -> tuple[tuple[int, int], int, str]:
        thing, area = [*_parted(path)[1], "", ""][:2]
        return things.get(thing, (len(things), 0)), areas.get(area, -1), path

    return place


def say_value(path: str, value: Any, data: Baselines, lang: Lang) -> str:
    """A value as it was entered, with its unit."""
    if code := word_of(path, value):
        return say(code, lang)
    last = path.rpartition(".")[2]
    if not isinstance(value, int | float) or last in YEAR_ENTRIES:
        return data.basis_name(value, lang) if last == "basis" else str(value)
    return with_unit(print_entered(value), unit_of(path, data, lang), lang).rstrip()


def say_entries(entered: Mapping[str, Any], data: Baselines, lang: Lang) -> str:
    """All that a scenario enters as one change, by path: a figure first, then its source and what else is said of it.

    >>> from agriplan.baselines.folder import read_baselines
    >>> from agriplan.places import baselines_folder
    >>> figure = {"source": "公报", "value": 31.5, "preliminary": 31.0}
    >>> entered = {f"actual.milk.150500.2021.{part}": said for part, said in figure.items()}
    >>> say_entries(entered, read_baselines(baselines_folder()), "zh")
    '31.5万吨、公报、快报数 31万吨'
    """
    told = []
    for path in sorted(entered, key=lambda path: (not path.endswith(".value"), not path.endswith(".source"), path)):
        last, said = path.rpartition(".")[2], say_value(path, entered[path], data, lang)
        told.append(f"{say_path(last, data, lang)} {said}" if last in NAMED else said)
    return COMMAS[lang].join(told)


def word_of(path: str, value: Any) -> str | None:
    """The code of the sentence that says a value which is a word: a rule, a path, entropy, no cap.

    >>> word_of("allocation.milk.rule", "by_headroom"), word_of("allocation.milk.max_growth", 8)
    ('rule.by_headroom', None)
    """
    code = f"{WORD_FAMILIES.get(_parted(path)[0])}.{value}"
    return code if isinstance(value, str) and code in catalogue() else None


def say_problem(problem: Problem, data: Baselines, lang: Lang) -> str:
    """A problem, its place in words where that is an entry of a scenario."""
    if is_entry(problem.place):
        text = replace(problem, place="").text(lang)
        return say("caution.placed", lang, place=say_path(problem.place, data, lang), text=text)
    return replace(problem, place=say_place(problem.place, data, lang)).text(lang)


def say_place(place: str, data: Baselines, lang: Lang) -> str:
    """A place in words where it is an entry of a scenario, which may stand behind the name of its file."""
    file, colon, path = place.rpartition(": ")
    return f"{file}{colon}{say_path(path, data, lang)}" if is_entry(path) else place


def is_entry(path: str) -> bool:
    """Whether a path leads to an entry of a scenario.

    >>> is_entry("growth.milk.150500"), is_entry("observed.csv:7"), is_entry("based_on")
    (True, False, False)
    """
    return path.split(".", maxsplit=1)[0] in set(Scenario.model_fields) - {"based_on"}


def source_title(data: Baselines, source: str, lang: Lang) -> str:
    """The title of a source of the data by its id; an entry's source is what was typed, or that nothing was said.

    >>> from types import SimpleNamespace
    >>> data = SimpleNamespace(source_list=())
    >>> source_title(data, "通辽市统计局", "zh"), source_title(data, "", "zh")
    ('通辽市统计局', '自报，未注明来源')
    """
    if not source:
        return say("source.unsaid", lang)
    return next((one.title(lang) for one in data.source_list if one.source == source), source)


def key_of(path: str) -> str:
    """The change that an entry is a part of: an own figure, its source and its note are one.

    >>> key_of("baseline.milk_output.150500.source"), key_of("growth.milk.150500")
    ('baseline.milk_output.150500', 'growth.milk.150500')
    >>> key_of("actual.milk.150500.2021.source")
    'actual.milk.150500.2021'
    """
    steps = {"baseline": 3, "actual": 4}.get(path.partition(".")[0])
    return ".".join(path.split(".")[:steps])


def unit_of(path: str, data: Baselines, lang: Lang) -> str:
    """The unit of an entry that is a number."""
    what, about = _parted(path)
    commitment = data.by_id.get(about[0]) if about else None
    is_rate = commitment is not None and commitment.is_rate
    if path.rpartition(".")[2] in YEAR_ENTRIES:
        return ""
    if what in {"growth", "max_growth"}:
        return say("entry.unit.points_a_year" if is_rate else "entry.unit.percent_a_year", lang)
    if what in UNITS:
        return say(UNITS[what], lang)
    if what in LIMITS and is_rate and not path.endswith(".target"):
        return say("entry.unit.points", lang)
    thing = commitment or (data.indicators.get(about[0]) if about else None)
    return thing.unit(lang) if thing and what not in NUMBERS_WITHOUT_UNIT else ""


def _what(word: str, lang: Lang) -> str:
    code = f"entry.{word}"
    return say(code, lang) if code in catalogue() else word


def _name(step: str, data: Baselines, lang: Lang) -> str:
    for known in (data.by_id, data.indicators, data.areas, {one.id: one for one in data.criteria}):
        if step in known:
            return known[step].name(lang)
    return _what(step, lang)
