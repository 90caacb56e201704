"""Blocks of columns that are repeated across: one for every indicator, as rows are repeated down.

A template numbers its blocks (`{name_1}`, `{leagues.target_1}`, …). Where a plan has more indicators than the template
has blocks, the last block is repeated beside itself, with its words, looks, widths and merged cells; what stands to its
right moves on.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from agriplan.workbook.description import Book, Sheet
from agriplan.workbook.layout.carried import moved
from agriplan.workbook.layout.cell_room import USUAL_WIDTH
from agriplan.workbook.template.carried import Range
from agriplan.workbook.template.page import Page
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import Spot, TemplateSheet

_NUMBER = re.compile(r"\{[\w.]+_(\d+)\}")
# What a block is headed by; a sheet that has such names has as many blocks as names that say something.
_HEADING = "name_"


@dataclass(frozen=True)
class LastBlock:
    """The last block of a template sheet: its number, its rows and columns, and how often it is repeated."""

    number: int
    rows: tuple[int, int]
    cols: tuple[int, int]
    times: int

    @property
    def width(self) -> int:
        """Columns of a block."""
        return self.cols[1] - self.cols[0] + 1

    def holds(self, row: int, col: int) -> bool:
        """Whether a cell is one of the block."""
        return self.rows[0] <= row <= self.rows[1] and self.cols[0] <= col <= self.cols[1]

    def moved(self, col: int) -> int:
        """Where a column stands once the block is repeated."""
        return col + self.width * self.times * (col > self.cols[1])


def with_all_blocks(template: Template, book: Book) -> Template:
    """The template with a block for every name that the book's sheets have."""
    subjects = {sheet.subject: sheet for sheet in book.sheets.values() if has_blocks(sheet)}
    sheets = (_widened(each, subjects[each.subject]) if each.subject in subjects else each for each in template.sheets)
    return replace(template, sheets=tuple(sheets)) if subjects else template


def _widened(template: TemplateSheet, sheet: Sheet) -> TemplateSheet:
    block = _last_block(template, sheet)
    if block is None or block.times < 1:
        return template
    return replace(
        template,
        spots=tuple(_spots(template.spots, block)),
        merges=tuple(_merges(template.merges, block)),
        charts=tuple(replace(chart, place=_stretched_across(chart.place, block)) for chart in template.charts),
        page=_page(template.page, block),
        carried=moved(template.carried, _same, _same, block.moved, lambda place: _stretched_across(place, block)),
    )


def _same(row: int) -> int:
    return row


def shows_blocks(template: TemplateSheet) -> bool:
    """Whether a template sheet has any numbered block."""
    return any(_numbers(spot) for spot in template.spots)


def has_blocks(sheet: Sheet) -> bool:
    """Whether a sheet has something to show in numbered blocks."""
    return f"{_HEADING}1" in sheet.scalars


def _numbers(spot: Spot) -> set[int]:
    return {int(number) for number in _NUMBER.findall(spot.text)} if isinstance(spot.text, str) else set()


def _last_block(template: TemplateSheet, sheet: Sheet) -> LastBlock | None:
    numbered = [(number, spot) for spot in template.spots for number in _numbers(spot)]
    named = [
        int(name.removeprefix(_HEADING))
        for name, cell in sheet.scalars.items()
        if name.startswith(_HEADING) and name.removeprefix(_HEADING).isdecimal() and cell.value is not None
    ]
    if not numbered or not named:
        return None
    last = max(number for number, _ in numbered)
    spots = [spot for number, spot in numbered if number == last]
    rows = min(spot.row for spot in spots), max(spot.row for spot in spots)
    cols = min(spot.col for spot in spots), max(spot.col for spot in spots)
    return LastBlock(last, rows, cols, max(named) - last)


def _spots(spots: Iterable[Spot], block: LastBlock) -> Iterator[Spot]:
    for spot in spots:
        yield replace(spot, col=block.moved(spot.col))
        if block.holds(spot.row, spot.col):
            for time in range(1, block.times + 1):
                text = spot.text
                if isinstance(text, str):
                    text = text.replace(f"_{block.number}}}", f"_{block.number + time}}}")
                yield replace(spot, col=spot.col + time * block.width, text=text)


def _merges(merges: Iterable[Range], block: LastBlock) -> Iterator[Range]:
    for top, left, bottom, right in merges:
        if block.holds(top, left) and block.holds(bottom, right):
            for time in range(block.times + 1):
                yield top, left + time * block.width, bottom, right + time * block.width
        else:
            yield _stretched_across((top, left, bottom, right), block)


def _stretched_across(place: Range, block: LastBlock) -> Range:
    """A range beside the block moves on; one that ends with it, as a title does, ends with its last repetition."""
    top, left, bottom, right = place
    ends_with = left <= block.cols[0] and right == block.cols[1]
    return top, block.moved(left), bottom, right + block.width * block.times if ends_with else block.moved(right)


def _page(page: Page, block: LastBlock) -> Page:
    widths = dict(page.widths)
    repeated = {
        col + time * block.width: widths[col]
        for col in range(block.cols[0], block.cols[1] + 1)
        for time in range(1, block.times + 1)
        if col in widths
    }
    kept = {block.moved(col): width for col, width in widths.items()}
    wider = kept | repeated
    right = page.right + block.width * block.times
    # What no longer fits across goes on to further pages, as large as before.
    more = math.ceil(printed_width(wider, right) / printed_width(widths, page.right))
    return replace(
        page,
        widths=tuple(sorted(wider.items())),
        hidden_cols=tuple((block.moved(first), block.moved(last)) for first, last in page.hidden_cols),
        right=right,
        fit=(page.fit[0] * more, page.fit[1]),
    )


def printed_width(widths: Mapping[int, float], right: int) -> float:
    """How wide the printed columns are, in digits.

    >>> printed_width({0: 10.0, 1: 5.0}, 2)
    23.43
    """
    return sum(widths.get(col, USUAL_WIDTH) for col in range(right + 1))
