"""How far a target lies within reach: by history alone, with the growths entered, and how rarely growth was as fast.

Two statements that are never mixed. *By history* asks the target of `projection_by_history`, the same scenario without
any growth that a person entered. *As entered* asks it of the plan's own projection, with the same misses, and says how
that projection stands to what history supports.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from agriplan.analysis.printed_history import history_beside, print_by_history
from agriplan.baselines.commitments import Commitment
from agriplan.engine.assumptions import Assumed
from agriplan.engine.plan import Plan, scales_of
from agriplan.engine.projection import add_up, project
from agriplan.engine.tables import Columns, check_table, frame_of_columns, grid, numbers
from agriplan.forecast.attainment import AttainmentPoints, all_attainment_points, attainment_band, plausible_range
from agriplan.forecast.growth import growth_kind
from agriplan.forecast.past import past_runs
from agriplan.memo import memoized, recall
from agriplan.rounding import Floats

if TYPE_CHECKING:
    import pandas as pd

# A row of `columns.OUTLOOK`, and the commitment and area that it is about.
Outlook = dict[str, Any]
OutlookKey = tuple[str, str]
EDGES = tuple(f"edge_{number}" for number in range(1, 6))
# What may stand behind a band: an assumed growth of the quantity, or only of the unit value; at most one of them.
ASSUMED = ("assumed", "unit_value_assumed")
# Projections are the same, and ends of a range are met, when they agree in so many digits.
OUTLOOK_DIGITS = 9


def what_is_assumed(row: Mapping[str, Any]) -> str | None:
    """Which of `ASSUMED` stands behind the band of a row.

    >>> what_is_assumed({"assumed": False, "unit_value_assumed": True})
    'unit_value_assumed'
    """
    return next((name for name in ASSUMED if row[name]), None)


class OutlookCase(NamedTuple):
    """One area of one commitment: its target, its projection as entered and by history, and how projections miss.

    The target is the printed one, which is handed down.
    """

    target: float
    projection: float
    printed_projection: float
    by_history: float
    printed_by_history: float
    points: AttainmentPoints
    plausible: tuple[float, float]


def look_ahead(plan: Plan) -> "pd.DataFrame":
    """The attainment question for the region and every league of every indicator: `columns.OUTLOOK`.

    A league is asked for its own target, as it is printed; without a baseline or a suggestion there is no answer ("").
    """
    rows = list(outlook_by_key(plan).values())
    return frame_of_columns(check_table("outlook", {name: [row[name] for row in rows] for name in rows[0]}))


@memoized
def outlook_by_key(plan: Plan) -> dict[tuple[str, str], Outlook]:
    """The rows of `look_ahead` by indicator and area."""
    points, plausible = _misses(plan)
    by_history, shown = _ends_by_history(plan)
    found = {}
    for place, commitment in enumerate(plan.baselines.commitments):
        region = plan.baselines.region.code
        asked = (
            [float(tables.by_indicator[commitment.id][name]), *tables.league_columns(commitment.id)[name].tolist()]
            for tables, name in ((plan.printed, "target"), (plan, "projection"), (plan.printed, "projection"))
        )
        figures = zip(*asked, by_history[place].tolist(), shown[place].tolist(), strict=True)
        runs = past_by_indicator(plan)[commitment.id]
        counts = {name: float(sum(run[name] for run in runs)) for name in ("stretches", "fast_stretches")}
        for code, (target, ahead, printed, end, told) in zip(plan.baselines.areas, figures, strict=True):
            key = commitment.id, code
            counted = counts if code == region else dict.fromkeys(counts, np.nan)
            case = OutlookCase(target, ahead, printed, end, told, points[key], plausible[key])
            found[key] = _row(*key, case, code == region) | counted
    return found


def _ends_by_history(plan: Plan) -> tuple[Floats, Floats]:
    """Where history leads every line in the target year, and that as it is shown: the region first, then leagues."""
    paths, scales = paths_by_history(plan), scales_of(plan.baselines)
    is_rate = np.array([commitment.is_rate for commitment in plan.baselines.commitments])
    ends = np.concatenate([paths.region[:, None, -1], paths.leagues[..., -1]], axis=1)
    return ends, print_by_history(ends, paths.difference[:, -1], is_rate, scales.own)


def _misses(plan: Plan) -> tuple[Mapping[OutlookKey, AttainmentPoints], Mapping[OutlookKey, tuple[float, float]]]:
    """How projections miss, and what history supports: the same for every scenario of the same data and suggestions."""
    data, suggestions = plan.baselines, plan.suggestions
    found = recall(
        data,
        ("outlook.misses", id(suggestions)),  # kept beside what it belongs to: no other can take its place in memory
        lambda: (suggestions, all_attainment_points(data, suggestions), plausible_range(data, suggestions)),
    )
    return found[1], found[2]


class HistoryProjections(NamedTuple):
    """Projections with every growth as suggested, from the base year on: (lines, steps) and (lines, leagues, steps).

    The statistical difference has the shape of the region's.
    """

    region: Floats
    leagues: Floats
    difference: Floats


def project_by_history(assumed: Assumed, years: int) -> HistoryProjections:
    """Project the scenario without the growths that a person entered: NaN where history suggests none.

    Own figures stay. One league without a suggestion leaves the region without a projection.
    """
    lines: Columns = {name: assumed.lines[name] for name in ("kind", "ceiling", "difference", "suggested")}
    lines |= {
        "growth": numbers(assumed.lines, "suggested"),
        "unit_value_growth": numbers(assumed.lines, "suggested_unit_value_growth"),
    }
    baseline, (count, width) = numbers(assumed.leagues, "baseline"), assumed.shape
    leagues: Columns = {
        "baseline": baseline,
        "growth": numbers(assumed.leagues, "suggested"),
        "unit_value_growth": np.repeat(lines["unit_value_growth"], width),
        "herd_base": numbers(assumed.leagues, "herd_base"),
        "herd_growth": numbers(assumed.leagues, "suggested_herd_growth"),
    }
    paths = project(lines, leagues, years)
    by_league = {name: numbers(paths, name).reshape(count, width, -1) for name in ("projection", "counted")}
    unknown = (~np.isnan(baseline).reshape(count, width, 1) & np.isnan(by_league["counted"])).any(axis=1)
    added = add_up(lines, leagues, paths)
    region = np.where(unknown, np.nan, grid(added, "projection", count))
    return HistoryProjections(region, by_league["projection"], grid(added, "difference", count))


@memoized
def paths_by_history(plan: Plan) -> HistoryProjections:
    """`project_by_history` of a plan, year by year."""
    return project_by_history(plan.assumed, plan.baselines.span)


def path_by_history(plan: Plan, indicator: str, code: str) -> dict[int, float]:
    """Where history alone leads an area, by year from the base year; no years where history says nothing."""
    data, found = plan.baselines, paths_by_history(plan)
    line = [commitment.id for commitment in data.commitments].index(indicator)
    codes = data.league_codes
    values = found.region[line] if code == data.region.code else found.leagues[line, codes.index(code)]
    return {data.base_year + step: float(value) for step, value in enumerate(values) if not np.isnan(value)}


def _row(indicator: str, code: str, case: OutlookCase, is_region: bool) -> Outlook:
    known = not np.isnan(case.by_history)
    points = case.points
    entered = known and differs(case.projection, case.by_history)
    beside = history_beside(is_region, entered, case.printed_by_history, case.printed_projection)
    by_history = attainment_band(case.target, case.by_history, points, beside)
    as_entered = attainment_band(case.target, case.projection, points, case.printed_projection)
    return {
        "indicator": indicator,
        "code": code,
        "projection_by_history": case.by_history,
        "printed_by_history": case.printed_by_history,
        "band": by_history if known else "",
        "assumed": points.assumed,
        "unit_value_assumed": points.unit_value_assumed and not points.assumed,
        "entered": entered,
        "entered_band": as_entered if entered else "",
        "range": _place(case) if entered else "",
        "plausible_low": case.plausible[0],
        "plausible_high": case.plausible[1],
        **dict(zip(EDGES, points.thresholds.tolist(), strict=True)),
    }


def differs(one: float, other: float) -> bool:
    """Whether two projections are not the same figure."""
    return abs(one - other) > 10.0**-OUTLOOK_DIGITS * max(1.0, abs(one), abs(other))


def _place(case: OutlookCase) -> str:
    """How a projection as entered stands to what history supports: inside, above or below."""
    low, high = case.plausible
    if case.points.kind == "rate":
        moved = case.projection - case.by_history
    elif case.by_history:
        moved = case.projection / case.by_history
    else:  # nothing is a part of nothing: any more is beyond what history supports, any less below it
        return "above" if case.projection > case.by_history else "below"
    if round(moved - high, OUTLOOK_DIGITS) > 0:
        return "above"
    return "below" if round(moved - low, OUTLOOK_DIGITS) < 0 else "inside"


@memoized
def past_by_indicator(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """The rows of `look_back` by indicator."""
    return {commitment.id: _past(plan, commitment) for commitment in plan.baselines.commitments}


def look_back(plan: Plan) -> "pd.DataFrame":
    """The region's past stretches as long as the plan, run by run: `columns.PAST`."""
    rows = [row for runs in past_by_indicator(plan).values() for row in runs]
    return frame_of_columns(check_table("past", {column: [row[column] for row in rows] for column in PAST_COLUMNS}))


PAST_COLUMNS = (
    "indicator", "basis", "comparable", "first", "last", "needed", "stretches", "fast_stretches", "first_start",
    "last_start",
)  # fmt: skip


def _past(plan: Plan, commitment: Commitment) -> list[dict[str, Any]]:
    line = plan.by_indicator[commitment.id]
    years = plan.baselines.span
    kind, needed = growth_kind(commitment.kind), float(line["needed_growth"])
    if commitment.unit_value:
        # The quantity has to grow by what the unit value does not.
        unit_value = plan.suggested_unit_value_growth(commitment)
        needed = ((1 + needed / 100) / (1 + unit_value / 100) - 1) * 100
    runs = past_runs(plan.baselines, commitment.quantity, plan.baselines.region.code, years, needed, kind)
    return [
        {
            "indicator": commitment.id,
            "basis": run.basis,
            "comparable": run.comparable,
            "first": run.first,
            "last": run.last,
            "needed": needed,
            "stretches": run.stretches,
            "fast_stretches": len(run.fast_starts),
            "first_start": min(run.fast_starts, default=np.nan),
            "last_start": max(run.fast_starts, default=np.nan),
        }
        for run in runs
    ]
