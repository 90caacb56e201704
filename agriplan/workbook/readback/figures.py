"""The live figures that a file shows, against the plan that was read from it: a cell that differs is named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from agriplan.errors import Problem
from agriplan.rounding import same_figure
from agriplan.workbook.content.book import AMISS
from agriplan.workbook.description import MADE, Book, Entry, Sheet, Value
from agriplan.workbook.names import entries_named
from agriplan.workbook.readback.finding import CellPlace, Finder, FoundCell
from agriplan.workbook.readback.held_cell import Held

# Spreadsheet programs store fifteen digits at least.
AS_STORED = 1e-14
# A person reads so many; all others have the same cause.
MOST_NAMED = 5
# Inputs first: there the first figure that differs stands beside its cause.
FIRST = ("assumptions", "inputs")
# Sentences beside entries: where figures differ, what is odd about an entry need not be told as well.
REMARK, BESIDE_ENTRIES = "remark", frozenset((*FIRST, "years", "published"))


def told_overwritten(made: Book, finder: Finder) -> Iterator[Problem]:
    """Cells whose formula was replaced by a value, and locked figures that are no longer what they were: the first of a
    sheet, since sorted rows are hundreds of them.
    """
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in _overwritten(made, finder):
        alike.setdefault((problem.place.rpartition("!")[0], problem.code), []).append(problem)
    for problems in alike.values():
        yield from first_ones(problems)


def first_ones(problems: Sequence[Problem]) -> Iterator[Problem]:
    """As many as a person reads, the last of them with the number of those that are not told."""
    left_out = max(0, len(problems) - MOST_NAMED)
    yield from problems[: MOST_NAMED - 1]
    yield from (replace(problem, more=left_out) for problem in problems[MOST_NAMED - 1 : MOST_NAMED])


def _overwritten(made: Book, finder: Finder) -> Iterator[Problem]:
    for sheet in made.sheets.values():
        for entry, found, value in _cells(sheet, finder):
            if _has_formula(sheet, entry):
                if found.held.value is not None and not found.held.formula:
                    yield Problem(str(found.place), "workbook_formula_overwritten")
            elif _is_locked(sheet, entry) and not _same_constant(value, found.held):
                values = {"word": _word_of(found.held), "made": _shown(value)}
                yield Problem(str(found.place), "workbook_constant_overwritten", values)
            elif _asks_nothing(sheet, entry, found) and _holds_something(found.held) and value in (None, ""):
                # The grey cell of a league that is not named: JSON refuses the same entry.
                yield Problem(str(found.place), "workbook_entry_unasked", {"word": _word_of(found.held)})


def told_differences(book: Book, finder: Finder, *, unread: bool) -> Iterator[Problem]:
    """Live figures of the file that are not those of the plan read from it; `book` is that plan's workbook.

    Where inputs are `unread` the plan is without them, and the file's figures are with them: none is listed.
    """
    aside = told_about_changes(book)
    different: list[tuple[CellPlace, Held, Value]] = []
    calculated = False
    for sheet in sorted(book.sheets.values(), key=lambda sheet: sheet.name not in FIRST):
        for entry, found, value in _cells(sheet, finder):
            if not found.held.formula or not _is_locked(sheet, entry):  # what was entered is read itself
                continue
            calculated = calculated or found.held.value is not None
            if entry not in aside and not _is_remark(entry) and not _reads_alike(value, found.held.value):
                different.append((found.place, found.held, value))
    if different and not calculated:
        yield Problem("", "workbook_never_calculated")
        return
    if different and unread:
        yield Problem("", "workbook_compared_later")
        return
    yield from first_ones([_differs(*each) for each in different])
    if different:
        yield Problem("", "workbook_why_differs")


def _differs(place: CellPlace, held: Held, value: Value) -> Problem:
    values = {"word": _shown(held.value, value), "ours": _shown(value, held.value)}
    # A formula that comes to no words stores none: only a number that is not there was not worked out.
    unvalued = held.value is None and not isinstance(value, str)
    return Problem(str(place), "workbook_figure_unvalued" if unvalued else "workbook_figure_differs", values)


def _is_remark(entry: Entry) -> bool:
    sheet, table, name = entry
    return name.endswith(REMARK) and (sheet in BESIDE_ENTRIES or table == "leagues")


class ShownFigure(NamedTuple):
    """A figure of the first page: indicator and measure, what the file shows, what the plan read from it has."""

    indicator: str
    measure: str
    file: Value
    plan: Value


# What a person looks at first.
HEADLINES = ("projection", "amount", "target")


def first_page_figures(book: Book, finder: Finder) -> Iterator[ShownFigure]:
    """The figures of the first page that the file shows otherwise; `book` is the workbook of the plan read from it."""
    sheet = book.sheets["plan"]
    columns = sheet.tables["indicators"].columns
    for measure in (name for name in HEADLINES if name in columns):
        held = {found.key: found.held.value for found in finder.column(sheet, "indicators", measure) or ()}
        for key, value in zip(sheet.tables["indicators"].keys, columns[measure].values, strict=True):
            if key in held and not same(value, held[key]):
                yield ShownFigure(key, measure, held[key], value)


def same(value: object, got: object) -> bool:
    """Whether two cells show the same: numbers within the bound, an empty text and nothing, texts to the letter.

    >>> same(1.0, 1.0 + 1e-12), same("", None), same(0.0, None)
    (True, True, False)
    """
    if isinstance(value, (int, float)) and isinstance(got, (int, float)):
        return same_figure(value, got)
    return ("" if value is None else value) == ("" if got is None else got)


def _cells(sheet: Sheet, finder: Finder) -> Iterator[tuple[Entry, FoundCell, Value]]:
    """Every named cell of a sheet with what the book holds there."""
    for name, cell in sheet.scalars.items():
        if found := finder.scalar(sheet, name):
            yield (sheet.name, None, name), found, cell.value
    for table_name, table in sheet.tables.items():
        for name, column in table.columns.items():
            held = dict(zip(table.keys, column.values, strict=True))
            for found in finder.column(sheet, table_name, name) or ():
                # Rows of what was found for one plan are others for another; none of them is live.
                if found.key in held:
                    yield (sheet.name, table_name, name), found, held[found.key]


def _has_formula(sheet: Sheet, entry: Entry) -> bool:
    _, table, name = entry
    return (sheet.scalars[name] if table is None else sheet.tables[table].columns[name]).formula is not None


def _is_locked(sheet: Sheet, entry: Entry) -> bool:
    _, table, name = entry
    if table is None:
        return sheet.scalars[name].input is None
    return not sheet.tables[table].columns[name].inputs


def _asks_nothing(sheet: Sheet, entry: Entry, found: FoundCell) -> bool:
    """Whether a cell stands among inputs and is none."""
    _, table, name = entry
    return table is not None and found.key not in (inputs := sheet.tables[table].columns[name].inputs) and bool(inputs)


def _holds_something(held: Held) -> bool:
    return held.unvalued or (held.value is not None and str(held.value).strip() != "")


def _word_of(held: Held) -> str:
    """What a cell shows, in a sentence; of a formula that nobody worked out only that there is one."""
    return "=…" if held.unvalued else _shown(held.value)


def _same_constant(value: Value, held: Held) -> bool:
    """Texts may be put in other words; a number, or the lack of one, may not change."""
    if isinstance(value, str) and value:
        return True
    if isinstance(value, (int, float)) and isinstance(held.value, float):
        # Nobody works a constant out: programs store all digits that it has, and whole numbers may be several in one.
        return abs(value - held.value) <= AS_STORED * abs(value)
    return same(value, held.value) if isinstance(value, (int, float)) or isinstance(held.value, float) else True


def told_about_changes(book: Book) -> set[Entry]:
    """Live cells that tell of typing: of changes since the workbook was made, of texts in cells for numbers.

    They are others in a new workbook of the same plan.
    """
    needs = {
        (sheet.name, table, name): list(entries_named(formula, sheet, table, book))
        for sheet in book.sheets.values()
        for table, name, formula in _formulas(sheet)
    }
    found = {entry for entry in needs if entry[2] == AMISS or entry[0] == "edits"}
    while True:
        more = {
            entry
            for entry, named in needs.items()
            if entry not in found and any(each[2].startswith(MADE) or each in found for each in named)
        }
        if not more:
            return found
        found |= more


def _formulas(sheet: Sheet) -> Iterator[tuple[str | None, str, str]]:
    yield from ((None, name, cell.formula) for name, cell in sheet.scalars.items() if cell.formula)
    for table, rows in sheet.tables.items():
        yield from ((table, name, column.formula) for name, column in rows.columns.items() if column.formula)


def _reads_alike(value: Value, got: object) -> bool:
    """Whether a person reads the same in two cells: 8 that is stored as text too, of which its input is told."""
    return same(value, got) or (isinstance(got, str) and got != "" and _shown(value) == got.strip())


def _shown(value: object, beside: object = None) -> str:
    """A value in a sentence, without an exponent, with as many digits as tell it from the one beside it."""
    if value is None or value == "":
        return "—"
    if not isinstance(value, float):
        return str(value)
    digits = next((each for each in (6, 10) if _digits(value, each) != _digits(beside, each)), 17)
    return f"{Decimal(_digits(value, digits)):f}"


def _digits(value: object, digits: int) -> str:
    return f"{value:.{digits}g}" if isinstance(value, float) else ""
