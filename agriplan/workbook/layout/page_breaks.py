"""Where a sheet's pages end on paper: never between a heading and its table, in a table only where no page holds it.

Applications break pages wherever a page is full. Which row that is follows from the width of their letters: with the
usual ones a sheet is printed as it is, with the wider ones that stand in for them it is made smaller, and a page holds
more rows. Breaks are set where either would cut what one page can hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agriplan.workbook.layout.placement import PlacedSheet
from agriplan.workbook.layout.row_heights import DESIGNED_FOR, USUAL_HEIGHT
from agriplan.workbook.template.page import A4, Page
from agriplan.workbook.template.sheet import TemplateSheet

# Points: the sides of A4 and A3, and of an inch.
PAPER_SIDES = {8: (841.9, 1190.6), 9: (595.3, 841.9)}
POINTS_OF_INCH = 72.0
# Points of a digit of the default font: the usual one, and the widest that stands in; and of the white in a column.
DIGIT_POINTS, COLUMN_WHITE = (5.25, 7.0), 3.75
# A page is ended early only where so much of it is filled; a table that is cut shows so many of its rows on both sides.
LEAST_FILLED, LEAST_ROWS = 0.42, 3


@dataclass(frozen=True)
class TiedRows:
    """Rows that belong together, from `first` to before `end`; before `lead` the heading, the heads and a few rows."""

    first: int
    lead: int
    end: int
    table: bool = False


def page_breaks(placed: PlacedSheet, heights: Mapping[int, float]) -> list[int]:
    """The rows before which a page ends: the template's, and those before what would be cut."""
    page = placed.template.page
    # A break before rows that this workbook has not would leave what stands below them on a page of its own.
    given = [placed.row(row) for row in page.breaks if not placed.left_out(row)]
    if placed.template.plain or page.fit[1]:
        return given
    papers = [Paper(room, repeated_rows(placed), heights) for room in rooms(page, placed.right)]
    breaks = []
    for before, block in pairwise([TiedRows(0, 0, 0), *tied_rows_of(placed)]):
        ends = [row for row in given if before.first < row <= block.first]
        for paper in papers:
            paper.fill(before.end, block.first)
        if ends or (block.first and _ends_before(block, papers)):
            breaks.append(ends[-1] if ends else block.first)
            for paper in papers:
                paper.turn()
        for paper in papers:
            paper.fill(block.first, block.end)
    return sorted({*given, *breaks})


def _ends_before(block: TiedRows, papers: "Sequence[Paper]") -> bool:
    """Whether a page ends before a block: where it would be cut and fits on one, or would lose its heading."""
    held = [paper.holds(block.first, block.lead) for paper in papers]
    # What is no table, as a rule who signs, goes over to the next page by itself.
    if not (all(held) if block.table else any(held)):
        return True
    roomiest = papers[-1]
    enough = roomiest.used >= LEAST_FILLED * roomiest.room
    cut = not any(paper.holds(block.first, block.end) for paper in papers)
    return block.table and enough and cut and roomiest.could_hold(block.first, block.end)


class Paper:
    """A page as it is filled, in points of the sheet's rows."""

    def __init__(self, room: float, repeated: range, heights: Mapping[int, float]) -> None:
        self.room, self.used = room, 0.0
        self._repeated, self._heights = repeated, heights
        self._row = 0

    def fill(self, first: int, end: int) -> None:
        """Print rows, on the next page where this one is full."""
        for row in range(first, end):
            height = self._height(row)
            self._row = row
            if self.used + height > self.room:
                self.turn()
            self.used += height

    def turn(self) -> None:
        """Begin a page, with the rows that are repeated on each."""
        above = self._row >= self._repeated.stop
        self.used = sum(map(self._height, self._repeated)) if above else 0.0

    def holds(self, first: int, end: int) -> bool:
        """Whether rows find room on what is left of the page."""
        return self.used + sum(map(self._height, range(first, end))) <= self.room

    def could_hold(self, first: int, end: int) -> bool:
        """Whether a page of their own would hold rows."""
        return sum(map(self._height, [*self._repeated, *range(first, end)])) <= self.room

    def _height(self, row: int) -> float:
        return self._heights.get(row, USUAL_HEIGHT)


def rooms(page: Page, right: int) -> list[float]:
    """How many points of rows a page holds, for each of the fonts: a sheet is made as narrow as the paper, never wider.

    >>> from types import SimpleNamespace
    >>> sheet = SimpleNamespace(paper=9, landscape=True, fit=(1, 0), margins=(0.4, 0.4, 0.4, 0.5), widths=((0, 120.0),))
    >>> [round(room) for room in rooms(sheet, 0)]
    [530, 572]
    """
    short, long = PAPER_SIDES.get(page.paper, PAPER_SIDES[A4])
    wide, tall = (long, short) if page.landscape else (short, long)
    left, right_margin, top, bottom = page.margins
    widths = dict(page.widths)
    digits = sum(widths.get(col, 8.43) for col in range(right + 1)) / (page.fit[0] or 1)
    white = COLUMN_WHITE * (right + 1) / (page.fit[0] or 1)
    scales = [
        min(1.0, (wide - (left + right_margin) * POINTS_OF_INCH) / (digits * digit + white * digit / DIGIT_POINTS[0]))
        for digit in DIGIT_POINTS
    ]
    return [(tall - (top + bottom) * POINTS_OF_INCH) / scale for scale in scales]


def repeated_rows(placed: PlacedSheet) -> range:
    """The rows that stand above every page that follows them."""
    repeat = placed.template.page.repeat
    return range(placed.row(repeat[0]), placed.last_row(repeat[1]) + 1) if repeat else range(0)


def tied_rows_of(placed: PlacedSheet) -> Iterator[TiedRows]:
    """The sheet's rows in blocks: a heading with its table, a chart, what stands between blank rows."""
    template = placed.template
    told = _first_sizes(template)
    tied = {row for top, _, bottom, _ in template.merges for row in range(top + 1, bottom + 1)}
    begun: list[int] = []
    for row in range(template.page.bottom + 2):
        starts = row not in tied and (row not in told or _is_heading(row, told) or row - 1 not in told)
        if begun and (starts or row > template.page.bottom):
            yield _tied_rows(begun, placed)
            begun = []
        if (row in told or row in tied) and row <= template.page.bottom and not placed.left_out(row):
            begun.append(row)


def _tied_rows(rows: list[int], placed: PlacedSheet) -> TiedRows:
    first, end = placed.row(rows[0]), placed.last_row(rows[-1]) + 1
    repeated = next((row for row in rows if placed.last_row(row) > placed.row(row)), None)
    if repeated is None:
        return TiedRows(first, end, end)
    return TiedRows(first, min(placed.row(repeated) + LEAST_ROWS, end), end, table=True)


def _first_sizes(template: TemplateSheet) -> dict[int, float]:
    """The rows in which something stands, with the size of the letters of the first."""
    found: dict[int, float] = {}
    for spot in sorted(template.spots, key=lambda spot: (spot.row, spot.col)):
        if spot.text is not None and spot.row <= template.page.bottom:
            found.setdefault(spot.row, float(dict(spot.look).get("font_size", DESIGNED_FOR)))
    for chart in template.charts:
        found |= {row: found.get(row, 0.0) for row in range(chart.place[0], chart.place[2] + 1)}
    return found


def _is_heading(row: int, sizes: Mapping[int, float]) -> bool:
    """A heading is set in larger letters than what follows it."""
    return 0.0 < sizes.get(row + 1, 0.0) < sizes[row]
