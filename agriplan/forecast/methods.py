"""Forecasts of short yearly series: the only home of statsmodels, which is imported where it is used.

The point forecast is the median of four simple methods. Each of them fails now and then on a short series; the median
of four fails only when several fail in the same direction. `docs/projection.md` has the evidence.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agriplan.forecast.growth import GrowthKind, round_growth, yearly_rate

SeriesValues = NDArray[np.float64]
Member = Callable[[SeriesValues, int], SeriesValues | None]

ENOUGH_FOR_CHOICE = 7
"""Points below which AICc decides nothing: at 6 points it is infinite for every model with a trend."""

MODELS: tuple[tuple[str, str | None], ...] = (
    ("add", None),
    ("add", "add"),
    ("mul", None),
    ("mul", "add"),
    ("mul", "mul"),
)
"""Exponential smoothing models (error, trend) among which AICc chooses; those with a multiplicative part are for
positive series only. Damped trends are left out because damped Holt already sits among the members: with them in
both places the M1, M3 and Tourism series are missed by 3.62, 2.65 and 2.67 instead of 3.60, 2.64 and 2.67 yearly
changes; without the multiplicative trend M1 is missed by 3.68."""


def drift(history: SeriesValues, horizon: int) -> SeriesValues:
    """Carry on the straight line from the first to the last value."""
    step = (history[-1] - history[0]) / (len(history) - 1)
    return np.asarray(history[-1] + step * np.arange(1, horizon + 1))


def no_change(history: SeriesValues, horizon: int) -> SeriesValues:
    """Everything stays as it is."""
    return np.full(horizon, history[-1])


def theta(history: SeriesValues, horizon: int) -> SeriesValues:
    """The Theta method, which won the yearly series of the M3 competition: half the long trend, smoothed level."""
    from statsmodels.tsa.forecasting.theta import ThetaModel

    return np.asarray(ThetaModel(history, period=1, deseasonalize=False).fit().forecast(horizon), dtype=float)


def damped_holt(history: SeriesValues, horizon: int) -> SeriesValues | None:
    """Holt's smoothed trend that fades with the years; None where the estimation did not converge."""
    from statsmodels.tsa.holtwinters import Holt

    fit = Holt(history, damped_trend=True, initialization_method="estimated").fit()
    return np.asarray(fit.forecast(horizon), dtype=float) if bool(fit.mle_retvals.success) else None


def ets(history: SeriesValues, horizon: int) -> SeriesValues | None:
    """The exponential smoothing model with the smallest AICc; None where none could be estimated."""
    positive = bool(np.all(history > 0))
    fits = [fit_model(history, *model) for model in MODELS if positive or "mul" not in model]
    usable = [fit for fit in fits if fit is not None and np.isfinite(fit.aicc)]
    if not usable:
        return None
    return np.asarray(min(usable, key=lambda fit: float(fit.aicc)).forecast(horizon), dtype=float)


def fit_model(history: SeriesValues, error: str, trend: str | None) -> Any:
    """One exponential smoothing model, or None where its estimation broke down or did not converge."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    try:
        fit = ETSModel(history, error=error, trend=trend).fit(disp=False)
    except (ValueError, np.linalg.LinAlgError):
        return None
    return fit if bool(fit.mle_retvals["converged"]) else None


@contextmanager
def quietly() -> Iterator[None]:
    """Estimation warns of what is checked here anyway: convergence and finite values."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def forecast_members(history: SeriesValues, horizon: int) -> dict[str, SeriesValues]:
    """The forecasts of the next `horizon` years by each method that gave a usable one.

    The history is shape (years,), at least 2, on one basis, the last value being the base year's; each forecast is
    shape (horizon,) in its units. Dropped: what did not converge, is not finite, or is negative after a history that
    never was. Below 7 points "no change" stands in for ETS. A history that never moved is carried on as it is; one
    that declines is forecast in logarithms (see `declines`).

    >>> {name: path.tolist() for name, path in forecast_members(np.array([5.0, 5.0, 5.0]), 2).items()}
    {'no_change': [5.0, 5.0]}
    """
    history = np.asarray(history, dtype=float)
    if np.all(history == history[0]):
        return {"no_change": no_change(history, horizon)}
    scale = float(np.abs(history).mean())  # estimation then meets the same numbers whatever the unit
    forward, back = (np.log, np.exp) if declines(history) else (np.asarray, np.asarray)
    counted = forward(history / scale)
    last: Member = ets if len(history) >= ENOUGH_FOR_CHOICE else no_change
    with quietly():
        paths = {method.__name__: method(counted, horizon) for method in (drift, theta, damped_holt, last)}
        paths = {name: None if path is None else back(path) * scale for name, path in paths.items()}
    usable = {name: path for name, path in paths.items() if path is not None and is_usable(path, history)}
    return usable or {"no_change": no_change(history, horizon)}


def declines(history: SeriesValues) -> bool:
    """Whether a series of positive numbers ends below where it began.

    Such a series falls by a share of what is left, never below nothing. Counted as it stands, straight lines lead below
    zero, are dropped, and what remains says that the fall stops; in logarithms a fall is carried on as a fall.

    >>> declines(np.array([100.0, 78.0])), declines(np.array([78.0, 100.0])), declines(np.array([1.0, -1.0]))
    (True, False, False)
    """
    return bool(history[-1] < history[0] and np.all(history > 0))


def is_usable(path: SeriesValues, history: SeriesValues) -> bool:
    """Finite, and not below zero where the history never was."""
    return bool(np.all(np.isfinite(path)) and (np.any(history < 0) or np.all(path >= 0)))


def point_forecast(history: SeriesValues, horizon: int) -> SeriesValues:
    """The median of the members, shape (horizon,); of a series that declines, in logarithms as the members are.

    >>> point_forecast(np.array([5.0, 5.0, 5.0]), 2).tolist()
    [5.0, 5.0]
    """
    members = np.array(list(forecast_members(history, horizon).values()), dtype=float)
    if declines(np.asarray(history, dtype=float)) and np.all(members > 0):
        return np.asarray(np.exp(np.median(np.log(members), axis=0)))
    return np.asarray(np.median(members, axis=0))


def fit_growth(history: SeriesValues, horizon: int, kind: GrowthKind) -> float:
    """The yearly growth that leads from the last value to its forecast: per cent, for rates points, to 0.01.

    >>> fit_growth(np.array([5.0, 5.0, 5.0, 5.0]), 5, "amount")
    0.0
    """
    end = float(point_forecast(history, horizon)[-1])
    return round_growth(yearly_rate(float(history[-1]), end, horizon, kind))
