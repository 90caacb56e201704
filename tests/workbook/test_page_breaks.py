"""Pages end between tables: a heading is never left alone, and what one page holds is not cut where that can be."""

import pytest
from test_hygiene import TEMPLATES

from agriplan.engine.plan import Plan
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.layout.page_breaks import Paper, page_breaks, repeated_rows, rooms, tied_rows_of
from agriplan.workbook.layout.placement import PlacedSheet
from agriplan.workbook.layout.row_heights import settled_heights, wrapping_texts
from agriplan.workbook.layout.sheets import LaidSheet, lay_out
from agriplan.workbook.template.reading import read_template


def sheets(plan: Plan, code: str, lang: str) -> list[tuple[LaidSheet, dict[int, float]]]:
    """The sheets of a workbook, each with the heights that its rows have in every scenario."""
    template = read_template(TEMPLATES[lang])
    layout = lay_out(template, describe_book(plan, code, lang, template.words))  # type: ignore[arg-type]
    return [(sheet, settled_heights(sheet, list(wrapping_texts(sheet)), layout.book)) for sheet in layout.sheets]


def pages_of_rows(placed: PlacedSheet, heights: dict[int, float], room: float) -> dict[int, int]:
    """The page on which each row is printed."""
    breaks, page, found = set(page_breaks(placed, heights)), 0, {}
    paper = Paper(room, repeated_rows(placed), heights)
    for row in range(placed.last_row(placed.template.page.bottom) + 1):
        if row in breaks:
            paper.turn()
            page += 1
        before = paper.used
        paper.fill(row, row + 1)
        page += paper.used < before
        found[row] = page
    return found


@pytest.mark.parametrize("lang", TEMPLATES)
@pytest.mark.parametrize("code", ["150500", "150000"])
def test_a_heading_stands_on_the_page_of_its_first_rows(plan: Plan, code: str, lang: str) -> None:
    apart = []
    for sheet, heights in sheets(plan, code, lang):
        for room in rooms(sheet.template.page, sheet.placed.right):
            pages = pages_of_rows(sheet.placed, heights, room)
            apart += [
                (sheet.title, block.first)
                for block in tied_rows_of(sheet.placed)
                if block.table and pages[block.first] != pages[block.lead - 1]
            ]
    assert apart == []


def test_with_twice_as_many_leagues_the_years_and_their_chart_go_to_the_next_page(plan: Plan) -> None:
    sheet, heights = next(each for each in sheets(plan, "150500", "zh") if each[0].name == "milk")
    leagues, years = [block for block in tied_rows_of(sheet.placed) if block.table][:2]
    assert years.first not in page_breaks(sheet.placed, heights)
    taller = heights | {row: 2 * heights[row] for row in range(leagues.first + 2, leagues.end)}
    assert years.first in page_breaks(sheet.placed, taller)
