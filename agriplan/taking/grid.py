"""A table as cells in rows, whatever it came in: CSV, text pasted from a page, the sheet of a workbook."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from agriplan.errors import Problem, WorkbookError
from agriplan.plain_text import MARK, with_plain_ends
from agriplan.taking.cells import NO_CELL, TableCell, cut, read_cell
from agriplan.taking.vocabulary import knows_some
from agriplan.workbook.readback.held_cell import letters_of

_BETWEEN_SPACES = re.compile(r"\s{2,}|\u3000+")
# Words of two characters that are set wide, with room between them; others (牛  羊) may be two heads.
_WIDE_WORD = re.compile(r"(?<!\S)(盟|地|项|指|年|单|合|总|全|名)[\s\u3000]+(市|区|目|标|份|位|计|称)(?!\S)")
# Signs that stand between cells where another setting or another keyboard wrote the commas.
_SIGNS_LIKE_COMMAS = (";", "，", "；")
# How a text begins that Excel has saved as "Unicode text".
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A published table has some hundred rows; more is no table to look through cell by cell.
MOST_ROWS = 2_000
MOST_COLUMNS = 200
MOST_FILLED = 20_000
FEW_CHARACTERS = 50
"""A text that would need cells of more characters than this, were there as many as there may be, is no table."""
TableRow = tuple[TableCell, ...]


@dataclass(frozen=True)
class Grid:
    """The rows of one table, all equally long. `name` is the file's or sheet's.

    In `loose` text nothing marks an empty cell: a row that is shorter than the others cannot be read.
    """

    name: str
    rows: tuple[TableRow, ...]
    lengths: tuple[int, ...] = ()
    loose: bool = False
    first_row: int = 0
    """Where its first row stands in the sheet or text that it is a part of."""

    def address(self, row: int, column: int) -> str:
        """A cell as people name it."""
        return f"{self.name}!{letters_of(column)}{self.first_row + row + 1}"


def from_rows(name: str, rows: Iterable[Sequence[TableCell]], *, loose: bool = False) -> Grid:
    """Make a grid; raises `WorkbookError` where it is larger than a table to be looked through."""
    kept: list[list[TableCell]] = []
    width = filled = 0
    for row in map(list, rows):  # of what is too large no more is read than shows it
        while row and not row[-1].text:
            row.pop()
        kept.append(row)
        width, filled = max(width, len(row)), filled + sum(bool(cell.text) for cell in row)
        refuse_too_large(name, len(kept), width, filled)
    padded = tuple(tuple(row) + (NO_CELL,) * (width - len(row)) for row in kept)
    return Grid(cut(name), padded, tuple(map(len, kept)), loose)


def _from_texts(name: str, rows: Iterable[Sequence[str]], *, loose: bool = False) -> Grid:
    return from_rows(name, (_read_row(name, row) for row in rows), loose=loose)


def _read_row(name: str, row: Sequence[str]) -> list[TableCell]:
    refuse_too_large(name, 0, 0, sum(map(bool, row)))
    return [read_cell(part) for part in row]


def refuse_too_large(name: str, rows: int, columns: int, filled: int) -> None:
    """Raise `WorkbookError` for what is larger than a published table."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or filled > MOST_FILLED:
        most = {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "cells": MOST_FILLED}
        raise WorkbookError([Problem(name, "table_too_large", most)])


def parse_table(name: str, text: str) -> Grid:
    """A table from text: parted by tabs, bars, commas, semicolons or full-width commas, else by two spaces or more.

    Raises `WorkbookError`.

    >>> [cell.text for cell in parse_table("a", "地区  牛奶 产量\\n兴 安 盟   47.5").rows[1]]
    ['兴 安 盟', '47.5']
    """
    refuse_too_large(name, 0, 0, len(text) // FEW_CHARACTERS)
    text = with_plain_ends(text.lstrip(MARK))
    text, sign = _without_sign_line(text)
    lines = [line for line in text.split("\n") if line.strip()]
    if "\t" in text and sign in ("", "\t"):
        return _from_texts(name, (line.split("\t") for line in text.split("\n")))
    if not sign and _most_have(lines, "|"):
        bars = (line.strip().strip("|") for line in lines if set(line) - set("|-: "))
        return _from_texts(name, (line.split("|") for line in bars))
    sign = (
        sign or _sign_between(name, lines) or ("," if name.lower().endswith(".csv") or _most_have(lines, ",") else "")
    )
    if sign:
        try:
            return _from_texts(name, csv.reader(StringIO(text), delimiter=sign))
        except csv.Error as error:
            raise WorkbookError([Problem(name, "not_csv", {"why": error})]) from None
    parts = (_BETWEEN_SPACES.split(_WIDE_WORD.sub(r"\1\2", line.strip())) for line in lines)
    return _from_texts(name, parts, loose=True)


def decode_table(name: str, data: bytes) -> Grid:
    """A table from the bytes of a text file: UTF-8, else what Chinese Excel writes; raises `WorkbookError`.

    Nearly every text of Big5 is one of GB18030 too, in which no word of tables stands.
    """
    texts = []
    for encoding in ("utf-16",) if data.startswith(_UTF_16) else ("utf-8-sig", "gb18030", "cp950"):
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030":
            break
    if not texts:
        raise WorkbookError([Problem(name, "not_utf8")])
    refuse_too_large(name, 0, 0, min(map(len, texts)) // FEW_CHARACTERS)  # before words are sought in megabytes
    return parse_table(name, next(filter(knows_some, texts), texts[0]))


def form_text(grid: Grid) -> str:
    """The grid as text that is read as the same grid: parted by tabs, loose text by spaces as it was.

    >>> form_text(parse_table("a", "x\\ty z\\n1\\t2")), form_text(parse_table("a", "x  y\\n1   2"))
    ('x\\ty z\\n1\\t2', 'x  y\\n1  2')
    """
    sign = "  " if grid.loose else "\t"
    rows = (row[: length or 1] for row, length in zip(grid.rows, grid.lengths, strict=True))
    return "\n".join(sign.join(" ".join(cell.text.split()) for cell in row) for row in rows)


def _without_sign_line(text: str) -> tuple[str, str]:
    """The text with an empty line where Excel says which sign stands between cells (sep=;), and that sign.

    >>> _without_sign_line("sep=;\\na;b"), _without_sign_line("a;b")
    (('\\na;b', ';'), ('a;b', ''))
    """
    found = re.match(r"\"?sep=([^\n])\"?,*[ \t]*(?=\n|$)", text, re.IGNORECASE)
    return (text[found.end() :], found[1]) if found else (text, "")


def _sign_between(name: str, lines: Sequence[str]) -> str:
    """The sign that parts cells in the place of commas: it stands as often in most lines, and commas do not.

    Where both do, the line of the heads tells: in those there is no number whose decimals a comma parts. Full-width
    signs also stand in words. Raises `WorkbookError` where it may be either.

    >>> _sign_between("a", ["地区;产量", "通辽市;40,1"]), _sign_between("a", ["地区，产量", "通辽市，40.1"])
    (';', '，')
    """
    commas = _times_in_most(lines, ",")
    for sign in _SIGNS_LIKE_COMMAS:
        if not (times := _times_in_most(lines, sign)):
            continue
        if not commas:
            return sign
        if sign == ";":
            heads = next(line for line in lines if line.count(sign) == times or line.count(",") == commas)
            if sign in heads and "," in heads:
                raise WorkbookError([Problem(name, "table_signs_unclear", {"sign": sign})])
            return sign if sign in heads else ","
    return ""


def _times_in_most(lines: Sequence[str], sign: str) -> int:
    """How often a sign stands in each of most lines; 0 where that differs, or where there is but one such line."""
    counts = Counter(count for line in lines if (count := line.count(sign)))
    times, often = counts.most_common(1)[0] if counts else (0, 0)
    return times if often > 1 and often * 2 > len(lines) else 0


def _most_have(lines: Sequence[str], sign: str) -> bool:
    counts = Counter(line.count(sign) for line in lines)
    return bool(lines) and counts[0] * 2 < len(lines)
