"""What one row or block of the data folder holds. The field docs are the manual of `baselines/`."""

import re
import unicodedata
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from agriplan.baselines.fit_names import fit_name, fit_names, names_in
from agriplan.baselines.grades import Grade
from agriplan.parsing import (
    FIRST_YEAR,
    LAST_YEAR,
    NO_SPECK,
    BoundedNumber,
    FromFraction,
    FromPerCent,
    FromText,
    within_bounds,
)

Kind = Literal["amount", "value", "rate"]
HowFarRead = Literal[
    "full", "opening", "reprint_opening", "reprints_agree", "transcription", "cited", "weak", "unconfirmed", "own"
]
"""How far a source was read; `wording/` says each as `read.CODE`."""
CellText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
CellName = Annotated[CellText, AfterValidator(fit_name)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
# A code that another file defines. Whether it does, and which was meant (by name, or as Excel writes numbers), is told
# where the files are held against each other.
ForeignCode = Annotated[CellText, "reference"]
# The limits of a scenario's numbers: what a planner may enter, the data may say, and nothing else.
CellNumber = BoundedNumber
NotNegative = Annotated[float, FromText, within_bounds(ge=0), NO_SPECK]
AboveZero = Annotated[float, FromText, within_bounds(gt=0), NO_SPECK]
PerCent = Annotated[float, FromText, within_bounds(gt=-100, le=1000), NO_SPECK, FromPerCent]
RelativeError = Annotated[float, FromText, within_bounds(ge=0, le=1), NO_SPECK]
Whole = Annotated[int, FromText]
CellYear = Annotated[Whole, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class Record(BaseModel):
    """A frozen record that refuses entries it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Record):
    """Something with a Chinese and an English name."""

    name_zh: CellName
    name_en: CellName

    def name(self, lang: str) -> str:
        """The name in that language."""
        return self.name_en if lang == "en" else self.name_zh


class Noted(Record):
    """Something with a note in Chinese and in English."""

    note_zh: str = ""
    note_en: str = ""

    def note(self, lang: str) -> str:
        """The note in that language, else in the other."""
        return in_language(self.note_zh, self.note_en, lang)


def in_language(chinese: str, english: str, lang: str) -> str:
    """The text in that language, else in the other: a planner who notes something in one language need not write both.

    >>> in_language("转载本", "", "en"), in_language("转载本", "reprint", "en")
    ('转载本', 'reprint')
    """
    return (english or chinese) if lang == "en" else (chinese or english)


def is_money(unit_zh: str) -> bool:
    """Whether a unit is one of money, so that a figure in it has prices of some year.

    >>> is_money("亿元/万吨"), is_money("万吨")
    (True, False)
    """
    return "元" in unit_zh


KINDS_OF_AREAS = ("自治区", "市", "盟", "省")
"""What Chinese names of areas end with, and are often said without."""
_KINDS_IN_ENGLISH = re.compile(r"\s+(?:city|league|municipality|prefecture|autonomous region)$")


def fold_name(name: str) -> str:
    """A name of an area as it is compared: whatever width, case, space and hyphen, without its kind in English.

    >>> fold_name("Xilin Gol League"), fold_name("Xing’an"), fold_name("呼 市")
    ('xilingol', 'xingan', '呼市')
    """
    narrow = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return re.sub(r"[\s'’‘-]", "", _KINDS_IN_ENGLISH.sub("", narrow))


class Area(Named):
    """The region or one of its leagues, with its official code."""

    code: AreaCode
    kind: CellText = "region"
    order: Whole = 0
    also: Annotated[str, AfterValidator(fit_names)] = ""
    """Other names and spellings that people and tables use (锡盟；Xilin Gol), with ； between them."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by: code, official names, the Chinese one without its kind, and the others.

        >>> Area(code="152500", name_zh="锡林郭勒盟", name_en="Xilingol", also="锡盟；Xilin Gol").names
        ('152500', '锡林郭勒盟', '锡林郭勒', 'Xilingol', '锡盟', 'Xilin Gol')
        """
        bare = next(
            (self.name_zh.removesuffix(kind) for kind in KINDS_OF_AREAS if self.name_zh.endswith(kind)), self.name_zh
        )
        return tuple(dict.fromkeys((self.code, self.name_zh, bare, self.name_en, *names_in(self.also))))

    def is_called(self, word: str) -> bool:
        """Whether that is its code or one of its names; 市 and 盟 may be left out, as may City and League be added.

        >>> tongliao = Area(code="150500", name_zh="通辽市", name_en="Tongliao")
        >>> [tongliao.is_called(word) for word in ("150500", "通辽", "tongliao city", "Tong Liao", "辽")]
        [True, True, True, True, False]
        """
        return fold_name(word) in map(fold_name, self.names)


class Indicator(Named):
    """Something that is observed, with its unit.

    `decimals` is how it is printed; `upper` is the value it cannot exceed (100 for a percentage).
    """

    indicator: Id
    unit_zh: CellText
    unit_en: CellText
    decimals: Annotated[Whole, Field(ge=0, le=6)]
    upper: CellNumber | None = None

    def unit(self, lang: str) -> str:
        """The unit in that language."""
        return self.unit_en if lang == "en" else self.unit_zh

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage of something, by the value it cannot exceed."""
        return self.upper == 100


class Figure(Noted):
    """An observed figure (统计值) of an area and a year. `relative_error` 0.03 means plus or minus 3 per cent."""

    area: ForeignCode
    indicator: ForeignCode
    year: CellYear
    value: NotNegative
    unit: CellText
    basis: ForeignCode
    grade: Grade
    relative_error: Annotated[RelativeError, FromFraction]
    source: ForeignCode


SOURCE_FORM = r"^[a-z0-9][a-z0-9_]*$"


class Source(Record):
    """Where figures come from and how far it was read."""

    source: Annotated[str, StringConstraints(pattern=SOURCE_FORM)]
    title_zh: CellText
    title_en: str = ""
    publisher_zh: str = ""
    publisher_en: str = ""
    date: str = ""
    address: str = ""
    used_for: str = ""
    how_far_read: HowFarRead

    def title(self, lang: str) -> str:
        """The title in that language."""
        return in_language(self.title_zh, self.title_en, lang)

    def publisher(self, lang: str) -> str:
        """Who published it, in that language."""
        return in_language(self.publisher_zh, self.publisher_en, lang)


class Place(Noted):
    """A river basin, grassland or belt that sources name, and the leagues that it means (codes with spaces between)."""

    place_zh: CellName
    place_en: CellName
    leagues: CellText

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its leagues."""
        return tuple(self.leagues.split())

    def name(self, lang: str) -> str:
        """The name in that language."""
        return in_language(self.place_zh, self.place_en, lang)


class Assumption(Noted):
    """A shipped growth assumption: per cent a year, for rates percentage points a year, with its plausible range."""

    indicator: ForeignCode
    area: ForeignCode
    growth: PerCent
    low: PerCent
    high: PerCent
    grade: Grade
    source: ForeignCode


class Criterion(Named):
    """A criterion of the rule by_criteria: an observed indicator, or `baseline`, or `projects`."""

    id: Id
    of: ForeignCode
    per: ForeignCode | None = None


class PlanHeader(Named):
    """The file plan.toml: which region, which years, which basis."""

    base_year: CellYear
    target_year: CellYear
    basis: CellText
    region: Area
    bases: dict[str, Named] = {}
    """What the bases are called. A plan with one basis need not name it; every other one must be named here."""
    criterion: tuple[Criterion, ...] = ()

    @cached_property
    def known_bases(self) -> frozenset[str]:
        """The bases that a figure may be on: the plan's own and those that are named."""
        return frozenset({self.basis, *self.bases})
