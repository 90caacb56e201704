"""Which observed years can be compared with each other."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def comparable_years(
    observed: pd.DataFrame, indicator: str, code: str, basis: str, base_year: int
) -> NDArray[np.float64]:
    """The values of the unbroken run of years that ends in the base year, on one basis; shape (years,).

    Figures of another basis never enter: a break between bases looks like growth or decline and is neither. A missing
    year ends the run too, because what happened around it is unknown. Figures after the base year are not history.

    >>> figures = pd.DataFrame({"area": "150000", "indicator": "milk_output", "basis": ["old", "old", "new", "new"],
    ...                         "year": [2015, 2016, 2017, 2018], "value": [9.0, 9.5, 7.0, 7.1]})
    >>> comparable_years(figures, "milk_output", "150000", "new", 2018).tolist()
    [7.0, 7.1]
    """
    values = series_of(observed, indicator, code, basis)
    run: list[float] = []
    year = base_year
    while year in values:
        run.append(values[year])
        year -= 1
    return np.array(run[::-1], dtype=float)


def runs_of(observed: pd.DataFrame, indicator: str, code: str, basis: str, last_year: int) -> list[NDArray[np.float64]]:
    """All unbroken runs on one basis up to a year, in order."""
    years = [year for year in series_of(observed, indicator, code, basis) if year <= last_year]
    ends = sorted(year for year in years if year == last_year or year + 1 not in years)
    return [comparable_years(observed, indicator, code, basis, end) for end in ends]


def longest_run(observed: pd.DataFrame, indicator: str, code: str, basis: str, last_year: int) -> NDArray[np.float64]:
    """The longest unbroken run on one basis up to a year, the later of two equals; empty where there is no figure."""
    runs = runs_of(observed, indicator, code, basis, last_year)
    return max(reversed(runs), key=len) if runs else np.array([])


def series_of(observed: pd.DataFrame, indicator: str, code: str, basis: str) -> dict[int, float]:
    """The figures of one indicator, area and basis by year."""
    wanted = {"area": code, "indicator": indicator, "basis": basis}
    # On plain arrays, as a page asks for a hundred series.
    mine = np.logical_and.reduce([observed[column].to_numpy() == word for column, word in wanted.items()])
    pairs = zip(observed["year"].to_numpy()[mine], observed["value"].to_numpy()[mine], strict=True)
    return {int(year): float(value) for year, value in pairs}
