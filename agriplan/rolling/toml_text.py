"""Values as TOML text, as far as a plan folder needs it: texts, numbers and lists of texts; and TOML text in blocks."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_COMMENT = re.compile(r"(?:^#.*\n)+\Z", re.MULTILINE)
_HEAD = re.compile(r"(?m)^(?=\[\[?[\w.]+\]\]?[ \t]*(?:#.*)?$)")


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


def blocks_of(text: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The text in pieces, one a table with the comment above it: its name, its text, and what it says.

    What stands before the first is named "".

    >>> [(name, entries) for name, _, entries in blocks_of('# targets\\n\\n# one\\n[[commitment]]\\nid = "milk"\\n')]
    [('', {}), ('commitment', {'id': 'milk'})]
    """
    above = ""
    for piece in _HEAD.split(text):
        head, _, body = piece.partition("\n") if piece.startswith("[") else ("", "", piece)
        name = head.partition("]")[0].strip("[")
        below = _COMMENT.search(piece)
        own = piece[: below.start()] if below else piece
        yield name, above + own, tomllib.loads(body) if name else {}
        above = below[0] if below else ""
    if above:
        yield "", above, {}
