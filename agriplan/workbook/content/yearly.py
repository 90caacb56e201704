"""The sheet of milestones and actuals (年度): cells for what was reached, and how far that is on course."""

import math
from collections.abc import Sequence
from dataclasses import replace

from agriplan.engine.actuals import yearly_actuals
from agriplan.engine.entered import fifteen_digits
from agriplan.engine.scenario import Scenario
from agriplan.workbook import formulas
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.indicator_years import shown_years
from agriplan.workbook.content.input_cells import amount, input_cell
from agriplan.workbook.description import USUAL_PREFIX, Column, Sheet, Table, Value


def describe_years(context: BookContext) -> Sheet:
    """The sheet `years`: table `years` with one row an indicator, league and year, table `region` without leagues."""
    return Sheet("years", "years", {}, {"region": _region(context), "years": _leagues(context)})


def _leagues(context: BookContext) -> Table:
    keys = shown_years(context)
    asked = {}
    for key in keys:
        indicator, code, year = key.split(".")
        asked[key] = input_cell(("actual", indicator, code, year), amount(context.data.by_id[indicator]))
    inputs = {"entered_actual": asked}
    values = _labels(context, [tuple(key.split(".")) for key in keys]) | context.fill_in(keys, inputs)
    own = {} if context.is_region else {"printed_milestone": "{*1.region_years.own_printed_milestone@*3}"}
    texts = {**formulas.YEAR_FORMULAS, **own, **formulas.fill_in(formulas.PROGRESS, ACTUAL="entered_actual")}
    table = make_table(keys, values, texts, inputs)
    reported = _reported(context, keys)
    if all(value is None for value in reported):
        return table
    return replace(table, columns={**table.columns, f"{USUAL_PREFIX}entered_actual": Column(reported, keep=True)})


def _reported(context: BookContext, keys: Sequence[str]) -> list[Value]:
    """What the data report for each row, without the scenario: such a cell is filled in, and nobody changed it."""
    data = context.data
    codes = list(dict.fromkeys(key.split(".")[1] for key in keys))
    growth = [
        context.suggested.get((commitment.unit_value or "", data.region.code), {"growth": 0.0})["growth"]
        for commitment in data.commitments
    ]
    shown = yearly_actuals(Scenario(), data, codes, growth)
    lines = {commitment.id: place for place, commitment in enumerate(data.commitments)}
    places = [(lines[indicator], codes.index(code), int(year) - data.base_year) for indicator, code, year in
              (key.split(".") for key in keys)]  # fmt: skip
    return [None if math.isnan(shown[place]) else fifteen_digits(float(shown[place])) for place in places]


def _region(context: BookContext) -> Table:
    data = context.data
    years = range(data.base_year + 1, data.target_year + 1)
    rows = [(commitment.id, data.region.code, str(year)) for commitment in data.commitments for year in years]
    texts = {**formulas.YEARS_OF_REGION, **formulas.PROGRESS}
    filled = formulas.fill_in(texts, END=str(data.target_year), ACTUAL="actual")
    return make_table([f"{indicator}.{year}" for indicator, _, year in rows], _labels(context, rows), filled)


def _labels(context: BookContext, rows: Sequence[tuple[str, ...]]) -> dict[str, list[object]]:
    """What each row is about: its indicator, area and year."""
    data, lang = context.data, context.lang
    commitments = [data.by_id[indicator] for indicator, _, _ in rows]
    steps = [int(year) - data.base_year for _, _, year in rows]
    return {
        "indicator": [context.short_names[commitment.id] for commitment in commitments],
        "area": [data.areas[code].name(lang) for _, code, _ in rows],
        "unit": [commitment.unit(lang) for commitment in commitments],
        "area_year": [f"{data.areas[code].name(lang)} {year}" for _, code, year in rows],
        "year": [int(year) for _, _, year in rows],
        "step": list(steps),
        "left": [context.steps - step for step in steps],
        "is_rate": [commitment.kind == "rate" for commitment in commitments],
    }
