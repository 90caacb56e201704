"""How likely the trend alone reaches a target: a band, never a percentage, and whether only an assumption backs it."""

from dataclasses import dataclass
from functools import lru_cache

from agriplan.attainment import AttainmentPoints, attainment_band, attainment_points
from agriplan.baselines import Baselines
from agriplan.plan import Plan
from agriplan.records import Commitment
from agriplan.suggestions import suggestions_for


@dataclass(frozen=True)
class Band:
    """A band such as `5-20 %`."""

    text: str
    assumed: bool


def band_of(plan: Plan, commitment: Commitment, code: str) -> Band | None:
    """The band of the probability that an area reaches its target by the trend alone; none without a figure."""
    if code == plan.baselines.region.code:
        line = plan.by_indicator[commitment.id]
        target, projection = float(line["target"]), float(line["projection"])
    else:
        row = plan.leagues_of(commitment.id).set_index("code").loc[code]
        target, projection = float(row["target"]), float(row["projection"])
    if target != target or projection != projection:  # NaN: a league without a figure
        return None
    points = points_of(plan.baselines, commitment.id, code)
    return Band(attainment_band(target, projection, points), points.assumed)


@lru_cache(maxsize=1024)
def points_of(baselines: Baselines, indicator: str, code: str) -> AttainmentPoints:
    """What targets are compared with; the same for every scenario, so worked out once."""
    return attainment_points(baselines, _suggestions(baselines), baselines.by_id[indicator], code)


_suggestions = lru_cache(maxsize=4)(suggestions_for)
