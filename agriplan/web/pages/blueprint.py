"""What all pages share: the blueprint, the language, and the words and numbers that templates print."""

import re
from dataclasses import replace
from typing import Any

from flask import Blueprint, g
from markupsafe import Markup

from agriplan.analysis.entries import say_path, say_problem
from agriplan.analysis.likelihood import say_band
from agriplan.analysis.titles import short_titles, title_of
from agriplan.analysis.unit_words import carried_in_words, yearly_word
from agriplan.baselines.records import in_language
from agriplan.engine.entered import MOST_SCENARIO_NAME_CHARACTERS
from agriplan.formatting import print_entered, print_number, print_signed, unit_behind, with_unit
from agriplan.sentences import BEFORE_LAST, COMMAS, listed, say, without_name
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import switched_to, this_page, to
from agriplan.web.pages.choices_by_name import with_names
from agriplan.web.pages.scenario_in_view import scenario_spoken_of
from agriplan.web.pages.tiles import with_soft_hyphens
from agriplan.web.pages.times import told_time, with_times
from agriplan.web.service import service

pages = Blueprint("pages", __name__)
_YEARS = re.compile(r"(\d{4}\s?[—–-]\s?\d{4}(?:\s?年)?)")
_TOGETHER = Markup('<span class="together">{}</span>')


def text(code: str, **values: object) -> str:
    """A text of the pages in the language of this request."""
    return say(f"page.{code}", current_language(), **values)


@pages.app_context_processor
def words() -> dict[str, Any]:
    """What every template can say: texts, names, units and numbers in the language of the request."""
    lang = current_language()
    return {
        "lang": lang,
        "other_lang": "en" if lang == "zh" else "zh",
        "t": text,
        "comma": COMMAS[lang],
        "most_name": MOST_SCENARIO_NAME_CHARACTERS,
        "listed": lambda items: listed(items, lang),
        "between": lambda left: {0: "", 1: BEFORE_LAST[lang]}.get(left, COMMAS[lang]),
        "say": lambda code, **values: say(code, lang, **values),
        "name": lambda thing: thing.name(lang),
        "unit": lambda thing: thing.unit(lang),
        "unit_behind": lambda unit: unit_behind(unit, lang),
        "in_language": lambda chinese, english: in_language(chinese, english, lang),
        "number": print_number,
        "with_unit": lambda value, decimals, unit: with_unit(print_number(value, decimals), unit, lang),
        "signed": print_signed,
        "with_soft_hyphens": with_soft_hyphens,
        "carried_by": lambda growth, years: carried_in_words(growth, lang, years),
        "a_year": lambda years: yearly_word(years, lang),
        "as_entered": print_entered,
        "told_time": told_time,
        "years_whole": years_whole,
        "without_name": without_name,
        "say_problem": lambda problem: with_times(problem, lambda told: say_problem(told, service().baselines, lang)),
        "say_path": lambda path: say_path(path, service().baselines, lang),
        "say_fault": lambda problem: with_times(replace(problem, place=""), lambda told: told.text(lang)),
        "say_band": lambda band: say_band(band, lang),
        "with_names": lambda problem: with_names(problem, lang),
        "carried": g.get("carried", {}),
        "title_of": lambda scenario: title_of(scenario, lang),
        "short_titles": short_titles,
        "to": to,
        "spoken_of": scenario_spoken_of,
        "ways": ways,
        "this_page": this_page,
        "switched_to": switched_to,
    }


def ways() -> list[list[tuple[str, str]]]:
    """Where somebody who is lost may go: every league and every indicator, each with its address."""
    data, lang = service().baselines, current_language()
    return [
        [(one.name(lang), to("league", code=one.code)) for one in data.leagues],
        [(one.name(lang), to("indicator", indicator=one.id)) for one in data.commitments],
    ]


def years_whole(title: str) -> Markup:
    """A title for a narrow column, in which no years that belong together part.

    >>> str(years_whole("按2021—2024年趋势"))
    '按<span class="together">2021—2024年</span>趋势'
    """
    parted = enumerate(_YEARS.split(title))
    return Markup("").join(_TOGETHER.format(part) if at % 2 else part for at, part in parted)
