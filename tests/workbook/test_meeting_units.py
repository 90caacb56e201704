"""The sheet for a meeting: what stands beside shares under the rules is the unit that they are in."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from agriplan.engine.plan import Plan
from agriplan.sentences import Lang
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
    units = [one.unit(lang) for one in plan.baselines.commitments]
    region, league = (shares(plan, code, lang) for code in (plan.baselines.region.code, "150500"))
    assert [row[1] for row in league] == units
    assert {row[1] for row in region} == {"%"}
    parts = {row[11]: [value for value in row[2:10] if isinstance(value, int | float)] for row in region}
    told = {greatest: found for greatest, found in parts.items() if found}
    assert len(told) > 1
    for greatest, found in told.items():
        assert max(found) == pytest.approx(greatest)  # the greatest part, whose heading says per cent
