"""What one cell that was filled in means in a scenario: a number, a code, a text, or that there is no figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from agriplan.engine.entered import fifteen_digits
from agriplan.engine.scenario import in_per_cent
from agriplan.nearest_word import did_you_mean
from agriplan.typed_numbers import NotANumberError, meant_there, read_number, says_no_figure
from agriplan.workbook.content.input_cells import CHOICES
from agriplan.workbook.description import Input, Value
from agriplan.workbook.readback.finding import as_plain
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.number_formats import day_of

# What stands for a cell with a stroke, 无 and the like: there is no figure, and that is told.
STANDS_FOR_NONE = object()


class NotUsableError(Exception):
    """A cell that cannot be used: which sentence says why, the values it names, and what was meant."""

    def __init__(self, code: str, values: Mapping[str, object] | None = None, meant: str | None = None) -> None:
        super().__init__(code)
        self.code, self.values, self.meant = code, values or {}, meant


def value_of(entry: Input, held: Held, words: Mapping[str, str]) -> Any:
    """What a cell means in the scenario: a number, a code or a text; None for an empty one.

    A stroke and the like gives `STANDS_FOR_NONE`.

    `words` are those of the workbook, by code: what a drop-down shows.
    """
    value = held.value
    if held.error:
        raise NotUsableError("workbook_error_value")
    if held.unvalued:
        raise NotUsableError("workbook_entry_unvalued")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if entry.kind == "text":
        return _as_text(value, is_date=held.shown_as in ("date", "year"))
    if entry.kind == "choice" or (isinstance(value, str) and value.strip() in entry.choices):
        return _choice(entry, value, words)
    if isinstance(value, str) and says_no_figure(value):  # a growth cap too: the file itself counts it as blank
        return STANDS_FOR_NONE
    return _as_number(value, entry.path)


def as_blank(entry: Input, held: Held) -> tuple[str, dict[str, object]]:
    """What is said of a sign of no figure; in the place of a cap it could be taken for no cap at all."""
    if entry.path[-1] == "max_growth":
        return "cap_read_as_blank", {"word": held.value, "none": entry.choices[-1]}
    return "read_as_blank", {"word": held.value}


def _choice(entry: Input, value: Value, words: Mapping[str, str]) -> str:
    word = as_plain(value).strip()
    if word not in entry.choices:
        known = {"known": entry.choices}
        raise NotUsableError("unknown_word", known, did_you_mean(word, entry.choices))
    if entry.path[-1] == "max_growth":
        return "none"
    family = "path" if entry.path[0] == "path" else entry.path[-1]
    return {words[f"{family}.{code}"]: code for code in CHOICES[family]}[word]


def _as_text(value: Value, *, is_date: bool) -> str:
    return day_of(value) if is_date and isinstance(value, float) else as_plain(value).strip()


def _as_number(value: Value, path: Sequence[str]) -> float:
    """A number, typed as a number or as text that reads as one."""
    if isinstance(value, float):
        return fifteen_digits(value)
    if isinstance(value, bool):
        raise NotUsableError("not_a_number")
    try:
        return fifteen_digits(read_number(str(value), per_cent=in_per_cent(path)))
    except NotANumberError as error:
        raise NotUsableError(error.code, meant=meant_there(error.code, error.meant, path)) from None
