"""A note: one sentence about one indicator of a plan, and what its makers read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agriplan.analysis.unit_words import unit_of_differences, unit_of_growth, word_of_total
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.tables import Columns, Flags
from agriplan.formatting import print_number, unit_behind
from agriplan.rounding import COMPARE_DIGITS
from agriplan.sentences import LANGS, Lang, listed, say


@dataclass(frozen=True)
class Note:
    """One sentence about one indicator: its code in `wording/*.toml` and the values it names, in each language."""

    code: str
    indicator: str
    values: dict[Lang, dict[str, str]]
    family: str = "note"
    about: tuple[str, ...] = ()
    """The leagues that it names."""

    def text(self, lang: Lang) -> str:
        """The sentence."""
        return say(f"{self.family}.{self.code}", lang, **self.values[lang])


@dataclass(frozen=True)
class NoteSubject:
    """One indicator of a plan: its line, its leagues' columns and its commitment."""

    plan: Plan
    commitment: Commitment
    line: Mapping[str, Any]
    leagues: Columns

    @property
    def shown(self) -> Mapping[str, Any]:
        """The line as it is printed, as on the pages and sheets beside the sentence."""
        return self.plan.printed.by_indicator[self.commitment.id]

    def note(
        self,
        code: str,
        about: Flags | None = None,
        words: Mapping[Lang, Mapping[str, str]] | None = None,
        **numbers: float,
    ) -> Note:
        """Make a note; numbers are printed in the indicator's unit, the leagues it is about become a list of names.

        `words` stand as they are given.
        """
        decimals = self.plan.baselines.decimals(self.commitment)
        printed = {name: print_number(value, decimals) for name, value in numbers.items()}
        codes = () if about is None else tuple(self.leagues["code"][about].tolist())
        values: dict[Lang, dict[str, str]] = {}
        for lang in LANGS:
            values[lang] = {
                "name": self.commitment.name(lang),
                "together": word_of_total(self.commitment, lang),
                "unit": unit_of_differences(self.commitment, lang),
                "level": unit_behind(self.commitment.unit(lang), lang),
                "per_year": unit_of_growth(self.commitment.is_rate, lang),
                "leagues": listed((self.plan.baselines.areas[each].name(lang) for each in codes), lang),
                **printed,
                **(words or {}).get(lang, {}),
            }
        return Note(code, self.commitment.id, values, about=codes)

    def say(self, code: str, what: dict[Lang, str], about: tuple[str, ...] = ()) -> Note:
        """Make a note about something that has a name in each language."""
        values = {lang: {"name": self.commitment.name(lang), "what": what[lang]} for lang in LANGS}
        return Note(code, self.commitment.id, values, about=about)


def base_is_moved(shown: Mapping[str, Any]) -> bool:
    """Whether the region's base-year figure, in a line as it is printed, is another than was published.

    >>> [base_is_moved({"baseline": baseline, "published": 0.1 + 0.2}) for baseline in (0.31, 0.3)]
    [True, False]
    """
    return bool(round(shown["baseline"] - shown["published"], COMPARE_DIGITS))
