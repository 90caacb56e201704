"""Bars are as long as what they stand for, the own league's has its colour, and a row without bars says why."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from test_hygiene import KINDS, TEMPLATES, written

from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.sentences import Lang, say
from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.files import load_template, write_workbook
from tests.thoroughness import by_turns

MEETING = {"zh": "会议版", "en": "Meeting"}
SURPLUS = {
    "target": {
        "milk": 600, "meat_sheep_value": 850, "beef_cattle_value": 500, "forage_value": 400, "improved_breed_rate": 93,
    }
}  # fmt: skip
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


@pytest.mark.parametrize("scenario", [{}, SURPLUS])
def test_the_own_leagues_bar_has_its_colour_in_every_chart_of_leagues_in_a_surplus_too(
    plan: Plan, scenario: dict[str, object]
) -> None:
    made = make_plan(parse_scenario(scenario), plan.baselines, plan.suggestions)
    name = plan.baselines.areas["150500"].name("zh")
    found = 0
    for chart in charts_of(write_workbook(made, "150500", load_template(None, "zh"))):
        categories = re.findall(r"<c:cat>.*?</c:cat>", chart)
        if not categories or name not in re.findall(r"<c:v>([^<]*)</c:v>", categories[0]):
            continue
        found += 1
        for series in re.findall(r"<c:ser>.*?</c:ser>", chart):
            (point,) = re.findall(r"<c:dPt>.*?</c:dPt>", series)
            assert 'schemeClr val="accent2"' in point
    assert found == len(plan.baselines.commitments)


@pytest.mark.parametrize("lang", MEETING)
@pytest.mark.parametrize("code", ["150000", "150500", "150300"])
@pytest.mark.parametrize("scenario", [{}, SURPLUS, HELD_BACK])
def test_an_indicator_without_a_share_says_why_in_table_and_chart(
    plan: Plan, code: str, lang: Lang, scenario: dict[str, object]
) -> None:
    made = make_plan(parse_scenario(scenario), plan.baselines, plan.suggestions)
    data = write_workbook(made, code, load_template(None, lang), lang)
    sheet = load_workbook(BytesIO(data), data_only=True)[MEETING[lang]]
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
