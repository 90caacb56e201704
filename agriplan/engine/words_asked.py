"""A scenario beside the data it is laid over: which of its words are known there, and what others probably mean."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agriplan.baselines.folder import Baselines
from agriplan.baselines.indicator_names import find_indicator, names_of_indicators
from agriplan.engine.scenario import Scenario
from agriplan.errors import Called, Problem
from agriplan.nearest_word import did_you_mean
from agriplan.parsing import is_year


class ScenarioAndData(NamedTuple):
    """A scenario, the data that it is laid over, and the (indicator, area) pairs with a growth suggestion."""

    scenario: Scenario
    data: Baselines
    suggested: set[tuple[str, str]]

    def unknown(self, place: str, words: Iterable[str], known: set[str], code: str) -> Iterator[Problem]:
        """The words that are none of those known, each with the one that is meant: also where its name was written.

        What is known elsewhere, another league or a year after the plan, was meant as it stands.
        """
        for word in words:
            if word not in known:
                told, values = self._told(word, code)
                near = next((one for one in self._named(word) if one in known), None)
                guess = near or (None if self._is_meant(word) else did_you_mean(word, sorted(known)))
                yield Problem(f"{place}.{word}", told, values, guess)

    def _told(self, word: str, code: str) -> tuple[str, dict[str, object]]:
        """A word that is an indicator, but none that is asked for here, is not told as one that is not there.

        An area is told by its name; what is none is not told as a league without a share, or in a place for others.
        """
        if area := self.data.areas.get(word):
            return code, {"word": Called(word, area.name_zh, area.name_en)}
        if code in ("not_named", "issued_not_named", "reason_not_named", "wrong_area"):
            return "unknown_area", {"word": word}
        known = {**self.data.indicators, **self.data.by_id}
        if code != "unknown_indicator" or word not in known:
            return code, {"word": word}
        return "unused_indicator", {"word": Called("", known[word].name_zh, known[word].name_en)}

    def _is_meant(self, word: str) -> bool:
        return word in self.data.areas or word in self.data.by_id or word in self.data.indicators or is_year(word)

    def _named(self, word: str) -> Iterator[str]:
        """Keys of the indicators and areas with that name in either language."""
        for one in self.data.areas.values():
            if one.is_called(word):
                yield one.code
        for key, called in {**self.data.indicators, **self.data.by_id}.items():
            if word in (called.name_zh, called.name_en):
                yield key
        short = find_indicator(word, names_of_indicators(self.data))
        if short is not None:
            yield short
        for commitment in self.data.commitments:
            # A value is no quantity: a number meant for one is none of the other.
            if commitment.quantity == word and commitment.kind != "value":
                yield commitment.id
