"""The years from the as-of year to the target year: where an area is by itself, within which range, and what is due.

Projections are those of every league at its own trend, milestones those of the plan that shares the gap which is left.
As of the target year nothing is ahead: the value of the year stands beside what was handed down.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from agriplan.analysis.hindsight import HELD
from agriplan.analysis.outlook import path_by_history
from agriplan.baselines.commitments import Commitment
from agriplan.engine.evaluation_columns import EVALUATION_YEARS
from agriplan.engine.plan import Plan
from agriplan.forecast.attainment import AttainmentPoints, all_attainment_points
from agriplan.forecast.growth import growth_kind
from agriplan.forecast.intervals import range_of
from agriplan.memo import memoized
from agriplan.rounding import COMPARE_DIGITS, round_half_up, round_printed

# An evaluation's rows by indicator and area; of a year by year as well.
EvaluationRows = Mapping[tuple[str, str], Mapping[str, Any]]
RANGED = ("low", "high")
# What only the region has: beside the leagues it makes their sum its own figure.
OF_REGION = ("carried_difference", "unallocated", "printed_carried_difference", "printed_due_difference",
             "printed_unallocated")  # fmt: skip


def terms_of(indicator: str, plan: Plan | None) -> dict[str, Any]:
    """How the gap that is left is shared, and whether the limits can hold it; nothing where nothing is shared."""
    if plan is None:
        return {"rule": "", "path": "", "feasibility": "", "reachable": np.nan, "printed_reachable": np.nan}
    line, shown = plan.by_indicator[indicator], plan.printed.by_indicator[indicator]
    told = {name: line[name] for name in ("rule", "path", "feasibility", "reachable")}
    return told | {"printed_reachable": shown["reachable"]}


NO_TERMS = terms_of("", None)


def lay_evaluation_years(issued: Plan, trend: Plan | None, plan: Plan | None, rows: EvaluationRows) -> pd.DataFrame:
    """One row an indicator, area and year, the region before its leagues: `EVALUATION_YEARS`."""
    found = [
        row
        for commitment in issued.baselines.commitments
        for code in issued.baselines.areas
        for row in (
            _ended(issued, commitment, code, rows)
            if trend is None or plan is None
            else _ahead(trend, plan, commitment, code, rows[commitment.id, code])
        )
    ]
    return pd.DataFrame({column.name: [row[column.name] for row in found] for column in EVALUATION_YEARS})


def _ahead(
    trend: Plan, plan: Plan, commitment: Commitment, code: str, evaluated: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    data, decimals = trend.baselines, trend.baselines.decimals(commitment)
    history = path_by_history(trend, commitment.id, code)
    tables = (trend, trend.printed, plan, plan.printed)
    for own, own_shown, due, due_shown in zip(*(one.year_rows(commitment.id, code) for one in tables), strict=True):
        year = int(own["year"])
        row: dict[str, Any] = {"indicator": commitment.id, "code": code, "year": year, "herd": float(own["herd"])}
        row |= {"projected": float(own["projection"]), "printed_projected": float(own_shown["projection"])}
        row |= {"milestone": float(due["milestone"]), "printed_milestone": float(due_shown["milestone"])}
        row |= dict(zip(RANGED, _range(trend, commitment, code, history, year - data.base_year), strict=True))
        row |= {f"printed_{end}": float(round_printed(row[end], decimals)) for end in RANGED}
        # A rate's difference is counted in animals of the year; it is told in points, as the rate is.
        points = own["herd"] / 100.0 if commitment.is_rate else 1.0
        row["carried_difference"] = float(own["difference"] / points)
        row["unallocated"] = float(due["unallocated"])
        told = round_printed(row["carried_difference"], decimals)
        row["printed_carried_difference"] = float(told if commitment.is_rate else own_shown["difference"])
        row["printed_due_difference"] = float(due_shown["difference_due"])
        row["printed_unallocated"] = float(due_shown["unallocated"])
        # Where all begins is the figure of the as-of year, shown as it is shown everywhere.
        yield row if year > data.base_year else row | _as_evaluated(evaluated)


def _as_evaluated(evaluated: Mapping[str, Any]) -> dict[str, Any]:
    """The printed figures of the as-of year; only the region has a difference."""
    found = dict.fromkeys(("printed_projected", "printed_milestone"), evaluated["printed_current"])
    if np.isnan(evaluated["printed_difference"]):
        return found
    return found | dict.fromkeys(
        ("printed_carried_difference", "printed_due_difference"), evaluated["printed_difference"]
    )


def _range(trend: Plan, commitment: Commitment, code: str, history: Mapping[int, float], ahead: int) -> tuple[Any, Any]:
    """Both ends of what may come so many years ahead by history alone; none of a year that is known."""
    projected = history.get(trend.baselines.base_year + ahead)
    if ahead == 0 or projected is None:
        return np.nan, np.nan
    misses = _points(trend, ahead)[commitment.id, code].misses
    low, high = range_of(projected, misses, HELD, growth_kind(commitment.kind), commitment.ceiling)
    return float(low), float(high)


@memoized
def _points(trend: Plan, ahead: int) -> Mapping[tuple[str, str], AttainmentPoints]:
    return all_attainment_points(trend.baselines, trend.suggestions, ahead)


def _ended(issued: Plan, commitment: Commitment, code: str, rows: EvaluationRows) -> Iterator[dict[str, Any]]:
    """The target year alone, as of itself: what was reached beside what was handed down."""
    row, is_region = rows[commitment.id, code], code == issued.baselines.region.code
    found: dict[str, Any] = {"indicator": commitment.id, "code": code, "year": issued.baselines.target_year}
    found |= dict.fromkeys(("herd", *RANGED, *(f"printed_{end}" for end in RANGED), *OF_REGION), np.nan)
    found |= {"projected": row["current"], "printed_projected": row["printed_current"]}
    found |= {"milestone": row["target"], "printed_milestone": row["printed_target"]}
    if is_region:
        found |= {"carried_difference": row["difference"], "printed_carried_difference": row["printed_difference"]}
        found["printed_due_difference"], found["printed_unallocated"] = rest_of_targets(
            issued, issued, rows, commitment
        )
        found["unallocated"] = found["printed_unallocated"]
    yield found


def rest_of_targets(
    issued: Plan, plan: Plan, rows: EvaluationRows, commitment: Commitment, column: str = "printed_target"
) -> tuple[float, float]:
    """The printed difference of a plan, and what it and the leagues' targets leave of the region's; none of a rate."""
    if commitment.is_rate:
        return np.nan, np.nan
    difference = float(plan.printed.by_indicator[commitment.id]["statistical_difference"])
    targets = [rows[commitment.id, league.code][column] for league in issued.baselines.leagues]
    whole = rows[commitment.id, issued.baselines.region.code]["printed_target"]
    return difference, float(round_half_up(whole - np.nansum(targets) - difference, COMPARE_DIGITS))
