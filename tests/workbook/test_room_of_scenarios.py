"""Where two scenarios are compared, columns of a third take no room on paper: the others have it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from test_hygiene import TEMPLATES, written

INDICATORS = {"milk"}


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
def test_what_moved_fills_the_page_with_two_scenarios(lang: str) -> None:
    assert lang in TEMPLATES
    book = load_workbook(BytesIO(written("comparison", lang)))
    (sheet,) = (each for each in book.worksheets if each.title in ("变动", "Moved"))
    _, _, right, bottom = range_boundaries(sheet.print_area.rsplit("!", 1)[-1].replace("$", ""))
    filled = {
        cell.column for row in sheet.iter_rows(min_row=3, max_row=bottom, max_col=right) for cell in row if cell.value
    }
    widths = {
        column: each.width
        for each in sheet.column_dimensions.values()
        for column in range(each.min, min(each.max, right) + 1)
    }
    assert len(filled) == 7
    assert sum(widths[column] for column in filled) > 0.95 * sum(widths.values())
