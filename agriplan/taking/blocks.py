"""A sheet or text that holds several tables below each other, parted where a new row of heads begins."""

from dataclasses import replace

from agriplan.taking.grid import Grid, TableRow


def split_tables(grid: Grid) -> list[Grid]:
    """The tables of a grid; each begins with the titles above its heads and ends where the next one's titles begin.

    >>> from agriplan.taking.grid import parse_table
    >>> text = "甲表\\n地区\\t2021\\n通辽市\\t3.5\\n乙表\\n地区\\t2022\\n通辽市\\t4.5"
    >>> [(one.first_row, len(one.rows)) for one in split_tables(parse_table("a", text))]
    [(0, 3), (3, 3)]
    """
    starts, seen_figures = [0], False
    for number, row in enumerate(grid.rows):
        if seen_figures and _is_head(row, grid, starts[-1], number):
            starts.append(_with_titles(grid, number))
            seen_figures = False
        seen_figures = seen_figures or any(cell.is_value for cell in row)
    ends = [*starts[1:], len(grid.rows)]
    return [_part(grid, start, end) for start, end in zip(starts, ends, strict=True)]


def _is_head(row: TableRow, grid: Grid, start: int, number: int) -> bool:
    """Whether a row says what stands below it: words or years, and no figure, where there were figures above."""
    above = {
        column
        for other in grid.rows[start:number]
        for column, cell in enumerate(other)
        if cell.is_value and any(left.is_word or left.is_year for left in other[:column])
    }
    filled = [cell for cell in row if not cell.is_blank]
    return (
        len(filled) > 1
        and not any(cell.is_figure for cell in row)
        and any(row[column].is_word or row[column].is_year for column in above)
    )


def _with_titles(grid: Grid, number: int) -> int:
    """The first of the rows with one text alone, or nothing, right above a row of heads."""
    while number > 0 and sum(bool(cell.text) for cell in grid.rows[number - 1]) <= 1:
        number -= 1
    return number


def _part(grid: Grid, start: int, end: int) -> Grid:
    return replace(grid, rows=grid.rows[start:end], lengths=grid.lengths[start:end], first_row=grid.first_row + start)
