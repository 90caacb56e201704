"""A file that was handed in, as grids: a workbook goes through the guard that every upload goes through."""

from collections.abc import Iterator, Mapping

from agriplan.errors import Problem, WorkbookError
from agriplan.taking.cells import NO_CELL, TableCell, read_cell
from agriplan.taking.grid import Grid, decode_table, from_rows, refuse_too_large
from agriplan.taking.vocabulary import hidden_words, merged_words, unvalued_words
from agriplan.workbook.names import OWN_NAMES
from agriplan.workbook.readback.file_kinds import PICTURES, explain_other_kinds, is_text, is_web_page
from agriplan.workbook.readback.held_cell import Cells, Held, column_number
from agriplan.workbook.readback.number_formats import day_of
from agriplan.workbook.readback.uploaded_file import open_workbook

# How packed files begin, documents to be printed, the files of offices before 2007, and pictures: no text.
_NO_TEXT = (b"PK", b"%PDF", b"\xd0\xcf\x11\xe0", *PICTURES)
_WORKBOOKS = (".xlsx", ".xlsm")
# A yearbook's chapter has some dozen sheets of a thousand cells; so many are looked through in less than a second.
MOST_IN_FILE = 20_000


def read_file(name: str, data: bytes) -> list[Grid]:
    """The tables of a file, a workbook's one a sheet; raises `WorkbookError`."""
    if not data.strip():
        raise WorkbookError([Problem(name, "file_is_empty")])
    is_spoilt = name.lower().endswith(_WORKBOOKS) and not is_text(data)
    if not (data.startswith(_NO_TEXT) or is_web_page(data) or is_spoilt):
        return [decode_table(name, data)]
    try:
        opened = open_workbook(data)
    except WorkbookError:
        explain_other_kinds(data)
        raise
    if any(known.startswith(OWN_NAMES) for known in opened.names):
        raise WorkbookError([Problem("", "table_own_workbook")])
    sheets = opened.sheets
    if not any(sheets.values()):
        explain_other_kinds(data)
    if sum(map(len, sheets.values())) > MOST_IN_FILE:
        raise WorkbookError([Problem("", "table_file_too_large", {"cells": MOST_IN_FILE})])
    return [grid for title, cells in sheets.items() if (grid := _grid(title, cells)).rows]


def _grid(title: str, cells: Cells) -> Grid:
    placed: Mapping[tuple[int, int], Held] = {
        (row, column_number(column)): held for (column, row), held in cells.items()
    }
    if not placed:
        return Grid(title, ())
    last, width = max(row for row, _ in placed), max(column for _, column in placed) + 1
    refuse_too_large(title, last, width, len(placed))
    return from_rows(title, (list(_row(placed, row, width)) for row in range(1, last + 1)))


def _row(placed: Mapping[tuple[int, int], Held], row: int, width: int) -> Iterator[TableCell]:
    for column in range(width):
        held = placed.get((row, column))
        if held is None:
            yield NO_CELL
            continue
        cell = _cell(held)
        # What is not seen of a figure is said in words, which the text keeps that pages send on.
        said = [words[0] for words, is_so in ((merged_words(), held.merged), (hidden_words(), held.hidden)) if is_so]
        yield read_cell("".join((cell.text, *(f"({word})" for word in said)))) if said and cell.is_value else cell


def _cell(held: Held) -> TableCell:
    """A cell of a workbook as text and number; an error, a date, true or false, a formula without a value is none."""
    value = held.value
    if value is None and held.formula:
        return read_cell(f"（{unvalued_words()[0]}）")
    if held.error or isinstance(value, bool) or value is None:
        return TableCell("" if value is None else str(value))
    if isinstance(value, str):
        return read_cell(value)
    text = f"{value:.15g}"
    if held.shown_as in ("date", "year"):
        day = day_of(value)
        if day == text:
            return TableCell(f"〔{text}〕")  # in brackets that no figure has
        return TableCell(f"{day[:4]}年" if held.shown_as == "year" else day)
    if held.shown_as == "per_cent":
        return TableCell(f"{100 * value:.12g}%", float(f"{100 * value:.12g}"), per_cent=True)
    return TableCell(text, value)
