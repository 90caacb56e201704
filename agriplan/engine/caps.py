"""The smallest growth cap that would do where the ceilings cannot hold what is to be placed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from agriplan.engine.allocation import allocate, feasibility_of
from agriplan.engine.sharing import set_limits, set_terms
from agriplan.engine.tables import Columns, Frame, grid, numbers, rates_of
from agriplan.rounding import Floats

# A level that lies on a printed digit is not lifted to the next one by the last bits of a double.
CAP_DIGITS = 9
CAP_DECIMALS = 2


def least_cap(lines: Frame, leagues: Frame, years: int) -> Floats:
    """The least cap on yearly growth that holds everything, in per cent (rates: points), rounded up to 0.01.

    `lines` and `leagues` are finished tables of `stages.compute`; shape (lines,). NaN where the ceilings are enough
    as they are, and where no cap is enough. It is the level of the same solver with the entered ceilings alone: at
    growth g a league can add B (1 + g)^n - P, so with w = B and o = P the level is (1 + g)^n; for rates it can add
    herd x (B + g n - P), and the level is g itself.
    """
    count = len(lines["kind"])
    width = len(leagues["named"]) // count
    is_rate = np.repeat(rates_of(lines), width)
    uncapped: Columns = {name: np.asarray(lines[name]) for name in ("kind", "ceiling", "to_place")}
    limits = set_limits(leagues, uncapped | {"max_growth": np.full(count, np.nan)}, years)
    # A league without weight under the rule takes nothing, however high the cap.
    takes = set_terms(_WithLimits(leagues, limits), np.repeat(np.asarray(lines["rule"]), width))["weight"] > 0
    size, baseline, projection = (numbers(leagues, name) for name in ("size", "baseline", "projection"))
    weight = np.where(is_rate, size * years, baseline)
    offset = np.where(is_rate, size * (projection - baseline), projection)
    terms = {
        "weight": np.where(takes, np.nan_to_num(weight), 0.0),
        "offset": np.where(takes, np.nan_to_num(offset), 0.0),
        "floor": limits["floor"],
        "ceiling": limits["ceiling"],
    }
    amount = numbers(lines, "to_place")
    solution = allocate(amount, **{name: grid(terms, name, count) for name in terms})
    _, none_is_enough = feasibility_of(amount, solution)
    rate = rates_of(lines)
    growth = np.where(rate, solution.level, (np.maximum(solution.level, 0.0) ** (1.0 / years) - 1.0) * 100.0)
    steps = 10.0**CAP_DECIMALS
    cap = np.ceil(np.round(growth * steps, CAP_DIGITS)) / steps + 0.0
    wanted = (np.asarray(lines["feasibility"]) == "ceilings_short") & ~none_is_enough
    return np.where(wanted, cap, np.nan)


@dataclass(frozen=True)
class _WithLimits:
    """The leagues' table with other limits: a rule may read any of its columns."""

    leagues: Frame
    limits: Columns

    def __getitem__(self, column: str) -> Any:
        return self.limits[column] if column in self.limits else np.asarray(self.leagues[column])
