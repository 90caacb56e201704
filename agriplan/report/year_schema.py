"""The shape of one year of a plan as JSON; `null` stands where a figure has no meaning."""

from pydantic import BaseModel, ConfigDict

OptionalNumber = float | None


class YearReport(BaseModel):
    """One year of the region or a league; columns of `columns.YEARS`, `printed` those of `columns.PRINTED_YEARS`."""

    model_config = ConfigDict(frozen=True)

    year: int
    herd: OptionalNumber
    projection: OptionalNumber
    milestone: OptionalNumber
    difference: OptionalNumber
    unallocated: OptionalNumber
    actual: OptionalNumber
    completion: OptionalNumber
    progress: OptionalNumber
    schedule: OptionalNumber
    elapsed: OptionalNumber
    needed_later: OptionalNumber
    status: str
    status_zh: str
    printed: dict[str, OptionalNumber]
