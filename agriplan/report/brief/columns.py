"""Columns as wide as their longest figure or word: a table of a fixed layout breaks it where there is no room."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from agriplan.letter_widths import IN_BRIEFS

# Twips (twentieths of a point) for half a point of size: what an em is wide.
EM = 10.0
# The white on either side of a cell that does not say, in twips, and sizes in half points: the usual and the least.
USUAL_WHITE, USUAL_SIZE, LEAST_SIZE = 108, 24, 14
# The ems that a column keeps of a longer text where others have too little room.
LEAST_LINE = 5.0
# A line ends at white, but for that which holds a figure and its unit together, behind a dash, beside a Chinese letter.
_PIECE = re.compile(r"[⺀-〿㐀-鿿＀-￯]|[^ \t\n—–⺀-〿㐀-鿿＀-￯]+[—–]?")


def fit_columns(document: Any) -> None:
    """Give columns with too little room that of the others; letters are made smaller where all have too little."""
    for table in document.tables:
        layout = table._tbl.tblPr.find(qn("w:tblLayout"))
        grid = [int(column.get(qn("w:w")) or 0) for column in table._tbl.tblGrid]
        rows = [row.tc_lst for row in table._tbl.tr_lst]
        # Others than those of a fixed layout fit themselves; merged cells belong to several columns.
        if layout is None or layout.get(qn("w:type")) != "fixed" or any(len(row) != len(grid) for row in rows):
            continue
        columns = [*zip(*rows, strict=True)]
        white = _white(table._tbl.tblPr)
        needed = [max(map(_longest_piece, column)) + white for column in columns]
        if all(need <= width for need, width in zip(needed, grid, strict=True)):
            continue
        least = [max(need, max(map(_legible, column)) + white) for need, column in zip(needed, columns, strict=True)]
        each = zip(needed, grid, least, strict=True)
        wanted = [need if need > width else min(width, low) for need, width, low in each]
        if sum(wanted) > sum(grid):
            part = (sum(grid) - white * len(grid)) / (sum(wanted) - white * len(grid))
            _shrink(table, part)
            wanted = [(want - white) * part + white for want in wanted]
        _widen(table._tbl, rows, fitted(grid, wanted))


def align_heads(document: Any) -> None:
    """Set a head that says nothing of its side where the figures of its column stand: at the right."""
    for table in document.tables:
        rows = [row.tc_lst for row in table._tbl.tr_lst]
        if len({len(row) for row in rows}) != 1:  # merged cells belong to several columns
            continue
        for head, *cells in zip(*rows, strict=True):
            if cells and all(_sides(cell) == {WD_ALIGN_PARAGRAPH.RIGHT} for cell in cells):
                for paragraph in head.p_lst:
                    paragraph.alignment = paragraph.alignment or WD_ALIGN_PARAGRAPH.RIGHT


def _sides(cell: Any) -> set[Any]:
    return {paragraph.alignment for paragraph in cell.p_lst}


def fitted(widths: Sequence[int], wanted: Sequence[float]) -> list[int]:
    """The widths with those that are less than wanted widened by what others have to spare, which lose alike.

    >>> fitted([1000, 1000, 2000], [900, 1400, 500])
    [975, 1400, 1625]
    """
    lacking = sum(max(want - width, 0) for width, want in zip(widths, wanted, strict=True))
    spare = sum(max(width - want, 0) for width, want in zip(widths, wanted, strict=True))
    return [
        round(want if want > width else width - (width - want) * lacking / (spare or 1))
        for width, want in zip(widths, wanted, strict=True)
    ]


def _longest_piece(cell: Any) -> float:
    """The width of the longest piece of a cell's text that no line may end in."""
    pieces = ((piece, size) for text, size in _texts(cell) for piece in _PIECE.findall(text))
    return max((IN_BRIEFS.of(piece) * EM * size for piece, size in pieces), default=0.0)


def _legible(cell: Any) -> float:
    """The width of a cell's text, or of some letters of a longer one."""
    return max((min(IN_BRIEFS.of(text), LEAST_LINE) * EM * size for text, size in _texts(cell)), default=0.0)


def _texts(cell: Any) -> Iterator[tuple[str, int]]:
    """The paragraphs of a cell, each with the size of its largest letters."""
    for paragraph in cell.iterchildren(qn("w:p")):
        sizes = [int(one.get(qn("w:val"))) for run in paragraph.r_lst for one in run.iterfind(f".//{qn('w:sz')}")]
        yield "".join(run.text for run in paragraph.r_lst), max(sizes, default=USUAL_SIZE)


def _white(properties: Any) -> int:
    """What a cell's margins take on both sides together."""
    margins = properties.find(qn("w:tblCellMar"))
    sides = [None if margins is None else margins.find(qn(f"w:{side}")) for side in ("left", "right")]
    return sum(USUAL_WHITE if side is None else int(side.get(qn("w:w"))) for side in sides)


def _shrink(table: Any, part: float) -> None:
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    size = run.font.size.pt * 2 if run.font.size else USUAL_SIZE
                    run.font.size = Pt(max(int(size * part), LEAST_SIZE) / 2)


def _widen(table: Any, rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    for column, width in zip(table.tblGrid, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in rows:
        for cell, width in zip(row, widths, strict=True):
            cell.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(width))
