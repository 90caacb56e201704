"""What goes into the places of a written workbook: in a cell, a row's height, a footer, a chart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from agriplan.workbook.description import Phrase, Slot, Value
from agriplan.workbook.evaluate.values import ErrorValue
from agriplan.workbook.layout.page_breaks import PagedRows, TiedRows, breaks_written, page_breaks
from agriplan.workbook.layout.row_heights import text_height
from agriplan.workbook.xlsx.texts import (
    constant_cell,
    escaped,
    formula_number,
    formula_value,
    in_margin,
    stored,
    value_type,
)

# Charts are drawn anew as soon as the cells are read: more digits than a picture has would only make the file larger.
POINT_DIGITS = 4
# What a header or footer holds.
MOST_MARGIN = 255
# A row of the usual height, 15 points, does not say so.
USUAL_PIXELS = 20


# What goes into a place: its kind, a letter, and what that kind needs. Those of a kept workbook are plain lists.
Show = Sequence[Any]
INPUT, BESIDE, FORMULA, ROW, MARGIN_SHOW, POINTS, BREAKS = "ibfrmpk"


def constant_in_cell(number: int) -> Show:
    """What a cell holds of a constant that follows from the scenario, behind how it begins: the number of the value."""
    return INPUT, number


def constant_beside(number: int, start: str) -> Show:
    """A cell of a constant beside the print area, where nobody sees an empty one: that is not written."""
    return BESIDE, number, start


def formula_in_cell(number: int, formula: str) -> Show:
    """What a cell holds of a formula, behind how it begins: its element with the start of that of the value."""
    return FORMULA, number, formula


class RowText(NamedTuple):
    """A text that wraps in its cell: its number, how many digits fit on a line, and the size of its font."""

    number: int
    room: float
    size: float


def row_start(start: str, height: float, texts: Sequence[RowText], shown_by: int | None) -> Show:
    """The start of a row as tall as its wrapped texts need, not shown where the value `shown_by` is blank."""
    return ROW, start, height, texts, shown_by


class FollowingRow(NamedTuple):
    """A row whose height follows from the scenario: its own, wrapped texts, the value without which it hides."""

    row: int
    height: float
    texts: Sequence[RowText]
    shown_by: int | None


def row_breaks(sheet: PagedRows, heights: Mapping[int, float], following: Sequence[FollowingRow]) -> Show:
    """Where a sheet's pages end, for rows as tall as they are then."""
    rooms, repeated, given, blocks = sheet
    return BREAKS, (rooms, repeated, given, [list(block) for block in blocks]), list(heights.items()), following


def margin_text(parts: Sequence[str | int]) -> Show:
    """The text of a header or footer: texts and numbers of values."""
    return MARGIN_SHOW, parts


def chart_points(numbers: Sequence[int]) -> Show:
    """What a chart shows until its cells are read."""
    return POINTS, numbers


# Where a stretch of a part ends that is deflated on its own.
SEGMENT = None
# How many characters of a part stand before a place, and what goes there.
Cut = tuple[int, Show | None]


@dataclass
class Numbers:
    """The numbers of values; texts with places in them are values, too, and come after those of the book."""

    first: int = 0
    phrases: dict[Phrase, int] = field(default_factory=dict)

    def of(self, content: Slot | Phrase) -> int:
        """The number of the value that stands here."""
        if isinstance(content, Slot):
            return content.number
        return self.phrases.setdefault(content, self.first + len(self.phrases))


def written(show: Show, values: Sequence[Value], numbers: Mapping[str, int]) -> str:
    """What goes into a place; `numbers` are those of shared texts."""
    return _WRITTEN[show[0]](show, values, numbers)


def constant_shown(value: Value, numbers: Mapping[str, int]) -> str:
    """A cell of a constant, behind how it begins."""
    return f' t="s"><v>{numbers[value]}</v></c>' if value.__class__ is str and value else constant_cell("", value)


def formula_shown(value: Value) -> tuple[str, str]:
    """The type that a formula's cell says before its formula, and the value that it says behind."""
    if value.__class__ is float or value.__class__ is int:
        return "", formula_number(cast("float", value))
    value = "" if value is None else value.code if isinstance(value, ErrorValue) else stored(value)
    return value_type(value), formula_value(value)


def numbers_in(show: Show) -> Iterable[int]:
    """The numbers of the values that a show follows from."""
    return _NUMBERS_IN[show[0]](show)


def _cell_beside(show: Show, values: Sequence[Value], numbers: Mapping[str, int]) -> str:
    value = values[show[1]]
    return "" if value in (None, "") else show[2] + constant_shown(value, numbers)


def _row_start(show: Show, values: Sequence[Value], _: Mapping[str, int]) -> str:
    """A height that is the usual one is not written."""
    _kind, start, least, texts, shown_by = show
    pixels = int(_height(least, texts, values) * 4.0 / 3.0 + 0.5)
    height = f' ht="{pixels * 0.75:.16g}"' if pixels != USUAL_PIXELS else ""
    hidden = ' hidden="1"' if shown_by is not None and values[shown_by] in (None, "") else ""
    return "".join((start, height, hidden, ' customHeight="1"' if height else "", ">"))


def _breaks(show: Show, values: Sequence[Value], _: Mapping[str, int]) -> str:
    _kind, (rooms, repeated, given, blocks), fixed, following = show
    heights = dict(fixed)
    for row, least, texts, shown_by in following:
        heights[row] = _height(least, texts, values)
        if shown_by is not None and values[shown_by] in (None, ""):
            heights[row] = 0.0
    return breaks_written(page_breaks(PagedRows(rooms, repeated, given, [TiedRows(*each) for each in blocks]), heights))


def _height(least: float, texts: Sequence[RowText], values: Sequence[Value]) -> float:
    wrapped = ((values[number], room, size) for number, room, size in texts)
    return max(
        [least, *(text_height(text, room, size) for text, room, size in wrapped if isinstance(text, str) and text)]
    )


def _margin(show: Show, values: Sequence[Value], _: Mapping[str, int]) -> str:
    text = "".join(part if isinstance(part, str) else in_margin(values[part]) for part in show[1])
    return escaped(text) if len(text.encode("utf-16-le")) <= 2 * MOST_MARGIN else ""


def _points(show: Show, values: Sequence[Value], _: Mapping[str, int]) -> str:
    found = ((place, values[number]) for place, number in enumerate(show[1]))
    return "".join(
        f'<c:pt idx="{place}"><c:v>{value:.{POINT_DIGITS}g}</c:v></c:pt>'
        for place, value in found
        if isinstance(value, float | int)
    )


_WRITTEN: dict[str, Callable[[Show, Sequence[Value], Mapping[str, int]], str]] = {
    INPUT: lambda show, values, numbers: constant_shown(values[show[1]], numbers),
    BESIDE: _cell_beside,
    ROW: _row_start,
    MARGIN_SHOW: _margin,
    POINTS: _points,
    BREAKS: _breaks,
}
_NUMBERS_IN: dict[str, Callable[[Show], Iterable[int]]] = {
    BESIDE: lambda show: (show[1],),
    ROW: lambda show: [text[0] for text in show[3]] + ([] if show[4] is None else [show[4]]),
    MARGIN_SHOW: lambda show: [part for part in show[1] if isinstance(part, int)],
    POINTS: lambda show: show[1],
    BREAKS: lambda show: [number for each in show[3] for number in numbers_in((ROW, "", *each[1:]))],
}
