"""A layout becomes the bytes of an xlsx file."""

import datetime as dt
import math
from collections.abc import Iterator
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from agriplan.workbook.description import Book, Value
from agriplan.workbook.layout.conditional_formats import Accent
from agriplan.workbook.layout.expansion import constant
from agriplan.workbook.layout.row_heights import row_heights
from agriplan.workbook.layout.sheets import LaidSheet, Layout, lay_out
from agriplan.workbook.template.cell_formats import Key
from agriplan.workbook.template.page import Page
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.tokens import fill
from agriplan.workbook.xlsx.charts import insert_chart
from agriplan.workbook.xlsx.validation import add_validations
from agriplan.workbook.xlsx.worksheet import QuickWorksheet

# Bytes must not depend on when they were made; the fingerprint says from what.
CREATED = dt.datetime(2021, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_PROPERTIES = ("title", "subject", "author", "manager", "company", "category", "keywords", "comments", "status")
# What may still be done to a protected sheet: making room to read it.
_ALLOWED = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
_A4 = 9
# A constant is kept as exactly as a spreadsheet keeps it; what a formula comes to is worked out anew, and is stored a
# thousand times as exactly as the promise that both agree.
CONSTANT_DIGITS, DIGITS = 15, 12
# Whole numbers below this are printed digit by digit.
WHOLE = 1e15
# Frozen rows must leave room for the rest: LibreOffice drops the panes of a template, not its print titles.
NEAR_TOP, TITLE_ROWS = 8, 2


def render(template: Template, book: Book) -> bytes:
    """Lay out a book and write it; the same template and book give the same bytes."""
    layout = lay_out(template, book)
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    if template.theme:
        workbook.use_custom_theme(StringIO(template.theme))
    _set_properties(workbook, book)
    formats: dict[Key, Format] = {}
    sheets = [workbook.add_worksheet(sheet.title, worksheet_class=QuickWorksheet) for sheet in layout.sheets]
    for sheet, worksheet in zip(layout.sheets, sheets, strict=True):
        _write_sheet(worksheet, sheet, layout, template, workbook, formats)
    for name, place in layout.names:
        workbook.define_name(name, place)
    workbook.close()
    return buffer.getvalue()


def _set_properties(workbook: Workbook, book: Book) -> None:
    known = {name: text for name, text in book.properties.items() if name in _PROPERTIES}
    workbook.set_properties({**known, "created": CREATED})
    for name, text in book.properties.items():
        if name not in _PROPERTIES:
            workbook.set_custom_property(name, text, "text")


def _format(look: Key, workbook: Workbook, formats: dict[Key, Format]) -> Format:
    """One format per look, however many cells have it."""
    if look not in formats:
        formats[look] = workbook.add_format(dict(look))
    return formats[look]


def _write_sheet(
    worksheet: QuickWorksheet,
    sheet: LaidSheet,
    layout: Layout,
    template: Template,
    workbook: Workbook,
    formats: dict[Key, Format],
) -> None:
    _set_size(worksheet, sheet)
    _merge(worksheet, sheet)
    worksheet.lay(_ready(sheet, workbook, formats))
    _link(worksheet, sheet, layout)
    add_validations(worksheet, sheet.inputs, layout.book.lang, sheet.headings())
    for accent in sheet.accents:
        _add_accent(worksheet, accent, workbook, formats)
    for chart, place in sheet.charts:
        insert_chart(workbook, worksheet, chart, place, sheet, layout, template)
    _set_print(worksheet, sheet, layout, template)
    _set_view(worksheet, sheet)
    worksheet.protect("", _ALLOWED)


def _ready(
    sheet: LaidSheet, workbook: Workbook, formats: dict[Key, Format]
) -> Iterator[tuple[int, int, Format, Value, str | None]]:
    """The cells with their formats: most share a look, and to know it again is quicker than to compare it."""
    seen: dict[int, Format] = {}
    for row, col, look, value, formula in sheet.cells:
        known = seen.get(id(look))
        if known is None:
            known = seen[id(look)] = _format(look, workbook, formats)
        yield row, col, known, _kept(value, DIGITS if formula else CONSTANT_DIGITS), formula


def _kept(value: Value, digits: int) -> Value:
    """A number to so many significant digits: the last bits are noise, and noise does not compress."""
    if type(value) is not float or not math.isfinite(value):
        return value
    kept = float(f"{value:.{digits}g}") + 0.0
    return int(kept) if kept.is_integer() and abs(kept) < WHOLE else kept


def _merge(worksheet: QuickWorksheet, sheet: LaidSheet) -> None:
    for first_row, first_col, last_row, last_col in sheet.poured.merges():
        worksheet.merge_range(first_row, first_col, last_row, last_col, "")


def _link(worksheet: QuickWorksheet, sheet: LaidSheet, layout: Layout) -> None:
    """A click leads to the cell; what the cell shows stays as it was laid."""
    for row, col, target in sheet.links:
        cell = worksheet.table[row][col]
        worksheet.write_url(row, col, f"internal:{layout.target(target)}", cell_format=cell.format, string="-")
        worksheet.table[row][col] = cell


def _add_accent(worksheet: QuickWorksheet, accent: Accent, workbook: Workbook, formats: dict[Key, Format]) -> None:
    look = tuple(each for each in accent.accent if each[0] != "pattern")
    rule: dict[str, object] = {"format": _format(look, workbook, formats)}
    word = None if accent.word is None else '"' + accent.word.replace('"', '""') + '"'
    if accent.flag and word:
        cell = xl_rowcol_to_cell(accent.ranges[0][0], accent.ranges[0][1])
        rule |= {"type": "formula", "criteria": f"=AND({accent.flag}=1,{cell}={word})"}
    elif accent.flag:
        rule |= {"type": "formula", "criteria": f"={accent.flag}=1"}
    else:
        rule |= {"type": "cell", "criteria": "==", "value": word}
    first = accent.ranges[0]
    if len(accent.ranges) > 1:
        rule["multi_range"] = " ".join(xl_range(*each) for each in accent.ranges)
    worksheet.conditional_format(*first, rule)


def _set_size(worksheet: QuickWorksheet, sheet: LaidSheet) -> None:
    page = sheet.template.page
    for col, width in page.widths:
        if col <= sheet.poured.right:
            worksheet.set_column(col, col, width)
    for row, height in row_heights(sheet).items():
        worksheet.set_row(row, height)


def _set_print(worksheet: QuickWorksheet, sheet: LaidSheet, layout: Layout, template: Template) -> None:
    page, poured = sheet.template.page, sheet.poured
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(*page.fit)
    worksheet.set_margins(*page.margins)
    worksheet.print_area(0, 0, poured.last_row(page.bottom), poured.right)
    if page.landscape:
        worksheet.set_landscape()
    if page.centred:
        worksheet.center_horizontally()
    worksheet.set_h_pagebreaks([poured.row(row) for row in page.breaks])
    if page.repeat:
        worksheet.repeat_rows(poured.row(page.repeat[0]), poured.last_row(page.repeat[1]))
    for text, put in ((page.header, worksheet.set_header), (page.footer, worksheet.set_footer)):
        if text:
            put(fill(text, lambda name: _in_margin(constant(name, poured.sheet, layout.book, template))))


def _in_margin(value: object) -> str:
    """A value within a header or footer, where `&` begins a code (`&Z` shows where the file lies)."""
    return str(value).replace("&", "&&")


def _usual_panes(page: Page) -> tuple[int, int]:
    """Where a template has lost its panes: below a repeated header near the top, or below the title."""
    if page.repeat and page.repeat[1] < NEAR_TOP:
        return page.repeat[1] + 1, 0
    return TITLE_ROWS, 0


def _set_view(worksheet: QuickWorksheet, sheet: LaidSheet) -> None:
    page, poured = sheet.template.page, sheet.poured
    panes = page.panes or _usual_panes(page)
    worksheet.freeze_panes(poured.row(panes[0]), panes[1])
    if not page.gridlines:
        worksheet.hide_gridlines(2)
    worksheet.set_zoom(page.zoom)
    if page.tab:
        worksheet.set_tab_color(f"#{page.tab}")
