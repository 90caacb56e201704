"""The criteria of by_criteria on an indicator's sheet: figures and shares of the leagues, and what each weighs."""

from collections.abc import Sequence
from typing import NamedTuple

from agriplan.workbook.formulas.filling import Formulas, grade_of

# On the sheet of inputs, beside the weight that is entered.
ASSUMED_CRITERIA: Formulas = {name: f"{{*1.criteria_weights.{name}@*2}}" for name in ("equal", "entropy", "weight")}

CRITERIA_WEIGHTS: Formulas = {
    "says": "IF({.total_*}>0,1,0)",
    # What tells no league from another is left out, unless nothing does.
    "telling": "IF(SUM({spread:})>0,IF({spread}>0,1,0),{says})",
    "equal": "IF(SUM({telling:})>0,{telling}/SUM({telling:}),0)",
    "spread": "IF({says}=1,IF(ABS(1+{.logs_*}/LN(MAX(2,{.named_count})))<{plan.tolerance},0,"
    "1+{.logs_*}/LN(MAX(2,{.named_count}))),0)",
    "uncapped": "IF(SUM({spread:})>0,{spread}/SUM({spread:}),{equal})",
    "entropy": "IF(AND(MAX({uncapped:})>{plan.entropy_cap},MAX({uncapped:})<1),IF({uncapped}=MAX({uncapped:}),"
    "{plan.entropy_cap},{uncapped}/(1-MAX({uncapped:}))*(1-{plan.entropy_cap})),{uncapped})",
    "usable": "IF(AND({equal}>0,ISNUMBER({assumptions.criteria.entered_weight@LINE.*})),"
    "{assumptions.criteria.entered_weight@LINE.*},0)",
    "weight": "IF({assumptions.lines.criteria_mode@LINE}={words.criteria.entropy},{entropy},"
    "IF(SUM({usable:})>0,{usable}/SUM({usable:}),{equal}))",
}


class BaseFigureCells(NamedTuple):
    """Where a base-year figure and the level of its grade stand."""

    name: str
    level: str


def criteria_totals(criteria: Sequence[str]) -> Formulas:
    """For each criterion the sum of its figures and of share x ln(share), and its weight by its number."""
    texts: dict[str, str] = {}
    for number, criterion in enumerate(criteria, 1):
        texts |= {
            f"total_{criterion}": f"SUMIF({{criteria.named:}},1,{{criteria.value_{number}:}})",
            f"logs_{criterion}": f"SUM({{criteria.log_{number}:}})",
            f"weight_{number}": f"{{criteria_weights.weight@{criterion}}}",
        }
    return texts


def criteria_score(count: int) -> Formulas:
    """A league's score."""
    products = [f"{{product_{number}}}" for number in range(1, count + 1)]
    # In a column of this table: columns of two tables no longer match once a row is inserted in one of them.
    return {"named": "{leagues.named@*}", "score": "+".join(products)}


def criterion_shares(number: int, criterion: str) -> Formulas:
    """A league's part of what all named leagues have of a criterion."""
    figure, total = f"{{value_{number}}}", f"{{.total_{criterion}}}"
    share, counts = f"{figure}/{total}", f"IF({{named}}*COUNT({figure})*{total}>0"
    return {
        f"share_{number}": f"{counts},{share},0)",
        f"product_{number}": f"{counts},{share}*{{.weight_{number}}},0)",
        # A share of 0 adds nothing.
        f"log_{number}": f"{counts},IF({figure}>0,{share}*LN({share}),0),0)",
    }


def criterion_figure(number: int, value: BaseFigureCells, per: BaseFigureCells | None) -> Formulas:
    """A league's figure, where it follows from base figures that a planner can replace."""
    figures = [each for each in (value, per) if each]
    ratio = f'IF({per.name}>0,{value.name}/{per.name},"")' if per else value.name
    known = f"COUNT({','.join(each.name for each in figures)})>{len(figures) - 1}"
    # What is made of two figures has the worse grade.
    level = f"MAX({','.join(each.level for each in figures)})"
    return {
        f"value_{number}": f'IF({known},{ratio},"")',
        f"source_grade_{number}": f'IF({known},{grade_of(level)},"")',
    }
