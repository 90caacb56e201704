"""What stands beside numbers of a workbook is the unit that they are in, or says theirs itself."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from agriplan.analysis.sensitivity import MOVES
from agriplan.analysis.unit_words import unit_of_amounts
from agriplan.engine.plan import Plan
from agriplan.sentences import Lang, catalogue
from agriplan.workbook.files import load_template, write_workbook

SHEETS: dict[Lang, tuple[str, str]] = {"zh": ("会议版", "基数法"), "en": ("Meeting", "By baseline")}


def shares(plan: Plan, code: str, lang: Lang) -> list[tuple[object, ...]]:
    """The rows of the table of shares under every rule: name, unit, a column a rule, least and greatest part."""
    title, rule = SHEETS[lang]
    made = write_workbook(plan, code, load_template(None, lang), lang)
    rows = list(load_workbook(BytesIO(made), data_only=True, read_only=True)[title].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if rule in row)
    return [row[:12] for row in rows[head + 1 : head + 1 + len(plan.baselines.commitments)]]


@pytest.mark.parametrize("lang", SHEETS)
def test_the_regions_table_of_parts_is_in_per_cent_and_a_leagues_in_its_indicators_units(
    plan: Plan, lang: Lang
) -> None:
    units = [unit_of_amounts(one, lang) for one in plan.baselines.commitments]
    region, league = (shares(plan, code, lang) for code in (plan.baselines.region.code, "150500"))
    assert [row[1] for row in league] == units
    assert {row[1] for row in region} == {"%"}
    parts = {row[11]: [value for value in row[2:10] if isinstance(value, int | float)] for row in region}
    told = {greatest: found for greatest, found in parts.items() if found}
    assert len(told) > 1
    for greatest, found in told.items():
        assert max(found) == pytest.approx(greatest)  # the greatest part, whose heading says per cent


def test_an_input_beside_the_unit_of_what_it_moves_says_that_it_is_in_per_cent() -> None:
    """On 方案比较 the unit is the projection's; the input that moves it is a growth or an error."""
    inputs = {f"input.{name}" for name in MOVES}
    assert {code: text for code in inputs for text in catalogue()[code].values() if "%" not in text} == {}
