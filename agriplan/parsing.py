"""What pydantic finds wrong, as problems with a place, a sentence and a suggestion."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from agriplan.errors import Problem, did_you_mean

Place = Callable[[tuple[int | str, ...]], str]


def dotted(path: tuple[int | str, ...]) -> str:
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
    for detail in error.errors(include_url=False):
        yield _problem(detail, model, place)


def _problem(detail: ErrorDetails, model: type[BaseModel], place: Place) -> Problem:
    path, kind = detail["loc"], detail["type"]
    # Keys of a mapping are reported with a last part "[key]" that nobody typed.
    where = place(tuple(part for part in path if part != "[key]"))
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


def _keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
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
    text = str(word)
    return text if len(text) <= 40 else f"{text[:39]}…"
