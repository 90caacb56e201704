"""The shape of a likelihood as JSON: by history alone, as entered, and the past beside them."""

from typing import Literal

from agriplan.report.column_fields import OptionalNumber
from agriplan.report.frozen_model import FrozenModel


class ByHistory(FrozenModel):
    """How likely history alone reaches the target, whatever growth was entered; no band where history is silent.

    `assumed` where the quantity's growth, or only its range, is assumed, `unit_value_assumed` where only the unit
    value's is. The ends of the plausible range and the edges between the bands are columns of `columns.OUTLOOK`.
    """

    band: str | None
    assumed: bool
    unit_value_assumed: bool
    projection_by_history: OptionalNumber
    printed_by_history: OptionalNumber
    plausible_low: OptionalNumber
    plausible_high: OptionalNumber
    edge_1: OptionalNumber
    edge_2: OptionalNumber
    edge_3: OptionalNumber
    edge_4: OptionalNumber
    edge_5: OptionalNumber
    zh: str
    en: str


class AsEntered(FrozenModel):
    """How likely the target is with the growths entered, and how they stand to the plausible range."""

    band: str
    range: Literal["inside", "above", "below"]
    zh: str
    en: str


class PastRunReport(FrozenModel):
    """Past stretches as long as the plan within one run of years; columns of `columns.PAST`."""

    basis: str
    comparable: bool
    first: int
    last: int
    needed: float | None
    stretches: int
    fast_stretches: int
    first_start: int | None
    last_start: int | None


class Likelihood(FrozenModel):
    """Two statements that are never mixed; `as_entered` is null where no entry changes the projection."""

    by_history: ByHistory
    as_entered: AsEntered | None
