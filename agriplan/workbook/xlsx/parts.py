"""XlsxWriter writes the parts of a laid out workbook; where something follows from a scenario, they are to be cut."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from agriplan.workbook.description import Phrase, Slot, Value
from agriplan.workbook.layout.conditional_formats import ConditionalFormat
from agriplan.workbook.layout.placement import HELPER
from agriplan.workbook.layout.row_heights import USUAL_HEIGHT, RowHeights, row_heights, wrapping_texts
from agriplan.workbook.layout.sheets import LaidSheet, Layout
from agriplan.workbook.template.cell_formats import Key
from agriplan.workbook.template.reading import Template
from agriplan.workbook.xlsx.carried import hidden_rows, hide, lead, show_tabs, write_carried, write_own_formats
from agriplan.workbook.xlsx.charts import insert_chart
from agriplan.workbook.xlsx.pages import set_print, set_view
from agriplan.workbook.xlsx.shows import Cut, Numbers, RowText
from agriplan.workbook.xlsx.single_parts import SHARED, SharedTexts, set_properties, texts_of_shape
from agriplan.workbook.xlsx.texts import CONSTANT_DIGITS, DIGITS, rounded
from agriplan.workbook.xlsx.validation import SIGNING, add_validations
from agriplan.workbook.xlsx.worksheet import BulkWorksheet

# What may still be done to a protected sheet: making room to read it, filtering, copying its charts.
_ALLOWED = dict.fromkeys(
    ("format_columns", "format_rows", "select_locked_cells", "select_unlocked_cells", "autofilter", "objects"), True
)
# A theme lists a font for each of forty scripts, of which these workbooks use Latin (said before the list), Chinese and
# Mongolian.
_FOREIGN_FONTS = re.compile(r'<a:font script="(?!Hans|Mong)\w+" typeface="[^"]*"/>')


@dataclass(frozen=True)
class WrittenParts:
    """The parts of a workbook as texts, where they are cut, and the texts that cells share."""

    texts: Mapping[str, str]
    cuts: Mapping[str, Sequence[Cut]]
    shared: SharedTexts
    phrases: Sequence[Phrase]
    pictures: Mapping[str, bytes]


class _PartsPackager(Packager):  # type: ignore[misc]
    """Hands over the parts instead of packing them."""

    def _write_app_file(self) -> None:
        """Leave out the copy of all names that readers need not have: it is as long as the names themselves."""
        self.named_ranges: list[str] = []
        super()._write_app_file()

    def _write_shared_strings_file(self) -> None:
        """Leave the texts of cells to `SharedTexts`, unless it has numbered them already."""
        if self.workbook.has_numbers:
            super()._write_shared_strings_file()
        elif self.workbook.str_table.count:
            self._filename(SHARED)

    def _create_package(self) -> list[object]:
        parts = list(super()._create_package())
        self.workbook.parts = {name: text.getvalue() for text, name, is_binary in parts if not is_binary}
        self.workbook.pictures = {name: data.getvalue() for data, name, is_binary in parts if is_binary}
        return []


class _PartsWorkbook(Workbook):  # type: ignore[misc]
    has_numbers = False

    def _get_packager(self) -> Packager:
        return _PartsPackager()


def write_parts(
    layout: Layout,
    template: Template,
    numbers: Numbers,
    sheet_class: type[BulkWorksheet] = BulkWorksheet,
    texts: Mapping[str, int] | None = None,
) -> WrittenParts:
    """Have XlsxWriter write the parts of a layout; `texts` are shared texts that have their numbers already."""
    workbook = _PartsWorkbook(BytesIO(), {"in_memory": True})
    shared, workbook.has_numbers = workbook.str_table, texts is not None
    shared.string_table, shared.unique_count = dict(texts or {}), len(texts or {})
    if template.theme:
        workbook.use_custom_theme(StringIO(_FOREIGN_FONTS.sub("", template.theme)))
    set_properties(workbook, layout.book.properties)
    formats: dict[Key, Format] = {}
    sheets = [workbook.add_worksheet(sheet.title, worksheet_class=sheet_class) for sheet in layout.sheets]
    for sheet, worksheet in zip(layout.sheets, sheets, strict=True):
        worksheet.numbers = numbers
        _write_sheet(worksheet, sheet, layout, template, workbook, formats)
    show_tabs(sheets, layout)
    for name, place in layout.names:
        workbook.define_name(name, place)
    fixed = dict(shared.string_table)
    workbook.close()
    cuts = {f"xl/worksheets/sheet{number}.xml": sheet.cuts for number, sheet in enumerate(sheets, 1)}
    cuts |= {f"xl/charts/chart{number}.xml": chart.cuts for number, chart in enumerate(workbook.charts, 1)}
    # Each worksheet holds a method of its workbook, which holds them all: without this circle they go at once.
    for worksheet in sheets:
        worksheet.workbook_add_format = None
    texts_of_cells = texts_of_shape(fixed, shared.count)
    return WrittenParts(workbook.parts, cuts, texts_of_cells, list(numbers.phrases), workbook.pictures)


def _format(look: Key, workbook: Workbook, formats: dict[Key, Format]) -> Format:
    """One format per look, however many cells have it."""
    if look not in formats:
        formats[look] = workbook.add_format(dict(look))
    return formats[look]


def _write_sheet(
    worksheet: BulkWorksheet,
    sheet: LaidSheet,
    layout: Layout,
    template: Template,
    workbook: Workbook,
    formats: dict[Key, Format],
) -> None:
    texts = list(wrapping_texts(sheet))
    rows = row_heights(sheet, texts)
    _set_size(worksheet, sheet, rows)
    _merge(worksheet, sheet)
    worksheet.helper = _format(HELPER, workbook, formats)
    worksheet.lay(_ready(sheet, workbook, formats))
    _link(worksheet, sheet, layout)
    write_carried(worksheet, sheet)
    inputs = [*sheet.inputs, *((row, col, SIGNING) for row, col in sheet.placed.open_cells())]
    add_validations(worksheet, inputs, layout.book.lang, sheet.headings())
    write_own_formats(worksheet, sheet, lambda look: _format(look, workbook, formats))
    for given in sheet.conditional_formats:
        _add_conditional_format(worksheet, given, workbook, formats)
    for chart, place in sheet.charts:
        insert_chart(workbook, worksheet, chart, place, sheet, layout, template)
    set_print(worksheet, sheet, texts, rows, layout, template)
    set_view(worksheet, sheet)
    if sheet.template.page.protected or not sheet.template.plain:
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
        if type(value) is float:
            value = rounded(value, DIGITS if formula else CONSTANT_DIGITS)  # noqa: PLW2901
        yield row, col, known, value, formula


def _merge(worksheet: BulkWorksheet, sheet: LaidSheet) -> None:
    for first_row, first_col, last_row, last_col in sheet.placed.merges():
        worksheet.merge_range(first_row, first_col, last_row, last_col, "")


def _link(worksheet: BulkWorksheet, sheet: LaidSheet, layout: Layout) -> None:
    """A click leads to the cell, where its sheet has a tab."""
    for row, col, target in sheet.links:
        if layout.leads(target):
            lead(worksheet, row, col, f"internal:{layout.target(target)}")


def _add_conditional_format(
    worksheet: BulkWorksheet, given: ConditionalFormat, workbook: Workbook, formats: dict[Key, Format]
) -> None:
    look = tuple(each for each in given.legend if each[0] != "pattern")
    rule: dict[str, object] = {"format": _format(look, workbook, formats)}
    word = None if given.word is None else '"' + given.word.replace('"', '""') + '"'
    if given.flag and word:
        cell = xl_rowcol_to_cell(given.ranges[0][0], given.ranges[0][1])
        rule |= {"type": "formula", "criteria": f"=AND({given.flag}=1,{cell}={word})"}
    elif given.test:
        rule |= {"type": "formula", "criteria": f"={given.test}"}
    elif given.flag:
        rule |= {"type": "formula", "criteria": f"={given.flag}=1"}
    else:
        rule |= {"type": "cell", "criteria": "==", "value": word}
    first = given.ranges[0]
    if len(given.ranges) > 1:
        rule["multi_range"] = " ".join(xl_range(*each) for each in given.ranges)
    worksheet.conditional_format(*first, rule)


def _set_size(worksheet: BulkWorksheet, sheet: LaidSheet, rows: RowHeights) -> None:
    page = sheet.template.page
    for col, width in page.widths:
        if col <= sheet.placed.right:
            worksheet.set_column(col, col, width)
    for row, height in rows.heights.items():
        worksheet.set_row(row, height)
    _set_following_rows(worksheet, sheet, rows)
    hide(worksheet, sheet)


def _set_following_rows(worksheet: BulkWorksheet, sheet: LaidSheet, rows: RowHeights) -> None:
    """Rows whose height, or whether they are shown, follows from the scenario."""
    hidden = hidden_rows(sheet)
    for row, texts in rows.following.items():
        if row in hidden:
            continue
        numbered = [RowText(worksheet.numbers.of(content), room, size) for content, room, size in texts]
        worksheet.tall_rows[row] = (rows.heights.get(row, USUAL_HEIGHT), numbered)
    for row, shown_by in sheet.spare.items():
        if isinstance(shown_by, Slot) and row not in hidden:
            worksheet.spare_rows[row] = shown_by
        elif shown_by in (None, ""):
            worksheet.set_row(row, rows.heights.get(row), None, {"hidden": True})
