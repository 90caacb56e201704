"""The steps of the live allocation, as the engine's numbers: what every helper cell of the solver stores."""

from dataclasses import dataclass

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.allocation import TOLERANCE
from agriplan.engine.tables import Floats
from agriplan.rounding import COMPARE_DIGITS, round_half_up
from agriplan.workbook.content.making import Making


@dataclass(frozen=True)
class Solved:
    """Scalars of the solver and its columns, in the leagues' order."""

    counted: float
    noise: float
    last: float
    at_last: float
    slope: float
    columns: dict[str, list[object]]


def solve(making: Making, commitment: Commitment) -> Solved:
    """Follow the solver step by step, as the formulas do."""
    line = making.read.lines[commitment.id]
    frame = making.read.leagues[commitment.id]
    column = {name: frame[name].astype(float) for name in ("weight", "offset", "floor", "ceiling", "amount")}
    weight, offset, floor, ceiling, amount = column.values()
    whole = float(line["to_place"])
    has = weight > 0
    upper = np.where(has, np.maximum(floor, np.minimum(ceiling, whole)), floor)
    divisor = np.where(has, weight, 1.0)
    enters, full = (np.where(has, (limit + offset) / divisor, 0.0) for limit in (floor, upper))
    noise = TOLERANCE * (whole + upper.sum() + np.abs(offset).sum())
    sums = [_sum_at(points, enters, full, weight, offset, floor, upper) for points in (enters, full)]
    reached = [
        np.where(total <= whole + noise, points, np.nan) for total, points in zip(sums, (enters, full), strict=True)
    ]
    both = np.concatenate(reached)
    last = float(np.min([enters, full]) if np.isnan(both).all() else np.nanmax(both))
    at_last = float(_sum_at(np.array([last]), enters, full, weight, offset, floor, upper)[0])
    counted = frame["projection"] * frame["size"]
    columns = {
        "upper": upper,
        "most": np.where(has, np.maximum(floor, ceiling), floor),
        "enters": enters,
        "full": full,
        "sum_at_entry": sums[0],
        "sum_when_full": sums[1],
        "entry_reached": reached[0],
        "full_reached": reached[1],
        **_limits(making, commitment),
        **({"counted": counted} if commitment.kind == "rate" else _issue_steps(amount, commitment.issue_decimals)),
    }
    return Solved(
        counted=float(np.nansum(counted) + line["difference_target"]),
        noise=float(noise),
        last=last,
        at_last=at_last,
        slope=float(weight[(enters <= last) & (full > last)].sum()),
        columns={name: values.tolist() for name, values in columns.items()},
    )


def _sum_at(
    points: Floats, enters: Floats, full: Floats, weight: Floats, offset: Floats, floor: Floats, upper: Floats
) -> Floats:
    at = points[:, None]
    value = np.where(at < enters, floor, np.where(at < full, at * weight - offset, upper))
    total: Floats = value.sum(axis=1)
    return total


def _limits(making: Making, commitment: Commitment) -> dict[str, Floats]:
    line = making.read.lines[commitment.id]
    frame = making.read.leagues[commitment.id]
    named = frame["named"].astype(bool)
    baseline, size, cap = (frame[name].astype(float) for name in ("baseline", "size", "cap"))
    most, years = float(line["max_growth"]), float(making.steps)
    capped = baseline + most * years if commitment.kind == "rate" else baseline * (1.0 + most / 100.0) ** years
    positive = np.where(np.isnan(cap), np.nan, np.maximum(0.0, cap))
    entered = frame["entered_ceiling"] * size
    least = np.fmin(positive, entered)
    return {
        "capped": np.where(named, capped, np.nan),
        "positive_cap": positive,
        "counted_ceiling": entered,
        "least": np.where(np.isnan(least), float(line["to_place"]), least),
    }


def _issue_steps(amount: Floats, decimals: int) -> dict[str, Floats]:
    quota = round_half_up(amount * 10.0**decimals, COMPARE_DIGITS)
    whole = np.floor(quota)
    part = round_half_up(quota - whole, COMPARE_DIGITS)
    earlier = np.tri(len(part), k=-1, dtype=bool)
    ahead = (part[None, :] > part[:, None]) | ((part[None, :] == part[:, None]) & earlier)
    return {"quota": quota, "whole": whole, "part": part, "ahead": ahead.sum(axis=1).astype(float)}
