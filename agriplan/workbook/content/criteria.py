"""The criteria of by_criteria on an indicator's sheet: each league's figure and share, and the weights."""

from collections.abc import Iterable

from agriplan.baselines.commitments import Commitment
from agriplan.engine.criteria import criterion_indicator
from agriplan.workbook.content.context import BookContext, level_of
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Cell, Table
from agriplan.workbook.formulas.criteria import (
    CRITERIA_WEIGHTS,
    BaseFigureCells,
    criteria_score,
    criteria_totals,
    criterion_figure,
    criterion_shares,
)
from agriplan.workbook.formulas.filling import fill_in

# Criteria that a template can show; a plan with fewer leaves the rest empty.
MOST_CRITERIA = 6


def score_formula(context: BookContext) -> dict[str, str]:
    """What a league weighs by its criteria: its score."""
    return {"criteria_weight": "{criteria.score@*}"} if context.data.criteria else {}


def criteria_scalars(context: BookContext) -> dict[str, Cell]:
    """For each criterion its name, the sum of its figures and of share x ln(share)."""
    names = [criterion.name(context.lang) for criterion in context.data.criteria]
    blank = [None] * (MOST_CRITERIA - len(names))
    values: dict[str, object] = {f"criterion_{number}": name for number, name in enumerate([*names, *blank], 1)}
    values |= {f"weight_{number}": None for number in range(len(names) + 1, MOST_CRITERIA + 1)}
    return make_cells(values, criteria_totals([criterion.id for criterion in context.data.criteria]))


def criteria_tables(context: BookContext, commitment: Commitment) -> dict[str, Table]:
    """`criteria` has one row a league and numbered columns; `criteria_weights` one row a criterion."""
    codes = context.data.league_codes
    values: dict[str, Iterable[object]] = {
        "name": [league.name(context.lang) for league in context.data.leagues],
        "row_own": [int(code == context.area.code) for code in codes],
    }
    texts = dict(criteria_score(len(context.data.criteria)))
    for number, criterion in enumerate(context.data.criteria, 1):
        texts |= criterion_shares(number, criterion.id)
        of = criterion_indicator(criterion, commitment)
        value, per = _figure(context, of), _figure(context, criterion.per) if criterion.per else None
        if value or per:  # the other one is a constant where no planner can replace it, and the ratio is live
            if not value:
                value = _constant(context, f"of_{number}", of, values)
            elif not per and criterion.per:
                per = _constant(context, f"per_{number}", criterion.per, values)
            texts |= criterion_figure(number, value, per)
        else:
            rows = [context.criteria[commitment.id, criterion.id, code] for code in codes]
            values[f"value_{number}"] = [row["value"] for row in rows]
            values[f"source_grade_{number}"] = context.in_words("grade", [row["grade"] for row in rows])
    for number in range(len(context.data.criteria) + 1, MOST_CRITERIA + 1):
        values |= {f"{name}_{number}": [None] * len(codes) for name in ("value", "share", "product")}
    names = [criterion.name(context.lang) for criterion in context.data.criteria]
    weights = fill_in(CRITERIA_WEIGHTS, LINE=commitment.id)
    return {
        "criteria": make_table(codes, values, texts),
        "criteria_weights": make_table([each.id for each in context.data.criteria], {"name": names}, weights),
    }


def _constant(context: BookContext, name: str, indicator: str, values: dict[str, Iterable[object]]) -> BaseFigureCells:
    """Put a figure that no planner can replace and its level into columns; where they stand."""
    figures = [context.observed(indicator, league.code) for league in context.data.leagues]
    values[name] = [figure.value for figure in figures]
    values[f"{name}_level"] = [level_of(figure.grade) for figure in figures]
    return BaseFigureCells(f"{{{name}}}", f"{{{name}_level}}")


def _figure(context: BookContext, indicator: str) -> BaseFigureCells | None:
    """Where the base-year figure of an observed indicator stands; None for one that no planner can replace."""
    for commitment in context.data.commitments:
        if commitment.quantity == indicator:
            row = f"@{commitment.id}.*}}"
            return BaseFigureCells(f"{{inputs.leagues.quantity{row}", f"{{inputs.leagues.level{row}")
        if commitment.herd == indicator:
            row = f"@{indicator}.*}}"
            return BaseFigureCells(f"{{assumptions.herds.herd{row}", f"{{assumptions.herds.level{row}")
    return None
