"""Figures that stand twice: a part below its total is told apart; of two values for one figure none is written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from agriplan.baselines.folder import Baselines
from agriplan.errors import Called, Problem
from agriplan.taking.reading import TakenFigure

MOST_PLACES = 4
"""Of a figure that stands in a dozen places a few say enough."""


def parts_stand_apart(readings: list[TakenFigure], _: Baselines) -> list[TakenFigure]:
    """What its table calls a part (其中：牛奶产量) is none of the figure that stands above it and is no smaller.

    Where it is greater, or the only one that goes by another name than the indicator's own, it is looked at.
    """
    totals: dict[tuple[object, str], TakenFigure] = {}
    found = []
    for reading in readings:
        key = (reading.key, reading.table)
        if not reading.is_known or not reading.is_part:
            if reading.is_known:
                totals[key] = reading
            found.append(reading)
        elif total := totals.get(key):
            found.append(_beside_its_total(reading, total))
        else:
            named = {"word": reading.named}
            found.append(reading if reading.by_own_name else reading.doubt("table_part_alone", **named))
    return found


def _beside_its_total(part: TakenFigure, total: TakenFigure) -> TakenFigure:
    if (part.value or 0.0) > (total.value or 0.0):
        return part
    values = {"word": part.named, "total": total.place}
    return replace(part, is_known=False, reasons=(Problem(part.place, "table_part", values),))


def stands_once(readings: list[TakenFigure], _: Baselines) -> list[TakenFigure]:
    """Two different values of one figure, in one table or in several: nobody knows which is meant."""
    twice = {one.key for several in twice_valued(readings) for one in several}
    return [reading.doubt("table_two_values") if _is_of(reading, twice) else reading for reading in readings]


def twice_valued(readings: Iterable[TakenFigure]) -> list[list[TakenFigure]]:
    """The figures that have more than one value, each with all its readings."""
    by_key: dict[object, list[TakenFigure]] = {}
    for one in readings:
        if one.is_known:
            by_key.setdefault(one.key, []).append(one)
    return [several for several in by_key.values() if len({one.value for one in several}) > 1]


def without_twice_valued(readings: Iterable[TakenFigure]) -> list[TakenFigure]:
    """The readings without those of figures that have more than one value."""
    given = list(readings)
    twice = {one.key for several in twice_valued(given) for one in several}
    return [one for one in given if not _is_of(one, twice)]


def tell_twice_valued(readings: Iterable[TakenFigure], baselines: Baselines, code: str) -> list[Problem]:
    """A sentence for each figure that has more than one value: whose it is, and where each of them stands."""
    return [Problem("", code, _places(several, baselines)) for several in twice_valued(readings)]


def _places(several: Sequence[TakenFigure], baselines: Baselines) -> dict[str, object]:
    area, indicator = baselines.areas[several[0].area], baselines.indicators[several[0].indicator]
    told = [f"{one.place} = {one.value:.12g}" for one in several]
    return {
        "area": Called("", area.name_zh, area.name_en),
        "indicator": Called("", indicator.name_zh, indicator.name_en),
        "year": several[0].year,
        "places": [*told[:MOST_PLACES], *(["…"] if len(told) > MOST_PLACES else [])],
    }


def _is_of(reading: TakenFigure, keys: set[tuple[str, str, int | None]]) -> bool:
    return reading.is_known and reading.key in keys
