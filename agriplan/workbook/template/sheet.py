"""One sheet of a template: what stands where, how it looks, what it carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agriplan.errors import Problem
from agriplan.workbook.template.carried import (
    NOTHING_CARRIED,
    CarriedThings,
    Picture,
    Range,
    read_comments,
    read_links,
)
from agriplan.workbook.template.cell_formats import Key, look_of
from agriplan.workbook.template.cell_values import carried_value
from agriplan.workbook.template.own_formats import read_own_formats
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
    from openpyxl.worksheet.worksheet import Worksheet

# What a plain sheet is called among the sheets of a book.
PLAIN = "plain_"


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
    """A merged range that a chart fills, the chart's title, and the font of the cell that says so."""

    name: str
    title: str
    place: Range
    font: str | None = None


@dataclass(frozen=True)
class TemplateSheet:
    """One sheet of the template; `subject` says which sheets of a book are placed into it.

    A plain sheet (a cover, instructions) is for none of them; its subject is its own.
    """

    title: str
    subject: str
    spots: tuple[Spot, ...]
    merges: tuple[Range, ...]
    charts: tuple[ChartPlace, ...]
    page: Page
    carried: CarriedThings = NOTHING_CARRIED

    @property
    def plain(self) -> bool:
        """Whether the sheet is for none of a book's."""
        return self.subject.startswith(PLAIN)


def address(sheet: str, row: int, col: int) -> str:
    """A place as people write it.

    >>> address("缺口", 5, 2)
    '缺口!C6'
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"{sheet}!{xl_rowcol_to_cell(row, col)}"


def read_sheet(
    sheet: "Worksheet",
    colours: list[str],
    number: int,
    pictures: tuple[Picture, ...],
    problems: list[Problem],
    cautions: list[Problem],
) -> TemplateSheet:
    """Read a sheet; what is wrong is added to the problems, what is not carried to the cautions."""
    merges = tuple(_apart(sheet, cautions))
    spots = tuple(spots_of(sheet, colours))
    subject = next((name for spot in spots if (name := sheet_token(spot.text))), "")
    problems += _malformed(sheet.title, spots)
    charts = []
    for spot in spots:
        worded = worded_token(spot.text)
        if worded and worded.name.startswith("chart."):
            place = next((merge for merge in merges if merge[:2] == (spot.row, spot.col)), None)
            if place is None:
                problems.append(Problem(address(sheet.title, spot.row, spot.col), "template_chart_unmerged"))
            else:
                font = dict(spot.look).get("font_name")
                charts.append(ChartPlace(worded.name.removeprefix("chart."), worded.text, place, font))
    taken = {chart.place for chart in charts}
    return TemplateSheet(
        title=sheet.title,
        subject=subject or f"{PLAIN}{number}",
        spots=tuple(_clean(spot) for spot in spots if not _is_chart(spot)),
        merges=tuple(merge for merge in merges if merge not in taken),
        charts=tuple(charts),
        page=read_page(sheet),
        carried=CarriedThings(
            pictures,
            tuple(read_comments(sheet, cautions)),
            tuple(read_links(sheet, cautions)),
            tuple(read_own_formats(sheet, colours, cautions)),
        ),
    )


def _is_chart(spot: Spot) -> bool:
    worded = worded_token(spot.text)
    return bool(worded and worded.name.startswith("chart."))


def _clean(spot: Spot) -> Spot:
    if not isinstance(spot.text, str) or not sheet_token(spot.text):
        return spot
    return Spot(spot.row, spot.col, without_sheet_token(spot.text) or None, spot.look)


def spots_of(sheet: "Worksheet", colours: list[str]) -> Iterator[Spot]:
    """Every cell with text or with a look of its own, row by row; a look below or beside all else has strayed."""
    right, bottom = used_part(sheet)
    # Most cells share a style, and to look one up is quicker than to read it again.
    looks: dict[int, Key] = {}
    for (row, column), cell in sorted(stored_cells(sheet).items()):
        value = carried_value(cell.value)
        if value is not None or (cell.has_style and row <= bottom and column <= right):
            look = looks.get(cell.style_id)
            if look is None:
                look = looks[cell.style_id] = look_of(cell, colours)
            yield Spot(row - 1, column - 1, value, look)


def _malformed(title: str, spots: tuple[Spot, ...]) -> list[Problem]:
    return [
        Problem(address(title, spot.row, spot.col), "template_malformed", {"word": name})
        for spot in spots
        if isinstance(spot.text, str) and not worded_token(spot.text)
        for name in tokens_within(spot.text)
        if not is_name(name)
    ]


def _apart(sheet: "Worksheet", cautions: list[Problem]) -> Iterator[Range]:
    """The merged ranges; one that overlaps an earlier one is left behind, as programs refuse the file otherwise."""
    kept: list[Range] = []
    for here, name in sorted((_range(merged.coord), merged.coord) for merged in sheet.merged_cells.ranges):
        if any(_meet(here, other) for other in kept):
            cautions.append(Problem(f"{sheet.title}!{name}", "template_left_merge"))
        elif here[:2] != here[2:]:
            kept.append(here)
    yield from kept


def _meet(one: Range, other: Range) -> bool:
    return all(one[i] <= other[i + 2] and other[i] <= one[i + 2] for i in (0, 1))


def _range(coordinates: str) -> Range:
    from openpyxl.utils import range_boundaries

    first_col, first_row, last_col, last_row = range_boundaries(coordinates)
    return first_row - 1, first_col - 1, last_row - 1, last_col - 1
