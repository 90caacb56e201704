"""The unit of every number of the tidy export, in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from agriplan.analysis.balance_words import measured
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.column_declarations import ColumnDeclaration
from agriplan.engine.columns import LEAGUES
from agriplan.engine.criteria import criterion_indicator
from agriplan.report.tidy_row import NO_WORDS, Both, said
from agriplan.rounding import Floats
from agriplan.sentences import LANGS, say

# Units of the data dictionary that stand for none: pure numbers, numbers of things, years; words have none either.
NO_UNIT = frozenset({"1", "count", "year", ""})
# What rules are made of grows with all amounts, or does not. These two lead to others and are declared nowhere.
AMOUNTS = ("base_weight", "counted")
UNITS_OF_AMOUNTS = ("unit", "counted", "herd")
DECLARED = {column.name: column.unit for column in LEAGUES}


class WithUnit(Protocol):
    """Whatever has a unit in both languages."""

    @property
    def unit_zh(self) -> str:
        """In Chinese."""

    @property
    def unit_en(self) -> str:
        """In English."""


def unit_of_column(
    column: ColumnDeclaration, commitment: Commitment, data: Baselines, rule: str, criterion: str
) -> Both:
    """The unit of a column for an indicator: what `unit`, `counted` and the like of the data dictionary stand for.

    What allocates has the unit that follows from the rule, a criterion's figure that of the criterion.
    """
    if column.unit in NO_UNIT:
        return NO_WORDS
    things: Mapping[str, Any] = data.indicators
    herd = things.get(commitment.herd or "")
    counted = herd or commitment
    units = {
        "unit": commitment,
        "counted": counted,
        "herd": herd,
        "unit_value": things.get(commitment.unit_value or ""),
        "weight": counted if grows_with_amounts(rule) == 1 else None,
        "level": counted if grows_with_amounts(rule) == 0 else None,
    }
    if column.unit in units:
        return _both(units[column.unit])
    is_rate = commitment.is_rate
    if column.unit == "criterion":
        return unit_of_criterion(criterion, commitment, data)
    if column.unit == "/point":  # a hundredth of a herd turns points into animals; amounts are what they are
        return _per(_both(counted), said("entry.unit.point")) if is_rate else NO_WORDS
    if column.unit == "times":
        return said("entry.unit.points") if is_rate else NO_WORDS
    words = {"%": "percent", "%/yr": "points_a_year" if is_rate else "percent_a_year"}
    words["% off"] = "points" if is_rate else "percent"
    words["herd %/yr"] = "percent_a_year"
    return said(f"entry.unit.{words[column.unit]}")


@lru_cache(maxsize=64)
def grows_with_amounts(rule: str) -> int | None:
    """With which power the weights of a rule grow where all amounts do; None for one that follows another law.

    >>> grows_with_amounts("by_headroom"), grows_with_amounts("equal_slack")
    (1, 0)
    """
    if rule not in RULES:
        return None
    small, large = (float(RULES[rule](_OneLeague(size)).weight[0]) for size in (1.0, 10.0))
    return {1.0: 0, 10.0: 1}.get(round(large / small, 9)) if small else None


@dataclass(frozen=True)
class _OneLeague:
    """Whatever column a rule reads, of a league of that size: no two columns alike, a ceiling above its floor."""

    size: float

    def __getitem__(self, column: str) -> Floats:
        grows = column in AMOUNTS or DECLARED.get(column) in UNITS_OF_AMOUNTS
        place = list(DECLARED).index(column) if column in DECLARED else 0
        return np.array([(self.size if grows else 1.0) * (1.0 + place**2)])


def _both(thing: WithUnit | None) -> Both:
    return (thing.unit_zh, thing.unit_en) if thing else NO_WORDS


def _per(of: Both, per: Both) -> Both:
    chinese, english = (
        say("entry.unit.per", lang, of=one, per=other) for lang, one, other in zip(LANGS, of, per, strict=True)
    )
    return chinese, english


def unit_of_criterion(name: str, commitment: Commitment, data: Baselines) -> Both:
    """What a criterion is measured in; numbers of projects have no unit."""
    criterion = next(one for one in data.criteria if one.id == name)
    if criterion.of == "projects":
        return NO_WORDS
    of = data.indicators[criterion_indicator(criterion, commitment)]
    return _per(_both(of), _both(data.indicators[criterion.per])) if criterion.per else _both(of)


def unit_of_end(name: str, end: str, commitment: Commitment) -> Both:
    """The unit of an input's end, or of the projection there: growths a year, other inputs in per cent off."""
    if end not in {"low", "high"}:
        is_difference = end == "swing" and commitment.is_rate
        return said("entry.unit.points") if is_difference else _both(commitment)
    if name == "growth" and commitment.is_rate:
        return said("entry.unit.points_a_year")
    return said("entry.unit.percent_a_year" if name.endswith("growth") else "entry.unit.percent")


def units_of_balance(stock: str, each: str, commitment: Commitment, data: Baselines) -> dict[str, Both]:
    """The units of a balance's figures by field: quantities, animals, and what each gives."""
    families: dict[str, WithUnit] = {
        "quantity": data.indicators[commitment.quantity],
        "target_quantity": data.indicators[commitment.quantity],
        "stock": data.indicators[stock],
        "stock_needed": data.indicators[stock],
        "each": measured(data, each),
        "each_needed": measured(data, each),
    }
    return {field: _both(thing) for field, thing in families.items()}


def units_of_fodder(data: Baselines) -> dict[str, Both]:
    """The units of what a herd needs by field: animals, hay a day, and hay a year as that which is stored."""
    fodder = data.balances.fodder
    if fodder is None:
        return {}
    each = next((one for one in data.balances.coefficient if one.id == fodder.each), None)
    hay = _both(data.indicators[fodder.stored[0].of]) if fodder.stored else NO_WORDS
    a_year = dict.fromkeys(("needed", "needed_target", "stored", "rest", "parts"), hay)
    return a_year | {"herd": _both(data.indicators[fodder.herd]), "each": _both(each)}
