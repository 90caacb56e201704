"""Small plans made up for tests: one region, two leagues, one amount and one rate."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from agriplan.baselines.folder import Baselines, read_baselines

REGION, FIRST, SECOND = "150000", "150100", "150200"
SHIPPED = Path(__file__).parents[2] / "baselines"


@cache
def shipped() -> Baselines:
    return read_baselines(SHIPPED)


def figures(
    area: str, values: list[float], indicator: str = "milk_output", last_year: int = 2020, basis: str | None = None
) -> pd.DataFrame:
    """Consecutive years of an area, ending in `last_year`."""
    years = range(last_year - len(values) + 1, last_year + 1)
    columns = {"area": area, "indicator": indicator, "year": list(years), "value": [float(v) for v in values]}
    constants = {"unit": "万吨", "basis": basis or shipped().basis, "grade": "official", "relative_error": 0.02}
    return pd.DataFrame(columns | constants | {"source": "test", "note_zh": "", "note_en": ""})


def plan_of(*observed: pd.DataFrame, assumptions: pd.DataFrame | None = None) -> Baselines:
    """The shipped plan with its milk commitment only, and these figures in place of the shipped ones."""
    plan = shipped()
    milk = [commitment for commitment in plan.commitments if commitment.id == "milk"]
    none = plan.assumptions.iloc[:0]
    return replace(
        plan,
        commitments=tuple(milk),
        observed=pd.concat(observed, ignore_index=True),
        assumptions=none if assumptions is None else assumptions,
        version="0" * 64,
        folder=Path("nowhere"),
    )


def assumption(growth: float, low: float, high: float, area: str = REGION) -> pd.DataFrame:
    """One shipped growth assumption for milk."""
    row = {"indicator": "milk_output", "area": area, "growth": growth, "low": low, "high": high}
    return pd.DataFrame([row | {"grade": "assumed", "source": "estimate", "note_zh": "", "note_en": ""}])
