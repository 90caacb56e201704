"""The shape of one year of a plan as JSON; `null` stands where a figure has no meaning."""

from agriplan.engine.columns import YEARS
from agriplan.report.column_fields import OptionalNumber, with_columns
from agriplan.report.frozen_model import FrozenModel


@with_columns(YEARS, before="status_zh")
class YearReport(FrozenModel):
    """One year of the region or a league; columns of `columns.YEARS`, `printed` those of `columns.PRINTED_YEARS`.

    `status` is ahead, on_course, behind, reached_early, done, missed, no_actual, no_target or base_year.
    """

    year: int
    status_zh: str
    printed: dict[str, OptionalNumber]
