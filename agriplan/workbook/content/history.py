"""What was observed before the base year, for charts: the comparable years and those of an older basis apart."""

from agriplan.records import Commitment
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Table


def history_tables(making: Making, commitment: Commitment) -> dict[str, Table]:
    """`history` is on the plan's basis, `older` on any other; values at the unit value of the base year."""
    observed = making.data.observed
    region = observed[
        (observed["area"] == making.data.region.code) & (observed["indicator"] == commitment.quantity)
    ].sort_values("year")
    ours = region["basis"] == making.data.basis
    rows = {"history": region[ours & (region["year"] <= making.data.base_year)], "older": region[~ours]}
    tables = {}
    for name, frame in rows.items():
        years = [str(year) for year in frame["year"]]
        values = {
            "year": frame["year"].tolist(),
            "observed": frame["value"].tolist(),
            "value": (frame["value"] * _unit_value(making, commitment)).tolist(),
            "grade": making.in_words("grade", frame["grade"].tolist()),
        }
        texts = {"value": "{observed}*{.unit_value}"} if commitment.unit_value else {}
        tables[name] = make_table(years, values, texts)
    return tables


def _unit_value(making: Making, commitment: Commitment) -> float:
    return float(making.plan.by_indicator[commitment.id]["unit_value"]) if commitment.unit_value else 1.0
