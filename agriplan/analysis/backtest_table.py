"""The backtest as a planner reads it: one row per series and horizon, the methods side by side."""

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.forecast.backtest import METHODS
from agriplan.sentences import Lang, say

HEADINGS = ("indicator", "area", "basis", "horizon", "origins", *METHODS, "sentence")


def lookback(table: pd.DataFrame, baselines: Baselines, lang: Lang = "zh") -> pd.DataFrame:
    """Lay the backtest out for reading: columns `HEADINGS`.

    A method's column holds its mean error in per cent (rates: points); `sentence` says what there is to say, such as
    that a history is too short to check anything, where the figures are missing.
    """
    keys = ["indicator", "code", "basis", "horizon"]
    rows = []
    for (indicator, code, basis, horizon), group in table.groupby(keys, sort=False):
        errors = dict(zip(group["method"], group["mape"], strict=True))
        first = group.iloc[0]
        rows.append(
            {
                "indicator": baselines.indicators[str(indicator)].name(lang),
                "area": baselines.areas[str(code)].name(lang),
                "basis": baselines.basis_name(str(basis), lang),
                "horizon": horizon,
                "origins": int(first["origins"]),
                **{method: errors.get(method) for method in METHODS},
                "sentence": say(first["sentence"], lang, years=first["years"]) if first["sentence"] else "",
            }
        )
    return pd.DataFrame(rows, columns=list(HEADINGS))


def heading(column: str, lang: Lang = "zh") -> str:
    """What a column is called.

    >>> heading("no_change", "en")
    'no change'
    """
    return say(f"backtest.{column}", lang)
