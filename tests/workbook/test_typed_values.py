"""What people type or paste into input cells, past what validation lets through: understood, or told at its cell."""

from datetime import date

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.workbook.content.input_cells import CHOICES
from agriplan.workbook.description import Input
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.entries import ScenarioEdits
from agriplan.workbook.readback.figures import _shown
from agriplan.workbook.readback.finding import CellPlace
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.inputs import read_back, read_opened
from agriplan.workbook.readback.sheet_part import SheetPart
from agriplan.workbook.readback.uploaded_file import Opened
from tests.thoroughness import FULL
from tests.workbook.filling_in import find, loaded, saved
from tests.workbook.held_cells import HeldCells
from tests.workbook.raw_edits import address_in, opened
from tests.workbook.reading_back import read_here, told_of

# A further indicator has the same sheets as the first.
INDICATORS = {"milk"}

GROWTH = ("inputs.leagues.entered_growth", "milk.150500")
LOCK = ("inputs.leagues.entered_lock", "milk.150500")
ACTUAL = ("years.years.entered_actual", "milk.150500.2021")
MODE = ("assumptions.lines.criteria_mode", "milk")
# Each a number that a cell takes and the plan does not.
WRONG_ALONE = {"entered_target": 1000.005, "reserve": 120, "margin": -5, "entered_growth": -100}
WEIGHT = ("assumptions.criteria.entered_weight", "milk.scale")
# Leagues that the first indicators name; every entry to be tried has a cell of its own.
NAMED = ("150100", "150200", "150700", "152200", "150400", "152500", "150900", "150600", "150800")


@pytest.fixture
def told(baselines, suggestions):
    """What is in doubt, by cell: the codes of what is told of it; the rest of the file is read."""

    def ask(book):
        found = {}
        for problem in told_of(book, baselines, suggestions):
            assert problem.text("zh").startswith(f"{problem.place}: ")
            assert problem.text("zh") != problem.text("en")
            found.setdefault(problem.place, []).append(problem)
        return found

    return ask


def codes(found):
    return {place: {problem.code for problem in problems} for place, problems in found.items()}


def place_in(book, entry):
    return book.called(book.find(*entry))


AS_READ = {"5.5": 5.5, "\uff15\uff0e\uff15": 5.5, "\uff0d\uff12.5": -2.5, "\u22122": -2.0, " \u30003 ": 3.0, "4.": 4.0}


def test_numbers_typed_as_text_are_taken_as_they_are_read_each_in_doubt_at_its_cell(workbook, baselines, suggestions):
    entries = {(GROWTH[0], f"milk.{code}"): typed for code, typed in zip(NAMED, AS_READ, strict=False)}
    book = HeldCells(workbook, {**entries, ACTUAL: "1,234.5"})
    result = read_here(book, baselines, suggestions)
    places = sorted(place_in(book, entry) for entry in (*entries, ACTUAL))
    assert sorted((one.place, one.code) for one in result.doubts if one.place) == [
        (place, "typed_as_text") for place in places
    ]
    assert result.scenario.growth["milk"] == dict(zip(NAMED, AS_READ.values(), strict=False))
    assert result.scenario.actual["milk"]["150500"]["2021"] == 1234.5  # commas between thousands are understood


def test_signs_of_no_figure_are_empty_cells_and_listed_as_such(workbook, baselines, suggestions):
    book = HeldCells(workbook, {ACTUAL: "1.5", LOCK: "无", GROWTH: "——"})
    result = read_here(book, baselines, suggestions)
    assert [note.code for note in result.notes] == ["read_as_blank", "read_as_blank"]
    assert place_in(book, GROWTH) in [note.place for note in result.notes]
    assert result.scenario == parse_scenario({"actual": {"milk": {"150500": {"2021": 1.5}}}})


def test_a_blank_cell_is_an_empty_cell(workbook, read):
    blanks = dict(zip(NAMED, (" ", "\u3000", " \n"), strict=False))
    entries = {(GROWTH[0], f"milk.{code}"): blank for code, blank in blanks.items()}
    assert read(HeldCells(workbook, entries)) == Scenario()


# What is typed into the growth or lock of a league, or the actual of a year: each into a cell of its own.
NO_FIGURES = {
    GROWTH[0]: [
        ("约5", "not_a_number"),
        ("1,5", "comma_in_number"),
        ("1_000", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("2021-03-01", "not_a_number"),
        (True, "not_a_number"),
        (-100, "out_of_range"),
    ],
    LOCK[0]: [("8%", "per_cent_sign"), (-1, "out_of_range"), ("1e300", "too_large"), (1e-310, "too_small")],
    ACTUAL[0]: [(1e-200, "too_small"), (-0.5, "negative_figure")],
}


def test_what_is_no_figure_is_told_with_its_sheet_and_cell(workbook, told):
    entries = {MODE: (7, "unknown_word")}
    for name, each in NO_FIGURES.items():
        keys = [f"150500.{year}" for year in (2022, 2023)] if name == ACTUAL[0] else NAMED
        entries |= {(name, f"milk.{key}"): typed for key, typed in zip(keys, each, strict=False)}
    assert len(entries) == 1 + sum(map(len, NO_FIGURES.values()))
    book = HeldCells(workbook, {entry: typed for entry, (typed, _) in entries.items()})
    found = told(book)
    assert codes(found) == {place_in(book, entry): {code} for entry, (_, code) in entries.items()}
    (problem,) = found[place_in(book, (LOCK[0], f"milk.{NAMED[0]}"))]
    assert (problem.code, problem.suggestion) == ("per_cent_sign", None)


def test_a_copy_saved_by_openpyxl_reads_the_same_with_dates_per_cent_and_errors_that_were_typed_there(
    workbook, baselines, suggestions
):
    """A date as a source is kept as that date; as a figure it is told, and a format in per cent with what was meant."""
    book = loaded(workbook)

    def cell_of(name, key):
        sheet, row, column = find(book, name, key)
        return sheet.title, sheet.cell(row, column)

    own = {"own": 36.0, "own_source": date(2021, 3, 1), "own_note": 2021}
    entries = {(f"inputs.leagues.{name}", "milk.150500"): value for name, value in own.items()}
    wrong = {
        ACTUAL: (date(2021, 3, 1), "typed_as_date"),
        (GROWTH[0], "milk.150100"): ("#DIV/0!", "workbook_error_value"),
        (GROWTH[0], "milk.150200"): (0.08, "typed_as_per_cent"),
        (GROWTH[0], "milk.150300"): ("=4+4", "workbook_entry_unvalued"),
    }
    expected = {}
    for entry, value in entries.items():
        cell_of(*entry)[1].value = value
    for entry, (value, code) in wrong.items():
        title, cell = cell_of(*entry)
        cell.value = value
        if code == "typed_as_per_cent":
            cell.number_format = "0.0%"
        expected[f"{title}!{cell.coordinate}"] = code
    result = read_back(saved(book), baselines, suggestions)
    doubts = {one.place: one for one in result.doubts if one.place}
    assert {place: one.code for place, one in doubts.items()} == expected
    for place, one in doubts.items():
        assert one.text("zh").startswith(f"{place}: ")
        assert one.text("zh") != one.text("en")
    assert any("8%" in one.text("zh") for one in doubts.values() if one.code == "typed_as_per_cent")
    source = {"value": 36.0, "source": "2021-03-01", "note": "2021"}
    assert result.scenario == parse_scenario({"baseline": {"milk_output": {"150500": source}}})


def test_what_nobody_worked_out_is_told_at_its_cell_alone_and_takes_nothing_of_what_stood_there(baselines, suggestions):
    eight = parse_scenario({"growth": {"milk": {"150500": 8.0}}})
    data = write_workbook(make_plan(eight, baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    made = opened(data)
    sheets = {title: dict(cells) for title, cells in made.sheets.items()}
    expected = {}
    grey = ("inputs.leagues.entered_lock", "milk.150300")  # of a league that is not named
    for entry, code in {GROWTH: "workbook_entry_unvalued", grey: "workbook_entry_unasked"}.items():
        title, column, row = address_in(made, *entry)
        sheets[title][column, row] = Held(formula=True, unvalued=True)
        expected[f"{title}!{column}{row}"] = code
    result = read_opened(Opened(made.names, sheets), baselines, suggestions)
    assert ({one.place: one.code for one in result.doubts}, result.scenario) == (expected, eight)


def test_weights_beside_entropy_weights_are_told_instead_of_being_lost(workbook, told, read, baselines, suggestions):
    book = HeldCells(workbook, {MODE: "熵权", WEIGHT: 2})
    expected = {place_in(book, WEIGHT): {"weights_beside_entropy"}}
    assert codes(told(book)) == expected
    weighted = parse_scenario({"allocation": {"milk": {"criteria": {"scale": 2, "support": 1}}}})
    data = write_workbook(make_plan(weighted, baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    assert codes(told(HeldCells(data, {MODE: "熵权"}))) == expected
    cleared = {MODE: "熵权", WEIGHT: None, (WEIGHT[0], "milk.support"): None}
    assert read(HeldCells(data, cleared)).allocation["milk"].criteria == "entropy"


def test_weights_entered_when_entropy_is_given_up_are_used(read, baselines, suggestions):
    chosen = parse_scenario({"allocation": {"milk": {"criteria": "entropy"}}})
    data = write_workbook(make_plan(chosen, baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    assert read(HeldCells(data, {MODE: None, WEIGHT: 2})).allocation["milk"].criteria == {"scale": 2.0}


def test_weights_stay_where_the_word_that_asks_for_them_is_cleared(read, baselines, suggestions):
    weights = {"scale": 2.0, "support": 1.0}
    weighted = parse_scenario({"allocation": {"milk": {"criteria": weights}}})
    data = write_workbook(make_plan(weighted, baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    assert read(HeldCells(data, {MODE: None})).allocation["milk"].criteria == weights


def test_one_figure_entered_differently_in_two_cells_is_told():
    own = Input(("baseline", "milk_output", "150500", "value"), "number", 0.0, 1e12)
    changes = ScenarioEdits(Scenario(), {})
    changes.take(own, None, Held(36.0), CellPlace("假设", "D", 7))
    changes.take(own, None, Held(37.0), CellPlace("假设", "D", 19))
    (problem,) = (problem for problem in changes.finish() if problem.code == "entered_twice")
    assert problem.text("zh").startswith("假设!D19: ")
    assert "假设!D7" in problem.text("zh")


UNREADABLE = {
    "a unit": Held("40万吨"),
    "an error": Held("#N/A", error=True),
    "a per cent": Held(0.4, shown_as="per_cent"),
    "a date": Held(44256.0, shown_as="date"),
    "a formula without its result": Held(formula=True, unvalued=True),
    "true": Held(True),
}
_OWN = ("baseline", "milk_output", "150500")
_FLOOR = ("allocation", "milk", "floor", "150500")
# What an entry that cannot be read stands beside, by what is told of both: the entry, the other, and where it is told.
BESIDE = {
    "own_without_source": ((*_OWN, "value"), (*_OWN, "source"), None, 1),
    "own_without_source, with a note": ((*_OWN, "value"), (*_OWN, "note"), "年报", 2),
    "own_without_figure": ((*_OWN, "source"), (*_OWN, "value"), None, 1),
    "workbook_limit_twice": (_FLOOR, (*_FLOOR, "target"), 40.0, 1),
    "workbook_limit_twice, of the level": ((*_FLOOR, "target"), _FLOOR, 40.0, 0),
    "weights_beside_entropy": (("allocation", "milk", "criteria", "scale"), (), None, 0),
}


# A source may be any text or number.
UNREADABLE_TEXTS = ("an error", "a formula without its result")
PAIRS = [
    (told, unreadable)
    for told, (unread, *_) in BESIDE.items()
    for unreadable in (UNREADABLE_TEXTS if unread[-1] == "source" else UNREADABLE)
]


@pytest.mark.parametrize(("expected", "unreadable"), PAIRS)
def test_what_an_entry_stands_beside_is_told_with_it_although_it_cannot_be_read(expected, unreadable):
    unread, other, value, place = BESIDE[expected]
    entropy = {"allocation": {"milk": {"criteria": "entropy"}}}
    edits = ScenarioEdits(parse_scenario(entropy if not other else {}), {})
    for row, (path, held) in enumerate([(unread, UNREADABLE[unreadable]), (other, Held(value))]):
        if path:
            kind = "text" if path[-1] in ("source", "note") else "number"
            edits.take(Input(path, kind), None, held, CellPlace("假设", "D", row))
    if expected.endswith("a note"):
        edits.take(Input((*_OWN, "source"), "text"), None, Held(), CellPlace("假设", "D", 2))
    first, second = edits.finish()
    assert (first.place, str(second.place), second.code) == ("假设!D0", f"假设!D{place}", expected.partition(",")[0])


@pytest.mark.parametrize("unreadable", UNREADABLE if FULL else ("a unit", "a per cent"))
def test_all_that_is_wrong_with_an_own_figure_is_told_at_once_and_nothing_of_it_is_kept(
    unreadable, workbook, told, baselines, suggestions
):
    """A source that is too long beside a figure that cannot be read, and a figure that has no source."""
    long, bare = ("milk.150500", "milk.150100")
    entries = {
        ("inputs.leagues.own", long): UNREADABLE[unreadable],
        ("inputs.leagues.own_source", long): "年报" * 10_000,
        ("inputs.leagues.own", bare): UNREADABLE[unreadable],
    }
    book = HeldCells(workbook, entries)
    found = codes(told(book))
    assert set(found) == {place_in(book, entry) for entry in (*entries, ("inputs.leagues.own_source", bare))}
    assert read_here(book, baselines, suggestions).scenario == Scenario()


def test_a_whole_number_is_told_as_it_was_typed(workbook, told):
    entries = {GROWTH: (-100, "-100"), LOCK: (-1, "-1"), (GROWTH[0], "milk.150400"): (400, "400")}
    book = HeldCells(workbook, {entry: typed for entry, (typed, _) in entries.items()})
    found = told(book)
    assert {place_in(book, GROWTH), place_in(book, LOCK)} <= found.keys()
    for entry, (_, told_as) in entries.items():
        texts = [problem.text(lang) for problem in found.get(place_in(book, entry), ()) for lang in ("zh", "en")]
        assert texts == [text for text in texts if f"{told_as}.0" not in text]
        assert not texts or any(told_as in text for text in texts)


@pytest.mark.parametrize("entry", WRONG_ALONE)
def test_an_entry_that_cannot_be_used_and_is_the_only_one_is_told_at_its_cell(entry, workbook, told):
    only = (f"assumptions.lines.{entry}", "milk")
    book = HeldCells(workbook, {only: WRONG_ALONE[entry]})
    ((place, problems),) = told(book).items()
    assert (place, len(problems)) == (place_in(book, only), 1)


@pytest.mark.parametrize("typed", [30, "三十"])
def test_an_entry_in_the_grey_cell_of_a_league_that_is_not_named_is_told(typed, workbook, told):
    names = ("entered_lock", "entered_floor", "entered_ceiling", "lock_level")
    entries = [(f"inputs.leagues.{name}", "milk.150300") for name in names]
    book = HeldCells(workbook, dict.fromkeys(entries, typed))
    assert codes(told(book)) == {place_in(book, entry): {"workbook_entry_unasked"} for entry in entries}


def test_what_is_merged_over_other_inputs_is_told_with_all_that_it_covers(workbook, told):
    book = HeldCells(workbook, {GROWTH: 5, LOCK: 30})
    title, column, row = book.find(*GROWTH)
    floor, ceiling = (book.find(f"inputs.leagues.entered_{name}", LOCK[1]) for name in ("floor", "ceiling"))
    below, beside = book.called((title, column, row + 2)), book.called((title, ceiling[1], row))
    book[title, column, row] = Held(5.0, merged=below.partition("!")[2])
    book[floor] = Held(10.0, merged=beside.partition("!")[2])
    book[book.find(*LOCK)] = Held(30.0, merged=book.called(book.find(*LOCK)).partition("!")[2])  # over no other cell
    found = {place: problem for place, (problem,) in told(book).items()}
    assert {place: problem.code for place, problem in found.items()} == {
        f"{book.called(start)}:{end.partition('!')[2]}": "workbook_inputs_merged"
        for start, end in ((book.find(*GROWTH), below), (floor, beside))
    }
    letters = below.partition("!")[2].rstrip("0123456789")
    assert found[f"{book.called(book.find(*GROWTH))}:{letters}{row + 2}"].values["cells"] == [
        f"{letters}{row + 1}",
        f"{letters}{row + 2}",
    ]


def test_what_was_entered_where_nobody_sees_it_is_read_and_told(workbook, baselines, suggestions):
    names = [(GROWTH[0], f"milk.{code}") for code in NAMED]
    book = HeldCells(workbook, {name: Held(5.0, hidden=True) for name in names} | {LOCK: 30})
    result = read_here(book, baselines, suggestions)
    assert [one for one in result.doubts if one.place] == []
    assert {note.code for note in result.notes} == {"workbook_entry_hidden"}
    assert {note.place for note in result.notes} < {place_in(book, name) for name in names}
    assert [note.more for note in result.notes][-1] == len(names) - len(result.notes)
    assert set(result.scenario.growth["milk"]) == set(NAMED)


def test_an_own_figure_that_cannot_be_read_is_told_once(workbook, baselines, suggestions):
    figure = ("inputs.leagues.own", "milk.150500")
    book = HeldCells(workbook, {("inputs.leagues.own_source", "milk.150500"): "统计局", figure: "36.5①"})
    result = read_here(book, baselines, suggestions)
    assert [(one.code, one.place) for one in result.doubts if one.place] == [("mark_in_number", place_in(book, figure))]
    assert result.scenario == Scenario()


def test_figures_are_told_with_all_their_digits_and_without_exponents():
    huge = _shown(146497123.4, 146497123.5)
    assert (huge, _shown(1e-7), _shown(40.5, 40.51)) == ("146497123.4", "0.0000001", "40.5")


INPUTS = [
    Input(("growth", "milk", "150500"), "number", -50, 50),
    Input(("allocation", "milk", "rule"), "choice", choices=CHOICES["rule"]),
    Input(("allocation", "milk", "max_growth"), "number", choices=("不设",)),
    Input(("baseline", "milk_output", "150500", "source"), "text"),
]


@pytest.mark.parametrize(("kind", "formula"), [("b", ""), ("n", "TRUE()"), ("b", "TRUE()")])
def test_true_is_no_number_and_no_word_in_whichever_way_a_program_saves_it(kind, formula):
    part = SheetPart((), ())
    part.begin("c", {"r": "A1", "t": kind})
    for tag, text in (("f", formula), ("v", "1")) if formula else (("v", "1"),):
        part.begin(tag, {})
        part.text.append(text)
        part.finish(tag)
    part.finish("c")
    assert part.cells["A", 1].value is True
    for entry in INPUTS:
        edits = ScenarioEdits(Scenario(), {})
        edits.take(entry, None, part.cells["A", 1], CellPlace("假设", "A", 1))
        told = [one.values["word"] for one in edits.finish() if one.code in {"not_a_number", "unknown_word"}]
        assert told == ([] if entry.kind == "text" else ["TRUE"])


def test_blanks_around_a_word_are_told_at_its_cell():
    words = {f"rule.{code}": code for code in CHOICES["rule"]}
    for entry in INPUTS[1:3]:
        for typed in (f" {entry.choices[0]} ", f"{entry.choices[0]}\u3000"):
            edits = ScenarioEdits(Scenario(), words)
            edits.take(entry, None, Held(typed), CellPlace("假设", "F", 7))
            assert [(str(one.place), one.code) for one in edits.finish()] == [("假设!F7", "typed_with_blanks")]
