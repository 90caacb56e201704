"""Fill in a workbook as a planner does: by name of the input, key of the row and value."""

from collections.abc import Mapping
from io import BytesIO
from itertools import takewhile

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

# (name of a column, key of a row) or (name of a single cell, None) -> what is entered.
Entries = Mapping[tuple[str, str | None], object]


def filled_in(workbook: bytes, entries: Entries) -> bytes:
    """The workbook with these entries, saved by openpyxl."""
    book = load_workbook(BytesIO(workbook))
    for (name, key), value in entries.items():
        sheet, row, column = find(book, name, key)
        cell = sheet.cell(row, column)
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of an openpyxl workbook."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def find(book: Workbook, name: str, key: str | None) -> tuple[Worksheet, int, int]:
    """Sheet, row and column of an input or a figure."""
    sheet, cells = _named(book, name)
    first = cells[0]
    if key is None:
        return sheet, first[0], first[1]
    table = name.rpartition(".")[0]
    numbers = takewhile(
        lambda each: each in book.defined_names, (f"{table}.key{suffix}" for suffix in ("", "_2", "_3"))
    )
    for keys in map(lambda each: _named(book, each)[1], numbers):  # noqa: C417 - lazily, the first block that fits
        if keys[0][0] == first[0]:
            row = next(row for row, column in keys if sheet.cell(row, column).value == key)
            return sheet, row, first[1]
    raise KeyError(name)


def _named(book: Workbook, name: str) -> tuple[Worksheet, list[tuple[int, int]]]:
    title, _, place = book.defined_names[name].attr_text.rpartition("!")
    sheet = book[title.strip("'").replace("''", "'")]
    cells = sheet[place.replace("$", "")]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return sheet, [(row[0].row, row[0].column) for row in rows]
