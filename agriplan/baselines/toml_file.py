"""TOML files that people keep: read, with what is wrong where a text is none, and never deeper than a plan goes."""

import re
import tomllib
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from agriplan.baselines.file_words import in_toml
from agriplan.baselines.read_in_part import read_in_part
from agriplan.baselines.records import Record
from agriplan.errors import Problem
from agriplan.json_and_toml import as_written, is_too_deep, wide_mark
from agriplan.parsing import dotted, problems_of
from agriplan.typed_numbers import NotANumberError, read_number

# Where tomllib says that it stopped, and an entry whose value begins as a number does.
_LINE = re.compile(r"at line (\d+)")
_NUMBER_ENTRY = re.compile(
    r"\s*(?P<key>[\w-]+)\s*=\s*(?P<word>[-+−－]?[\d][^\s\"'\[\]{}#]*(?: ?[^\s\"'\[\]{}#]+)*)\s*(?:#.*)?$"
)
_TOML_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
# What people wrote: between half-width quotation marks, or after one that is left open, and behind a #.
_WORDS_OR_NOTE = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'[^']*'|[\"'#].*""")
# How tomllib begins to say that something was said before.
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate")
_R = TypeVar("_R", bound=Record)


class UnreadTomlError(ValueError):
    """TOML that no plan is written in; `code` is that of the sentence that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def load_toml(text: str) -> dict[str, Any]:
    """Read TOML text; raises `TOMLDecodeError` for what is none, `UnreadTomlError` for what goes beyond all bounds."""
    try:
        found = tomllib.loads(text, parse_float=as_written)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise UnreadTomlError("toml_too_deep") from None
    except ValueError:  # Python refuses numbers of more than 4,300 digits
        raise UnreadTomlError("toml_number_too_long") from None
    if is_too_deep(found):
        raise UnreadTomlError("toml_too_deep")
    return found


def read_toml(
    name: str,
    text: str | None,
    model: type[_R],
    problems: list[Problem],
    complete: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    in_part: list[_R] | None = None,
) -> _R | None:
    """Parse a TOML file, completed where another file completes it; None where it cannot be had.

    What can be read of one with mistakes goes to `in_part`.
    """
    if text is None:
        return None
    try:
        found = load_toml(text)
        if not found:
            problems.append(Problem(name, "file_empty"))
            return None
        return model.model_validate(complete(found))
    except tomllib.TOMLDecodeError as error:
        problems.append(_why_no_toml(name, text, error))
    except UnreadTomlError as error:
        problems.append(Problem(name, error.code))
    except ValidationError as error:
        if in_part is not None and (rest := read_in_part(model, complete(found))) is not None:
            in_part.append(rest)
        problems += map(in_toml, problems_of(error, model, lambda path: f"{name}: {dotted(path)}"))
    return None


def _why_no_toml(name: str, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    """What is wrong in the line where a text stops being TOML: said twice, a number that is none, full-width marks."""
    lines = text.splitlines()
    at = _LINE.search(str(error))
    number = int(at[1]) if at else len(lines)
    line = lines[number - 1] if lines else ""
    place = f"{name}:{number}"
    if str(error).startswith(_TWICE):
        return Problem(place, "key_twice", {"word": line.partition("=")[0].strip(" []")})
    if odd := _odd_number(place, line):
        return odd
    if wide := wide_mark(line, _WORDS_OR_NOTE):
        return Problem(place, "toml_wide_mark", {"word": wide})
    return Problem(place, "not_toml", {"why": error})


def _odd_number(place: str, line: str) -> Problem | None:
    """What stands for a number in that line: grouped, with a unit or a sign of per cent; nothing of a number."""
    found = _NUMBER_ENTRY.match(line)
    if found is None or _TOML_NUMBER.fullmatch(found["word"]):
        return None
    try:
        meant: str | None = f"{read_number(found['word'], per_cent=True):.15g}"
    except NotANumberError as why:
        meant = why.meant
    return Problem(f"{place}: {found['key']}", "toml_number", {"word": found["word"]}, meant)
