"""Which sheets a workbook has: those that its template shows, plain ones, and unseen ones for what formulas need.

A template may leave a sheet out, or hide it. What formulas of other sheets need of it then stands on a hidden sheet.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import count, takewhile, zip_longest

from agriplan.workbook.description import Book, Sheet
from agriplan.workbook.layout.placement import PlacedSheet
from agriplan.workbook.names import UnknownNameError, find
from agriplan.workbook.template.page import A4, Page
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import Spot, TemplateSheet
from agriplan.workbook.template.tokens import tokens_within, worded_token

# What only a workbook of an area has: a plain sheet that says nothing of a plan stands in those.
_OF_AREAS = "plan"
# What the hidden sheet of a sheet that was left out is called begins so; no office calls a sheet of its own like this.
LEFT_OUT = "agriplan."
_LEFT_OUT_PAGE = Page(
    widths=(),
    heights=(),
    right=-2,
    bottom=0,
    panes=None,
    repeat=None,
    repeat_columns=None,
    landscape=True,
    fit=(1, 0),
    margins=(0.5, 0.5, 0.5, 0.5),
    header="",
    footer="",
    centred=False,
    gridlines=True,
    zoom=100,
    tab=None,
    breaks=(),
    column_breaks=(),
    paper=A4,
    bounded=False,
    state="hidden",
)


def with_sheets(template: Template, book: Book) -> tuple[Template, Book]:
    """The template with a sheet for everything in the book, and the book with the plain sheets that it is to have."""
    plain = {sheet.subject: plain_sheet(sheet) for sheet in template.sheets if sheet.plain and belongs(sheet, book)}
    held = {sheet.subject for sheet in template.sheets}
    left_out = dict.fromkeys(sheet.subject for sheet in book.sheets.values() if sheet.subject not in held)
    sheets = [sheet for sheet in template.sheets if not sheet.plain or sheet.subject in plain]
    unseen = [TemplateSheet(LEFT_OUT, subject, (), (), (), _LEFT_OUT_PAGE) for subject in left_out]
    return replace(template, sheets=(*unseen, *sheets)), replace(book, sheets={**book.sheets, **plain})


def plain_sheet(sheet: TemplateSheet) -> Sheet:
    """A plain sheet as a sheet of a book: it has nothing of its own."""
    return Sheet(sheet.subject, sheet.subject, {}, {})


def belongs(sheet: TemplateSheet, book: Book) -> bool:
    """Whether a workbook has all that a plain sheet names; where it names nothing, whether it is an area's."""
    names = list(names_on(sheet))
    own = plain_sheet(sheet)
    return all(_is_found(name, own, book) for name in names) if names else _OF_AREAS in book.sheets


def names_on(sheet: TemplateSheet) -> Iterator[str]:
    """The names of entries on a template sheet, in its title, too."""
    for text in (sheet.title, *(spot.text for spot in sheet.spots)):
        if isinstance(text, str) and not worded_token(text):
            yield from tokens_within(text)


def _is_found(name: str, sheet: Sheet, book: Book) -> bool:
    try:
        find(name, sheet, book)
    except UnknownNameError:
        return name in book.words
    return True


def seen_sheets(template: Template, book: Book) -> frozenset[str]:
    """The sheets of a book that have a tab: links lead to those only."""
    subjects = {sheet.subject for sheet in template.sheets if sheet.page.seen}
    return frozenset(sheet.name for sheet in book.sheets.values() if sheet.subject in subjects)


def links_closed_up(spots: Iterable[Spot], seen: Set[str]) -> Iterator[Spot]:
    """The cells of a sheet; of links below each other those that lead nowhere are left out, and the others move up."""
    every = list(spots)
    ways = {(one.col, one.row): one for one in every if _target(one)}
    texts: dict[tuple[int, int], object] = {}
    for col, row in sorted(ways):
        if (col, row) not in texts:
            run = list(takewhile(ways.__contains__, ((col, each) for each in count(row))))
            kept = [ways[place].text for place in run if _target(ways[place]) in seen]
            texts |= dict(zip_longest(run, kept))
    for one in every:
        yield replace(one, text=texts[one.col, one.row]) if _target(one) else one


def _target(spot: Spot) -> str:
    """The sheet that a cell leads to."""
    worded = worded_token(spot.text)
    return worded.name.removeprefix("link.") if worded and worded.name.startswith("link.") else ""


def is_empty(placed: PlacedSheet) -> bool:
    """Whether a sheet that was left out holds nothing that anything needs."""
    return placed.template.title == LEFT_OUT and not (placed.fixed or placed.shown_scalars or placed.shown_columns)


def last_own(placed: list[PlacedSheet]) -> PlacedSheet:
    """The last sheet that is not a plain one: words that formulas name may stand beside it."""
    return next(each for each in reversed(placed) if not each.template.plain)
