"""Many scenarios at once, as long as they differ in numbers: line by line, the scenarios side by side in memory.

What a sweep changes is an input of `stages.compute`: a line's `target` or `rule`, a league's `growth` or
`entered_ceiling`. The steps are those of `compute` and its functions do them, one line at a time: its kind is then
known, leagues that are not named take no part in the sharing, and every operation runs along scenarios that lie next to
each other. Only sums over the leagues and whole powers are written for that order; tests hold the outcome to a plan's.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from agriplan.engine.allocation import RULES, Rule, allocate
from agriplan.engine.assumptions import Assumed
from agriplan.engine.gap import measure_gap
from agriplan.engine.printed import issue_amounts
from agriplan.engine.projection import bounded_difference, move
from agriplan.engine.scenario import LIMITS
from agriplan.engine.sharing import amounts_of_levels, limits_of, what_was_placed
from agriplan.engine.stages import LEAGUE_INPUTS, LINE_INPUTS, reached_by
from agriplan.engine.tables import Columns, Frame, put_where
from agriplan.rounding import Floats

# Scenarios worked out at a time: enough to outweigh a call's own cost, few enough for a processor's cache.
BLOCK = 5000
SWEPT_LINES = ("to_place", "placed", "residual", "feasibility", "reached")
SWEPT_LEAGUES = ("amount", "issued", "target")
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


class Shared(NamedTuple):
    """A line's columns, shape (scenarios,); its leagues' projection, shape (leagues, scenarios); and for the `rows` of
    the named ones what they take, what of it is handed down (None: of a rate nothing is) and what it adds to them."""

    line: Columns
    rows: npt.NDArray[np.intp]
    amount: Floats
    issued: Floats | None
    projection: Floats
    added: Floats


def sweep(assumed: Assumed, years: int, lines: Variations, leagues: Variations) -> Swept:
    """Work out scenarios that differ from `assumed` in the given inputs.

    `lines` holds new line inputs of shape (scenarios, lines), `leagues` new league inputs of shape (scenarios, lines,
    leagues). A change of anything that `compute` does not read is a KeyError.
    """
    unknown = (set(lines) - set(LINE_INPUTS)) | (set(leagues) - set(LEAGUE_INPUTS))
    if unknown:
        raise KeyError(sorted(unknown))
    scenarios = len(next(iter([*lines.values(), *leagues.values()])))
    count, width = assumed.shape
    found = Swept(
        {name: np.empty((count, scenarios), "<U14" if name == "feasibility" else float) for name in SWEPT_LINES},
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
            shared = sweep_line(line, league, RULES[rule], years)
            for name in SWEPT_LINES:
                found.lines[name][row, at] = shared.line[name]
            own_target = found.leagues["target"][row]
            own_target[:, at] = shared.projection
            named = (shared.rows, at) if isinstance(at, slice) else (shared.rows[:, None], at)
            own_target[named] += shared.added
            found.leagues["amount"][row][named] = shared.amount
            if shared.issued is None:
                found.leagues["issued"][row] = np.nan
            else:
                found.leagues["issued"][row][named] = shared.issued
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


def sweep_line(line: Columns, league: Columns, rule: Rule, years: int) -> Shared:
    """What comes of one line.

    What is the same in all scenarios stands once in `line`, and in `league` as a column of shape (leagues, 1).
    """
    is_rate = bool(line["kind"] == "rate")
    ahead = (_rates_ahead if is_rate else _amounts_ahead)(line, league, years)
    line |= {"divisor": ahead.divisor, "statistical_difference": ahead.difference}
    line |= measure_gap({"counted": ahead.total, "divisor": ahead.divisor}, line)
    rows = np.flatnonzero(np.asarray(league["named"], dtype=bool).any(axis=1))
    named = {name: values[rows] for name, values in league.items()}
    named |= {"projection": ahead.projection[rows], "counted": ahead.counted[rows], "one": np.ones((len(rows), 1))}
    if any(not np.isnan(named[f"{limit}_level"]).all() for limit in LIMITS):
        named |= amounts_of_levels(named)
    named["size"] = ahead.size[rows] if is_rate else ahead.size
    named["base_weight"] = named["size"] if is_rate else named["baseline"]
    named |= limits_of(named, line, np.array(is_rate), years)
    amounts, placed = _share(rule, named, line["to_place"])
    line |= placed
    line["reached"] = reached_by(line, ahead.total)
    if is_rate:
        return Shared(line, rows, amounts, None, ahead.projection, amounts / named["size"])
    scale = np.atleast_1d(10.0 ** np.asarray(line["issue_decimals"], dtype=float))
    issued = issue_amounts(ahead.projection.T, ahead.difference, amounts.T, scale).T
    return Shared(line, rows, amounts, issued, ahead.projection, amounts)


def _amounts_ahead(line: Columns, league: Columns, years: int) -> Ahead:
    projection = _grow(league["baseline"], league, years)
    base = np.atleast_1d(line["difference"])
    # Without a difference the region's growth is not needed and may be unknown.
    difference = np.where(base == 0, 0.0, _grow(base, line, years)) if base.any() else np.zeros(1)
    one = np.ones(1)
    return Ahead(projection, one, projection, difference, _add_up(projection) + difference, one)


def _rates_ahead(line: Columns, league: Columns, years: int) -> Ahead:
    projection = move(league["baseline"], league["growth"], years, line["ceiling"])
    base_size = league["herd_base"] / 100.0
    size = base_size * _raise(1.0 + league["herd_growth"] / 100.0, years)
    counted, there = projection * size, ~np.isnan(league["baseline"])
    divisor = np.where(there, size, 0.0).sum(axis=0)
    base = np.atleast_1d(line["difference"])
    # In points a rate's difference stays the same.
    summed, difference = _add_up(counted), np.zeros(1)
    if base.any():
        in_points = base / np.where(there, base_size, 0.0).sum(axis=0) * divisor
        difference = bounded_difference(in_points, summed, divisor, line["ceiling"])
    return Ahead(projection, size, counted, difference, summed + difference, divisor)


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


def _share(rule: Rule, named: Columns, to_place: Floats) -> tuple[Floats, Columns]:
    """Solve every scenario: what the named leagues take, shape (leagues, scenarios), and what the line places."""
    takes_part = named["named"].astype(bool)
    weight, offset = (put_where(~takes_part, 0.0, np.asarray(term)) for term in rule(named))
    wide = np.broadcast_shapes(to_place.shape, *(named[name].shape for name in ("projection", "floor", "ceiling")))
    amount = np.broadcast_to(to_place, wide[1:])
    # Laid out scenario by scenario and handed over transposed: the solver's sums then run along the scenarios.
    terms = (weight, offset, named["floor"], named["ceiling"])
    solution = allocate(amount, *(np.ascontiguousarray(np.broadcast_to(term, wide)).T for term in terms))
    return solution.amounts.T, {"to_place": amount, **what_was_placed(amount, solution)}
