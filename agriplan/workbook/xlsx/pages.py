"""How a sheet is printed and seen: paper and breaks, panes and filters, from the template's page."""

from collections.abc import Container, Iterator, Sequence

from agriplan.workbook.description import Slot, Value
from agriplan.workbook.layout.expansion import constant, with_values
from agriplan.workbook.layout.page_breaks import page_breaks
from agriplan.workbook.layout.paging import breaks_in_template, paged_rows, repeated_in_template
from agriplan.workbook.layout.row_heights import USUAL_HEIGHT, RowHeights, Wrapping, settled_heights
from agriplan.workbook.layout.sheets import LaidSheet, Layout
from agriplan.workbook.template.page import Page
from agriplan.workbook.template.reading import Template
from agriplan.workbook.xlsx.carried import hidden_rows
from agriplan.workbook.xlsx.shows import FollowingRow, RowText, row_breaks
from agriplan.workbook.xlsx.texts import in_margin
from agriplan.workbook.xlsx.worksheet import BulkWorksheet

# Frozen rows must leave room for the rest: LibreOffice drops the panes of a template, not its print titles.
NEAR_TOP, TITLE_ROWS = 8, 2


def set_print(
    worksheet: BulkWorksheet,
    sheet: LaidSheet,
    texts: Sequence[Wrapping],
    rows: RowHeights,
    layout: Layout,
    template: Template,
) -> None:
    """Paper, margins, scale, breaks, what is repeated on every page, header and footer, as the template says."""
    page, placed = sheet.template.page, sheet.placed
    worksheet.set_paper(page.paper)
    worksheet.fit_to_pages(*page.fit)
    worksheet.set_margins(*page.margins)
    if page.bounded or (placed.right >= 0 and not sheet.template.plain):
        worksheet.print_area(0, 0, placed.last_row(page.bottom), page.right if page.bounded else placed.right)
    if page.landscape:
        worksheet.set_landscape()
    if page.centred:
        worksheet.center_horizontally()
    _set_pages(worksheet, sheet, texts, rows, layout)
    worksheet.set_v_pagebreaks(list(page.column_breaks))
    if page.repeat_columns:
        worksheet.repeat_columns(*page.repeat_columns)
    for text, put in ((page.header, worksheet.put_header), (page.footer, worksheet.put_footer)):
        if text:
            put(with_values(text, lambda name: _in_margin(constant(name, placed.sheet, layout.book, template))))


def _set_pages(
    worksheet: BulkWorksheet, sheet: LaidSheet, texts: Sequence[Wrapping], rows: RowHeights, layout: Layout
) -> None:
    """Where pages end, and the rows that are repeated on each."""
    placed = sheet.placed
    paged = paged_rows(placed, settled_heights(sheet, texts, layout.book))
    first, end = paged.repeated if paged else repeated_in_template(placed)
    if end:
        worksheet.repeat_rows(first, end - 1)
    if paged is None:
        worksheet.set_h_pagebreaks(breaks_in_template(placed))
        return
    hidden = hidden_rows(sheet)
    blank = [row for row, shown_by in sheet.spare.items() if shown_by in (None, "")]
    heights = rows.heights | dict.fromkeys([*blank, *hidden], 0.0)
    following = list(_following_rows(worksheet, sheet, rows, hidden))
    if following:
        worksheet.breaks = row_breaks(paged, heights, following)
    else:
        worksheet.set_h_pagebreaks(page_breaks(paged, heights))


def _following_rows(
    worksheet: BulkWorksheet, sheet: LaidSheet, rows: RowHeights, hidden: Container[int]
) -> Iterator[FollowingRow]:
    """The rows whose height, or whether they are shown, follows from the scenario."""
    shown_by = {row: each.number for row, each in sheet.spare.items() if isinstance(each, Slot)}
    for row in dict.fromkeys((*rows.following, *shown_by)):
        if row not in hidden:
            texts = [
                RowText(worksheet.numbers.of(content), room, size)
                for content, room, size in rows.following.get(row, ())
            ]
            yield FollowingRow(row, rows.heights.get(row, USUAL_HEIGHT), texts, shown_by.get(row))


def _in_margin(value: Value) -> Value:
    return value if isinstance(value, Slot) else in_margin(value)


def _usual_panes(page: Page) -> tuple[int, int]:
    """Where a template has lost its panes: below a repeated header near the top, or below the title."""
    if page.repeat and page.repeat[1] < NEAR_TOP:
        return page.repeat[1] + 1, 0
    return TITLE_ROWS, 0


def set_view(worksheet: BulkWorksheet, sheet: LaidSheet) -> None:
    """Panes, grid lines, zoom, buttons of filters and the colour of the tab."""
    page, placed = sheet.template.page, sheet.placed
    panes = page.panes or (None if sheet.template.plain else _usual_panes(page))
    if panes:
        worksheet.freeze_panes(placed.row(panes[0]), panes[1])
    if not page.gridlines:
        worksheet.hide_gridlines(2)
    worksheet.set_zoom(page.zoom)
    if page.filters:
        top, left, bottom, right = page.filters
        while placed.left_out(bottom) and bottom > top:
            bottom -= 1
        worksheet.autofilter(placed.row(top), left, placed.last_row(bottom), right)
    if page.tab:
        worksheet.set_tab_color(f"#{page.tab}")
