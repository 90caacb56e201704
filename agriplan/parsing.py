"""What people hand in: the one reader of numbers, and what pydantic finds wrong as problems with place and suggestion.

The form, the workbook, CSV files and scenario JSON all read a number that is written as text here, so that one text
means the same everywhere.
"""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from agriplan.codes import code_called, code_of_form
from agriplan.errors import Problem, did_you_mean

# Years of figures, evaluations and plans.
FIRST_YEAR, LAST_YEAR = 1949, 2100
# As many names beside each other are no plan's: every league, indicator and year of the largest form is about 600.
MOST_ENTRIES = 4000
FieldPath = tuple[int | str, ...]
SayPlace = Callable[[FieldPath], str]
# Where an entry may be of several sorts, pydantic puts the sort that it tried into the path: nobody typed that.
_SORT = re.compile(r"^(\[key\]$|function-|limit-|actual-|cap-|sent-|literal\[|dict\[|constrained-)")

# Full-width forms stand a fixed way behind the letters and digits that they widen.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: ord("-")}
_SPACES = re.compile(r"\s+")
# Groups of exactly three digits, parted by commas throughout or by spaces throughout; anything else is no thousands.
_WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)"
_NUMBER = re.compile(rf"[+-]?(?:{_WHOLE}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LEADING_ZERO = re.compile(r"[+-]?0+[, ]")
# What stands in tables where there is no figure: strokes, a slash, dots, a word.
_NO_FIGURE = re.compile(r"[-\u2010-\u2015\u2500]+|[/\\]|\u2026+|\.{2,}|无|暂无|[nN]/?[aA]")
# Those of them that people type; a workbook counts them as blanks too.
SIGNS_OF_NO_FIGURE = (
    *("-", "--", "\u2013", "\u2014", "\u2014\u2014", "\u2015", "/", "\uff0f", "\uff0d", "\\"),
    *("\u2026", "\u2026\u2026", "..", "...", "无", "暂无", "N/A", "NA"),
)
# What was used for a decimal point: a comma, an underscore, the marks beside it on a Chinese keyboard.
_ODD_POINT = re.compile(r"([+-]?\d+)\s*[,_;、。·]\s*(\d+)", re.ASCII)
_ONE_NUMBER = re.compile(rf"[+-]?{_WHOLE}(?:\.\d+)?", re.ASCII)
_IN_A_WORD = re.compile(r"[A-Za-z/]-?\d", re.ASCII)  # Q3, Nov-20: not the number that was meant
_EXCEL_ERROR = re.compile(r"#[A-Z/0]+[!?]?|#+", re.IGNORECASE)  # no value, or no room for the number


class NotANumberError(ValueError):
    """A text that is no number: which sentence says why, and what was probably meant."""

    def __init__(self, code: str, meant: str | None = None) -> None:
        super().__init__(code)
        self.code, self.meant = code, meant


def says_no_figure(text: str) -> bool:
    """Whether a text is one of the signs that stand where there is no figure; it is read like an empty cell.

    >>> [says_no_figure(text) for text in ("-", "／", "……", "——", "无", "0")]
    [True, True, True, True, True, False]
    """
    return _NO_FIGURE.fullmatch(_plain(text)) is not None


def read_number(text: str, *, per_cent: bool = False) -> float:
    """A number written as text; a per cent sign is taken only where the figure is in per cent.

    >>> read_number("１，２３４．５"), read_number("8％", per_cent=True)
    (1234.5, 8.0)
    >>> try: read_number("3,5")
    ... except NotANumberError as error: print(error.code, error.meant)
    comma_in_number 3.5
    """
    plain = _plain(text)
    if plain.endswith("%"):
        plain = plain[:-1].rstrip()
        if not per_cent:
            raise NotANumberError("per_cent_sign", plain if _is_number(plain) else None)
    if not _is_number(plain):
        raise _why_no_number(plain)
    number = float(re.sub("[, ]", "", plain))
    if not math.isfinite(number):
        raise NotANumberError("not_a_number")
    return number


def _plain(text: str) -> str:
    """Without wide forms and outer spaces; marks that are no digits (², ①) stay what they are."""
    return _SPACES.sub(" ", text.translate(_WIDE)).strip()


def _is_number(plain: str) -> bool:
    return _NUMBER.fullmatch(plain) is not None and not _LEADING_ZERO.match(plain)


def _why_no_number(plain: str) -> NotANumberError:
    """Which sentence says why this is no number, with the number that was probably meant."""
    if _EXCEL_ERROR.fullmatch(plain):
        return NotANumberError("excel_error")
    unmarked = "".join(letter for letter in plain if unicodedata.category(letter) != "No").strip()
    if unmarked != plain and _is_number(unmarked):
        return NotANumberError("mark_in_number", unmarked)
    if odd := _ODD_POINT.fullmatch(plain):
        code = "comma_in_number" if "," in plain else "not_a_number"
        return NotANumberError(code, ("" if len(odd[2]) == 3 and odd[1] != "0" else ".").join(odd.groups()))
    if re.fullmatch(r"[+-]?[\d,. ]+", plain, re.ASCII) and "," in plain:
        turned = plain.translate({ord(","): ".", ord("."): ","})
        return NotANumberError("comma_in_number", turned.replace(",", "") if _is_number(turned) else None)
    held = _ONE_NUMBER.findall(plain)
    is_clear = len(held) == 1 and "\u2030" not in plain and not _IN_A_WORD.search(plain)
    return NotANumberError("not_a_number", held[0].replace(",", "") if is_clear else None)


def _from_text(value: object) -> object:
    """A number for pydantic, which would itself take 34_4 for 344 and true for 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("not_a_number", "a number is needed")
    if isinstance(value, str):
        try:
            return read_number(value)
        except NotANumberError as error:
            raise PydanticCustomError(error.code, "a number is needed", {"meant": error.meant}) from None
    return value


def _from_per_cent(value: object) -> object:
    """Per cent written with the sign: 5 % is 5 where the figure is in per cent."""
    return _stripped(value, 1.0)


def _from_fraction(value: object) -> object:
    """Per cent written with the sign: 5 % is 0.05 where the figure is a part of one."""
    return _stripped(value, 100.0)


def _stripped(value: object, parts: float) -> object:
    if isinstance(value, str) and _plain(value).endswith("%"):
        try:
            return read_number(value, per_cent=True) / parts
        except NotANumberError:
            return value
    return value


# For fields of models: a number that may be written as text; the same in per cent, and as a part of one.
FromText = BeforeValidator(_from_text)
FromPerCent = BeforeValidator(_from_per_cent)
FromFraction = BeforeValidator(_from_fraction)
LARGEST = 1e12
"""No figure of any plan is larger: above, a larger unit is needed (and a float's digits no longer suffice)."""
WHY_NO_NUMBER = frozenset(("excel_error", "not_a_number", "comma_in_number", "mark_in_number", "per_cent_sign"))


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
    for detail in _of_the_sort_meant(error.errors(include_url=False)):
        yield _problem(detail, model, place)


def _typed(path: FieldPath) -> FieldPath:
    return tuple(part for part in path if not (isinstance(part, str) and _SORT.match(part)))


def _of_the_sort_meant(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
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
        return Problem(where, "unknown_key", {"word": path[-1]}, did_you_mean(path[-1], _keys(model, path)))
    if kind == "missing":
        return Problem(where, "missing")
    if kind in WHY_NO_NUMBER:
        return Problem(where, kind, {"word": _short(word)}, context.get("meant"))
    if kind in {"literal_error", "enum"}:
        return _choice(where, word, str(context["expected"]))
    code, values = _range_or_type(kind, context)
    return Problem(where, code, {"word": _short(word), **values}, code_of_form(word, context.get("pattern", "")))


def _choice(where: str, word: object, expected: str) -> Problem:
    known = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
    values = {"word": _short(word), "known": ", ".join(known)}
    return Problem(where, "unknown_word", values, did_you_mean(word, known) or code_called(word, known))


def _range_or_type(kind: str, context: dict[str, Any]) -> tuple[str, dict[str, object]]:
    signs = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}
    names = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
    if kind == "less_than_equal" and context["le"] >= LARGEST:
        return "too_large", {}
    if kind in signs:
        return "out_of_range", {"sign": signs[kind], "bound": f"{context[names[kind]]:g}"}
    if kind.startswith(("float", "int", "decimal")) or kind == "finite_number":
        return "not_a_number", {}
    if kind == "value_error":
        return "wrong_value", {"why": str(context.get("error", ""))}
    if kind == "too_short":
        return "no_entry", {}
    if kind in {"string_too_short", "string_too_long"}:
        return ("empty", {}) if kind == "string_too_short" else ("too_long", {"most": context["max_length"]})
    return "wrong_shape", {}


def _keys(model: type[BaseModel], path: FieldPath) -> list[str]:
    """The keys that the model knows at the place where an unknown one was found."""
    for part in path[:-1]:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        for inner in _models_in(field.annotation) if field else ():
            model = inner
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _short(word: object) -> str:
    # As it was typed: null and true, not Python's None and True; dates of TOML have no such spelling.
    if isinstance(word, float) and word.is_integer():
        word = int(word)
    text = word if isinstance(word, str) else json.dumps(word, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:39]}…"
