"""Where an indicator stands in the as-of year, on its own sheet: what the data and the scenario tell of each year.

The year is an input of the workbook, so that everything that an evaluation of any year needs stands there: what history
supports as of each of them, and which figures of the years are whose.
"""

import numpy as np
import pandas as pd

from agriplan.analysis.evaluation_rows import fastest_growth
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.later import seen_from
from agriplan.engine.actuals import Parts, parts_of
from agriplan.engine.entered import fifteen_digits
from agriplan.forecast.attainment import rests_on_assumption, squared_distances, trend_misses
from agriplan.forecast.growth import growth_kind
from agriplan.forecast.intervals import MEDIAN, combine
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.forecast.tiers import suggestions_by_area
from agriplan.memo import recall
from agriplan.workbook.content.context import BookContext, level_of
from agriplan.workbook.content.entries import columns_of, make_table
from agriplan.workbook.description import Cell, Table
from agriplan.workbook.formulas.filling import fill_in
from agriplan.workbook.formulas.standing import evaluated_leagues, shown_leagues
from agriplan.workbook.formulas.standing_of_region import evaluated_line

# Edges between the bands that lie away from the median: places among the five.
SIDES = (1, 2, 4, 5)
# Digits that are kept of what only bands depend on.
MISS_DIGITS = 9
MISSES = ("middle", *(f"miss_{number}" for number in SIDES), "assumed", "unit_value_assumed")


def standing_tables(context: BookContext, commitment: Commitment) -> dict[str, Table]:
    """The tables `evaluated`, a row a league, and `supported`, a row an area and as-of year."""
    data, codes = context.data, context.data.league_codes
    texts = dict(evaluated_leagues(commitment.kind, data.base_year, data.span, of_region=context.is_region))
    words = {"LINE": commitment.id, "HERD": commitment.herd or "", "REGION": data.region.code}
    if context.is_region:
        texts |= shown_leagues(commitment.kind)
    evaluated = make_table(codes, {}, fill_in(texts, **words), told=told_of_standing(context, commitment))
    return {"evaluated": evaluated, "supported": _supported(context, commitment)}


def standing_cells(context: BookContext, commitment: Commitment) -> dict[str, Cell]:
    """The region's figures of the as-of year."""
    data = context.data
    texts = dict(evaluated_line(commitment.kind, data.base_year, data.span))
    if not context.is_region:  # of the leagues it is only the own one whose figures are shown
        shown = shown_leagues(commitment.kind, context.area.code)
        texts |= {f"evaluated_own_{name}": text for name, text in shown.items()}
    filled = fill_in(texts, LINE=commitment.id, REGION=data.region.code)
    told = {name: Cell(value, varies="number") for name, value in told_of_passed(context, commitment).items()}
    # Where there is no unit value, none misses.
    known = {} if commitment.unit_value else {"evaluated_price_square": Cell(0), "evaluated_price_level": Cell(1)}
    known["quantity_error"] = Cell(context.observed(commitment.quantity, data.region.code).relative_error)
    return {**known, **told, **{name: Cell(None, text) for name, text in filled.items()}}


def told_of_passed(context: BookContext, commitment: Commitment) -> dict[str, int]:
    """Whether a league past its target lends what is beyond it."""
    return {"evaluated_lends": int(context.scenario.passed.get(commitment.id, "keep") == "lend")}


def told_of_standing(context: BookContext, commitment: Commitment) -> dict[str, list[object]]:
    """The targets of an issue that the scenario names; where it names none, those of the workbook hold."""
    issued = context.scenario.issued.targets.get(commitment.id, {})
    return {"told_target": [issued.get(league.code) for league in context.data.leagues]}


def told_of_figure(context: BookContext, commitment: Commitment, code: str, year: int) -> dict[str, object]:
    """Error and grade of a league's figure that no cell of it holds, and the figure that they hold for."""
    parts = parts_in_book(context, commitment, code, year)
    said = parts.figure
    # What is typed into a value's cell is the value; a quantity that was entered elsewhere is told as the data's are.
    known = said is not None and (not said.is_entered or _is_quantity(parts))
    return {
        "told": shown_in_book(context, commitment, code, year) if known else None,
        "told_error": said.relative_error if said and known else None,
        "told_level": level_of(said.grade) if said and known else None,
        # A value that was itself reported owes nothing to the unit value.
        "told_by_quantity": int(_is_quantity(parts)) if known else None,
    }


def support_of(context: BookContext, year: int) -> "Support":
    """What the data folder supports as of a year before the target year."""
    return recall(context.data, ("supported", id(context.plan.suggestions), year), lambda: Support(context, year))


def parts_in_book(context: BookContext, commitment: Commitment, code: str, year: int) -> Parts:
    """What is known of an area's figure of a year."""
    return parts_of(commitment, code, year, context.actuals, context.data.region.code)


def shown_in_book(context: BookContext, commitment: Commitment, code: str, year: int) -> float:
    """A league's figure as it stands in the workbook: a cell that is filled in holds what can be typed."""
    value = float(context.read.year_rows[commitment.id, code, year]["actual"])
    return fifteen_digits(value) if context.is_region or code == context.area.code else value


def _is_quantity(parts: Parts) -> bool:
    """Whether a value is only known by its quantity."""
    return parts.own is None and parts.quantity is not None


def _supported(context: BookContext, commitment: Commitment) -> Table:
    """Every area as of the first year, then as of the next: formulas that look a year up go down a row at a time."""
    data, region = context.data, context.data.region.code
    rows: dict[str, dict[str, object]] = {}
    for year in data.years[:-1]:
        support = support_of(context, year)
        for code in data.areas:
            unit_value = commitment.unit_value if code == region else None
            rows[f"{code}.{year}"] = {
                "suggested": support.growth(commitment.quantity, code),
                **({"suggested_herd": support.growth(commitment.herd, code)} if commitment.herd else {}),
                "suggested_unit_value": support.growth(unit_value, code) if unit_value else None,
            }
    return make_table(rows, columns_of(rows))


class Support:
    """What the data folder supports as of a year, and how projections from there miss."""

    def __init__(self, context: BookContext, year: int) -> None:
        self.data: Baselines = context.data if year == context.data.base_year else seen_from(context.data, year, {})
        self.suggestions: pd.DataFrame = suggestions_as_of(context.data, context.plan.suggestions, year)
        self.rows = suggestions_by_area(self.suggestions)
        self.years = self.data.target_year - year

    def growth(self, indicator: str, code: str) -> float:
        """The growth that is suggested."""
        return self.rows[indicator, code].growth

    def misses(self, commitment: Commitment, code: str) -> dict[str, object]:
        """The median miss and the squared distances of the other edges from it; and whether only an assumed growth
        of the quantity, or else of the unit value, stands behind. The figure's own error is left out.
        """
        kind = growth_kind(commitment.kind)
        parts = [(commitment.quantity, code)]
        if commitment.unit_value:
            parts.append((commitment.unit_value, self.data.region.code))
        misses = combine(*(trend_misses(self.data, self.rows, *part, self.years, kind) for part in parts))
        squares = dict(enumerate(squared_distances(misses), 1))
        sides = {f"miss_{number}": _kept(squares[number]) for number in SIDES}
        assumed, *of_unit_value = (rests_on_assumption(self.data, self.rows, *part) for part in parts)
        flags = {"assumed": assumed, "unit_value_assumed": any(of_unit_value) and not assumed}
        return {"middle": _kept(misses[MEDIAN]), **sides, **flags}

    def fastest(self, commitment: Commitment) -> float:
        """The fastest growth of the region over as many years as are left, of a value with its unit value's."""
        unit_value = commitment.unit_value and self.rows[commitment.unit_value, self.data.region.code].growth
        found = fastest_growth(commitment, self.data, unit_value or 0.0)
        return found.growth if found else np.nan


def _kept(value: float) -> float:
    return round(float(value), MISS_DIGITS)
