"""A template sheet's page: widths, heights, panes, print set-up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Stored column widths include the padding that applications add (5 pixels of 7 to a character).
WIDTH_PADDING = 0.71
# Widths and hidden columns are looked at so far to the right: whoever hides all behind the page hides thousands.
SIZED_COLUMNS = 200
# Paper sizes as applications number them.
A4 = 9


@dataclass(frozen=True)
class Page:
    """Rows and columns count from 0; margins in inches; `paper` as applications number it.

    `right` and `bottom` end the print area, which the template has set where `bounded`; a page ends before each row of
    `breaks` and each column of `column_breaks`. `filters` is the range with buttons
    to filter it, heads included. `state` is "visible", "hidden" or "veryHidden".
    """

    widths: tuple[tuple[int, float], ...]
    heights: tuple[tuple[int, float], ...]
    right: int
    bottom: int
    panes: tuple[int, int] | None
    repeat: tuple[int, int] | None
    repeat_columns: tuple[int, int] | None
    paper: int
    landscape: bool
    fit: tuple[int, int]
    margins: tuple[float, float, float, float]
    header: str
    footer: str
    centred: bool
    gridlines: bool
    zoom: int
    tab: str | None
    breaks: tuple[int, ...]
    column_breaks: tuple[int, ...]
    filters: tuple[int, int, int, int] | None = None
    bounded: bool = True
    protected: bool = True
    state: str = "visible"
    hidden_rows: tuple[int, ...] = ()
    hidden_cols: tuple[tuple[int, int], ...] = ()

    @property
    def seen(self) -> bool:
        """Whether the sheet has a tab."""
        return self.state == "visible"

    def hides(self, row: int, col: int) -> bool:
        """Whether a cell stands in a hidden row or column."""
        return row in self.hidden_rows or any(first <= col <= last for first, last in self.hidden_cols)


def read_page(sheet: "Worksheet") -> Page:
    """Read what openpyxl tells of a sheet's page; what a template does not say gets A4 landscape, one page wide."""
    margins = sheet.page_margins
    setup = sheet.page_setup
    right, bottom = _printed(sheet)
    panes = sheet.freeze_panes
    tab = sheet.sheet_properties.tabColor
    return Page(
        widths=tuple(_widths(sheet)),
        heights=tuple((row - 1, each.height) for row, each in sheet.row_dimensions.items() if each.height),
        right=right,
        bottom=bottom,
        panes=_corner(panes) if panes else None,
        repeat=_rows(sheet.print_title_rows),
        repeat_columns=_columns(sheet.print_title_cols),
        paper=int(setup.paperSize or A4),
        landscape=setup.orientation != "portrait",
        fit=_fit(sheet),
        margins=(margins.left, margins.right, margins.top, margins.bottom),
        header=str(sheet.oddHeader or ""),
        footer=str(sheet.oddFooter or ""),
        centred=bool(sheet.print_options.horizontalCentered),
        gridlines=sheet.sheet_view.showGridLines is not False,
        zoom=int(sheet.sheet_view.zoomScale or 100),
        tab=tab.rgb[-6:] if tab is not None and isinstance(tab.rgb, str) else None,
        breaks=tuple(sorted(each.id for each in sheet.row_breaks.brk)),
        column_breaks=tuple(sorted(each.id for each in sheet.col_breaks.brk)),
        filters=_range(sheet.auto_filter.ref) if sheet.auto_filter.ref else None,
        bounded=bool(sheet.print_area),
        protected=bool(sheet.protection.sheet),
        state=sheet.sheet_state,
        hidden_rows=tuple(sorted(row - 1 for row, each in sheet.row_dimensions.items() if each.hidden)),
        hidden_cols=tuple(_hidden_cols(sheet)),
    )


def _widths(sheet: "Worksheet") -> list[tuple[int, float]]:
    """A width for every column: openpyxl lists equal neighbours once."""
    found = {}
    for dimension in sheet.column_dimensions.values():
        if dimension.width and dimension.min:
            for column in range(dimension.min, min(dimension.max, SIZED_COLUMNS) + 1):
                found[column - 1] = max(dimension.width - WIDTH_PADDING, 0)
    return sorted(found.items())


def _hidden_cols(sheet: "Worksheet") -> Iterator[tuple[int, int]]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.min <= SIZED_COLUMNS:
            yield dimension.min - 1, min(dimension.max, SIZED_COLUMNS) - 1


def stored_cells(sheet: "Worksheet") -> dict[tuple[int, int], Any]:
    """The cells that the file holds, by row and column from 1: openpyxl's own walk visits all places up to the last."""
    return sheet._cells  # type: ignore[no-any-return]


def used_part(sheet: "Worksheet") -> tuple[int, int]:
    """The last column and row that hold anything, are merged or are printed; a formatted cell alone does not count."""
    ends = [(column, row) for (row, column), cell in stored_cells(sheet).items() if cell.value is not None]
    ends += [(merged.max_col, merged.max_row) for merged in sheet.merged_cells.ranges]
    ends += [_area(sheet.print_area)] if sheet.print_area else []
    return max((column for column, _ in ends), default=1), max((row for _, row in ends), default=1)


def _printed(sheet: "Worksheet") -> tuple[int, int]:
    right, bottom = _area(sheet.print_area) if sheet.print_area else used_part(sheet)
    return right - 1, bottom - 1


def _area(area: Any) -> tuple[int, int]:
    from openpyxl.utils import range_boundaries

    _, _, right, bottom = range_boundaries(area.rsplit("!", 1)[-1].replace("$", ""))
    return int(right), int(bottom)


def _corner(panes: str) -> tuple[int, int]:
    from openpyxl.utils import range_boundaries

    column, row, _, _ = range_boundaries(panes)
    return int(row) - 1, int(column) - 1


def _rows(rows: str | None) -> tuple[int, int] | None:
    if not rows:
        return None
    first, last = rows.replace("$", "").split(":")
    return int(first) - 1, int(last) - 1


def _range(area: str) -> tuple[int, int, int, int]:
    """Rows and columns of a range: top, left, bottom, right.

    >>> _range("A4:H6")
    (3, 0, 5, 7)
    """
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(area)
    return int(top) - 1, int(left) - 1, int(bottom) - 1, int(right) - 1


def _columns(columns: str | None) -> tuple[int, int] | None:
    if not columns:
        return None
    from openpyxl.utils import column_index_from_string

    first, last = columns.replace("$", "").split(":")
    return column_index_from_string(first) - 1, column_index_from_string(last) - 1


def _fit(sheet: "Worksheet") -> tuple[int, int]:
    if not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage:
        return 1, 0
    wide, tall = sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight
    return 1 if wide is None else int(wide), 0 if tall is None else int(tall)
