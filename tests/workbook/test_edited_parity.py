"""What a planner changes in the file, the file works out as the engine does."""

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import canonical_json, parse_scenario
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.layout.sheets import lay_out
from tests.workbook.filling_in import filled_in
from tests.workbook.parity_cases import SCENARIOS
from tests.workbook.reading_back import scenario_in
from tests.workbook.recalculation import OFFICE, differences, recalculate

pytestmark = [pytest.mark.thorough, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]

# What is typed into a file is worked out as by the engine with every run in `test_formulas_agree.py`, and one that
# LibreOffice saved is read back in `test_doubts.py`; here both in one, in full. The first is the region's, in which its
# own figures are entered as well.
CASES = [("ceilings_that_bind", "150000"), ("other_rules", "150500"), ("default", "150500")]
PUBLISHED = {
    ("published.stated.entered_actual", "milk.2022"): 740.0,
    ("published.parts.entered_actual", "mutton_output.2022"): 110.2,
    ("published.parts.entered_actual", "mutton_unit_value.2022"): 7.9,
}
LEAGUES = "inputs.leagues"


def _edits(word, code):
    return (PUBLISHED if code == "150000" else {}) | {
        ("assumptions.as_of", None): 2022,
        ("assumptions.lines.entered_target", "milk"): 950,
        ("assumptions.lines.entered_growth", "milk"): 3.5,
        ("assumptions.lines.rule", "milk"): word("rule.by_headroom"),
        ("assumptions.lines.rule", "meat_sheep_value"): word("rule.by_criteria"),
        ("assumptions.lines.criteria_mode", "meat_sheep_value"): word("criteria.entropy"),
        ("assumptions.lines.rule", "forage_value"): word("rule.equal_slack"),
        ("assumptions.lines.rule", "improved_breed_rate"): word("rule.equal_growth"),
        ("assumptions.lines.entered_max_growth", "forage_value"): word("cap.none"),
        ("assumptions.lines.entered_max_growth", "milk"): 13,
        ("assumptions.lines.reserve", "milk"): 12.5,
        ("assumptions.lines.margin", "forage_value"): 3,
        ("assumptions.lines.path", "milk"): word("path.late_loaded"),
        ("assumptions.lines.path", "beef_cattle_value"): word("path.linear"),
        ("assumptions.lines.own_unit_value", "meat_sheep_value"): 7.1,
        ("assumptions.lines.own_unit_value_source", "meat_sheep_value"): "测算",
        ("assumptions.lines.entered_unit_value_growth", "meat_sheep_value"): 1.5,
        (f"{LEAGUES}.own", "milk.150500"): 36.25,
        (f"{LEAGUES}.own_source", "milk.150500"): "通辽市统计局",
        (f"{LEAGUES}.own_note", "milk.150500"): "=1+1",
        (f"{LEAGUES}.entered_growth", "milk.150400"): -2.5,
        (f"{LEAGUES}.entered_growth", "improved_breed_rate.150500"): 0.9,
        (f"{LEAGUES}.entered_floor", "milk.150500"): 5,
        (f"{LEAGUES}.entered_ceiling", "milk.150700"): 20,
        (f"{LEAGUES}.entered_lock", "forage_value.150500"): 12,
        (f"{LEAGUES}.entered_share", "milk.150500"): 2,
        ("assumptions.herds.entered_growth", "livestock_units.150000"): 1,
        ("assumptions.herds.own", "livestock_units.150500"): 1200,
        ("assumptions.herds.own_source", "livestock_units.150500"): "牧业普查",
        ("assumptions.criteria.entered_weight", "forage_value.scale"): 3,
        ("assumptions.status_margin", None): 3,
        ("years.years.entered_actual", "milk.150500.2021"): 38.5,
        ("years.years.entered_actual", "milk.150500.2022"): 39,
        ("years.years.entered_actual", "improved_breed_rate.150500.2021"): 96.5,
    }


@pytest.fixture(scope="module")
def edited(baselines, suggestions, tmp_path_factory):
    """Each case: the scenario read from the edited file, and the file as LibreOffice worked it out and saved it."""
    folder = tmp_path_factory.mktemp("edited")
    template = load_template(None, "zh")
    files = []
    for name, code in CASES:
        plan = make_plan(parse_scenario(SCENARIOS[name]), baselines, suggestions)
        words = describe_book(plan, code, "zh", template.words).words
        data = filled_in(write_workbook(plan, code, template, "zh"), _edits(words.__getitem__, code))
        files.append(folder / f"{name}-{code}.xlsx")
        files[-1].write_bytes(data)
    return list(zip(CASES, files, recalculate(files, folder / "done"), strict=True))


def test_edited_workbooks_read_the_same_from_openpyxl_and_from_libreoffice(edited, baselines, suggestions):
    for (_, code), file, done in edited:
        scenario = scenario_in(file.read_bytes(), baselines, suggestions)
        assert scenario.growth["milk"] == {**scenario.growth["milk"], "150000": 3.5, "150400": -2.5}
        assert scenario.allocation["forage_value"].max_growth == "none"
        assert scenario.baseline["milk_output"]["150500"].note == "=1+1"
        assert scenario.actual["milk"]["150500"] == {"2021": 38.5, "2022": 39}
        assert scenario.as_of == 2022
        assert ("2022" in scenario.actual.get("mutton_output", {}).get("150000", {})) == (code == "150000")
        assert canonical_json(scenario_in(done.read_bytes(), baselines, suggestions)) == canonical_json(scenario)


def test_edited_workbooks_keep_parity_with_workbooks_made_from_what_was_read(edited, baselines, suggestions):
    template = load_template(None, "zh")
    for (name, code), _, done in edited:
        plan = make_plan(scenario_in(done.read_bytes(), baselines, suggestions), baselines, suggestions)
        book = describe_book(plan, code, "zh", template.words)
        count, found = differences(lay_out(template, book), done)
        changed = book.words["state.changed"]
        wrong = [text for text in found if f"became {changed!r}" not in text]
        assert count > 5000
        assert not wrong, f"{name}: {wrong[:5]}"
        assert len(wrong) < len(found), "a cell must say that the comparison of rules is no longer the inputs'"
