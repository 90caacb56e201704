"""The allocation stage: limits, rule and solver give every named league its share of the gap."""

import numpy as np

from agriplan.engine.allocation import RULES, Solution, allocate, feasibility_of
from agriplan.engine.printed import issue_amounts
from agriplan.engine.projection import grow
from agriplan.engine.scenario import LIMITS
from agriplan.engine.tables import Columns, Flags, Frame, grid, numbers, put_where, rates_of, spread
from agriplan.rounding import Floats


def amounts_of_levels(leagues: Frame) -> Columns:
    """Limits that were given as levels become the amounts that lead there from the projection, never below 0.

    >>> nan = float("nan")
    >>> table = {name: [nan] * 3 for part in LIMITS for name in (f"entered_{part}", f"{part}_level")}
    >>> table |= {"projection": [38.0, 60.0, 30.0], "entered_lock": [nan, nan, 5.0], "lock_level": [58.0, 58.0, nan]}
    >>> amounts_of_levels(table)["entered_lock"].tolist()
    [20.0, 0.0, 5.0]
    """
    projection = numbers(leagues, "projection")
    found: Columns = {}
    for part in LIMITS:
        level, entered = numbers(leagues, f"{part}_level"), numbers(leagues, f"entered_{part}")
        found[f"entered_{part}"] = np.where(np.isnan(level), entered, np.maximum(0.0, level - projection))
    return found


def set_limits(leagues: Frame, lines: Frame, years: int) -> Columns:
    """Floor and ceiling of every league, counted: lock beats floor, floor beats ceiling.

    `leagues` holds what the planner entered (in the indicator's unit, rates in points) and the target year's
    `projection` and `size`; `lines` holds `kind`, `ceiling`, `max_growth` and `to_place`. Where nothing limits a
    league, its ceiling is the whole amount to place. Returns `cap`, `floor` and `ceiling`, 0 for unnamed ones.
    """
    width = len(leagues["named"]) // len(lines["kind"])
    line = {name: spread(lines[name], width) for name in ("ceiling", "max_growth", "to_place")}
    return limits_of(leagues, line, np.repeat(rates_of(lines), width), years)


def limits_of(leagues: Frame, line: Columns, is_rate: Flags, years: int) -> Columns:
    """The same where every league's row knows its line's figures, in whatever shapes broadcast."""
    size, named = numbers(leagues, "size"), np.asarray(leagues["named"], dtype=bool)
    cap = _cap(leagues, line, is_rate, years) * size
    entered = {part: numbers(leagues, f"entered_{part}") * size for part in ("floor", "ceiling", "lock")}
    locked = ~np.isnan(entered["lock"])
    least = np.fmin(np.maximum(0.0, cap), entered["ceiling"])
    least = put_where(np.isnan(least), line["to_place"], least)
    floor = np.fmax(0.0, entered["floor"])
    ceiling = put_where(locked, entered["lock"], np.maximum(floor, least))
    floor = put_where(locked, entered["lock"], floor)
    return {
        "cap": put_where(~named, np.nan, cap),
        "floor": put_where(~named, 0.0, floor),
        "ceiling": put_where(~named, 0.0, ceiling),
    }


def _cap(leagues: Frame, line: Columns, is_rate: Flags, years: int) -> Floats:
    """What growth cap and natural ceiling leave above the projection, in the indicator's unit; NaN: no limit."""
    most, baseline = line["max_growth"], numbers(leagues, "baseline")
    capped = np.where(is_rate, baseline + most * years, grow(baseline, most, np.array(float(years))))
    cap: Floats = np.fmin(capped, line["ceiling"]) - numbers(leagues, "projection")
    return cap


def set_terms(leagues: Frame, rules: np.ndarray) -> Columns:
    """Weight and offset of every league by the rule that `rules` names for its row; 0 for unnamed leagues."""
    named = np.asarray(leagues["named"], dtype=bool)
    weight, offset = np.zeros(len(named)), np.zeros(len(named))
    for name, rule in RULES.items():
        rows = (rules == name) & named
        if rows.any():
            terms = rule(leagues)
            weight, offset = np.where(rows, terms.weight, weight), np.where(rows, terms.offset, offset)
    return {"weight": weight, "offset": offset}


def share_out(lines: Frame, leagues: Frame) -> tuple[Columns, Columns]:
    """Solve every line; returns what each line placed and what each league takes.

    The first table has `level`, `floors`, `ceilings`, `placed`, `residual` and `feasibility`, the second `amount`,
    `issued` and `reason`.
    """
    amount = numbers(lines, "to_place")
    terms = {name: grid(leagues, name, len(amount)) for name in ("weight", "offset", "floor", "ceiling")}
    solution = allocate(amount, **terms)
    projection, difference = grid(leagues, "projection", len(amount)), numbers(lines, "statistical_difference")
    issued = issue_amounts(projection, difference, solution.amounts, 10.0 ** numbers(lines, "issue_decimals"))
    is_rate = rates_of(lines)[:, None]
    return (
        {
            "level": solution.level,
            "floors": solution.floors,
            "ceilings": solution.ceilings,
            **what_was_placed(amount, solution),
        },
        {
            "amount": solution.amounts.ravel(),
            "issued": np.where(is_rate, np.nan, issued).ravel(),
            "reason": _reasons(leagues, solution, amount, numbers(lines, "gap")),
        },
    )


def what_was_placed(amount: Floats, solution: Solution) -> Columns:
    """`placed`, the `residual` that was not, and whether floors and ceilings allowed for it (`feasibility`)."""
    exceed, short = feasibility_of(amount, solution)
    placed = put_where(exceed, solution.floors, put_where(short, solution.ceilings, amount))
    feasibility = _FEASIBILITY[np.where(exceed, 2, short * 1)]
    return {"placed": placed, "residual": amount - placed, "feasibility": feasibility}


_FEASIBILITY = np.array(["enough", "ceilings_short", "floors_exceed"])


def _reasons(leagues: Frame, solution: Solution, amount: Floats, gap: Floats) -> np.ndarray:
    width = solution.amounts.shape[1]
    column = {name: numbers(leagues, name) for name in ("floor", "ceiling", "weight", "entered_lock")}
    taken, noise = solution.amounts.ravel(), np.repeat(solution.noise, width)
    nothing = (np.repeat(amount, width) <= 0) & (taken <= 0)
    held_back = nothing & (np.repeat(gap, width) > 0)
    # A floor that leaves no room below the ceiling is what decides: it counts before the ceiling.
    has_room = (column["floor"] <= 0) | (column["ceiling"] > column["floor"])
    return np.select(
        [
            ~np.asarray(leagues["named"], dtype=bool),
            ~np.isnan(column["entered_lock"]),
            held_back,
            nothing,
            column["weight"] <= 0,
            has_room & (taken >= column["ceiling"] - noise),
            taken <= column["floor"] + noise,
        ],
        ["not_named", "locked", "all_held_back", "nothing_to_allocate", "no_weight", "at_ceiling", "at_floor"],
        "proportional",
    )
