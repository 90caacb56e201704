"""The tables of a plan as rows that templates read; amounts that are counted in animals also in the indicator's unit."""

from typing import Any

from agriplan.notes import take_notes
from agriplan.plan import Plan
from agriplan.records import Area, Commitment

Row = dict[str, Any]
# Columns that are counted in improved animals for a rate; `own_…` beside them is in the indicator's unit (points).
COUNTED_IN_LINES = (
    *("gap", "surplus", "held_back", "on_top", "to_place", "placed", "residual"),
    *("floors", "ceilings", "difference_target"),
)
COUNTED_IN_LEAGUES = ("amount", "floor", "ceiling")


def line_of(plan: Plan, indicator: str) -> Row:
    """The region's line of an indicator."""
    row: Row = dict(plan.by_indicator[indicator])
    return row | {f"own_{name}": row[name] / row["divisor"] for name in COUNTED_IN_LINES}


def leagues_of(plan: Plan, indicator: str) -> list[Row]:
    """The league rows of an indicator, each with its `area`, in the leagues' order."""
    rows: list[Row] = plan.leagues_of(indicator).to_dict("records")  # type: ignore[assignment]
    return [_league(plan, row) for row in rows]


def league_of(plan: Plan, indicator: str, code: str) -> Row:
    """The row of one league."""
    return next(row for row in leagues_of(plan, indicator) if row["code"] == code)


def years_of(plan: Plan, indicator: str, code: str) -> list[Row]:
    """The yearly rows of an indicator and area."""
    rows: list[Row] = plan.years_of(indicator, code).to_dict("records")  # type: ignore[assignment]
    return rows


def notes_of(plan: Plan, indicator: str) -> list[Any]:
    """The sentences about an indicator, feasibility first."""
    return [note for note in take_notes(plan) if note.indicator == indicator]


def units(plan: Plan, commitment: Commitment) -> dict[str, int]:
    """With how many decimals the figures of a commitment are printed: its own, issued ones, and counted animals."""
    herd = plan.baselines.indicators[commitment.herd].decimals if commitment.herd else 0
    own = plan.baselines.decimals(commitment)
    return {"own": own, "issued": commitment.issue_decimals, "counted": herd if commitment.herd else own, "growth": 2}


def area_of(plan: Plan, code: str) -> Area | None:
    """A league by its code."""
    return next((league for league in plan.baselines.leagues if league.code == code), None)


def _league(plan: Plan, row: Row) -> Row:
    own = {f"own_{name}": row[name] / row["size"] for name in COUNTED_IN_LEAGUES}
    return row | own | {"area": plan.baselines.areas[row["code"]]}
