"""A caution (提示): one entry of a scenario that asks to be looked at again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agriplan.analysis.entries import say_path
from agriplan.baselines.folder import Baselines
from agriplan.errors import Called
from agriplan.sentences import Lang, say

# Ends of a range are met, and limits are kept, when they agree in so many digits.
LIMIT_DIGITS = 9
# Nobody writes less than a thousandth for per cent or points: that is another slip, and times 100 would be one, too.
LEAST_PART_OF_ONE = 0.001


@dataclass(frozen=True)
class Caution:
    """One entry that asks for a second look: its path in the scenario, the sentence's code and the values it names.

    What has another name in each language, as a unit has, is a value that is `Called`; `words` are values that are
    sentences themselves, by their codes.
    """

    place: str
    code: str
    values: Mapping[str, str | Called]
    words: dict[str, str] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        """The sentence, as it stands beside the entry."""
        words = {name: say(code, lang) for name, code in self.words.items()}
        values = {name: one.text(lang) if isinstance(one, Called) else one for name, one in self.values.items()}
        return say(f"caution.{self.code}", lang, **values, **words)


def say_caution(caution: Caution, data: Baselines, lang: Lang) -> str:
    """The sentence with its entry in words before it, for a list."""
    place = say_path(caution.place, data, lang)
    return say("caution.placed", lang, place=place, text=caution.text(lang))
