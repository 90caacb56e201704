"""A sheet as it is cut into pages: how much a page holds, what belongs together, and which heads stand on every page.

A sheet can repeat the same rows on every page only: they are the heads of its table that runs over a page. What the
template repeats is repeated; where it repeats nothing, the heads are found.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from agriplan.workbook.layout.cell_room import DESIGNED_FOR, USUAL_WIDTH
from agriplan.workbook.layout.page_breaks import LEAST_ROWS, LEAST_SENTENCES, PagedRows, TiedRows, cut_blocks
from agriplan.workbook.layout.placement import PlacedSheet
from agriplan.workbook.template.page import A4, Page
from agriplan.workbook.template.sheet import TemplateSheet

# Points: the sides of A4 and A3, and of an inch.
PAPER_SIDES = {8: (841.9, 1190.6), 9: (595.3, 841.9)}
POINTS_OF_INCH = 72.0
# Points of a digit of the default font: the usual one, and the widest that stands in; and of the white in a column.
DIGIT_POINTS, COLUMN_WHITE = (5.25, 7.0), 3.75


def paged_rows(placed: PlacedSheet, heights: Mapping[int, float]) -> PagedRows | None:
    """How a sheet is cut into pages; `heights` are those that no scenario changes. None where the template says all."""
    page = placed.template.page
    if placed.template.plain or page.fit[1]:
        return None
    given, room = breaks_in_template(placed), rooms(page, placed.right)
    if page.repeat:
        repeated = repeated_in_template(placed)
        return PagedRows(room, repeated, given, list(tied_rows_of(placed, repeated)))
    sheet = PagedRows(room, (0, 0), given, list(tied_rows_of(placed, (0, 0))))
    heads = [found for block in _running_over(sheet, heights) if (found := heads_of(placed, block))]
    if not heads:
        return sheet
    repeated = heads[-1][0], heads[-1][-1] + 1
    return PagedRows(room, repeated, given, list(tied_rows_of(placed, repeated)))


def _running_over(sheet: PagedRows, heights: Mapping[int, float]) -> list[TiedRows]:
    """The tables that go on to another page; where only the usual letters make one do so, no other may follow it."""
    tables = [block for block in sheet.blocks if block.table]
    tight, *_, roomy = ([*cut_blocks(sheet, heights, room)] for room in sheet.rooms)
    return roomy or [block for block in tight if block == tables[-1]]


def breaks_in_template(placed: PlacedSheet) -> list[int]:
    """The rows before which the template ends a page.

    A break before rows that this workbook has not would leave what stands below them on a page of its own.
    """
    return [placed.row(row) for row in placed.template.page.breaks if not placed.left_out(row)]


def repeated_in_template(placed: PlacedSheet) -> tuple[int, int]:
    """The rows that the template repeats on every page: the first, and before which they end."""
    repeat = placed.template.page.repeat
    return (placed.row(repeat[0]), placed.last_row(repeat[1]) + 1) if repeat else (0, 0)


def rooms(page: Page, right: int) -> list[float]:
    """How many points of rows a page holds, for each of the fonts: a sheet is made as narrow as the paper, never wider.

    >>> from types import SimpleNamespace
    >>> sheet = SimpleNamespace(paper=9, landscape=True, fit=(1, 0), margins=(0.4, 0.4, 0.4, 0.5), widths=((0, 120.0),),
    ...                         column_breaks=(), repeat_columns=None)
    >>> [round(room) for room in rooms(sheet, 0)]
    [530, 572]
    """
    short, long = PAPER_SIDES.get(page.paper, PAPER_SIDES[A4])
    wide, tall = (long, short) if page.landscape else (short, long)
    left, right_margin, top, bottom = page.margins
    columns = max(1.0, columns_beside(page, right))  # a hidden sheet has nothing on paper
    scales = [
        min(1.0, (wide - (left + right_margin) * POINTS_OF_INCH) / (columns * digit / DIGIT_POINTS[0]))
        for digit in DIGIT_POINTS
    ]
    return [(tall - (top + bottom) * POINTS_OF_INCH) / scale for scale in scales]


def columns_beside(page: Page, right: int) -> float:
    """How many points wide, in the usual font, the widest of the pages is on which columns stand beside each other.

    What is repeated on the left counts on the pages behind its own.

    >>> from types import SimpleNamespace
    >>> widths = ((0, 10.0), (1, 60.0), (2, 20.0))
    >>> sheet = SimpleNamespace(fit=(2, 0), widths=widths, column_breaks=(2,), repeat_columns=(0, 0))
    >>> columns_beside(sheet, 2)
    375.0
    """
    widths = dict(page.widths)
    points = [widths.get(col, USUAL_WIDTH) * DIGIT_POINTS[0] + COLUMN_WHITE for col in range(right + 1)]
    first, last = page.repeat_columns or (0, -1)
    again = sum(points[first : last + 1])
    across = page.fit[0] or 1
    if across == 1 or not page.column_breaks:
        return (sum(points) + again * (across - 1)) / across
    return max(
        sum(points[start:end]) + again * (start > last) for start, end in pairwise([0, *page.column_breaks, right + 1])
    )


def tied_rows_of(placed: PlacedSheet, repeated: tuple[int, int]) -> Iterator[TiedRows]:
    """The sheet's rows in blocks: a heading with its table, a chart, what stands between blank rows."""
    charts = {chart.place[0] for chart in placed.template.charts}
    for rows in _template_blocks(placed.template):
        there = [row for row in rows if not placed.left_out(row)]
        # A chart right below a table is no part of it: a page may end between them.
        below = (
            at for at, row in enumerate(there) if row in charts and any(_is_repeated(one, placed) for one in there[:at])
        )
        cut = next(below, len(there))
        for each in (there[:cut], there[cut:]):
            if each:
                yield _tied_rows(each, placed, repeated)


def _template_blocks(template: TemplateSheet) -> Iterator[list[int]]:
    told = _first_sizes(template)
    tied = {row for top, _, bottom, _ in template.merges for row in range(top + 1, bottom + 1)}
    begun: list[int] = []
    for row in range(template.page.bottom + 2):
        starts = row not in tied and (row not in told or _is_heading(row, told) or row - 1 not in told)
        if begun and (starts or row > template.page.bottom):
            yield begun
            begun = []
        if (row in told or row in tied) and row <= template.page.bottom:
            begun.append(row)


def _tied_rows(rows: list[int], placed: PlacedSheet, repeated: tuple[int, int]) -> TiedRows:
    first, end = placed.row(rows[0]), placed.last_row(rows[-1]) + 1
    begin = next((placed.row(row) for row in rows if _is_repeated(row, placed)), None)
    if begin is None:
        return TiedRows(first, end, end)
    heads = _heads(rows, placed)
    whole = bool(heads) and heads[-1] + 1 != repeated[1]
    return TiedRows(first, begin, end, table=True, whole=whole, least=LEAST_ROWS if heads else LEAST_SENTENCES)


def _is_repeated(row: int, placed: PlacedSheet) -> bool:
    return placed.last_row(row) > placed.row(row)


def heads_of(placed: PlacedSheet, block: TiedRows) -> list[int]:
    """The rows that say what the columns of a block's table are."""
    return next(
        (
            _heads(there, placed)
            for rows in _template_blocks(placed.template)
            if (there := [row for row in rows if not placed.left_out(row)]) and placed.row(there[0]) == block.first
        ),
        [],
    )


def _heads(rows: list[int], placed: PlacedSheet) -> list[int]:
    """The single rows above the longest run of repeated ones, without the heading."""
    sizes = _first_sizes(placed.template)
    longest = max(rows, key=lambda row: placed.last_row(row) - placed.row(row))
    found: list[int] = []
    for row in reversed(rows[: rows.index(longest)]):
        if _is_repeated(row, placed):
            if found:
                break
            continue
        if _is_heading(row, sizes):
            break
        found.insert(0, placed.row(row))
    return found


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
