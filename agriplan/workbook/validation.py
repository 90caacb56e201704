"""Every cell that may be filled in says what it takes and refuses anything else."""

from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from agriplan.workbook.description import Input
from agriplan.workbook.quick import QuickWorksheet

# What Excel allows: 32 characters of title, 255 of message and of a list of choices.
MOST_MESSAGE = 255
# Excel keeps 32,767 characters in a cell.
MOST_TEXT = 32767
# The scenario takes no greater number.
MOST_NUMBER = 1e12
Rule = tuple[object, ...]


def add_validations(worksheet: QuickWorksheet, inputs: Iterable[tuple[int, int, Input]]) -> None:
    """One validation for all cells of a sheet that take the same."""
    alike: dict[Rule, tuple[Input, list[tuple[int, int]]]] = {}
    for row, col, entered in inputs:
        rule = (entered.kind, entered.low, entered.high, tuple(entered.choices), entered.prompt)
        alike.setdefault(rule, (entered, []))[1].append((row, col))
    for entered, cells in alike.values():
        ranges = _ranges(cells)
        options: dict[str, Any] = {**_criteria(entered, ranges[0]), **_prompt(entered), "ignore_blank": True}
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
    low = -MOST_NUMBER if entered.low is None else entered.low
    high = MOST_NUMBER if entered.high is None else entered.high
    if not entered.choices:
        return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    cell = xl_rowcol_to_cell(first[0], first[1])
    words = ",".join(f'{cell}="{word}"' for word in entered.choices)
    return {"validate": "custom", "value": f"=OR(AND(ISNUMBER({cell}),{cell}>={low:g},{cell}<={high:g}),{words})"}


def _prompt(entered: Input) -> dict[str, str]:
    return {"input_message": entered.prompt[:MOST_MESSAGE]} if entered.prompt else {}
