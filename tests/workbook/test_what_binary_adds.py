"""What is nothing is stored as 0, not as what binary sums leave, which no format prints as nothing."""

from collections.abc import Iterator

import pytest

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.rounding import COMPARE_DIGITS
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from tests.workbook.test_comparison_sheets import EVERYTHING

LEAST = 1e-9
# Checks say how exactly sums agree and against what bound; the rest is a part of a way that has hardly begun.
MEASURED = ("noise", "check_", "checks.", "region.progress", "region.schedule")


def worked_out(book: Book) -> Iterator[tuple[str, str, float]]:
    """Every number that a formula gives: its sheet, its name, its stored value."""
    for sheet in book.sheets.values():
        for name, cell in sheet.scalars.items():
            if cell.formula is not None and isinstance(cell.value, float):
                yield sheet.name, name, cell.value
        for table, each in sheet.tables.items():
            for name, column in each.columns.items():
                if column.formula is not None:
                    values = (value for value in column.values if isinstance(value, float))
                    yield from ((sheet.name, f"{table}.{name}", value) for value in values)


def test_differences_of_printed_figures_in_a_comparison_have_no_more_digits_than_they(plan: Plan) -> None:
    rules = {"allocation": {"milk": {"rule": "equal_growth"}, "forage_value": {"rule": "by_projection"}}}
    plans = [make_plan(parse_scenario(one), plan.baselines, plan.suggestions) for one in (EVERYTHING, {}, rules)]
    figures = list(worked_out(describe_comparison(compare(plans), "zh")))
    assert {"difference.target_1", "difference.target_spread", "leagues.amount_spread", "lines.gap"} <= {
        name for _, name, _ in figures
    }
    assert [one for one in figures if one[2] != round(one[2], COMPARE_DIGITS)] == []


@pytest.mark.parametrize("code", ["150000", pytest.param("150500", marks=pytest.mark.thorough)])
def test_no_figure_of_a_workbook_is_a_speck_that_prints_as_nought(plan: Plan, code: str) -> None:
    changed = make_plan(parse_scenario(EVERYTHING), plan.baselines, plan.suggestions)
    figures = [one for one in worked_out(describe_book(changed, code, "zh")) if not one[1].startswith(MEASURED)]
    assert [one for one in figures if 0 < abs(one[2]) < LEAST] == []
