"""What if one league falls short of its target: what the region then comes to, and who could take it up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from agriplan.analysis.explanation import ceiling_of
from agriplan.engine.allocation import allocate
from agriplan.engine.gap import needed_growth, unless_met
from agriplan.engine.plan import Plan
from agriplan.engine.tables import numbers
from agriplan.rounding import (
    SAME_VALUE,
    Floats,
    add_up_within,
    have_reached,
    round_printed,
)


@dataclass(frozen=True)
class Shortfall:
    """A league that reaches only a part of its target; printed figures in the indicator's unit.

    `missing` is what it falls short by (rates: points of its own, `missing_of_region` points of the region's; negative:
    what it does beyond its target), `region` what the region then comes to and `short_of` by how much that misses its
    target. `before` is what was unallocated anyway, and in `short_of` as well (negative: what the region can spare).
    `takers` has one row a league that shares the gap: `room` up to its ceiling, `takes` of it by the plan's own rule,
    the `target` and `needed_growth` that this makes, whether it ends `at_ceiling` and what that ceiling is
    (`bound_by`); `left` is what nobody can take.
    """

    code: str
    target: float
    delivered: float
    missing: float
    missing_of_region: float
    before: float
    region: float
    short_of: float
    left: float
    takers: pd.DataFrame


def fall_short(plan: Plan, indicator: str, code: str, completion: float) -> Shortfall:
    """Let a league complete `completion` per cent of its printed target and the others take up what is missing.

    What the region has to spare (a surplus, more placed than the gap) is used first. The others share the rest by the
    plan's rule, from the shares that they have up to their ceilings; whoever is locked takes nothing.
    """
    decimals = plan.baselines.decimals(plan.baselines.by_id[indicator])
    shown, divisor = plan.printed.by_indicator[indicator], float(plan.by_indicator[indicator]["divisor"])
    target = float(plan.printed.league_row(indicator, code)["target"])
    delivered = float(round_printed(target * completion / 100.0, decimals))
    missing = round(target - delivered, decimals)
    counted = missing * float(plan.league_row(indicator, code)["size"])
    of_region = float(round_printed(counted / divisor, decimals))
    region = round(float(shown["reached"]) - of_region, decimals)
    short_of = max(0.0, round(float(shown["target"]) - region, decimals))
    # Nobody else has to take what the region can spare, nor what was unallocated before.
    to_take = max(0.0, min(counted, short_of * divisor))
    whole = min(of_region, short_of) if of_region > 0 else 0.0
    takers, left = _take_up(plan, indicator, code, to_take, whole)
    before = float(shown["unallocated"])
    return Shortfall(code, target, delivered, missing, of_region, before, region, short_of, left, takers)


def _take_up(plan: Plan, indicator: str, code: str, to_take: float, whole: float) -> tuple[pd.DataFrame, float]:
    """The leagues beside one that share the gap, with what each takes of an amount, and what of it is left.

    `to_take` is counted, `whole` is the same as it is printed.
    """
    data, line = plan.baselines, plan.by_indicator[indicator]
    leagues = plan.leagues_of(indicator).reset_index(drop=True)
    printed = plan.printed.leagues_of(indicator).reset_index(drop=True)
    sharing = leagues["named"].to_numpy(dtype=bool) & (leagues["code"] != code).to_numpy()
    taking = sharing & (numbers(leagues, "weight") > 0)
    takes = _taken(leagues, taking, to_take)
    stated = takes / np.where(taking, numbers(leagues, "size"), 1.0)
    bound_by = [ceiling_of(row, data.by_id[indicator].ceiling) for row in plan.league_rows(indicator)]
    bound = np.array(bound_by, dtype=bool)
    room = np.maximum(0.0, numbers(printed, "ceiling_stated") - numbers(printed, "amount_stated"))
    at_ceiling = bound & (takes >= _room(leagues, to_take) * (1.0 - SAME_VALUE))
    # Nobody takes more than is printed as its room, and who ends at the ceiling takes all of that.
    most = np.where(taking, np.where(bound, room, np.inf), 0.0)
    parts = np.append(np.where(at_ceiling & taking, most, stated), (to_take - takes.sum()) / float(line["divisor"]))
    rounded = _rounded(parts, np.append(most, np.inf), whole, data.decimals(data.by_id[indicator]), line["kind"])
    is_rate = np.full(len(leagues), line["kind"] == "rate")
    ends = numbers(leagues, "target") + stated
    target = numbers(printed, "target") + rounded[:-1]
    met = have_reached(numbers(printed, "baseline"), target)
    growth = needed_growth(ends, numbers(leagues, "baseline"), float(data.span), is_rate)
    takers = leagues[["code"]].assign(
        room=np.where(bound, room, np.nan),
        takes=rounded[:-1],
        target=target,
        needed_growth=unless_met(growth, met),
        at_ceiling=at_ceiling,
        bound_by=bound_by,
    )
    return takers[sharing], float(rounded[-1])


def _rounded(parts: Floats, most: Floats, whole: float, decimals: int, kind: str) -> Floats:
    """Parts as they are printed: amounts add up over leagues, points of different herds do not."""
    if kind == "rate":
        return np.minimum(round_printed(parts, decimals), most)
    return add_up_within(parts, most, whole, decimals)


def _room(leagues: pd.DataFrame, to_take: float) -> Floats:
    """How much more each league can take, counted; what nothing limits could take all."""
    free = leagues[["cap", "entered_ceiling", "entered_lock"]].isna().all(axis=1).to_numpy()
    room: Floats = np.where(free, to_take, np.maximum(0.0, numbers(leagues, "ceiling") - numbers(leagues, "amount")))
    return room


def _taken(leagues: pd.DataFrame, taking: np.ndarray, to_take: float) -> Floats:
    """What each league takes on top of its share, counted, shape (leagues,): the same rule, from there on."""
    now = np.where(taking, numbers(leagues, "amount"), 0.0)
    most = np.where(taking, now + np.nan_to_num(_room(leagues, to_take)), 0.0)
    weight, offset = (np.where(taking, np.nan_to_num(numbers(leagues, name)), 0.0) for name in ("weight", "offset"))
    solution = allocate(np.array([now.sum() + to_take]), weight[None, :], offset[None, :], now[None, :], most[None, :])
    taken: Floats = np.maximum(0.0, solution.amounts[0] - now)
    return taken
