"""What stands outside its table or beside somebody else's name is told: an entry there would be lost or another's."""

import re

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.held_cell import column_number, letters_of
from tests.workbook.held_cells import HeldCells
from tests.workbook.reading_back import read_here

# What is moved about belongs to these.
INDICATORS = {"milk", "meat_sheep_value", "beef_cattle_value", "improved_breed_rate"}

KEY, OTHER = "milk.150500", "milk.150400"
# The tables with inputs: a column of labels, a row, and a row that is called otherwise.
LABELS = [
    ("inputs.leagues.league", KEY, OTHER),
    ("inputs.leagues.indicator", KEY, "beef_cattle_value.150500"),
    ("assumptions.lines.name", "milk", "beef_cattle_value"),
    ("assumptions.herds.league", "livestock_units.150500", "livestock_units.150400"),
    ("years.years.area", "milk.150500.2022", "milk.150400.2022"),
    ("years.years.indicator", "milk.150500.2022", "beef_cattle_value.150500.2022"),
]


@pytest.fixture(scope="module")
def workbook(plan):
    return write_workbook(plan, "150000", load_template(None, "zh"), "zh")


def test_a_workbook_as_made_has_every_label_in_its_place(workbook, told, plan):
    assert told(HeldCells(workbook)) == []
    assert told(HeldCells(write_workbook(plan, "150500", load_template(None, "en"), "en"))) == []


def test_a_row_pasted_outside_its_table_is_told_with_the_row_that_it_repeats(workbook, told):
    book = HeldCells(workbook)
    title, column, row = book.find("inputs.leagues.entered_growth", KEY)
    places = [
        book.names[f"inputs.leagues.key{end}"] for end in ("", "_2", "_3") if f"inputs.leagues.key{end}" in book.names
    ]
    last = max(int(place.rpartition("$")[2]) for place in places)
    goals = [last + below for below in (2, 30, 200)]
    for goal in goals:
        for each, held in book.row(title, row).items():
            book[title, each, goal] = held
        book[title, column, goal] = 6
    copied = [(one.place, one.values) for one in told(book) if one.code == "workbook_row_copied"]
    assert copied == [(f"{title}!A{goal}", {"first": row}) for goal in goals]


def test_a_table_into_which_thousands_of_rows_were_inserted_is_read_to_its_end(workbook, baselines, suggestions):
    growth = ("inputs.leagues.entered_growth", KEY)
    book = HeldCells(workbook, {growth: 6})
    title, _, row = book.find(*growth)

    def below(number):
        return number + 6_000 if number > row - 2 else number

    book.sheets[title] = {(letters, below(each)): held for (letters, each), held in book.sheets[title].items()}
    for name, where in book.names.items():
        sheet, _, cells = where.rpartition("!")
        if sheet.strip("'") == title:
            moved = re.sub(r"(?<=\$)\d+", lambda found: str(below(int(found[0]))), cells)
            book.names[name] = f"{sheet}!{moved}"
    result = read_here(book, baselines, suggestions)
    assert [one for one in result.doubts if one.place] == []
    assert result.scenario == parse_scenario({"growth": {"milk": {"150500": 6}}})


def test_what_is_entered_in_an_inserted_column_is_told_and_a_planners_own_column_is_not(workbook, told):
    growth = ("inputs.leagues.entered_growth", KEY)
    book = HeldCells(workbook)
    title, column, row = book.find(*growth)

    def beside(letters):
        number = column_number(letters)
        return letters_of(number + 1) if number >= column - 1 else letters

    book.sheets[title] = {(beside(letters), each): held for (letters, each), held in book.sheets[title].items()}
    for name, where in book.names.items():
        sheet, _, cells = where.rpartition("!")
        if sheet.strip("'") == title:
            moved = re.sub(r"(?<=\$)[A-Z]+", lambda found: beside(found[0]), cells)
            book.names[name] = f"{sheet}!{moved}"
    assert told(book) == []
    book[title, column, row] = 6
    book[title, column, row + 1] = 7
    ((place, code, more),) = [(one.place, one.code, one.more) for one in told(book)]
    assert (place, code, more) == (book.called((title, column, row)), "workbook_column_without_name", 1)
    book[title, column, row] = book[title, column, row + 1] = "待核实"
    assert told(book) == []


def test_a_label_that_is_another_rows_is_told_where_it_stands(workbook, told):
    book, expected = HeldCells(workbook), []
    for column, key, other in LABELS:
        place = book.find(column, key)
        name, made = book[book.find(column, other)], book[place]
        assert made != name, column
        expected.append((place, {"word": name, "made": made}))
    for place, values in expected:
        book[place] = values["word"]
    found = told(book)
    assert {one.code for one in found} == {"workbook_label_of_another"}
    places = sorted((book.called(place), values) for place, values in expected)
    assert sorted((one.place, one.values) for one in found) == places


def test_labels_sorted_without_their_keys_are_told_once_with_how_many_more(workbook, told):
    book = HeldCells(workbook)
    codes = ("150100", "150200", "150300", "150400", "150500", "150600", "150700", "150800")
    places = [book.find("inputs.leagues.league", f"milk.{code}") for code in codes]
    names = [book[place] for place in places]
    for place, name in zip(places, names[1:] + names[:1], strict=True):
        book[place] = name
    found = told(book)
    assert [one.code for one in found] == ["workbook_label_of_another"] * 5
    assert [one.more for one in found] == [0, 0, 0, 0, 3]


def test_a_label_in_other_words_is_nobody_elses(workbook, told):
    assert told(HeldCells(workbook, {("inputs.leagues.league", KEY): "通辽（全市）"})) == []


def test_of_a_chain_value_beside_its_quantity_the_value_counts_as_in_the_file(workbook, baselines, suggestions):
    own = {
        (f"inputs.leagues.{name}", "meat_sheep_value.150500"): value
        for name, value in {
            "own": 9.0,
            "own_source": "统计局",
            "own_value": 40.0,
            "own_value_source": "统计局",
        }.items()
    }
    value, quantity = ((f"inputs.leagues.{name}", "meat_sheep_value.150500") for name in ("own_value", "own"))
    for source, kept in (("统计局", "meat_sheep_value"), (None, "mutton_output")):
        book = HeldCells(workbook, {**own, ("inputs.leagues.own_value_source", value[1]): source})
        result = read_here(book, baselines, suggestions)
        assert {name: set(figures) for name, figures in result.scenario.baseline.items()} == {kept: {"150500"}}
        told = [one for one in result.doubts if "value_beside_quantity" in one.code]
        for lang in ("zh", "en"):
            assert "mutton_output" not in told[0].text(lang)
        if source:
            assert [(one.code, one.place) for one in told] == [
                ("workbook_value_beside_quantity", book.called(book.find(*value)))
            ]
            assert book.called(book.find(*quantity)) in told[0].text("zh")


@pytest.mark.parametrize("made", [pytest.param({}, marks=pytest.mark.thorough), {"150500": {"target": 70.0}}])
def test_of_a_limit_that_is_entered_twice_the_amount_counts_as_in_the_file(made, workbook, baselines, suggestions):
    scenario = parse_scenario({"allocation": {"milk": {"floor": made}}} if made else {})
    book = make_plan(scenario, baselines, suggestions)
    cells = HeldCells(write_workbook(book, "150500", load_template(None, "zh"), "zh") if made else workbook)
    amount, level = (cells.find(f"inputs.leagues.{name}", KEY) for name in ("entered_floor", "floor_level"))
    cells[amount] = 5
    if not made:
        cells[level] = 70
    result = read_here(cells, baselines, suggestions)
    assert result.scenario.allocation["milk"].floor == {"150500": 5.0}
    told = [one for one in result.doubts if one.place]
    assert [(one.code, one.place) for one in told] == [("workbook_limit_twice", cells.called(level))]
    assert cells.called(amount) in told[0].text("en")


# The tables with inputs, by a column that takes an entry and one that says what the row is about.
TABLES = [
    ("inputs.leagues.entered_growth", KEY, ("league", "indicator")),
    ("assumptions.lines.entered_growth", "milk", ("name",)),
    ("assumptions.herds.entered_growth", "livestock_units.150500", ("league",)),
    ("assumptions.criteria.entered_weight", "milk.scale", ("indicator", "criterion")),
    ("years.years.entered_actual", "milk.150500.2022", ("area", "indicator")),
]


def test_entries_in_a_row_that_no_key_stands_beside_are_told_with_their_row(workbook, told):
    """Pasted far below with its labels, without the hidden columns: nothing would read it."""
    book, goals = HeldCells(workbook), []
    for name, key, labels in TABLES:
        title, column, row = book.find(name, key)
        goal = book.last_row(title) + 9
        for label in labels:
            _, letter, _ = book.find(f"{name.rpartition('.')[0]}.{label}", key)
            book[title, letter, goal] = book[title, letter, row]
        book[title, column, goal] = 6
        goals.append(f"{title}!A{goal}")
    assert sorted((one.place, one.code) for one in told(book)) == [
        (place, "workbook_row_without_key") for place in sorted(goals)
    ]


def test_an_entry_right_below_a_table_is_told_and_a_note_further_below_is_not(workbook, told):
    book = HeldCells(workbook)
    title, column, row = book.find("inputs.leagues.entered_growth", "improved_breed_rate.152900")
    book[title, column, row + 1] = 6
    book[title, 1, row + 5] = "联系电话"
    book[title, column, row + 5] = 4716661234
    assert [one.place for one in told(book)] == [f"{title}!A{row + 1}"]


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
def test_every_deleted_sheet_is_called_as_it_was_called(lang, plan, told):
    """As Excel leaves the names of deleted sheets; without the first sheet it is no workbook of ours any more."""
    book = HeldCells(write_workbook(plan, "150000", load_template(None, lang), lang))
    first, *titles = book.sheets
    for name, leads_to in book.names.items():
        sheet, _, cells = leads_to.rpartition("!")
        if sheet.strip("'") != first:
            book.names[name] = f"#REF!{cells}"
    for title in titles:
        del book.sheets[title]
    found = [one for one in told(book) if one.code == "workbook_sheet_missing"]
    assert sorted(one.place for one in found) == sorted(titles)
    assert all(one.text(lang).startswith(f"{one.place}: ") for one in found)


def test_rows_that_were_sorted_without_their_keys_are_a_few_sentences_and_the_labels_first(workbook, told):
    """As a spreadsheet sorts what is seen of a table: labels and figures move, the hidden keys stay."""
    book = HeldCells(workbook)
    title, column, first = book.find("inputs.leagues.entered_growth", "milk.150100")
    rows = [book.row(title, row) for row in range(first, first + 60)]
    for row, cells in enumerate(reversed(rows), first):
        for each in range(1, column):
            book[title, each, row] = cells.get(each)
    found = told(book)
    assert found[0].code == "workbook_label_of_another"
    told_of = [one.code for one in found]
    assert told_of.count("workbook_constant_overwritten") == 5
    assert len(found) < 20
    assert max(one.more for one in found if one.code == "workbook_constant_overwritten") > 50
