"""Whether every sheet of a workbook has a name of its own: no spreadsheet program opens two of one name."""

from collections.abc import Iterator, Sequence

from agriplan.errors import Problem
from agriplan.workbook.description import Book
from agriplan.workbook.layout.expansion import sheet_title
from agriplan.workbook.layout.which_sheets import LEFT_OUT, with_sheets
from agriplan.workbook.names import UnknownNameError
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import TemplateSheet
from agriplan.workbook.template.tokens import tokens_within


def check_titles(template: Template, books: Sequence[Book]) -> Iterator[Problem]:
    """A problem for each sheet of the template that a workbook would call as one before it, capitals or not."""
    told: set[str] = set()
    for book in books:
        taken: dict[str, TemplateSheet] = {}
        for sheet, title in _titles(template, book):
            first = taken.get(title.lower())
            if first is None:
                taken[title.lower()] = sheet
            elif (first is not sheet or _is_made(sheet)) and sheet.title not in told:
                told.add(sheet.title)
                yield Problem(sheet.title, "template_title_taken", {"word": title})


def _titles(template: Template, book: Book) -> Iterator[tuple[TemplateSheet, str]]:
    """Each sheet of a workbook with its name: those made of data first, an office's own last; whose is told."""
    template, book = with_sheets(template, book)
    for sheet in sorted(template.sheets, key=lambda one: (one.plain, not _is_made(one))):
        for each in book.sheets.values():
            if each.subject == sheet.subject:
                try:
                    yield sheet, sheet_title(sheet, each, book, template)
                except UnknownNameError:
                    continue  # told where the names in titles are


def _is_made(sheet: TemplateSheet) -> bool:
    return sheet.title == LEFT_OUT or bool(tokens_within(sheet.title))
