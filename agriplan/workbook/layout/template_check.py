"""Whether a template fits what is to be placed into it: every problem, with its address and what was probably meant."""

import re
from collections.abc import Iterable, Iterator, Sequence

from agriplan.errors import Problem, TemplateError
from agriplan.nearest_word import did_you_mean
from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.description import FLAG, Book, Sheet
from agriplan.workbook.layout.expansion import is_constant
from agriplan.workbook.layout.repeated_blocks import has_blocks, shows_blocks
from agriplan.workbook.layout.title_check import check_titles
from agriplan.workbook.layout.which_sheets import plain_sheet, seen_sheets
from agriplan.workbook.names import UnknownNameError, find
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import Spot, TemplateSheet, address
from agriplan.workbook.template.tokens import Worded, is_name, tokens_within, worded_token

# What a reader needs to follow an allocation with a finger. A figure that rests on a column nobody can see is what
# planners suffer from today; so these columns may move and be renamed, but not go.
# Printed, or exact under the same name without `printed_`.
MUST_SHOW = {
    "indicator": (
        *("leagues.printed_baseline", "leagues.printed_projection", "leagues.printed_floor", "leagues.printed_ceiling"),
        *("leagues.weight", "leagues.printed_amount", "leagues.printed_target", "printed_target", "printed_projection"),
    ),
}

Home = tuple[Sheet, Book]


def check_template(template: Template, books: Sequence[Book]) -> tuple[Problem, ...]:
    """Raise `TemplateError` with everything that keeps this template from showing these books.

    Returns what they will do without: sheets that the template leaves out.
    """
    problems, cautions = [*template.problems], list[Problem]()
    for missing in _missing_sheets(template, books):
        (cautions if missing.code == "template_sheet_left_out" else problems).append(missing)
    for sheet in template.sheets:
        homes = [(each, book) for book in books for each in book.sheets.values() if each.subject == sheet.subject]
        if sheet.plain:
            problems += _check_plain(sheet, books, template)
        elif homes:
            problems += _check_sheet(sheet, homes, template)
        else:
            known = sorted({each.subject for book in books for each in book.sheets.values()})
            meant = did_you_mean(sheet.subject, known)
            problems.append(_unknown(sheet.title, f"sheet.{sheet.subject}", meant and f"sheet.{meant}"))
    problems += check_titles(template, books)
    if problems:
        raise TemplateError(problems)
    return tuple(cautions)


def _missing_sheets(template: Template, books: Sequence[Book]) -> Iterator[Problem]:
    """Sheets that are left out: what is filled in, read back or must be seen cannot go, others are told."""
    held = {sheet.subject: sheet for sheet in template.sheets}
    needed = {sheet.subject for book in books for sheet in book.sheets.values() if any(_inputs(sheet)) or _keeps(sheet)}
    for subject in dict.fromkeys(sheet.subject for book in books for sheet in book.sheets.values()):
        word = {"word": "{sheet." + subject + "}"}
        if subject in held and subject in MUST_SHOW and not held[subject].page.seen:
            yield Problem(held[subject].title, "template_sheet_hidden")
        elif subject not in held:
            required = subject in needed or subject in MUST_SHOW
            yield Problem("", "template_sheet_missing" if required else "template_sheet_left_out", word)
    if not all(seen_sheets(template, book) for book in books):
        yield Problem("", "template_without_tabs")


def _check_plain(sheet: TemplateSheet, books: Sequence[Book], template: Template) -> list[Problem]:
    """A plain sheet may name what other sheets show; with a table of its own it is one that lacks its mark."""
    homes = [(plain_sheet(sheet), book) for book in books]
    problems = list(_check_title(sheet, homes, template))
    for spot in sheet.spots:
        problems += _check_spot(spot, sheet, homes, template)
    lost = [each for each in problems if each.code == "template_unknown" and each.suggestion is None]
    if lost:
        return [Problem(sheet.title, "template_sheet_unnamed"), *(each for each in problems if each not in lost)]
    return problems


def _check_sheet(sheet: TemplateSheet, homes: Sequence[Home], template: Template) -> list[Problem]:
    problems = [*_check_title(sheet, homes, template), *_check_charts(sheet), *_two_tables(sheet, homes)]
    for spot in sheet.spots:
        problems += _check_spot(spot, sheet, homes, template)
    return problems + list(_missing(sheet, homes))


def _check_spot(spot: Spot, sheet: TemplateSheet, homes: Sequence[Home], template: Template) -> list[Problem]:
    place = address(sheet.title, spot.row, spot.col)
    worded = worded_token(spot.text)
    if worded:
        return _check_legend(worded, place, homes)
    if spot.token:
        return (
            [] if _is_known(spot.token, homes, template) else [_unknown(place, spot.token, _meant(spot.token, homes))]
        )
    return _check_text(spot.text, place, homes, template) if isinstance(spot.text, str) else []


def _is_known(token: str, homes: Sequence[Home], template: Template) -> bool:
    return token in template.words or any(_finds(token, home) for home in homes)


def _finds(token: str, home: Home) -> bool:
    try:
        find(token, *home)
    except UnknownNameError:
        return False
    return True


def _check_text(text: str, place: str, homes: Sequence[Home], template: Template) -> list[Problem]:
    problems = []
    for token in filter(is_name, tokens_within(text)):
        if not _is_known(token, homes, template):
            problems.append(_unknown(place, token, _meant(token, homes)))
        elif not any(is_constant(token, *home, template) for home in homes):
            problems.append(Problem(place, "template_live_in_text", {"word": "{" + token + "}"}))
    return problems


def _check_title(sheet: TemplateSheet, homes: Sequence[Home], template: Template) -> list[Problem]:
    problems = _check_text(sheet.title, sheet.title, homes, template)
    repeated = any(sum(each.subject == sheet.subject for each in book.sheets.values()) > 1 for _, book in homes)
    if repeated and not tokens_within(sheet.title):
        problems.append(Problem(sheet.title, "template_title_alike"))
    return problems


def _check_legend(worded: Worded, place: str, homes: Sequence[Home]) -> list[Problem]:
    flags = {column for sheet, _ in homes for table in sheet.tables.values() for column in table.columns}
    known = (
        {code for _, book in homes for code in book.words}
        # A numbered flag marks the columns of its number.
        | {f"row.{re.sub(r'_[0-9]+$', '', flag).removeprefix(FLAG)}" for flag in flags}
        | _LOOKS
    )
    known |= {f"link.{name}" for _, book in homes for name in book.sheets}
    if worded.name in known:
        return []
    return [_unknown(place, worded.name, did_you_mean(worded.name, sorted(known)))]


# Legends of cells: what can be filled in, what was filled in, and what has no meaning in its row.
_LOOKS = frozenset(("look.input", "look.changed", "look.none"))


def _check_charts(sheet: TemplateSheet) -> Iterator[Problem]:
    for chart in sheet.charts:
        if chart.name not in CHARTS:
            meant = did_you_mean(chart.name, CHARTS)
            place = address(sheet.title, *chart.place[:2])
            yield _unknown(place, f"chart.{chart.name}", meant and f"chart.{meant}")


def _two_tables(sheet: TemplateSheet, homes: Sequence[Home]) -> Iterator[Problem]:
    """A row can be repeated for one table only."""
    rows: dict[int, str] = {}
    tables = {name for home, _ in homes for name in home.tables}
    for spot in sheet.spots:
        head, _, rest = (spot.token or "").partition(".")
        if rest and head in tables and rows.setdefault(spot.row, head) != head:
            values = {"word": head, "first": rows[spot.row]}
            yield Problem(address(sheet.title, spot.row, spot.col), "template_two_tables", values)


def _missing(sheet: TemplateSheet, homes: Sequence[Home]) -> Iterator[Problem]:
    """Inputs that could not be entered, and columns without which nobody can follow a figure."""
    held = {spot.token for spot in sheet.spots}
    shown = {spot.token for spot in sheet.spots if not sheet.page.hides(spot.row, spot.col)}
    wanted = dict.fromkeys(MUST_SHOW.get(sheet.subject, ()))
    for home, _ in homes:
        wanted |= dict.fromkeys(_inputs(home))
    if any(has_blocks(home) for home, _ in homes) and not shows_blocks(sheet):
        wanted |= {"name_1": None}
    for name in wanted:
        there = shown if name in MUST_SHOW.get(sheet.subject, ()) else held
        if not {name, name.replace("printed_", "")} & there and any(_finds(name, home) for home in homes):
            yield Problem(sheet.title, "template_column_missing", {"word": "{" + name + "}"})


def _inputs(sheet: Sheet) -> Iterator[str]:
    yield from (name for name, cell in sheet.scalars.items() if cell.input is not None)
    for table_name, table in sheet.tables.items():
        yield from (f"{table_name}.{name}" for name, column in table.columns.items() if column.inputs)


def _keeps(sheet: Sheet) -> bool:
    """Whether the sheet holds what a workbook is read back by: the scenario that it was made from."""
    return any(cell.keep for cell in sheet.scalars.values())


def _meant(token: str, homes: Sequence[Home]) -> str | None:
    return did_you_mean(token, token_names(homes))


def token_names(homes: Iterable[Home]) -> list[str]:
    """Every name that a token on these sheets can have."""
    names: dict[str, None] = {}
    for sheet, book in homes:
        names |= dict.fromkeys(sheet.scalars)
        for table_name, table in sheet.tables.items():
            names |= dict.fromkeys(f"{table_name}.{column}" for column in table.columns)
        for each in book.sheets.values():
            names |= dict.fromkeys(f"{each.name}.{name}" for name in each.scalars)
    return list(names)


def _unknown(place: str, token: str, meant: str | None) -> Problem:
    return Problem(place, "template_unknown", {"word": "{" + token + "}"}, "{" + meant + "}" if meant else None)
