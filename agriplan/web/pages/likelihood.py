"""How far the trend alone leads: the band of reaching a target, and the range within which the trend may end."""

from dataclasses import dataclass

from agriplan.analysis.outlook import outlook_by_key
from agriplan.baselines.records import Commitment
from agriplan.engine.plan import Plan
from agriplan.forecast.attainment import attainment_points
from agriplan.forecast.growth import Kind
from agriplan.forecast.intervals import Array, range_of

RANGE = 0.8  # the part of outcomes that the range on a chart holds; the page names it


@dataclass(frozen=True)
class Band:
    """A band such as `5-20 %`, never a percentage, and whether only an assumed growth backs it."""

    text: str
    assumed: bool


def band_of(plan: Plan, commitment: Commitment, code: str) -> Band | None:
    """The band of the probability that an area reaches its target by the trend alone; none without a figure."""
    row = outlook_by_key(plan)[commitment.id, code]
    return Band(row["band"], bool(row["assumed"])) if row["band"] else None


def trend_range(plan: Plan, commitment: Commitment, code: str, trend: dict[int, float]) -> dict[str, dict[int, float]]:
    """The two ends of the range around a trend by year, from the base year, where both are the baseline itself."""
    kind: Kind = "rate" if commitment.kind == "rate" else "amount"
    ends: dict[str, dict[int, float]] = {"low": {}, "high": {}}
    for year, projection in trend.items():
        years = year - plan.baselines.base_year
        ends["low"][year] = ends["high"][year] = projection
        if years > 0:
            low, high = range_of(projection, _misses(plan, commitment, code, years), RANGE, kind)
            natural = commitment.ceiling if commitment.ceiling is not None else float(high)
            ends["low"][year], ends["high"][year] = float(low), min(float(high), natural)
    return ends


def _misses(plan: Plan, commitment: Commitment, code: str, years: int) -> Array:
    key = (plan.baselines.version, commitment.id, code, years)
    if key not in _remembered:
        _remembered[key] = attainment_points(plan.baselines, plan.suggestions, commitment, code, years).misses
    return _remembered[key]


# The same for every scenario of the same data: a few hundred short arrays.
_remembered: dict[tuple[str, str, str, int], Array] = {}
