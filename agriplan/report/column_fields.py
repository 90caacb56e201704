"""Fields of the JSON that are declared as columns: a column more is a field more, without a line of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from pydantic import BaseModel, create_model

from agriplan.engine.columns import ColumnDeclaration, Sort

OptionalNumber = float | None
_M = TypeVar("_M", bound=BaseModel)

# Which row a figure stands in is said by its place in the JSON.
_ROW_KEYS = frozenset(("indicator", "code"))
_HOLDS: Mapping[Sort, Any] = {"number": OptionalNumber, "whole": int, "text": str, "flag": bool}


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
        declared = {one.name: (_HOLDS[one.sort], ...) for one in columns if one.name not in _ROW_KEYS} | own
        ours = [one.name for one in columns if one.name not in _ROW_KEYS]
        first = [name for name in list(own)[: list(own).index(before)] if name not in ours]
        fields = {name: declared[name] for name in (*first, *ours, *own)}
        home: Any = {"__config__": model.model_config, "__doc__": model.__doc__, "__module__": model.__module__}
        return cast("type[_M]", create_model(model.__name__, **home, **fields))

    return add
