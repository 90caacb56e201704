"""A name too long for its cell wraps on the row where that is so: the column beside it would cut it.

The template says how a column looks; to wrap it everywhere would make every row of it taller. What a column holds that
follows from a scenario keeps its look.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agriplan.letter_widths import IN_CELLS
from agriplan.workbook.description import Value
from agriplan.workbook.layout.cell_room import USUAL_WIDTH, bold_width, room_of
from agriplan.workbook.layout.placement import PlacedSheet, ShownColumn
from agriplan.workbook.template.cell_formats import Key, freeze

# A cell: row, column, look, value, formula.
Fixed = tuple[int, int, Key, Value, str | None]


def wrapped_where_cut(
    values: Iterable[object], looks: Iterable[Key], shown: ShownColumn, placed: PlacedSheet
) -> Iterator[Key]:
    """The looks of a column's cells, those wrapping whose text is wider than the cell."""
    widths = dict(placed.template.page.widths)
    last = next((right for top, left, _, right in placed.merges() if (top, left) == (shown.row, shown.col)), shown.col)
    beside = any((one.table, one.col) == (shown.table, last + 1) for one in placed.shown_columns)
    width = sum(widths.get(col, 0.0) for col in range(shown.col, last + 1))
    for value, look in zip(values, looks, strict=True):
        said = dict(look)
        if not (beside and width and isinstance(value, str)) or said.get("text_wrap") or said.get("shrink"):
            yield look
            continue
        yield freeze(said | {"text_wrap": True}) if _is_cut(value, said, width) else look


def with_whole_title(cells: Iterable[Fixed], placed: PlacedSheet) -> Iterator[Fixed]:
    """Cells, the title wrapping where it is wider than its merged range: paper would cut it."""
    widths = dict(placed.template.page.widths)
    ends = {(top, left): right for top, left, bottom, right in placed.merges() if top == bottom == 0}
    for row, col, look, value, formula in cells:
        room = sum(widths.get(each, USUAL_WIDTH) for each in range(col, ends.get((row, col), -1) + 1))
        said = dict(look)
        # A title of one entry would shrink instead.
        free = room and isinstance(value, str) and formula is None and not said.get("text_wrap")
        wraps = free and _is_cut(str(value), said, room)
        yield row, col, freeze(said | {"text_wrap": True, "shrink": False}) if wraps else look, value, formula


def _is_cut(text: str, said: Mapping[str, Any], width: float) -> bool:
    needed = bold_width(text) if said.get("bold") else IN_CELLS.of(text)
    return needed > room_of(width, float(said["font_size"]), int(said.get("indent", 0)))
