"""The arithmetic alone: project, measure the gap, share it out; for any number of lines at once."""

from typing import NamedTuple

import numpy as np

from agriplan.engine.gap import measure_gap, needed_growth
from agriplan.engine.projection import add_up, at_step, grow, move, project, with_taken
from agriplan.engine.sharing import amounts_of_levels, set_limits, set_terms, share_out
from agriplan.engine.tables import Columns, Flags, Frame, numbers, rates_of
from agriplan.rounding import Floats


class Outcome(NamedTuple):
    """Lines and leagues with every figure, and the yearly paths of the leagues and of the region."""

    lines: Columns
    leagues: Columns
    paths: Columns
    regional: Columns


def compute(lines: Frame, leagues: Frame, years: int) -> Outcome:
    """Work out every line; the tables are those of `assumptions.take_baseline`, or many scenarios' stacked.

    Each line has the same number of leagues, one after the other.
    """
    lines, leagues = _copied(lines, LINE_INPUTS), _copied(leagues, LEAGUE_INPUTS)
    count = len(lines["kind"])
    width = len(leagues["baseline"]) // count
    is_rate = rates_of(lines)
    paths = project(lines, leagues, years)
    regional = add_up(lines, leagues, paths)
    leagues |= {name: at_step(paths, name, count * width) for name in ("projection", "size", "counted")}
    leagues["herd"] = at_step(paths, "herd", count * width)
    leagues["base_weight"] = np.where(np.repeat(is_rate, width), leagues["size"], leagues["baseline"])
    leagues["one"] = np.ones(count * width)
    end = {name: at_step(regional, name, count) for name in ("counted", "divisor", "difference", "projection")}
    lines |= {"divisor": end["divisor"], "statistical_difference": end["difference"], "projection": end["projection"]}
    lines["baseline"] = at_step(regional, "projection", count, 0)
    lines |= measure_gap(end, lines)
    leagues |= amounts_of_levels(leagues)
    leagues |= set_limits(leagues, lines, years)
    leagues |= set_terms(leagues, np.repeat(lines["rule"], width))
    placed, taken = share_out(lines, leagues)
    lines |= placed
    leagues |= taken
    lines |= _reach(lines, end["counted"], is_rate, years)
    leagues |= _targets(leagues, np.repeat(is_rate, width), years)
    return Outcome(lines, leagues, paths, regional)


# What `compute` reads; everything else in the tables is for people.
LINE_INPUTS = (
    "kind", "target", "ceiling", "published", "relative_error", "growth", "suggested", "unit_value_growth",
    "suggested_unit_value_growth", "difference", "reserve", "margin", "rule", "max_growth", "issue_decimals",
)  # fmt: skip
LEAGUE_INPUTS = (
    "named", "baseline", "growth", "unit_value_growth", "herd_base", "herd_growth", "entered_floor", "entered_ceiling",
    "entered_lock", "floor_level", "ceiling_level", "lock_level", "entered_share", "criteria_weight",
)  # fmt: skip


def _copied(table: Frame, columns: tuple[str, ...]) -> Columns:
    return {name: np.asarray(table[name]) for name in columns}


def _reach(lines: Columns, counted: Floats, is_rate: Flags, years: int) -> Columns:
    span = np.array(float(years))
    published, suggested = numbers(lines, "published"), numbers(lines, "suggested")
    target, reached = numbers(lines, "target"), reached_by(lines, counted)
    fitted = grow(grow(published, suggested, span), numbers(lines, "suggested_unit_value_growth"), span)
    return {
        "own_fit": np.where(is_rate, move(published, suggested, years, numbers(lines, "ceiling")), fitted),
        "reachable": with_taken(lines, counted, "ceilings"),
        "reached": reached,
        "unallocated": target - reached,
        "trend_growth": needed_growth(numbers(lines, "projection"), lines["baseline"], float(years), is_rate),
        "needed_growth": needed_growth(target, lines["baseline"], float(years), is_rate),
        "gap_within_error": np.abs(lines["gap"]) < lines["relative_error"] * lines["baseline"] * lines["divisor"],
    }


def reached_by(lines: Frame, counted: Floats) -> Floats:
    """Where the region arrives with what is placed on top of what it has counted by itself."""
    # What is held back, put on top, left over or too much: nothing where all was placed, to the last digit.
    left = lines["held_back"] - lines["on_top"] + lines["residual"] - lines["surplus"]
    reached: Floats = np.where(left == 0, numbers(lines, "target"), with_taken(lines, counted, "placed"))
    return reached


def _targets(leagues: Columns, is_rate: Flags, years: int) -> Columns:
    # Not (counted + amount) / size: without an amount the target must be the projection to the last digit.
    target = leagues["projection"] + leagues["amount"] / leagues["size"]
    needed = needed_growth(target, numbers(leagues, "baseline"), float(years), is_rate)
    return {"target": target, "needed_growth": needed}
