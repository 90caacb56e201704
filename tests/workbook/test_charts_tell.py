"""Bars are as long as what they stand for, the own league's has its colour, and a row without bars says why."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from test_hygiene import INDICATORS, KINDS, TEMPLATES, written

from agriplan.analysis.titles import ROOM
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.letter_widths import IN_CELLS
from agriplan.sentences import Lang, say
from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.layout.repeated_blocks import printed_width
from agriplan.workbook.template.tokens import worded_token
from tests.thoroughness import FULL, by_turns, tried
from tests.workbook.filling_in import loaded
from tests.workbook.raw_edits import texts_by_sheet

MEETING = {"zh": "会议版", "en": "Meeting"}
SURPLUS_OF = {
    "milk": 600, "meat_sheep_value": 850, "beef_cattle_value": 500, "forage_value": 400, "improved_breed_rate": 93,
}  # fmt: skip
SURPLUS = {"target": {one: target for one, target in SURPLUS_OF.items() if FULL or one in INDICATORS}}
HELD_BACK = {"allocation": {"milk": {"reserve": 100}}}


def charts_of(data: bytes) -> list[str]:
    with ZipFile(BytesIO(data)) as parts:
        return [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]


@pytest.mark.parametrize(("kind", "lang"), by_turns(KINDS, TEMPLATES))
def test_bars_begin_with_nought_unless_what_they_stand_for_may_be_below(kind: str, lang: str) -> None:
    bars = [chart for chart in charts_of(written(kind, lang)) if "<c:barChart>" in chart]
    below = [chart for chart in bars if '<c:min val="0"/>' not in chart]
    assert bars
    assert len(below) == (0 if kind == "comparison" else 1)  # growths, on the first page
    assert [name for name, one in CHARTS.items() if one.below_zero] == ["growth"]


@pytest.mark.parametrize("lang", MEETING)
def test_a_legend_leaves_the_chart_its_room(lang: Lang) -> None:
    """Beside the chart a quarter of its width, below it three lines: LibreOffice gives a legend all it asks for."""
    template = load_template(None, lang)
    places = [(chart, dict(sheet.page.widths)) for sheet in template.sheets for chart in sheet.charts]
    assert {chart.name for chart, _ in places} >= CHARTS.keys() - {"share"}
    for chart, widths in places:
        kind = CHARTS[chart.name]
        _, first, _, last = chart.place
        width = printed_width(widths, last) - printed_width(widths, first - 1)
        words = {one.code: template.words.get(one.code) or say(one.code, lang) for one in kind.series if not one.title}
        # Scenarios may be called anything. Letters are of nine points, digits of a width of eleven; the sign before a
        # name takes five.
        longest = max(ROOM if one.title else IN_CELLS.of(words[one.code]) for one in kind.series) * 9 / 11
        if kind.legend == "right":
            assert longest <= width / 4, (chart.title, words)
        else:
            assert len(kind.series) / (width // (longest + 5)) <= 3, (chart.title, words)


@pytest.mark.parametrize("scenario", [{}, SURPLUS])
def test_the_own_leagues_bar_has_its_colour_in_every_chart_of_leagues_in_a_surplus_too(
    plan: Plan, scenario: dict[str, object]
) -> None:
    made = make_plan(parse_scenario(scenario), plan.baselines, plan.suggestions)
    name = plan.baselines.areas["150500"].name("zh")
    found = 0
    for chart in charts_of(write_workbook(made, "150500", load_template(None, "zh"), "zh")):
        categories = re.findall(r"<c:cat>.*?</c:cat>", chart)
        if not categories or name not in re.findall(r"<c:v>([^<]*)</c:v>", categories[0]):
            continue
        found += 1
        for series in re.findall(r"<c:ser>.*?</c:ser>", chart):
            (point,) = re.findall(r"<c:dPt>.*?</c:dPt>", series)
            assert 'schemeClr val="accent2"' in point
    assert found == len(plan.baselines.commitments)


@pytest.mark.parametrize(
    ("code", "scenario", "lang"),
    by_turns(["150000", "150500", "150300"], [{}, SURPLUS, HELD_BACK], MEETING)
    if FULL
    else [("150000", {}, "zh"), ("150500", SURPLUS, "en"), ("150300", HELD_BACK, "zh")],
)
def test_an_indicator_without_a_share_says_why_in_table_and_chart(
    plan: Plan, code: str, scenario: dict[str, object], lang: Lang
) -> None:
    made = make_plan(parse_scenario(scenario), plan.baselines, plan.suggestions)
    data = write_workbook(made, code, load_template(None, lang), lang)
    sheet = loaded(data, data_only=True, sheets=(MEETING[lang],))[MEETING[lang]]
    rows = list(sheet.iter_rows(max_col=12, values_only=True))
    head = next(place for place, row in enumerate(rows) if row[2] in ("基数法", "By baseline"))
    count = len(plan.baselines.commitments)
    reasons = {say(f"reason.{one}", lang) for one in ("not_named", "nothing_to_allocate", "all_held_back")}
    told = 0
    for row in rows[head + 1 : head + 1 + count]:
        assert all(value is not None for value in row[:10]), row
        some = max(row[2:10]) > 0  # type: ignore[type-var]
        says = any(str(row[0]).endswith(reason) for reason in reasons)
        assert some != says, row
        told += says
    assert told == (count if scenario == SURPLUS else told)
    # The chart reads its names from the same cells, as texts.
    cells = f"$A${head + 2}:$A${head + 1 + count}</c:f>"
    assert sum(chart.count(cells) == chart.count("<c:strRef>") == 3 for chart in charts_of(data)) == 1


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
def test_the_legend_of_the_own_league_stands_in_leagues_workbooks_only(lang: Lang) -> None:
    legends = {
        worded.text
        for sheet in load_template(None, lang).sheets
        for spot in sheet.spots
        if (worded := worded_token(spot.text)) and worded.name == "row.own"
    }
    told = {
        kind: [text for texts in texts_by_sheet(written(kind, lang)).values() for text in texts if text in legends]
        for kind in ("league", "region")
    }
    assert told["league"]
    assert told["region"] == []


@pytest.mark.parametrize(("kind", "lang"), by_turns(["league", "region"], MEETING))
def test_no_column_of_the_first_page_is_empty(kind: str, lang: Lang) -> None:
    template = load_template(None, lang)
    (page,) = [sheet for sheet in template.sheets if sheet.subject == "plan"]
    sheet = loaded(written(kind, lang), data_only=True, sheets=(page.title,)).worksheets[0]
    heads = {spot.col for spot in page.spots if str(spot.text).startswith("{indicators.") and spot.row < 10}
    blocks = sorted({spot.row for spot in page.spots if str(spot.text).startswith("{indicators.")})
    assert len(blocks) == 2
    shown = 0
    for block in blocks:
        tokens = {spot.col: spot.token for spot in page.spots if spot.row == block and spot.token}
        name = next(col for col, token in tokens.items() if token == "indicators.name")
        first = _row_of(sheet, name, block)
        for col, token in tokens.items():
            # A remark is there only where something is remarkable.
            if token != "indicators.remark":
                values = [sheet.cell(first + row, col + 1).value for row in range(5)]
                assert any(value is not None for value in values), (token, first)
                shown += 1
    assert shown > len(heads)


def _row_of(sheet: Worksheet, col: int, block: int) -> int:
    """The first row of a block of the table, by where the first indicator's name stands."""
    names = ("奶类产量", "Milk output")
    rows = [row for row in range(1, 60) if str(sheet.cell(row, col + 1).value).startswith(names)]
    return rows[0] if block < 10 else rows[1]


@pytest.mark.parametrize("lang", MEETING)
def test_every_indicators_form_has_a_number_of_its_own(lang: Lang) -> None:
    forms = [
        text
        for texts in texts_by_sheet(written("region", lang)).values()
        for text in texts
        if text.startswith(("规测05-", "AP-05-"))
    ]
    assert len(set(forms)) == len(forms) == tried(len(INDICATORS), 5)
