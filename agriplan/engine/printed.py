"""The printed figures (列示数): every figure in the one rounded form in which it is shown, so that tables add up.

Totals are rounded half up and what lies between them is a difference of printed totals; parts are rounded by largest
remainder to their total. An amount is then its exact one rounded down or up, and one that needs no rounding stays.
"""

from typing import NamedTuple

import numpy as np

from agriplan.engine.actual_values import print_actuals
from agriplan.engine.columns import STATED
from agriplan.engine.gap import raised_by
from agriplan.engine.projection import with_taken
from agriplan.engine.tables import Columns, Flags, Frame, grid, numbers, rates_of
from agriplan.rounding import Floats, largest_remainder, placed_units, quotas, round_printed, whole_units


class Scales(NamedTuple):
    """Printing units in one of the indicator's own unit, and in one of what adds up over leagues; shape (lines,)."""

    own: Floats
    counted: Floats


def issue_amounts(projection: Floats, difference: Floats, amounts: Floats, scale: Floats) -> Floats:
    """Round what leagues take to the printed total that is placed; `amounts` has shape (lines, leagues).

    They come on top of the leagues' `projection` and the statistical `difference`; `scale` printing units, shape
    (lines,), make one unit.
    """
    projected = quotas(projection, scale[:, None]).sum(axis=1) + quotas(difference, scale)
    taken = quotas(amounts, scale[:, None])
    _, total = placed_units(projected, taken.sum(axis=1))
    issued: Floats = largest_remainder(taken, total) / scale[:, None]
    return issued


def round_figures(lines: Frame, leagues: Frame, scales: Scales) -> tuple[Columns, Columns]:
    """Print every figure of the lines and of their leagues; the tables are those of `stages.Outcome`.

    Rates are stated, not added: they are rounded half up, and what lies between two of them is the difference of the
    printed ones. What is counted in their improved animals is rounded as amounts are.
    """
    count = len(scales.own)
    is_rate = rates_of(lines)
    counted = _settle(_counted(lines, leagues, scales.counted))
    stated = _settle(_stated(lines, scales.own), _rounded(lines["target"], scales.own))
    own = {name: np.where(is_rate, stated[name], counted[name]) for name in counted}
    base, base_total = add_up_units(grid(leagues, "baseline", count), numbers(lines, "difference"), scales.own)
    ahead, _ = add_up_units(grid(leagues, "projection", count), numbers(lines, "statistical_difference"), scales.own)
    rates = {name: _rounded(grid(leagues, name, count), scales.own) for name in ("baseline", "projection", "target")}
    taken = largest_remainder(quotas(grid(leagues, "amount", count), scales.counted[:, None]), counted["placed"])
    baseline, projection = (
        np.where(is_rate[:, None], rates[name], added[:, :-1])
        for name, added in (("baseline", base), ("projection", ahead))
    )
    target = np.where(is_rate[:, None], rates["target"], projection + taken)
    limits = _limits(lines, leagues, {"counted": (taken, scales.counted), "own": (target - projection, scales.own)})
    # With ceilings that cannot hold the gap, what is reached is what can be reached: printed alike. Amounts add up.
    short = np.asarray(lines["feasibility"]) == "ceilings_short"
    highest = np.where(is_rate, _rounded(lines["reachable"], scales.own), own["projection"] + limits.most)
    reachable = np.where(short, own["reached"], highest)
    own["ceilings"] = np.where(is_rate, reachable - own["projection"], limits.most)
    own["floors"] = np.where(is_rate, _floors_of_rates(lines, scales.own) - own["projection"], limits.least)
    whole = {name: own[name] for name in ("target", "projection", "reached", "unallocated")}
    whole |= {name: _rounded(lines[name], scales.own) for name in ("source_target", "published", "own_fit")}
    whole["baseline"] = np.where(is_rate, _rounded(lines["baseline"], scales.own), base_total)
    whole |= {"reachable": reachable, "difference": base[:, -1], "statistical_difference": ahead[:, -1]}
    added = {name: counted[name] for name in COUNTED} | {"floors": limits.least, "ceilings": limits.most}
    found = {name: values / scales.own for name, values in whole.items()}
    found |= {name: values / scales.counted for name, values in added.items()}
    found |= {f"{name}{STATED}": own[name] / scales.own for name in added}
    shown = {"baseline": baseline, "projection": projection, "target": target, **limits.stated}
    shown |= {f"amount{STATED}": target - projection}
    by_league = {name: values / scales.own[:, None] for name, values in shown.items()}
    by_league |= {name: values / scales.counted[:, None] for name, values in limits.counted.items()}
    by_league["amount"] = taken / scales.counted[:, None]
    for name in ("herd_base", "herd"):
        by_league[name] = _rounded(grid(leagues, name, count), scales.counted) / scales.counted[:, None]
    return found, {name: values.ravel() for name, values in by_league.items()}


# Between the printed totals: what `_settle` finds, in the unit that adds up over leagues.
COUNTED = ("gap", "surplus", "held_back", "on_top", "to_place", "placed", "residual")


class _Quotas(NamedTuple):
    """What a line's totals are made of, as quotas of shape (lines,)."""

    projection: Floats
    placed: Floats
    held_back: Floats
    on_top: Floats
    residual: Floats
    surplus: Floats


def _counted(lines: Frame, leagues: Frame, scale: Floats) -> _Quotas:
    """Totals as they add up: the quotas of the leagues and of the difference, summed."""
    count, wide = len(scale), scale[:, None]
    projection = quotas(grid(leagues, "projection", count) * grid(leagues, "size", count), wide).sum(axis=1)
    projection += quotas(lines["statistical_difference"], scale)
    placed = quotas(grid(leagues, "amount", count), wide).sum(axis=1)
    parts = (quotas(lines[name], scale) for name in ("held_back", "on_top", "residual", "surplus"))
    return _Quotas(projection, placed, *parts)


def _stated(lines: Frame, scale: Floats) -> _Quotas:
    """Totals as they are stated: in the indicator's unit, each by itself."""
    placed, names = raised_by(lines), ("held_back", "on_top", "to_place", "surplus")
    held_back, on_top, due, surplus = (numbers(lines, name) / numbers(lines, "divisor") for name in names)
    exact = (numbers(lines, "projection"), placed, held_back, on_top, due - placed, surplus)
    return _Quotas(*quotas(np.array(exact), scale))


def _settle(exact: _Quotas, target: Floats | None = None) -> Columns:
    """The printed totals of every line, in printing units, up to the printed target where one is given.

    Otherwise what the commitment is made of is added up from the same quotas, so that no noise comes between them: for
    an amount that is the commitment itself, which has no more decimals than are printed.
    """
    projection, placed = placed_units(exact.projection, exact.placed)
    parts = np.stack([exact.held_back, -exact.on_top, exact.residual], axis=-1)
    whole = exact.projection + exact.placed + parts.sum(axis=-1) - exact.surplus
    target = whole_units(whole) if target is None else target
    reached = projection + placed
    gap = target - projection
    # In a surplus nothing is held back or put on top: what remains of it is what locks and floors place all the same.
    surplus = np.maximum(-gap, 0.0)
    unallocated = target - reached
    held_back, on_top, residual = np.moveaxis(largest_remainder(parts, unallocated + surplus), -1, 0)
    return {
        "target": target,
        "projection": projection,
        "reached": reached,
        "unallocated": unallocated,
        "gap": gap,
        "surplus": surplus,
        "held_back": held_back,
        "on_top": -on_top + 0.0,
        "to_place": placed + residual,
        "placed": placed,
        "residual": residual,
    }


def add_up_units(values: Floats, difference: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Leagues' figures and the difference (the last column) in printing units, and their total; NaN stays.

    Shapes (lines, leagues), (lines,), (lines,) and, where years follow, with the years last.
    """
    exact = np.concatenate([values, np.expand_dims(difference, 1)], axis=1)
    return _parts(exact, scale)


def _parts(exact: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Parts along the second axis in printing units, and their total, half up."""
    share = np.moveaxis(quotas(exact, _along(scale, exact)), 1, -1)
    total = whole_units(share.sum(axis=-1))
    rounded = np.moveaxis(largest_remainder(share, total), -1, 1)
    return np.where(np.isnan(exact), np.nan, rounded), total


def _along(scale: Floats, values: Floats) -> Floats:
    return scale.reshape(-1, *[1] * (values.ndim - 1))


def _rounded(values: Floats | Frame, scale: Floats) -> Floats:
    """Half up, in printing units."""
    found = np.asarray(values, dtype=float)
    return round_printed(found * _along(scale, found))


class _Limits(NamedTuple):
    """Printed limits of the leagues, counted and stated, and what floors and ceilings come to; in printing units."""

    counted: Columns
    stated: Columns
    least: Floats
    most: Floats


def _limits(lines: Frame, leagues: Frame, amounts: dict[str, tuple[Floats, Floats]]) -> _Limits:
    """Floors and ceilings of leagues: never on the wrong side of the printed amount, and equal to it where it binds."""
    count = len(lines["kind"])
    size, weight = grid(leagues, "size", count), grid(leagues, "weight", count)
    exact = {name: grid(leagues, name, count) for name in ("amount", "floor", "ceiling")}
    found: dict[str, Columns] = {}
    for unit, (taken, scale) in amounts.items():
        by = 1.0 if unit == "counted" else size
        quota = {name: quotas(values / by, scale[:, None]) for name, values in exact.items()}
        ends = {name: _rounded(exact[name] / by, scale) for name in ("floor", "ceiling")}
        found[unit] = {
            "floor": np.where(quota["floor"] == quota["amount"], taken, np.minimum(ends["floor"], taken)),
            "ceiling": np.where(quota["ceiling"] == quota["amount"], taken, np.maximum(ends["ceiling"], taken)),
        }
    floor, ceiling = found["counted"]["floor"], found["counted"]["ceiling"]
    most = np.where(weight > 0, ceiling, floor)
    stated = {f"{name}{STATED}": values for name, values in found["own"].items()}
    return _Limits(found["counted"], stated, np.nansum(floor, axis=1), np.nansum(most, axis=1))


def _floors_of_rates(lines: Frame, scale: Floats) -> Floats:
    """The rate that the floors alone would lead to."""
    return _rounded(with_taken(lines, numbers(lines, "projection") * numbers(lines, "divisor"), "floors"), scale)


def round_years(
    years: Columns, due: Floats, ends: tuple[Columns, Columns], is_rate: Flags, scales: Scales, stands_alone: Flags
) -> Columns:
    """Print the years: every year's leagues, difference and what is unallocated add up to the region.

    `years` holds arrays of shape (lines, 1 + leagues, years), the region first: `projection`, `milestone`, `actual`,
    `herd`, and of the region alone `difference`, `unallocated` and `carried_difference`; `due` is the difference beside
    a rate's milestones, `ends` are the printed lines and leagues. The base year shows the printed baselines, the target
    year the printed targets. `stands_alone`, shape (lines, years), says where the region's actual is its own figure.
    """
    count, width = len(is_rate), years["projection"].shape[1] - 1
    difference, unallocated = (years[name][:, :1] for name in ("difference", "unallocated"))
    shown_alone = ("projection", "milestone", "unallocated", "actual")
    stated = {name: _rounded(years[name], scales.own) for name in shown_alone}
    found: Columns = {}
    alone: Columns = {}
    for name, own, rest in (
        ("projection", "difference", [difference]),
        ("milestone", "difference_due", [difference, unallocated]),
    ):
        parts, total = _parts(np.concatenate([years[name][:, 1:], *rest], axis=1), scales.own)
        added = np.concatenate([total[:, None], parts[:, :width]], axis=1)
        found[name] = np.where(is_rate[:, None, None], stated[name], added)
        alone[own] = parts[:, width]
    alone["unallocated"] = np.where(is_rate[:, None], stated["unallocated"][:, 0], parts[:, -1])
    counts = np.where(np.isnan(years["projection"]), 0.0, stated["actual"])[:, 1:]
    beside = years["carried_difference"][:, 0] * scales.own[:, None]
    found["actual"] = stated["actual"]
    found["actual"][:, 0], alone["carried_difference"] = print_actuals(
        stated["actual"][:, 0], counts, beside, is_rate, stands_alone
    )
    lines, leagues = ends
    found["milestone"][:, 0, -1] = np.rint(lines["target"] * scales.own)
    found["milestone"][:, 1:, -1] = np.rint(leagues["target"].reshape(count, -1) * scales.own[:, None])
    alone["difference_due"][:, -1] = np.rint(lines["statistical_difference"] * scales.own)
    alone["difference_due"] = np.where(is_rate[:, None], _rounded(due, scales.own), alone["difference_due"])
    alone["unallocated"][:, -1] = np.rint(lines["unallocated"] * scales.own)
    none = np.full_like(years["projection"][:, 1:], np.nan)
    found |= {name: np.concatenate([values[:, None], none], axis=1) for name, values in alone.items()}
    shown = {name: values / _along(scales.own, values) for name, values in found.items()}
    shown["herd"] = _rounded(years["herd"], scales.counted) / _along(scales.counted, years["herd"])
    return {name: values.ravel() for name, values in shown.items()}
