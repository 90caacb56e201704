"""What the sheets say of figures at, just below and beyond their targets."""

import re

import openpyxl
import pytest
from restyling import ENGLISH, SHIPPED

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.workbook.content.book import describe_book

REGION = "150000"


def region_of(document, baselines, suggestions, sheet="evaluation", lang="zh"):
    plan = make_plan(parse_scenario(document), baselines, suggestions)
    table = describe_book(plan, REGION, lang).sheets[sheet].tables["region"]
    return {
        key: {name: column.values[at] for name, column in table.columns.items() if len(column.values) > at}
        for at, key in enumerate(table.keys)
    }


@pytest.mark.parametrize(
    ("lang", "known", "estimated"),
    [
        ("zh", "已达目标，无需增长", "估算已达目标"),
        ("en", "The target is reached, no growth needed", "The target is reached by the estimate"),
    ],
)
def test_the_sheet_says_that_a_target_is_reached_and_by_which_sort_of_figure(
    lang, known, estimated, baselines, suggestions
):
    actual = {"milk": {REGION: {"2023": 770}}}
    made = {"as_of": 2023, "target": {"milk": 770, "forage_value": 400}, "actual": actual}
    found = region_of(made, baselines, suggestions, lang=lang)
    assert found["milk"]["sentence"] == known
    assert found["forage_value"]["sentence"] == estimated
    missed = region_of(made | {"target": {"milk": 770.01}}, baselines, suggestions, lang=lang)
    assert "0.01" in missed["milk"]["sentence"]


@pytest.mark.parametrize(
    ("value", "completion", "status"), [(769.99, 99.99, "未完成"), (769.996, 100, "完成"), (770, 100, "完成")]
)
def test_the_sheets_show_a_hundred_per_cent_where_the_target_is_met_in_print(
    value, completion, status, baselines, suggestions
):
    actual = {"milk": {REGION: {"2025": value}}}
    made = {"as_of": 2025, "target": {"milk": 770}, "actual": actual}
    row = region_of(made, baselines, suggestions)["milk"]
    year = region_of(made, baselines, suggestions, sheet="years")["milk.2025"]
    for told in (row, year):
        assert [told[name] for name in ("completion", "progress")] == [pytest.approx(completion)] * 2
        assert told["status"] == status


@pytest.mark.parametrize("template", [SHIPPED, ENGLISH])
def test_cells_of_completion_and_progress_show_the_decimals_by_which_a_hundred_is_told(template):
    cells = (cell for sheet in openpyxl.load_workbook(template) for row in sheet.iter_rows() for cell in row)
    shown = {cell.number_format for cell in cells if re.fullmatch(r"{\w+\.(completion|progress)}", str(cell.value))}
    assert shown == {"0.00"}


@pytest.mark.parametrize("target", [500, 611.48, 611.5])
def test_the_sheets_know_no_way_to_a_target_at_or_below_the_base(target, baselines, suggestions):
    made = {"as_of": 2022, "target": {"milk": target}, "actual": {"milk": {REGION: {"2022": 620}}}}
    row = region_of(made, baselines, suggestions)["milk"]
    year = region_of(made, baselines, suggestions, sheet="years")["milk.2022"]
    for told in (row, year):
        assert (told["progress"], told["schedule"], told["status"]) == ("", "", "提前实现")
