"""The steps of the live allocation, as the engine's numbers: what every helper cell of the solver stores."""

from dataclasses import dataclass

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.allocation import TOLERANCE
from agriplan.engine.tables import Floats
from agriplan.forecast.attainment import demand
from agriplan.forecast.growth import Kind
from agriplan.rounding import COMPARE_DIGITS, PARTS, placed_units, quotas, round_half_up
from agriplan.workbook.content.making import Making


@dataclass(frozen=True)
class Solved:
    """Scalars of the solver and its columns, in the leagues' order."""

    counted: float
    noise: float
    last: float
    at_last: float
    slope: float
    demand: float
    passed: float
    columns: dict[str, list[object]]
    rounding: dict[str, float]


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
    asked = _demand(making, commitment)
    counted = frame["projection"] * frame["size"]
    issuing, rounding = _issue_steps(amount, counted, float(line["difference_target"]), commitment.issue_decimals)
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
        **({"counted": counted} if commitment.kind == "rate" else issuing),
        "demand": asked[1:],
        "passed": _passed(making, commitment, asked)[1:],
    }
    return Solved(
        counted=float(np.nansum(counted) + line["difference_target"]),
        noise=float(noise),
        last=last,
        at_last=at_last,
        slope=float(weight[(enters <= last) & (full > last)].sum()),
        demand=float(asked[0]),
        passed=float(_passed(making, commitment, asked)[0]),
        columns={name: values.tolist() for name, values in columns.items()},
        rounding=rounding if commitment.kind != "rate" else {},
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


def _issue_steps(
    amount: Floats, projection: Floats, difference: float, decimals: int
) -> tuple[dict[str, Floats], dict[str, float]]:
    """The steps of the two largest remainders, projections with the difference and amounts: columns and scalars."""
    scale = 10.0**decimals
    columns: dict[str, Floats] = {}
    scalars: dict[str, float] = {}
    for prefix, values, last in (("projection_", projection, difference), ("", amount, 0.0)):
        quota = quotas(np.append(values, last), scale) / PARTS
        whole = np.floor(quota)
        part = round_half_up(quota - whole, COMPARE_DIGITS)
        earlier = np.tri(len(part), k=-1, dtype=bool)
        ahead = (part[None, :] > part[:, None]) | ((part[None, :] == part[:, None]) & earlier)
        steps = {"quota": quota, "whole": whole, "part": part, "ahead": ahead.sum(axis=1).astype(float)}
        columns |= {f"{prefix}{name}": step[:-1] for name, step in steps.items()}
        if prefix:
            scalars |= {f"difference_{name}": float(steps[name][-1]) for name in ("quota", "whole", "part")}
    projected, taken = (
        quotas(np.append(one, more), scale).sum() for one, more in ((projection, difference), (amount, 0))
    )
    before, placed = placed_units(projected, taken)
    scalars |= {"projection_quotas": float(projected / PARTS), "projection_units": float(before)}
    return columns, scalars | {"placed_units": float(placed)}


def _demand(making: Making, commitment: Commitment) -> Floats:
    """What the targets ask beyond the projections: the region's first, then the leagues'."""
    line = making.read.lines[commitment.id]
    frame = making.read.leagues[commitment.id]
    target = np.array([line["target"], *frame["target"]], dtype=float)
    projection = np.array([line["projection"], *frame["projection"]], dtype=float)
    kind: Kind = "rate" if commitment.kind == "rate" else "amount"
    asked = demand(target, projection, kind)
    # Nothing leads from a projection of 0 to a target: as hard as the hardest edge, and a number that a cell can hold.
    hardest = [making.outlook[commitment.id, code]["edge_5"] for code in making.data.areas]
    known = np.where(np.isinf(asked), hardest, asked)
    return np.where(np.isnan(projection), np.nan, known)


def _passed(making: Making, commitment: Commitment, asked: Floats) -> Floats:
    rows = [making.outlook[commitment.id, code] for code in making.data.areas]
    edges = np.array([[row[f"edge_{number}"] for number in range(1, 6)] for row in rows])
    passed = (edges <= asked[:, None]).sum(axis=1).astype(float)
    return np.where(np.isnan(asked), np.nan, passed)
