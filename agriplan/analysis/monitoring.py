"""How the leagues stand by the last figures that they reported, and who has not reported."""

from dataclasses import dataclass

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.actual_values import grade_of_actual
from agriplan.engine.actuals import Reports, counted_actuals, parts_of
from agriplan.engine.last_known import last_unit_value
from agriplan.engine.plan import Plan
from agriplan.engine.tables import Flags, rows_of_columns, selected_rows
from agriplan.memo import memoized


@dataclass(frozen=True)
class LastReport:
    """An area's last reported year of one indicator; `actual` is the printed figure, percentages are exact.

    `needed_later` is the growth needed in the years left: NaN in the last one. `grade` is that of the figure. Where
    only its quantity was reported and its unit value is carried on, that is from the year `carried_from`, by
    `carried_growth` per cent a year.
    """

    year: int
    actual: float
    completion: float
    progress: float
    schedule: float
    needed_later: float
    status: str
    grade: str
    carried_from: int | None
    carried_growth: float


@dataclass(frozen=True)
class IndicatorBoard:
    """One indicator: how every area stands, by code, and who is silent about the `latest` year that anybody reported.

    An area that never reported has no standing; `latest` is None where nobody has.
    """

    commitment: Commitment
    latest: int | None
    by_area: dict[str, LastReport]
    silent: tuple[str, ...]


def monitor(plan: Plan) -> list[IndicatorBoard]:
    """Every indicator's standings."""
    rows = rows_of_columns(selected_rows(plan.columns["years"], _came(plan)))
    printed = plan.printed.columns["years"]["actual"][_came(plan)].tolist()
    found, grades = dict[tuple[str, str], LastReport](), grades_of_actuals(plan)
    for row, shown in zip(rows, printed, strict=True):  # by rising year: the last one stays
        found[row["indicator"], row["code"]] = LastReport(
            row["year"],
            shown,
            row["completion"],
            row["progress"],
            row["schedule"],
            row["needed_later"],
            row["status"],
            grades[row["indicator"], row["code"], row["year"]],
            *_carried(plan, row["indicator"], row["code"], row["year"]),
        )
    return [_reported(plan, commitment, found) for commitment in plan.baselines.commitments]


@memoized
def grades_of_actuals(plan: Plan) -> dict[tuple[str, str, int], str]:
    """The grade of every actual figure of the plan, by indicator, area and year."""
    rows = rows_of_columns(selected_rows(plan.columns["years"], _came(plan)))
    keys = [(row["indicator"], row["code"], row["year"]) for row in rows]
    data, counted = plan.baselines, _counted(plan)
    return {
        (name, code, year): grade_of_actual(data.by_id[name], code, year, counted, plan.scenario, data)
        for name, code, year in keys
    }


@memoized
def _came(plan: Plan) -> Flags:
    """Of which rows of the years an actual figure of after the base year is known."""
    years = plan.columns["years"]
    came: Flags = ~np.isnan(years["actual"]) & (years["year"] > plan.baselines.base_year)
    return came


@memoized
def _counted(plan: Plan) -> Reports:
    return counted_actuals(plan.scenario, plan.baselines)


def _carried(plan: Plan, indicator: str, code: str, year: int) -> tuple[int | None, float]:
    """From which year the unit value behind an actual figure is carried on, and by what growth."""
    data, commitment = plan.baselines, plan.baselines.by_id[indicator]
    parts = parts_of(commitment, code, year, _counted(plan), data.region.code)
    last = last_unit_value(commitment, plan.scenario, data, _counted(plan), year)
    if parts.own or last is None or last.year == year:
        return None, 0.0
    return last.year, float(plan.by_indicator[indicator]["unit_value_growth"])


def _reported(plan: Plan, commitment: Commitment, found: dict[tuple[str, str], LastReport]) -> IndicatorBoard:
    by_area = {code: standing for (indicator, code), standing in found.items() if indicator == commitment.id}
    region = plan.baselines.region.code
    years = [standing.year for code, standing in by_area.items() if code != region]
    latest = max(years, default=None)
    known = [row["code"] for row in plan.league_rows(commitment.id) if not np.isnan(row["baseline"])]
    silent = tuple(code for code in known if code not in by_area or by_area[code].year != latest)
    return IndicatorBoard(commitment, latest, by_area, silent if latest else tuple(known))
