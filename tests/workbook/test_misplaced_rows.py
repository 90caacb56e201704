"""What stands outside its table or beside somebody else's name is told: an entry there would be lost or another's."""

import pytest
from openpyxl.utils import get_column_letter

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.inputs import read_back
from tests.workbook.filling_in import filled_in, find, loaded, saved
from tests.workbook.reading_back import EXPECTED

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
def workbook(baselines, suggestions):
    return write_workbook(make_plan(Scenario(), baselines, suggestions), "150000", load_template(None, "zh"), "zh")


@pytest.fixture
def told(baselines, suggestions):
    def tell(data):
        return [one for one in read_back(data, baselines, suggestions).doubts if one.code not in EXPECTED]

    return tell


def test_a_workbook_as_made_has_every_label_in_its_place(workbook, told, baselines, suggestions):
    assert told(filled_in(workbook, {})) == []
    league = write_workbook(make_plan(Scenario(), baselines, suggestions), "150500", load_template(None, "en"), "en")
    assert told(filled_in(league, {})) == []


@pytest.mark.parametrize("below", [2, 30, 200])
def test_a_row_pasted_outside_its_table_is_told_with_the_row_that_it_repeats(below, workbook, told):
    book = loaded(workbook)
    sheet, row, column = find(book, "inputs.leagues.entered_growth", KEY)
    places = [
        book.defined_names[f"inputs.leagues.key{end}"]
        for end in ("", "_2", "_3")
        if f"inputs.leagues.key{end}" in book.defined_names
    ]
    last = max(int(place.attr_text.rpartition("$")[2]) for place in places)
    goal = last + below
    for merged in [each for each in sheet.merged_cells.ranges if each.min_row <= goal <= each.max_row]:
        sheet.unmerge_cells(str(merged))
    for cell in list(sheet[row]):
        if cell.value is not None:
            sheet.cell(goal, cell.column, cell.value)
    sheet.cell(goal, column, 6)
    found = told(saved(book))
    copied = [(one.place, one.values) for one in found if one.code == "workbook_row_copied"]
    assert copied == [(f"{sheet.title}!A{goal}", {"first": row})]


def test_a_label_that_is_another_rows_is_told_where_it_stands(workbook, told):
    book, expected = loaded(workbook), []
    for column, key, other in LABELS:
        sheet, row, letter = find(book, column, key)
        name, made = (sheet.cell(*find(book, column, each)[1:]).value for each in (other, key))
        assert made != name, column
        expected.append((f"{sheet.title}!{get_column_letter(letter)}{row}", {"word": name, "made": made}))
    for (column, key, _), (_, values) in zip(LABELS, expected, strict=True):
        sheet, row, letter = find(book, column, key)
        sheet.cell(row, letter).value = values["word"]
    found = told(saved(book))
    assert {one.code for one in found} == {"workbook_label_of_another"}
    assert sorted((one.place, one.values) for one in found) == sorted(expected, key=lambda one: one[0])


def test_labels_sorted_without_their_keys_are_told_once_with_how_many_more(workbook, told):
    book = loaded(workbook)
    codes = [
        f"milk.{code}" for code in ("150100", "150200", "150300", "150400", "150500", "150600", "150700", "150800")
    ]
    cells = [find(book, "inputs.leagues.league", code) for code in codes]
    names = [sheet.cell(row, column).value for sheet, row, column in cells]
    for (sheet, row, column), name in zip(cells, names[1:] + names[:1], strict=True):
        sheet.cell(row, column).value = name
    found = told(saved(book))
    assert [one.code for one in found] == ["workbook_label_of_another"] * 5
    assert [one.more for one in found] == [0, 0, 0, 0, 3]


def test_a_label_in_other_words_is_nobody_elses(workbook, told):
    assert told(filled_in(workbook, {("inputs.leagues.league", KEY): "通辽（全市）"})) == []


def test_a_chain_value_beside_its_quantity_is_told_once_and_in_names(workbook, told):
    own = {
        (f"inputs.leagues.{name}", "meat_sheep_value.150500"): value
        for name, value in {
            "own": 9.0,
            "own_source": "统计局",
            "own_value": 40.0,
            "own_value_source": "统计局",
        }.items()
    }
    found = told(filled_in(workbook, own))
    assert [one.code for one in found] == ["value_beside_quantity"]
    for lang in ("zh", "en"):
        assert "mutton_output" not in found[0].text(lang)


# The tables with inputs, by a column that takes an entry and one that says what the row is about.
TABLES = [
    ("inputs.leagues.entered_growth", KEY, ("league", "indicator")),
    ("assumptions.lines.entered_growth", "milk", ("name",)),
    ("assumptions.herds.entered_growth", "livestock_units.150500", ("league",)),
    ("assumptions.criteria.entered_weight", "milk.scale", ("indicator", "criterion")),
    ("years.years.entered_actual", "milk.150500.2022", ("area", "indicator")),
]


@pytest.mark.parametrize(("name", "key", "labels"), TABLES)
def test_entries_in_a_row_that_no_key_stands_beside_are_told_with_their_row(name, key, labels, workbook, told):
    """Pasted far below with its labels, without the hidden columns: nothing would read it."""
    book = loaded(workbook)
    sheet, row, column = find(book, name, key)
    goal = sheet.max_row + 9
    for label in labels:
        _, _, letter = find(book, f"{name.rpartition('.')[0]}.{label}", key)
        sheet.cell(goal, letter).value = sheet.cell(row, letter).value
    sheet.cell(goal, column).value = 6
    found = told(saved(book))
    assert [(one.place, one.code) for one in found] == [(f"{sheet.title}!A{goal}", "workbook_row_without_key")]


def test_an_entry_right_below_a_table_is_told_and_a_note_further_below_is_not(workbook, told):
    book = loaded(workbook)
    sheet, row, column = find(book, "inputs.leagues.entered_growth", "improved_breed_rate.152900")
    sheet.cell(row + 1, column).value = 6
    assert [one.place for one in told(saved(book))] == [f"{sheet.title}!A{row + 1}"]
    book = loaded(workbook)
    book[sheet.title].cell(row + 5, 1).value = "联系电话"
    book[sheet.title].cell(row + 5, column).value = 4716661234
    assert told(saved(book)) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_deleted_sheet_is_called_as_it_was_called(lang, baselines, suggestions, told):
    """As Excel leaves the names of deleted sheets; without the first sheet it is no workbook of ours any more."""
    made = write_workbook(make_plan(Scenario(), baselines, suggestions), "150000", load_template(None, lang), lang)
    book = loaded(made)
    first, *titles = book.sheetnames
    for name in book.defined_names.values():
        sheet, _, cells = name.attr_text.rpartition("!")
        if sheet.strip("'") != first:
            name.attr_text = f"#REF!{cells}"
    for title in titles:
        book.remove(book[title])
    found = [one for one in told(saved(book)) if one.code == "workbook_sheet_missing"]
    assert sorted(one.place for one in found) == sorted(titles)
    assert all(one.text(lang).startswith(f"{one.place}: ") for one in found)


def test_rows_that_were_sorted_without_their_keys_are_a_few_sentences_and_the_labels_first(workbook, told):
    """As a spreadsheet sorts what is seen of a table: labels and figures move, the hidden keys stay."""
    book = loaded(workbook)
    sheet, first, column = find(book, "inputs.leagues.entered_growth", "milk.150100")
    rows = [[sheet.cell(row, each).value for each in range(1, column)] for row in range(first, first + 60)]
    for row, values in enumerate(reversed(rows), first):
        for each, value in enumerate(values, 1):
            sheet.cell(row, each).value = value
    found = told(saved(book))
    assert found[0].code == "workbook_label_of_another"
    told_of = [one.code for one in found]
    assert told_of.count("workbook_constant_overwritten") == 5
    assert len(found) < 20
    assert max(one.more for one in found if one.code == "workbook_constant_overwritten") > 50
