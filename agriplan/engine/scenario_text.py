"""The one reader of JSON that people hand in: scenario files, bodies of requests, drafts, what a workbook carries."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from agriplan.errors import Problem, ScenarioError
from agriplan.json_and_toml import as_written, is_too_deep, wide_mark
from agriplan.parsing import MOST_ENTRIES, FieldPath, dotted
from agriplan.plain_text import without_mark

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
# How packed files begin, and Office files before 2007.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class SaidTwiceError(ScenarioError):
    """JSON that says something twice, with its data: what else is wrong there can be told beside it."""

    def __init__(self, data: Any, problems: Iterable[Problem]) -> None:
        super().__init__(problems)
        self.data = data


def load_json(text: bytes | str) -> Any:
    """Read JSON text; raises `ScenarioError` for what is none, is nested too deeply, or would be half lost."""
    if isinstance(text, bytes) and text.startswith(_WORKBOOKS):
        raise ScenarioError([Problem("", "scenario_is_workbook")])
    try:
        plain = without_mark(text)
        data = json.loads(plain, object_pairs_hook=_noting_twice, parse_float=as_written, parse_constant=as_written)
        if is_too_deep(data):
            raise ScenarioError([Problem("", "json_too_deep")])
        if problems := list(_said_twice(data)):
            raise SaidTwiceError(data, problems)
        # JSON can spell half of a surrogate pair, which no file, page or database can hold.
        json.dumps(data, ensure_ascii=False).encode()
    except ScenarioError:
        raise
    except (ValueError, RecursionError) as error:
        raise ScenarioError([_why_not_json(error)]) from None
    return data


def _why_not_json(error: Exception) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        line = error.doc.split("\n")[error.lineno - 1]
        if mark := wide_mark(line, _TEXT):
            return Problem("", "json_wide_mark", {"line": error.lineno, "word": mark})
        return Problem("", "not_json", {"line": error.lineno, "column": error.colno})
    if isinstance(error, RecursionError):
        return Problem("", "json_too_deep")
    if isinstance(error, UnicodeError):
        return Problem("", "json_not_utf8")
    return Problem("", "json_number_too_long")  # Python refuses numbers of more than 4,300 digits


class _Twice(dict[str, Any]):
    """An object that says some of its keys twice."""

    keys_twice: tuple[str, ...] = ()


def _noting_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_ENTRIES:
        raise ScenarioError([Problem("", "too_many_entries", {"most": MOST_ENTRIES})])
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = _Twice(found)
    doubled.keys_twice = tuple(sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1))
    return doubled


def _said_twice(data: object) -> Iterator[Problem]:
    """What is said twice, where it stands."""
    waiting: list[tuple[FieldPath, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if not isinstance(value, dict | list):
            continue
        if isinstance(value, _Twice):
            yield from (Problem(dotted((*path, key)), "key_twice", {"word": key}) for key in value.keys_twice)
        parts = list(value.items() if isinstance(value, dict) else enumerate(value))
        waiting += [((*path, name), inner) for name, inner in reversed(parts)]
