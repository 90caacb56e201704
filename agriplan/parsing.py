"""What people hand in: numbers that may be text, and what pydantic finds wrong, with its place and what was meant."""

import json
import re
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from agriplan.codes import code_called, code_of_form
from agriplan.errors import Bound, Problem, bound, without_point
from agriplan.nearest_word import did_you_mean
from agriplan.sentences import LANGS, catalogue, say
from agriplan.typed_numbers import NotANumberError, meant_there, read_number, read_whole, year_meant
from agriplan.wanted_forms import model_at, wanted_form

# Years of figures, evaluations and plans.
FIRST_YEAR, LAST_YEAR = 1949, 2100
# As many names beside each other are no plan's: every league, indicator and year of the largest form is about 600.
MOST_ENTRIES = 4000
# The parts of a scenario that hold figures, of quantities and of herds and unit values alike.
PARTS_OF_FIGURES = frozenset(("baseline", "actual"))
# What a setting is not, as `settings` finds it.
WHY_NO_SETTING = frozenset(("no_host_names", "no_addresses", "no_mount", "no_header_name"))
FieldPath = tuple[int | str, ...]
SayPlace = Callable[[FieldPath], str]
# Where an entry may be of several sorts, pydantic puts the sort that it tried into the path: nobody typed that.
_SORT = re.compile(r"^(\[key\]$|function-|limit-|actual-|cap-|sent-|literal\[|dict\[|constrained-)")


def _from_text(value: object) -> object:
    """A number for pydantic, which would itself take 34_4 for 344 and true for 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("not_a_number", "a number is needed")
    return _read(value, per_cent=False) if isinstance(value, str) else value


def _read(text: str, *, per_cent: bool) -> float:
    try:
        return read_number(text, per_cent=per_cent)
    except NotANumberError as error:
        raise PydanticCustomError(error.code, "a number is needed", {"meant": error.meant}) from None


def _from_per_cent(value: object) -> object:
    """Per cent written with the sign: 5 % is 5 where the figure is in per cent."""
    return _stripped(value, 1.0)


def _from_fraction(value: object) -> object:
    """Per cent written with the sign: 5 % is 0.05 where the figure is a part of one."""
    return _stripped(value, 100.0)


def _stripped(value: object, parts: float) -> object:
    has_sign = isinstance(value, str) and ("%" in value or "\uff05" in value)
    return _read(str(value), per_cent=True) / parts if has_sign else value


# For fields of models: a number that may be written as text; the same in per cent, and as a part of one.
FromText = BeforeValidator(_from_text)
FromPerCent = BeforeValidator(_from_per_cent)
FromFraction = BeforeValidator(_from_fraction)
LARGEST = 1e12
"""No figure of any plan is larger: above, a larger unit is needed (and a float's digits no longer suffice)."""
SMALLEST = 1e-9
"""No figure of any plan is smaller, unless it is 0: a billionth of 万吨 is ten grams, of 亿元 ten fen."""


def is_year(word: str) -> bool:
    """Whether a word stands for a year, rather than for a code of digits.

    >>> is_year("2022"), is_year("150500"), is_year("1880")
    (True, False, False)
    """
    return len(word) == 4 and word.isascii() and word.isdecimal() and FIRST_YEAR <= int(word) <= LAST_YEAR


def year_in(text: str) -> int | None:
    """The year that a text is; None where it is no year that there may be figures of.

    >>> year_in("２０２３"), year_in("2_023"), year_in("1880")
    (2023, None, None)
    """
    try:
        year = read_whole(text)
    except NotANumberError:
        return None
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def out_of_size(number: float) -> str:
    """What is wrong with the size of a number that is to be a figure, by the code of its sentence; nothing of most.

    >>> out_of_size(1e-10), out_of_size(-2e12), out_of_size(0.0), out_of_size(1e-9)
    ('too_small', 'too_large', '', '')
    """
    return "too_large" if abs(number) > LARGEST else "too_small" if 0 < abs(number) < SMALLEST else ""


def _no_speck(number: float) -> float:
    """What is nearly nothing (1E-310) is neither a figure nor 0: quotients and squares of it are no numbers."""
    if out_of_size(number) == "too_small":
        raise PydanticCustomError("too_small", "0 or a larger number is needed")
    return number


_SPECKS: list[Any] = [
    {"exclusiveMinimum": 0, "exclusiveMaximum": SMALLEST},
    {"exclusiveMinimum": -SMALLEST, "exclusiveMaximum": 0},
]


def within_bounds(**bounds: float) -> Any:
    """The field of a number within these bounds (`gt`, `ge`, `lt`, `le`), else those of every number.

    One number has one bound at each end: what is far outside is measured by the bound that its place has.
    """
    lower, upper = bounds.keys() & {"gt", "ge"}, bounds.keys() & {"lt", "le"}
    whole: dict[str, Any] = ({} if lower else {"ge": -LARGEST}) | ({} if upper else {"le": LARGEST}) | bounds
    return Field(allow_inf_nan=False, json_schema_extra={"not": {"anyOf": _SPECKS}}, **whole)


NO_SPECK = AfterValidator(_no_speck)
BoundedNumber = Annotated[float, FromText, within_bounds(), NO_SPECK]
"""A number as people and data may give it, whatever it counts: 0, or between SMALLEST and LARGEST either side of it."""
WHY_NO_NUMBER = frozenset(
    (
        *("not_a_number", "comma_in_number", "mark_in_number", "per_cent_sign", "digits_of_other_script"),
        *("excel_error", "brackets_in_number", "hidden_in_number", "unit_in_number", "cap_unclear"),
    )
)


def dotted(path: FieldPath) -> str:
    """Write the path to an entry the way it is typed.

    >>> dotted(("commitment", 0, "target"))
    'commitment[1].target'
    """
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def problems_of(error: ValidationError, model: type[BaseModel], place: SayPlace = dotted) -> Iterator[Problem]:
    """Turn each of pydantic's findings into a problem; `model` is asked for the keys that were known."""
    details = error.errors(include_url=False)
    wrong_within = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    for detail in of_the_sort_meant(details):
        if detail["type"] != "too_short" or detail["loc"] not in wrong_within:  # entries that are wrong are entries
            yield _problem(detail, model, place)


def _typed(path: FieldPath) -> FieldPath:
    return tuple(part for part in path if not (isinstance(part, str) and _SORT.match(part)))


def of_the_sort_meant(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Where an entry may be one of a few words or something else: text is measured against the words only."""
    words = ["".join(map(str, detail["loc"][-1:])).startswith("literal[") for detail in details]
    found = list(zip(details, words, strict=True))
    meant = {_typed(one["loc"]) for one, of_words in found if of_words and isinstance(one["input"], str)}
    for detail, of_words in found:
        if of_words == (_typed(detail["loc"]) in meant):
            yield detail


def _problem(detail: ErrorDetails, model: type[BaseModel], place: SayPlace) -> Problem:
    path, kind = detail["loc"], detail["type"]
    where = place(_typed(path))
    word = detail.get("input")
    context: dict[str, Any] = detail.get("ctx") or {}
    if kind == "extra_forbidden":
        known = list(model_at(model, path[:-1]).model_fields)
        return Problem(where, "unknown_key", {"word": path[-1]}, _key_meant(str(path[-1]), known))
    if kind == "missing":
        return Problem(where, "missing")
    if kind in WHY_NO_NUMBER | WHY_NO_SETTING | {"too_small"}:
        return Problem(where, kind, {"word": _said(word)}, _number_meant(word, kind, context.get("meant"), path))
    if isinstance(word, float) and not isfinite(word) and kind != "string_type":
        return Problem(where, "not_a_number", {"word": _said(word)})
    if kind in {"two_to_five", "unfit_name"}:
        return Problem(where, kind, context)
    if kind in {"literal_error", "enum"} or kind.startswith("bool"):
        return _choice(where, word, str(context.get("expected", "true or false")))
    if kind == "greater_than_equal" and context["ge"] == 0 and (path[0] in PARTS_OF_FIGURES or path == ("value",)):
        return Problem(where, "negative_figure", {"word": _said(word)})
    meant = _form_meant(word, context.get("pattern", ""))
    code, values = _range_or_type(kind, context) or wanted_form(kind, context, model, path)
    # Where it is plain which code is meant, its form need not be explained.
    return Problem(where, "wrong_shape" if meant else code, {"word": _said(word), **values}, meant)


def _number_meant(word: object, why: str, meant: str | None, path: FieldPath) -> str | None:
    is_year = str(path[-1]).endswith(("year", "as_of"))
    return (year_meant(word) if is_year else None) or meant_there(why, meant, path)


def _form_meant(word: object, pattern: str) -> str | None:
    year = year_meant(word)
    return year if year and pattern and re.fullmatch(pattern, year) else code_of_form(word, pattern)


def _key_meant(word: str, keys: list[str]) -> str | None:
    """The entry that goes by this word in sentences, else the one that looks most like it."""
    names = {say(code, lang): key for key in keys if (code := f"entry.{key}") in catalogue() for lang in LANGS}
    return names.get(word) or did_you_mean(word, keys)


def _choice(where: str, word: object, expected: str) -> Problem:
    known = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
    near = did_you_mean(word, known) or did_you_mean(str(word).casefold(), known)
    values = {"word": _said(word), "known": known}
    return Problem(where, "unknown_word", values, near or code_called(word, known))


def _range_or_type(kind: str, context: dict[str, Any]) -> tuple[str, dict[str, object]] | None:
    sorts: dict[str, Bound] = {
        "greater_than": "gt",
        "greater_than_equal": "ge",
        "less_than": "lt",
        "less_than_equal": "le",
    }
    if max(context.get("le", 0), -context.get("ge", 0)) >= LARGEST:
        return "too_large", {}
    if kind in sorts:
        return "out_of_range", {"bound": bound(sorts[kind], f"{context[sorts[kind]]:g}")}
    if kind.startswith(("float", "int", "decimal")) or kind == "finite_number":
        return "not_a_number", {}
    if kind == "string_type":
        return "not_text", {}
    if kind == "value_error":
        return "wrong_value", {"why": str(context.get("error", ""))}
    if kind == "too_short":
        return "no_entry", {}  # no list asks for more than one
    if kind in {"string_too_short", "string_too_long"}:
        return ("empty", {}) if kind == "string_too_short" else ("too_long", {"most": context["max_length"]})
    return None


def _said(word: object) -> str:
    # As it was typed: null and true, not Python's None and True; dates of TOML have no such spelling.
    is_said = isinstance(word, str) or hasattr(word, "isoformat")
    if isinstance(word, float):
        return without_point(word)
    return str(word) if is_said else json.dumps(word, ensure_ascii=False, default=str)
