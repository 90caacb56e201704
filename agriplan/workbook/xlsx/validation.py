"""Every cell that may be filled in says what it takes and refuses anything else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from agriplan.parsing import LARGEST, SMALLEST
from agriplan.sentences import COMMAS, Lang, say
from agriplan.workbook.description import Input, Value
from agriplan.workbook.xlsx.worksheet import BulkWorksheet

# What Excel allows: 32 characters of title, 255 of message and of a list of choices.
MOST_MESSAGE = 255
MOST_TITLE = 32
# Excel keeps 32,767 characters in a cell.
MOST_TEXT = 32767
ValidationKey = tuple[object, ...]
# Cells that a template leaves open: who signs, what was revised and why. The plan reads none of them.
SIGNING = Input(("signing",), "text", high=200.0)


def add_validations(
    worksheet: BulkWorksheet,
    inputs: Iterable[tuple[int, int, Input]],
    lang: Lang,
    headings: Mapping[tuple[int, int], str],
) -> None:
    """One validation for all cells of a sheet that take the same, titled like their column.

    In a long table the heading has scrolled away: then the prompt says what the cell is for.
    """
    alike: dict[ValidationKey, tuple[Input, str, list[tuple[int, int]]]] = {}
    for row, col, entered in inputs:
        title = say("input.signing", lang) if entered is SIGNING else headings.get((row, col), "")
        heading = " ".join(title.split())[:MOST_TITLE]
        rule = (entered.kind, entered.low, entered.high, tuple(entered.choices), entered.prompt, entered.default)
        alike.setdefault((*rule, _blank(entered), heading), (entered, heading, []))[2].append((row, col))
    for entered, heading, cells in alike.values():
        ranges = _ranges(cells)
        options: dict[str, Any] = {**_criteria(entered, ranges[0]), **_messages(entered, lang), "ignore_blank": True}
        if heading:
            options["input_title"] = heading
        if len(ranges) > 1:
            options["other_cells"] = [list(place) for place in ranges[1:]]
        worksheet.data_validation(*ranges[0], options)


def _ranges(cells: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Cells one below the other as one range."""
    ranges: list[tuple[int, int, int, int]] = []
    for row, col in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if ranges and ranges[-1][3] == col and ranges[-1][2] == row - 1:
            ranges[-1] = (ranges[-1][0], col, row, col)
        else:
            ranges.append((row, col, row, col))
    return ranges


def _criteria(entered: Input, first: tuple[int, int, int, int]) -> dict[str, Any]:
    if entered.kind == "choice":
        return {"validate": "list", "source": list(entered.choices)}
    if entered.kind == "text":
        return {"validate": "length", "criteria": "<=", "value": int(entered.high or MOST_TEXT)}
    if entered.among:
        return {"validate": "list", "source": [str(number) for number in entered.among]}
    low = -LARGEST if entered.low is None else entered.low
    high = LARGEST if entered.high is None else entered.high
    if not entered.choices:
        return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    cell = xl_rowcol_to_cell(first[0], first[1])
    words = ",".join(f'{cell}="{word}"' for word in entered.choices)
    return {"validate": "custom", "value": f"=OR(AND(ISNUMBER({cell}),{cell}>={low:g},{cell}<={high:g}),{words})"}


def _messages(entered: Input, lang: Lang) -> dict[str, str]:
    """What the cell says when it is chosen, and when it refuses what was typed."""
    message = entered.prompt or " ".join(_sentences(entered, lang))
    refused = say("input.refused", lang) + " " + message
    return {"input_message": message[:MOST_MESSAGE], "error_message": refused[:MOST_MESSAGE]}


def _sentences(entered: Input, lang: Lang) -> Iterator[str]:
    """The range and the default, in words."""
    if entered.kind == "choice":
        yield say("input.choice", lang)
    elif entered.kind == "text":
        yield say("input.text", lang, most=int(entered.high or MOST_TEXT))
    else:
        yield _range(entered, lang)
        if entered.choices:
            yield say("input.or_word", lang, words=COMMAS[lang].join(entered.choices))
    if entered.default in (None, ""):
        yield say(f"input.blank.{_blank(entered)}", lang)
    else:
        yield say("input.default", lang, default=_plain(entered.default))


def _blank(entered: Input) -> str:
    """What an empty cell stands for, by where the entry goes in the scenario: sentences `input.blank.…`.

    >>> _blank(Input(("allocation", "milk", "lock", "150500"), "number"))
    'lock'
    """
    part, *steps = entered.path
    if part == "allocation":
        return steps[1]
    return steps[-1] if part == "baseline" else part


def _range(entered: Input, lang: Lang) -> str:
    if entered.low is None:
        return say("input.any", lang)
    if 0 < entered.low <= SMALLEST:
        bounded = entered.high is not None and entered.high < LARGEST
        high = say("input.at_most", lang, high=_plain(entered.high)) if bounded else ""
        return say("input.above", lang, low="0", high=high)
    if entered.high is None or entered.high >= LARGEST:
        return say("input.at_least", lang, low=_plain(entered.low))
    return say("input.between", lang, low=_plain(entered.low), high=_plain(entered.high))


def _plain(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
