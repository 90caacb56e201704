"""Balances as JSON: what a target takes in animals, yields and fodder; fields of `analysis.balances`."""

from pydantic import ConfigDict

from agriplan.analysis.balances import BalanceFigures, FodderFigures
from agriplan.report.column_fields import OptionalNumber, with_fields_of
from agriplan.report.frozen_model import FrozenModel


@with_fields_of(BalanceFigures)
class BalanceReport(FrozenModel):
    """The quantity as stock times yield, and what the target takes of either at the other of today."""

    model_config = ConfigDict(from_attributes=True)

    stock_needed: OptionalNumber
    each_needed: OptionalNumber


@with_fields_of(FodderFigures)
class FodderReport(FrozenModel):
    """Standard hay that the herd takes in a year, what is stored by name, and what is grazed, straw or bought."""

    model_config = ConfigDict(from_attributes=True)

    stored: OptionalNumber
    rest: OptionalNumber


class BalanceAsOf(BalanceReport):
    """The same as of an evaluation's year, for the issued target: of which years its figures are."""

    year: int
    stock_year: int


class FodderAsOf(FodderReport):
    """The same of the last herd that was reported by an evaluation's year."""

    year: int
