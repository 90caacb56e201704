"""What a plan cannot do without, in the data or entered: figures of the base year, and a growth for each."""

from collections.abc import Iterator

from agriplan.baselines.folder import Baselines
from agriplan.engine.base_figures import stating_chain
from agriplan.engine.words_asked import ScenarioAndData
from agriplan.errors import Problem


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
