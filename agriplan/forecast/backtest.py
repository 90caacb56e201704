"""How the projection, "no change" and "growth goes on" would have done on the data's own past."""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.baselines.history import longest_run
from agriplan.forecast.growth import Kind, yearly_rate
from agriplan.forecast.methods import Series, no_change, point_forecast
from agriplan.forecast.tiers import FITTED, indicators_of

COLUMNS = ("indicator", "code", "basis", "years", "horizon", "method", "origins", "mape", "mase", "sentence")
"""years: length of the longest unbroken run on that basis. origins: how often the forecast could be made and checked.
mape: mean absolute error in per cent of what came (rates: in points). mase: mean absolute error in units of the mean
absolute yearly change that was known by then. sentence: what is to be said where history is too short to check."""

LONGEST_HORIZON = 5
"""A plan period: further ahead nobody is asked to believe a trend."""

TOO_SHORT = "backtest.too_short"
CARRIED_YEARS = 3


def growth_goes_on(history: Series, horizon: int) -> Series:
    """The average growth of the last three years carried on: what is usually done with a pocket calculator.

    >>> growth_goes_on(np.array([1.0, 1.0, 1.0, 8.0]), 1).round(6).tolist()
    [16.0]
    """
    years = min(CARRIED_YEARS, len(history) - 1)
    growth = yearly_rate(float(history[-1 - years]), float(history[-1]), years, "amount") / 100
    return np.asarray(history[-1] * (1 + growth) ** np.arange(1, horizon + 1))


METHODS: dict[str, Callable[[Series, int], Series]] = {
    "projection": point_forecast,
    "no_change": no_change,
    "growth_goes_on": growth_goes_on,
}


def backtest(baselines: Baselines) -> pd.DataFrame:
    """Forecast from every earlier year on, on one basis at a time; one row per series, horizon and method.

    Every indicator behind a commitment and every area with two comparable years or more is tried, on each of its
    bases; a forecast is made from four years on. Columns `COLUMNS`.
    """
    records: list[tuple[object, ...]] = []
    for (indicator, kind), area in product(indicators_of(baselines).items(), baselines.areas):
        for basis in baselines.bases:
            run = longest_run(baselines.series.get((indicator, area, basis), {}), baselines.base_year)
            if len(run) > 1:
                records += [(indicator, area, basis, len(run), *row) for row in backtest_run(run, kind)]
    return pd.DataFrame(records, columns=list(COLUMNS))


def backtest_run(run: Series, kind: Kind) -> Iterator[tuple[object, ...]]:
    """Rows (horizon, method, origins, mape, mase, sentence) of one unbroken series."""
    if len(run) <= FITTED:
        yield 0, "", 0, np.nan, np.nan, TOO_SHORT
        return
    for method, forecast in METHODS.items():
        misses = [origin_misses(run, origin, forecast, kind) for origin in range(FITTED, len(run))]
        for horizon in range(1, min(LONGEST_HORIZON, len(run) - FITTED) + 1):
            reached = np.array([miss[horizon - 1] for miss in misses if len(miss) >= horizon])
            mape, mase = np.round(reached.mean(axis=0), 4)
            yield horizon, method, len(reached), mape, mase, ""


def origin_misses(run: Series, origin: int, forecast: Callable[[Series, int], Series], kind: Kind) -> Series:
    """Errors of one forecast, shape (horizons, 2): in per cent (rates: points), and in yearly changes known by then."""
    history, coming = run[:origin], run[origin : origin + LONGEST_HORIZON]
    error = np.abs(forecast(history, len(coming)) - coming)
    change = float(np.mean(np.abs(np.diff(history))))
    share = error if kind == "rate" else 100 * error / np.abs(coming)
    return np.stack([share, error / change if change > 0 else np.full_like(error, np.nan)], axis=1)
