"""A fixed sample of the public yearly series; `python -m benchmarks.projection` does all of them."""

from functools import cache

import numpy as np
import pytest

from agriplan.forecast.intervals import HIGH_80, LOW_80, fitted_misses, yearly_swing
from agriplan.forecast.methods import no_change, point_forecast
from benchmarks.accuracy import mase_of
from benchmarks.public_series import COLLECTIONS, PublicSeries, Window, windows_of, yearly_series
from benchmarks.widths import SHORT, is_calm
from tests.thoroughness import tried

# 7 series of M1, 25 of M3, 20 of Tourism: a few seconds, and a sample whose errors are close to those of the whole.
SAMPLE = slice(22, None, 25)
YEARS = 8

# What the whole collections are held to, in mean absolute yearly changes: from the full history, from eight years.
MOST = {"M1": (3.62, 3.75), "M3": (2.66, 2.80), "Tourism": (2.69, 2.77)}


@cache
def sample(collection: str) -> tuple[PublicSeries, ...]:
    return tuple(yearly_series(collection)[SAMPLE])


@cache
def forecasts(collection: str) -> tuple[np.ndarray, ...]:
    """Point forecasts from the last eight years, three years ahead at least."""
    return tuple(point_forecast(one.history[-YEARS:], len(one.coming)) for one in sample(collection))


def mean_mase(collection: str) -> float:
    pairs = zip(sample(collection), forecasts(collection), strict=True)
    return float(np.mean([mase_of(one, lambda *_, path=path: path, YEARS) for one, path in pairs]))


def test_the_collections_hold_the_1344_series_that_the_evidence_speaks_of() -> None:
    assert [len(yearly_series(name)) for name in COLLECTIONS] == [181, 645, 518]


@pytest.mark.parametrize(
    "collection", [one if one == "M3" else pytest.param(one, marks=pytest.mark.thorough) for one in COLLECTIONS]
)
def test_eight_years_are_enough_to_be_nearer_than_no_change(collection: str) -> None:
    unchanged = float(np.mean([mase_of(one, no_change, YEARS) for one in sample(collection)]))
    assert mean_mase(collection) < unchanged
    assert mean_mase(collection) <= MOST[collection][1]


@pytest.mark.parametrize(
    "collection", [one if one == "M3" else pytest.param(one, marks=pytest.mark.thorough) for one in COLLECTIONS]
)
def test_the_full_history_is_projected_as_well_as_the_evidence_says(collection: str) -> None:
    ours, unchanged = (
        np.mean([mase_of(one, method, None) for one in sample(collection)]) for method in (point_forecast, no_change)
    )
    assert ours <= MOST[collection][0]
    assert ours < unchanged


@pytest.mark.one_in(2)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_positive_series_is_never_projected_below_zero(collection: str) -> None:
    for one, path in zip(sample(collection), forecasts(collection), strict=True):
        assert (path >= 0).all() or (one.history <= 0).any()


@pytest.mark.parametrize(
    ("low", "high", "least", "most"), [(LOW_80, HIGH_80, 0.75, 0.87), (0, -1, 0.87, 0.99)], ids=["80 %", "95 %"]
)
def test_as_many_outcomes_lie_within_a_range_as_it_says(low: int, high: int, least: float, most: float) -> None:
    inside = []
    for collection in COLLECTIONS:
        for one, path in zip(sample(collection), forecasts(collection), strict=True):
            history = one.history[-YEARS:]
            misses = fitted_misses(len(history), np.arange(1, 4), yearly_swing(history, "amount"))
            missed = np.log(one.coming[:3] / path[:3])
            inside += ((misses[:, low] <= missed) & (missed <= misses[:, high])).tolist()
    assert least <= np.mean(inside) <= most


@cache
def short_windows() -> tuple[Window, ...]:
    """Forecasts from the last four, in full five, and six years of the sample, at least six more behind them."""
    spans = SHORT[:: tried(2, 1)]
    everything = (window for name in COLLECTIONS for one in sample(name) for window in windows_of(one, spans))
    return tuple(window for window in everything if window.older is not None)


@pytest.mark.thorough
@pytest.mark.parametrize("calm_only", [False, True], ids=["all", "suddenly calm"])
def test_with_an_older_basis_ranges_hold_for_calm_series_as_for_all(*, calm_only: bool) -> None:
    inside = []
    for window in short_windows():
        if is_calm(window) or not calm_only:
            horizons = np.arange(1, len(window.actual[:5]) + 1)
            misses = fitted_misses(window.years, horizons, window.swing, older=window.older)
            missed = window.misses[:5]
            inside += ((misses[:, LOW_80] <= missed) & (missed <= misses[:, HIGH_80])).tolist()
    assert len(inside) > 200
    assert 0.73 <= np.mean(inside) <= 0.87
