"""Which entries of a book must stand somewhere: what is shown, what is kept, and what their formulas need."""

from collections.abc import Iterable

from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.description import FLAG, Book, Cell, Column, Entry, Sheet
from agriplan.workbook.names import UnknownNameError, entries_named, find
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import TemplateSheet


def needed_entries(template: Template, book: Book) -> set[Entry]:
    """Every entry that the workbook needs, as (sheet, table or None, column or scalar); words stand under `words`."""
    needed: set[Entry] = set()
    waiting = [*shown_entries(template, book), *_kept(book)]
    while waiting:
        entry = waiting.pop()
        if entry in needed:
            continue
        needed.add(entry)
        sheet, table, name = entry
        if sheet == "words" or name == "key":
            continue
        formula = _entry(entry, book).formula
        if formula:
            waiting += entries_named(formula, book.sheets[sheet], table, book)
    return needed


def shown_entries(template: Template, book: Book) -> Iterable[Entry]:
    """The entries that the template shows, in cells or in charts."""
    for template_sheet in template.sheets:
        tokens = [token for spot in template_sheet.spots if (token := spot.token) and token not in template.words]
        for sheet in book.sheets.values():
            if sheet.subject == template_sheet.subject:
                yield from _charted(template_sheet, sheet, book)
                yield from _flags(tokens, sheet, template)
                for token in tokens:
                    try:
                        entry = find(token, sheet, book)
                    except UnknownNameError:
                        continue
                    if _has_rows(entry, book) and (entry[0] == sheet.name or _is_live(entry, book)):
                        yield entry


def _has_rows(entry: Entry, book: Book) -> bool:
    """Whether there is anything to show: an optional table may have no rows in a workbook."""
    sheet, table, _ = entry
    return table is None or bool(book.sheets[sheet].tables[table].keys)


def _flags(tokens: Iterable[str], sheet: Sheet, template: Template) -> Iterable[Entry]:
    """The flags that a legend marks rows by, for the tables that are shown."""
    flags = [code.removeprefix("row.") for code in template.words if code.startswith("row.")]
    for name in dict.fromkeys(token.partition(".")[0] for token in tokens):
        columns = sheet.tables[name].columns if name in sheet.tables else ()
        for column in columns:
            if column.removeprefix(FLAG) in flags or column.rstrip("0123456789").rstrip("_") in flags:
                yield sheet.name, name, column


def _charted(template_sheet: TemplateSheet, sheet: Sheet, book: Book) -> Iterable[Entry]:
    for place in template_sheet.charts:
        kind = CHARTS.get(place.name)
        for series in kind.drawn(sheet, book) if kind else ():
            owner = series.sheet or sheet.name
            yield owner, series.table, series.column
            yield owner, series.table, kind.categories  # type: ignore[union-attr]


def _kept(book: Book) -> Iterable[Entry]:
    for sheet in book.sheets.values():
        for name, cell in sheet.scalars.items():
            if cell.keep or cell.input is not None:
                yield sheet.name, None, name
        for table_name, table in sheet.tables.items():
            for name, column in table.columns.items():
                if column.keep or column.inputs:
                    yield sheet.name, table_name, name
                    yield sheet.name, table_name, "key"


def _is_live(entry: Entry, book: Book) -> bool:
    """Whether what is shown on another sheet must have a home to follow; a constant is simply printed there."""
    if entry[2] == "key":
        return False
    found = _entry(entry, book)
    return found.formula is not None or bool(found.inputs if isinstance(found, Column) else found.input)


def _entry(entry: Entry, book: Book) -> Cell | Column:
    sheet, table, name = entry
    return book.sheets[sheet].scalars[name] if table is None else book.sheets[sheet].tables[table].columns[name]
