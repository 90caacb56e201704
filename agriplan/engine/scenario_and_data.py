"""A scenario beside the data it is laid over: words that are not known there, figures that a plan cannot do without."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agriplan.baselines.folder import Baselines
from agriplan.baselines.indicator_names import find_indicator, names_of_indicators
from agriplan.engine.base_figures import stating_chain
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
        if code == "year_outside_plan":
            years = self.data.later_years
            return code, {"word": word, "first": years[0], "last": years[-1]}
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


def named_leagues_have_figures(given: ScenarioAndData) -> Iterator[Problem]:
    """Every named league's quantity and herd, and the region's unit value."""
    for commitment in given.data.commitments:
        wanted = [commitment.quantity, *([commitment.herd] if commitment.herd else [])]
        if commitment.unit_value and not _has(given, commitment.unit_value, given.data.region.code):
            yield _ask("missing_figure", f"baseline.{commitment.unit_value}", given.data.region.code, given)
        for code in commitment.leagues:
            for indicator in wanted:
                if not _has(given, indicator, code):
                    yield _ask("missing_figure", f"baseline.{indicator}", code, given)


def used_figures_have_growth(given: ScenarioAndData) -> Iterator[Problem]:
    """A suggestion or an entry for whatever is projected."""
    region = given.data.region.code
    for commitment in given.data.commitments:
        pairs = [(commitment.id, commitment.quantity), *([(commitment.herd,) * 2] if commitment.herd else [])]
        for key, indicator in pairs:
            entered = given.scenario.growth.get(key, {})
            for code in given.data.areas:
                known = region in entered or code in entered or (indicator, code) in given.suggested
                if not known and _has(given, indicator, code):
                    yield _ask("missing_growth", f"growth.{key}", code, given)
        value = (commitment.unit_value or "", region)
        is_given = commitment.id in given.scenario.unit_value_growth or value in given.suggested
        if commitment.unit_value and not is_given:
            yield _ask("missing_growth", f"unit_value_growth.{commitment.id}", region, given)


def _has(given: ScenarioAndData, indicator: str, code: str) -> bool:
    if (indicator, code) in given.data.base_figures or code in given.scenario.baseline.get(indicator, {}):
        return True
    return stating_chain(given.scenario, given.data, indicator, code) is not None


def _ask(problem: str, place: str, code: str, given: ScenarioAndData) -> Problem:
    values = area_and_indicator(place.partition(".")[2], code, given.data) | {"year": given.data.base_year}
    return Problem(f"{place}.{code}", problem, values)


def area_and_indicator(indicator: str, code: str, data: Baselines) -> dict[str, object]:
    """What an area and an indicator are called, for the sentence of a problem."""
    area, name = data.areas[code], data.indicators.get(indicator) or data.by_id[indicator]
    return {"area_zh": area.name_zh, "area_en": area.name_en, "zh": name.name_zh, "en": name.name_en}
