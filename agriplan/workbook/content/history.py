"""What was observed before the base year, for charts: the comparable years and those of an older basis apart."""

from agriplan.baselines.commitments import Commitment
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.data import shown_figures
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.reading import selected_rows
from agriplan.workbook.description import Table


def history_tables(context: BookContext, commitment: Commitment) -> dict[str, Table]:
    """`history` is on the plan's basis, `older` on any other; values at the unit value of the base year."""
    figures = shown_figures(context.data)
    region = (figures["area"] == context.data.region.code) & (figures["indicator"] == commitment.quantity)
    ours = figures["basis"] == context.data.basis
    past = region & (figures["year"] <= context.data.base_year)
    rows = {"history": past & ours, "older": past & ~ours}
    tables = {}
    for name, kept in rows.items():
        frame = selected_rows(figures, kept)
        years, observed = frame["year"].tolist(), frame["value"].tolist()
        values = {"year": years, "observed": observed, "grade": context.in_words("grade", frame["grade"].tolist())}
        texts = {"value": "{observed}*{.unit_value}"} if commitment.unit_value else {}
        tables[name] = make_table(map(str, years), values if texts else {**values, "value": observed}, texts)
    return tables
