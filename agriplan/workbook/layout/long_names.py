"""A name too long for its cell wraps on the row where that is so: the column beside it would cut it.

The template says how a column looks; to wrap it everywhere would make every row of it taller. What a column holds that
follows from a scenario keeps its look.
"""

from collections.abc import Iterable, Iterator

from agriplan.letter_widths import IN_CELLS
from agriplan.workbook.layout.cell_room import bold_width, room_of
from agriplan.workbook.layout.placement import PlacedSheet, ShownColumn
from agriplan.workbook.template.cell_formats import Key, freeze


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
        needed = bold_width(value) if said.get("bold") else IN_CELLS.of(value)
        room = room_of(width, float(said["font_size"]), int(said.get("indent", 0)))
        yield freeze(said | {"text_wrap": True}) if needed > room else look
