"""Columns and rows that name areas by their codes (代码): numbers to a machine, names to whoever reads the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agriplan.taking.cells import TableCell, read_cell
from agriplan.taking.grid import Grid
from agriplan.taking.vocabulary import code_heads
from agriplan.taking.words import plain


def name_areas(grid: Grid, names: Mapping[str, str]) -> Grid:
    """The grid with names of areas in the place of their codes; `names` are those by code.

    A code counts as one below a head that says so, and where every number of its column or row is a code and there are
    at least two of them: one alone may as well be a figure. A code of elsewhere stays one, which nobody knows.

    >>> from agriplan.taking.grid import parse_table
    >>> names = {"150500": "通辽市", "150400": "赤峰市"}
    >>> found = name_areas(parse_table("a", "代码\\t2021\\n150500\\t3.5\\n150400\\t4.5"), names)
    >>> [[cell.text for cell in row] for row in found.rows]
    [['代码', '2021'], ['通辽市', '3.5'], ['赤峰市', '4.5']]
    """
    down = enumerate(zip(*grid.rows, strict=True))
    columns = {at for at, cells in down if _are_codes(cells, names) or _is_headed_so(cells, names)}
    rows = {at for at, row in enumerate(grid.rows) if _are_codes(row, names)}

    def named(cell: TableCell, row: int, column: int) -> TableCell:
        is_code = cell.number is not None and (row in rows or column in columns)
        return read_cell(names.get(cell.text, f"{code_heads()[0]} {cell.text}")) if is_code else cell

    if not columns and not rows:
        return grid
    return replace(
        grid,
        rows=tuple(
            tuple(named(cell, row, column) for column, cell in enumerate(cells)) for row, cells in enumerate(grid.rows)
        ),
    )


def _are_codes(cells: Sequence[TableCell], names: Mapping[str, str]) -> bool:
    numbers = _numbers(cells)
    return len(numbers) > 1 and numbers <= names.keys()


def _is_headed_so(cells: Sequence[TableCell], names: Mapping[str, str]) -> bool:
    """Whether a head says codes, and some are of areas: those of kinds or units name no area."""
    is_said = any(plain(cell.text).endswith(code_heads()) for cell in cells if cell.is_word)
    return is_said and not _numbers(cells).isdisjoint(names)


def _numbers(cells: Sequence[TableCell]) -> set[str]:
    return {cell.text for cell in cells if cell.number is not None}
