"""How far a target lies within reach of the trend alone: probability bands, and how rarely growth was as fast."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.tables import check_table
from agriplan.forecast.attainment import AttainmentPoints, all_attainment_points, attainment_band
from agriplan.forecast.backtest import past_growth_count
from agriplan.forecast.growth import growth_kind


@lru_cache(maxsize=32)
def look_ahead(plan: Plan) -> pd.DataFrame:
    """The attainment question for the region and every league of every indicator: `tables.OUTLOOK`.

    A league is asked for its own allocated target; without a baseline there is no answer ("").
    """
    points = all_attainment_points(plan.baselines, plan.suggestions)
    rows = []
    for commitment in plan.baselines.commitments:
        line = plan.by_indicator[commitment.id]
        region = plan.baselines.region.code
        asked = [(region, float(line["target"]), float(line["projection"]))]
        asked += [
            (row["code"], row["target"], row["projection"]) for row in plan.leagues_of(commitment.id).to_dict("records")
        ]
        for code, target, projection in asked:
            row = _row(commitment.id, code, target, projection, points[commitment.id, code])
            rows.append(row | _past(plan, commitment, code))
    return check_table("outlook", {name: [row[name] for row in rows] for name in rows[0]})


@lru_cache(maxsize=32)
def outlook_by_key(plan: Plan) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of `look_ahead` by indicator and area."""
    rows = look_ahead(plan).to_dict("records")
    return {(row["indicator"], row["code"]): {str(key): value for key, value in row.items()} for row in rows}


EDGES = tuple(f"edge_{number}" for number in range(1, 6))


def _row(indicator: str, code: str, target: float, projection: float, points: AttainmentPoints) -> dict[str, object]:
    band = "" if np.isnan(projection) else attainment_band(target, projection, points)
    edges = dict(zip(EDGES, points.thresholds.tolist(), strict=True))
    return {"indicator": indicator, "code": code, "band": band, "assumed": points.assumed, **edges}


def _past(plan: Plan, commitment: Commitment, code: str) -> dict[str, object]:
    """How many past stretches as long as the plan grew as fast as is needed now; only the region has such a past."""
    if code != plan.baselines.region.code:
        return {"stretches": np.nan, "fast_stretches": np.nan}
    line = plan.by_indicator[commitment.id]
    years = plan.baselines.target_year - plan.baselines.base_year
    # The quantity has to grow by what the unit value does not.
    needed = ((1 + line["needed_growth"] / 100) / (1 + line["unit_value_growth"] / 100) - 1) * 100
    kind = growth_kind(commitment.kind)
    growth = float(line["needed_growth"] if kind == "rate" else needed)
    fast, stretches = past_growth_count(plan.baselines, commitment.quantity, code, years, growth, kind)
    return {"stretches": float(stretches), "fast_stretches": float(fast)}
