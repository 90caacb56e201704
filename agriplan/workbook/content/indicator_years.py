"""The years of an indicator: each league's trend, milestones and actuals, and the region's."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.actuals import parts_of
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table, without_formulas
from agriplan.workbook.content.reading import league_rows_by_year
from agriplan.workbook.content.region_actuals import published_things
from agriplan.workbook.content.standing import told_of_league_years, told_of_region_years
from agriplan.workbook.description import Table
from agriplan.workbook.formulas.filling import fill_in
from agriplan.workbook.formulas.printed import (
    OWN_PRINTED_ACTUAL,
    OWN_PRINTED_MILESTONE,
    OWN_PRINTED_MILESTONE_OF_RATE,
    PRINTED_ACTUAL,
)
from agriplan.workbook.formulas.region_actuals import ENTERED_AMOUNT, entered_value
from agriplan.workbook.formulas.standing import quantities_of_values
from agriplan.workbook.formulas.yearly import (
    ENTERED_ACTUAL,
    LEAGUE_YEARS_BY_KIND,
    REGION_ACTUALS,
    REGION_ACTUALS_OF_LEAGUE,
    REGION_YEARS_BY_KIND,
    STATED_VALUE,
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
    actual = "{actual}"
    if context.is_region:
        values |= {"entry": _entries(context, commitment, keys)}
        texts |= {"actual": ENTERED_ACTUAL, "printed_actual": PRINTED_ACTUAL}
    else:
        # A league's own figure is read beside the region's; the others' stand here as they were.
        actual = 'IF({leagues.row_own@*1}=1,{region_years.own_actual@*2},IF(ISNUMBER({actual}),{actual},""))'
    if commitment.unit_value:
        texts |= quantities_of_values(context.data.base_year, context.steps, actual)[0]
    told = told_of_leagues(context, commitment)
    return make_table(keys, values | told, texts, varies=dict.fromkeys(told, "number"))


def told_of_leagues(context: BookContext, commitment: Commitment) -> dict[str, list[object]]:
    """A league's workbook has the actuals of the others as constants; its own are added on the region's line."""
    frame = league_rows_by_year(context.read.years[commitment.id], context.data.region.code)
    keys = [f"{code}.{year}" for code, year in zip(frame["code"].tolist(), frame["year"].tolist(), strict=True)]
    told = told_of_league_years(context, commitment, keys)
    if context.is_region:
        return told
    others = frame["code"] != context.area.code
    return told | {name: np.where(others, frame[name], np.nan).tolist() for name in ("actual", "printed_actual")}


def shown_years(context: BookContext) -> list[str]:
    """The keys of the rows with cells for actuals: this league's, or all leagues', without the base year."""
    codes = [league.code for league in context.data.leagues] if context.is_region else [context.area.code]
    years = range(context.data.base_year + 1, context.data.target_year + 1)
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
    rate, code = commitment.kind == "rate", context.area.code
    years = range(context.data.base_year, context.data.target_year + 1)
    values: dict[str, Iterable[object]] = {"year": years, "step": range(context.steps + 1)}
    told = told_of_region(context, commitment)
    values |= told
    entered = _entered(context, commitment) if context.is_region else {}
    values |= {name: [None, *(f"{one}.{year}" for year in years[1:])] for name, one in _asked_in(entered, commitment)}
    if rate:
        values |= dict.fromkeys(("difference", "printed_difference", "printed_difference_due"), [0] * len(years))
        sizes = {"HERDS": ",{league_years.herd:}", "PER": "/100"}
        own_size = "{league_years.herd@CODE.*}/100"
    else:
        values |= {"divisor": [1] * len(years), "herd": [None] * len(years)}
        sizes, own_size = {"HERDS": "", "PER": ""}, "{leagues.size@CODE}"
    if not context.is_region:
        values |= {"entry": _entries(context, commitment, [f"{code}.{year}" for year in years])}
    own = REGION_ACTUALS if context.is_region else REGION_ACTUALS_OF_LEAGUE
    others = "" if context.is_region else OWN_PRINTED_ACTUAL
    texts = {**REGION_YEARS_BY_KIND[commitment.kind], **own, **entered}
    if not context.is_region:
        texts["own_printed_milestone"] = OWN_PRINTED_MILESTONE_OF_RATE if rate else OWN_PRINTED_MILESTONE
    if commitment.unit_value:
        texts |= STATED_VALUE
        texts |= quantities_of_values(context.data.base_year, context.steps, "")[1]
    texts = fill_in(fill_in(texts, **sizes, OWN=own_size, OTHERS=others), CODE=code, LINE=commitment.id)
    return make_table(map(str, years), values, texts, varies=dict.fromkeys(told, "number"))


def told_of_region(context: BookContext, commitment: Commitment) -> dict[str, list[object]]:
    """The region's own figures of the years: of a value itself, or the quantity and unit value that make it."""
    region, actuals = context.data.region.code, context.actuals
    years = range(context.data.base_year, context.data.target_year + 1)
    parts = [parts_of(commitment, region, year, actuals, region) for year in years]
    own: list[object] = [one.own.value if one.own else None for one in parts]
    more = told_of_region_years(context, commitment)
    if commitment.unit_value is None:
        known = {"stated_actual": own, **more}
    else:
        known = {
            **more,
            "stated_value": own,
            "stated_quantity": [one.quantity.value if one.quantity else None for one in parts],
            "stated_unit_value": [one.unit_value.value if one.unit_value else None for one in parts],
        }
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
    blanks = {f"{name}_{step}": blank for step in range(context.steps + 1, MOST_STEPS + 1) for name in names}
    texts = {
        f"{name}_{step}": f"{{league_years.{name}@*.{context.data.base_year + step}}}"
        for step in range(context.steps + 1)
        for name in names
    }
    return blanks, texts
