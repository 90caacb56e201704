"""Which charts the pages show, made from a plan."""

import math

from markupsafe import Markup

from agriplan.analysis.outlook import path_by_history
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.web.charts import Series, bars, lines
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import text
from agriplan.web.pages.likelihood import trend_range
from agriplan.web.pages.rows import Row, rows_of_leagues, rows_of_years

Points = dict[int, float]


def path_chart(plan: Plan, commitment: Commitment, code: str, parts: dict[str, Points]) -> Markup:
    """History, trend and the way to the target of an indicator in an area, from their `path_points`."""
    years = range(min(min(points) for points in parts.values() if points), plan.baselines.target_year + 1)
    series = [
        Series(look, text(f"series.{look}"), [points.get(year) for year in years]) for look, points in parts.items()
    ]
    lang = current_language()
    area = plan.baselines.areas[code]
    label = text("chart.path", area=area.name(lang), name=commitment.name(lang))
    return lines(label, commitment.unit(lang), [str(year) for year in years], series)


def path_points(plan: Plan, commitment: Commitment, code: str) -> dict[str, Points]:
    """The series of the path chart by look, each a value by year; empty ones are left out."""
    rows = rows_of_years(plan, commitment.id, code)
    older, history = _observed(plan, commitment, code)
    parts = {
        # What history supports, whatever growth was entered; the page says where the trend is another.
        **trend_range(plan, commitment, code, path_by_history(plan, commitment.id, code)),
        "older": older,
        "trend": _printed(rows, "projection"),
        "path": _printed(rows, "milestone"),
        # Above those that start from it: where the base year alone is known, its point would lie hidden.
        "history": history,
        "actual": _printed(rows, "actual"),
    }
    return {look: points for look, points in parts.items() if points}


def _printed(rows: list[Row], column: str) -> Points:
    """What the table beside the chart prints."""
    return {int(row["year"]): row["shown"][column] for row in rows if not math.isnan(row["shown"][column])}


def _observed(plan: Plan, commitment: Commitment, code: str) -> tuple[Points, Points]:
    """Observed figures of other bases, and of the plan's own; values of a chain at the base year's unit value."""
    data = plan.baselines
    worth = 1.0
    if commitment.unit_value:
        worth = float(plan.by_indicator[commitment.id]["unit_value"])
    found: dict[bool, Points] = {True: {}, False: {}}
    for basis in data.bases:
        series = data.series.get((commitment.quantity, code, basis), {})
        known = {year: value * worth for year, value in series.items() if year <= data.base_year}
        found[basis == data.basis] |= known
    return found[False], found[True]


def shares_chart(plan: Plan, commitment: Commitment) -> Markup:
    """What each named league takes of the gap."""
    rows = [row for row in rows_of_leagues(plan, commitment.id) if row["named"]]
    return _by_league(commitment, "shares", rows, {"amount": "amount_stated"})


def targets_chart(plan: Plan, commitment: Commitment) -> Markup:
    """Base-year value, trend and target of every league."""
    rows = rows_of_leagues(plan, commitment.id)
    columns = {"baseline": "baseline", "bar-trend": "projection", "target": "target"}
    return _by_league(commitment, "targets", rows, columns)


def _by_league(commitment: Commitment, kind: str, rows: list[Row], columns: dict[str, str]) -> Markup:
    lang = current_language()
    series = [
        Series(look, text(f"series.{look}"), [row["shown"][column] for row in rows]) for look, column in columns.items()
    ]
    label = text(f"chart.{kind}", name=commitment.name(lang))
    unit = text("points") if commitment.is_rate and kind == "shares" else commitment.unit(lang)
    return bars(label, unit, [row["area"].name(lang) for row in rows], series)
