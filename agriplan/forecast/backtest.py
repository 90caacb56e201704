"""How the projection, "no change" and "growth goes on" would have done on the data's own past."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product

import numpy as np
import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.baselines.history import longest_run
from agriplan.forecast.growth import GrowthKind, yearly_rate
from agriplan.forecast.methods import SeriesValues, no_change, point_forecast
from agriplan.forecast.tiers import FITTED, indicators_of

BacktestRow = tuple[object, ...]
RUN_COLUMNS = ("horizon", "method", "origins", "mape", "mase", "sentence")
BACKTEST_COLUMNS = ("indicator", "code", "basis", "years", *RUN_COLUMNS)
"""years: length of the longest unbroken run on that basis. origins: how often the forecast could be made and checked.
mape: mean absolute error in per cent of what came (rates: in points). mase: mean absolute error in units of the mean
absolute yearly change that was known by then. sentence: what is to be said where history is too short to check."""

LONGEST_HORIZON = 5
"""A plan period: further ahead nobody is asked to believe a trend."""

TOO_SHORT = "backtest.too_short"
CARRIED_YEARS = 3


def growth_goes_on(history: SeriesValues, horizon: int) -> SeriesValues:
    """The average growth of the last three years carried on: what is usually done with a pocket calculator.

    >>> growth_goes_on(np.array([1.0, 1.0, 1.0, 8.0]), 1).round(6).tolist()
    [16.0]
    """
    years = min(CARRIED_YEARS, len(history) - 1)
    growth = yearly_rate(float(history[-1 - years]), float(history[-1]), years, "amount") / 100
    return np.asarray(history[-1] * (1 + growth) ** np.arange(1, horizon + 1))


BACKTEST_METHODS: dict[str, Callable[[SeriesValues, int], SeriesValues]] = {
    "projection": point_forecast,
    "no_change": no_change,
    "growth_goes_on": growth_goes_on,
}


def comparable_runs(
    baselines: Baselines, areas: Collection[str] | None = None
) -> Iterator[tuple[tuple[str, str, str], SeriesValues, GrowthKind]]:
    """The longest unbroken run, of two years or more, of every indicator behind a commitment, area and basis."""
    for (indicator, kind), area in product(indicators_of(baselines).items(), baselines.areas):
        for basis in baselines.bases:
            run = longest_run(baselines.series.get((indicator, area, basis), {}), baselines.base_year)
            if len(run) > 1 and (areas is None or area in areas):
                yield (indicator, area, basis), run, kind


def backtest_run(run: SeriesValues, kind: GrowthKind) -> Iterator[BacktestRow]:
    """Rows (horizon, method, origins, mape, mase, sentence) of one unbroken series; a forecast needs four years."""
    if len(run) <= FITTED:
        yield 0, "", 0, np.nan, np.nan, TOO_SHORT
        return
    for method, forecast in BACKTEST_METHODS.items():
        misses = [origin_misses(run, origin, forecast, kind) for origin in range(FITTED, len(run))]
        for horizon in range(1, min(LONGEST_HORIZON, len(run) - FITTED) + 1):
            reached = np.array([miss[horizon - 1] for miss in misses if len(miss) >= horizon])
            mape, mase = np.round(reached.mean(axis=0), 4)
            yield horizon, method, len(reached), mape, mase, ""


def backtest(
    baselines: Baselines,
    areas: Collection[str] | None = None,
    try_run: Callable[[SeriesValues, GrowthKind], Iterable[BacktestRow]] = backtest_run,
) -> pd.DataFrame:
    """Forecast from every earlier year on, on one basis at a time; one row per series, horizon and method.

    In these areas (None: all); columns `BACKTEST_COLUMNS`.
    """
    records = [
        (*place, len(run), *row) for place, run, kind in comparable_runs(baselines, areas) for row in try_run(run, kind)
    ]
    return pd.DataFrame(records, columns=list(BACKTEST_COLUMNS))


def origin_misses(
    run: SeriesValues, origin: int, forecast: Callable[[SeriesValues, int], SeriesValues], kind: GrowthKind
) -> SeriesValues:
    """Errors of one forecast, shape (horizons, 2): in per cent (rates: points), and in yearly changes known by then."""
    history, coming = run[:origin], run[origin : origin + LONGEST_HORIZON]
    error = np.abs(forecast(history, len(coming)) - coming)
    change = float(np.mean(np.abs(np.diff(history))))
    share = error if kind == "rate" else 100 * error / np.abs(coming)
    return np.stack([share, error / change if change > 0 else np.full_like(error, np.nan)], axis=1)
