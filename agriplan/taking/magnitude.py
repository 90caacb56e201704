"""How large readings are, held against what the data folder knows: where a unit or a decimal point was probably lost.

A wrong unit is never found: a figure is compared with its own area's, a league's with the region's as well, and what
can be compared with nothing is doubtful for that reason.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from agriplan.baselines.doubts import MOST_TIMES_NEIGHBOUR, times_off
from agriplan.baselines.folder import Baselines
from agriplan.formatting import print_significant, unit_called
from agriplan.taking.reading import TakenFigure

# Printed figures are rounded one by one: a sum of a dozen of them is off by less than this part of it.
ROUNDING = 0.005
# Leagues' reports add up to something else than the region's published figure, by seldom more than this part of it.
STATISTICAL = 0.1
# The fastest the region's own figures have grown from one year to the next since the census: beef, +14.2 % in 2025.
A_YEAR = 0.15
KNOWN_DIGITS, RATIO_DIGITS = 6, 3


class DatedFigure(NamedTuple):
    """A known figure and its year."""

    year: int
    value: float


class Yardsticks:
    """What the folder knows, and what stands in the tables themselves, for readings to be compared with."""

    def __init__(self, readings: list[TakenFigure], baselines: Baselines) -> None:
        self.baselines = baselines
        self.leagues = baselines.league_codes
        self._folder: dict[tuple[str, str], dict[int, float]] = {}
        for (indicator, area, _), series in baselines.series.items():
            self._folder.setdefault((indicator, area), {}).update(series)
        self.read: dict[tuple[str, str], dict[int, float]] = {}
        for one in readings:
            if one.is_known and one.year and one.value is not None:
                self.read.setdefault((one.indicator, one.area), {})[one.year] = one.value
        # A table of a sheet's size asks the same of every row.
        self.nearest, self.shares = cache(self._nearest_known), cache(self._shares)
        self.sum_of_leagues = cache(self._sum_of_leagues)
        unit_values = {one.unit_value for one in baselines.commitments}
        self._amounts = {
            name for name, one in baselines.indicators.items() if one.upper is None and name not in unit_values
        }

    def _nearest_known(self, indicator: str, area: str, year: int) -> DatedFigure | None:
        """The figure that the folder has of that area nearest to a year."""
        return _nearest(self._folder.get((indicator, area), {}), year)

    def beside(self, reading: TakenFigure, year: int) -> DatedFigure | None:
        """The figure of the nearest other year in the tables."""
        others = self.read.get((reading.indicator, reading.area), {})
        return _nearest({at: value for at, value in others.items() if value and at != year}, year)

    def of_region(self, indicator: str, year: int) -> DatedFigure | None:
        """The region's figure nearest to a year."""
        return self.nearest(indicator, self.baselines.region.code, year)

    def doubt(self, reading: TakenFigure, code: str, **values: object) -> TakenFigure:
        """The reading with one more reason to doubt it, which names figures of its indicator."""
        return reading.doubt(code, unit=unit_called(self.baselines.indicators[reading.indicator]), **values)

    def is_part(self, reading: TakenFigure) -> bool:
        """Whether it is a league's part of an amount that leagues add up to."""
        return reading.area != self.baselines.region.code and reading.indicator in self._amounts

    def _shares(self, area: str) -> list[float]:
        """What parts of the region's base-year amounts are a league's, as far as they are known."""
        figures, region = self.baselines.base_figures, self.baselines.region.code
        return [
            figures[name, area].value / figures[name, region].value
            for name in self._amounts
            if (name, area) in figures and (name, region) in figures and figures[name, region].value > 0
        ]

    def _sum_of_leagues(self, indicator: str, year: int) -> tuple[float, bool]:
        """What the tables' leagues of one year add up to, and whether they are all.

        One that is out of line with its own figures has its reason already, and is no reason to doubt the others.
        """
        found = [self._in_line(indicator, code, year) for code in self.leagues]
        return sum(value for value in found if value is not None), None not in found

    def _in_line(self, indicator: str, code: str, year: int) -> float | None:
        value, near = self.read.get((indicator, code), {}).get(year), self.nearest(indicator, code, year)
        off = times_off(value, (near.value,)) if near and value is not None else None
        return value if off is None else None


SizeLook = Callable[[TakenFigure, int, Yardsticks], TakenFigure]


def sizes_are_likely(readings: list[TakenFigure], baselines: Baselines) -> list[TakenFigure]:
    """Every look at every reading of a year."""
    known = Yardsticks(readings, baselines)
    return [_looked_at(one, known) if one.is_known and one.year else one for one in readings]


def _looked_at(reading: TakenFigure, known: Yardsticks) -> TakenFigure:
    for look in SIZE_LOOKS:
        reading = look(reading, reading.year or 0, known)
    return reading


def _beside_its_own(reading: TakenFigure, year: int, known: Yardsticks) -> TakenFigure:
    """A value of more than three times, or less than a third of, the nearest one known of that area, or none of it."""
    near = known.nearest(reading.indicator, reading.area, year) or known.beside(reading, year)
    ratio = times_off(reading.value or 0.0, (near.value,)) if near else None
    if near is None or ratio is None:
        return reading
    if ratio == 0:
        return known.doubt(reading, "table_zero", value=_known(near.value), year=near.year)
    return known.doubt(reading, "table_out_of_line", times=_ratio(ratio), value=_known(near.value), year=near.year)


def _no_more_than_the_region(reading: TakenFigure, year: int, known: Yardsticks) -> TakenFigure:
    """No league has more of an amount than the region, of whatever year the region's figure is."""
    read = known.read.get((reading.indicator, known.baselines.region.code), {}).get(year)
    most = (reading.value or 0.0) / (1 + ROUNDING) if known.is_part(reading) else 0.0
    whole = known.of_region(reading.indicator, year)
    if whole and most > whole.value:
        return known.doubt(reading, "table_above_region", value=_known(whole.value), year=whole.year)
    if read is not None and most > read:
        return known.doubt(reading, "table_above_its_region", value=_known(read), year=year)
    return reading


def _adds_up_to_about_the_region(reading: TakenFigure, year: int, known: Yardsticks) -> TakenFigure:
    """Leagues that add up to far more than the region has, or, where they are all, to far less."""
    whole = known.of_region(reading.indicator, year)
    if not known.is_part(reading) or whole is None or whole.value <= 0:
        return reading
    total, are_all = known.sum_of_leagues(reading.indicator, year)
    most = (1 + STATISTICAL) * (1 + A_YEAR) ** abs(year - whole.year)
    if total <= most * whole.value and (total * most >= whole.value or not are_all):
        return reading
    return known.doubt(reading, "table_sum_off_region", total=_known(total), value=_known(whole.value), year=whole.year)


def _has_a_usual_share(reading: TakenFigure, year: int, known: Yardsticks) -> TakenFigure:
    """Where nothing of that sort is known of a league, its share of the region's tells how large it can be."""
    whole, value = known.of_region(reading.indicator, year), reading.value or 0.0
    shares = known.shares(reading.area) if known.is_part(reading) else []
    if not whole or not shares or whole.value <= 0 or known.nearest(reading.indicator, reading.area, year):
        return reading
    if value == 0:
        return known.doubt(reading, "table_zero_of_region", value=_known(whole.value), year=whole.year)
    share = value / whole.value
    if times_off(share, (min(shares), max(shares))) is None:
        return reading
    told = {"share": _ratio(100 * share), "low": _ratio(100 * min(shares)), "high": _ratio(100 * max(shares))}
    return known.doubt(reading, "table_share_unusual", value=_known(whole.value), year=whole.year, **told)


def _beside_the_region(reading: TakenFigure, year: int, known: Yardsticks) -> TakenFigure:
    """A league's value of a unit is about the region's, where its own is not known."""
    whole = known.of_region(reading.indicator, year)
    if known.is_part(reading) or not whole or known.nearest(reading.indicator, reading.area, year):
        return reading
    ratio = times_off(reading.value or 0.0, (whole.value,), MOST_TIMES_NEIGHBOUR)
    if ratio is None:
        return reading
    if ratio == 0:
        return known.doubt(reading, "table_zero_of_region", value=_known(whole.value), year=whole.year)
    return known.doubt(reading, "table_off_region", times=_ratio(ratio), value=_known(whole.value), year=whole.year)


def _is_comparable(reading: TakenFigure, year: int, known: Yardsticks) -> TakenFigure:
    """A figure beside which nothing is known: its unit may be right or wrong."""
    area, region = (
        known.nearest(reading.indicator, code, year) for code in (reading.area, known.baselines.region.code)
    )
    return reading if area or region else reading.doubt("table_nothing_known")


def _known(value: float) -> str:
    return print_significant(value, KNOWN_DIGITS)


def _ratio(value: float) -> str:
    return print_significant(value, RATIO_DIGITS)


def _nearest(series: dict[int, float], year: int) -> DatedFigure | None:
    at = min(series, key=lambda one: (abs(one - year), one), default=None)
    return None if at is None else DatedFigure(at, series[at])


SIZE_LOOKS: tuple[SizeLook, ...] = (
    _beside_its_own,
    _no_more_than_the_region,
    _adds_up_to_about_the_region,
    _has_a_usual_share,
    _beside_the_region,
    _is_comparable,
)
