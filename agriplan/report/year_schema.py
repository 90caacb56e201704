"""The shape of one year of a plan as JSON; `null` stands where a figure has no meaning."""

from pydantic import BaseModel, ConfigDict

Figure = float | None


class YearReport(BaseModel):
    """One year of the region or a league; columns of `columns.YEARS`, `printed` those of `columns.PRINTED_YEARS`."""

    model_config = ConfigDict(frozen=True)

    year: int
    herd: Figure
    projection: Figure
    milestone: Figure
    difference: Figure
    unallocated: Figure
    actual: Figure
    completion: Figure
    progress: Figure
    schedule: Figure
    elapsed: Figure
    needed_later: Figure
    status: str
    status_zh: str
    printed: dict[str, Figure]
