"""One file of a data folder as records, with every problem of every row."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from errno import ELOOP
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd
from pydantic import BaseModel, ValidationError

from agriplan.baselines.csv_table import END_OF_TEXT, CsvTable, read_table
from agriplan.baselines.file_words import in_row
from agriplan.baselines.lost_commas import with_commas
from agriplan.baselines.read_in_part import keep_in_part
from agriplan.baselines.records import Area, Indicator, Place, Record, Source
from agriplan.baselines.swapped_heads import with_heads_in_order
from agriplan.baselines.usual_cells import UsualCells
from agriplan.bounded_reading import MOST_DATA, FileTooLargeError, NoPlainFileError, read_bounded
from agriplan.errors import MOST_STUDIED, Problem
from agriplan.nearest_word import did_you_mean
from agriplan.parsing import dotted, problems_of
from agriplan.plain_text import plain_text
from agriplan.typed_numbers import says_no_figure

# The column that holds another word in every row, of those files that others refer to.
KEY_COLUMNS: Mapping[type[Record], str] = {Area: "code", Indicator: "indicator", Source: "source", Place: "place_zh"}
_R = TypeVar("_R", bound=Record)
# Tables that the engine keeps in a data folder: nobody renamed a file to these.
KEPT_RESULTS = ("suggestions.csv", "backtest.csv")


def without_data(folder: Path) -> Problem | None:
    """What is wrong with a data folder as a whole: it is not there, or has no file of data, which one below it may."""
    if not folder.is_dir():
        return Problem(str(folder), "no_folder")
    if any(file.suffix in {".csv", ".toml"} for file in folder.glob("*")):
        return None
    below = next(iter(sorted(folder.glob("*/plan.toml"))), None)
    return Problem(str(folder), "no_data_files", suggestion=str(below.parent) if below else None)


def read_text(path: Path, expected: Collection[str], problems: list[Problem]) -> str | None:
    """Read a text file, with one sort of line ends and no mark of its end; None where it cannot be had.

    Where it is missing, a file that nobody expects may be it under another name.
    """
    try:
        return plain_text(read_bounded(path, MOST_DATA)).removesuffix(END_OF_TEXT)
    except UnicodeDecodeError:
        problems.append(Problem(path.name, "toml_not_utf8" if path.suffix == ".toml" else "not_utf8"))
    except IsADirectoryError:
        problems.append(Problem(path.name, "folder_for_file"))
    except PermissionError:
        problems.append(Problem(path.name, "file_not_open"))
    except NoPlainFileError:
        problems.append(Problem(path.name, "no_plain_file"))
    except FileTooLargeError as error:
        problems.append(Problem(path.name, "file_too_large", {"most": error.most}))
    except OSError as error:
        if error.errno == ELOOP:
            problems.append(Problem(path.name, "link_in_a_circle"))
            return None
        spare = {file.name for file in path.parent.glob(f"*{path.suffix}")} - {*expected, *KEPT_RESULTS}
        near = did_you_mean(path.name, sorted(spare))
        problems.append(Problem(path.name, "no_file", {"folder": path.parent}, near))
    return None


def version_of(texts: Mapping[str, str | None]) -> str:
    """A hash of the files of a folder: the same data always have the same version."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\n{texts[name] or ''}\n".encode())
    return digest.hexdigest()


def read_cells(
    name: str,
    text: str | None,
    model: type[Record],
    problems: list[Problem],
    known: Mapping[str, Collection[str]] | None = None,
) -> CsvTable:
    """The cells of a CSV file with the columns of that model; empty where there is no text.

    `known` are the words of its columns that other files define.
    """
    if text is None:
        return CsvTable()
    usual = usual_cells(model, known)
    table = read_table(name, text, list(model.model_fields), usual.required, problems)
    return with_commas(name, with_heads_in_order(name, table, usual, problems), usual, problems)


def usual_cells(model: type[Record], known: Mapping[str, Collection[str]] | None = None) -> UsualCells:
    """What stands in a file of such rows."""
    required = frozenset(key for key, entry in model.model_fields.items() if entry.is_required())
    wrong = partial(_wrong_columns, model, _figure_columns(model))
    return UsualCells(wrong, required, KEY_COLUMNS.get(model, ""), known or {})


def read_rows(
    name: str, table: CsvTable, model: type[_R], problems: list[Problem], in_part: dict[int, _R] | None = None
) -> dict[int, _R]:
    """Parse each row; keys are the line numbers that an editor or Excel shows.

    What can be read of rows with mistakes goes to `in_part`; beyond those that are told such rows are only counted.
    """
    figures, required = _figure_columns(model), usual_cells(model).required
    rows: dict[int, _R] = {}
    wrong: list[int] = []
    for line, row in table.rows.items():
        try:
            rows[line] = model.model_validate(_without_strokes(row, figures))
        except ValidationError as error:
            wrong.append(line)
            if len(wrong) > MOST_STUDIED:
                continue
            held = len(table.columns) - table.short.get(line, 0)
            if required.isdisjoint(table.columns[held:]):
                problems += (in_row(one, required) for one in problems_of(error, model, at_line(name, line)))
                keep_in_part(in_part, line, model, _without_strokes(row, figures))
            else:
                few = {"count": held, "columns": len(table.columns)}
                problems.append(Problem(f"{name}:{line}", "too_few_cells", few))
    if further := wrong[MOST_STUDIED:]:
        problems.append(Problem(f"{name}:{further[0]}", "rows_unread", {"count": len(further)}))
    return rows


def _wrong_columns(model: type[Record], figures: Collection[str], row: Mapping[str, str]) -> set[str]:
    """The columns of a row whose cells cannot be used."""
    try:
        model.model_validate(_without_strokes(row, figures))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        return {str(detail["loc"][0]) for detail in details if detail["loc"]}
    return set()


def _without_strokes(row: Mapping[str, str], figures: Collection[str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if key not in figures or not _is_stroke(value)}


def without_rows(
    folder: Path, needed: Mapping[str, CsvTable], expected: Collection[str], told: Collection[Problem]
) -> list[Problem]:
    """Files that hold nothing though a plan needs rows of them, or are not there, where nothing is told of them yet."""
    found: list[Problem] = []
    known = {problem.place.partition(":")[0] for problem in told}
    for name in (name for name, table in needed.items() if not table.rows and name not in known):
        if read_text(folder / name, expected, found) is not None:
            found.append(Problem(name, "only_heads"))
    return found


def frame_of(model: type[Record], rows: dict[int, _R]) -> pd.DataFrame:
    """Parsed rows as a frame with a column for each field."""
    columns = sorted(model.model_fields, key=lambda name: name.startswith("note_"))  # notes last, as in the files
    return pd.DataFrame({name: [getattr(row, name) for row in rows.values()] for name in columns})


def _figure_columns(model: type[BaseModel]) -> set[str]:
    """The columns that hold numbers, where a stroke says that there is none."""
    return {
        name
        for name, entry in model.model_fields.items()
        if {float, int} & {entry.annotation, *getattr(entry.annotation, "__args__", ())}
    }


def _is_stroke(text: str) -> bool:
    # Nearly all cells begin with a digit: only the others are looked at closely.
    return not text[0].isdigit() and says_no_figure(text)


def at_line(name: str, line: int) -> Callable[[tuple[int | str, ...]], str]:
    """How the places in one row of a file are called."""
    return lambda path: f"{name}:{line}: {dotted(path)}"
