"""A plan's tables as plain columns and rows, read once a plan for every sheet of all its workbooks.

A workbook asks for thousands of single figures; looking each up in a data frame costs more than everything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from agriplan.engine.plan import Plan
from agriplan.engine.tables import Columns, rows_of_columns, selected_rows
from agriplan.memo import memoized

# A row of a plan's table, by column.
PlanRow = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Reading:
    """Lines by indicator, leagues and years by indicator as columns, and both as rows by indicator, code (and year).

    `years` have one column more than the plan's, `printed_actual`.
    """

    lines: Mapping[str, PlanRow]
    leagues: Mapping[str, Columns]
    league_rows: Mapping[tuple[str, str], PlanRow]
    years: Mapping[str, Columns]
    year_rows: Mapping[tuple[str, str, int], PlanRow]


@memoized
def read_plan(plan: Plan) -> Reading:
    """Read a plan's tables."""
    leagues, years = {}, {}
    for commitment in plan.baselines.commitments:
        name = commitment.id
        leagues[name] = plan.league_columns(name)
        years[name] = plan.year_columns(name) | {"printed_actual": plan.printed.year_columns(name)["actual"]}
    return Reading(
        lines=plan.by_indicator,
        leagues=leagues,
        league_rows={(name, row["code"]): row for name, columns in leagues.items() for row in rows_of_columns(columns)},
        years=years,
        year_rows={
            (name, row["code"], row["year"]): row for name, columns in years.items() for row in rows_of_columns(columns)
        },
    )


def league_rows_by_year(years: Columns, region: str) -> Columns:
    """The leagues' rows of an indicator's years, all leagues of a year together.

    What a year's row takes of its league, and what a league takes of a year, then goes down a row at a time: formulas
    are alike and can be shared.
    """
    order = np.argsort(years["year"], kind="stable")
    return selected_rows(years, order[years["code"][order] != region])
