"""The tidy sheet (结果): a row an area, indicator, year and measure, to be filtered and counted over.

A league's workbook has its own rows; the region's has every league's base year and target year, and the region's years.
"""

from collections.abc import Sequence

from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.description import Sheet, Table
from agriplan.workbook.formulas.filling import Formulas
from agriplan.workbook.formulas.results import RESULTS_BY_YEAR, RESULTS_OF_LEAGUES

# Measures that a league has once, each with whether it is of the target year.
OF_LEAGUES = {"baseline": False, "projection": True, "amount": True, "target": True}
OF_YEARS = ("milestone", "actual")


def describe_results(context: BookContext) -> Sheet:
    """The sheet `results`: a table a measure, all with the same columns, one below the other."""
    own = context.area.code
    codes = [league.code for league in context.data.leagues] if context.is_region else [own]
    rows = [(commitment.id, code) for commitment in context.data.commitments for code in codes]
    years = range(context.data.base_year + 1, context.data.target_year + 1)
    by_year = [(commitment.id, own, str(year)) for commitment in context.data.commitments for year in years]
    texts = RESULTS_BY_YEAR[context.is_region]
    once = {
        name: _table(context, name, rows, RESULTS_OF_LEAGUES[name], at_end=at_end)
        for name, at_end in OF_LEAGUES.items()
    }
    return Sheet(
        "results", "results", {}, once | {name: _table(context, name, by_year, texts[name]) for name in OF_YEARS}
    )


def _table(
    context: BookContext,
    measure: str,
    rows: Sequence[tuple[str, ...]],
    texts: Formulas,
    *,
    at_end: bool = True,
) -> Table:
    data, lang = context.data, context.lang
    usual = data.target_year if at_end else data.base_year
    values: dict[str, list[object]] = {
        "area": [data.areas[row[1]].name(lang) for row in rows],
        "indicator": [data.by_id[row[0]].name(lang) for row in rows],
        "unit": [data.by_id[row[0]].unit(lang) for row in rows],
        "year": [int(row[2]) if len(row) > 2 else usual for row in rows],
        "measure": [context.text(f"result.{measure}")] * len(rows),
    }
    return make_table([".".join(row) for row in rows], values, texts)
