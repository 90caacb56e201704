"""How far the point projection misses on public yearly series, and what statsmodels' own intervals cover."""

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from agriplan.forecast.backtest import growth_goes_on
from agriplan.forecast.methods import no_change, point_forecast
from benchmarks.public_series import PublicSeries

Array = NDArray[np.float64]
Forecast = Callable[[Array, int], Array]

METHODS: dict[str, Forecast] = {
    "projection": point_forecast,
    "no change": no_change,
    "growth goes on": growth_goes_on,
}
NOMINAL_HORIZONS = 3
NOMINAL_EVERY = 4
"""Every fourth series shows what statsmodels' intervals cover well enough; all of them take ten minutes more."""


def mase_of(series: PublicSeries, forecast: Forecast, years: int | None) -> float:
    """Mean absolute error over the competition's horizon, in mean absolute yearly changes of the full history."""
    history = series.history if years is None else series.history[-years:]
    error = np.abs(forecast(history, len(series.coming)) - series.coming)
    return float(np.mean(error) / np.mean(np.abs(np.diff(series.history))))


def goes_negative(series: PublicSeries, years: int | None) -> bool:
    """Whether a series that is positive throughout is projected below zero."""
    history = series.history if years is None else series.history[-years:]
    return bool(np.all(history > 0) and np.any(point_forecast(history, len(series.coming)) < 0))


def nominal_coverage(series: list[PublicSeries], years: int) -> dict[str, float]:
    """Share of the first three outcomes within statsmodels' own 80 % intervals from the last so many years."""
    hits: dict[str, list[Array]] = {"ETS": [], "Theta": []}
    for one in series[::NOMINAL_EVERY]:
        history = one.history[-years:]
        if len(history) == years and np.ptp(history) > 0:
            for name, interval in (("ETS", ets_interval), ("Theta", theta_interval)):
                low, high = interval(history / history.mean())
                coming = one.coming[:NOMINAL_HORIZONS] / history.mean()
                hits[name].append((low <= coming) & (coming <= high))
    return {name: float(np.mean(inside)) for name, inside in hits.items()}


def ets_interval(history: Array) -> tuple[Array, Array]:
    """The 80 % interval of the additive ETS model with the smallest AICc."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        options = ((None, False), ("add", False), ("add", True))
        indexed = pd.Series(history)  # get_prediction of statsmodels 0.15 fails on bare arrays
        fits = [ETSModel(indexed, trend=trend, damped_trend=damped).fit(disp=False) for trend, damped in options]
        best = min(fits, key=lambda fit: float(fit.aicc))
        end = len(history)
        frame = best.get_prediction(start=end, end=end + NOMINAL_HORIZONS - 1).summary_frame(alpha=0.2)
    return frame["pi_lower"].to_numpy(), frame["pi_upper"].to_numpy()


def theta_interval(history: Array) -> tuple[Array, Array]:
    """The 80 % interval of the Theta method."""
    from statsmodels.tsa.forecasting.theta import ThetaModel

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        fit = ThetaModel(history, period=1, deseasonalize=False).fit()
        frame = fit.prediction_intervals(NOMINAL_HORIZONS, alpha=0.2)
    return frame["lower"].to_numpy(), frame["upper"].to_numpy()
