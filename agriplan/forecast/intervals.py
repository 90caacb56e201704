"""How far forecasts of short yearly series really miss, and what follows for ranges and probabilities.

A *miss* is ln(actual / forecast) for amounts and actual - forecast, in points, for rates. Ranges are arrays of misses
at the probabilities `PROBABILITIES` (last axis), signed and not symmetrical; they come from `calibration.json`, which
`benchmarks/projection.py` estimated from public yearly series. Everything here is plain arithmetic on arrays.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agriplan.forecast.growth import GrowthKind, shrinkage_weight

Array = NDArray[np.float64]

PROBABILITIES = np.array([0.025, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.975])
"""The probabilities at which misses are stored: the ends of the 95, 90, 80 and 60 % ranges and the median."""

LOW_80, MEDIAN, HIGH_80 = 2, 4, 6
"""Places of the 10 %, 50 % and 90 % points in `PROBABILITIES`."""

BAND_EDGES = np.array([0.05, 0.2, 0.5, 0.8, 0.95])
BANDS = ("<5 %", "5-20 %", "20-50 %", "50-80 %", "80-95 %", ">95 %")
"""What is reported instead of a probability: the data cannot tell 31 % from 34 %."""


def edges_passed(band: str) -> int:
    """How many edges between bands a target has passed whose likelihood is in that one; of the likeliest none.

    >>> edges_passed(">95 %"), edges_passed("<5 %")
    (0, 5)
    """
    return len(BANDS) - 1 - BANDS.index(band)


LEAST_SWING = {"amount": 0.005, "rate": 0.1}
"""The least yearly swing believed of a history (half a per cent; a tenth of a point): no series is without error,
and statistics that hardly move were often carried forward rather than counted."""

NORMAL_SHAPE = np.array([NormalDist().inv_cdf(p) / NormalDist().inv_cdf(0.9) for p in PROBABILITIES.tolist()])
"""Where only an 80 % range is known, the other points follow the normal curve, each side by itself."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """Misses in units of a series' yearly swing: `misses` has shape (len(years), 10 horizons, probabilities).

    `with_older` is the same for histories that an older basis stands behind, in units of both swings together.
    """

    years: NDArray[np.int64]
    misses: Array
    with_older: Array
    typical_swing: float
    provenance: dict[str, object]


@cache
def calibration() -> Calibration:
    """The calibration that ships with the package."""
    stored = json.loads(files("agriplan").joinpath("forecast/calibration.json").read_text(encoding="utf-8"))
    years = sorted({row["years"] for row in stored["rows"]})
    return Calibration(
        years=np.array(years),
        misses=_table(stored["rows"], len(years)),
        with_older=_table(stored["rows_with_older"], len(years)),
        typical_swing=float(stored["typical_swing"]),
        provenance=stored["provenance"],
    )


def _table(rows: list[dict[str, Any]], lengths: int) -> Array:
    ordered = sorted(rows, key=lambda row: (row["years"], row["horizon"]))
    return np.array([row["misses"] for row in ordered], dtype=float).reshape(lengths, -1, len(PROBABILITIES))


def yearly_swing(history: ArrayLike, kind: GrowthKind) -> float:
    """How much a series moves: the mean of |d - mean(d) / 2|, d being its yearly changes.

    In logarithms (about per cent / 100) for amounts, in points for rates. A steady trend counts by half because it is
    missed by less than ups and downs of the same size; of eight measures tried this one carried over best from one
    collection of public series to another (`docs/projection.md`).

    >>> round(yearly_swing([100, 110, 100], "amount"), 4), yearly_swing([90, 91, 93], "rate")
    (0.0953, 0.75)
    """
    values = np.asarray(history, dtype=float)
    if len(values) < 2 or (kind == "amount" and not np.all(values > 0)):
        return calibration().typical_swing if kind == "amount" else LEAST_SWING["rate"]
    steps = np.diff(np.log(values) if kind == "amount" else values)
    return max(float(np.mean(np.abs(steps - steps.mean() / 2))), LEAST_SWING[kind])


def own_weight(years: ArrayLike) -> Array:
    """How much an amount's own swing counts against the typical one, by years of history.

    >>> own_weight([2, 4, 10]).tolist()
    [0.5, 0.875, 0.98]
    """
    return np.asarray(1 - 2 / np.maximum(np.asarray(years, dtype=float), 2) ** 2)


def used_swing(swing: ArrayLike, years: ArrayLike, typical: float) -> Array:
    """An amount's swing as it is used: drawn towards the typical one, the more the shorter the history."""
    weight = own_weight(years)
    return np.asarray(np.asarray(swing, dtype=float) ** weight * typical ** (1 - weight))


def both_swings(used: ArrayLike, older: ArrayLike) -> Array:
    """The geometric mean of a history's swing, as it is used, and that of an older basis.

    A few calm years say little of a series that was lively for decades: forecasts of such series missed the ranges that
    rest on the calm years alone twice as often as they should (`docs/projection.md`).

    >>> float(both_swings(0.02, 0.08))
    0.04
    """
    return np.asarray(np.sqrt(np.asarray(used, dtype=float) * np.asarray(older, dtype=float)))


def fitted_misses(
    years: ArrayLike, horizon: ArrayLike, swing: ArrayLike, kind: GrowthKind = "amount", older: float | None = None
) -> Array:
    """Misses of a forecast from so many years, so many years ahead; shape (..., probabilities).

    years, horizon (1 to 10, further is taken as 10) and swing (see `yearly_swing`) broadcast against each other.
    `older` is the swing on an older basis, where there is one.
    """
    table = calibration()
    misses = table.misses if older is None else table.with_older
    row = np.clip(np.searchsorted(table.years, years, side="right") - 1, 0, None)
    standard = misses[row, np.clip(horizon, 1, misses.shape[1]) - 1]
    scale = used_swing(swing, years, table.typical_swing) if kind == "amount" else np.asarray(swing, dtype=float)
    if older is not None:
        scale = both_swings(scale, older)
    return np.asarray(standard * scale[..., np.newaxis])


def assumed_misses(growth: float, low: float, high: float, horizon: int, kind: GrowthKind = "amount") -> Array:
    """Misses of an assumed growth (per cent, for rates points) whose plausible range is taken as the 80 % range."""
    below, above = log_or_points(low, growth, horizon, kind), log_or_points(high, growth, horizon, kind)
    return np.asarray(np.where(NORMAL_SHAPE < 0, -below, above) * NORMAL_SHAPE)


def log_or_points(growth: float, than: float, horizon: int, kind: GrowthKind) -> float:
    """How far a growth leads away from another one over the years, as a miss."""
    if kind == "rate":
        return (growth - than) * horizon
    return horizon * float(np.log((1 + growth / 100) / (1 + than / 100)))


def widen(misses: Array, factor: float) -> Array:
    """Draw the points away from their median by a factor."""
    median = misses[..., MEDIAN : MEDIAN + 1]
    return median + factor * (misses - median)


def league_factor(years: int) -> float:
    """How much wider a league's range is than the region's, by the years of its own history (fewer than six).

    A league moves with the region and by itself. Nothing is published on how far leagues part from the region, so
    its own part is taken to be as uncertain as the region's whole and independent of it, less what its own years
    tell (their weight is that of the suggestion): sqrt(1 + 1 - w), which is 1.41 for one year and 1.25 for five.
    """
    return float(np.sqrt(2 - shrinkage_weight(max(years, 1))))


def combine(*several: Array) -> Array:
    """The misses of a product (for rates: a sum) of things that miss independently of each other.

    Medians add up, distances from the median add up as root of squares, each side by itself.
    """
    medians = [misses[..., MEDIAN : MEDIAN + 1] for misses in several]
    squares = sum((misses - median) ** 2 for misses, median in zip(several, medians, strict=True))
    return np.asarray(sum(medians) + np.sign(NORMAL_SHAPE) * np.sqrt(squares))


def measurement_misses(relative_error: ArrayLike, baseline: ArrayLike = 1.0, kind: GrowthKind = "amount") -> Array:
    """Misses of the baseline itself: "plus or minus 3 %" is taken as its 80 % range; for rates per cent of the rate."""
    error = np.asarray(relative_error, dtype=float)
    half = np.log1p(error) if kind == "amount" else error * np.asarray(baseline, dtype=float)
    return np.asarray(half[..., np.newaxis] * NORMAL_SHAPE)


def growth_range(growth: float, misses: Array, horizon: int, kind: GrowthKind) -> tuple[float, float]:
    """The 80 % range of a yearly growth (per cent, for rates points) whose forecast misses like this."""
    ends = misses[[LOW_80, HIGH_80]] / horizon
    if kind == "rate":
        return float(growth + ends[0]), float(growth + ends[1])
    low, high = 100 * ((1 + growth / 100) * np.exp(ends) - 1)
    return float(low), float(high)


def range_of(
    projection: ArrayLike, misses: Array, share: float = 0.8, kind: GrowthKind = "amount", ceiling: float | None = None
) -> tuple[Array, Array]:
    """Low and high end of the range that holds that share of outcomes (0.6, 0.8, 0.9 or 0.95).

    That of a rate lies between 0 and its natural `ceiling`, where it has one.

    >>> low, high = range_of(100.0, assumed_misses(0, -2, 3, 1))
    >>> round(float(low), 6), round(float(high), 6)
    (98.0, 103.0)
    """
    place = int(np.argmin(np.abs(PROBABILITIES - (1 - share) / 2)))
    ends = misses[..., [place, len(PROBABILITIES) - 1 - place]]
    projected = np.asarray(projection, dtype=float)[..., np.newaxis]
    reached = projected * np.exp(ends) if kind == "amount" else np.clip(projected + ends, 0.0, ceiling)
    return reached[..., 0], reached[..., 1]
