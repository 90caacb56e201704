"""Values as TOML text, as far as a plan folder needs it: texts, numbers and lists of texts."""

import json
from collections.abc import Iterable, Mapping


def toml_value(value: object) -> str:
    """A value as TOML.

    >>> toml_value("“十四五”"), toml_value(1000.0), toml_value(["150100", "150500"]), toml_value(())
    ('"“十四五”"', '1000', '["150100", "150500"]', '[]')
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # a string of JSON is one of TOML
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, Iterable):
        return f"[{', '.join(map(toml_value, value))}]"
    raise TypeError(value)


def toml_block(name: str, entries: Mapping[str, object]) -> str:
    """A block of an array of tables.

    >>> print(toml_block("commitment", {"id": "milk"}))
    [[commitment]]
    id = "milk"
    """
    return "\n".join([f"[[{name}]]", *(f"{key} = {toml_value(value)}" for key, value in entries.items())])
