"""Every figure of a plan as one table, one figure a row: what the exports hold."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from agriplan.engine.plan import Plan
from agriplan.report.chosen import EVERYTHING, Chosen
from agriplan.report.dictionary_rows import dictionary_rows
from agriplan.report.other_rows import other_rows
from agriplan.report.tidy_row import TidyRow

# The columns of the export, and what each holds in a database.
COLUMNS = {
    "area": "TEXT",
    "area_zh": "TEXT",
    "area_en": "TEXT",
    "indicator": "TEXT",
    "indicator_zh": "TEXT",
    "indicator_en": "TEXT",
    "year": "INTEGER",
    "measure": "TEXT",
    "measure_zh": "TEXT",
    "measure_en": "TEXT",
    "value": "DOUBLE",
    "text": "TEXT",
    "text_zh": "TEXT",
    "text_en": "TEXT",
    "unit": "TEXT",
    "unit_en": "TEXT",
    "printed": "DOUBLE",
    "grade": "TEXT",
}
# The same in a frame: whole numbers with gaps, numbers, text.
IN_FRAME = {"TEXT": "object", "INTEGER": "Int64", "DOUBLE": "float64"}


def tidy(plan: Plan, chosen: Chosen = EVERYTHING) -> pd.DataFrame:
    """Every figure and word of a plan that is asked for, one a row: `COLUMNS`.

    `measure` is a column of the data dictionary (`engine.columns`); `value` its exact number, `printed` the same as it
    is shown (none where it is not rounded), `text` its word, a flag being "true" or "false". `year` stands only beside
    yearly figures. What has no figure has no row; area, indicator, year and measure together name one row.
    """
    table = pd.DataFrame(_cells(plan, chosen), columns=list(COLUMNS), dtype=object)
    return table.astype({name: IN_FRAME[sort] for name, sort in COLUMNS.items()})


def _cells(plan: Plan, chosen: Chosen) -> list[tuple[Any, ...]]:
    data = plan.baselines
    names = {one: (thing.name_zh, thing.name_en) for one, thing in {**data.indicators, **data.by_id}.items()}
    return [
        (
            *(row.code, data.areas[row.code].name_zh, data.areas[row.code].name_en),
            *(row.indicator, *names.get(row.indicator or "", (None, None))),
            *(row.year, row.measure, *row.names, row.value, row.text, *row.texts),
            *(*row.unit, row.printed, row.grade),
        )
        for row in _all_rows(plan)
        if row.is_told and chosen.has(row.indicator, row.code)
    ]


def _all_rows(plan: Plan) -> Iterator[TidyRow]:
    yield from dictionary_rows(plan)
    yield from other_rows(plan)
