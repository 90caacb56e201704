"""The rows of the tidy export that the data dictionary declares: every column of every table of a plan."""

from collections.abc import Iterator

import pandas as pd

from agriplan.analysis.hindsight import hindsight_table, hindsights, printed_hindsight
from agriplan.analysis.outlook import look_ahead, look_back
from agriplan.engine.columns import TABLES
from agriplan.engine.plan import Plan
from agriplan.engine.tables import rows_of_columns
from agriplan.report.tidy_row import TidyRow, figure_or_none, held, names_of_codes, said
from agriplan.report.units import unit_of_column

KEYS = ("indicator", "code", "year")
# A figure that is printed in two ways, each beside what it adds up with, has one exact value.
EXACT = {"difference_due": "difference"}


def dictionary_rows(plan: Plan) -> Iterator[TidyRow]:
    """Every figure and word of the tables that the data dictionary declares."""
    for name in ("lines", "leagues", "years"):
        yield from _rows(plan, name, getattr(plan.stated, name), getattr(plan.printed, name))
    yield from _rows(plan, "outlook", look_ahead(plan))
    for criterion, rows in plan.criteria.groupby("criterion", sort=False):
        yield from _rows(plan, "criteria", rows, prefix=f"criteria.{criterion}.")
    for run in look_back(plan).itertuples():
        yield from _rows(plan, "past", look_back(plan).loc[[run.Index]], prefix=f"past.{run.first}-{run.last}.")
    for indicator in plan.by_indicator:
        yield from _hindsight(plan, indicator)


def _hindsight(plan: Plan, indicator: str) -> Iterator[TidyRow]:
    """What came beside what had been projected; what cannot be compared stands under a number of its own."""
    found = hindsights(plan, plan.baselines.by_id[indicator])
    for name, count in (("known", len(found)), ("held", sum(one.inside for one in found))):
        names = said(f"measure.hindsight.{name}")
        yield TidyRow(plan.baselines.region.code, indicator, None, f"hindsight.{name}", names, float(count))
    for compared in (True, False):
        table = hindsight_table(plan, indicator, which=[compared])
        decimals = plan.baselines.decimals(plan.baselines.by_id[indicator])
        for number in range(len(table)):
            row = table.iloc[[number]]
            prefix = "hindsight." if compared else f"hindsight.other.{number + 1}."
            yield from _rows(plan, "hindsight", row, printed_hindsight(row, decimals), prefix)


def _rows(
    plan: Plan, name: str, exact: pd.DataFrame, printed: pd.DataFrame | None = None, prefix: str = ""
) -> Iterator[TidyRow]:
    """A table, figure by figure, each beside its printed form where it has one."""
    data, grades = plan.baselines, _grades(plan)
    columns = {one.name: one for table in (name, f"printed_{name}") for one in TABLES.get(table, ())}
    names = names_of_codes(data)
    shown = [{}] * len(exact) if printed is None else printed.to_dict("records")
    for row, rounded in zip(exact.to_dict("records"), shown, strict=True):
        code = row.get("code", data.region.code)
        commitment = data.by_id[row["indicator"]]
        rule, criterion = plan.by_indicator[commitment.id]["rule"], row.get("criterion", "")
        for column in columns.values():
            if column.name in KEYS:
                continue
            yield TidyRow(
                code,
                commitment.id,
                row.get("year"),
                f"{prefix}{column.name}",
                (column.zh, column.en),
                unit=unit_of_column(column, commitment, data, rule, criterion),
                printed=figure_or_none(rounded.get(column.name)),
                grade=row.get("grade", grades[commitment.id, code]),
                **held(column, row.get(EXACT.get(column.name, column.name)), names),
            )


def _grades(plan: Plan) -> dict[tuple[str, str], str]:
    """On what the figures of an indicator and area rest: the grade of its base figure."""
    region = plan.baselines.region.code
    return {(row["indicator"], row["code"]): row["grade"] for row in rows_of_columns(plan.columns["leagues"])} | {
        (indicator, region): line["grade"] for indicator, line in plan.by_indicator.items()
    }
