"""Growth suggestions and backtest as they are asked for: what was fitted once, by this engine, is looked up.

`python -m agriplan.forecast.suggestions FOLDER` fits a data folder and keeps the tables in it, to ship them with it.
"""

import sys
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.baselines.later import LaterBaselines, seen_from
from agriplan.forecast.backtest import RUN_COLUMNS, backtest, backtest_run, comparable_runs
from agriplan.forecast.growth import GrowthKind
from agriplan.forecast.kept import SERIES, Kept, KeptRows, series_key, write_table
from agriplan.forecast.methods import SeriesValues, fit_growth
from agriplan.forecast.tiers import Fit, indicators_of, suggest_growth, suggestions_by_area
from agriplan.memo import memoized


def suggestions_for(baselines: Baselines, cache_folder: Path | None = None) -> pd.DataFrame:
    """One row per indicator and area, columns `tiers.COLUMNS`; see `tiers.suggest_growth`."""
    kept = Kept("suggestions", ["growth"], baselines.folder, cache_folder)
    table = suggest_growth(baselines, _kept_fit(kept))
    kept.save()
    return table


def suggestions_as_of(
    baselines: Baselines, suggestions: pd.DataFrame, year: int, cache_folder: Path | None = None
) -> pd.DataFrame:
    """The suggestions as of a later year, fitted from the data folder alone; `suggestions` are those of the base year.

    Where the run of years that ends there is shorter than the one that ends in the base year, the base year's
    suggestion stays; a league that follows the region follows it as of the later year. In the target year nothing is
    projected any more: what is carried on to it is carried on by the suggestions of the year before.
    """
    year = min(year, baselines.target_year - 1)
    if year == baselines.base_year:
        return suggestions
    kept = Kept("suggestions", ["growth"], baselines.folder, cache_folder)
    table = _suggest_as_of(baselines, suggestions, year, _kept_fit(kept))
    kept.save()
    return table


def fit_every_year(baselines: Baselines, suggestions: pd.DataFrame) -> None:
    """Fit, and keep, what workbooks and evaluations show as of every year of the period."""
    for year in baselines.years[:-1]:
        suggestions_as_of(baselines, suggestions, year)


def _suggest_as_of(baselines: Baselines, suggestions: pd.DataFrame, year: int, fit: Fit) -> pd.DataFrame:
    later = seen_from(baselines, year, {})
    stays = {
        key: one
        for key, one in suggestions_by_area(suggestions).items()
        if one.how != "regional" and later.keeps_history(*key)
    }
    return suggest_growth(later, fit, stays)


def _kept_fit(kept: Kept) -> Fit:
    def fit(history: SeriesValues, horizon: int, kind: GrowthKind) -> float:
        rows = kept.rows(series_key(history, horizon, kind), lambda: [(fit_growth(history, horizon, kind),)])
        return float(str(rows[0][0]))

    return fit


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
    first = suggest_growth(baselines)
    parts = [
        _with_series(_suggest_as_of(baselines, first, year, fit_growth), seen_from(baselines, year, {}))
        for year in baselines.later_years[:-1]
    ]
    suggested = pd.concat([_with_series(first, baselines), *parts], ignore_index=True)
    tested = backtest(baselines)
    keys = {tuple(place): series_key(run, kind) for place, run, kind in comparable_runs(baselines)}
    tested[SERIES] = [keys[place] for place in zip(*(tested[n] for n in ("indicator", "code", "basis")), strict=True)]
    for name, table in (("suggestions", suggested), ("backtest", tested)):
        write_table(folder / f"{name}.csv", table, name, baselines.version)


def _with_series(suggested: pd.DataFrame, baselines: Baselines) -> pd.DataFrame:
    """The suggestions with the year that they are as of, each fitted one with the key of its series."""
    kinds, horizon = indicators_of(baselines), baselines.span
    rows = zip(*(suggested[name] for name in ("indicator", "code", "how")), strict=True)
    # What stays was fitted for the base year, so many years ahead, and stands there.
    keys = [
        series_key(baselines.history(indicator, code), horizon, kinds[indicator])
        if how == "fitted" and not (isinstance(baselines, LaterBaselines) and baselines.keeps_history(indicator, code))
        else ""
        for indicator, code, how in rows
    ]
    table = suggested.assign(**{SERIES: keys})
    table.insert(0, "as_of", baselines.base_year)
    return table


if __name__ == "__main__":
    refresh(Path(sys.argv[1]))
