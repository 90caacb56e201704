"""What of a plan is asked for: some areas, some indicators, or everything."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from agriplan.baselines.area_names import words_for_areas
from agriplan.baselines.folder import Baselines
from agriplan.baselines.indicator_names import find_indicator, names_of_indicators
from agriplan.errors import Problem, ScenarioError
from agriplan.nearest_word import did_you_mean


@dataclass(frozen=True)
class Chosen:
    """Codes of areas and ids of indicators; none stands for all."""

    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    def has(self, indicator: str | None, area: str | None = None) -> bool:
        """Whether that indicator is asked for, and that area where one is named.

        >>> Chosen(areas=("150500",)).has("milk", "150400"), Chosen(indicators=("milk",)).has("milk")
        (False, True)
        """
        return (not self.indicators or indicator in self.indicators) and (
            area is None or not self.areas or area in self.areas
        )


EVERYTHING = Chosen()


def find_chosen(areas: Sequence[str], indicators: Sequence[str], data: Baselines) -> Chosen:
    """Find areas and indicators by code, id or name; raises `ScenarioError` with every word that means nothing."""
    problems: list[Problem] = []
    known_areas = words_for_areas(data.areas.values())
    names = names_of_indicators(data)
    found = Chosen(
        tuple(_look_up(areas, lambda word: getattr(data.find_area(word), "code", None), "area", known_areas, problems)),
        tuple(_look_up(indicators, lambda word: find_indicator(word, names), "indicator", list(names), problems)),
    )
    if problems:
        raise ScenarioError(problems)
    return found


def _look_up(
    words: Iterable[str], find: Callable[[str], str | None], what: str, known: list[str], problems: list[Problem]
) -> Iterable[str]:
    for word in words:
        if (one := find(word)) is not None:
            yield one
        else:
            problems.append(Problem("", f"unknown_{what}", {"word": word}, did_you_mean(word, known)))
