"""The sheet of an evaluation (评估): the region by indicator, and its named leagues or the workbook's own league.

All of it is live but for how the gap that is left is shared again: that stands as generated, beside a cell that says so
once an input is another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agriplan.analysis.evaluation import share_again
from agriplan.analysis.evaluation_rows import EXPECTED_TO, WARNED_FROM
from agriplan.analysis.outlook import OUTLOOK_DIGITS
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import Area
from agriplan.engine.plan import Plan
from agriplan.engine.reconciling import LEAST_FACTOR, MOST_FACTOR
from agriplan.forecast.attainment import squared_distances
from agriplan.forecast.intervals import NORMAL_SHAPE
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.memo import memoized
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import columns_of, make_cells, make_table
from agriplan.workbook.content.standing import MISSES, support_of, told_of_figure
from agriplan.workbook.description import Sheet, Table
from agriplan.workbook.formulas.evaluation import as_of, evaluated_areas, evaluated_region

# Rows of a table of years are known by their number and year in one: four digits are the year's.
WIDE = 10_000


def describe_evaluation(context: BookContext, actuals: Mapping[str, bool]) -> Sheet:
    """The sheet `evaluation`; `actuals` are the columns of inputs that only an evaluation rests on."""
    far, near, *_ = squared_distances(NORMAL_SHAPE).tolist()
    values = {
        "least_factor": LEAST_FACTOR,
        "most_factor": MOST_FACTOR,
        "square_far": far,
        "square_near": near,
        "wide": WIDE,
        "warned_from": WARNED_FROM,
        "expected_to": EXPECTED_TO,
    }
    told = told_of_evaluation(context)
    tables = {
        "region": _region(context, told["region"]),
        "areas": _areas(context, told["areas"]),
        "of_region": _years_of_region(context),
        "of_areas": _years_of_areas(context, told["of_areas"]),
    }
    # Most of what the sheet says are words, which another number moves only now and then: read-back looks for it.
    tables = {name: _with_constants_kept(table) for name, table in tables.items()}
    return Sheet("evaluation", "evaluation", make_cells(values, as_of(actuals)), tables)


def told_of_evaluation(context: BookContext) -> dict[str | None, dict[str, list[object]]]:
    """How the gap that is left is shared again, nothing as of the target year; and what the data say of the leagues'
    figures of the years.
    """
    plan, data, pairs = _shared_again(context.plan), context.data, _pairs(context)
    years = data.years
    lines = [_line_again(plan, one) for one in data.commitments]
    rows = [_league_again(plan, one, league) for one, league in pairs]
    figures = [told_of_figure(context, one, league.code, year) for one, league in pairs for year in years]
    return {
        "region": {name: [line.get(name) for line in lines] for name in (*_SHARED, *_REST)},
        "areas": {name: [row.get(name) for row in rows] for name in _SHARED},
        "of_areas": {name: [row[name] for row in figures] for name in figures[0]},
    }


# What a share and its target are called, of an area; beside the leagues' what is the region's alone.
_SHARED = ("printed_amount", "printed_new_target")
_REST = ("again_difference", "again_unallocated")


@memoized
def _shared_again(plan: Plan) -> Plan | None:
    year = plan.scenario.as_of or plan.baselines.base_year
    return share_again(plan, suggestions_as_of(plan.baselines, plan.suggestions, year), year)


def _line_again(plan: Plan | None, commitment: Commitment) -> dict[str, object]:
    """The region's line; rates are means, which no difference makes up."""
    if plan is None:
        return {}
    line = plan.printed.by_indicator[commitment.id]
    found = {"printed_amount": line["placed_stated"], "printed_new_target": line["reached"]}
    if commitment.is_rate:
        return found
    return found | {"again_difference": line["statistical_difference"], "again_unallocated": line["unallocated"]}


def _league_again(plan: Plan | None, commitment: Commitment, league: Area) -> dict[str, object]:
    if plan is None:
        return {}
    row = plan.printed.league_row(commitment.id, league.code)
    return {"printed_amount": row["amount_stated"], "printed_new_target": row["target"]}


def _with_constants_kept(table: Table) -> Table:
    """The table with its numbers marked as ones that read-back misses; what holds none stays as it is."""
    numbers = {
        name: replace(column, keep=True)
        for name, column in table.columns.items()
        if column.formula is None and any(isinstance(value, int | float) for value in column.values)
    }
    return replace(table, columns={**table.columns, **numbers})


def _pairs(context: BookContext) -> list[tuple[Commitment, Area]]:
    """The named leagues by indicator; of a league's workbook the league itself, named or not."""
    return context.named_pairs if context.is_region else [(one, context.area) for one in context.data.commitments]


def _region(context: BookContext, told: Mapping[str, list[object]]) -> Table:
    commitments = context.data.commitments
    values = _labels(context, [(one, context.data.region) for one in commitments])
    del values["area"]
    return make_table([one.id for one in commitments], values, evaluated_region(), told=told)


def _areas(context: BookContext, told: Mapping[str, list[object]]) -> Table:
    pairs = _pairs(context)
    values = _labels(context, pairs) | {"is_named": [league.code in one.leagues for one, league in pairs]}
    texts = evaluated_areas(context.data.base_year, context.data.span, of_region=context.is_region)
    return make_table([f"{one.id}.{league.code}" for one, league in pairs], values, texts, told=told)


def _labels(context: BookContext, pairs: Sequence[tuple[Commitment, Area]]) -> dict[str, list[object]]:
    return {
        "number": list(range(1, len(pairs) + 1)),
        **context.labels((one, area.code) for one, area in pairs),
        "is_rate": [one.is_rate for one, _ in pairs],
    }


def _years_of_region(context: BookContext) -> Table:
    """What history supports of each indicator as of each year, in the region."""
    data = context.data
    rows: dict[str, dict[str, object]] = {}
    for number, commitment in enumerate(data.commitments, 1):
        for year in data.years[:-1]:
            support = support_of(context, year)
            rows[f"{commitment.id}.{year}"] = {
                "id": number * WIDE + year,
                **support.misses(commitment, data.region.code),
                "fastest": round(support.fastest(commitment), OUTLOOK_DIGITS),
            }
    return make_table(rows, columns_of(rows))


def _years_of_areas(context: BookContext, told: Mapping[str, list[object]]) -> Table:
    """The same of the leagues that are shown; in the target year nothing is projected any more."""
    data = context.data
    rows: dict[str, dict[str, object]] = {}
    for number, (commitment, league) in enumerate(_pairs(context), 1):
        for year in data.years:
            known = support_of(context, year).misses(commitment, league.code) if year < data.target_year else {}
            rows[f"{commitment.id}.{league.code}.{year}"] = {"id": number * WIDE + year} | dict.fromkeys(MISSES) | known
    return make_table(rows, columns_of(rows), told=told)
