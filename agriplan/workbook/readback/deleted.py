"""What was deleted from a file: whole sheets, or rows, columns and names of them."""

from collections.abc import Iterator

from agriplan.errors import Problem
from agriplan.workbook.description import Book, Sheet
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.expansion import sheet_title
from agriplan.workbook.readback.finding import Finder


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
