"""What JSON has for a figure without meaning."""

import math
from collections.abc import Container, Mapping
from typing import Any


def or_null(value: Any) -> Any:
    """A value as JSON holds it: null for a number without meaning, else a plain one.

    >>> or_null(float("nan")), or_null(2.5), or_null("official"), or_null(None)
    (None, 2.5, 'official', None)
    """
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    return value.item() if hasattr(value, "item") else value


def row_or_null(row: Mapping[Any, Any], without: Container[str] = ()) -> dict[str, Any]:
    """A row as JSON holds it, but for some of its columns.

    >>> row_or_null({"indicator": "milk", "gap": float("nan")}, without={"indicator"})
    {'gap': None}
    """
    return {str(name): or_null(value) for name, value in row.items() if name not in without}
