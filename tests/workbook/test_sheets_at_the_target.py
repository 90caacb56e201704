"""What the sheets say of figures at, just below and beyond their targets."""

import re

import openpyxl
import pytest
from restyling import ENGLISH, SHIPPED

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.content.book import describe_book
from tests.workbook.evaluation import compiled

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


@pytest.mark.one_in(2)
@pytest.mark.parametrize("target", [500, 611.48, 611.5])
def test_the_sheets_know_no_way_to_a_target_at_or_below_the_base(target, baselines, suggestions):
    made = {"as_of": 2022, "target": {"milk": target}, "actual": {"milk": {REGION: {"2022": 620}}}}
    row = region_of(made, baselines, suggestions)["milk"]
    year = region_of(made, baselines, suggestions, sheet="years")["milk.2022"]
    for told in (row, year):
        assert (told["progress"], told["schedule"], told["status"]) == ("", "", "提前实现")


@pytest.mark.parametrize("lock", [0, 0.004])
@pytest.mark.parametrize("actual", [0.125, 3.5])
def test_a_league_whose_target_is_nothing_has_reached_it_early_and_leads_by_no_number(
    lock, actual, plan, baselines, suggestions
):
    made = parse_scenario(
        {
            "baseline": {"milk_output": {"150500": {"value": 0, "source": "通辽市统计局"}}},
            "allocation": {"milk": {"lock": {"150500": lock}}},
            "growth": {"milk": {"150500": 0}},
            "actual": {"milk": {"150500": {"2022": actual}}},
        }
    )
    changed, book = make_plan(made, baselines, suggestions), compiled(plan, "150500")
    typed = book.values(book.typed_in(made))
    assert not compare_with_engine(changed, book.book, typed).differences
    at = book.book.sheets["years"].tables["years"].keys.index("milk.150500.2022")
    told = {name: typed["years", "years", name][at] for name in ("target", "completion", "lead", "status")}
    assert told == {"target": 0, "completion": "", "lead": "", "status": "提前实现"}


def test_a_league_at_its_printed_target_has_done_what_was_handed_down_whatever_binary_adds(
    plan, baselines, suggestions
):
    # Its printed projection and amount add up to a shade above the printed target.
    indicator, code, target = next(
        (row["indicator"], row["code"], row["target"])
        for row in plan.printed.leagues.to_dict("records")
        if row["projection"] + row["amount"] > row["target"] and not baselines.by_id[row["indicator"]].is_rate
    )
    made = parse_scenario({"as_of": 2025, "actual": {indicator: {code: {"2025": target}}}})
    years = describe_book(make_plan(made, baselines, suggestions), code, "zh").sheets["years"].tables["years"]
    assert years.columns["status"].values[years.keys.index(f"{indicator}.{code}.2025")] == "完成"


def test_no_way_leads_to_a_target_that_is_the_base_in_print_whatever_binary_adds(baselines, suggestions):
    # 30.80 and 5.07 add up to a shade above 35.87.
    made = {
        "growth": {"milk": {"150500": -3}},
        "allocation": {"milk": {"lock": {"150500": 5.07}}},
        "actual": {"milk": {"150500": {"2022": 36.87}}},
    }
    changed = make_plan(parse_scenario(made), baselines, suggestions)
    shown = changed.printed.leagues.set_index(["indicator", "code"]).loc["milk", "150500"]
    assert shown["projection"] + shown["amount"] > shown["baseline"] == shown["target"]
    years = describe_book(changed, "150500", "zh").sheets["years"].tables["years"]
    at = years.keys.index("milk.150500.2022")
    assert [years.columns[name].values[at] for name in ("progress", "schedule")] == ["", ""]
