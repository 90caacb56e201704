"""What an address asks for, by code or name: what there is not is told with what was probably meant.

Before anything is shown each word must stand once, and the language must be one that there is.
"""

from collections.abc import Iterable

from flask import request

from agriplan.baselines.area_names import no_such_area
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.indicator_names import find_indicator, names_of_indicators
from agriplan.baselines.records import Area
from agriplan.errors import BaselinesError, Called, NotThere, Problem
from agriplan.nearest_word import did_you_mean
from agriplan.parsing import FIRST_YEAR, LAST_YEAR, year_in
from agriplan.sentences import LANGS, catalogue, say
from agriplan.web.language import LANGUAGES, WITHOUT_WORDS
from agriplan.web.pages.blueprint import pages


def area_asked(data: Baselines, word: str) -> Area:
    """The region or a league by its code or a name; raises `NotThere` that says so."""
    area = data.find_area(word)
    if area is None:
        raise NotThere([no_such_area(word, data.areas.values())])
    return area


def league_asked(data: Baselines, word: str) -> Area:
    """The same for a league alone."""
    area = data.find_area(word)
    if area is None or area.code == data.region.code:
        raise NotThere([no_such_area(word, data.leagues)])
    return area


def commitment_asked(data: Baselines, word: str) -> Commitment:
    """A commitment by its id or a name."""
    known = {name: key for name, key in names_of_indicators(data).items() if key in data.by_id}
    found = find_indicator(word, known)
    if found is None:
        raise NotThere([Problem("", "unknown_indicator", {"word": word}, did_you_mean(word, list(known)))])
    return data.by_id[found]


def word_asked(code: str, word: str, known: Iterable[str], family: str = "") -> str:
    """The word where it is one of those known; raises `NotThere` with the problem of that code.

    `family` is how the codes of the sentences begin by which the page calls them: an address holds the words
    themselves, so both are told.
    """
    words = list(known)
    if word not in words:
        meant = did_you_mean(word, words) or did_you_mean(word.casefold(), words)
        raise NotThere([Problem("", code, {"word": word, "known": [_called(one, family) for one in words]}, meant)])
    return word


def _called(word: str, family: str) -> Called | str:
    code = f"{family}{word}"
    return Called(word, *(say(code, lang) for lang in LANGS)) if family and code in catalogue() else word


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


OF_THE_API = "api"
MAY_REPEAT = frozenset({"choose"})  # of scenarios to compare there are several


@pages.before_app_request
def refuse_unclear_address() -> None:
    """Raise `NotThere` for a word that stands twice, and for a language that no page is in.

    The API says the same of its own addresses, as programs need it.
    """
    if request.endpoint in {None, *WITHOUT_WORDS} or request.blueprint == OF_THE_API:
        return
    twice = [name for name, said in request.args.lists() if len(said) > 1 and name not in MAY_REPEAT]
    if twice:
        raise NotThere([Problem("", "key_twice", {"word": name}) for name in twice])
    if lang := request.args.get("lang", ""):
        word_asked("unknown_word", lang, LANGUAGES)
