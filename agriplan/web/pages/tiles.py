"""Where each league stands on the tile map, its shade, and where its name may break."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agriplan.baselines.records import Area

# Column and row by official code, west to east and north to south as on the map of Inner Mongolia.
PLACES = {
    "150700": (7, 1),
    "152200": (7, 2),
    "152500": (5, 3),
    "150400": (6, 3),
    "150500": (7, 3),
    "152900": (1, 4),
    "150800": (2, 4),
    "150200": (3, 4),
    "150100": (4, 4),
    "150900": (5, 4),
    "150300": (2, 5),
    "150600": (3, 5),
}
PLAIN_COLUMNS = 4  # of the map of a region that is not known here: its leagues in their order
SHADES = 5
LONG_WORD = 7  # letters; the narrowest tile, on a small phone, holds no more in one line
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Tile:
    """One league on the map: where it stands, its value and its shade, 0 (palest, or no value) to 5."""

    area: Area
    column: int
    row: int
    value: float
    shade: int


def lay_tiles(areas: Sequence[Area], values: Sequence[float]) -> list[Tile]:
    """Put every league in its place; shades are equal steps from the least to the greatest value."""
    known = all(area.code in PLACES for area in areas)
    plain = [(index % PLAIN_COLUMNS + 1, index // PLAIN_COLUMNS + 1) for index in range(len(areas))]
    places = [PLACES[area.code] for area in areas] if known else plain
    edges = steps(values)
    return [
        Tile(area, *place, value, shade_of(value, edges))
        for area, place, value in zip(areas, places, values, strict=True)
    ]


def steps(values: Sequence[float]) -> list[float]:
    """The edges between the shades, least and greatest included.

    >>> steps([0.0, 10.0, float("nan")])
    [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    """
    known = [value for value in values if not math.isnan(value)]
    if not known or min(known) == max(known):
        return []
    least, width = min(known), max(known) - min(known)
    return [least + width * step / SHADES for step in range(SHADES)] + [max(known)]


def shade_of(value: float, edges: Sequence[float]) -> int:
    """The shade of a value.

    >>> shade_of(9.0, steps([0.0, 10.0])), shade_of(float("nan"), steps([0.0, 10.0]))
    (5, 0)
    """
    if math.isnan(value):
        return 0
    return 1 + sum(value >= edge for edge in edges[1:-1]) if edges else SHADES // 2 + 1


def with_soft_hyphens(name: str) -> str:
    """An English name whose long words may break before a syllable, as near to their middle as there is one.

    >>> with_soft_hyphens("Hulunbuir and Alxa").replace(SOFT_HYPHEN, "-")
    'Hulun-buir and Alxa'
    """
    return re.sub(rf"[A-Za-z]{{{LONG_WORD},}}", _broken_word, name)


def _broken_word(found: re.Match[str]) -> str:
    word = found[0]
    starts = [one.start() for one in re.finditer("[^aeiou][aeiou]", word) if 1 < one.start() < len(word) - 2]
    at = min(starts, key=lambda start: abs(start - len(word) / 2), default=len(word))
    return SOFT_HYPHEN.join(filter(None, (word[:at], word[at:])))
