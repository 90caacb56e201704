"""One file of a data folder as records, with every problem of every row."""

import csv
import tomllib
from collections.abc import Callable, Collection
from io import StringIO
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from agriplan.baselines.records import Record
from agriplan.errors import Problem, did_you_mean
from agriplan.parsing import dotted, problems_of, says_no_figure

R = TypeVar("R", bound=Record)
# Tables that the engine keeps in a data folder: nobody renamed a file to these.
REMEMBERED = ("suggestions.csv", "backtest.csv")


def read_text(path: Path, expected: Collection[str], problems: list[Problem]) -> str:
    """Read a text file; where it is missing, a file that nobody expects may be it under another name."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(path.name, "not_utf8"))
    except OSError:
        spare = {file.name for file in path.parent.glob(f"*{path.suffix}")} - {*expected, *REMEMBERED}
        near = did_you_mean(path.name, sorted(spare))
        problems.append(Problem(path.name, "no_file", {"folder": path.parent}, near))
    return ""


def read_toml(name: str, text: str, model: type[R], problems: list[Problem]) -> R | None:
    """Parse a TOML file; None where it cannot be had."""
    if not text:
        return None
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(name, "not_toml", {"why": error}))
    except ValidationError as error:
        problems += problems_of(error, model, lambda path: f"{name}: {dotted(path)}")
    return None


def read_csv(name: str, text: str, model: type[R], problems: list[Problem]) -> dict[int, R]:
    """Parse each row; keys are the line numbers that an editor or Excel shows."""
    reader = csv.DictReader(StringIO(text), strict=True)
    rows: dict[int, R] = {}
    figures = _figure_columns(model)
    if not text or not _header_is_right(name, list(reader.fieldnames or ()), model, problems):
        return rows
    try:
        for row in reader:
            place = _at(name, reader.line_num)
            if row.pop(None, None):  # DictReader's key for cells beyond the header
                # Every later cell stands in the wrong column: what they seem to say would only mislead.
                problems.append(Problem(f"{name}:{reader.line_num}", "too_many_cells"))
                continue
            cells = {key: value for key, value in row.items() if value not in {"", None}}
            cells = {key: value for key, value in cells.items() if not (key in figures and says_no_figure(value))}
            try:
                rows[reader.line_num] = model.model_validate(cells)
            except ValidationError as error:
                problems += problems_of(error, model, place)
    except csv.Error as error:
        problems.append(Problem(f"{name}:{reader.line_num}", "not_csv", {"why": error}))
    return rows


def _figure_columns(model: type[BaseModel]) -> set[str]:
    """The columns that hold numbers, where a stroke says that there is none."""
    return {
        name
        for name, entry in model.model_fields.items()
        if {float, int} & {entry.annotation, *getattr(entry.annotation, "__args__", ())}
    }


def words(text: str, column: str) -> set[str]:
    """What stands in a column, read leniently: also in rows that have something else wrong with them."""
    return {word for row in csv.DictReader(StringIO(text)) if (word := row.get(column))}


def _at(name: str, line: int) -> Callable[[tuple[int | str, ...]], str]:
    return lambda path: f"{name}:{line}: {dotted(path)}"


def _header_is_right(name: str, columns: list[str], model: type[BaseModel], problems: list[Problem]) -> bool:
    known = model.model_fields
    unknown = [column for column in columns if column not in known]
    missing = [key for key, entry in known.items() if entry.is_required() and key not in columns]
    for column in unknown:
        near = did_you_mean(column, set(known) - set(columns))
        problems.append(Problem(f"{name}:1", "unknown_column", {"word": column}, near))
    problems += [Problem(f"{name}:1", "missing_column", {"word": column}) for column in missing]
    return not unknown and not missing
