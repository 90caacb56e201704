"""How likely a target is, by history alone and with the growths entered, and the range in which a trend may end."""

from dataclasses import dataclass
from math import isnan

from agriplan.analysis.outlook import outlook_by_key
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.forecast.attainment import attainment_points
from agriplan.forecast.growth import growth_kind
from agriplan.forecast.intervals import Array, range_of
from agriplan.memo import recall

RANGE = 0.8  # the part of outcomes that the range on a chart holds; the page names it


@dataclass(frozen=True)
class Band:
    """Bands such as `5-20 %`, never a percentage: by history alone, and as entered where an entry changes something.

    `text` is empty where history is silent; `range` says how the entry stands to the plausible range, `by_history` is
    where history alone leads in the target year, as it is shown.
    """

    text: str
    assumed: bool
    unit_value_assumed: bool
    entered: str
    range: str
    by_history: float


def band_of(plan: Plan, commitment: Commitment, code: str) -> Band | None:
    """How likely an area reaches its target; none without a figure."""
    row = outlook_by_key(plan)[commitment.id, code]
    if isnan(plan.row_of(commitment.id, code)["projection"]):
        return None
    by_history, assumed = float(row["printed_by_history"]), bool(row["assumed"])
    return Band(row["band"], assumed, bool(row["unit_value_assumed"]), row["entered_band"], row["range"], by_history)


def trend_range(plan: Plan, commitment: Commitment, code: str, trend: dict[int, float]) -> dict[str, dict[int, float]]:
    """The two ends of the range around a trend by year, from the base year, where both are the baseline itself."""
    kind = growth_kind(commitment.kind)
    ends: dict[str, dict[int, float]] = {"low": {}, "high": {}}
    for year, projection in trend.items():
        years = year - plan.baselines.base_year
        ends["low"][year] = ends["high"][year] = projection
        if years > 0:
            misses = _misses(plan, commitment, code, years)
            low, high = range_of(projection, misses, RANGE, kind, commitment.ceiling)
            ends["low"][year], ends["high"][year] = float(low), float(high)
    return ends


def _misses(plan: Plan, commitment: Commitment, code: str, years: int) -> Array:
    """The same for every scenario of the same data: a few hundred short arrays."""
    data = plan.baselines
    return recall(
        data,
        ("misses", commitment.id, code, years),
        lambda: attainment_points(data, plan.suggestions, commitment, code, years).misses,
    )
