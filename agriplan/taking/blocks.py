"""A sheet or text that holds several tables below each other, parted where a new row of heads begins."""

from dataclasses import replace
from itertools import takewhile

from agriplan.taking.grid import Grid, TableRow
from agriplan.taking.rows import ReadLabel, RowName, goes_on, is_note, row_name


def split_tables(grid: Grid, read: ReadLabel) -> list[Grid]:
    """The tables of a grid; each begins with the titles above its heads and ends where the next one's titles begin.

    >>> from agriplan.taking.grid import parse_table
    >>> from agriplan.taking.label import Label
    >>> text = "甲表\\n地区\\t2021\\n通辽市\\t3.5\\n乙表\\n地区\\t2022\\n通辽市\\t4.5"
    >>> [(one.first_row, len(one.rows)) for one in split_tables(parse_table("a", text), Label)]
    [(0, 3), (3, 3)]
    """
    starts: list[int] = [0]
    figures: set[int] = set()
    names: set[RowName] = set()
    for number, row in enumerate(grid.rows):
        if _is_head(row, figures) and not goes_on(row, names, figures, read):
            starts.append(_with_titles(grid, number))
            figures, names = set(), set()
        name = row_name(row, read)
        places = {column for column, cell in enumerate(row) if cell.is_figure}
        found = {column for column in places if column > name[0]} or places
        figures |= found
        names |= {name} if found else set()
    ends = [*starts[1:], len(grid.rows)]
    return [_part(grid, start, end) for start, end in zip(starts, ends, strict=True)]


def _is_head(row: TableRow, figures: set[int]) -> bool:
    """Whether a row says what stands below it: words or years, and no figure, in columns that held figures above."""
    filled = [cell for cell in row if not cell.is_blank]
    return (
        len(filled) > 1
        and not any(cell.is_figure or cell.in_brackets is not None for cell in row)
        and any(row[column].is_word or row[column].is_year for column in figures)
    )


def _with_titles(grid: Grid, number: int) -> int:
    """The first of the rows with one text alone, or nothing, right above heads; footnotes stay with what is above."""
    first = number
    while first > 0 and sum(bool(cell.text) for cell in grid.rows[first - 1]) <= 1:
        first -= 1
    texts = ["".join(cell.text for cell in row) for row in grid.rows[first:number]]
    above = list(takewhile(lambda text: not text or is_note(text), texts))
    return first + max((at for at, text in enumerate(above, start=1) if text), default=0)


def _part(grid: Grid, start: int, end: int) -> Grid:
    return replace(grid, rows=grid.rows[start:end], lengths=grid.lengths[start:end], first_row=grid.first_row + start)
