"""The shape of a plan as JSON: the models that `report` fills and that the API's document is made from.

`null` stands where a figure has no meaning. Columns of the data dictionary are fields without being named here, unless
they are never null or hold more than a number, a word or a flag.
"""

from typing import Literal

from agriplan.baselines.records import Kind
from agriplan.engine.columns import LEAGUES, LINES, YEARS
from agriplan.engine.scenario import Scenario
from agriplan.report.balance_schema import BalanceReport, FodderReport
from agriplan.report.bilingual import Told
from agriplan.report.column_fields import OptionalNumber, with_columns
from agriplan.report.frozen_model import FrozenModel
from agriplan.report.likelihood_schema import Likelihood, PastRunReport

# Whether the ceilings hold what is to be placed, and the floors leave room for it.
Feasibility = Literal["enough", "ceilings_short", "floors_exceed"]


@with_columns(YEARS, before="status_zh")
class YearReport(FrozenModel):
    """One year of the region or a league; columns of `columns.YEARS`, `printed` those of `columns.PRINTED_YEARS`.

    `status` is ahead, on_course, behind, reached_early, done, missed, no_actual, no_target or base_year.
    """

    year: int
    status_zh: str
    printed: dict[str, OptionalNumber]


class HindsightFigure(FrozenModel):
    """A figure that came; columns of `columns.HINDSIGHT`, `printed` those of `columns.PRINTED_HINDSIGHT`."""

    code: str
    year: int
    actual: float
    projection: OptionalNumber
    error: OptionalNumber
    low: OptionalNumber
    high: OptionalNumber
    inside: bool
    compared: bool
    grade: str
    basis: str
    definition: str
    price_year: int | None
    printed: dict[str, OptionalNumber]


class HindsightReport(FrozenModel):
    """How many figures of the region are known, how many the 80 % range held, all that came, the region's in words."""

    known: int
    held: int
    figures: list[HindsightFigure]
    notes: list[Told]


class InputReport(FrozenModel):
    """An input at the ends of its range, and where it leads the projection; the widest swing comes first."""

    input: Literal["growth", "unit_value_growth", "herd_growth", "baseline", "unit_value"]
    low: float
    high: float
    projection_at_low: float
    projection_at_high: float
    swing: float


class CriterionReport(FrozenModel):
    """A criterion of by_criteria: the weight that is used, and what equal and entropy weights would be."""

    id: str
    name: str
    name_en: str
    weight: float
    equal: float
    entropy: float
    left_out: bool


class CriterionShare(FrozenModel):
    """A league in one criterion; columns of `columns.CRITERIA`. The products add up to its score."""

    criterion: str
    value: OptionalNumber
    share: float
    product: float
    grade: str


@with_columns(LEAGUES, before="floor_stated")
class LeagueReport(FrozenModel):
    """One league of one indicator; columns of `columns.LEAGUES`, `printed` those of `columns.PRINTED_LEAGUES`."""

    code: str
    name: str
    name_en: str
    projection: dict[str, OptionalNumber]
    weight: float
    offset: float
    floor: float
    ceiling: float
    amount: float
    floor_stated: OptionalNumber
    ceiling_stated: OptionalNumber
    amount_stated: OptionalNumber
    reason_zh: str
    criteria: list[CriterionShare]
    likelihood: Likelihood
    balances: list[BalanceReport]
    fodder: FodderReport | None
    milestones: dict[str, OptionalNumber]
    years: list[YearReport]
    printed: dict[str, OptionalNumber]


@with_columns(LINES, before="gap_stated")
class IndicatorReport(FrozenModel):
    """One indicator: the region's line (columns of `columns.LINES`) and its leagues.

    `printed` holds the columns of `columns.PRINTED_LINES`.
    """

    id: str
    name: str
    name_en: str
    kind: Kind
    unit: str
    target: float
    source_target: float
    league_grades: dict[str, float]
    projection: dict[str, OptionalNumber]
    milestones: dict[str, OptionalNumber]
    gap: float
    surplus: float
    held_back: float
    on_top: float
    difference: float
    statistical_difference: float
    divisor: float
    floors: float
    ceilings: float
    reserve: float
    margin: float
    to_place: float
    placed: float
    residual: float
    feasible: bool
    feasibility: Feasibility
    feasibility_zh: str
    reachable: float
    reached: float
    unallocated: float
    level: float
    gap_stated: float
    surplus_stated: float
    held_back_stated: float
    on_top_stated: float
    to_place_stated: float
    placed_stated: float
    residual_stated: float
    floors_stated: float
    ceilings_stated: float
    likelihood: Likelihood
    balances: list[BalanceReport]
    fodder: FodderReport | None
    past: list[PastRunReport]
    hindsight: HindsightReport
    years: list[YearReport]
    printed: dict[str, OptionalNumber]
    criteria: list[CriterionReport]
    inputs: list[InputReport]
    notes: list[Told]
    leagues: list[LeagueReport]


class CautionReport(FrozenModel):
    """An entry of the scenario that asks to be looked at again; it stops nothing."""

    place: str
    code: str
    zh: str
    en: str


class PlanReport(FrozenModel):
    """The whole plan."""

    fingerprint: str
    data_version: str
    scenario: Scenario
    base_year: int
    target_year: int
    cautions: list[CautionReport]
    indicators: list[IndicatorReport]
