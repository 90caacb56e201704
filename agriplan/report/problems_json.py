"""Problems and cautions as JSON: place, code, the sentence in both languages, and what was probably meant."""

import json
from collections.abc import Iterable
from typing import Any

from agriplan.errors import Problem


def list_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """One entry a problem.

    >>> list_problems([Problem("growth.milc", "empty")])[0]["en"]
    'growth.milc: must not be empty'
    """
    return [
        {"place": one.place, "code": one.code, "zh": one.text("zh"), "en": one.text("en"), "suggestion": one.suggestion}
        for one in problems
    ]


def as_json_bytes(told: dict[str, Any]) -> bytes:
    """A result as JSON that ends with a line."""
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()
