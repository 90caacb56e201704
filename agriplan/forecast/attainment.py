"""How likely a target is reached from a projection: how such projections miss, and the bands that follow."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.forecast.growth import GrowthKind, growth_kind
from agriplan.forecast.intervals import (
    BAND_EDGES,
    BANDS,
    MEDIAN,
    PROBABILITIES,
    Array,
    assumed_misses,
    combine,
    league_factor,
    log_or_points,
    measurement_misses,
    widen,
)
from agriplan.forecast.swing import history_misses
from agriplan.forecast.tiers import Suggestions, suggestions_by_area
from agriplan.rounding import COMPARE_DIGITS, round_half_up

# Misses are known to two or three digits; more would only make files larger.
THRESHOLD_DIGITS = 6
EDGE_PLACES = np.searchsorted(PROBABILITIES, BAND_EDGES)


@dataclass(frozen=True, eq=False)
class AttainmentPoints:
    """What a target is compared with: `misses` at `ranges.PROBABILITIES`, and whether only an assumption stands behind.

    `kind` is amount (target / projection counts) or rate (target - projection counts); `assumed` speaks of the
    quantity's growth, `unit_value_assumed` of the unit value's.
    """

    kind: GrowthKind
    misses: Array
    assumed: bool
    unit_value_assumed: bool = False

    @cached_property
    def thresholds(self) -> Array:
        """The five edges between the bands, rising: factors of the projection, for rates points above it.

        To so many digits as a workbook holds them, so that both ask the same.
        """
        return np.round(band_thresholds(self.misses, self.kind), THRESHOLD_DIGITS)


def band_thresholds(misses: Array, kind: GrowthKind) -> Array:
    """Where target / projection (rates: target - projection) passes from one band to the next; shape (..., 5)."""
    edges = misses[..., EDGE_PLACES]
    return np.asarray(np.exp(edges) if kind == "amount" else edges)


def squared_distances(misses: Array) -> Array:
    """How far the edges between bands lie from the median, squared: of what misses by itself they add up (`combine`).

    Shape (..., 5), the median's own 0 in the middle.
    """
    return np.asarray((misses[..., EDGE_PLACES] - misses[..., MEDIAN : MEDIAN + 1]) ** 2)


def demand(target: ArrayLike, projection: ArrayLike, kind: GrowthKind) -> Array:
    """What the target asks beyond the projection: their ratio, for rates their difference; infinite from nothing."""
    wanted, projected = np.asarray(target, dtype=float), np.asarray(projection, dtype=float)
    if kind == "rate":
        return np.asarray(wanted - projected)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(projected > 0, wanted / projected, np.where(wanted > 0, np.inf, 0.0))


def as_asked(target: float, projection: float, printed: float) -> float:
    """The projection as a target asks for it: the target itself where it is the `printed` projection.

    What is the same on paper asks for what the projection gives, whichever way rounding has gone.

    >>> as_asked(1.1, 1.095, 1.1), as_asked(1.1, 1.095, 1.09)
    (1.1, 1.095)
    """
    return target if round_half_up(target - printed, COMPARE_DIGITS) == 0 else projection


def attainment_band(target: float, projection: float, points: AttainmentPoints, printed: float = np.nan) -> str:
    """The band of the probability, found as the workbook finds it: by the thresholds that the demand has passed.

    `printed` is the projection as it is shown, where `target` is one that is handed down.

    >>> attainment_band(104, 100, AttainmentPoints("amount", assumed_misses(0, -2, 3, 1), assumed=True))
    '<5 %'
    """
    return band_asked(demand(target, as_asked(target, projection, printed), points.kind), points.thresholds)


def band_asked(asked: ArrayLike, thresholds: ArrayLike) -> str:
    """The band of what a target asks beyond its projection. Who asks for the projection itself is at a threshold of 1.

    A threshold belongs to the likelier band; what binary adds behind it does not decide.

    >>> band_asked(1.0, [0.8, 0.9, 1.0, 1.1, 1.2]), band_asked(1.1 + 1e-16, [0.8, 0.9, 1.0, 1.1, 1.2])
    ('50-80 %', '20-50 %')
    """
    passed = np.searchsorted(np.asarray(thresholds, dtype=float), round_half_up(asked, COMPARE_DIGITS), side="left")
    return BANDS[len(BANDS) - 1 - int(passed)]


def attainment_points(
    baselines: Baselines, suggestions: pd.DataFrame, commitment: Commitment, code: str, horizon: int | None = None
) -> AttainmentPoints:
    """The points for a commitment in an area (region or league), `horizon` years ahead (default: the target year).

    Trend and baseline miss independently, and so do quantity and unit value; leagues do not: the region's points are
    its own and are not made from theirs.
    """
    return _points(baselines, suggestions_by_area(suggestions), commitment, code, horizon or baselines.span)


def all_attainment_points(
    baselines: Baselines, suggestions: pd.DataFrame, horizon: int | None = None
) -> dict[tuple[str, str], AttainmentPoints]:
    """The points of every commitment in every area, by commitment id and code; `horizon` as in `attainment_points`."""
    rows = suggestions_by_area(suggestions)
    return {
        (commitment.id, code): _points(baselines, rows, commitment, code, horizon or baselines.span)
        for commitment in baselines.commitments
        for code in baselines.areas
    }


def _points(
    baselines: Baselines, rows: Suggestions, commitment: Commitment, code: str, horizon: int
) -> AttainmentPoints:
    kind = growth_kind(commitment.kind)
    parts = [(commitment.quantity, code)]
    if commitment.unit_value:
        parts.append((commitment.unit_value, baselines.region.code))
    misses = [trend_misses(baselines, rows, *part, horizon, kind) for part in parts]
    misses += [baseline_misses(baselines, *part, kind) for part in parts]
    return AttainmentPoints(kind, combine(*misses), *(rests_on_assumption(baselines, rows, *part) for part in parts))


def rests_on_assumption(baselines: Baselines, rows: Suggestions, indicator: str, code: str) -> bool:
    """Whether only an assumption stands behind a growth; a league without its own history has the region's."""
    how = rows[indicator, code].how
    return (rows[indicator, baselines.region.code].how if how == "regional" else how) == "assumed"


def plausible_range(baselines: Baselines, suggestions: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    """Both ends of what history supports in the target year, by commitment id and code.

    Factors of the projection by history (rates: points above it), made from the plausible range of growth as it is
    printed; for a value the ranges of quantity and unit value together, since they miss independently.
    """
    rows, horizon = suggestions_by_area(suggestions), baselines.span
    found = {}
    for commitment in baselines.commitments:
        kind = growth_kind(commitment.kind)
        for code in baselines.areas:
            parts = [rows[commitment.quantity, code]]
            if commitment.unit_value:
                parts.append(rows[commitment.unit_value, baselines.region.code])
            ends = [
                float(np.hypot.reduce([log_or_points(getattr(row, end), row.growth, horizon, kind) for row in parts]))
                for end in ("low", "high")
            ]
            low, high = -ends[0], ends[1]
            found[commitment.id, code] = (low, high) if kind == "rate" else (float(np.exp(low)), float(np.exp(high)))
    return found


def trend_misses(
    baselines: Baselines, rows: Suggestions, indicator: str, code: str, horizon: int, kind: GrowthKind
) -> Array:
    """How the growth suggested for an area misses: by its own history, its assumption, or the region's, widened."""
    row = rows[indicator, code]
    if row.how == "assumed":
        return assumed_misses(row.growth, row.low, row.high, horizon, kind)
    if code == baselines.region.code or row.how == "fitted":
        return history_misses(baselines, indicator, code, horizon, kind)
    if row.how == "shrunk" and rows[indicator, baselines.region.code].how == "none":
        followed = history_misses(baselines, indicator, code, horizon, kind)  # nothing to follow: its own, widened
    else:
        followed = trend_misses(baselines, rows, indicator, baselines.region.code, horizon, kind)
    return widen(followed, league_factor(row.years))


def baseline_misses(baselines: Baselines, indicator: str, code: str, kind: GrowthKind) -> Array:
    """How far the base-year figure itself may be off; none is known where there is no figure."""
    figure = baselines.base_figures.get((indicator, code))
    if figure is None:
        return np.zeros(len(PROBABILITIES))
    return measurement_misses(figure.relative_error, figure.value, kind)
