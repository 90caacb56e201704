"""Many scenarios at once, as long as they differ in numbers: line by line, the scenarios side by side in memory.

What a sweep changes is an input of `stages.compute`: a line's `target` or `rule`, a league's `growth` or
`entered_ceiling`. The steps are those of `compute`, one line at a time: its kind is then known, leagues that are not
named take no part in the sharing, and every operation runs along scenarios that lie next to each other. Rules, solver
and rounding are the same functions as a plan's; what differs is held to a plan's figures by a test.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from agriplan.engine.allocation import RULES, Rule, allocate, feasibility_of
from agriplan.engine.assumptions import Assumed
from agriplan.engine.printed import issue_amounts
from agriplan.engine.scenario import LIMITS
from agriplan.engine.sharing import amounts_of_levels
from agriplan.engine.stages import LEAGUE_INPUTS, LINE_INPUTS
from agriplan.engine.tables import Columns, Frame
from agriplan.rounding import Floats

# Scenarios worked out at a time: enough to outweigh a call's own cost, few enough for a processor's cache.
BLOCK = 3000
SWEPT_LINES = ("to_place", "placed", "residual", "feasibility", "reached")
SWEPT_LEAGUES = ("amount", "issued", "target")
FEASIBILITY = np.array(["enough", "ceilings_short", "floors_exceed"])
Variations = Mapping[str, npt.NDArray[np.generic]]


class Swept(NamedTuple):
    """Columns `SWEPT_LINES`, shape (scenarios, lines), and `SWEPT_LEAGUES`, shape (scenarios, lines, leagues)."""

    lines: Columns
    leagues: Columns


class Ahead(NamedTuple):
    """Where a line arrives by itself: `projection`, `size` and `counted` of its leagues, shape (leagues, scenarios).

    `counted` adds up over leagues and with the statistical `difference` makes `total`, which `divisor` takes back to
    the indicator's unit. What is the same in all scenarios stands once.
    """

    projection: Floats
    size: Floats
    counted: Floats
    difference: Floats
    total: Floats
    divisor: Floats


def sweep(assumed: Assumed, years: int, lines: Variations, leagues: Variations) -> Swept:
    """Work out scenarios that differ from `assumed` in the given inputs.

    `lines` holds new line inputs of shape (scenarios, lines), `leagues` new league inputs of shape (scenarios, lines,
    leagues). A change of anything that `compute` does not read is a KeyError.
    """
    unknown = (set(lines) - set(LINE_INPUTS)) | (set(leagues) - set(LEAGUE_INPUTS))
    if unknown:
        raise KeyError(sorted(unknown))
    scenarios = len(next(iter([*lines.values(), *leagues.values()])))
    count, width = len(assumed.lines), len(assumed.leagues) // len(assumed.lines)
    found = Swept(
        {
            name: np.empty((count, scenarios), FEASIBILITY.dtype if name == "feasibility" else float)
            for name in SWEPT_LINES
        },
        {name: np.zeros((count, width, scenarios)) for name in SWEPT_LEAGUES},
    )
    same = _unchanged(assumed.lines, LINE_INPUTS, lines), _unchanged(assumed.leagues, LEAGUE_INPUTS, leagues)
    for row in range(count):
        own = slice(row * width, (row + 1) * width)
        for rule, at in _by_rule(lines["rule"][:, row] if "rule" in lines else same[0]["rule"][row], scenarios):
            line = {name: values[row] for name, values in same[0].items()}
            line |= {name: values[at, row] for name, values in lines.items()}
            league = {name: values[own, None] for name, values in same[1].items()}
            league |= {name: np.ascontiguousarray(values[at, row].T) for name, values in leagues.items()}
            columns = sweep_line(line, league, RULES[rule], years)
            for name in SWEPT_LINES:
                found.lines[name][row, at] = columns.lines[name]
            for name in SWEPT_LEAGUES:
                found.leagues[name][row][:, at] = columns.leagues[name]
    return Swept(
        {name: values.T for name, values in found.lines.items()},
        {name: values.transpose(2, 0, 1) for name, values in found.leagues.items()},
    )


def _by_rule(rules: npt.ArrayLike, scenarios: int) -> Iterator[tuple[str, slice | npt.NDArray[np.intp]]]:
    """Scenarios that follow one rule, a block at a time: a slice where all do."""
    first = str(np.atleast_1d(rules)[0])
    if np.all(np.asarray(rules) == first):
        yield from ((first, slice(start, min(start + BLOCK, scenarios))) for start in range(0, scenarios, BLOCK))
        return
    for rule in RULES:
        places = np.flatnonzero(np.asarray(rules) == rule)
        yield from ((rule, places[start : start + BLOCK]) for start in range(0, len(places), BLOCK))


def _unchanged(table: Frame, names: tuple[str, ...], changes: Variations) -> Columns:
    """The inputs that are the same in all scenarios, as arrays: a frame is slow to take apart."""
    return {name: np.asarray(table[name]) for name in names if name not in changes}


def sweep_line(line: Columns, league: Columns, rule: Rule, years: int) -> Swept:
    """The columns of one line, shapes (scenarios,) and (leagues, scenarios).

    What is the same in all scenarios stands once in `line`, and in `league` as a column of shape (leagues, 1).
    """
    is_rate = bool(line["kind"] == "rate")
    ahead = (_rates_ahead if is_rate else _amounts_ahead)(line, league, years)
    missing = np.maximum(line["target"] * ahead.divisor - ahead.total, 0.0)
    to_place = missing * (1.0 - line["reserve"] / 100.0) * (1.0 + line["margin"] / 100.0)
    rows = np.flatnonzero(np.asarray(league["named"], dtype=bool).any(axis=1))
    named = {name: values[rows] for name, values in league.items()}
    named |= {"projection": ahead.projection[rows], "counted": ahead.counted[rows], "one": np.ones((len(rows), 1))}
    if any(not np.isnan(named[f"{limit}_level"]).all() for limit in LIMITS):
        named |= amounts_of_levels(named)
    named["size"] = ahead.size[rows] if is_rate else ahead.size
    named["base_weight"] = named["size"] if is_rate else named["baseline"]
    named |= _limits(line, named, to_place, years)
    amounts, lines = _share(rule, named, to_place)
    lines["reached"] = (ahead.total + lines["placed"]) / ahead.divisor
    shape = (len(league["baseline"]), amounts.shape[1])
    target = np.array(np.broadcast_to(ahead.projection, shape))
    target[rows] += amounts / named["size"]
    leagues = {"amount": np.zeros(shape), "issued": np.full(shape, np.nan if is_rate else 0.0), "target": target}
    leagues["amount"][rows] = amounts
    if not is_rate:
        scale = np.atleast_1d(10.0 ** np.asarray(line["issue_decimals"], dtype=float))
        leagues["issued"][rows] = issue_amounts(ahead.projection.T, ahead.difference, amounts.T, scale).T
    return Swept(lines, leagues)


def _amounts_ahead(line: Columns, league: Columns, years: int) -> Ahead:
    projection = _grow(league["baseline"], league, years)
    base = np.atleast_1d(line["difference"])
    # Without a difference the region's growth is not needed and may be unknown.
    difference = np.where(base == 0, 0.0, _grow(base, line, years)) if base.any() else np.zeros(1)
    one = np.ones(1)
    return Ahead(projection, one, projection, difference, _add_up(projection) + difference, one)


def _rates_ahead(line: Columns, league: Columns, years: int) -> Ahead:
    projection = np.clip(league["baseline"] + league["growth"] * years, 0.0, line["ceiling"])
    base_size = league["herd_base"] / 100.0
    size = base_size * _raise(1.0 + league["herd_growth"] / 100.0, years)
    counted, there = projection * size, ~np.isnan(league["baseline"])
    divisor = np.where(there, size, 0.0).sum(axis=0)
    base = np.atleast_1d(line["difference"])
    # In points a rate's difference stays the same.
    difference = base / np.where(there, base_size, 0.0).sum(axis=0) * divisor if base.any() else np.zeros(1)
    return Ahead(projection, size, counted, difference, _add_up(counted) + difference, divisor)


def _add_up(counted: Floats) -> Floats:
    """The sum over the leagues, shape (scenarios,); a league without a baseline is inside the difference."""
    total: Floats = counted.sum(axis=0)
    if np.isnan(total).any():
        total = np.nansum(counted, axis=0)
    return total


def _grow(base: Floats, table: Frame, years: int) -> Floats:
    """Compound growth of quantity and unit value; the unit value's first, which a sweep hardly ever changes."""
    grown = base * _raise(1.0 + table["unit_value_growth"] / 100.0, years)
    return grown * _raise(1.0 + table["growth"] / 100.0, years)


def _raise(base: Floats, exponent: int) -> Floats:
    """A whole power of 1 or more, by squaring: several times as fast as raising to a real number."""
    half = base if exponent < 4 else _raise(base, exponent // 2)
    if exponent == 1:
        return base
    return half * half if exponent % 2 == 0 else half * half * base


def _limits(line: Columns, named: Columns, to_place: Floats, years: int) -> Columns:
    """Floor and ceiling of the named leagues, as `sharing.set_limits` sets them; shapes (leagues, scenarios or 1)."""
    size, base, most = named["size"], named["baseline"], line["max_growth"]
    capped = base + most * years if line["kind"] == "rate" else base * _raise(np.atleast_1d(1.0 + most / 100.0), years)
    cap = np.fmin(capped, line["ceiling"]) - named["projection"]
    ceiling = np.fmin(np.maximum(0.0, cap) * size, named["entered_ceiling"] * size)
    unlimited = np.isnan(ceiling)
    if unlimited.any():
        ceiling = np.where(unlimited, to_place, ceiling)
    floor = np.fmax(0.0, named["entered_floor"] * size)
    ceiling = np.maximum(floor, ceiling)
    lock, locked = named["entered_lock"] * size, ~np.isnan(named["entered_lock"])
    if locked.any():
        floor, ceiling = np.where(locked, lock, floor), np.where(locked, lock, ceiling)
    takes_part = named["named"].astype(bool)
    if not takes_part.all():
        floor, ceiling = np.where(takes_part, floor, 0.0), np.where(takes_part, ceiling, 0.0)
    return {"floor": floor, "ceiling": ceiling}


def _share(rule: Rule, named: Columns, to_place: Floats) -> tuple[Floats, Columns]:
    """Solve every scenario: what the named leagues take, shape (leagues, scenarios), and what the line places."""
    takes_part = named["named"].astype(bool)
    weight, offset = rule(named)
    if not takes_part.all():
        weight, offset = np.where(takes_part, weight, 0.0), np.where(takes_part, offset, 0.0)
    wide = np.broadcast_shapes(to_place.shape, *(named[name].shape for name in ("projection", "floor", "ceiling")))
    amount = np.broadcast_to(to_place, wide[1:])
    # Laid out scenario by scenario and handed over transposed: the solver's sums then run along the scenarios.
    terms = (weight, offset, named["floor"], named["ceiling"])
    solution = allocate(amount, *(np.ascontiguousarray(np.broadcast_to(term, wide)).T for term in terms))
    exceed, short = feasibility_of(amount, solution)
    placed = np.where(exceed, solution.floors, np.where(short, solution.ceilings, amount))
    feasibility = FEASIBILITY[np.where(exceed, 2, short * 1)]
    lines = {"to_place": amount, "placed": placed, "residual": amount - placed, "feasibility": feasibility}
    return solution.amounts.T, lines
