"""Texts that an evaluation may come to show: its rows keep their heights when another year is chosen in the file."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from agriplan.workbook.description import Book, Column
from agriplan.workbook.layout.row_heights import Wrapping, room_for, text_height

if TYPE_CHECKING:  # see `blueprint`
    from agriplan.workbook.layout.sheets import LaidSheet

# The sheet whose words all follow from one choice, in every row at once.
SUBJECT = "evaluation"
_WORD = re.compile(r"\{words\.([^{}]+)\}")


def possible_texts(sheet: "LaidSheet", book: Book, words: Mapping[str, str]) -> Iterator[Wrapping]:
    """Of every live cell that wraps and shows one of several words, the one that needs the tallest row.

    `words` are the template's, by code. What a formula joins from several texts is as tall as it was when made.
    """
    if sheet.name != SUBJECT:
        return
    for shown in sheet.placed.shown_columns:
        if shown.helper or shown.entry == "key":
            continue
        told = _words_of(book.sheets[shown.owner].tables[shown.table].columns[shown.entry], book, words)
        room, size = room_for(sheet, shown.row, shown.col, shown.look)
        if told and room:
            longest = max(told, key=lambda text: text_height(text, room, size))
            for row in range(shown.row, shown.row + shown.rows):
                yield row, shown.col, longest, room, size


def _words_of(column: Column, book: Book, words: Mapping[str, str]) -> list[str]:
    if column.formula is None or "&" in column.formula:
        return []
    return [words.get(code) or book.words[code] for code in _WORD.findall(column.formula)]
