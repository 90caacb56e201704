"""What the words of an address mean, each looked at by itself: that one means nothing hides no other."""

from collections.abc import Callable, Collection, Iterator, Mapping

from pydantic import BaseModel

from agriplan.analysis.evaluation import as_of_year
from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import Scenario
from agriplan.errors import Problem, ScenarioError, StoreMissing
from agriplan.nearest_word import did_you_mean
from agriplan.parsing import year_in
from agriplan.web.service import service
from agriplan.web.workbook_files import area_code


def wrong_words(model: type[BaseModel], sent: Mapping[str, str], told: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the meaning of the words whose form is right (those that are not `told` of)."""
    for name, check in MEANINGS.items():
        field = model.model_fields.get(name)
        if field is not None and name in sent and name not in told and sent[name] not in (field.examples or ()):
            try:
                check(sent[name], service().baselines)
            except ScenarioError as error:
                yield from error.problems


def wrong_names(sent: Mapping[str, str], told: Collection[str]) -> Iterator[Problem]:
    """Which saved scenario there is not: asked of the store only where something else is wrong already."""
    for name in ("scenario", "identity"):
        if name in sent and name not in told:
            try:
                service().scenario(sent[name])
            except StoreMissing as error:
                yield from error.problems


def _is_area(word: str, data: Baselines) -> None:
    area_code(data, word)


def _is_indicator(word: str, data: Baselines) -> None:
    if word not in data.indicators:
        near = did_you_mean(word, data.indicators)
        raise ScenarioError([Problem("indicator", "unknown_indicator", {"word": word}, near)])


def _is_year(word: str, data: Baselines) -> None:
    as_of_year(Scenario(), data, year_in(word))


MEANINGS: dict[str, Callable[[str, Baselines], None]] = {
    "area": _is_area,
    "indicator": _is_indicator,
    "as_of": _is_year,
}
