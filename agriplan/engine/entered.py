"""What a person may enter: numbers with their bounds, figures with their source, limits as amounts or levels."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from agriplan.nearest_word import did_you_mean
from agriplan.parsing import FIRST_YEAR, LAST_YEAR, NO_SPECK, FromPerCent, FromText, within_bounds
from agriplan.typed_numbers import says_no_figure


def fifteen_digits(number: float) -> float:
    """Keep 15 significant digits, as many as a spreadsheet keeps of what is typed into a cell.

    >>> fifteen_digits(0.1 + 0.2)
    0.3
    """
    return float(f"{number:.15g}") + 0.0  # + 0.0 turns -0.0 into 0.0


_FIFTEEN = AfterValidator(fifteen_digits)
Amount = Annotated[float, FromText, within_bounds(ge=0), NO_SPECK, _FIFTEEN]
EnteredTarget = Annotated[float, FromText, within_bounds(gt=0), NO_SPECK, _FIFTEEN]
# A yearly growth in per cent, or in percentage points for a rate. Below -100 % nothing is left to shrink.
Growth = Annotated[float, FromText, within_bounds(gt=-100, le=1000), NO_SPECK, _FIFTEEN, FromPerCent]


# Words in the place of a growth cap: those that lift it, and those that may also mean that nothing was entered.
_NO_CAP = ("none", "不设")
_CAP_UNCLEAR = ("无", "暂无", "不限", "没有", "不设上限", "无上限")


def _sort_of_cap(value: object) -> str:
    """A growth cap that is written out is a number, unless it looks like the word."""
    if not isinstance(value, str):
        return "cap-number"
    word = value.strip().casefold()
    is_word = word in (*_NO_CAP, *_CAP_UNCLEAR) or did_you_mean(word, ["none"])
    return "cap-word" if is_word else "cap-number"


def _without_cap(value: object) -> object:
    word = str(value).strip()
    if word in _CAP_UNCLEAR:
        raise PydanticCustomError("cap_unclear", "a number or none is needed")
    return "none" if word in _NO_CAP else value


_NoCap = Annotated[Literal["none"], BeforeValidator(_without_cap)]
GrowthCap = Annotated[
    Annotated[Growth, Tag("cap-number")] | Annotated[_NoCap, Tag("cap-word")], Discriminator(_sort_of_cap)
]
Share = Annotated[float, FromText, within_bounds(ge=0, le=100), NO_SPECK, _FIFTEEN, FromPerCent]
MOST_SCENARIO_NAME_CHARACTERS = 60  # fits one line of a page and, with the league's name, a file name
ScenarioName = Annotated[str, Field(max_length=MOST_SCENARIO_NAME_CHARACTERS)]
ScenarioNote = Annotated[str, Field(max_length=2000)]
Reason = Annotated[str, Field(max_length=200)]
YearKey = Annotated[str, Field(pattern=r"^[0-9]{4}$")]


# Every part of a scenario is frozen and refuses entries that it does not know.
STRICT = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)


# Where a scenario holds words: parts, and names of entries.
_PARTS_OF_WORDS = frozenset(("name", "note", "based_on", "limits_why", "path", "passed"))
_WORDS = frozenset(("source", "note", "basis", "definition", "number", "rule"))
# The parts that are one number each; of all others only what stands in them is.
_NUMBERS = frozenset(("as_of", "status_margin"))


def is_blank(path: Sequence[str], value: object) -> bool:
    """Whether nothing, or a sign of no figure, stands in the place of a number of a scenario: as an empty cell.

    >>> is_blank(("target", "milk"), "——"), is_blank(("note",), "——"), is_blank(("target", "milk"), "8")
    (True, False, False)
    >>> is_blank(("allocation", "milk", "max_growth"), "无"), is_blank(("target", "milk"), " ")
    (False, True)
    """
    if path[-1] == "max_growth" and isinstance(value, str) and value.strip() in _CAP_UNCLEAR:
        return False
    is_word = path[0] in _PARTS_OF_WORDS or path[-1] in _WORDS or (len(path) == 1 and path[0] not in _NUMBERS)
    return isinstance(value, str) and not is_word and (not value.strip() or says_no_figure(value))


def without_blanks(data: object, path: tuple[str, ...] = ()) -> object:
    """The JSON of a scenario without the entries that are blank, and without what held nothing else.

    >>> without_blanks({"growth": {"milk": {"150500": "-", "150400": "8"}}, "note": "-"})
    {'growth': {'milk': {'150400': '8'}}, 'note': '-'}
    >>> without_blanks({"allocation": {"milk": {"floor": {"150500": {"target": "-"}}}}})
    {}
    """
    if not isinstance(data, Mapping):
        return data
    places = {key: (*path, str(key)) for key in data}
    full = {key: without_blanks(one, places[key]) for key, one in data.items() if not is_blank(places[key], one)}
    return {key: one for key, one in full.items() if one != {} or data[key] == {}}


class OwnFigure(BaseModel):
    """A planner's own base-year value; its grade is 自报 (reported)."""

    model_config = STRICT

    value: Amount
    """The figure, in the unit of the observed indicator."""
    source: Annotated[str, Field(min_length=1, max_length=200)]
    """Where it comes from; no figure without a source."""
    note: ScenarioNote = ""
    """Anything else that a reader should know."""


class Level(BaseModel):
    """A limit given as the target that the league ends at, instead of the amount that leads there."""

    model_config = STRICT

    target: Amount
    """The league's target; the amount is what lies between it and the projection, 0 where that is already above."""


class LevelOfAmount(Level):
    """The level that an amount led to: as amounts may, it lies where no level may be entered."""


def _sort_of_limit(value: object) -> str:
    return "limit-level" if isinstance(value, Level | Mapping) else "limit-amount"


Limit = Annotated[
    Annotated[Amount, Tag("limit-amount")] | Annotated[Level, Tag("limit-level")], Discriminator(_sort_of_limit)
]


class ActualFigure(BaseModel):
    """A figure of a year after the base year, with where it comes from; a number alone says neither."""

    model_config = STRICT

    value: Amount
    """The figure, in the unit of the indicator."""
    source: Annotated[str, Field(max_length=200)] = ""
    """Where it comes from."""
    basis: Annotated[str, Field(max_length=40)] = ""
    """Its basis (口径); empty is the plan's. A figure on another basis is shown and never counted."""
    definition: Annotated[str, Field(max_length=100)] = ""
    """What it counts, where that is something else than the indicator; such a figure is shown and never counted."""
    price_year: Annotated[int, FromText, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    """The year whose prices it is in; none are the base year's. One in other prices is shown and never counted."""
    preliminary: Amount | None = None
    """The preliminary figure (快报) of the year, where this is the final one (年报); shown, never counted."""
    note: ScenarioNote = ""
    """Anything else that a reader should know."""


def _sort_of_actual(value: object) -> str:
    return "actual-figure" if isinstance(value, ActualFigure | Mapping) else "actual-number"


def _simplest(actual: float | ActualFigure) -> float | ActualFigure:
    """A figure of which nothing is said is a number: one scenario, one text.

    >>> _simplest(ActualFigure(value=40.1))
    40.1
    """
    if isinstance(actual, ActualFigure) and actual == ActualFigure(value=actual.value):
        return actual.value
    return actual


Actual = Annotated[
    Annotated[Amount, Tag("actual-number")] | Annotated[ActualFigure, Tag("actual-figure")],
    Discriminator(_sort_of_actual),
    AfterValidator(_simplest),
]


def _with_plain_years(years: object) -> object:
    """Years in full-width digits as any others; one that would then stand there twice stays as it was written.

    >>> _with_plain_years({"２０２１": 40.1}), _with_plain_years({"２０２１": 40.1, "2021": 41})
    ({'2021': 40.1}, {'２０２１': 40.1, '2021': 41})
    """
    if not isinstance(years, Mapping):
        return years
    plain = {normalize("NFKC", str(year)).strip(): one for year, one in years.items()}
    return plain if len(plain) == len(years) else years


YearlyActuals = Annotated[dict[YearKey, Actual], BeforeValidator(_with_plain_years)]


class Issued(BaseModel):
    """The issued targets, as an evaluation compares with them."""

    model_config = STRICT

    number: Annotated[str, Field(max_length=100)] = ""
    """The document number (文号)."""
    targets: dict[str, dict[str, Amount]] = {}
    """Issued targets by indicator and league, in the indicator's unit."""
