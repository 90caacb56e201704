"""The sheet of milestones and actuals (年度): cells for what was reached, and how far that is on course."""

from collections.abc import Sequence

from agriplan.workbook import formulas
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.indicator_years import shown_years
from agriplan.workbook.content.input_cells import amount, input_cell
from agriplan.workbook.description import Sheet, Table


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
    texts = {**formulas.YEAR_FORMULAS, **formulas.fill_in(formulas.PROGRESS, ACTUAL="entered_actual")}
    return make_table(keys, values, texts, inputs)


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
        "indicator": [commitment.name(lang) for commitment in commitments],
        "area": [data.areas[code].name(lang) for _, code, _ in rows],
        "unit": [commitment.unit(lang) for commitment in commitments],
        "year": [int(year) for _, _, year in rows],
        "step": list(steps),
        "left": [context.steps - step for step in steps],
        "is_rate": [commitment.kind == "rate" for commitment in commitments],
    }
