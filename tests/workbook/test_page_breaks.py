"""Pages end between tables: a heading is never left alone, and what one page holds is not cut where that can be."""

from bisect import bisect
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import pytest
from test_hygiene import TEMPLATES

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.page_breaks import (
    LEAST_FILLED,
    LEAST_ROWS,
    LEAST_SENTENCES,
    PagedRows,
    TiedRows,
    cut_blocks,
    page_breaks,
    pages_filled,
)
from agriplan.workbook.layout.paging import heads_of, paged_rows
from agriplan.workbook.layout.row_heights import USUAL_HEIGHT, row_heights, settled_heights, wrapping_texts
from agriplan.workbook.layout.sheets import LaidSheet, lay_out
from tests.thoroughness import FULL, by_turns

# A further indicator of each kind (quantity, value, rate) has the same sheets as the first.
INDICATORS = {"milk", "beef_cattle_value", "improved_breed_rate"}


@dataclass(frozen=True)
class CutSheet:
    """A sheet as it is cut into pages, with the heights that its rows have in this workbook."""

    laid: LaidSheet
    paged: PagedRows
    heights: dict[int, float]


def sheets(plan: Plan, code: str, lang: str) -> list[CutSheet]:
    """The sheets of a workbook that are cut into pages."""
    template = read_template(TEMPLATES[lang])
    layout = lay_out(template, describe_book(plan, code, lang, template.words))  # type: ignore[arg-type]
    found = []
    for sheet in layout.sheets:
        texts = list(wrapping_texts(sheet))
        paged = paged_rows(sheet.placed, settled_heights(sheet, texts, layout.book))
        hidden = {row: 0.0 for row, shown_by in sheet.spare.items() if shown_by in (None, "")}
        if paged:
            found.append(CutSheet(sheet, paged, row_heights(sheet, texts).heights | hidden))
    return found


def pages_of_rows(sheet: CutSheet, room: float) -> dict[int, int]:
    """The page on which each row is printed."""
    begun = [row for row, _ in pages_filled(sheet.paged, page_breaks(sheet.paged, sheet.heights), sheet.heights, room)]
    rows = range(sheet.laid.placed.last_row(sheet.laid.template.page.bottom) + 1)
    return {row: bisect(begun, row) for row in rows}


@pytest.mark.parametrize(("code", "lang"), by_turns(["150500", "150000"], TEMPLATES))
def test_a_heading_stands_on_the_page_of_its_first_rows(plan: Plan, code: str, lang: str) -> None:
    apart = []
    for sheet in sheets(plan, code, lang):
        for room in sheet.paged.rooms:
            pages = pages_of_rows(sheet, room)
            apart += [
                (sheet.laid.title, block.first)
                for block in sheet.paged.blocks
                if block.table and pages[block.first] != pages[block.begin]
            ]
    assert apart == []


def test_with_twice_as_many_leagues_the_years_and_their_chart_go_to_the_next_page(plan: Plan) -> None:
    sheet = next(each for each in sheets(plan, "150500", "zh") if each.laid.name == "milk")
    leagues, years = [block for block in sheet.paged.blocks if block.table][:2]
    assert years.first not in page_breaks(sheet.paged, sheet.heights)
    taller = sheet.heights | {row: 2 * sheet.heights[row] for row in range(leagues.first + 2, leagues.end)}
    assert years.first in page_breaks(sheet.paged, taller)


@pytest.mark.parametrize(("code", "lang"), by_turns(["150500", "150000"], TEMPLATES))
def test_what_is_repeated_on_every_page_are_heads_of_a_table(plan: Plan, code: str, lang: str) -> None:
    for sheet in sheets(plan, code, lang):
        first, end = sheet.paged.repeated
        heads = [heads_of(sheet.laid.placed, block) for block in sheet.paged.blocks if block.table]
        last = {each[-1] for each in heads if each}
        title = sheet.paged.blocks[0]
        assert first == end or end - 1 in last or end <= title.end, sheet.laid.title


@pytest.mark.parametrize(("code", "lang"), by_turns(["150500", "150000"], TEMPLATES))
def test_no_page_ends_within_a_chart_or_is_blank_however_tall_the_rows_above_it_are(
    plan: Plan, code: str, lang: str
) -> None:
    cut = []
    for sheet in sheets(plan, code, lang):
        charts = {(place[0], place[2] + 1) for _, place in sheet.laid.charts}
        blocks = {(block.first, block.end) for block in sheet.paged.blocks if not block.table}
        told = {row for block in sheet.paged.blocks for row in range(block.first, block.end)}
        for more in range(0, 500, 20 if FULL else 60) if charts else ():
            heights = sheet.heights | {1: sheet.heights.get(1, USUAL_HEIGHT) + more}
            breaks = page_breaks(sheet.paged, heights)
            for room in sheet.paged.rooms:
                pages = pages_filled(sheet.paged, breaks, heights, room)
                begun = [row for row, _ in pages]
                # A chart beside a table goes with its rows.
                whole = charts if room == sheet.paged.rooms[-1] else charts & blocks
                cut += [(sheet.laid.title, more, first) for first, end in whole if {*range(first + 1, end)} & {*begun}]
                blank = (row for row, end in pairwise(begun) if not told & {*range(row, end)})
                cut += [(sheet.laid.title, more, row) for row in blank]
    assert cut == []


PAGE = 100.0


def paged(*blocks: TiedRows, repeated: tuple[int, int] = (0, 0)) -> PagedRows:
    return PagedRows([PAGE, PAGE], repeated, [], blocks)


def test_a_title_does_not_stand_alone_above_rows_that_are_too_tall_for_the_rest_of_its_page() -> None:
    title, table = TiedRows(0, 1, 1), TiedRows(1, 3, 9, table=True, whole=True)
    tall = {0: 8.0, 1: 5.0, 2: 5.0} | dict.fromkeys(range(3, 9), 35.0)
    assert page_breaks(paged(title, table), tall) == []


def test_a_table_is_not_cut_for_a_few_rows_but_its_page_ends_before_it() -> None:
    first, second = TiedRows(0, 2, 8, table=True, whole=True), TiedRows(9, 11, 16, table=True, whole=True)
    heights = dict.fromkeys(range(16), 8.0)
    assert page_breaks(paged(first, second), heights) == [9]
    # Rows that a scenario does not show take no room: the second finds it then.
    assert page_breaks(paged(first, second), heights | dict.fromkeys(range(4, 8), 0.0)) == []


def test_a_chart_is_cut_in_neither_font_and_a_page_ends_with_a_few_sentences() -> None:
    table, chart = TiedRows(0, 2, 8, table=True), TiedRows(9, 17, 17)
    sheet = PagedRows([PAGE, PAGE + 40.0], (0, 2), [], [table, chart])
    assert page_breaks(sheet, dict.fromkeys(range(17), 8.0)) == [9]
    sentences = TiedRows(9, 10, 20, table=True, least=LEAST_SENTENCES)
    rows = dict.fromkeys(range(20), 8.0)
    assert 9 not in page_breaks(paged(table, sentences, repeated=(0, 2)), rows)
    assert 9 in page_breaks(paged(table, sentences._replace(least=LEAST_ROWS), repeated=(0, 2)), rows)


def test_a_table_goes_on_where_its_heads_are_repeated() -> None:
    first, second = TiedRows(0, 2, 8, table=True, whole=True), TiedRows(9, 11, 16, table=True)
    sheet = paged(first, second, repeated=(10, 11))
    heights = dict.fromkeys(range(16), 7.0)
    assert page_breaks(sheet, heights) == []
    assert cut_blocks(sheet, heights, PAGE) == [second]


def test_the_last_page_takes_rows_along_of_a_table_whose_heads_are_repeated() -> None:
    table, signs = TiedRows(0, 2, 10, table=True), TiedRows(11, 13, 13)
    heights = dict.fromkeys(range(13), 9.0)
    sheet = paged(table, signs, repeated=(0, 2))
    assert page_breaks(sheet, heights) == [7]
    # Room for who signs leaves nothing to take along; heads that are not repeated stay with all of their rows.
    assert page_breaks(sheet, heights | {12: 0.0, 11: 0.0, 10: 0.0}) == []
    whole = paged(table._replace(whole=True), signs)
    assert page_breaks(whole, heights) == [11]


@pytest.mark.parametrize("rows", range(20, 55))
def test_pages_of_a_table_share_its_rows_where_the_last_would_hold_few(rows: int) -> None:
    sheet = paged(TiedRows(0, 2, rows + 2, table=True), TiedRows(rows + 3, rows + 4, rows + 4), repeated=(0, 2))
    heights = {0: 3.0, 1: 3.0} | dict.fromkeys(range(2, rows + 4), 4.0)
    pages = [filled for _, filled in pages_filled(sheet, page_breaks(sheet, heights), heights, PAGE)]
    assert min(pages) >= LEAST_FILLED * PAGE
    ends = page_breaks(sheet, heights)
    least = len(pages_filled(sheet, [], heights, PAGE))
    assert len(pages) == least
    assert all(LEAST_ROWS <= row - 2 <= rows - LEAST_ROWS + 2 for row in ends)


@pytest.mark.thorough
@pytest.mark.parametrize(("code", "lang"), by_turns(["150500", "150000"], TEMPLATES))
def test_no_last_page_of_a_sheet_holds_little(plan: Plan, code: str, lang: str) -> None:
    scant = []
    for sheet in sheets(plan, code, lang):
        breaks, room = page_breaks(sheet.paged, sheet.heights), sheet.paged.rooms[-1]
        begun, filled = pages_filled(sheet.paged, breaks, sheet.heights, room)[-1]
        if begun and filled < LEAST_FILLED * room:
            scant.append((sheet.laid.title, begun))
    assert scant == []


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
def test_no_last_page_holds_little_however_many_own_figures_make_rows_taller(
    baselines: Baselines, suggestions: pd.DataFrame, lang: str
) -> None:
    scant = []
    # With every run every third number of them, in the other language another.
    for count in range(1, 13) if FULL else range(1 + list(TEMPLATES).index(lang), 13, 3):
        own = {
            code: {"value": 30.0, "source": "某某市统计局 2021 年统计年报"} for code in [*baselines.areas][1:][:count]
        }
        plan = make_plan(parse_scenario({"baseline": {"milk_output": own}}), baselines, suggestions)
        (sheet,) = (each for each in sheets(plan, "150500", lang) if each.laid.name == "inputs")
        breaks, room = page_breaks(sheet.paged, sheet.heights), sheet.paged.rooms[-1]
        row, filled = pages_filled(sheet.paged, breaks, sheet.heights, room)[-1]
        if filled < LEAST_FILLED * room:
            scant.append((count, row))
    assert scant == []
