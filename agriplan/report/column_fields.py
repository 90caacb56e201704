"""Fields of the JSON that are declared elsewhere, as columns or as fields of figures: none needs a line of its own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast, get_type_hints

from pydantic import BaseModel, create_model

from agriplan.engine.column_declarations import ColumnDeclaration

OptionalNumber = float | None
_M = TypeVar("_M", bound=BaseModel)

# Which row a figure stands in is said by its place in the JSON.
ROW_KEYS = ("indicator", "code")


def fields_by_column(columns: Iterable[ColumnDeclaration], whole: Any = int) -> dict[str, Any]:
    """A field for every column, as `create_model` takes them; a number may be null, a whole number as `whole` says.

    >>> fields_by_column([ColumnDeclaration(name, "number", "unit", "", "") for name in ("indicator", "gap")])
    {'gap': (float | None, Ellipsis)}
    """
    holds = {"number": OptionalNumber, "whole": whole, "text": str, "flag": bool}
    return {one.name: (holds[one.sort], ...) for one in columns if one.name not in ROW_KEYS}


def with_columns(columns: Sequence[ColumnDeclaration], before: str) -> Callable[[type[_M]], type[_M]]:
    """Give a model a field for every column, in their order, before one of its own that is none.

    A number may be null; where it never is, or a column holds more than its sort says, the model writes it out.

    >>> class Row(BaseModel):
    ...     level: float
    ...     printed: dict[str, OptionalNumber]
    >>> declared = [ColumnDeclaration(name, "number", "unit", "", "") for name in ("indicator", "gap", "level")]
    >>> {name: field.annotation for name, field in with_columns(declared, "printed")(Row).model_fields.items()}
    {'gap': float | None, 'level': <class 'float'>, 'printed': dict[str, float | None]}
    """

    def add(model: type[_M]) -> type[_M]:
        own: dict[str, Any] = {name: (field.annotation, field) for name, field in model.model_fields.items()}
        ours = fields_by_column(columns)
        declared = ours | own
        first = [name for name in list(own)[: list(own).index(before)] if name not in ours]
        return _made(model, {name: declared[name] for name in (*first, *ours, *own)})

    return add


def with_fields_of(figures: type) -> Callable[[type[_M]], type[_M]]:
    """Give a model the fields of a dataclass, in their order and with their types, but for those that it writes out.

    >>> from dataclasses import make_dataclass
    >>> class Report(BaseModel):
    ...     each: OptionalNumber
    >>> figures = make_dataclass("Figures", [("code", str), ("stock", float), ("each", float)])
    >>> {name: field.annotation for name, field in with_fields_of(figures)(Report).model_fields.items()}
    {'stock': <class 'float'>, 'each': float | None}
    """

    def add(model: type[_M]) -> type[_M]:
        own: dict[str, Any] = {name: (field.annotation, field) for name, field in model.model_fields.items()}
        hints = get_type_hints(figures)
        names = [one.name for one in fields(figures) if one.name not in ROW_KEYS]
        return _made(model, {name: own.get(name, (hints[name], ...)) for name in (*names, *own)})

    return add


def _made(model: type[_M], fields_of_it: dict[str, Any]) -> type[_M]:
    home: Any = {"__config__": model.model_config, "__doc__": model.__doc__, "__module__": model.__module__}
    return cast("type[_M]", create_model(model.__name__, **home, **fields_of_it))
