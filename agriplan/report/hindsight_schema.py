"""The look back as JSON: every figure after the base year beside the projection of its year."""

from agriplan.report.bilingual import Told
from agriplan.report.column_fields import OptionalNumber
from agriplan.report.frozen_model import FrozenModel


class HindsightFigure(FrozenModel):
    """A figure that came; columns of `columns.HINDSIGHT`, `printed` those of `columns.PRINTED_HINDSIGHT`."""

    code: str
    year: int
    actual: float
    projection: OptionalNumber
    error: OptionalNumber
    low: OptionalNumber
    high: OptionalNumber
    inside: bool
    compared: bool
    grade: str
    basis: str
    definition: str
    price_year: int | None
    printed: dict[str, OptionalNumber]


class HindsightReport(FrozenModel):
    """How many figures of the region are known, how many the 80 % range held, all that came, the region's in words."""

    known: int
    held: int
    figures: list[HindsightFigure]
    notes: list[Told]
