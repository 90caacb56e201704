"""Which observed years can be compared with each other: unbroken runs of years on one basis.

A series is a mapping from year to value, all of one indicator, area and basis. Figures of different bases never stand
in one series: a break between bases looks like growth or decline and is neither.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

YearlyFigures = Mapping[int, float]


def comparable_years(series: YearlyFigures, last_year: int) -> NDArray[np.float64]:
    """The values of the unbroken run of years that ends in that year, oldest first; shape (years,).

    A missing year ends the run, because what happened around it is unknown. Later figures are not history.

    >>> comparable_years({2015: 9.0, 2017: 7.0, 2018: 7.1, 2019: 7.3}, 2018).tolist()
    [7.0, 7.1]
    """
    run: list[float] = []
    while last_year - len(run) in series:
        run.append(series[last_year - len(run)])
    return np.array(run[::-1], dtype=float)


def dated_runs(series: YearlyFigures, last_year: int) -> list[tuple[int, NDArray[np.float64]]]:
    """All unbroken runs up to a year, in order, each with its first year.

    >>> [(first, run.tolist()) for first, run in dated_runs({2015: 9.0, 2017: 7.0, 2018: 7.1}, 2018)]
    [(2015, [9.0]), (2017, [7.0, 7.1])]
    """
    years = [year for year in series if year <= last_year]
    ends = sorted(year for year in years if year == last_year or year + 1 not in series)
    runs = [(end, comparable_years(series, end)) for end in ends]
    return [(end - len(run) + 1, run) for end, run in runs]


def runs_of(series: YearlyFigures, last_year: int) -> list[NDArray[np.float64]]:
    """All unbroken runs up to a year, in order."""
    return [run for _, run in dated_runs(series, last_year)]


def longest_run(series: YearlyFigures, last_year: int) -> NDArray[np.float64]:
    """The longest unbroken run up to a year, the later of two equals; empty where there is no figure."""
    runs = runs_of(series, last_year)
    return max(reversed(runs), key=len) if runs else np.array([])


def older_run(others: Iterable[YearlyFigures], before: int) -> NDArray[np.float64]:
    """The longest unbroken run on any of the other bases that lies wholly before a year; empty where there is none.

    >>> older_run([{2014: 9.0, 2015: 8.0, 2016: 7.0}, {2010: 1.0}], 2016).tolist()
    [9.0, 8.0]
    """
    runs = [run for series in others for run in runs_of(series, before - 1)]
    return max(runs, key=len, default=np.array([]))
