"""Growth suggestions and backtest as they are asked for: what was fitted once, by this engine, is looked up.

`python -m agriplan.forecast.suggestions FOLDER` fits a data folder and keeps the tables in it, to ship them with it.
"""

import sys
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.forecast.backtest import RUN_COLUMNS, backtest, backtest_run, comparable_runs
from agriplan.forecast.growth import GrowthKind
from agriplan.forecast.kept import SERIES, Kept, KeptRows, series_key, write_table
from agriplan.forecast.methods import SeriesValues, fit_growth
from agriplan.forecast.tiers import indicators_of, suggest_growth
from agriplan.memo import memoized


def suggestions_for(baselines: Baselines, cache_folder: Path | None = None) -> pd.DataFrame:
    """One row per indicator and area, columns `tiers.COLUMNS`; see `tiers.suggest_growth`."""
    kept = Kept("suggestions", ["growth"], baselines.folder, cache_folder)

    def fit(history: SeriesValues, horizon: int, kind: GrowthKind) -> float:
        rows = kept.rows(series_key(history, horizon, kind), lambda: [(fit_growth(history, horizon, kind),)])
        return float(str(rows[0][0]))

    table = suggest_growth(baselines, fit)
    kept.save()
    return table


def backtest_for(
    baselines: Baselines, cache_folder: Path | None = None, areas: Collection[str] | None = None
) -> pd.DataFrame:
    """How the projection would have done on the data's own past, in these areas (None: all); `backtest.COLUMNS`."""
    kept = Kept("backtest", RUN_COLUMNS, baselines.folder, cache_folder)

    def try_run(run: SeriesValues, kind: GrowthKind) -> KeptRows:
        return kept.rows(series_key(run, kind), lambda: list(backtest_run(run, kind)))

    table = backtest(baselines, areas, try_run)
    kept.save()
    return table


@memoized
def region_backtest(baselines: Baselines) -> pd.DataFrame:
    """The region's backtest, which every workbook shows."""
    return backtest_for(baselines, areas=[baselines.region.code])


def refresh(folder: Path) -> None:
    """Fit the data of a folder and keep suggestions and backtest in it."""
    baselines = read_baselines(folder)
    kinds, horizon = indicators_of(baselines), baselines.target_year - baselines.base_year
    suggested = suggest_growth(baselines)
    suggested[SERIES] = [
        series_key(baselines.history(indicator, code), horizon, kinds[indicator]) if how == "fitted" else ""
        for indicator, code, how in zip(*(suggested[name] for name in ("indicator", "code", "how")), strict=True)
    ]
    tested = backtest(baselines)
    keys = {tuple(place): series_key(run, kind) for place, run, kind in comparable_runs(baselines)}
    tested[SERIES] = [keys[place] for place in zip(*(tested[n] for n in ("indicator", "code", "basis")), strict=True)]
    for name, table in (("suggestions", suggested), ("backtest", tested)):
        write_table(folder / f"{name}.csv", table, name, baselines.version)


if __name__ == "__main__":
    refresh(Path(sys.argv[1]))
