"""What every part of a report is."""

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A part of a report, which nothing changes once it is said."""

    model_config = ConfigDict(frozen=True)
