"""Beside every entry that asks to be looked at again stands a sentence, and the sheet of checks counts it.

What asks is the engine's to say (`analysis.cautions`): cells and cautions are held against each other, case by case and
for entries made up by chance.
"""

from functools import cache

import pytest
from engine.scenarios import random_scenario
from engine.test_cautions import CASES

from agriplan.analysis.cautions import cautions_of
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.sentences import LANGS, catalogue
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.readback.inputs import read_back
from tests.thoroughness import tried
from tests.workbook.evaluation import compiled
from tests.workbook.raw_edits import typed

LINES, UNIT_VALUES = ("assumptions", "lines", "remark"), ("assumptions", "lines", "unit_value_remark")
HERDS, LEAGUES, YEARS = (
    ("assumptions", "herds", "remark"),
    ("inputs", "leagues", "remark"),
    ("years", "years", "remark"),
)
STATED, PUBLISHED = ("published", "stated", "remark"), ("published", "parts", "remark")
COLUMNS = (LINES, UNIT_VALUES, HERDS, LEAGUES, YEARS, STATED, PUBLISHED)
# What the sheet of checks counts a caution under, by its code or by the part of the scenario.
CHECKS = {
    "growth": "range",
    "unit_value_growth": "range",
    "baseline": "own",
    "target": "terms",
    "allocation": "order",
    "limits_why": "order",
    "actual": "actual",
    "status_margin": "terms",
    "cap_of_rate_far": "terms",
    "lock_above_gap": "lock",
    "lock_in_surplus": "lock",
    "floor_above_gap": "lock",
    "floor_in_surplus": "lock",
    "percent_as_fraction": "terms",
}
# A workbook has no cell for what was issued; page, upload and command line ask.
ASKED_ELSEWHERE = {"issued_far", "issued_above_rate"}
# The cell beside the on-course range of monitoring, a single one.
MARGIN = ("assumptions", None, "status_margin_remark")


@pytest.fixture(scope="module", params=LANGS)
def book(request, baselines, suggestions):
    return compiled(make_plan(Scenario(), baselines, suggestions), "150000", request.param)


@pytest.fixture(scope="module")
def plans(baselines, suggestions):
    """The plan of each entry, made once for the books in both languages."""
    return cache(lambda name: make_plan(parse_scenario(IN_CELLS[name][0]), baselines, suggestions))


@pytest.fixture(scope="module")
def shown(book, plans):
    """What the book says of each entry: its remarks and the lights of its checks, worked out once."""

    def look(name):
        found = book.values(book.typed_in(plans(name).scenario))
        return remarks(book, found), lights(book, found)

    return cache(look)


def remarks(book, found):
    """Every remark that shows: (column, row key) -> sentence."""
    tables = {column: book.book.sheets[column[0]].tables[column[1]] for column in COLUMNS if column in found}
    margin = {(MARGIN, ""): found[MARGIN]} if found[MARGIN] != "" else {}
    return margin | {
        (column, key): text
        for column, table in tables.items()
        for key, text in zip(table.keys, found[column], strict=True)
        if text != ""
    }


def growths(data, name, code):
    if name in {one.herd for one in data.commitments}:
        return herds(data, name, code)
    return [(LINES, name) if code == data.region.code else (LEAGUES, f"{name}.{code}")]


def herds(data, name, code):
    return [(HERDS, f"{name}.{code}")]


def own_figures(data, name, code, _):
    if name in {one.herd for one in data.commitments}:
        return herds(data, name, code)
    if code == data.region.code:
        return [(UNIT_VALUES, one.id) for one in data.commitments if one.unit_value == name]
    return [(LEAGUES, f"{one.id}.{code}") for one in data.commitments if name in (one.quantity, one.id)]


def allocations(_, name, part, *code):
    return [(LEAGUES, f"{name}.{code[0]}") if code else (LINES, name)]


def actuals(data, name, code, year):
    # A workbook has cells for what leagues report of the indicators, and the region of what is behind values, too.
    if code != data.region.code:
        return [(YEARS, f"{name}.{code}.{year}")] if name in data.by_id else []
    behind = {part for one in data.commitments if one.unit_value for part in (one.quantity, one.unit_value)}
    return [(PUBLISHED if name in behind else STATED, f"{name}.{year}")] if name in behind | {*data.by_id} else []


CELLS = {
    "growth": growths,
    "unit_value_growth": lambda _, name: [(UNIT_VALUES, name)],
    "baseline": own_figures,
    "target": lambda _, name: [(LINES, name)],
    "allocation": allocations,
    "limits_why": lambda _, name, code: [(LEAGUES, f"{name}.{code}")],
    "actual": actuals,
    "status_margin": lambda _: [(MARGIN, "")],
}


def asked_about(plan):
    """For every caution the cells beside which it belongs, (column, row key), and the check that counts it."""
    for caution in cautions_of(plan):
        if caution.code in ASKED_ELSEWHERE:
            continue
        part, *rest = caution.place.split(".")
        yield CELLS[part](plan.baselines, *rest), CHECKS.get(caution.code) or CHECKS[part]


def indicator_of(data, cell):
    """An indicator whose checks count a cell's row; a herd counts with the rate that it weights, a part of a value with
    the value.
    """
    name = cell[1].partition(".")[0] or data.commitments[-1].id
    return next(one.id for one in data.commitments if name in (one.id, one.herd, one.quantity, one.unit_value))


def lights(book, found):
    return dict(zip(book.book.sheets["checks"].tables["checks"].keys, found["checks", "checks", "light"], strict=True))


# One league's value says nothing of its prices, as the region's own above.
IN_CELLS = {name: case for name, case in CASES.items() if not ASKED_ELSEWHERE & {*map(str, case)}} | {
    "a league's value without prices": ({"actual": {"forage_value": {"150500": {"2021": 66}}}}, "", ""),
}


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", IN_CELLS)
def test_an_odd_entry_has_its_sentence_beside_it_and_its_line_among_the_checks(name, book, shown, plans, baselines):
    said, lit = shown(name)
    expected = list(asked_about(plans(name)))
    assert expected
    assert set(said) == {cell for cells, _ in expected for cell in cells}
    for cells, check in expected:
        for cell in cells:
            line = f"{indicator_of(baselines, cell)}.check_{check}"
            assert lit[line] == book.book.words["light.look"]


def test_nothing_is_remarked_where_nothing_was_entered(book):
    assert remarks(book, book.values(book.typed_in(Scenario()))) == {}


def test_every_sentence_there_is_for_a_remark_is_shown_by_some_entry(book, shown):
    told = "".join(sentence for name in IN_CELLS for sentence in shown(name)[0].values())
    for code, sentence in book.book.words.items():
        assert not code.startswith("remark.") or sentence in told, code


def test_a_value_that_says_its_prices_or_comes_from_elsewhere_is_not_asked_about(baselines, suggestions):
    said, year = {"value": 66, "source": "统计局", "price_year": 2020}, {"150500": {"2021": 6.2}}
    asked = {"actual": {"forage_value": {"150500": {"2021": said, "2022": 70}}, "mutton_output": year}}
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    book = compiled(plan, "150500")
    assert {key for _, key in remarks(book, book.values(book.given))} == {"forage_value.150500.2022"}
    assert [one.place for one in cautions_of(plan)] == ["actual.forage_value.150500.2022"]


def test_a_lost_per_cent_names_what_was_probably_meant(book):
    found = book.values(book.typed_in(parse_scenario({"growth": {"milk": {"150500": 0.08, "150400": 0.07}}})))
    said = remarks(book, found)
    assert "8" in said[LEAGUES, "milk.150500"]
    assert {text.strip() for text in said.values()} in (
        {"是否想填8%？", "是否想填7%？"},
        {"Was 8 % meant?", "Was 7 % meant?"},
    )


def test_remarks_and_cautions_agree_on_entries_made_up_by_chance(book, baselines, suggestions):
    told = 0
    for seed in range(tried(8, 25) if book.book.lang == "zh" else 3):
        plan = make_plan(random_scenario(seed, baselines), baselines, suggestions)
        found = book.values(book.typed_in(plan.scenario))
        expected = {cell for cells, _ in asked_about(plan) for cell in cells}
        assert set(remarks(book, found)) == expected, seed
        told += len(expected)
    assert told > 10


def test_a_sentence_beside_an_entry_is_no_figure_that_a_file_is_held_against(baselines, suggestions):
    """A file that nobody worked out anew differs in figures; those are named, and not what follows from them."""
    made = write_workbook(make_plan(Scenario(), baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    typed_over = typed(made, {("inputs.leagues.entered_growth", "milk.150500"): 500})
    doubts = read_back(typed_over, baselines, suggestions).doubts
    sentences = [word for code, word in catalogue().items() if code.startswith("remark.")]
    assert {one.code for one in doubts} == {"workbook_figure_differs", "workbook_why_differs"}
    assert not [one for one in doubts for word in sentences if word["zh"] in one.text("zh")]
