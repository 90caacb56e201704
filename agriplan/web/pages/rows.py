"""The tables of a plan as rows that templates read; what is counted in animals stands there in points as well."""

from typing import Any

import pandas as pd

from agriplan.analysis.monitoring import grades_of_actuals
from agriplan.analysis.note import Note
from agriplan.analysis.notes import take_notes
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan, counted_decimals

Row = dict[str, Any]


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table."""
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def line_of(plan: Plan, indicator: str) -> Row:
    """The region's line of an indicator; `shown` holds its printed figures."""
    return plan.by_indicator[indicator] | {"shown": plan.printed.by_indicator[indicator]}


def rows_of_leagues(plan: Plan, indicator: str) -> list[Row]:
    """The league rows of an indicator in the leagues' order, each with its `area` and printed figures (`shown`)."""
    rows = zip(plan.league_rows(indicator), plan.printed.league_rows(indicator), strict=True)
    return [row | {"area": plan.baselines.areas[row["code"]], "shown": shown} for row, shown in rows]


def league_of(plan: Plan, indicator: str, code: str) -> Row:
    """The row of one league."""
    shown = plan.printed.league_row(indicator, code)
    return plan.league_row(indicator, code) | {"area": plan.baselines.areas[code], "shown": shown}


def rows_of_years(plan: Plan, indicator: str, code: str) -> list[Row]:
    """The yearly rows of an indicator and area, with their printed figures (`shown`) and the grade of their actuals."""
    grades = grades_of_actuals(plan)
    rows = zip(plan.year_rows(indicator, code), plan.printed.year_rows(indicator, code), strict=True)
    return [
        row | {"shown": shown, "actual_grade": grades.get((indicator, code, int(row["year"])), "")}
        for row, shown in rows
    ]


def notes_of(plan: Plan, indicator: str) -> list[Note]:
    """The sentences about an indicator, feasibility first."""
    return [note for note in take_notes(plan) if note.indicator == indicator]


def decimals_of(plan: Plan, commitment: Commitment) -> dict[str, int]:
    """With how many decimals the figures of a commitment are printed: its own, counted animals, growth."""
    data = plan.baselines
    return {"own": data.decimals(commitment), "counted": counted_decimals(data, commitment), "growth": 2}
