"""Tables and sentences for a terminal; Chinese characters are two columns wide there."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

# Wider than any table: into a file or a pipe each row is one line, whoever reads it.
TABLE_WIDTH = 10_000
BLANKS_BETWEEN = 2  # blanks between two columns
LEAST_TEXT = 8  # cells that a column of words keeps; its words wrap


def room() -> int:
    """How many cells a line has: those of the terminal, where one reads."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else TABLE_WIDTH


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """Lay out a table below its title, which is one line however narrow the table is.

    The first `texts` columns are words (left), the others figures (right). In a terminal that is too narrow heads and
    words wrap, and where that is not enough the figures stand in several tables below each other, each with the words
    in front: a figure is never cut.
    """
    # Words of a language stand alone in its sentences, too: as a head each begins with a capital.
    header = [head[:1].upper() + head[1:] for head in header]
    rows, width = [*rows], room()
    cells = [[cell_len(row[at]) for row in rows] for at in range(len(header))]
    full = [max([cell_len(head), *lengths]) for head, lengths in zip(header, cells, strict=True)]
    if sum(full) + BLANKS_BETWEEN * (len(full) - 1) <= width:
        return "\n".join((title, *_laid_out(header, rows, full, texts)))
    words = _narrowed(full[:texts], width // 2)
    figures = [
        max([cell_len(piece) for piece in _pieces(head)] + lengths)
        for head, lengths in zip(header[texts:], cells[texts:], strict=True)
    ]
    parts = []
    for start, end in _blocks(figures, width - sum(words) - BLANKS_BETWEEN * texts):
        kept = [*range(texts), *range(texts + start, texts + end)]
        part = [[row[at] for at in kept] for row in rows]
        parts.append(_laid_out([header[at] for at in kept], part, [*words, *figures[start:end]], texts))
    return "\n".join((title, "\n\n".join("\n".join(lines) for lines in parts)))


def _laid_out(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], texts: int) -> Iterator[str]:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, (name, width) in enumerate(zip(header, widths, strict=True)):
        words = at < texts
        head = name if words else "\n".join(_lines(name, width))
        table.add_column(head, justify="left" if words else "right", no_wrap=not words, overflow="fold", width=width)
    for row in rows:
        table.add_row(*row)
    out = StringIO()
    Console(file=out, width=TABLE_WIDTH, color_system=None, markup=False, highlight=False).print(table)
    yield from (line.rstrip() for line in out.getvalue().splitlines())


def _narrowed(widths: Sequence[int], most: int) -> list[int]:
    """Columns of words with the widest made narrower until they have no more than `most` cells with their blanks.

    >>> _narrowed([30, 16, 10], 40)
    [12, 12, 10]
    """
    narrow = [*widths]
    while narrow and sum(narrow) + BLANKS_BETWEEN * len(narrow) > most and max(narrow) > LEAST_TEXT:
        narrow[narrow.index(max(narrow))] -= 1
    return narrow


def _blocks(widths: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """The columns of each table, from one to before another: as many as have room, one at least.

    >>> [*_blocks([8, 8, 8], 20)]
    [(0, 2), (2, 3)]
    """
    start, used = 0, 0
    for at, width in enumerate(widths):
        if at > start and used + BLANKS_BETWEEN + width > most:
            yield start, at
            start, used = at, 0
        used += width + BLANKS_BETWEEN * (at > start)
    yield start, len(widths)


def _pieces(head: str) -> list[str]:
    """What a head may be broken into: words, and up to four Chinese characters."""
    return [
        word[at : at + 4] if not word.isascii() else word
        for word in head.split()
        for at in (range(0, len(word), 4) if not word.isascii() else (0,))
    ]


def _lines(head: str, width: int) -> Iterator[str]:
    """A head in lines of a width.

    >>> [*_lines("gap (minus: surplus)", 8)], [*_lines("缺口（负为富余）", 8)]
    (['gap', '(minus:', 'surplus)'], ['缺口（负', '为富余）'])
    """
    line = ""
    for piece in _pieces(head):
        blank = " " * (line.isascii() and piece.isascii() and bool(line))
        if line and cell_len(line + blank + piece) > width:
            yield line
            line = piece
        else:
            line += blank + piece
    yield line
