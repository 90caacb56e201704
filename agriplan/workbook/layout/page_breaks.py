"""Where a sheet's pages end on paper: never between a heading and its table, in a table only where no page holds it.

Applications break pages wherever a page is full. Which row that is follows from the width of their letters: with the
usual ones a sheet is printed as it is, with the wider ones that stand in for them it is made smaller, and a page holds
more rows. Breaks are set where either would cut what one page can hold.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from agriplan.workbook.layout.row_heights import USUAL_HEIGHT

# A page is ended early only where so much of it is filled; a table that is cut shows so many of its rows on both sides.
LEAST_FILLED, LEAST_ROWS = 0.37, 3
# Sentences under a heading can be read where fewer stand on a page. What is no table and has more rows is a chart.
LEAST_SENTENCES, ROWS_OF_CHART = 2, 6


class TiedRows(NamedTuple):
    """Rows that belong together, from `first` to before `end`: a table's begin with `begin`, behind heading and heads.

    A table is `whole` where its rows must not go on to another page: its heads would not stand there. At
    `least` so many of its rows stand below its heads.
    """

    first: int
    begin: int
    end: int
    table: bool = False
    whole: bool = False
    least: int = LEAST_ROWS

    @property
    def lead(self) -> int:
        """Before here stand the heading, the heads and a few rows."""
        return min(self.begin + self.least, self.end) if self.table else self.end


class PagedRows(NamedTuple):
    """A sheet as it is cut into pages.

    How many points of rows a page holds, for each of the fonts; the rows repeated on every page (the first, and before
    which they end); the breaks that the template gives; and what belongs together.
    """

    rooms: Sequence[float]
    repeated: tuple[int, int]
    given: Sequence[int]
    blocks: Sequence[TiedRows]


def page_breaks(sheet: PagedRows, heights: Mapping[int, float]) -> list[int]:
    """The rows before which a page ends: the template's, and those before what would be cut."""
    papers = [Paper(room, sheet.repeated, heights) for room in sheet.rooms]
    breaks, given = set[int](), {*sheet.given}
    for before, block in pairwise([TiedRows(0, 0, 0), *sheet.blocks]):
        ends = [row for row in sheet.given if before.first < row <= block.first]
        for paper in papers:
            paper.fill(before.end, block.first)
        if ends or (block.first and _ends_before(block, papers)):
            # A page that has just begun with blank rows would be left blank: the break goes above these.
            end = ends[-1] if ends else block.first
            row = min((paper.begun for paper in papers if before.end <= paper.begun < end), default=end)
            breaks.add(row)
            if ends:
                given = given - {end} | {row}
            for paper in papers:
                paper.turn(row)
                paper.fill(row, block.first)
        for paper in papers:
            paper.fill(block.first, block.end)
    found, last = given | breaks, papers[-1]
    if last.begun in {0, *given} or last.used >= LEAST_FILLED * last.room:
        return sorted(found)
    return sorted(_with_fuller_end(sheet, found, heights, last))


def _with_fuller_end(sheet: PagedRows, breaks: set[int], heights: Mapping[int, float], last: "Paper") -> set[int]:
    """Breaks with which a last page of heads and who signs takes rows along of the table before it.

    Only of a table whose heads are repeated, and not where another page would then have little on it. Where more rows
    stand on it, all pages of the table share its rows if they can: how pages follow from each other for nine pages is
    not known to the row, and so each of them is ended.
    """
    table = next((block for block in reversed(sheet.blocks) if block.table and block.first < last.begun), None)
    if table is None or table.whole:
        return breaks
    if last.begun <= table.end - LEAST_ROWS and (even := _evenly_filled(sheet, table, breaks, heights)) != breaks:
        return even
    least = {room: LEAST_FILLED * room for room in sheet.rooms}
    for row in range(table.end - LEAST_ROWS, table.begin + LEAST_ROWS - 1, -1):
        found = {*breaks, row} - {last.begun}
        ends = {room: pages_filled(sheet, found, heights, room)[-2:] for room in sheet.rooms}
        if any(begun > row for (_, _), (begun, _) in ends.values()):
            break
        if all(filled >= least[room] for room, pages in ends.items() for _, filled in pages):
            return found
    return breaks


def _evenly_filled(sheet: PagedRows, table: TiedRows, breaks: set[int], heights: Mapping[int, float]) -> set[int]:
    """Breaks with which the pages that the last table stands on hold about as much; as before where one would not."""
    kept = {row for row in breaks if row <= table.first or row in sheet.given}
    pages = {room: pages_filled(sheet, kept, heights, room) for room in sheet.rooms}
    count = max(sum(begun > table.first for begun, _ in found) for found in pages.values())
    tight = sheet.rooms[0]
    whole = Paper(float("inf"), sheet.repeated, heights)
    begun = max(row for row, _ in pages[tight] if row <= table.first)
    end = max(block.end for block in sheet.blocks)
    whole.fill(begun, end)
    each = (whole.used + count * whole.above) / (count + 1)
    found, paper = set(kept), Paper(float("inf"), sheet.repeated, heights)
    paper.fill(begun, table.begin + LEAST_ROWS)
    for row in range(table.begin + LEAST_ROWS, table.end - LEAST_ROWS + 1):
        if paper.used + paper.height(row) / 2 > each and len(found) < len(kept) + count:
            found.add(row)
            paper.turn(row)
        paper.fill(row, row + 1)
    ends = {room: pages_filled(sheet, found, heights, room) for room in sheet.rooms}
    full = all(filled >= LEAST_FILLED * room for room, ended in ends.items() for row, filled in ended if row > begun)
    return found if full and all({row for row, _ in one if row > begun} <= found for one in ends.values()) else breaks


def pages_filled(
    sheet: PagedRows, breaks: Collection[int], heights: Mapping[int, float], room: float
) -> list[tuple[int, float]]:
    """The pages of a sheet that hold so many points of rows: the first row of each, and how many points it has."""
    paper, pages = Paper(room, sheet.repeated, heights), list[tuple[int, float]]()
    for row in range(max((block.end for block in sheet.blocks), default=0)):
        page = paper.begun, paper.used
        if row in breaks:
            paper.turn(row)
        paper.fill(row, row + 1)
        if paper.begun != page[0]:
            pages.append(page)
    return [*pages, (paper.begun, paper.used)]


def _ends_before(block: TiedRows, papers: "Sequence[Paper]") -> bool:
    """Whether a page ends before a block: where it would be cut and fits on one, or would lose its heading."""
    roomiest = papers[-1]
    begun = roomiest.used >= LEAST_FILLED * roomiest.room
    # Where a page has hardly begun, as below a title, a row beside the heads is better than a page of a title alone.
    lead = block.lead if begun or not block.table else min(block.begin + 1, block.end)
    held = [paper.holds(block.first, lead) for paper in papers]
    # Who signs goes over to the next page by itself; a chart would be cut, with what stands beside it.
    is_chart = block.end - block.first > ROWS_OF_CHART
    if not (all(held) if block.table or is_chart else any(held)):
        return True
    cut = not any(paper.holds(block.first, block.end) for paper in papers)
    return block.whole and begun and cut and roomiest.could_hold(block.first, block.end)


def cut_blocks(sheet: PagedRows, heights: Mapping[int, float], room: float) -> list[TiedRows]:
    """The tables that go on to another page where a page holds so many points of rows."""
    begun = [row for row, _ in pages_filled(sheet, page_breaks(sheet, heights), heights, room)]
    return [block for block in sheet.blocks if block.table and any(block.begin < row < block.end for row in begun)]


class Paper:
    """A page as it is filled, in points of the sheet's rows, with the row that it begins with."""

    def __init__(self, room: float, repeated: Sequence[int], heights: Mapping[int, float]) -> None:
        self.room, self.used, self.begun = room, 0.0, 0
        self._end, self.heights = repeated[1], heights
        self.above = sum(map(self.height, range(*repeated)))
        self._row = -1

    def fill(self, first: int, end: int) -> None:
        """Print rows, on the next page where this one is full."""
        for row in range(first, end):
            height = self.height(row)
            if self.used + height > self.room:
                self.turn(self._row + 1)
            self._row = row
            self.used += height

    def turn(self, row: int) -> None:
        """Begin a page with a row, below the rows that are repeated on each."""
        self.begun = row
        self.used = self.above if self.begun >= self._end else 0.0

    def holds(self, first: int, end: int) -> bool:
        """Whether rows find room on what is left of the page."""
        return self.used + sum(map(self.height, range(first, end))) <= self.room

    def could_hold(self, first: int, end: int) -> bool:
        """Whether a page of their own would hold rows."""
        return self.above + sum(map(self.height, range(first, end))) <= self.room

    def height(self, row: int) -> float:
        """The points of a row."""
        return self.heights.get(row, USUAL_HEIGHT)


def breaks_written(breaks: Iterable[int]) -> str:
    """Breaks as the part of a sheet holds them, as XlsxWriter writes them; none is nothing.

    >>> breaks_written([12])
    '<rowBreaks count="1" manualBreakCount="1"><brk id="12" max="16383" man="1"/></rowBreaks>'
    >>> breaks_written([])
    ''
    """
    rows = [row for row in breaks if row]
    each = "".join(_written(rows))
    return f'<rowBreaks count="{len(rows)}" manualBreakCount="{len(rows)}">{each}</rowBreaks>' if rows else ""


def _written(rows: Sequence[int]) -> Iterator[str]:
    return (f'<brk id="{row}" max="16383" man="1"/>' for row in rows)
