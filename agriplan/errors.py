"""One tree of errors; each carries every problem that was found, with its place and what was probably meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Literal, Self

from agriplan.moments import print_time
from agriplan.sentences import COMMAS, LANGS, Lang, say


@dataclass(frozen=True)
class Called:
    """What files know by a code: a sentence says its name, and the code by which the reader finds it there.

    >>> Called("milk_output", "奶类产量", "milk output").text("en"), Called("150500", "150500", "150500").text("zh")
    ('milk output (milk_output)', '150500')
    """

    code: str
    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The name, with the code behind it where that is another word."""
        name = self.zh if lang == "zh" else self.en
        return name if self.code in ("", name) else say("problem.called", lang, name=name, key=self.code)


Bound = Literal["gt", "ge", "lt", "le"]


def bound(sort: Bound, number: object) -> Called:
    """What a number has to be, in words: above (`gt`), at least (`ge`), below (`lt`) or at most (`le`) another one.

    A figure with its unit is `Called`.

    >>> bound("gt", -100).text("zh"), bound("le", 100).text("en")
    ('大于 -100', 'at most 100')
    """
    return Called("", *(say(f"bound.{sort}", lang, number=_as_typed(number, lang)) for lang in LANGS))


# So much of what was typed a sentence says again: the id of a saved scenario has as many characters, a name fewer.
MOST_ECHOED = 64
# A place is a path in a file or on a disk, which is needed whole; a longer one was made to be long.
MOST_IN_PLACE = 300
# The values of sentences that are what was typed.
_ECHOES = frozenset(("word", "id", "login", "typed"))


def echoed(text: str, most: int = MOST_ECHOED) -> str:
    """A text as a sentence says it again: the beginning, with a mark in the place of what is too much of it.

    >>> echoed("a" * 5000)[-3:], len(echoed("a" * 5000)), echoed("milc")
    ('aa…', 64, 'milc')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, which sentence of `wording/` says it, and the values it names.

    >>> print(Problem("growth.milc", "unknown_indicator", {"word": "milc"}, "milk").text("en"))
    growth.milc: there is no indicator "milc"; did you mean "milk"?
    """

    place: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    suggestion: str | None = None
    more: int = 0
    """In how many more places of the same file the same thing is wrong."""

    @property
    def said(self) -> tuple[str, str]:
        """What is wrong, apart from where and from what was meant."""
        return self.code, str(sorted(self.values.items()))

    def text(self, lang: Lang) -> str:
        """Say the problem as one line: its place, what is wrong and, where known, what was probably meant."""
        words = {
            name: echoed(value) if name in _ECHOES and isinstance(value, str) else _as_typed(value, lang)
            for name, value in self.values.items()
        }
        sentence = say(f"problem.{self.code}", lang, **words)
        hint = say("problem.did_you_mean", lang, word=self.suggestion) if self.suggestion else ""
        more = say("problem.and_more", lang, count=self.more) if self.more else ""
        place = echoed(self.place, MOST_IN_PLACE)
        return f"{place}: {sentence}{hint}{more}" if place else f"{sentence}{hint}{more}"


def _as_typed(value: object, lang: Lang) -> object:
    """A number as a person writes it (a workbook and JSON hold every one as a float), what has a name by its name.

    A moment is written by the clock of its zone, which is named.

    >>> _as_typed(120.0, "en"), _as_typed(0.5, "en"), _as_typed((Called("150500", "通辽市", "Tongliao"), 2020), "zh")
    ('120', 0.5, '通辽市（150500）、2020')
    >>> _as_typed(["amount", "target"], "zh"), _as_typed(["amount", "target"], "en")
    ('amount、target', 'amount, target')
    """
    if isinstance(value, list) or type(value) is tuple:  # a place is a tuple with names, and has a text of its own
        return COMMAS[lang].join(str(_as_typed(each, lang)) for each in value)
    if isinstance(value, Called):
        return value.text(lang)
    if isinstance(value, datetime):
        return print_time(value)
    return without_point(value) if isinstance(value, float) and value.is_integer() else value


def without_point(number: float) -> str:
    """A number as a person writes it: a whole one without a point, one beyond all digits by its power of ten.

    >>> without_point(120.0), without_point(0.5), without_point(1e30)
    ('120', '0.5', '1e+30')
    """
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e16 else str(number)


# More than anybody reads; a file can be made to have any number, and each costs a search for what was meant.
MOST_PROBLEMS = 100
# So many of one file are looked at closely: those to be told are among them, once what is alike is gathered.
MOST_STUDIED = 4 * MOST_PROBLEMS


class AgriplanError(Exception):
    """Something that a person can put right; `problems` holds what was found, in order, up to a hundred."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take the problems; of a great many only the first hundred are looked at."""
        each = iter(problems)
        found = list(islice(each, MOST_PROBLEMS))
        if (further := next(each, None)) is not None:
            found.append(further if further.code == "more_problems" else Problem("", "more_problems"))
        self.problems: tuple[Problem, ...] = tuple(found)
        super().__init__(self.text("en"))

    def text(self, lang: Lang) -> str:
        """All problems, a line each."""
        return "\n".join(problem.text(lang) for problem in self.problems)

    def within(self, name: str) -> Self:
        """The same problems, each placed in the file of that name.

        >>> print(ScenarioError([Problem("status_margin", "empty")]).within("方案.json").text("en"))
        方案.json: status_margin: must not be empty
        """
        return type(self)(replace(one, place=": ".join(filter(None, (name, one.place)))) for one in self.problems)


class SettingsError(AgriplanError):
    """The service cannot run with these settings."""


class BaselinesError(AgriplanError):
    """The data folder cannot be used as it is.

    `lacking` are figures that a plan without entries would lack once the problems are mended, and `cautions` what to
    look at again then: for whoever checks the folder, to tell at once.
    """

    def __init__(
        self, problems: Iterable[Problem], lacking: Iterable[Problem] = (), cautions: Iterable[Problem] = ()
    ) -> None:
        """Take the problems, and what else there is to tell of the folder."""
        super().__init__(problems)
        self.lacking, self.cautions = tuple(lacking), tuple(cautions)


class ScenarioError(AgriplanError):
    """The scenario asks for something that does not exist or has no meaning."""


class TemplateError(AgriplanError):
    """The workbook template cannot be used as it is."""


class WorkbookError(AgriplanError):
    """A workbook that was handed in cannot be read back."""


class OutputError(AgriplanError):
    """A result cannot be written to where it was asked for."""


class StoreError(AgriplanError):
    """A scenario cannot be saved or found."""


class StoreMissing(StoreError):
    """No scenario of that name or id is kept."""


class NotThere(AgriplanError):
    """What the address of a page asks for is not there."""


class StoreConflict(StoreError):
    """Somebody else saved under this name in the meantime, or the name is taken; nothing was changed."""


class StoreFull(StoreError):
    """The store holds as many scenarios or changes as it may."""


class StoreUnavailable(StoreError):
    """The database cannot be opened or does not answer; what was saved before is not affected."""


class Busy(AgriplanError):
    """There is too much to do at the moment; the same will be answered a little later."""


class NotAllowed(AgriplanError):
    """Whoever asks has not said who they are, or may not do this."""


class TooMany(AgriplanError):
    """One client asks for more than its share."""


# As many rows with the same mistake are told one by one: with more, the first stands for all.
TOLD_APART = 3


def gather(problems: Iterable[Problem]) -> list[Problem]:
    """Tell a mistake that runs through a file once, with the number of further places.

    >>> found = gather(Problem(f"observed.csv:{row}", "unknown_area", {"word": "9"}) for row in range(2, 9))
    >>> [problem.text("en") for problem in found]
    ['observed.csv:2: there is no area "9" (and in 6 more places)']
    """
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.place.partition(":")[0], *problem.said), []).append(problem)
    return [
        problem
        for same in groups.values()
        for problem in (same if len(same) <= TOLD_APART else [replace(same[0], more=len(same) - 1)])
    ]
