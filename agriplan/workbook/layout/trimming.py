"""What a template sheet has one too many of in a workbook: columns of a third scenario where two are compared.

Their places stay blank, and the other columns take their width; a heading merged over several of them ends with the
last that is there, and of charts side by side the only one that is drawn takes the room of all. The legend of rows that
a workbook has none of, as of its own league in the region's, is left out.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.description import FLAG, Book, Sheet
from agriplan.workbook.template.carried import Range
from agriplan.workbook.template.page import Page
from agriplan.workbook.template.sheet import ChartPlace, Spot, TemplateSheet
from agriplan.workbook.template.tokens import worded_token

# Digits that are left of a column in which nothing stands.
_SLIM = 0.5


def trimmed(
    template: TemplateSheet,
    sheet: Sheet,
    book: Book,
    says_nothing: Callable[[Spot], bool],
    title_of: Callable[[str], str],
) -> TemplateSheet:
    """The template sheet as this sheet of the book needs it; `title_of` puts values into the title of a chart."""
    blank = {(spot.row, spot.col) for spot in template.spots if says_nothing(spot)}
    shorter = {merge: _shorter(merge, blank) for merge in template.merges} if blank else {}
    behind = {
        (row, col)
        for old, new in shorter.items()
        for row in range(old[0], old[2] + 1)
        for col in range(new[3] + 1, old[3] + 1)
    }
    drawn = {chart for chart in template.charts if chart.name in CHARTS and CHARTS[chart.name].drawn(sheet, book)}
    charts = [
        replace(chart, title=title_of(chart.title), place=_widened(chart, template.charts, drawn))
        for chart in template.charts
    ]
    return replace(
        template,
        spots=tuple(
            spot for spot in template.spots if (spot.row, spot.col) not in behind and not _marks_no_row(spot, book)
        ),
        merges=tuple(shorter.get(merge, merge) for merge in template.merges),
        charts=tuple(charts),
        page=_filled(template.page, {col for _, col in blank} - _used(template, blank)),
    )


def _used(template: TemplateSheet, blank: set[tuple[int, int]]) -> set[int]:
    """The columns in which something stands, charts too."""
    charts = {col for chart in template.charts for col in range(chart.place[1], chart.place[3] + 1)}
    return charts | {spot.col for spot in template.spots if (spot.row, spot.col) not in blank}


def _filled(page: Page, empty: set[int]) -> Page:
    """The page with the width of empty columns given to the others, each in its proportion."""
    slim = {col: min(width, _SLIM) for col, width in page.widths if col in empty and col <= page.right}
    full = {col: width for col, width in page.widths if col not in empty and col <= page.right}
    if not slim:
        return page
    freed = sum(width - slim[col] for col, width in page.widths if col in slim)
    wider = 1 + freed / sum(full.values())
    widths = tuple(
        (col, slim.get(col, round(width * wider, 2) if col in full else width)) for col, width in page.widths
    )
    return replace(page, widths=widths)


def _marks_no_row(spot: Spot, book: Book) -> bool:
    """Whether this is a legend of rows (`row.own`) that has none to mark in this workbook."""
    worded = worded_token(spot.text)
    family, _, flag = worded.name.partition(".") if worded else ("", "", "")
    if family != "row":
        return False
    columns = [
        column
        for sheet in book.sheets.values()
        for table in sheet.tables.values()
        for name, column in table.columns.items()
        if re.sub(r"_[0-9]+$", "", name).removeprefix(FLAG) == flag and not column.inputs
    ]
    return not any(column.formula or column.varies or any(column.values) for column in columns)


def _shorter(merge: Range, blank: set[tuple[int, int]]) -> Range:
    """A heading in one row without the last of its columns that are blank in the row below.

    >>> _shorter((7, 1, 7, 6), {(8, 5), (8, 6), (8, 3)}), _shorter((7, 1, 8, 6), {(8, 6)})
    ((7, 1, 7, 4), (7, 1, 8, 6))
    """
    top, left, bottom, right = merge
    while top == bottom and right > left and (top + 1, right) in blank:
        right -= 1
    return top, left, bottom, right


def _widened(chart: ChartPlace, charts: tuple[ChartPlace, ...], drawn: set[ChartPlace]) -> Range:
    top, left, bottom, right = chart.place
    beside = [one for one in charts if (one.place[0], one.place[2]) == (top, bottom)]
    if chart not in drawn or any(one in drawn for one in beside if one != chart):
        return chart.place
    return top, min(left, *(one.place[1] for one in beside)), bottom, max(right, *(one.place[3] for one in beside))
