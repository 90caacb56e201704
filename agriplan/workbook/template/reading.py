"""Read a workbook template: what stands where, how it looks, which words it uses. All problems come at once."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import BadZipFile, ZipFile

from agriplan.errors import Problem, TemplateError, WorkbookError
from agriplan.workbook.package import look_into
from agriplan.workbook.template.cell_formats import Key, legend_of, look_of, theme_colours
from agriplan.workbook.template.left_behind import left_behind
from agriplan.workbook.template.page import Page, read_page, stored_cells, used_part
from agriplan.workbook.template.tokens import (
    is_name,
    sheet_token,
    tokens_within,
    whole_token,
    without_sheet_token,
    worded_token,
)

if TYPE_CHECKING:  # see `cell_formats`
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Range = tuple[int, int, int, int]  # first row, first column, last row, last column; counted from 0


@dataclass(frozen=True)
class Spot:
    """A template cell: where it stands (from 0), its text or value, and its look."""

    row: int
    col: int
    text: object
    look: Key

    @property
    def token(self) -> str | None:
        """The name that stands alone in the cell."""
        return whole_token(self.text)


@dataclass(frozen=True)
class ChartPlace:
    """A merged range that a chart fills, and the chart's title."""

    name: str
    title: str
    place: Range


@dataclass(frozen=True)
class TemplateSheet:
    """One sheet of the template; `subject` says which sheets of a book are placed into it."""

    title: str
    subject: str
    spots: tuple[Spot, ...]
    merges: tuple[Range, ...]
    charts: tuple[ChartPlace, ...]
    page: Page


@dataclass(frozen=True)
class Template:
    """The house style and wording of a workbook.

    `words` and `legends` are the legends: what a word of a code is, and what it looks like. `version` names the file's
    content, for fingerprints.
    """

    sheets: tuple[TemplateSheet, ...]
    words: Mapping[str, str]
    legends: Mapping[str, Key]
    theme: str | None
    version: str
    cautions: tuple[Problem, ...] = field(default=(), repr=False)
    """What the file holds and no workbook will."""

    def read(self) -> "Template":
        """A template that was read gives itself."""
        return self


def read_template(path: Path) -> Template:
    """Read a template file; raises `TemplateError` with everything that is wrong in it.

    What only a plan can tell (whether a token names something) is checked by `checking.check_template`.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        data = path.read_bytes()
        look_into(data)
        book = load_workbook(BytesIO(data))
    except WorkbookError as error:
        raise TemplateError(error.within(path.name).problems) from None
    except IndexError:  # openpyxl, of a cell whose style is not among the styles
        raise TemplateError([Problem(path.name, "template_without_styles")]) from None
    except OSError:
        raise TemplateError([Problem(path.name, "template_missing")]) from None
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise TemplateError([Problem(path.name, "template_unreadable", {"why": error})]) from error
    theme = cast("bytes | None", book.loaded_theme)
    colours = theme_colours(theme)
    problems: list[Problem] = []
    sheets = tuple(_sheet(sheet, colours, problems) for sheet in book.worksheets)
    problems += _twice(sheets)
    if problems:
        raise TemplateError(problems)
    words, legends = _legends(book, colours)
    return Template(
        sheets=tuple(sheet for sheet in sheets if sheet.subject),
        words=words,
        legends=legends,
        theme=theme.decode("utf-8") if theme else None,
        version=hashlib.sha256(data).hexdigest(),
        cautions=tuple(left_behind(path.name, ZipFile(BytesIO(data)).namelist(), book)),
    )


def address(sheet: str, row: int, col: int) -> str:
    """A place as people write it.

    >>> address("缺口", 5, 2)
    '缺口!C6'
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"{sheet}!{xl_rowcol_to_cell(row, col)}"


def _sheet(sheet: "Worksheet", colours: list[str], problems: list[Problem]) -> TemplateSheet:
    merges = tuple(_range(merged.coord) for merged in sheet.merged_cells.ranges)
    spots = tuple(_spots(sheet, colours))
    subject = next((name for spot in spots if (name := sheet_token(spot.text))), "")
    if not subject:
        problems.append(Problem(sheet.title, "template_sheet_unnamed"))
    problems += _malformed(sheet.title, spots)
    charts = []
    for spot in spots:
        worded = worded_token(spot.text)
        if worded and worded.name.startswith("chart."):
            place = next((merge for merge in merges if merge[:2] == (spot.row, spot.col)), None)
            if place is None:
                problems.append(Problem(address(sheet.title, spot.row, spot.col), "template_chart_unmerged"))
            else:
                charts.append(ChartPlace(worded.name.removeprefix("chart."), worded.text, place))
    taken = {chart.place for chart in charts}
    return TemplateSheet(
        title=sheet.title,
        subject=subject,
        spots=tuple(_clean(spot) for spot in spots if not _is_chart(spot)),
        merges=tuple(merge for merge in merges if merge not in taken),
        charts=tuple(charts),
        page=read_page(sheet),
    )


def _is_chart(spot: Spot) -> bool:
    worded = worded_token(spot.text)
    return bool(worded and worded.name.startswith("chart."))


def _clean(spot: Spot) -> Spot:
    if not isinstance(spot.text, str) or not sheet_token(spot.text):
        return spot
    return Spot(spot.row, spot.col, without_sheet_token(spot.text) or None, spot.look)


def _spots(sheet: "Worksheet", colours: list[str]) -> Iterator[Spot]:
    """Every cell with text or with a look of its own, row by row; a look below or beside all else has strayed."""
    right, bottom = used_part(sheet)
    for (row, column), cell in sorted(stored_cells(sheet).items()):
        value: Any = cell.value
        if value is not None or (cell.has_style and row <= bottom and column <= right):
            yield Spot(row - 1, column - 1, value, look_of(cell, colours))


def _malformed(title: str, spots: tuple[Spot, ...]) -> list[Problem]:
    return [
        Problem(address(title, spot.row, spot.col), "template_malformed", {"word": name})
        for spot in spots
        if isinstance(spot.text, str) and not worded_token(spot.text)
        for name in tokens_within(spot.text)
        if not is_name(name)
    ]


def _twice(sheets: tuple[TemplateSheet, ...]) -> list[Problem]:
    """Two sheets for one subject would give two homes to one cell."""
    first: dict[str, str] = {}
    problems = []
    for sheet in sheets:
        if sheet.subject and first.setdefault(sheet.subject, sheet.title) != sheet.title:
            values = {"word": sheet.subject, "first": first[sheet.subject]}
            problems.append(Problem(sheet.title, "template_sheet_twice", values))
    return problems


def _legends(book: "Workbook", colours: list[str]) -> tuple[dict[str, str], dict[str, Key]]:
    words: dict[str, str] = {}
    legends: dict[str, Key] = {}
    for sheet in book.worksheets:
        for spot in _spots(sheet, colours):
            worded = worded_token(spot.text)
            if worded and not worded.name.startswith(("chart.", "link.")) and worded.name not in words:
                words[worded.name] = worded.text
                legends[worded.name] = legend_of(spot.look)
    return words, legends


def _range(coordinates: str) -> Range:
    from openpyxl.utils import range_boundaries

    first_col, first_row, last_col, last_row = range_boundaries(coordinates)
    return first_row - 1, first_col - 1, last_row - 1, last_col - 1
