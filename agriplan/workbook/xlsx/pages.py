"""How a sheet is printed and seen: paper and breaks, panes and filters, from the template's page."""

from collections.abc import Sequence

from agriplan.workbook.description import Slot, Value
from agriplan.workbook.layout.expansion import constant, with_values
from agriplan.workbook.layout.page_breaks import page_breaks
from agriplan.workbook.layout.row_heights import Wrapping, settled_heights
from agriplan.workbook.layout.sheets import LaidSheet, Layout
from agriplan.workbook.template.page import Page
from agriplan.workbook.template.reading import Template
from agriplan.workbook.xlsx.texts import in_margin
from agriplan.workbook.xlsx.worksheet import QuickWorksheet

# Frozen rows must leave room for the rest: LibreOffice drops the panes of a template, not its print titles.
NEAR_TOP, TITLE_ROWS = 8, 2


def set_print(
    worksheet: QuickWorksheet, sheet: LaidSheet, texts: Sequence[Wrapping], layout: Layout, template: Template
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
    worksheet.set_h_pagebreaks(page_breaks(placed, settled_heights(sheet, texts, layout.book)))
    worksheet.set_v_pagebreaks(list(page.column_breaks))
    if page.repeat:
        worksheet.repeat_rows(placed.row(page.repeat[0]), placed.last_row(page.repeat[1]))
    if page.repeat_columns:
        worksheet.repeat_columns(*page.repeat_columns)
    for text, put in ((page.header, worksheet.put_header), (page.footer, worksheet.put_footer)):
        if text:
            put(with_values(text, lambda name: _in_margin(constant(name, placed.sheet, layout.book, template))))


def _in_margin(value: Value) -> Value:
    return value if isinstance(value, Slot) else in_margin(value)


def _usual_panes(page: Page) -> tuple[int, int]:
    """Where a template has lost its panes: below a repeated header near the top, or below the title."""
    if page.repeat and page.repeat[1] < NEAR_TOP:
        return page.repeat[1] + 1, 0
    return TITLE_ROWS, 0


def set_view(worksheet: QuickWorksheet, sheet: LaidSheet) -> None:
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
