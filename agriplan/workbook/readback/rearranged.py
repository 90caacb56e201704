"""What was moved about in a file: sheets, rows and names deleted, labels of other rows, rows that bear no key."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agriplan.errors import Problem
from agriplan.workbook.description import Book, Sheet, is_label
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.expansion import sheet_title
from agriplan.workbook.readback.figures import first_ones
from agriplan.workbook.readback.finding import Block, Finder
from agriplan.workbook.readback.held_cell import Held, column_number, letters_of


def told_deleted(finder: Finder, book: Book) -> Iterator[Problem]:
    """What was deleted, once a sheet: the sheet itself, or how much of it."""
    opened = finder.opened
    for sheet in book.sheets.values():
        names = [name for name in opened.names if name.startswith(f"{sheet.name}.")]
        gone = [name for name in names if opened.place(name) is None]
        lost = dict.fromkeys([*finder.missing.get(sheet.name, ()), *(name.partition(".")[2] for name in gone)])
        if lost:
            # As the file calls the sheet, as long as anything of it still stands there.
            titles = (place[0] for name in names if (place := opened.place(name)) is not None)
            code = "workbook_sheet_missing" if names and len(gone) == len(names) else "workbook_parts_missing"
            yield Problem(next(titles, None) or _usual_title(sheet, book), code, {"count": len(lost)})


def _usual_title(sheet: Sheet, book: Book) -> str:
    """What the shipped template calls a sheet: a deleted one has no name of its own any more."""
    template = load_template(None, book.lang)
    found = (one for one in template.sheets if one.subject == sheet.subject)
    return next((sheet_title(one, sheet, book, template) for one in found), sheet.name)


def told_labels(made: Book, finder: Finder) -> Iterator[Problem]:
    """Rows whose label is that of another row: nobody can tell whose figures stand there.

    A label that was put in other words is nobody else's.
    """
    for sheet in made.sheets.values():
        found = [
            problem
            for name, table in sheet.tables.items()
            if any(column.inputs for column in table.columns.values())
            for problem in _mixed_up(sheet, name, finder)
        ]
        yield from first_ones(found)


def _mixed_up(sheet: Sheet, name: str, finder: Finder) -> Iterator[Problem]:
    table = sheet.tables[name]
    for title, column in table.columns.items():
        labels = dict(zip(table.keys, column.values, strict=True)) if is_label(column) else {}
        known = {label for label in labels.values() if isinstance(label, str) and label}
        if len(known) < 2:  # nothing to take it for
            continue
        for found in finder.column(sheet, name, title) or ():
            shown = str(found.held.value).strip()
            if found.key in labels and shown in known and shown != labels[found.key]:
                values = {"word": shown, "made": labels[found.key]}
                yield Problem(str(found.place), "workbook_label_of_another", values)


class _Columns(NamedTuple):
    """Columns of a block by their letters: those of inputs, and those of labels with what they say."""

    inputs: frozenset[str]
    labels: dict[str, frozenset[object]]


def told_loose_rows(finder: Finder, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Rows without a key that hold entries: between the rows of a table, right below them, or under its labels.

    They were pasted somewhere, and what stands in them is read by nobody.
    """
    told = set()
    for sheet in sheets:
        for name, table in sheet.tables.items():
            asks = any(column.inputs for column in table.columns.values())
            for block in finder.blocks(sheet, name) if asks else ():
                columns = _columns_of(sheet, name, block, finder)
                for row in _loose(block, columns, finder):
                    if (block.sheet, row) not in told:
                        told.add((block.sheet, row))
                        yield Problem(f"{block.sheet}!A{row}", "workbook_row_without_key")


def told_loose_columns(finder: Finder, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Columns inserted among those of a table's inputs that hold numbers, each at its first: nobody reads them.

    What fills every row is the template's own.
    """
    for sheet in sheets:
        for name in sheet.tables:
            for block in finder.blocks(sheet, name):
                inputs = [column_number(each) for each in _columns_of(sheet, name, block, finder).inputs]
                beside = range(max(0, min(inputs) - 1), max(inputs) + 2) if inputs else ()
                for column in map(letters_of, beside):
                    rows = sorted(block.rows.values())
                    held = [finder.opened.cell(block.sheet, column, row) for row in rows]
                    typed = [
                        f"{block.sheet}!{column}{row}"
                        for row, each in zip(rows, held, strict=True)
                        if isinstance(each.value, float) and not each.formula
                    ]
                    is_whole = all(each.formula or each.value is not None for each in held)
                    if typed and not is_whole and not finder.is_named_column(block, column):
                        yield Problem(typed[0], "workbook_column_without_name", more=len(typed) - 1)


def _columns_of(sheet: Sheet, table: str, block: Block, finder: Finder) -> _Columns:
    inputs, labels = set(), {}
    for name, column in sheet.tables[table].columns.items():
        place = finder.opened.place(f"{sheet.name}.{table}.{name}")
        if place is None or (place[0], place[2]) != (block.sheet, block.first):
            continue
        if column.inputs:
            inputs.add(place[1])
        elif is_label(column) and len(known := frozenset(filter(None, column.values))) > 1:
            labels[place[1]] = known
    return _Columns(frozenset(inputs), labels)


def _loose(block: Block, columns: _Columns, finder: Finder) -> Iterator[int]:
    keyed = set(block.rows.values()) | {row for _, row in block.again}
    rows: dict[int, dict[str, Held]] = {}
    for (column, row), held in finder.opened.sheets[block.sheet].items():
        if row not in keyed and held.value is not None and (column in columns.inputs or column in columns.labels):
            rows.setdefault(row, {})[column] = held
    below = block.last
    while below + 1 in rows:
        below += 1
    for row, cells in sorted(rows.items()):
        entered = [held for column, held in cells.items() if column in columns.inputs and not held.formula]
        inside = block.first <= row <= block.last
        under = block.last < row <= below and any(isinstance(held.value, float) for held in entered)
        alike = any(cells[column].value in known for column, known in columns.labels.items() if column in cells)
        if entered and (inside or under or (alike and not finder.is_named(block.sheet, row))):
            yield row
