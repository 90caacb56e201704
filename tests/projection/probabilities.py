"""The probability behind a band, worked out another way than by the thresholds that plan and workbook compare with."""

import numpy as np
from numpy.typing import ArrayLike

from agriplan.forecast.attainment import demand
from agriplan.forecast.growth import GrowthKind
from agriplan.forecast.intervals import BAND_EDGES, BANDS, PROBABILITIES, Array


def attainment_probability(
    target: ArrayLike, projection: ArrayLike, misses: Array, kind: GrowthKind = "amount"
) -> Array:
    """The probability that the outcome is at least the target, between 0.025 and 0.975; shapes broadcast.

    Straight lines in the miss between the stored points; beyond the outermost nothing is known, so it stays there.
    """
    asked = demand(target, projection, kind)
    with np.errstate(divide="ignore"):
        asked = (np.log(asked) if kind == "amount" else asked)[..., np.newaxis]
    width = np.diff(misses, axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(width > 0, (asked - misses[..., :-1]) / width, asked >= misses[..., 1:])
    below = PROBABILITIES[0] + (np.clip(part, 0, 1) * np.diff(PROBABILITIES)).sum(axis=-1)
    return np.asarray(1 - below)


def band(probability: float) -> str:
    """The band that a probability falls in; an edge belongs to the band above it."""
    return BANDS[int(np.searchsorted(BAND_EDGES, probability + 1e-12, side="right"))]
