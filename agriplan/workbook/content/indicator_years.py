"""The years of an indicator: each league's trend, milestones and actuals, and the region's."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.last_known import LastKnown, last_known
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table, without_formulas
from agriplan.workbook.content.reading import league_rows_by_year
from agriplan.workbook.content.region_actuals import figure_columns, published_things
from agriplan.workbook.content.standing import parts_in_book, shown_in_book
from agriplan.workbook.description import Table
from agriplan.workbook.formulas.filling import fill_in
from agriplan.workbook.formulas.printed_years import PRINTED_ACTUAL
from agriplan.workbook.formulas.region_actuals import ENTERED_AMOUNT, entered_value
from agriplan.workbook.formulas.standing import quantities_of_region
from agriplan.workbook.formulas.yearly import (
    ENTERED_ACTUAL,
    LEAGUE_YEARS_BY_KIND,
    STATED_VALUE,
    formulas_of_region,
    values_of_leagues,
)

# Yearly columns beside a league's row, for templates: as many as a ten-year plan needs; the rest stay empty.
MOST_STEPS = 10


def league_years(context: BookContext, commitment: Commitment) -> Table:
    """One row a league and year, from the base year on."""
    frame = league_rows_by_year(context.read.years[commitment.id], context.data.region.code)
    years = frame["year"].tolist()
    keys = [f"{code}.{year}" for code, year in zip(frame["code"].tolist(), years, strict=True)]
    places = {league.code: place for place, league in enumerate(context.data.leagues, 1)}
    values: dict[str, Iterable[object]] = {"year": years, "order": [places[code] for code in frame["code"].tolist()]}
    texts = dict(LEAGUE_YEARS_BY_KIND[commitment.kind])
    if context.is_region:
        values |= {"entry": _entries(context, commitment, keys)}
        texts |= {"actual": ENTERED_ACTUAL, "printed_actual": PRINTED_ACTUAL}
    if commitment.unit_value:
        texts |= {**values_of_leagues(of_region=context.is_region), "printed_actual": PRINTED_ACTUAL}
    return make_table(keys, values, texts, told=told_of_leagues(context, commitment))


# What a league's workbook holds of the others' actuals, but for values, which follow their quantities.
_CONSTANT_ELSEWHERE = ("actual", "printed_actual")


def told_of_leagues(context: BookContext, commitment: Commitment) -> dict[str, list[object]]:
    """Of a value the quantities that its figures came from, of a rate the herds.

    A league's workbook has the actuals of the others as constants; its own are added on the region's line.
    """
    frame = league_rows_by_year(context.read.years[commitment.id], context.data.region.code)
    places = list(zip(frame["code"].tolist(), frame["year"].tolist(), strict=True))
    found: dict[str, list[object]] = {}
    if commitment.unit_value:
        parts = [parts_in_book(context, commitment, *place) for place in places]
        # A value that is only known by its quantity.
        by_quantity = [None if each.own else each.quantity for each in parts]
        found["told_actual"] = [
            shown_in_book(context, commitment, *place) if each else None
            for place, each in zip(places, by_quantity, strict=True)
        ]
        found["told_quantity"] = [each.value if each else None for each in by_quantity]
    if commitment.herd:
        herds = [_told_herd(context, commitment.herd, *place) for place in places]
        found["told_herd"] = [one.value if one else None for one in herds]
        found["told_year"] = [one.year if one else None for one in herds]
    if not context.is_region:
        others = frame["code"] != context.area.code
        names = {"others_actual": "actual"} if commitment.unit_value else {name: name for name in _CONSTANT_ELSEWHERE}
        found |= {name: np.where(others, frame[of], np.nan).tolist() for name, of in names.items()}
    return found


def _told_herd(context: BookContext, herd: str, code: str, year: int) -> LastKnown | None:
    """The last herd that was reported up to a year; that of the base year stands among the inputs."""
    found = last_known(context.scenario, context.data, herd, code, context.actuals)[year]
    return found if found.year > context.data.base_year else None


def shown_years(context: BookContext) -> list[str]:
    """The keys of the rows with cells for actuals: this league's, or all leagues', without the base year."""
    codes = context.data.league_codes if context.is_region else [context.area.code]
    years = context.data.later_years
    return [
        f"{commitment.id}.{code}.{year}" for commitment in context.data.commitments for code in codes for year in years
    ]


def _entries(context: BookContext, commitment: Commitment, keys: list[str]) -> list[object]:
    """The row of each year on the sheet of actuals, where it has one."""
    shown = set(shown_years(context))
    entries = [f"{commitment.id}.{key}" for key in keys]
    return [entry if entry in shown else None for entry in entries]


def region_years(context: BookContext, commitment: Commitment) -> Table:
    """One row a year for the region."""
    code = context.area.code
    years = context.data.years
    values: dict[str, Iterable[object]] = {"year": years, "step": range(context.data.span + 1)}
    told = told_of_region(context, commitment)
    values |= told
    entered = _entered(context, commitment) if context.is_region else {}
    values |= {name: [None, *(f"{one}.{year}" for year in years[1:])] for name, one in _asked_in(entered, commitment)}
    if commitment.is_rate:
        values |= dict.fromkeys(("difference", "printed_difference", "printed_difference_due"), [0] * len(years))
    else:
        values |= {"divisor": [1] * len(years), "herd": [None] * len(years)}
    if not context.is_region:
        values |= {"entry": _entries(context, commitment, [f"{code}.{year}" for year in years])}
    texts = formulas_of_region(commitment.kind, years[1:], of_region=context.is_region) | entered
    if commitment.unit_value:
        texts |= STATED_VALUE
        texts |= quantities_of_region(context.data.base_year, context.data.span)
    texts = fill_in(texts, CODE=code, LINE=commitment.id)
    return make_table(map(str, years), values, texts, varies=dict.fromkeys(told, "number"))


def told_of_region(context: BookContext, commitment: Commitment) -> dict[str, list[object]]:
    """The region's own figures of the years, their errors and grades: of a value itself, or quantity and unit value."""
    years = context.data.years
    parts = [parts_in_book(context, commitment, context.data.region.code, year) for year in years]
    own, quantity = [one.own for one in parts], [one.quantity for one in parts]
    _, *told = figure_columns([one.figure for one in parts])
    known = dict(zip(("told_error", "told_level"), told, strict=True))
    if commitment.unit_value is None:
        known = {"stated_actual": figure_columns(own)[0], **known}
    else:
        names = ("stated_unit_value", "told_unit_value_error", "told_unit_value_level")
        known |= {"stated_value": figure_columns(own)[0], "stated_quantity": figure_columns(quantity)[0]}
        known |= dict(zip(names, figure_columns([one.unit_value for one in parts]), strict=True))
    return without_formulas(known, _entered(context, commitment)) if context.is_region else known


def _entered(context: BookContext, commitment: Commitment) -> dict[str, str]:
    """In the region's workbook its own figures are found where they are entered."""
    if commitment.unit_value is None:
        return dict(ENTERED_AMOUNT)
    asked = published_things(context)
    return entered_value(quantity=commitment.quantity in asked, unit_value=commitment.unit_value in asked)


def _asked_in(entered: Mapping[str, str], commitment: Commitment) -> Iterator[tuple[str, str]]:
    """The columns that hold the keys of the rows in which figures are entered, and what those are figures of."""
    for name, one in (
        ("stated_entry", commitment.id),
        ("quantity_entry", commitment.quantity),
        ("unit_value_entry", commitment.unit_value),
    ):
        if any(f"{{{name}}}" in text for text in entered.values()):
            yield name, str(one)


def wide_columns(context: BookContext) -> tuple[dict[str, list[object]], dict[str, str]]:
    """Projection and milestone of each year beside the league's row, exact and printed; `_0` is the base year's.

    Blank columns as far as templates may show them, and the formulas of as many as the plan has years.
    """
    names = ("projection", "milestone", "printed_projection", "printed_milestone")
    blank: list[object] = [None] * len(context.data.leagues)
    blanks = {f"{name}_{step}": blank for step in range(context.data.span + 1, MOST_STEPS + 1) for name in names}
    texts = {
        f"{name}_{step}": f"{{league_years.{name}@*.{context.data.base_year + step}}}"
        for step in range(context.data.span + 1)
        for name in names
    }
    return blanks, texts
