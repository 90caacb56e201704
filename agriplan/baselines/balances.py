"""Balances (实物平衡): coefficients of the file balances.toml, and yields that are computed from observed figures."""

from functools import cached_property
from typing import Annotated, NamedTuple, Protocol

import numpy as np
from pydantic import Field

from agriplan.baselines.grades import GRADES, Grade
from agriplan.baselines.records import (
    AboveZero,
    CellText,
    CellYear,
    ForeignCode,
    Id,
    Named,
    Noted,
    Record,
    RelativeError,
    Whole,
)


class Measured(Named, Noted):
    """Something with a unit in both languages."""

    id: Id
    unit_zh: CellText
    unit_en: CellText

    def unit(self, lang: str) -> str:
        """The unit in that language."""
        return self.unit_en if lang == "en" else self.unit_zh


class Coefficient(Measured):
    """A coefficient that comes from outside, with its grade and source."""

    value: AboveZero
    year: CellYear | None = None
    grade: Grade
    relative_error: RelativeError
    source: ForeignCode


class Yield(Measured):
    """`of` over `per`, each in its year, times `factor`: what one animal or one unit gives."""

    of: ForeignCode
    of_year: CellYear
    per: ForeignCode
    per_year: CellYear
    factor: AboveZero = 1.0
    decimals: Annotated[Whole, Field(ge=0, le=6)] = 2


class Balance(Record):
    """A commitment's quantity as `stock` animals of a year times what `each` gives, times `factor` for the units.

    `each` is a yield or an observed indicator, which then has its year.
    """

    about: ForeignCode
    stock: ForeignCode
    stock_year: CellYear
    each: ForeignCode
    each_year: CellYear | None = None
    factor: AboveZero = 1.0


class Stored(Record):
    """Fodder that is stored: an observed figure of a year, over a coefficient that turns it into standard hay."""

    of: ForeignCode
    year: CellYear
    over: ForeignCode | None = None


class Fodder(Record):
    """What a herd needs in a year, `each` (a coefficient) times `factor` a unit, and what is stored of it by name."""

    about: ForeignCode
    herd: ForeignCode
    each: ForeignCode
    factor: AboveZero
    stored: tuple[Stored, ...] = ()


class Balances(Record):
    """The file balances.toml."""

    coefficient: tuple[Coefficient, ...] = ()
    yields: Annotated[tuple[Yield, ...], Field(alias="yield")] = ()
    balance: tuple[Balance, ...] = ()
    fodder: Fodder | None = None

    @cached_property
    def observed(self) -> frozenset[str]:
        """The indicators that a league may know of itself: stocks, and what each gives where that is observed."""
        return frozenset(word for one in self.balance for word in self.observed_about(one.about))

    def observed_about(self, commitment: str) -> tuple[str, ...]:
        """Those of the balances of one commitment, in their order."""
        computed = {one.id for one in self.yields}
        words = dict.fromkeys(word for one in self.balance if one.about == commitment for word in (one.stock, one.each))
        return tuple(word for word in words if word not in computed)


class GradedFigure(NamedTuple):
    """A figure with what travels on with it."""

    value: float
    grade: Grade
    relative_error: float


class Figures(Protocol):
    """Where a figure of the region is looked up."""

    def __call__(self, indicator: str, year: int) -> GradedFigure | None:
        """The figure of that year, None where there is none."""


def compute_yield(one: Yield, figure: Figures) -> GradedFigure | None:
    """A yield from the region's figures, with the worse grade of the two and both errors; None where one is missing.

    >>> milk = Yield.model_validate({"id": "milk_per_cow", "name_zh": "单产", "name_en": "yield", "unit_zh": "吨/头",
    ...     "unit_en": "t a head", "of": "milk_output", "of_year": 2020, "per": "dairy_cow_stock", "per_year": 2020})
    >>> figures = {"milk_output": GradedFigure(611.5, "official", 0.03),
    ...     "dairy_cow_stock": GradedFigure(129.3, "derived", 0.04)}
    >>> found = compute_yield(milk, lambda indicator, year: figures[indicator])
    >>> round(found.value, 2), found.grade, round(found.relative_error, 2)
    (4.73, 'derived', 0.05)
    """
    output, stock = figure(one.of, one.of_year), figure(one.per, one.per_year)
    if output is None or stock is None or stock.value <= 0:
        return None
    grade = max(output.grade, stock.grade, key=list[str](GRADES).index)
    error = float(np.hypot(output.relative_error, stock.relative_error))
    return GradedFigure(one.factor * output.value / stock.value, grade, error)
