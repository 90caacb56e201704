"""The criteria of by_criteria on an indicator's sheet: each league's figure and share, and the weights."""

from collections.abc import Iterable

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import Criterion
from agriplan.engine.tables import Floats
from agriplan.workbook import formulas
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Cell, Table

# Criteria that a template can show; a plan with fewer leaves the rest empty.
MOST_CRITERIA = 6


def score_formula(making: Making) -> dict[str, str]:
    """The score of by_criteria: the weighted sum of a league's shares."""
    parts = [f"{{criteria.product_{number}@*}}" for number in range(1, len(making.data.criteria) + 1)]
    return {"criteria_weight": "+".join(parts)} if parts else {}


def criteria_scalars(making: Making, commitment: Commitment) -> dict[str, Cell]:
    """For each criterion its name, the sum of its figures and of share x ln(share)."""
    values: dict[str, object] = {}
    texts: dict[str, str] = {}
    for number, criterion in enumerate(making.data.criteria, 1):
        counted, share = _counted(making, commitment, criterion), _shares(making, commitment, criterion)
        values |= {f"total_{criterion.id}": counted.sum(), f"logs_{criterion.id}": _logs(share).sum()}
        texts |= {
            f"total_{criterion.id}": f"SUMIF({{leagues.named:}},1,{{criteria.value_{number}:}})",
            # A share of 0 counts as LN(1): it adds nothing.
            f"logs_{criterion.id}": f"SUMPRODUCT({{criteria.share_{number}:}}*"
            f"LN({{criteria.share_{number}:}}+({{criteria.share_{number}:}}=0)))",
        }
        values[f"weight_{number}"] = making.criterion_row(commitment.id, criterion.id)["weight"]
        texts[f"weight_{number}"] = f"{{criteria_weights.weight@{criterion.id}}}"
    names = [criterion.name(making.lang) for criterion in making.data.criteria]
    for number in range(1, max(MOST_CRITERIA, len(names)) + 1):
        values[f"criterion_{number}"] = names[number - 1] if number <= len(names) else None
        values.setdefault(f"weight_{number}", None)
    return make_cells(values, texts)


def criteria_tables(making: Making, commitment: Commitment) -> dict[str, Table]:
    """`criteria` has one row a league and numbered columns; `criteria_weights` one row a criterion."""
    codes = [league.code for league in making.data.leagues]
    scores = making.read.leagues[commitment.id]["criteria_weight"]
    values: dict[str, Iterable[object]] = {
        "name": [league.name(making.lang) for league in making.data.leagues],
        "score": scores.tolist(),
    }
    texts: dict[str, str] = {"score": "{leagues.criteria_weight@*}"}
    for number, criterion in enumerate(making.data.criteria, 1):
        share = _shares(making, commitment, criterion)
        rows = [making.criterion_row(commitment.id, criterion.id, code) for code in codes]
        values |= {
            f"value_{number}": [row["value"] for row in rows],
            f"source_grade_{number}": making.in_words("grade", [row["grade"] for row in rows]),
            f"share_{number}": share.tolist(),
            f"product_{number}": [row["product"] for row in rows],
        }
        texts |= _texts(making, commitment, criterion, number)
    for number in range(len(making.data.criteria) + 1, MOST_CRITERIA + 1):
        values |= {f"{name}_{number}": [None] * len(codes) for name in ("value", "share", "product")}
    return {"criteria": make_table(codes, values, texts), "criteria_weights": _weights(making, commitment)}


def _texts(making: Making, commitment: Commitment, criterion: Criterion, number: int) -> dict[str, str]:
    texts = {
        f"share_{number}": f"IF(AND({{leagues.named@*}}=1,ISNUMBER({{value_{number}}}),{{.total_{criterion.id}}}>0),"
        f"{{value_{number}}}/{{.total_{criterion.id}}},0)",
        f"product_{number}": f"{{share_{number}}}*{{.weight_{number}}}",
    }
    value = _figure(making, commitment.quantity if criterion.of == "baseline" else criterion.of)
    per = _figure(making, criterion.per) if criterion.per else None
    if value and per:
        texts[f"value_{number}"] = f'IF(COUNT({value},{per})>1,IF({per}>0,{value}/{per},""),"")'
    elif value:
        texts[f"value_{number}"] = f'IF(ISNUMBER({value}),{value},"")'
    return texts


def _figure(making: Making, indicator: str | None) -> str | None:
    """Where the base-year figure of an observed indicator stands; None for one that no planner can replace."""
    for commitment in making.data.commitments:
        if commitment.quantity == indicator:
            return f"{{assumptions.leagues.quantity@{commitment.id}.*}}"
        if commitment.herd == indicator:
            return f"{{assumptions.herds.herd@{indicator}.*}}"
    return None


def _weights(making: Making, commitment: Commitment) -> Table:
    criteria = making.data.criteria
    rows = [making.criterion_row(commitment.id, criterion.id) for criterion in criteria]
    says = [float(_counted(making, commitment, criterion).sum() > 0) for criterion in criteria]
    spread = [_spread(making, commitment, criterion) for criterion in criteria]
    uncapped = [one / sum(spread) for one in spread] if sum(spread) > 0 else [row["equal"] for row in rows]
    entered = [making.entered_weight(commitment.id, criterion.id) for criterion in criteria]
    values: dict[str, Iterable[object]] = {
        "name": [criterion.name(making.lang) for criterion in criteria],
        "says": says,
        "equal": [row["equal"] for row in rows],
        "spread": spread,
        "telling": [float(row["equal"] > 0) for row in rows],
        "uncapped": uncapped,
        "entropy": [row["entropy"] for row in rows],
        "usable": [(weight or 0.0) * float(row["equal"] > 0) for weight, row in zip(entered, rows, strict=True)],
        "weight": [row["weight"] for row in rows],
    }
    texts = formulas.fill_in(formulas.CRITERIA_WEIGHTS, LINE=commitment.id)
    return make_table([criterion.id for criterion in criteria], values, texts)


def _counted(making: Making, commitment: Commitment, criterion: Criterion) -> Floats:
    rows = [making.criterion_row(commitment.id, criterion.id, league.code) for league in making.data.leagues]
    named = np.array([league.code in commitment.leagues for league in making.data.leagues])
    return np.where(named, np.nan_to_num(np.array([row["value"] for row in rows], dtype=float)), 0.0)


def _shares(making: Making, commitment: Commitment, criterion: Criterion) -> Floats:
    rows = [making.criterion_row(commitment.id, criterion.id, league.code) for league in making.data.leagues]
    return np.array([row["share"] for row in rows], dtype=float)


def _logs(share: Floats) -> Floats:
    logs: Floats = share * np.log(np.where(share > 0, share, 1.0))
    return logs


def _spread(making: Making, commitment: Commitment, criterion: Criterion) -> float:
    """How much the leagues differ in a criterion: 1 less the entropy of their shares."""
    share = _shares(making, commitment, criterion)
    if share.sum() <= 0:
        return 0.0
    spread = 1.0 + float(_logs(share).sum()) / float(np.log(max(2, len(commitment.leagues))))
    return 0.0 if abs(spread) < 1e-12 else spread
