"""How likely the trend alone reaches a target, as a band."""

from agriplan.plan import Plan
from agriplan.records import Commitment


def band_of(plan: Plan, commitment: Commitment, code: str) -> str | None:
    """The band of the probability that an area reaches its target by the trend alone; none where it is not known."""
    return None
