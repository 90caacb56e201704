"""Fill in a workbook as a planner does: by name of the input, key of the row and value."""

import pickle
import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.dimensions import DimensionHolder
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.raw_edits import typed

# (name of a column, key of a row) or (name of a single cell, None) -> what is entered.
Entries = Mapping[tuple[str, str | None], object]
# A cell with a formula, its attributes but the kind of its result, the formula, and the result.
RESULT = re.compile(rb'<c( r="[A-Z0-9]+"(?: s="\d+")?)[^>]*>(<f[^>]*?(?:/>|>[^<]*</f>))(?:<v>[^<]*</v>|<v/>)</c>')

# What was asked for of late, the latest last.
_ASKED: dict[tuple[bytes, bool, tuple[str, ...] | None], None] = {}
MOST_ASKED = 16

EMPTY = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'


def filled_in(workbook: bytes, entries: Entries) -> bytes:
    """The workbook with these entries, as a program saves it that works nothing out: formulas without their results."""
    return typed(without_results(workbook), entries)


@lru_cache(maxsize=4)
def without_results(workbook: bytes) -> bytes:
    """The workbook with no stored result of any formula."""
    buffer = BytesIO()
    with ZipFile(BytesIO(workbook)) as given, ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for entry in given.infolist():
            part = given.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = RESULT.sub(rb"<c\1>\2</c>", part)
            made.writestr(entry.filename, part)
    return buffer.getvalue()


def loaded(workbook: bytes, *, data_only: bool = False, sheets: tuple[str, ...] | None = None) -> Workbook:
    """The workbook as openpyxl reads it, the caller's own; what is asked for several times is read twice.

    To keep a workbook takes nearly as long as to read it, so what is asked for once is not kept. Of `sheets` all but
    those with one of these words in their titles are empty, which takes a tenth of the time.
    """
    asked = (workbook, data_only, sheets)
    if asked not in _ASKED:
        _ASKED[asked] = None
        if len(_ASKED) > MOST_ASKED:
            del _ASKED[next(iter(_ASKED))]
        return _read(*asked)
    book: Workbook = pickle.loads(_kept(*asked))
    for sheet in book.worksheets:  # a pickled holder of rows or columns no longer makes those that it lacks
        for name, make in (("row_dimensions", sheet._add_row), ("column_dimensions", sheet._add_column)):
            held = DimensionHolder(worksheet=sheet, default_factory=make)
            held.update(getattr(sheet, name))
            setattr(sheet, name, held)
    return book


@lru_cache(maxsize=8)
def _kept(workbook: bytes, data_only: bool, sheets: tuple[str, ...] | None) -> bytes:
    return pickle.dumps(_read(workbook, data_only, sheets), pickle.HIGHEST_PROTOCOL)


def _read(workbook: bytes, data_only: bool, sheets: tuple[str, ...] | None) -> Workbook:
    of_these = workbook if sheets is None else with_sheets(workbook, sheets)
    return load_workbook(BytesIO(of_these), data_only=data_only)


def with_sheets(workbook: bytes, words: tuple[str, ...]) -> bytes:
    """The workbook with nothing on sheets that have none of these words in their titles."""
    buffer = BytesIO()
    with ZipFile(BytesIO(workbook)) as given, ZipFile(buffer, "w") as made:
        titles = re.findall(r'<sheet name="([^"]+)"', given.read("xl/workbook.xml").decode())
        gone = {f"sheet{place}.xml" for place, title in enumerate(titles, 1) if not any(one in title for one in words)}
        for name in given.namelist():
            part = Path(name).name.removesuffix(".rels")
            if part not in gone or not name.startswith("xl/worksheets/"):
                made.writestr(name, given.read(name))
            elif not name.endswith(".rels"):
                made.writestr(name, EMPTY)
    return buffer.getvalue()


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
