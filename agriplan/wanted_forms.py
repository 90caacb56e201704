"""What belongs where an entry of another form stands: a record's keys, entries by name, a list, a code of some form."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

# Keys that are shown of a record none of which must be there.
_SOME = 3
# By examples: what the form of a code asks for.
_CODES = {
    "2022": "wrong_shape_year",
    "150500": "wrong_shape_code",
    "milk_output": "wrong_shape_id",
    "0" * 64: "wrong_shape_scenario",
}


def wanted_form(
    kind: str, context: Mapping[str, Any], model: type[BaseModel], path: tuple[str | int, ...]
) -> tuple[str, dict[str, object]]:
    """The problem by its code, and its values, for one of pydantic's kinds of errors at that path of a model.

    >>> class Figure(BaseModel):
    ...     value: float
    ...     source: str
    ...     note: str = ""
    >>> class Figures(BaseModel):
    ...     baseline: dict[str, Figure] = {}
    >>> wanted_form("model_type", {}, Figures, ("baseline", "150500"))
    ('wrong_shape_keys', {'wanted': '{"value": …, "source": …}'})
    >>> wanted_form("dict_type", {}, Figures, ("baseline",))[0]
    'wrong_shape_names'
    >>> wanted_form("string_pattern_mismatch", {"pattern": "^[0-9]{4}$"}, Figures, ("2",))[0]
    'wrong_shape_year'
    """
    if kind == "model_type":
        return "wrong_shape_keys", {"wanted": _record(model_at(model, path))}
    if kind == "dict_type":
        return "wrong_shape_names", {}
    if kind in {"list_type", "tuple_type"}:
        inner = model_at(model, path)
        of_records = inner is not model_at(model, path[:-1])
        return "wrong_shape_list", {"wanted": f"[{_record(inner)}, …]" if of_records else '["…", "…"]'}
    pattern = context.get("pattern", "")
    code = next((code for example, code in _CODES.items() if pattern and re.match(pattern, example)), "wrong_shape")
    return code, {}


def model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """The record that stands at a place, or the innermost around it."""
    for part in path:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        for inner in _models_in(field.annotation) if field else ():
            model = inner
    return model


def _record(model: type[BaseModel]) -> str:
    """The keys that must be there; where none must, some that may."""
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    keys = required or list(model.model_fields)[:_SOME]
    more = [] if required or len(keys) == len(model.model_fields) else ["…"]
    return "{" + ", ".join([*(f'"{key}": …' for key in keys), *more]) + "}"


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
