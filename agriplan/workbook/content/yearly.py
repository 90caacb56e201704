"""The sheet of milestones and actuals (年度): cells for what was reached, and how far that is on course."""

import math
from collections.abc import Sequence
from dataclasses import replace

from agriplan.baselines.records import is_money
from agriplan.engine.actual_values import yearly_actuals
from agriplan.engine.actuals import counted_actuals
from agriplan.engine.entered import fifteen_digits
from agriplan.engine.plan import Plan
from agriplan.memo import memoized
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.indicator_years import shown_years
from agriplan.workbook.content.input_cells import amount, input_cell
from agriplan.workbook.content.reading import read_plan
from agriplan.workbook.description import USUAL_PREFIX, Column, Sheet, Table, Value
from agriplan.workbook.formulas.filling import fill_in
from agriplan.workbook.formulas.progress import PROGRESS, WAY_OF_LEAGUE, YEARS_LEFT
from agriplan.workbook.formulas.yearly import OWN_YEARS, YEAR_FORMULAS, YEARS_OF_REGION


def describe_years(context: BookContext) -> Sheet:
    """The sheet `years`: table `years` with one row an indicator, league and year, and `region` without leagues."""
    return Sheet("years", "years", {}, {"region": _region(context), "years": _leagues(context)})


def _leagues(context: BookContext) -> Table:
    keys = shown_years(context)
    asked = {}
    for key in keys:
        indicator, code, year = key.split(".")
        asked[key] = input_cell(("actual", indicator, code, year), amount(context.data.by_id[indicator]))
    inputs = {"entered_actual": asked}
    values = _labels(context, [tuple(key.split(".")) for key in keys]) | context.fill_in(keys, inputs)
    own = OWN_YEARS if not context.is_region else {}
    texts = {**YEAR_FORMULAS, **own, **fill_in(PROGRESS, ACTUAL="actual", LEFT=YEARS_LEFT, LEADS=WAY_OF_LEAGUE)}
    table = make_table(keys, values, texts, inputs)
    told = {name: Column(column, keep=True, varies="number") for name, column in told_of_years(context).items()}
    return replace(table, columns={**table.columns, **told})


USUAL_ACTUAL = f"{USUAL_PREFIX}entered_actual"


def told_of_years(context: BookContext) -> dict[str, list[Value]]:
    """What each cell for an actual holds without being filled in, and the entries that say in whose prices they are.

    A cell with the former shows a figure, and nobody changed it; another figure than the latter has said nothing yet.
    """
    keys = [key.split(".") for key in shown_years(context)]
    return {
        USUAL_ACTUAL: [shown_without_entry(context, *key) for key in keys],
        "in_base_prices": [context.in_base_prices(*key) for key in keys],
        "kept": [context.kept(shown_without_entry(context, *key), *key) for key in keys],
    }


def shown_without_entry(context: BookContext, indicator: str, code: str, year: str) -> Value:
    """What is known of a league's actual without an entry of its own: from data, or from what else was entered."""
    return _without_entries(context.plan).get((indicator, code, int(year)))


@memoized
def _without_entries(plan: Plan) -> dict[tuple[str, str, int], float]:
    """By commitment, league and year; a quantity that was entered stays, since its value's cell only shows it."""
    data, lines = plan.baselines, read_plan(plan).lines
    others = {name: areas for name, areas in plan.scenario.actual.items() if name not in data.by_id}
    codes = data.league_codes
    growth = [float(lines[commitment.id]["unit_value_growth"]) for commitment in data.commitments]
    actuals = counted_actuals(plan.scenario.model_copy(update={"actual": others}), data)
    shown = yearly_actuals(plan.scenario, data, actuals, codes, growth)
    return {
        (commitment.id, code, data.base_year + step): fifteen_digits(value)
        for commitment, areas in zip(data.commitments, shown.tolist(), strict=True)
        for code, years in zip(codes, areas, strict=True)
        for step, value in enumerate(years)
        if not math.isnan(value)
    }


def _region(context: BookContext) -> Table:
    data = context.data
    years = data.later_years
    rows = [(commitment.id, data.region.code, str(year)) for commitment in data.commitments for year in years]
    texts = {**YEARS_OF_REGION, **PROGRESS}
    filled = fill_in(texts, END=str(data.target_year), ACTUAL="actual", LEFT=YEARS_LEFT, LEADS="{target}")
    return make_table([f"{indicator}.{year}" for indicator, _, year in rows], _labels(context, rows), filled)


def _labels(context: BookContext, rows: Sequence[tuple[str, ...]]) -> dict[str, list[object]]:
    """What each row is about: its indicator, area and year."""
    about = [(context.data.by_id[indicator], code) for indicator, code, _ in rows]
    labels, years = context.labels(about), [year for _, _, year in rows]
    return {
        **labels,
        "area_year": [f"{area} {year}" for area, year in zip(labels["area"], years, strict=True)],
        "year": [int(year) for year in years],
        "is_rate": [commitment.is_rate for commitment, _ in about],
        "is_money": [is_money(commitment.unit_zh) for commitment, _ in about],
    }
