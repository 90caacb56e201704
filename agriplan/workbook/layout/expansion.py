"""Place a sheet of a book in a template sheet: repeated rows grow, what stands below moves down.

What the template does not show goes to the right of the print area: scalars first, then the columns of each table in
the rows of that table.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set

from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.description import Book, Entry, Phrase, Sheet, Slot, Value
from agriplan.workbook.layout.helper_columns import place_helpers
from agriplan.workbook.layout.placement import PlacedSheet, ShownColumn, ShownScalar
from agriplan.workbook.layout.references import placed_column
from agriplan.workbook.layout.trimming import trimmed
from agriplan.workbook.layout.which_sheets import LEFT_OUT, links_closed_up, seen_sheets
from agriplan.workbook.names import UnknownNameError, find
from agriplan.workbook.template.carried import Range
from agriplan.workbook.template.cell_formats import is_open, shrunk, shut
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import Spot, TemplateSheet
from agriplan.workbook.template.tokens import in_parts, tokens_within, worded_token

_NUMBERED = re.compile(r"_\d+$")
# Excel's rules for names of sheets: these signs (their full-width forms stand for them), 31 units of UTF-16.
_NOT_IN_NAMES = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_LONGEST_NAME = 31


def place_sheets(template: TemplateSheet, book: Book, words: Template, needed: Set[Entry]) -> Iterator[PlacedSheet]:
    """Every sheet of the book that this template sheet is for, in the book's order."""
    for sheet in book.sheets.values():
        if sheet.subject == template.subject:
            yield _place_sheet(_trimmed(template, sheet, book, words), sheet, book, words, needed)


def _trimmed(template: TemplateSheet, sheet: Sheet, book: Book, words: Template) -> TemplateSheet:
    def says_nothing(spot: Spot) -> bool:
        try:
            owner, table, entry = find(spot.token or "", sheet, book)
        except UnknownNameError:
            return False
        return _has_nothing(book.sheets[owner], table, entry)

    def title_of(title: str) -> str:
        found = with_values(title, lambda name: constant(name, sheet, book, words))
        if isinstance(found, Phrase):
            raise UnknownNameError(title)
        return found

    return trimmed(template, sheet, book, says_nothing, title_of)


def _place_sheet(template: TemplateSheet, sheet: Sheet, book: Book, words: Template, needed: Set[Entry]) -> PlacedSheet:
    counts = _row_counts(template, sheet, book)
    counts = _rows_left_out(template, sheet, book) | _headings_left_out(template, sheet, book, counts) | counts
    title = sheet_title(template, sheet, book, words)
    placed = PlacedSheet(template, sheet, title, _starts(template, counts))
    for spot in links_closed_up(template.spots, seen_sheets(words, book)):
        if not placed.left_out(spot.row):
            _place(spot, placed, book, words, counts.get(spot.row, 1))
    placed.charts = [(chart, _stretched(chart.place, placed)) for chart in template.charts]
    place_helpers(placed, needed)
    return placed


def sheet_title(template: TemplateSheet, sheet: Sheet, book: Book, words: Template) -> str:
    """What a sheet is called; formulas name it, and so it cannot follow from the scenario."""
    if template.title == LEFT_OUT:
        return (LEFT_OUT + sheet.name)[:31]
    found = with_values(template.title, lambda name: constant(name, sheet, book, words))
    if isinstance(found, Phrase):
        raise UnknownNameError(template.title)
    return as_sheet_name(found)


def as_sheet_name(text: str) -> str:
    """A text as a spreadsheet program lets a sheet be called: an indicator's name may have signs that it does not take.

    >>> as_sheet_name("肉/奶产量"), as_sheet_name("'85: milk"), len(as_sheet_name("长" * 40))
    ('肉／奶产量', '85： milk', 31)
    """
    plain = text.translate(_NOT_IN_NAMES).strip("'")
    while len(plain.encode("utf-16-le")) > 2 * _LONGEST_NAME:
        plain = plain[:-1]
    return plain.strip("'")


def _row_counts(template: TemplateSheet, sheet: Sheet, book: Book) -> dict[int, int]:
    """The template rows that are repeated, and how many rows each becomes."""
    found = {}
    for spot in template.spots:
        try:
            owner, table, _ = find(spot.token or "", sheet, book)
        except UnknownNameError:
            continue
        if table is not None:
            found[spot.row] = len(book.sheets[owner].tables[table].keys)
    return found


def _rows_left_out(template: TemplateSheet, sheet: Sheet, book: Book) -> dict[int, int]:
    """The template rows of charts that there is nothing to draw for, where nothing else stands in them: none each."""
    drawn = {
        chart.place: chart.name in CHARTS and any(CHARTS[chart.name].drawn(sheet, book)) for chart in template.charts
    }
    kept = {spot.row for spot in template.spots if spot.text is not None}
    kept |= {row for place, is_drawn in drawn.items() if is_drawn for row in range(place[0], place[2] + 1)}
    rows = {row for place, is_drawn in drawn.items() if not is_drawn for row in range(place[0], place[2] + 1)}
    return dict.fromkeys(rows - kept, 0)


def _headings_left_out(template: TemplateSheet, sheet: Sheet, book: Book, counts: Mapping[int, int]) -> dict[int, int]:
    """The rows above an optional table without rows, up to the blank row before its title: none each."""
    told = {spot.row for spot in template.spots if spot.text is not None}
    tokens = {spot.row: spot.token for spot in template.spots if spot.token and spot.row in counts}
    found: dict[int, int] = {}
    for row, token in tokens.items():
        owner, table, _ = find(token, sheet, book)
        if not counts[row] and book.sheets[owner].tables[str(table)].optional:
            above = row - 1
            while above in told and above not in counts:
                found[above], above = 0, above - 1
            if above not in told:
                found[above] = 0
    return found


def _starts(template: TemplateSheet, counts: dict[int, int]) -> list[int]:
    last = max((spot.row for spot in template.spots), default=0) + 1
    starts, row = [], 0
    for each in range(last + 1):
        starts.append(row)
        row += counts.get(each, 1)
    return starts


def _place(spot: Spot, placed: PlacedSheet, book: Book, words: Template, count: int) -> None:
    row = placed.row(spot.row)
    token = spot.token
    worded = worded_token(spot.text)
    if worded and worded.name.startswith("link."):
        placed.links.append((row, spot.col, worded.name.removeprefix("link.")))
        placed.fixed.append((row, spot.col, spot.look, worded.text, None))
    elif worded:
        placed.words.setdefault(worded.name, placed_column(placed.title, row, spot.col))
        # Formulas name the words of legends: nobody fills them in.
        placed.fixed.append((row, spot.col, shut(spot.look), worded.text, None))
    elif token and token in words.words:
        placed.fixed.append((row, spot.col, shut(spot.look), words.words[token], None))
    elif token and is_open(spot.look) and is_constant(token, placed.sheet, book, words):
        placed.fixed.append((row, spot.col, spot.look, constant(token, placed.sheet, book, words), None))
    elif token:
        _place_entry(spot, token, placed, book)
    else:
        value = spot.text
        if isinstance(value, str) and tokens_within(value):
            value = with_values(value, lambda name: constant(name, placed.sheet, book, words))
        for index in range(count):
            placed.fixed.append((row + index, spot.col, spot.look, value, None))  # type: ignore[arg-type]


def _place_entry(spot: Spot, token: str, placed: PlacedSheet, book: Book) -> None:
    owner, table, entry = find(token, placed.sheet, book)
    if _has_nothing(book.sheets[owner], table, entry):
        return
    row, look = placed.row(spot.row), shrunk(shut(spot.look))
    if table is None:
        placed.shown_scalars.append(ShownScalar(row, spot.col, look, owner, entry))
        if owner == placed.sheet.name:
            placed.scalars.setdefault((owner, entry), placed_column(placed.title, row, spot.col))
        return
    count = len(book.sheets[owner].tables[table].keys)
    placed.shown_columns.append(ShownColumn(row, spot.col, look, owner, table, entry, count))
    if owner == placed.sheet.name:
        placed.columns.setdefault((owner, table, entry), placed_column(placed.title, row, spot.col, count))


def _has_nothing(sheet: Sheet, table: str | None, entry: str) -> bool:
    """Whether a numbered entry is one too many here (a third of two scenarios): its place stays blank, without look."""
    if not _NUMBERED.search(entry):
        return False
    if table is None:
        cell = sheet.scalars[entry]
        return cell.value is None and cell.formula is None and cell.input is None
    column = sheet.tables[table].columns[entry]
    return column.formula is None and not column.inputs and all(value is None for value in column.values)


def with_values(text: str, value_of: Callable[[str], Value]) -> str | Phrase:
    """Replace each token within a text by its value; where one follows from the scenario, its place stays."""
    parts = [part for part in in_parts(text, value_of) if part != ""]
    if any(isinstance(part, Slot) for part in parts):
        return Phrase(tuple(part if isinstance(part, Slot) else str(part) for part in parts))
    return "".join(map(str, parts))


def constant(name: str, sheet: Sheet, book: Book, words: Template) -> Value:
    """The value of a scalar that stands within text: only constants may, a live figure would go stale there."""
    if name in words.words:
        return words.words[name]
    owner, table, entry = find(name, sheet, book)
    if table is not None:
        raise UnknownNameError(name)
    cell = book.sheets[owner].scalars[entry]
    if cell.formula is not None or cell.input is not None:
        raise UnknownNameError(name)
    return "" if cell.value is None else cell.value


def is_constant(name: str, sheet: Sheet, book: Book, words: Template) -> bool:
    """Whether a name may stand within text."""
    try:
        constant(name, sheet, book, words)
    except UnknownNameError:
        return False
    return True


def _stretched(place: Range, placed: PlacedSheet) -> Range:
    return placed.row(place[0]), place[1], placed.last_row(place[2]), place[3]
