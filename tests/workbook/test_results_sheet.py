"""The sheet of results holds every figure of its areas once, with the unit that it is in."""

import pytest

from agriplan.analysis.unit_words import unit_of_amounts
from agriplan.engine.plan import Plan
from agriplan.sentences import Lang, say
from agriplan.workbook.files import load_template, write_workbook
from tests.thoroughness import by_turns
from tests.workbook.filling_in import loaded

TITLES: dict[Lang, str] = {"zh": "结果", "en": "Results"}
# What the sheet calls each measure, and the column of the plan's printed tables.
OF_LEAGUE = {"baseline": "baseline", "projection": "projection", "amount": "amount_stated", "target": "target"}
OF_REGION = {**OF_LEAGUE, "amount": "placed_stated", "gap": "gap_stated", "reached": "reached"}
Rows = dict[tuple[str, str, int, str], tuple[str, object, object]]


def held(plan: Plan, code: str, lang: Lang) -> Rows:
    made = write_workbook(plan, code, load_template(None, lang), lang)
    sheet = loaded(made, data_only=True, sheets=(TITLES[lang],))[TITLES[lang]]
    rows = [row for row in sheet.iter_rows(min_row=5, max_col=8, values_only=True) if row[0]]
    found = {(row[0], row[1], row[3], row[4]): (row[2], row[6], row[7]) for row in rows}
    assert len(found) == len(rows)  # each figure once
    assert sheet.auto_filter.ref == f"A4:H{4 + len(rows)}"
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(("code", "lang"), by_turns(["150000", "150500"], TITLES))
def test_each_area_of_the_workbook_has_each_measure_of_each_year_as_printed_and_in_its_unit(
    plan: Plan, code: str, lang: Lang
) -> None:
    data, rows = plan.baselines, held(plan, code, lang)
    whole = code == data.region.code
    expected: dict[tuple[str, str, int, str], tuple[str, float]] = {}
    for commitment in data.commitments:
        line = plan.printed.by_indicator[commitment.id]
        tables = {data.region.code: (line, OF_REGION)} if whole else {}
        for league in plan.printed.leagues_of(commitment.id).to_dict("records"):
            if whole or league["code"] == code:
                tables[league["code"]] = (league, OF_LEAGUE)
        for area, (figures, columns) in tables.items():
            for measure, column in columns.items():
                year = data.base_year if measure == "baseline" else data.target_year
                unit = (unit_of_amounts if measure in ("amount", "gap") else type(commitment).unit)(commitment, lang)
                key = (data.areas[area].name(lang), commitment.name(lang), year, say(f"result.{measure}", lang))
                expected[key] = (unit, figures[column])
    yearly = {say(f"result.{measure}", lang) for measure in ("milestone", "actual")}
    once = {key: row for key, row in rows.items() if key[3] not in yearly}
    assert once.keys() == expected.keys()
    for key, (unit, printed) in expected.items():
        assert (once[key][0], bool(once[key][2])) == (unit, True), key
        assert once[key][1] == pytest.approx(printed, abs=1e-9), key
    areas = {key[0] for key in expected}
    years = data.later_years
    assert {key for key in rows if key[3] in yearly} == {
        (area, commitment.name(lang), year, measure)
        for area in areas
        for commitment in data.commitments
        for year in years
        for measure in yearly
    }
    assert len({unit for unit, _ in expected.values()}) > 2
