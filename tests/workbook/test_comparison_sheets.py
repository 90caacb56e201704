"""What the sheets of a comparison say beside their figures: units, defaults, how many scenarios, what a chart shows."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from agriplan.analysis.comparison import compare
from agriplan.analysis.entries import key_of, say_path, unit_of
from agriplan.analysis.titles import short_titles
from agriplan.baselines.commitments import short_names
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import print_entered
from agriplan.sentences import Lang, say
from agriplan.workbook.content.compared import MOST_PLANS
from agriplan.workbook.files import load_template, write_comparison
from tests.thoroughness import FULL

TITLES: dict[Lang, tuple[str, str]] = {"zh": ("改动", "对比"), "en": ("Changes", "Compared")}
OWN = "150500"
EVERYTHING: dict[str, Any] = {
    "growth": {"milk": {"150000": 3, OWN: 8}, "improved_breed_rate": {"152500": 0.5}, "forage_value": {OWN: 4}},
    "unit_value_growth": {"meat_sheep_value": 1},
    "target": {"milk": 900},
    "allocation": {
        "milk": {"rule": "by_headroom", "max_growth": 12, "lock": {OWN: 20}, "ceiling": {"150100": {"target": 200}}},
        "forage_value": {"max_growth": 15, "reserve": 10},
        "improved_breed_rate": {"rule": "equal_slack", "floor": {OWN: 0.1}},
    },
    "baseline": {"milk_output": {OWN: {"value": 36, "source": "通辽市统计局"}}},
    "actual": {"milk": {OWN: {"2021": 40.1}}},
}


def made(plan: Plan, scenarios: list[dict[str, Any]], lang: Lang = "zh") -> tuple[bytes, Workbook]:
    plans = [make_plan(parse_scenario(one), plan.baselines, plan.suggestions) for one in scenarios]
    data = write_comparison(compare(plans), load_template(None, lang), lang)
    return data, load_workbook(BytesIO(data), data_only=True)


def changes(book: Workbook, lang: Lang) -> dict[str, tuple[Any, ...]]:
    rows = list(book[TITLES[lang][0]].iter_rows(max_col=7, values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] in ("输入", "Input"))
    return {row[0]: row[1:] for row in rows[head + 1 : rows.index((None,) * 7, head)]}


@pytest.mark.parametrize("lang", TITLES)
def test_every_number_that_was_changed_has_its_unit_and_every_default_is_a_number_too(plan: Plan, lang: Lang) -> None:
    listed = changes(made(plan, [EVERYTHING, {}], lang)[1], lang)
    assert len(listed) > 12
    # Beside an own figure, which stands with its source, the default is a number.
    numbers = {name: row for name, row in listed.items() if any(isinstance(one, int | float) for one in row[1:3])}
    keys = {say_path(key_of(path), plan.baselines, lang): key_of(path) for path in compare_paths(plan)}
    for name, row in listed.items():
        unit = unit_of(keys[name], plan.baselines, lang) if name in numbers else None
        assert row[0] == unit, name
        # What has a number as its default is compared with that number, else with the word for nothing.
        assert isinstance(row[2], int | float) or row[2] in (
            "未设",
            "not set",
            "基数法",
            "By baseline",
            "by baseline",
        ), name
    defaults = [row[2] for row in numbers.values() if isinstance(row[2], int | float)]
    assert len(defaults) > 5
    assert all(row[0] for row in numbers.values())


@pytest.mark.parametrize("lang", TITLES)
def test_the_results_of_the_region_stand_before_all_entries(plan: Plan, lang: Lang) -> None:
    plans = [make_plan(parse_scenario(one), plan.baselines, plan.suggestions) for one in (EVERYTHING, {})]
    sheet = made(plan, [EVERYTHING, {}], lang)[1].worksheets[0]
    rows = list(sheet.iter_rows(max_col=4, values_only=True))
    entries = min(place for place, row in enumerate(rows) if row[0] in ("输入", "Input"))
    for one in plan.baselines.commitments:
        lines = [each.printed.by_indicator[one.id] for each in plans]
        for measure in ("target", "projection"):
            name = f"{short_names(plan.baselines.commitments, lang)[one.id]} · {say(f'table.{measure}', lang)}"
            place = [row[0] for row in rows].index(name)
            assert place < entries
            assert rows[place][1:] == (one.unit(lang), *(line[measure] for line in lines))


def compare_paths(plan: Plan) -> list[str]:
    plans = [make_plan(parse_scenario(one), plan.baselines, plan.suggestions) for one in (EVERYTHING, {})]
    return list(compare(plans).changes["path"])


def test_what_holds_in_all_scenarios_anyway_is_no_change_and_an_own_figure_is_one(plan: Plan) -> None:
    value = plan.baselines.base_figures["milk_output", OWN].value
    as_usual = {
        "allocation": {"forage_value": {"max_growth": 15}},
        "target": {"milk": plan.baselines.by_id["milk"].target},
        "path": {"milk": "constant_growth"},
        "baseline": {"milk_output": {OWN: {"value": value, "source": "通辽市统计局"}}},
    }
    listed = changes(made(plan, [as_usual, {}])[1], "zh")
    figure = f"{print_entered(value)}万吨、通辽市统计局"
    assert listed == {"奶类产量 · 自报基期值 · 通辽市": ("万吨", figure, value, *[None] * 3)}
    # Where another scenario enters another, all three stand in the row.
    other = {"allocation": {"forage_value": {"max_growth": 12}}}
    listed = changes(made(plan, [as_usual, {}, other])[1], "zh")
    assert ("%/年", 15, 15, 12) in [row[:4] for row in listed.values()]


@pytest.mark.parametrize("count", range(2, MOST_PLANS + 1) if FULL else [2, MOST_PLANS])
def test_a_heading_ends_with_the_last_of_the_scenarios_and_long_names_are_whole_once(plan: Plan, count: int) -> None:
    names = [f"{number}{'很长的名字' * 11}" for number in range(count)]
    short = short_titles(names)
    _, book = made(plan, [{"name": name, "target": {"milk": 900 + place}} for place, name in enumerate(names)])
    told = [cell.value for sheet in book for row in sheet for cell in row if cell.value in (*names, *short)]
    assert sorted(told[:count]) == names
    assert set(told[count:]) == set(short)
    for sheet in book:
        heads = [cell.row for row in sheet.iter_rows(min_col=3) for cell in row if cell.value in short]
        assert all((sheet.row_dimensions[row].height or 0) <= 50 for row in heads)  # three lines
        legends = [series.tx.v for chart in sheet._charts for series in chart.series]
        assert set(legends) <= set(short)
        if not sheet.title.startswith("对比"):
            continue
        (row,) = [cell.row for cell in sheet["A"] if cell.value == "盟市"]
        heads = [merge for merge in sheet.merged_cells.ranges if (merge.min_row, merge.max_row) == (row, row)]
        assert sorted(sheet.cell(row, merge.min_col).value for merge in heads) == ["分解量", "盟市目标"]
        for merge in heads:
            said = [sheet.cell(row + 1, col).value for col in range(merge.min_col, merge.max_col + 1)]
            assert said == ["相差", *short]
        # Half of the paper's width less half of a page's number, in letters of nine points.
        assert len(str(sheet.oddFooter.left.text)) <= 65
        cells = [sheet.cell(row, col) for col in range(1, 14)]
        covered = {col for merge in heads for col in range(merge.min_col, merge.max_col + 1)} | {1}
        assert not [cell.coordinate for cell in cells if cell.column not in covered and cell.border.bottom.style]


def test_charts_name_indicator_and_year_and_tell_shares_of_a_rate_in_points(plan: Plan) -> None:
    data, _ = made(plan, [EVERYTHING, {}])
    with ZipFile(BytesIO(data)) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    told = [re.findall(r"<a:t>([^<]*)</a:t>", chart) for chart in charts]
    assert len(told) == 6
    names = {one.name("zh") for one in plan.baselines.commitments}
    for title, unit in told:
        name, _, rest = title.partition("：")
        assert name in names
        assert str(plan.baselines.target_year) in rest
        assert unit == ("个百分点" if (name, "分解量" in rest) == ("畜禽良种化率", True) else unit)
        assert (unit == "%") == (name == "畜禽良种化率" and "分解量" not in rest)


def test_a_chart_that_is_alone_takes_the_room_of_both(plan: Plan) -> None:
    # In a surplus nothing is shared out: only targets differ.
    surplus = {"growth": {"beef_cattle_value": {OWN: 6}}}
    _, book = made(plan, [surplus, {}])
    (beef,) = [sheet for sheet in book if sheet.title.startswith("对比 肉牛")]
    (chart,) = beef._charts
    assert (chart.anchor._from.col, chart.anchor.to.col) == (0, 12)


def test_the_regions_targets_of_a_rate_are_said_to_lie_points_apart(plan: Plan) -> None:
    _, book = made(plan, [EVERYTHING, {}])
    said = {sheet.title.removeprefix("对比 "): sheet["A2"].value for sheet in book if sheet.title.startswith("对比")}
    assert said["畜禽良种化率"] == "单位：%；分解量、缺口和相差：个百分点"
    assert said["奶类产量"] == "单位：万吨；分解量、缺口和相差：万吨"


def test_results_and_entries_stand_at_the_right_with_decimals_and_signs_of_thousands(plan: Plan) -> None:
    entered = {"target": {"milk": 1234.5}, "growth": {"milk": {OWN: 4.5678}}, "as_of": 2022}
    book = made(plan, [entered, {"growth": {"milk": {OWN: 5}}}])[1]
    rows = list(book[TITLES["zh"][0]].iter_rows(min_col=3, max_col=4))
    cells = [cell for row in rows for cell in row if isinstance(cell.value, int | float)]
    assert len(cells) > 12
    assert {cell.alignment.horizontal for cell in cells} == {"right"}
    formats = {cell.number_format for cell in cells}
    assert all(one.startswith("#,##0.00") for one in formats)
    exact = next(cell for cell in cells if cell.value == 4.5678)
    assert exact.number_format == "#,##0.00######"  # an entry is never rounded
    assert "2022" in {cell.value for row in rows for cell in row}  # a year is no figure
