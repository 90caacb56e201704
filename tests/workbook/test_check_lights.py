"""A check that cannot be worked out is not fine; what was typed is seen, a nought too."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.typed_numbers import SIGNS_OF_NO_FIGURE, says_no_figure
from agriplan.workbook.content.checks import LOOKED_AT
from agriplan.workbook.description import Column
from agriplan.workbook.evaluate.values import VALUE, ErrorValue
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.formulas.line import LINE_CHECKS
from tests.thoroughness import FULL
from tests.workbook.evaluation import compiled
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.filling_in import loaded
from tests.workbook.office_edits import edit_in_office
from tests.workbook.recalculation import OFFICE

LIGHTS, LIGHT, FIRST, STATE = (
    ("checks", "checks", "light"),
    ("checks", None, "light"),
    ("plan", None, "light"),
    ("plan", None, "state"),
)
WRONG = ("36.5①", VALUE)
ROOMY = {"allocation": {name: {"max_growth": "none"} for name in ("forage_value", "beef_cattle_value", "milk")}}


@pytest.fixture(scope="module", params=["150500", "150000"])
def book(request, baselines, suggestions):
    return compiled(make_plan(parse_scenario(ROOMY), baselines, suggestions), request.param)


def shown(book, cells):
    """What the formulas show once these cells hold something else: (entry, row key) -> value."""
    given = list(book.given)
    for (entry, key), value in cells.items():
        place = book.program.shape.given.index(entry)
        if key is None:
            given[place] = value
            continue
        given[place] = list(given[place])
        given[place][book.program.shape.row(entry, key)] = value
    return book.after(given)


def lights(book, found):
    keys = book.book.sheets["checks"].tables["checks"].keys
    return dict(zip(keys, found[LIGHTS], strict=True))


def test_every_light_is_fine_at_first(book):
    found, fine = shown(book, {}), book.book.words["light.fine"]
    assert set(lights(book, found).values()) == {fine}
    assert (found[LIGHT], found[FIRST]) == (fine, fine)
    assert found[STATE] == book.book.words["state.as_made"]
    assert len(found[LIGHTS]) == len(LINE_CHECKS) * 5 + len(LOOKED_AT)


def test_an_error_anywhere_turns_the_lights_that_rest_on_it_and_the_overall_one(book):
    found, look = (
        shown(book, {(("inputs", "leagues", "observed"), "milk.150500"): VALUE}),
        book.book.words["light.look"],
    )
    off = {key for key, light in lights(book, found).items() if light == look}
    assert {"milk.check_sum", "milk.check_placed", "milk.check_limits"} <= off
    # The error goes on to the evaluation, which shows indicators side by side; the other indicators stand.
    assert {key for key in off if not key.startswith("milk.")} == {"evaluation.check_cells"}
    assert (found[LIGHT], found[FIRST]) == (look, look)


@pytest.mark.parametrize(
    ("cells", "check"),
    [
        ({(("inputs", "leagues", "entered_growth"), "milk.150500"): "8"}, "milk.check_entries"),
        ({(("inputs", "leagues", "entered_lock"), "milk.150500"): True}, "milk.check_entries"),
        ({(("assumptions", "lines", "entered_target"), "milk"): "一千"}, "milk.check_entries"),
        ({(("years", "years", "entered_actual"), "milk.150500.2021"): "36.5①"}, "milk.check_entries"),
        ({(("inputs", "leagues", "entered_growth"), "milk.150500"): 80.0}, "milk.check_range"),
        ({(("years", "years", "entered_actual"), "milk.150500.2021"): 400.0}, "milk.check_actual"),
        (
            {(("assumptions", "herds", "entered_growth"), "livestock_units.150500"): 500.0},
            "improved_breed_rate.check_range",
        ),
        ({(("assumptions", "lines", "own_unit_value"), "beef_cattle_value"): 7731.0}, "beef_cattle_value.check_own"),
        ({(("years", "years", "entered_actual"), "milk.150500.2021"): 3.7}, "milk.check_actual"),
        ({(("inputs", "leagues", "entered_lock"), "milk.150500"): 400.0}, "milk.check_lock"),
        (
            {
                (("inputs", "leagues", "entered_floor"), "milk.150500"): 20.0,
                (("inputs", "leagues", "entered_ceiling"), "milk.150500"): 10.0,
            },
            "milk.check_order",
        ),
        ({(("inputs", "leagues", "own"), "milk.150500"): 36.0}, "milk.check_sources"),
    ],
)
def test_what_was_typed_amiss_turns_its_light(book, cells, check):
    found, look = shown(book, cells), book.book.words["light.look"]
    assert lights(book, found)[check] == look
    assert (found[LIGHT], found[FIRST]) == (look, look)


def test_a_nought_is_an_entry_and_a_usual_value_cleared_is_none(book):
    as_made, changed = (book.book.words[f"state.{word}"] for word in ("as_made", "changed"))
    for column in ("entered_growth", "own", "entered_floor", "entered_lock"):
        assert shown(book, {(("inputs", "leagues", column), "milk.150500"): 0.0})[STATE] == changed, column
    for column in ("rule", "reserve", "margin", "path", "criteria_mode"):
        assert shown(book, {(("assumptions", "lines", column), "milk"): None})[STATE] == as_made, column
    assert shown(book, {(("assumptions", "lines", "reserve"), "milk"): 1.0})[STATE] == changed
    assert shown(book, {(("assumptions", "lines", "entered_max_growth"), "milk"): None})[STATE] == changed


def test_a_nought_that_was_entered_and_is_cleared_is_a_change(baselines, suggestions):
    scenario = parse_scenario({"growth": {"milk": {"150500": 0}}})
    book = compiled(make_plan(scenario, baselines, suggestions), "150500")
    assert shown(book, {})[STATE] == book.book.words["state.as_made"]
    cleared = {(("inputs", "leagues", "entered_growth"), "milk.150500"): None}
    assert shown(book, cleared)[STATE] == book.book.words["state.changed"]


def test_the_own_league_is_marked_on_every_table_of_leagues(baselines, suggestions):
    plan = make_plan(Scenario(), baselines, suggestions)
    for code in ("150500", "150000"):
        book = compiled(plan, code).book
        for sheet, table in (("inputs", "leagues"), ("assumptions", "herds"), ("milk", "leagues")):
            flags = book.sheets[sheet].tables[table].columns["row_own"].values
            keys = book.sheets[sheet].tables[table].keys
            marked = [key for key, flag in zip(keys, flags, strict=True) if flag]
            assert marked == ([key for key in keys if key.endswith(code)] if code != "150000" else [])


def test_a_stroke_in_any_cell_for_a_number_makes_no_formula_an_error(book):
    before, tried = broken(shown(book, {})), 0
    for entry in book.program.shape.given:
        each = book.program.shape.entries[entry]
        asked = each.inputs if isinstance(each, Column) else {}
        key = next((key for key, one in asked.items() if one.kind == "number"), None)
        if key is not None:
            tried += 1
            assert broken(shown(book, {(entry, key): "-"})) == before, entry
    assert tried > 20


def number_inputs(book):
    """Every cell for a number: its entry, its row key, what it takes."""
    for sheet in book.book.sheets.values():
        for name, cell in sheet.scalars.items():
            if cell.input and cell.input.kind == "number":
                yield (sheet.name, None, name), None, cell.input
        for table, rows in sheet.tables.items():
            for name, column in rows.columns.items():
                asked = ((key, each) for key, each in column.inputs.items() if each.kind == "number")
                yield from (((sheet.name, table, name), key, each) for key, each in asked)


def test_a_text_or_an_error_in_any_cell_for_a_number_is_counted_and_breaks_no_check(book):
    tried, keys, look = set(), set(), book.book.words["light.look"]
    for entry, key, _ in number_inputs(book):
        rows = (entry, (key or "").partition(".")[0])
        if rows in tried:  # the same formula in the rows of one indicator
            continue
        tried.add(rows)
        if not FULL and len(tried) % 4 and len(tried) > 20:
            continue  # with every run a quarter of the later ones: each costs the whole book worked out anew
        for wrong in WRONG if FULL else [WRONG[len(tried) // 4 % 2]]:
            found = shown(book, {(entry, key): wrong})
            of_entries = {name for name, light in lights(book, found).items() if light == look and "entries" in name}
            assert of_entries, (entry, key, wrong)
            assert len(of_entries) == (5 if entry[:2] == ("assumptions", None) else 1), (entry, key)
            values = dict(zip(lights(book, found), found[("checks", "checks", "value")], strict=True))
            others = {name for name, value in values.items() if isinstance(value, ErrorValue)}
            assert {name.partition(".")[0] for name in others} <= {name.partition(".")[0] for name in of_entries}
            assert not any(name.endswith(("range", "own", "order", "entries", "sources")) for name in others), entry
            keys |= of_entries
    assert len(keys) == 5
    assert len(tried) > 50


def test_a_sign_of_no_figure_is_a_blank_in_every_cell_for_a_number_and_so_is_the_word_for_no_cap(book):
    fine, tried = set(lights(book, shown(book, {})).values()), set()
    for entry, key, one in number_inputs(book):
        if entry in tried:
            continue
        tried.add(entry)
        signs = SIGNS_OF_NO_FIGURE if len(tried) == 1 else ("——",)
        for sign in (*signs, *one.choices):
            found = lights(book, shown(book, {(entry, key): sign}))
            assert {light for name, light in found.items() if name.endswith("entries")} == fine, (entry, sign)


def test_the_signs_of_no_figure_that_a_workbook_knows_are_those_that_are_read_as_blank():
    assert [sign for sign in SIGNS_OF_NO_FIGURE if not says_no_figure(sign)] == []


def test_an_error_in_any_column_that_is_looked_at_turns_the_light_of_its_sheet(book):
    for sheet, columns in LOOKED_AT.items():
        text = book.book.sheets[sheet].scalars["check_cells"].formula
        found = {place for place in columns if f"ISERROR(SUM({{{place}:}}))" in text}
        assert found == {*columns}, sheet
        for place in columns:
            table, _, column = place.partition(".")
            assert book.book.sheets[sheet].tables[table].columns[column].formula, (sheet, place)


# Nothing follows what stands on the last of them.
SHEETS = ("评估", "改动清单", "结果")


@pytest.fixture(scope="module")
def without_a_sheet(baselines, suggestions, tmp_path_factory):
    """The workbook of a league after each of its sheets alone was deleted in LibreOffice, and as it was."""
    plan = make_plan(parse_scenario(ROOMY), of_indicators(baselines, set(ROOMY["allocation"])), suggestions)
    folder = tmp_path_factory.mktemp("deleted")
    file = folder / "league.xlsx"
    file.write_bytes(write_workbook(plan, "150500", load_template(None, "zh"), "zh"))
    edits = {title: f'  book.Sheets.removeByName("{title}")' for title in SHEETS}
    done = edit_in_office(file, folder, {"all there": "", **edits})
    return {title: path.read_bytes() for title, path in done.items()}


@pytest.mark.thorough
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_where_a_deleted_sheet_leaves_errors_its_light_and_the_overall_one_turn(without_a_sheet):
    fine, look, left = "正常", "请核对", {}
    books = {title: loaded(data, data_only=True, sheets=("校核", "首页")) for title, data in without_a_sheet.items()}
    for title, file in books.items():
        left[title] = errors_in(without_a_sheet[title])
        overall = {file["校核"]["B2"].value, file["首页"]["M2"].value}
        assert overall == {look if left[title] else fine}, (title, left[title])
    assert left["all there"] == left["结果"] == 0
    assert min(left["评估"], left["改动清单"]) > 50
    for title in ("评估", "改动清单"):
        rows = books[title]["校核"].iter_rows(min_row=5, max_col=5, values_only=True)
        assert [row[4] for row in rows if row[0] == title] == [look]


def errors_in(workbook):
    """How many cells of a file hold an error."""
    with ZipFile(BytesIO(workbook)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    return sum(len(re.findall(rb'<c [^>]*t="e"', sheet)) for sheet in sheets)


def broken(found):
    def is_error(value):
        return any(map(is_error, value)) if isinstance(value, list) else isinstance(value, ErrorValue)

    return {entry for entry, value in found.items() if is_error(value)}
