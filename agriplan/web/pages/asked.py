"""What an address asks for, by code or name; what there is not is told with what was probably meant."""

from collections.abc import Iterable

from flask import request

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Area
from agriplan.errors import BaselinesError, NotThere, Problem
from agriplan.nearest_word import did_you_mean
from agriplan.parsing import FIRST_YEAR, LAST_YEAR, year_in


def area_asked(data: Baselines, word: str) -> Area:
    """The region or a league by its code or a name; raises `NotThere` that says so."""
    area = data.find_area(word)
    if area is None:
        raise not_there(Problem("", "unknown_area", {"word": word}, did_you_mean(word, _names(data.areas.values()))))
    return area


def league_asked(data: Baselines, word: str) -> Area:
    """The same for a league alone."""
    area = data.find_area(word)
    if area is None or area.code == data.region.code:
        raise not_there(Problem("", "unknown_area", {"word": word}, did_you_mean(word, _names(data.leagues))))
    return area


def commitment_asked(data: Baselines, word: str) -> Commitment:
    """A commitment by its id or a name."""
    known = {name: one for one in data.commitments for name in (one.id, one.name_zh, one.name_en)}
    if word not in known:
        raise not_there(Problem("", "unknown_indicator", {"word": word}, did_you_mean(word, list(known))))
    return known[word]


def word_asked(code: str, word: str, known: Iterable[str]) -> str:
    """The word where it is one of those known; raises `NotThere` with the problem of that code."""
    words = list(known)
    if word not in words:
        raise not_there(
            Problem(
                "",
                code,
                {"word": word, "known": words},
                did_you_mean(word, words) or did_you_mean(word.casefold(), words),
            )
        )
    return word


def year_typed(field: str, called: str) -> int | None:
    """The year in a field of a form, None where it is empty; raises `BaselinesError` that says what it is called."""
    typed = request.form.get(field, "").strip()
    year = year_in(typed)
    if typed and year is None:
        values = {"what": called, "word": typed, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise BaselinesError([Problem("", "year_typed", values)])
    return year


def flag_asked(name: str) -> bool:
    """Whether the address says `name=1`; raises `NotThere` for any other word."""
    word = request.args.get(name, "")
    return bool(word and word_asked("unknown_word", word, ("1",)))


def not_there(*problems: Problem) -> NotThere:
    """The answer to an address that there is not, with the reason."""
    return NotThere(problems)


def _names(areas: Iterable[Area]) -> list[str]:
    return [name for one in areas for name in (one.code, one.name_zh, one.name_en)]
