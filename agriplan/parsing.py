"""What pydantic finds wrong, as problems with a place, a sentence and a suggestion."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from agriplan.errors import Problem, did_you_mean

Path = tuple[int | str, ...]
Place = Callable[[Path], str]
# Where an entry may be of several sorts, pydantic puts the sort that it tried into the path: nobody typed that.
_SORT = re.compile(r"^(\[key\]$|function-|literal\[|dict\[|constrained-)")


def dotted(path: Path) -> str:
    """Write the path to an entry the way it is typed.

    >>> dotted(("commitment", 0, "target"))
    'commitment[1].target'
    """
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def problems_of(error: ValidationError, model: type[BaseModel], place: Place = dotted) -> Iterator[Problem]:
    """Turn each of pydantic's findings into a problem; `model` is asked for the keys that were known."""
    for detail in _of_the_sort_meant(error.errors(include_url=False)):
        yield _problem(detail, model, place)


def _typed(path: Path) -> Path:
    return tuple(part for part in path if not (isinstance(part, str) and _SORT.match(part)))


def _of_the_sort_meant(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Where an entry may be one of a few words or something else: text is measured against the words only."""
    words = ["".join(map(str, detail["loc"][-1:])).startswith("literal[") for detail in details]
    texts = [isinstance(detail["input"], str) for detail in details]
    found = list(zip(details, words, texts, strict=True))
    meant = {_typed(detail["loc"]) for detail, of_words, is_text in found if of_words and is_text}
    for detail, of_words, is_text in found:
        if is_text if of_words else _typed(detail["loc"]) not in meant:
            yield detail


def _problem(detail: ErrorDetails, model: type[BaseModel], place: Place) -> Problem:
    path, kind = detail["loc"], detail["type"]
    where = place(_typed(path))
    word = detail.get("input")
    context: dict[str, Any] = detail.get("ctx") or {}
    if kind == "extra_forbidden":
        return Problem(where, "unknown_key", {"word": path[-1]}, did_you_mean(path[-1], _keys(model, path)))
    if kind == "missing":
        return Problem(where, "missing", {"word": path[-1]})
    if kind in {"literal_error", "enum"}:
        return _choice(where, word, str(context["expected"]))
    code, values = _range_or_type(kind, context)
    return Problem(where, code, {"word": _short(word), **values})


def _choice(where: str, word: object, expected: str) -> Problem:
    known = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
    values = {"word": _short(word), "known": ", ".join(known)}
    return Problem(where, "unknown_word", values, did_you_mean(word, known))


def _range_or_type(kind: str, context: dict[str, Any]) -> tuple[str, dict[str, object]]:
    signs = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}
    names = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
    if kind in signs:
        return "out_of_range", {"sign": signs[kind], "bound": f"{context[names[kind]]:g}"}
    if kind.startswith(("float", "int", "decimal")) or kind == "finite_number":
        return "not_a_number", {}
    if kind == "value_error":
        return "wrong_value", {"why": str(context.get("error", ""))}
    if kind in {"string_too_short", "string_too_long"}:
        return ("empty", {}) if kind == "string_too_short" else ("too_long", {"most": context["max_length"]})
    return "wrong_shape", {}


def _keys(model: type[BaseModel], path: Path) -> list[str]:
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
    text = word if isinstance(word, str) else json.dumps(word, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:39]}…"
