"""The tidy sheet (结果): a row an area, indicator, year and measure, to be filtered and counted over.

A league's workbook has its own rows; the region's has its own, every league's base year and target year, and the years
of all.
"""

from collections.abc import Sequence
from dataclasses import replace

from agriplan.analysis.unit_words import unit_of_amounts
from agriplan.baselines.commitments import Commitment
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.description import Sheet, Table
from agriplan.workbook.formulas.filling import Formulas
from agriplan.workbook.formulas.results import RESULTS_BY_YEAR, RESULTS_OF_LEAGUES, RESULTS_OF_REGION

# Measures of the base year; others without a year of their own are of the target year.
OF_BASE_YEAR = frozenset({"baseline"})
# Measures that are the difference of two figures, so that those of a rate are in points.
IN_POINTS_OF_RATES = frozenset({"amount", "gap"})


def describe_results(context: BookContext) -> Sheet:
    """The sheet `results`: a table a measure, all with the same columns, one below the other."""
    own, years = context.area.code, context.data.later_years
    leagues = context.data.league_codes
    each = [(commitment.id,) for commitment in context.data.commitments]
    here = [(*row, code) for row in each for code in (leagues if context.is_region else [own])]
    others = [(*row, code, str(year)) for row in each for code in leagues for year in years]
    # The region's own rows, and its leagues' years: none in a league's workbook.
    region, of_leagues = (each, others) if context.is_region else ([], [])
    tables = {
        **{f"region_{name}": _table(context, name, region, texts) for name, texts in RESULTS_OF_REGION.items()},
        **{name: _table(context, name, here, texts) for name, texts in RESULTS_OF_LEAGUES.items()},
        **{
            name: _table(context, name, [(*row, own, str(year)) for row in each for year in years], texts)
            for name, texts in RESULTS_BY_YEAR[context.is_region].items()
        },
        **{
            f"league_{name}": _table(context, name, of_leagues, texts) for name, texts in RESULTS_BY_YEAR[False].items()
        },
    }
    return Sheet("results", "results", {}, tables)


def _table(context: BookContext, measure: str, rows: Sequence[tuple[str, ...]], texts: Formulas) -> Table:
    data, lang, region = context.data, context.lang, context.data.region.code
    usual = data.base_year if measure in OF_BASE_YEAR else data.target_year
    unit = unit_of_amounts if measure in IN_POINTS_OF_RATES else Commitment.unit
    values: dict[str, list[object]] = {
        "area": [data.areas[row[1] if len(row) > 1 else region].name(lang) for row in rows],
        "indicator": [data.by_id[row[0]].name(lang) for row in rows],
        "unit": [unit(data.by_id[row[0]], lang) for row in rows],
        "year": [int(row[2]) if len(row) > 2 else usual for row in rows],
        "measure": [context.text(f"result.{measure}")] * len(rows),
    }
    keys = [".".join(row) for row in rows]
    if not rows:
        return replace(make_table((), dict.fromkeys((*values, *texts), ())), optional=True)
    return make_table(keys, values, texts)
