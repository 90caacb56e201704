"""The backtest as a planner reads it: one row per series and horizon, the methods side by side."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from agriplan.analysis.unit_words import unit_of_growth
from agriplan.baselines.folder import Baselines
from agriplan.forecast.backtest import BACKTEST_METHODS
from agriplan.formatting import print_number
from agriplan.sentences import Lang, listed, say

HEADINGS = ("indicator", "area", "basis", "horizon", "origins", *BACKTEST_METHODS, "sentence")


def lookback(table: pd.DataFrame, baselines: Baselines, lang: Lang) -> pd.DataFrame:
    """Lay the backtest out for reading: columns `HEADINGS`.

    A method's column holds its mean error in per cent (rates: points); `sentence` says what there is to say, that a
    history is too short to check anything, or that "no change" would have been the better forecast.
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
                # A history that is too short to look back from has neither.
                "horizon": horizon or None,
                "origins": int(first["origins"]) or None,
                **{method: errors.get(method) for method in BACKTEST_METHODS},
                "sentence": remark(first["sentence"], int(first["years"]), errors, lang),
            }
        )
    return pd.DataFrame(rows, columns=list(HEADINGS), dtype=object)


def remark(code: str, years: int, errors: Mapping[Any, float], lang: Lang) -> str:
    """What there is to say of one series and horizon: too short to check, or no better than assuming no change.

    `errors` holds the mean error of each method.

    >>> remark("", 19, {"projection": 50.75, "no_change": 34.42}, "en")
    '"no change" misses by less'
    """
    if isinstance(code, str) and code:
        return say(code, lang, years=years)
    loses = errors.get("projection", 0.0) > errors.get("no_change", float("inf"))
    return say("backtest.loses", lang) if loses else ""


def say_losses(table: pd.DataFrame, baselines: Baselines, quantity: str, lang: Lang) -> list[str]:
    """Say of a quantity of the region on which bases, and how many years ahead, "no change" was the better forecast.

    `table` is the backtest; the errors of the widest horizon that lost stand in the sentence.
    """
    is_rate = any(one.is_rate for one in baselines.commitments if one.quantity == quantity)
    unit = unit_of_growth(is_rate, lang)
    mine = table[(table["indicator"] == quantity) & (table["code"] == baselines.region.code)]
    told = []
    for basis, rows in mine.groupby("basis", sort=False):
        errors = {
            horizon: dict(zip(one["method"], one["mape"], strict=True)) for horizon, one in rows.groupby("horizon")
        }
        lost = [horizon for horizon, one in errors.items() if remark("", 0, one, lang)]
        if lost:
            last = errors[lost[-1]]
            told.append(
                say(
                    "backtest.loses_at",
                    lang,
                    quantity=baselines.indicators[quantity].name(lang),
                    basis=baselines.basis_name(str(basis), lang),
                    horizons=listed((str(horizon) for horizon in lost), lang),
                    last=lost[-1],
                    ours=print_number(last["projection"], 2),
                    none=print_number(last["no_change"], 2),
                    unit=unit,
                )
            )
    return told


def heading(column: str, lang: Lang) -> str:
    """What a column is called.

    >>> heading("no_change", "en")
    'no change'
    """
    return say(f"backtest.{column}", lang)
