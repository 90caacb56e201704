"""Why a league's share is what it is: its part by the rule alone, what its own limits cut or add, what spilled over.

    share = by the rule alone + its own limits + spill-over

By the rule alone is what the league would take if nobody had a limit; its own limits move that to its nearest allowed
amount; what others cannot take, or must take, is shared among the rest and is the spill-over. The parts of two plans
give the parts of their difference.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from agriplan.analysis.comparison import have_moved
from agriplan.engine.plan import Plan
from agriplan.engine.tables import Columns, numbers
from agriplan.rounding import Floats, add_up_to, printed_difference

PARTS = ("by_rule", "own_limits", "spill")
DIFFERENCES = ("trend", "gap", "weight", "limits", "spill", "rounding")


def explained(plan: Plan, indicator: str) -> Columns:
    """The parts of every league's share, in the leagues' order.

    `weight` and `part` (its share of all weights), `PARTS`, which add up to `amount`, all counted; the same in the
    indicator's unit with the ending `_stated`, and as printed with `_printed`; and `bound_by`, the limit that decided.
    """
    leagues = plan.league_columns(indicator)
    parts = _parts(plan, indicator)
    size = numbers(leagues, "size")
    stated = {name: _per(values, size) for name, values in parts.items()}
    printed = numbers(plan.printed.league_columns(indicator), "amount_stated")
    commitment = plan.baselines.by_id[indicator]
    shown = add_up_to(np.column_stack(list(stated.values())), printed, plan.baselines.decimals(commitment))
    binds = [bound_by(row, commitment.ceiling) for row in plan.league_rows(indicator)]
    return (
        {name: leagues[name] for name in ("code", "weight", "offset", "amount")}
        | {"part": _part_of_weights(plan, indicator), **parts}
        | {f"{name}_stated": values for name, values in stated.items()}
        | {f"{name}_printed": shown[:, place] for place, name in enumerate(parts)}
        | {"amount_printed": printed, "bound_by": np.array(binds, dtype=object)}
    )


class _Side(NamedTuple):
    """One plan's side of a difference: arrays of shape (leagues,), all but `part` in the indicator's unit."""

    size: Floats
    to_place: float
    part: Floats
    stated: dict[str, Floats]
    projection: Floats
    target: Floats
    printed: dict[str, Floats]


def difference_explained(before: Plan, after: Plan, indicator: str) -> Columns:
    """Why every league's target differs between two plans, in the leagues' order and the indicator's unit.

    `trend` is the change of its projection, `gap` what a larger or smaller gap brings at its mean part of the weights,
    `weight` what its changed part of them brings, `limits` and `spill` the changes of those parts; they add up to
    `target`, the change of its target. As printed with the ending `_printed`: `trend` is what lies between the printed
    projections, and what makes up the share comes to what lies between the printed shares. Either may be printed
    otherwise only because all leagues add up to the region: that is `rounding`.

    Swapping the plans turns every sign.
    """
    then, now = (_side(plan, indicator) for plan in (before, after))
    part = (then.part + now.part) / 2.0
    gap = _per(now.to_place * part, now.size) - _per(then.to_place * part, then.size)
    change = {name: now.stated[name] - then.stated[name] for name in PARTS}
    found = {
        "trend": now.projection - then.projection,
        "gap": gap,
        "weight": change["by_rule"] - gap,
        "limits": change["own_limits"],
        "spill": change["spill"],
        "rounding": np.zeros(len(part)),
    }
    decimals = before.baselines.decimals(before.baselines.by_id[indicator])
    shown = _printed_difference(then, now, found, decimals)
    return (
        {"code": before.league_columns(indicator)["code"], **found}
        | {"target": now.target - then.target, "target_printed": now.printed["target"] - then.printed["target"]}
        | {f"{name}_printed": values for name, values in shown.items()}
    )


def _printed_difference(then: _Side, now: _Side, found: dict[str, Floats], decimals: int) -> dict[str, Floats]:
    """The parts of a difference, each with what lies between the printed figures that it is about."""
    between = {
        name: printed_difference(now.printed[name], then.printed[name], decimals)
        for name in ("projection", "amount_stated")
    }
    trend_moved = have_moved(then.projection, now.projection)
    share_moved = have_moved(*(np.add.reduce(list(side.stated.values())) for side in (then, now)))
    of_share = [name for name in found if name not in {"trend", "rounding"}]
    parts = add_up_to(np.column_stack([found[name] for name in of_share]), between["amount_stated"], decimals)
    trend = np.where(trend_moved, between["projection"], 0.0)
    shown = dict(zip(of_share, np.where(share_moved[:, None], parts, 0.0).T, strict=True))
    rounding = between["projection"] - trend + np.where(share_moved, 0.0, between["amount_stated"])
    return {"trend": trend, **shown, "rounding": rounding}


def _side(plan: Plan, indicator: str) -> _Side:
    leagues, printed = plan.league_columns(indicator), plan.printed.league_columns(indicator)
    size = numbers(leagues, "size")
    return _Side(
        size,
        float(plan.by_indicator[indicator]["to_place"]),
        _part_of_weights(plan, indicator),
        {name: _per(values, size) for name, values in _parts(plan, indicator).items()},
        np.nan_to_num(numbers(leagues, "projection")),
        np.nan_to_num(numbers(leagues, "target")),
        {name: np.nan_to_num(numbers(printed, name)) for name in ("projection", "amount_stated", "target")},
    )


def _per(values: Floats, size: Floats) -> Floats:
    """Counted amounts in the indicator's unit; a league without a figure takes no part."""
    known = np.nan_to_num(size) > 0
    stated: Floats = np.where(known, values / np.where(known, size, 1.0), 0.0)
    return stated


def _part_of_weights(plan: Plan, indicator: str) -> Floats:
    weight = np.maximum(np.nan_to_num(numbers(plan.league_columns(indicator), "weight")), 0.0)
    total = weight.sum()
    return weight / total if total > 0 else np.zeros(len(weight))


def _parts(plan: Plan, indicator: str) -> dict[str, Floats]:
    """`PARTS` of every league, counted."""
    line, leagues = plan.by_indicator[indicator], plan.league_columns(indicator)
    named = np.asarray(leagues["named"], dtype=bool)
    floor, ceiling, amount, offset = (
        np.where(named, np.nan_to_num(numbers(leagues, name)), 0.0) for name in ("floor", "ceiling", "amount", "offset")
    )
    part, to_place = _part_of_weights(plan, indicator), float(line["to_place"])
    takes = part > 0
    # Without a gap the rule has nothing to share: what a league takes then is its floor or lock.
    whole = to_place + offset[takes].sum()
    by_rule = np.where(takes & (to_place > 0), whole * part - offset, 0.0)
    allowed = np.clip(by_rule, floor, np.where(takes, np.maximum(ceiling, floor), floor))
    own_limits = np.where(named, allowed - by_rule, 0.0)
    return {"by_rule": by_rule, "own_limits": own_limits, "spill": amount - by_rule - own_limits}


def bound_by(row: Mapping[str, Any], natural: float | None) -> str:
    """Which limit decided a league's share: lock, floor, entered, max_growth, natural, or none of them ("")."""
    words = {"locked": "lock", "at_floor": "floor"}
    return ceiling_of(row, natural) if row["reason"] == "at_ceiling" else words.get(row["reason"], "")


# The columns that `ceiling_of` reads.
CEILING_READ = ("size", "cap", "entered_ceiling", "entered_lock", "ceiling", "floor", "projection")


def ceiling_of(row: Mapping[str, Any], natural: float | None) -> str:
    """What a league's ceiling is: its lock or floor, the entered one, the cap on growth, the most that a rate can be.

    Nothing where nobody and nothing set one.

    >>> nan = float("nan")
    >>> row = {"size": 1.0, "cap": 9.0, "entered_ceiling": 5.0, "entered_lock": nan, "ceiling": 5.0, "floor": 0.0}
    >>> ceiling_of(row, None)
    'entered'
    """
    size, cap, entered, ceiling = (float(row[name]) for name in ("size", "cap", "entered_ceiling", "ceiling"))
    if not np.isnan(row["entered_lock"]):
        return "lock"
    if 0 < ceiling <= row["floor"]:
        return "floor"  # a floor above the ceiling: it counts
    if entered * size <= ceiling:
        return "entered"
    if natural is not None and np.isclose(cap, (natural - row["projection"]) * size):
        return "natural"
    return "max_growth" if max(cap, 0.0) <= ceiling else ""
