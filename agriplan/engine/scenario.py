"""What a planner may ask for. The docs of the fields are the manual of the scenario JSON."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from agriplan.engine.entered import (
    STRICT,
    Amount,
    EnteredTarget,
    Growth,
    GrowthCap,
    Issued,
    Limit,
    OwnFigure,
    Reason,
    ScenarioName,
    ScenarioNote,
    Share,
    YearlyActuals,
    without_blanks,
)
from agriplan.engine.scenario_text import load_json
from agriplan.errors import Problem, ScenarioError
from agriplan.parsing import FIRST_YEAR, LAST_YEAR, FromText, problems_of

RuleName = Literal[
    "by_baseline",
    "by_projection",
    "equal_growth",
    "by_headroom",
    "equal_amounts",
    "equal_slack",
    "by_criteria",
    "by_shares",
]
PathName = Literal["constant_growth", "linear", "late_loaded"]
Passed = Literal["keep", "lend"]

# The house defaults: in per cent a year for amounts and values; rates have no cap but their own ceiling.
DEFAULT_RULE: RuleName = "by_baseline"
DEFAULT_PASSED: Passed = "keep"
DEFAULT_MAX_GROWTH: Mapping[str, float | None] = {"amount": 15.0, "value": 15.0, "rate": None}
DEFAULT_PATH: Mapping[str, PathName] = {"amount": "constant_growth", "value": "constant_growth", "rate": "linear"}


# What limits a league, from the strongest on.
LIMITS = ("lock", "floor", "ceiling")


class Allocation(BaseModel):
    """How the gap of one indicator is shared among its named leagues."""

    model_config = STRICT

    rule: RuleName = DEFAULT_RULE
    """Which rule shares the gap."""
    max_growth: GrowthCap | None = None
    """Cap on a league's yearly growth since the base year, in per cent (rates: points); null is the house default
    (15 for amounts and values, no cap for rates), "none" lifts it."""
    reserve: Share = 0.0
    """Per cent of the gap that the region holds back."""
    margin: Share = 0.0
    """Per cent placed on top, for safety."""
    floor: dict[str, Limit] = {}
    """Least amount by league code, in the indicator's unit (rates: points), or a level: {"target": 58.11}."""
    ceiling: dict[str, Limit] = {}
    """Greatest amount, or level, by league code."""
    lock: dict[str, Limit] = {}
    """Exact amount, or level, by league code; it beats floor and ceiling."""
    shares: dict[str, Amount] = {}
    """Weights by league code for the rule by_shares."""
    criteria: dict[str, Amount] | Literal["entropy"] = {}
    """Weights by criterion for the rule by_criteria, or "entropy"; none are equal weights."""


DEFAULT_ALLOCATION = Allocation()


class Scenario(BaseModel):
    """A named set of changes to the defaults; the empty one is the default plan."""

    model_config = STRICT

    name: ScenarioName = ""
    """What people call it."""
    note: ScenarioNote = ""
    """Why it exists."""
    based_on: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Id of the scenario that it was copied from."""
    growth: dict[str, dict[str, Growth]] = {}
    """Growth assumptions by indicator (or herd) and area; the region stands for every league without its own."""
    unit_value_growth: dict[str, Growth] = {}
    """Growth of the unit value by value indicator."""
    baseline: dict[str, dict[str, OwnFigure]] = {}
    """Own base-year values by observed indicator and league (unit values: the region); the id of a value indicator
    stands for the league's own chain value, from which its quantity follows (value over unit value).
    Animals and what each gives, where a balance needs them, are named here too: the league is then measured by them."""
    target: dict[str, EnteredTarget] = {}
    """Targets by indicator that differ from the commitment."""
    allocation: dict[str, Allocation] = {}
    """How each indicator's gap is shared."""
    limits_why: dict[str, dict[str, Reason]] = {}
    """Reasons for floors, ceilings and locks by indicator and league."""
    path: dict[str, PathName] = {}
    """The yearly path by indicator; the usual one is as none."""
    actual: dict[str, dict[str, YearlyActuals]] = {}
    """Actual figures by indicator (or observed quantity, herd, animals, unit value), league or region, and year:
    a number, or {"value", "source", "basis"}. The region's own figure counts before what its leagues add up to, an
    entry before a figure of the data."""
    as_of: Annotated[int, FromText, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    """The last year whose actual figures count (评估时点): an evaluation starts there."""
    passed: dict[str, Passed] = {}
    """What becomes of a league that has reached its target, by indicator: "keep" (its target stays; the default) or
    "lend" (its target is its projection)."""
    issued: Issued = Issued()
    """The issued targets; without them those of the same scenario without `as_of`."""
    status_margin: Share = 2.0
    """Points of progress either side of the path's share that still count as on course."""

    def has_limit(self, indicator: str, code: str) -> bool:
        """Whether a league has a floor, a ceiling or a lock, as an amount or a level."""
        allocation = self.allocation.get(indicator, DEFAULT_ALLOCATION)
        return any(code in getattr(allocation, part) for part in LIMITS)

    @field_validator("name")
    @classmethod
    def _is_called_without_outer_spaces(cls, name: str) -> str:
        return name.strip()

    @model_validator(mode="before")
    @classmethod
    def _blanks_are_no_entries(cls, data: object) -> object:
        return without_blanks(data)


# Where a scenario's numbers are per cent (rates: points), so that one may write the sign.
_PER_CENT_PARTS = frozenset(("growth", "unit_value_growth", "status_margin"))
_PER_CENT_FIELDS = frozenset(("max_growth", "reserve", "margin"))


def in_per_cent(path: Sequence[str]) -> bool:
    """Whether the number at a path of the scenario is in per cent.

    >>> in_per_cent(("growth", "milk", "150500")), in_per_cent(("target", "milk"))
    (True, False)
    """
    return path[0] in _PER_CENT_PARTS or path[-1] in _PER_CENT_FIELDS


def parse_scenario(data: object) -> Scenario:
    """Make a scenario of parsed JSON; raises `ScenarioError` with everything that is wrong."""
    if isinstance(data, dict) and {"fingerprint", "scenario"} <= data.keys():
        raise ScenarioError([Problem("", "a_whole_plan")])
    try:
        return Scenario.model_validate(data)
    except ValidationError as error:
        raise ScenarioError(problems_of(error, Scenario)) from None


def parse_json(text: bytes | str) -> Scenario:
    """Make a scenario of JSON text; raises `ScenarioError` with everything that is wrong."""
    return parse_scenario(load_json(text))


def canonical_json(scenario: Scenario) -> str:
    """The one text that stands for a scenario: sorted keys, no defaults, no empty parts, no spaces.

    >>> canonical_json(Scenario(growth={"milk": {"150500": 8}, "forage_value": {}}))
    '{"growth":{"milk":{"150500":8.0}}}'
    """
    slim = _without_empty(scenario.model_dump(mode="json", exclude_defaults=True))
    return json.dumps(slim, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _without_empty(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    slim = {key: _without_empty(inner) for key, inner in value.items()}
    return {key: inner for key, inner in slim.items() if inner != {}}


def scenario_id(scenario: Scenario) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical_json(scenario).encode()).hexdigest()
