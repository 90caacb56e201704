"""What one row or block of the data folder holds. The field docs are the manual of `baselines/`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agriplan.parsing import FromFraction, FromPerCent, FromText

Grade = Literal["official", "secondary", "derived", "assumed", "reported"]
# Best first: where figures are combined, the worst grade travels on. `reported` (自报) is a planner's own figure.
GRADES: tuple[Grade, ...] = ("official", "secondary", "reported", "derived", "assumed")

Kind = Literal["amount", "value", "rate"]
NamedBasis = Literal["named", "interpreted", "all"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Number = Annotated[float, FromText, Field(allow_inf_nan=False)]
PerCent = Annotated[Number, FromPerCent]
Whole = Annotated[int, FromText]
Year = Annotated[Whole, Field(ge=1949, le=2100)]


class Record(BaseModel):
    """A frozen record that refuses entries it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Record):
    """Something with a Chinese and an English name."""

    name_zh: Text
    name_en: Text

    def name(self, lang: str) -> str:
        """The name in that language."""
        return self.name_en if lang == "en" else self.name_zh


class Area(Named):
    """The region or one of its leagues, with its official code."""

    code: Code
    kind: Text = "region"
    order: Whole = 0


class Indicator(Named):
    """Something that is observed, with its unit.

    `decimals` is how it is printed; `upper` is the value it cannot exceed (100 for a percentage).
    """

    indicator: Id
    unit_zh: Text
    unit_en: Text
    decimals: Annotated[Whole, Field(ge=0, le=6)]
    upper: Number | None = None

    def unit(self, lang: str) -> str:
        """The unit in that language."""
        return self.unit_en if lang == "en" else self.unit_zh


class Figure(Record):
    """An observed figure (统计值) of an area and a year. `relative_error` 0.03 means plus or minus 3 per cent."""

    area: Code
    indicator: Id
    year: Year
    value: Annotated[Number, Field(ge=0)]
    unit: Text
    basis: Text
    grade: Grade
    relative_error: Annotated[Number, Field(ge=0, le=1), FromFraction]
    source: Text
    note: str = ""


class Source(Record):
    """Where figures come from and how far it was read."""

    source: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]
    title: Text
    publisher: str = ""
    date: str = ""
    address: str = ""
    used_for: str = ""
    how_far_read: str = ""


class Assumption(Record):
    """A shipped growth assumption: per cent a year, for rates percentage points a year, with its plausible range."""

    indicator: Id
    area: Code
    growth: PerCent
    low: PerCent
    high: PerCent
    grade: Grade
    source: Text
    note: str = ""


class Commitment(Named):
    """A target (承诺目标) and the leagues that share its gap.

    `quantity` is the observed indicator behind it; a `value` also has a `unit_value`, a `rate` a `herd` that
    weights it and a `ceiling` that it cannot pass.
    """

    id: Id
    kind: Kind
    quantity: Id
    unit_value: Id | None = None
    herd: Id | None = None
    ceiling: Number | None = None
    short_en: Annotated[Text, StringConstraints(max_length=20)]
    nature: Literal["expected", "binding"]
    issue_decimals: Annotated[Whole, Field(ge=0, le=4)]
    unit_zh: Text
    unit_en: Text
    target: Annotated[Number, Field(gt=0)]
    comparison: Literal["at least"] = "at least"
    quote: Text
    belt_quote: str = ""
    named_basis: NamedBasis
    leagues: tuple[Code, ...]
    belts: dict[str, tuple[Code, ...]] = {}

    def unit(self, lang: str) -> str:
        """The unit in that language."""
        return self.unit_en if lang == "en" else self.unit_zh


class Direction(Named):
    """A direction (发展方向): a commitment without a number."""

    id: Id
    quote: Text
    named_basis: NamedBasis
    leagues: tuple[Code, ...]


class Project(Named):
    """A project of the plan, the commitments it supports and the leagues that it is placed in."""

    supports: tuple[Id, ...]
    leagues: tuple[Code, ...]
    location_basis: Literal["named", "interpreted", "not stated"]


class FollowUp(Record):
    """How the plan is to be followed up, in the source's words."""

    quote: Text


class Criterion(Named):
    """A criterion of the rule by_criteria: an observed indicator, or `baseline`, or `projects`."""

    id: Id
    of: Id
    per: Id | None = None


class Commitments(Record):
    """The file commitments.toml."""

    commitment: tuple[Commitment, ...]
    direction: tuple[Direction, ...] = ()
    project: tuple[Project, ...] = ()
    follow_up: FollowUp | None = None


class PlanHeader(Named):
    """The file plan.toml: which region, which years, which basis."""

    base_year: Year
    target_year: Year
    basis: Text
    region: Area
    criterion: tuple[Criterion, ...] = ()
