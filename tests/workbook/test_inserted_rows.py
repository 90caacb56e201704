"""A planner who opens the sheets in LibreOffice and inserts rows breaks neither what is read back nor the figures."""

from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import canonical_json, parse_scenario
from agriplan.sentences import say
from agriplan.workbook.files import load_template, write_workbook
from tests.thoroughness import FULL, tried
from tests.workbook.filling_in import filled_in
from tests.workbook.office_edits import insert_rows
from tests.workbook.parity_cases import SCENARIOS
from tests.workbook.reading_back import scenario_in
from tests.workbook.recalculation import OFFICE, same, with_wrong_values

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

# A further indicator of each kind (quantity, value, rate) has the same sheets as the first.
INDICATORS = {"milk", "beef_cattle_value", "improved_breed_rate"}
CASES = [("other_rules", "150500", "zh"), ("ceilings_that_bind", "150000", "en")][: tried(1, 2)]
TABLES = ["assumptions.lines.rule", "inputs.leagues.key", "milk.leagues.baseline", "years.years.key"]
LANGS = {name: lang for name, _, lang in CASES}
CAUTION = {"plan.state", "rules.state", "evaluation.state"}
LISTED = {"edits.list.from", "edits.list.to", "edits.list.unit", "edits.list.source"}
# Rows from the first of the table, and how many: above its headings, and among its rows.
ABOVE, AMONG = (-1, 3), (2, 1)
# With every run above one table and among the next one's rows, in one workbook; in full at each place of every table.
WHERE = {"by turns": dict(zip(TABLES, (ABOVE, AMONG, ABOVE, AMONG), strict=True))}
if FULL:
    WHERE |= {"above": dict.fromkeys(TABLES, ABOVE), "among": dict.fromkeys(TABLES, AMONG)}
PAIRS = list(product((case[0] for case in CASES), WHERE))


@pytest.fixture(scope="module")
def plans(baselines, suggestions):
    return {name: make_plan(parse_scenario(_asked(name)), baselines, suggestions) for name, _, _ in CASES}


def _asked(name):
    """The scenario, with what it enters for the indicators that there are."""
    if FULL:
        return SCENARIOS[name]
    left = {"meat_sheep_value", "forage_value", "mutton_unit_value", "mutton_output"}
    return {
        key: {one: entry for one, entry in part.items() if one not in left} if isinstance(part, dict) else part
        for key, part in SCENARIOS[name].items()
    }


@pytest.fixture(scope="module")
def inserted(plans, tmp_path_factory) -> dict[tuple[str, str], tuple[bytes, Path]]:
    """Each case and place: the workbook as it was made, and as LibreOffice saved it with rows inserted."""
    folder = tmp_path_factory.mktemp("rows")
    files = []
    for name, code, lang in CASES:
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(write_workbook(plans[name], code, load_template(None, lang), lang))
    wrong = folder / "wrong"
    wrong.mkdir()
    for file in files:
        (wrong / file.name).write_bytes(with_wrong_values(file.read_bytes()))
    found = {}
    for place, rows in WHERE.items():
        done = insert_rows([wrong / file.name for file in files], folder / place, rows)
        for file, saved in zip(files, done, strict=True):
            found[file.stem, place] = file.read_bytes(), saved
    return found


@pytest.mark.parametrize(("name", "place"), PAIRS)
def test_a_workbook_with_rows_inserted_in_libreoffice_reads_the_same(
    name, place, inserted, plans, baselines, suggestions
):
    data = inserted[name, place][1].read_bytes()
    assert canonical_json(scenario_in(data, baselines, suggestions)) == canonical_json(plans[name].scenario)
    entered = filled_in(data, {("inputs.leagues.entered_growth", "milk.150400"): 4.5})
    assert scenario_in(entered, baselines, suggestions).growth["milk"]["150400"] == 4.5


@pytest.mark.parametrize(("name", "place"), PAIRS)
def test_figures_stay_as_they_were_wherever_rows_were_inserted(name, place, inserted):
    made, saved = inserted[name, place]
    before, after = figures(BytesIO(made)), figures(saved)
    assert before.keys() <= after.keys()
    assert sum(map(len, before.values())) > 1000
    moved = {called for called, values in before.items() if not alike(values, after[called])}
    # A row within a table may be taken for a change, so that the workbook asks to be made anew; no more than that.
    assert moved <= (CAUTION | LISTED if place != "above" else set())
    # The list of changes asks to look again where it cannot tell which row a value belongs to, and names none.
    look = say("light.look", LANGS[name])
    assert all({*after[called]} <= {look, "", None} for called in moved & LISTED)
    words = say("state.as_made", LANGS[name]), say("state.changed", LANGS[name])
    assert all(after[called] and after[called][0] in words for called in CAUTION if called in before)


def alike(before, after) -> bool:
    return len(before) == len(after) and all(map(same, before, after))


def figures(file) -> dict[str, list[object]]:
    """What the named cells show, without the empty ones."""
    book = load_workbook(file, data_only=True)
    shown = {}
    for name, defined in book.defined_names.items():
        title, _, place = defined.attr_text.rpartition("!")
        cells = book[title.strip("'").replace("''", "'")][place.replace("$", "")]
        rows = cells if isinstance(cells, tuple) else ((cells,),)
        shown[name] = [cell.value for row in rows for cell in row if cell.value not in (None, "")]
    return shown
