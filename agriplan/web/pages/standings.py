"""Rows of the monitoring board: one indicator's areas below each other, or one league's indicators."""

from collections.abc import Sequence

from agriplan.analysis.monitoring import IndicatorBoard
from agriplan.baselines.folder import Baselines
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import to

# What it is called, where it leads, the indicator, and the area's code.
BoardRow = tuple[str, str, IndicatorBoard, str]


def standings_of_leagues(reported: IndicatorBoard, data: Baselines) -> list[BoardRow]:
    """The region and its leagues for one indicator, those that reported."""
    lang = current_language()
    region = (data.region.name(lang), to("overview"), reported, data.region.code)
    leagues = ((one.name(lang), to("league", code=one.code), reported, one.code) for one in data.leagues)
    return [row for row in (region, *leagues) if row[3] in reported.by_area]


def standings_of_indicators(reported: Sequence[IndicatorBoard], code: str) -> list[BoardRow]:
    """Every indicator for one league."""
    lang = current_language()
    return [(one.commitment.name(lang), to("indicator", indicator=one.commitment.id), one, code) for one in reported]
