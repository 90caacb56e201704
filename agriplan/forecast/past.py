"""How rarely an area grew as fast as it would have to: past stretches as long as the plan, each on one basis."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agriplan.baselines.folder import Baselines
from agriplan.baselines.history import dated_runs
from agriplan.forecast.growth import GrowthKind, yearly_rate


class PastRun(NamedTuple):
    """The stretches within one unbroken run of years: from which years, how many there are, which were fast enough."""

    basis: str
    comparable: bool
    first: int
    last: int
    stretches: int
    fast_starts: tuple[int, ...]


def past_runs(
    baselines: Baselines, indicator: str, code: str, years: int, needed: float, kind: GrowthKind = "amount"
) -> list[PastRun]:
    """All runs up to the base year that hold a stretch of so many years, the plan's own basis first.

    A stretch never crosses a break between bases or a missing year. `needed` is in per cent a year (rates: points).
    """
    found = []
    for basis in sorted(baselines.bases, key=lambda one: one != baselines.basis):
        for first, values in dated_runs(baselines.series.get((indicator, code, basis), {}), baselines.base_year):
            starts = fast_starts(values, years, needed, kind)
            if len(values) > years:
                run = PastRun(
                    basis=basis,
                    comparable=basis == baselines.basis,
                    first=first,
                    last=first + len(values) - 1,
                    stretches=len(values) - years,
                    fast_starts=tuple(first + place for place in starts),
                )
                found.append(run)
    return found


def fast_starts(history: NDArray[np.float64], years: int, needed: float, kind: GrowthKind = "amount") -> list[int]:
    """Where the stretches of so many years begin that grew at least as fast as needed.

    >>> fast_starts(np.array([100.0, 110.0, 121.0, 121.0]), 2, 9.9)
    [0]
    """
    starts = range(len(history) - years)
    return [at for at in starts if yearly_rate(float(history[at]), float(history[at + years]), years, kind) >= needed]


class FastestStretch(NamedTuple):
    """The fastest growth over so many years, in which years, on which basis, and which years it was looked for in."""

    growth: float
    first: int
    last: int
    basis: str
    since: int
    until: int


def fastest_stretch(
    baselines: Baselines, indicator: str, code: str, years: int, kind: GrowthKind
) -> FastestStretch | None:
    """The fastest stretch of so many years up to the base year on the plan's basis, else on an older one; or none.

    A growth on another basis is no yardstick for one on the plan's: an older one counts only where there is no other.
    """
    for basis in sorted(baselines.bases, key=lambda one: one != baselines.basis):
        runs = dated_runs(baselines.series.get((indicator, code, basis), {}), baselines.base_year)
        long = [(first, values) for first, values in runs if len(values) > years]
        found = [
            (yearly_rate(float(values[at]), float(values[at + years]), years, kind), first + at)
            for first, values in long
            for at in range(len(values) - years)
        ]
        if found:
            growth, first = max(found)
            until = long[-1][0] + len(long[-1][1]) - 1
            return FastestStretch(growth, first, first + years, basis, since=long[0][0], until=until)
    return None
