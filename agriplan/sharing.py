"""The allocation stage: limits, rule and solver give every named league its share of the gap."""

import numpy as np
import pandas as pd

from agriplan.allocation import RULES, Solution, allocate, status_of
from agriplan.paths import grow
from agriplan.rounding import issue
from agriplan.tables import Floats, grid


def set_limits(leagues: pd.DataFrame, lines: pd.DataFrame, years: int) -> pd.DataFrame:
    """Floor and ceiling of every league, counted: lock beats floor, floor beats ceiling.

    `leagues` holds what the planner entered (in the indicator's unit, rates in points) and the target year's
    `projection`, `size` and `counted`; `lines` holds `kind`, `ceiling`, `max_growth` and `to_place`. Where nothing
    limits a league, its ceiling is the whole amount to place. Returns `cap`, `floor` and `ceiling`, 0 for unnamed ones.
    """
    count = len(lines)
    width = len(leagues) // count
    size, named = leagues["size"].to_numpy(dtype=float), leagues["named"].to_numpy(dtype=bool)
    is_rate = np.repeat(lines["kind"].to_numpy() == "rate", width)
    max_growth = np.repeat(lines["max_growth"].to_numpy(dtype=float), width)
    baseline = leagues["baseline"].to_numpy(dtype=float)
    capped = np.where(is_rate, baseline + max_growth * years, grow(baseline, max_growth, np.array(float(years))))
    natural = np.repeat(lines["ceiling"].to_numpy(dtype=float), width)
    projection = leagues["projection"].to_numpy(dtype=float)
    cap = np.fmin(capped - projection, natural - projection) * size
    entered = {part: leagues[f"entered_{part}"].to_numpy(dtype=float) * size for part in ("floor", "ceiling", "lock")}
    whole = np.repeat(lines["to_place"].to_numpy(dtype=float), width)
    locked = ~np.isnan(entered["lock"])
    floor = np.where(locked, entered["lock"], np.fmax(0.0, entered["floor"]))
    least = np.fmin(np.maximum(0.0, cap), entered["ceiling"])
    least = np.where(np.isnan(least), whole, least)
    ceiling = np.where(locked, entered["lock"], np.maximum(floor, least))
    return pd.DataFrame(
        {
            "cap": np.where(named, cap, np.nan),
            "floor": np.where(named, floor, 0.0),
            "ceiling": np.where(named, ceiling, 0.0),
        }
    )


def set_terms(leagues: pd.DataFrame, rules: pd.Series) -> pd.DataFrame:
    """Weight and offset of every league by the rule that `rules` names for its row; 0 for unnamed leagues."""
    named = leagues["named"].to_numpy(dtype=bool)
    weight, offset = np.zeros(len(leagues)), np.zeros(len(leagues))
    for rule in rules.unique():
        rows = (rules == rule).to_numpy() & named
        terms = RULES[rule](leagues[rows])
        weight[rows] = terms.weight
        offset[rows] = terms.offset
    return pd.DataFrame({"weight": weight, "offset": offset})


def share_out(lines: pd.DataFrame, leagues: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Solve every line; returns what each line placed and what each league takes.

    The first table has `level`, `floors`, `ceilings`, `placed`, `residual` and `status`, the second `amount`, `issued`
    and `reason`.
    """
    count = len(lines)
    amount = lines["to_place"].to_numpy(dtype=float)
    terms = {name: grid(leagues, name, count) for name in ("weight", "offset", "floor", "ceiling")}
    solution = allocate(amount, terms["weight"], terms["offset"], terms["floor"], terms["ceiling"])
    exceed, short = status_of(amount, solution)
    placed = np.select([exceed, short], [solution.floors, solution.ceilings], amount)
    issued = issue(solution.amounts, lines["issue_decimals"].to_numpy(dtype=float))
    is_rate = (lines["kind"].to_numpy() == "rate")[:, None]
    return (
        pd.DataFrame(
            {
                "level": solution.level,
                "floors": solution.floors,
                "ceilings": solution.ceilings,
                "placed": placed,
                "residual": amount - placed,
                "status": np.select([exceed, short], ["floors_exceed", "ceilings_short"], "feasible"),
            }
        ),
        pd.DataFrame(
            {
                "amount": solution.amounts.ravel(),
                "issued": np.where(is_rate, np.nan, issued).ravel(),
                "reason": _reasons(leagues, solution, amount),
            }
        ),
    )


def _reasons(leagues: pd.DataFrame, solution: Solution, amount: Floats) -> np.ndarray:
    width = solution.amounts.shape[1]
    column = {name: leagues[name].to_numpy(dtype=float) for name in ("floor", "ceiling", "weight", "entered_lock")}
    taken, noise = solution.amounts.ravel(), np.repeat(solution.noise, width)
    nothing = (np.repeat(amount, width) <= 0) & (taken <= 0)
    return np.select(
        [
            ~leagues["named"].to_numpy(dtype=bool),
            ~np.isnan(column["entered_lock"]),
            nothing,
            column["weight"] <= 0,
            taken >= column["ceiling"] - noise,
            taken <= column["floor"] + noise,
        ],
        ["not_named", "locked", "nothing_to_allocate", "no_weight", "at_ceiling", "at_floor"],
        "proportional",
    )
