"""Values as TOML text, as far as a plan folder needs it: texts, numbers and lists of texts; and TOML text in blocks."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_COMMENT = re.compile(r"(?:^#.*\n)+\Z", re.MULTILINE)
_HEAD = re.compile(r"(?m)^(?=[ \t]*\[\[?[ \t]*[\w.-]+[ \t]*\]\]?[ \t]*(?:#.*)?$)")
_BARE = re.compile(r"[\w-]+", re.ASCII)


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
        head, _, body = piece.partition("\n") if piece.lstrip(" \t").startswith("[") else ("", "", piece)
        name = head.partition("]")[0].strip("[ \t")
        below = _COMMENT.search(piece)
        own = piece[: below.start()] if below else piece
        yield name, above + own, tomllib.loads(body) if name else {}
        above = below[0] if below else ""
    if above:
        yield "", above, {}


def with_entry(text: str, key: str, value: object) -> str:
    """The text with another value behind the first key of that name, however the key is written.

    >>> print(with_entry('name = "a"\\n "base_year" =2020  # of growth', "base_year", 2025))
    name = "a"
     "base_year" =2025  # of growth
    """
    said = toml_value(value)
    return re.sub(
        rf"(?m)^([ \t]*\"?{key}\"?[ \t]*=[ \t]*).*?(?=[ \t]*#|[ \t]*$)", lambda at: at[1] + said, text, count=1
    )


def as_meant(text: str, entries: Mapping[str, Any]) -> str:
    """The text where it says these entries, else one that does: a spelling that nobody thought of costs its comments.

    >>> as_meant("a = 1  # one", {"a": 1}), as_meant("a = 1", {"a": 1, "of": {"b c": "d"}, "each": [{"e": 2}]})
    ('a = 1  # one', 'a = 1\\n\\n[of]\\n"b c" = "d"\\n\\n[[each]]\\ne = 2\\n')
    """
    try:
        if tomllib.loads(text) == entries:
            return text
    except tomllib.TOMLDecodeError:
        pass
    return "\n\n".join(_pieces("", "", entries)) + "\n"


def _pieces(name: str, head: str, entries: Mapping[str, Any]) -> Iterator[str]:
    """A table as pieces of text: its own entries, then the tables within it."""
    own, within = list[str](), list[tuple[str, str, Mapping[str, Any]]]()
    for key, value in entries.items():
        called = key if _BARE.fullmatch(key) else toml_value(key)
        path = f"{name}.{called}" if name else called
        if isinstance(value, Mapping):
            within.append((path, f"[{path}]", value))
        elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            within += [(path, f"[[{path}]]", one) for one in value]
        else:
            own.append(f"{called} = {toml_value(value)}")
    if own or (head and not within):
        yield "\n".join(filter(None, [head, *own]))
    for each in within:
        yield from _pieces(*each)
