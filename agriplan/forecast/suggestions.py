"""Growth suggestions as they are asked for: looked up, and fitted only where nobody fitted these data before.

`python -m agriplan.forecast.suggestions FOLDER` fits a data folder and keeps the tables in it, to ship them with it.
"""

import sys
from pathlib import Path

import pandas as pd

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.forecast.backtest import backtest
from agriplan.forecast.kept import remembered, write_table
from agriplan.forecast.tiers import suggest_growth


def suggestions_for(baselines: Baselines, cache_folder: Path | None = None) -> pd.DataFrame:
    """One row per indicator and area, columns `tiers.COLUMNS`; see `tiers.suggest_growth`."""
    return remembered("suggestions", suggest_growth, baselines, cache_folder)


def backtest_for(baselines: Baselines, cache_folder: Path | None = None) -> pd.DataFrame:
    """How the projection would have done on the data's own past; columns `backtest.COLUMNS`."""
    return remembered("backtest", backtest, baselines, cache_folder)


def refresh(folder: Path) -> None:
    """Fit the data of a folder and keep suggestions and backtest in it."""
    baselines = read_baselines(folder)
    for name, make in (("suggestions", suggest_growth), ("backtest", backtest)):
        write_table(folder / f"{name}.csv", make(baselines), baselines.version)


if __name__ == "__main__":
    refresh(Path(sys.argv[1]))
