"""The tables of a plan as rows that templates read; what is counted in animals stands there in points as well."""

from functools import lru_cache
from typing import Any

import pandas as pd

from agriplan.analysis.notes import Note, take_notes
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Area
from agriplan.engine.plan import Plan

Row = dict[str, Any]
# A page asks for the notes of one indicator after the other.
_notes = lru_cache(maxsize=8)(take_notes)
# Columns that are counted in improved animals for a rate; `own_…` beside them is in the indicator's unit (points).
COUNTED_IN_LINES = (
    *("gap", "surplus", "held_back", "on_top", "to_place", "placed", "residual"),
    *("floors", "ceilings", "difference_target"),
)
COUNTED_IN_LEAGUES = ("amount", "floor", "ceiling")


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table."""
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def line_of(plan: Plan, indicator: str) -> Row:
    """The region's line of an indicator."""
    row: Row = dict(plan.by_indicator[indicator])
    return row | {f"own_{name}": row[name] / row["divisor"] for name in COUNTED_IN_LINES}


def leagues_of(plan: Plan, indicator: str) -> list[Row]:
    """The league rows of an indicator, each with its `area`, in the leagues' order."""
    return [_league(plan, row) for row in records(plan.leagues_of(indicator))]


def league_of(plan: Plan, indicator: str, code: str) -> Row:
    """The row of one league."""
    return next(row for row in leagues_of(plan, indicator) if row["code"] == code)


def years_of(plan: Plan, indicator: str, code: str) -> list[Row]:
    """The yearly rows of an indicator and area."""
    return records(plan.years_of(indicator, code))


def notes_of(plan: Plan, indicator: str) -> list[Note]:
    """The sentences about an indicator, feasibility first."""
    return [note for note in _notes(plan) if note.indicator == indicator]


def units(plan: Plan, commitment: Commitment) -> dict[str, int]:
    """With how many decimals the figures of a commitment are printed: its own, issued ones, and counted animals."""
    herd = plan.baselines.indicators[commitment.herd].decimals if commitment.herd else 0
    own = plan.baselines.decimals(commitment)
    return {"own": own, "issued": commitment.issue_decimals, "counted": herd if commitment.herd else own, "growth": 2}


def area_of(data: Baselines, code: str) -> Area | None:
    """A league by its code."""
    return next((league for league in data.leagues if league.code == code), None)


def _league(plan: Plan, row: Row) -> Row:
    own = {f"own_{name}": row[name] / row["size"] for name in COUNTED_IN_LEAGUES}
    return row | own | {"area": plan.baselines.areas[row["code"]]}
