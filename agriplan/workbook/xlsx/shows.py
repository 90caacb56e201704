"""What goes into the places of a written workbook: in a cell, a row's height, a footer, a chart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from agriplan.workbook.description import Phrase, Slot, Value
from agriplan.workbook.evaluate.values import ErrorValue
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
POINT_DIGITS = 5
# What a header or footer holds.
MOST_MARGIN = 255
# A row of the usual height, 15 points, does not say so.
USUAL_PIXELS = 20


class InputCell(NamedTuple):
    """A cell of a constant that follows from the scenario."""

    number: int
    start: str


class FormulaCell(NamedTuple):
    """A cell with a formula."""

    number: int
    start: str
    formula: str


class RowText(NamedTuple):
    """A text that wraps in its cell: its number, how many digits fit on a line, and the size of its font."""

    number: int
    room: float
    size: float


class RowStart(NamedTuple):
    """The start of a row as tall as its wrapped texts need, not shown where the value `shown_by` is blank."""

    start: str
    height: float
    texts: Sequence[RowText]
    shown_by: int | None


class Margin(NamedTuple):
    """The text of a header or footer: texts and numbers of values."""

    parts: Sequence[str | int]


class ChartPoints(NamedTuple):
    """What a chart shows until its cells are read."""

    numbers: Sequence[int]


Show = InputCell | FormulaCell | RowStart | Margin | ChartPoints
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
    return _WRITTEN[type(show)](show, values, numbers)


def _input_cell(show: InputCell, values: Sequence[Value], numbers: Mapping[str, int]) -> str:
    value = values[show[0]]
    if value.__class__ is str and value:
        return f'{show[1]} t="s"><v>{numbers[value]}</v></c>'
    return constant_cell(show[1], value)


def _formula_cell(show: FormulaCell, values: Sequence[Value], _: Mapping[str, int]) -> str:
    number, start, formula = show
    value = values[number]
    if value.__class__ is float or value.__class__ is int:
        return f"{start}{formula}{formula_number(value)}</v></c>"
    value = "" if value is None else value.code if isinstance(value, ErrorValue) else stored(value)
    return f"{start}{value_type(value)}{formula}{formula_value(value)}</v></c>"


def _row(show: RowStart, values: Sequence[Value], _: Mapping[str, int]) -> str:
    """The start of a row; a height that is the usual one is not written."""
    texts = ((values[number], room, size) for number, room, size in show.texts)
    needed = [text_height(text, room, size) for text, room, size in texts if isinstance(text, str) and text]
    pixels = int(max([show.height, *needed]) * 4.0 / 3.0 + 0.5)
    height = f' ht="{pixels * 0.75:.16g}"' if pixels != USUAL_PIXELS else ""
    hidden = ' hidden="1"' if show.shown_by is not None and values[show.shown_by] in (None, "") else ""
    return show.start + height + hidden + (' customHeight="1"' if height else "") + ">"


def _margin(show: Margin, values: Sequence[Value], _: Mapping[str, int]) -> str:
    text = "".join(part if isinstance(part, str) else in_margin(values[part]) for part in show.parts)
    return escaped(text) if len(text.encode("utf-16-le")) <= 2 * MOST_MARGIN else ""


def _points(show: ChartPoints, values: Sequence[Value], _: Mapping[str, int]) -> str:
    found = ((place, values[number]) for place, number in enumerate(show.numbers))
    return "".join(
        f'<c:pt idx="{place}"><c:v>{value:.{POINT_DIGITS}g}</c:v></c:pt>'
        for place, value in found
        if isinstance(value, float | int)
    )


_WRITTEN: dict[type[Show], Callable[[Any, Sequence[Value], Mapping[str, int]], str]] = {
    InputCell: _input_cell,
    FormulaCell: _formula_cell,
    RowStart: _row,
    Margin: _margin,
    ChartPoints: _points,
}
