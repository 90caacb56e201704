"""What if one league falls short of its target: what the region then comes to, and who could take it up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from agriplan.analysis.explanation import ceiling_of
from agriplan.engine.allocation import allocate
from agriplan.engine.gap import needed_growth
from agriplan.engine.plan import Plan
from agriplan.engine.tables import numbers
from agriplan.rounding import Floats, add_up_within, round_printed


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
    data = plan.baselines
    decimals = data.decimals(data.by_id[indicator])
    line, shown = plan.by_indicator[indicator], plan.printed.by_indicator[indicator]
    leagues = plan.leagues_of(indicator).reset_index(drop=True)
    printed = plan.printed.leagues_of(indicator).reset_index(drop=True)
    own = leagues["code"] == code
    target = float(printed.loc[own, "target"].iloc[0])
    delivered = float(round_printed(target * completion / 100.0, decimals))
    missing = round(target - delivered, decimals)
    counted = missing * float(leagues.loc[own, "size"].iloc[0])
    of_region = float(round_printed(counted / line["divisor"], decimals))
    region = round(float(shown["reached"]) - of_region, decimals)
    short_of = max(0.0, round(float(shown["target"]) - region, decimals))
    # Nobody else has to take what the region can spare, nor what was unallocated before.
    to_take = max(0.0, min(counted, short_of * float(line["divisor"])))
    taking = leagues["named"].to_numpy(dtype=bool) & ~own.to_numpy() & (numbers(leagues, "weight") > 0)
    takes = _taken(leagues, taking, to_take)
    rest = to_take - takes.sum()
    size = np.where(taking, numbers(leagues, "size"), 1.0)
    is_rate = bool(line["kind"] == "rate")
    stated = np.append(takes / size, rest / float(line["divisor"]))
    whole = min(of_region, short_of) if of_region > 0 else 0.0
    natural = data.by_id[indicator].ceiling
    bound_by = [ceiling_of(row, natural) for row in leagues.to_dict("records")]
    bound = np.array(bound_by, dtype=bool)
    room = np.where(
        bound, np.maximum(0.0, numbers(printed, "ceiling_stated") - numbers(printed, "amount_stated")), np.inf
    )
    at_ceiling = bound & (takes >= _room(leagues, to_take) * (1.0 - 1e-9))
    # Nobody takes more than is printed as its room, and who ends at the ceiling takes all of that.
    most = np.append(np.where(taking, room, 0.0), np.inf)
    stated = np.where(np.append(at_ceiling & taking, False), most, stated)
    # Amounts add up over leagues; points of different herds do not.
    rounded = (
        np.minimum(round_printed(stated, decimals), most) if is_rate else add_up_within(stated, most, whole, decimals)
    )
    ends = numbers(printed, "target") + rounded[:-1]
    years = float(data.span)
    growth = needed_growth(
        numbers(leagues, "target") + takes / size, numbers(leagues, "baseline"), years, np.full(len(leagues), is_rate)
    )
    takers = leagues[["code"]].assign(
        room=np.where(bound, room, np.nan),
        takes=rounded[:-1],
        target=ends,
        needed_growth=growth,
        at_ceiling=at_ceiling,
        bound_by=bound_by,
    )
    left = float(rounded[-1])
    shares = leagues["named"].to_numpy(dtype=bool) & ~own.to_numpy()
    before = float(shown["unallocated"])
    return Shortfall(code, target, delivered, missing, of_region, before, region, short_of, left, takers[shares])


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
