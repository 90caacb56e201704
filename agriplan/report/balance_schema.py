"""Balances as JSON: what a target takes in animals, yields and fodder; fields of `analysis.balances`."""

from pydantic import BaseModel, ConfigDict

from agriplan.report.column_fields import OptionalNumber


class BalanceReport(BaseModel):
    """The quantity as stock times yield, and what the target takes of either at the other of today."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    stock_indicator: str
    each_indicator: str
    quantity: float
    target_quantity: float
    stock: float
    stock_needed: float
    each: float
    each_needed: OptionalNumber
    by_region: bool
    implied: bool
    grade: str
    sources: list[str]


class FodderReport(BaseModel):
    """Standard hay that the herd takes in a year, what is stored by name, and what is grazed, straw or bought."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    herd: float
    each: float
    needed: float
    needed_target: float
    stored: OptionalNumber
    rest: OptionalNumber
    parts: list[float]
    by_region: bool
    grade: str
    sources: list[str]


class BalanceAsOf(BalanceReport):
    """The same as of an evaluation's year, for the target that was handed down: of which years its figures are."""

    year: int
    stock_year: int


class FodderAsOf(FodderReport):
    """The same of the last herd that was reported by an evaluation's year."""

    year: int
