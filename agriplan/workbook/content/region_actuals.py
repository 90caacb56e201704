"""The region's own figures of the years (全区公布数): cells for its indicators, and for the quantities and unit values.

They stand in the region's workbook alone. Beside each cell stands what is known without it, which holds as long as the
cell is empty. In a league's workbook they are constants on the indicators' sheets: they are not its to say.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Indicator, is_money
from agriplan.engine.actuals import Reported, Reports, counted_actuals, parts_of, said_as, things_reported
from agriplan.memo import recall
from agriplan.workbook.content.context import BookContext, level_of
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.input_cells import LIMIT, POSITIVE, Accepts, amount, input_cell
from agriplan.workbook.description import Input, Sheet, Table, Varies
from agriplan.workbook.formulas.filling import Formulas
from agriplan.workbook.formulas.region_actuals import PUBLISHED_ACTUALS, STATED_ACTUALS


class _Row(NamedTuple):
    """What a row is about: an indicator or something observed, the commitment that it is told with, and the year."""

    id: str
    about: Commitment
    thing: Commitment | Indicator
    year: int

    @property
    def key(self) -> str:
        return f"{self.id}.{self.year}"


def describe_published(context: BookContext) -> Sheet:
    """The sheet `published`: tables `stated`, of commitments, and `parts`, of what values are made of."""
    told = told_of_region_actuals(context)
    texts = {"stated": STATED_ACTUALS, "parts": PUBLISHED_ACTUALS}
    tables = {name: _table(context, name, rows, texts[name], told[name]) for name, rows in _rows(context).items()}
    return Sheet("published", "published", {}, tables)


def told_of_region_actuals(context: BookContext) -> dict[str | None, dict[str, list[object]]]:
    """What is known of each row without its own cell, and the entries that say whose prices they are in."""
    others, region = _without_cells(context), context.data.region.code
    return {
        name: {
            **dict(zip(_KNOWN, figure_columns([_found(context, row, others) for row in rows]), strict=True)),
            "in_base_prices": [context.in_base_prices(row.id, region, str(row.year)) for row in rows],
            "kept": [context.kept(None, row.id, region, str(row.year)) for row in rows],
        }
        for name, rows in _rows(context).items()
    }


def tables_with_cells(context: BookContext) -> list[str]:
    """Which of the tables ask for figures in this workbook."""
    return [name for name, rows in _rows(context).items() if rows]


def published_things(context: BookContext) -> set[str]:
    """What has rows in the table `parts`."""
    return {row.id for row in _rows(context)["parts"]}


def _rows(context: BookContext) -> dict[str, list[_Row]]:
    found = recall(context.data, "region_actuals", lambda: _rows_of(context.data))
    return found if context.is_region else {name: [] for name in found}


def _rows_of(data: Baselines) -> dict[str, list[_Row]]:
    years = data.later_years
    found: dict[str, list[_Row]] = {"stated": [], "parts": []}
    seen = set[str]()
    for commitment in data.commitments:
        for thing in things_reported(commitment, data, data.region.code):
            name = thing.id if isinstance(thing, Commitment) else thing.indicator
            # A quantity that is an indicator itself is entered as that.
            if name not in seen and said_as(data, name) == name:
                table = found["stated" if isinstance(thing, Commitment) else "parts"]
                table += [_Row(name, commitment, thing, year) for year in years]
            seen.add(name)
    return found


def _without_cells(context: BookContext) -> Reports:
    """The actuals that count, without the entries that these cells hold."""
    region, cells = context.data.region.code, {row.id for rows in _rows(context).values() for row in rows}
    others = {
        name: {code: years for code, years in areas.items() if name not in cells or code != region}
        for name, areas in context.scenario.actual.items()
    }
    return counted_actuals(context.scenario.model_copy(update={"actual": others}), context.data)


def _found(context: BookContext, row: _Row, actuals: Reports) -> Reported | None:
    region = context.data.region.code
    if isinstance(row.thing, Commitment):
        return parts_of(row.thing, region, row.year, actuals, region).own
    return actuals.get((row.id, region, row.year))


_KNOWN = ("known", "known_error", "known_level")


def figure_columns(figures: Sequence[Reported | None]) -> tuple[list[object], list[object], list[object]]:
    """Values, relative errors and levels of grades of figures, where there are any."""
    return (
        [one.value if one else None for one in figures],
        [one.relative_error if one else None for one in figures],
        [level_of(one.grade) if one else None for one in figures],
    )


def _table(
    context: BookContext, name: str, rows: Sequence[_Row], texts: Formulas, told: dict[str, list[object]]
) -> Table:
    lang, region, names = context.lang, context.data.region, context.short_names
    values: dict[str, list[object]] = {
        "indicator": [names[row.id] if row.id in names else row.thing.name(lang) for row in rows],
        "about": [names[row.about.id] for row in rows],
        "area": [region.name(lang)] * len(rows),
        "unit": [row.thing.unit(lang) for row in rows],
        "is_money": [is_money(row.thing.unit_zh) for row in rows],
        "year": [row.year for row in rows],
        "area_year": [f"{region.name(lang)} {row.year}" for row in rows],
        **told,
    }
    if name == "parts":
        base = [context.observed(row.id, region.code) for row in rows]
        values |= {"expected": [one.value for one in base], "base_error": [one.relative_error for one in base]}
    varies: dict[str, Varies] = dict.fromkeys(told, "number")
    if not rows:
        columns = dict.fromkeys((*values, *texts, "entered_actual"), ())
        return replace(make_table((), columns, varies=varies), optional=True)
    cells = {row.key: input_cell(("actual", row.id, region.code, str(row.year)), _accepts(row)) for row in rows}
    inputs: dict[str, dict[str, Input]] = {"entered_actual": cells}
    values |= context.fill_in([row.key for row in rows], inputs)
    return replace(make_table([row.key for row in rows], values, texts, inputs, varies=varies), optional=True)


def _accepts(row: _Row) -> Accepts:
    """The bounds of a scenario: a unit value is above nothing."""
    if isinstance(row.thing, Commitment):
        return amount(row.thing)
    return POSITIVE if row.id == row.about.unit_value else LIMIT
