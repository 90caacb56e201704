"""The criteria of by_criteria on an indicator's sheet: each league's figure and share, and the weights."""

from collections.abc import Iterable
from typing import NamedTuple

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import Criterion
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Cell, Table
from agriplan.workbook.formulas.assumed import CRITERIA_WEIGHTS
from agriplan.workbook.formulas.filling import fill_in, grade_of

# Criteria that a template can show; a plan with fewer leaves the rest empty.
MOST_CRITERIA = 6


def score_formula(context: BookContext) -> dict[str, str]:
    """What a league weighs by its criteria: its score."""
    return {"criteria_weight": "{criteria.score@*}"} if context.data.criteria else {}


def criteria_scalars(context: BookContext) -> dict[str, Cell]:
    """For each criterion its name, the sum of its figures and of share x ln(share)."""
    texts: dict[str, str] = {}
    for number, criterion in enumerate(context.data.criteria, 1):
        texts |= {
            f"total_{criterion.id}": f"SUMIF({{criteria.named:}},1,{{criteria.value_{number}:}})",
            f"logs_{criterion.id}": f"SUM({{criteria.log_{number}:}})",
            f"weight_{number}": f"{{criteria_weights.weight@{criterion.id}}}",
        }
    names = [criterion.name(context.lang) for criterion in context.data.criteria]
    blank = [None] * (MOST_CRITERIA - len(names))
    values: dict[str, object] = {f"criterion_{number}": name for number, name in enumerate([*names, *blank], 1)}
    values |= {f"weight_{number}": None for number in range(len(names) + 1, MOST_CRITERIA + 1)}
    return make_cells(values, texts)


def criteria_tables(context: BookContext, commitment: Commitment) -> dict[str, Table]:
    """`criteria` has one row a league and numbered columns; `criteria_weights` one row a criterion."""
    codes = [league.code for league in context.data.leagues]
    values: dict[str, Iterable[object]] = {
        "name": [league.name(context.lang) for league in context.data.leagues],
        "row_own": [int(code == context.area.code) for code in codes],
    }
    products = [f"{{product_{number}}}" for number in range(1, len(context.data.criteria) + 1)]
    # In a column of this table: columns of two tables no longer match once a row is inserted in one of them.
    texts: dict[str, str] = {"named": "{leagues.named@*}", "score": "+".join(products)} if products else {}
    for number, criterion in enumerate(context.data.criteria, 1):
        live = _texts(context, commitment, criterion, number)
        texts |= live
        if f"value_{number}" not in live:
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


def _texts(context: BookContext, commitment: Commitment, criterion: Criterion, number: int) -> dict[str, str]:
    figure, total = f"{{value_{number}}}", f"{{.total_{criterion.id}}}"
    share, counts = f"{figure}/{total}", f"IF({{named}}*COUNT({figure})*{total}>0"
    texts = {
        f"share_{number}": f"{counts},{share},0)",
        f"product_{number}": f"{counts},{share}*{{.weight_{number}}},0)",
        # A share of 0 adds nothing.
        f"log_{number}": f"{counts},IF({figure}>0,{share}*LN({share}),0),0)",
    }
    value = _figure(context, commitment.quantity if criterion.of == "baseline" else criterion.of)
    per = _figure(context, criterion.per) if criterion.per else None
    if value and (per or not criterion.per):
        figures = [each for each in (value, per) if each]
        ratio = f'IF({per.name}>0,{value.name}/{per.name},"")' if per else value.name
        known = f"COUNT({','.join(each.name for each in figures)})>{len(figures) - 1}"
        # What is made of two figures has the worse grade.
        level = f"MAX({','.join(each.level for each in figures)})"
        texts[f"value_{number}"] = f'IF({known},{ratio},"")'
        texts[f"source_grade_{number}"] = f'IF({known},{grade_of(level)},"")'
    return texts


class BaseFigureCells(NamedTuple):
    """Where a base-year figure and the level of its grade stand."""

    name: str
    level: str


def _figure(context: BookContext, indicator: str | None) -> BaseFigureCells | None:
    """Where the base-year figure of an observed indicator stands; None for one that no planner can replace."""
    for commitment in context.data.commitments:
        if commitment.quantity == indicator:
            row = f"@{commitment.id}.*}}"
            return BaseFigureCells(f"{{inputs.leagues.quantity{row}", f"{{inputs.leagues.level{row}")
        if commitment.herd == indicator:
            row = f"@{indicator}.*}}"
            return BaseFigureCells(f"{{assumptions.herds.herd{row}", f"{{assumptions.herds.level{row}")
    return None
