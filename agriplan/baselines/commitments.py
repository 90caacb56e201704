"""What the file commitments.toml holds: commitments, directions, projects, and what the source says about them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, StringConstraints

from agriplan.baselines.records import (
    AboveZero,
    Area,
    CellName,
    CellNumber,
    CellText,
    ForeignCode,
    Id,
    Kind,
    Named,
    Record,
    Whole,
    in_language,
)

NamedBasis = Literal["named", "interpreted", "all"]
Topic = Literal["aim", "idea", "measure", "constraint", "policy", "programme", "rank"]
"""What a statement is about; `wording/` says each as `topic.CODE`."""


class Quoted(Record):
    """Something in the source's own words, with a translation."""

    quote: CellText
    quote_en: str = ""

    def quotation(self, lang: str) -> str:
        """The words, for English readers translated where there is a translation."""
        return in_language(self.quote, self.quote_en, lang)


class Commitment(Named, Quoted):
    """A target (承诺目标) and the leagues that share its gap.

    `quantity` is the observed indicator behind it; a `value` also has a `unit_value`, a `rate` a `herd` that
    weights it and a `ceiling` that it cannot pass. `definition_zh` and `definition_en` say what the number counts,
    `definition_note_…` what is known of it in this region and period, which no other plan takes over;
    `nature_basis` is "read" where the nature is a reading of the source's words and not stated in it.
    """

    id: Id
    kind: Kind
    quantity: ForeignCode
    unit_value: ForeignCode | None = None
    herd: ForeignCode | None = None
    ceiling: CellNumber | None = None
    short_en: Annotated[CellName, StringConstraints(max_length=20)]
    nature: Literal["expected", "binding"]
    nature_basis: Literal["stated", "read"] = "stated"
    definition_zh: str = ""
    definition_en: str = ""
    definition_note_zh: str = ""
    definition_note_en: str = ""
    issue_decimals: Annotated[Whole, Field(ge=0, le=4)]
    unit_zh: CellText
    unit_en: CellText
    target: AboveZero
    comparison: Literal["at least"] = "at least"
    belt_quote: str = ""
    belt_quote_en: str = ""
    named_basis: NamedBasis
    leagues: tuple[ForeignCode, ...]
    belts: tuple[CellText, ...] = ()
    """The places of places.csv that the source names."""

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage of something: leagues do not add up, growth is in points."""
        return self.kind == "rate"

    def unit(self, lang: str) -> str:
        """The unit in that language."""
        return self.unit_en if lang == "en" else self.unit_zh

    def definition(self, lang: str) -> str:
        """What the number counts and what is known of it here, in that language."""
        parts = [(self.definition_zh, self.definition_en), (self.definition_note_zh, self.definition_note_en)]
        told = (in_language(chinese, english, lang) for chinese, english in parts)
        return ("; " if lang == "en" else "；").join(filter(None, told))

    def belt_quotation(self, lang: str) -> str:
        """The places in the source's words, for English readers translated where there is a translation."""
        return in_language(self.belt_quote, self.belt_quote_en, lang)


def short_names(commitments: Sequence[Commitment], lang: str) -> dict[str, str]:
    """A name for narrow places of each: in Chinese without brackets, unless two would then be alike."""
    if lang == "en":
        return {one.id: one.short_en for one in commitments}
    bare = {one.id: without_brackets(one.name_zh) for one in commitments}
    alike = Counter(bare.values())
    return {one.id: bare[one.id] if alike[bare[one.id]] == 1 else one.name_zh for one in commitments}


def without_brackets(name: str) -> str:
    """A name without what follows in Chinese brackets.

    >>> without_brackets("牲畜存栏（折羊单位）")
    '牲畜存栏'
    """
    return name.partition("（")[0] or name


class Direction(Named, Quoted):
    """A direction (发展方向): a commitment without a number."""

    id: Id
    named_basis: NamedBasis
    leagues: tuple[ForeignCode, ...]


class Project(Named):
    """A project of the plan, the commitments it supports and the leagues that it is placed in."""

    supports: tuple[ForeignCode, ...]
    leagues: tuple[ForeignCode, ...]
    location_basis: Literal["named", "interpreted", "not stated"]


class Speaker(Record):
    """Who said it, in what office and on what occasion."""

    speaker_zh: str = ""
    speaker_en: str = ""
    office_zh: str = ""
    office_en: str = ""
    occasion_zh: str = ""
    occasion_en: str = ""

    def said_by(self, lang: str) -> str:
        """Speaker, office and occasion in one line.

        >>> Speaker(speaker_zh="王金豹", office_zh="自治区发展改革委副主任").said_by("zh")
        '王金豹，自治区发展改革委副主任'
        """
        parts = [(self.speaker_zh, self.speaker_en), (self.office_zh, self.office_en)]
        parts.append((self.occasion_zh, self.occasion_en))
        told = (in_language(chinese, english, lang) for chinese, english in parts)
        return (", " if lang == "en" else "，").join(filter(None, told))


class Occasion(Speaker):
    """Where the quotations of commitments, directions and statements were said."""

    source: CellText


class Statement(Quoted):
    """What the source says beyond numbers and places; about nothing in particular it is about the whole plan."""

    topic: Topic
    about: tuple[ForeignCode, ...] = ()


class FollowUp(Speaker, Quoted):
    """How the plan is to be followed up, in the source's words."""


class Commitments(Record):
    """The file commitments.toml."""

    commitment: Annotated[tuple[Commitment, ...], Field(min_length=1)]
    direction: tuple[Direction, ...] = ()
    project: tuple[Project, ...] = ()
    statement: tuple[Statement, ...] = ()
    quoted: Occasion | None = None
    follow_up: FollowUp | None = None

    def in_order(self, leagues: Iterable[Area]) -> Self:
        """The same with leagues everywhere in the region's order, however the file lists them."""
        codes = [league.code for league in sorted(leagues, key=lambda area: area.order)]
        parts = {
            "commitment": _ordered(self.commitment, codes),
            "direction": _ordered(self.direction, codes),
            "project": _ordered(self.project, codes),
        }
        return self.model_copy(update=parts)


_Part = TypeVar("_Part", Commitment, Direction, Project)


def _ordered(parts: tuple[_Part, ...], codes: Sequence[str]) -> tuple[_Part, ...]:
    return tuple(one.model_copy(update={"leagues": tuple(sorted(one.leagues, key=codes.index))}) for one in parts)
