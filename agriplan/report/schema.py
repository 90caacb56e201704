"""The shape of a plan as JSON: the models that `report` fills and that the API's document is made from.

`null` stands where a figure has no meaning.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from agriplan.baselines.records import Kind
from agriplan.engine.scenario import Scenario

Figure = float | None


class Told(BaseModel):
    """A sentence of the plan, in both languages."""

    model_config = ConfigDict(frozen=True)

    code: str
    zh: str
    en: str


class Probability(BaseModel):
    """How likely the target is reached by the trend alone; `past` counts stretches of the region's own history."""

    model_config = ConfigDict(frozen=True)

    band: str
    assumed: bool
    past_stretches: int | None
    past_as_fast: int | None


class InputReport(BaseModel):
    """An input at the ends of its range, and where it leads the projection; the widest swing comes first."""

    model_config = ConfigDict(frozen=True)

    input: Literal["growth", "unit_value_growth", "herd_growth", "baseline", "unit_value"]
    low: float
    high: float
    projection_at_low: float
    projection_at_high: float
    swing: float


class YearReport(BaseModel):
    """One year of the region or a league; columns of `tables.YEARS`, `printed` those of `tables.PRINTED_YEARS`."""

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


class LeagueReport(BaseModel):
    """One league of one indicator; columns of `tables.LEAGUES`, `printed` those of `tables.PRINTED_LEAGUES`."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    name_en: str
    named: bool
    baseline: Figure
    grade: str
    relative_error: Figure
    growth: Figure
    suggested: Figure
    low: Figure
    high: Figure
    tier: str
    unit_value_growth: Figure
    past_growth: Figure
    projection: dict[str, Figure]
    herd: Figure
    weight: float
    offset: float
    floor: float
    ceiling: float
    amount: float
    issued: Figure
    target: Figure
    needed_growth: Figure
    reason: str
    reason_zh: str
    probability: Probability
    milestones: dict[str, Figure]
    years: list[YearReport]
    printed: dict[str, Figure]


class IndicatorReport(BaseModel):
    """One indicator: the region's line (columns of `tables.LINES`) and its leagues.

    `printed` holds the columns of `tables.PRINTED_LINES`.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    name_en: str
    kind: Kind
    unit: str
    target: float
    commitment: float
    baseline: Figure
    published: Figure
    grade: str
    relative_error: Figure
    league_grades: dict[str, float]
    growth: Figure
    suggested: Figure
    low: Figure
    high: Figure
    tier: str
    unit_value: Figure
    unit_value_growth: Figure
    past_growth: Figure
    needed_growth: Figure
    projection: dict[str, Figure]
    own_fit: Figure
    milestones: dict[str, Figure]
    gap: float
    surplus: float
    held_back: float
    on_top: float
    statistical_difference: float
    reserve: float
    margin: float
    rule: str
    max_growth: Figure
    path: str
    to_place: float
    placed: float
    residual: float
    feasible: bool
    status: Literal["feasible", "ceilings_short", "floors_exceed"]
    status_zh: str
    reachable: float
    reached: float
    unallocated: float
    level: float
    gap_within_error: bool
    probability: Probability
    years: list[YearReport]
    printed: dict[str, Figure]
    inputs: list[InputReport]
    notes: list[Told]
    leagues: list[LeagueReport]


class PlanReport(BaseModel):
    """The whole plan."""

    model_config = ConfigDict(frozen=True)

    fingerprint: str
    data_version: str
    scenario: Scenario
    base_year: int
    target_year: int
    indicators: list[IndicatorReport]
