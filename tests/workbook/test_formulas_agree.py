"""The formulas say what the engine says, whatever is chosen and whatever is typed; no spreadsheet program is needed."""

import math
import random
import re
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from agriplan.baselines.folder import read_baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.milestones import PATHS
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import ScenarioError, TemplateError
from agriplan.forecast.suggestions import suggestions_for
from agriplan.parsing import LARGEST, SMALLEST
from agriplan.rounding import round_half_up
from agriplan.sentences import LANGS
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.checked_template import check_formulas
from agriplan.workbook.description import Book, Cell, Column, Input, Sheet, Table
from agriplan.workbook.evaluate.fast_ranges import RANGE_WRITERS
from agriplan.workbook.evaluate.meaning import LOOKING, MEANING
from agriplan.workbook.evaluate.parse import FormulaError, parse
from agriplan.workbook.evaluate.program import LEAST_GIVEN, compile_book
from agriplan.workbook.evaluate.ranges import GATHERING, RANGES
from agriplan.workbook.evaluate.values import NUMBER, VALUE, ErrorValue
from agriplan.workbook.files import load_template
from agriplan.workbook.formulas.filling import FUNCTIONS
from agriplan.workbook.formulas.rules import RULE_TERMS
from tests.engine.scenarios import random_scenario
from tests.thoroughness import FULL, by_turns, tried
from tests.workbook.evaluation import compiled, every_case
from tests.workbook.fewer_indicators import of_indicators

ROOT = Path(__file__).parents[2]
FOLDERS = {"shipped": ROOT / "baselines", "hexi": ROOT / "tests" / "plans" / "hexi"}
# An indicator of each kind: a quantity, a value, a rate.
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}
CELLS = {"shipped": (100_000, 2_000_000), "hexi": (50_000, 1_000_000)}
RANDOM_EDITS = tried(4, 40)
RANDOM_BOOKS = tried(40, 300)
# What a planner may type where something else belongs.
TYPED = (None, "", " ", "无", "x", "3", 0.0, -5.0, 3.5, 1e6, -99.0, "基数法", "潜力法", "熵权", "不设上限")
ODD = (True, False, VALUE)
# What formulas may be given at most and at least (0 apart), and what no float's product or quotient can hold.
EDGES = (SMALLEST, LARGEST, -LARGEST, LEAST_GIVEN, -LEAST_GIVEN)
BEYOND = (1e300, -1e308, 1e200, 1e-200, 1e-310, 5e-324)
SHARED = ("printed_amount", "printed_new_target")
SHARED_AGAIN = {"region": (*SHARED, "again_difference", "again_unallocated"), "areas": SHARED}


@cache
def _data(folder):
    data = read_baselines(FOLDERS[folder])
    if folder == "shipped" and not FULL:
        data = of_indicators(data, KINDS)
    return data, suggestions_for(data)


@cache
def _book(folder, area, lang="zh"):
    data, suggestions = _data(folder)
    code = data.region.code if area == "region" else data.leagues[1].code
    return compiled(make_plan(Scenario(), data, suggestions), code, lang)


def _plans(folder):
    """Every rule x path x kind of limit by its place in each, with its plan, which is read once for all its books.

    With every run every rule with every third kind, every kind with every third rule, by turns of this or the other
    data, and the paths by turns.
    """
    data, suggestions = _data(folder)
    cases = list(every_case(data))
    kinds = range(len(cases) // (len(RULES) * len(PATHS)))
    for (rule, path, kind), (name, asked) in zip(
        product(range(len(RULES)), range(len(PATHS)), kinds), cases, strict=True
    ):
        turn, left = divmod(rule + kind, 6)
        if FULL or (left == 3 * list(FOLDERS).index(folder) and path == turn % len(PATHS)):
            yield (rule, kind), name, make_plan(parse_scenario(asked), data, suggestions)


@pytest.mark.parametrize("folder", FOLDERS)
def test_formulas_say_what_the_engine_says_under_every_rule_path_and_kind_of_limit(folder):
    cells = 0
    for (rule, kind), name, plan in _plans(folder):
        # A league's book has the same formulas on the indicators' sheets; a third of the cases shows that they hold.
        # The languages come by turns, so that nearly each rule and each kind of limit is met in both.
        langs = LANGS if FULL else [LANGS[(rule + kind) // 6 % 2]]
        for area, lang in product(["region", "league"] if (rule + kind) // 3 % 3 == 1 else ["region"], langs):
            book = _book(folder, area, lang)
            agreement = compare_with_engine(plan, book.book, book.values(book.typed_in(plan.scenario)))
            assert not agreement.differences, f"{name}: {agreement.differences[:5]}"
            cells += agreement.cells
    print(f"{folder}: {cells} cells")
    assert cells > tried(*CELLS[folder])


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_book_with_a_scenario_typed_into_it_is_the_book_made_from_that_scenario(folder):
    data, suggestions = _data(folder)
    book, compared = _book(folder, "region"), 0
    for seed in range(RANDOM_EDITS):
        scenario = random_scenario(seed, data)
        try:
            plan = make_plan(scenario, data, suggestions)
        except ScenarioError:
            continue
        given = book.typed_in(scenario)
        typed, made = book.values(given), compiled(plan, data.region.code)
        assert list(_stale(book.book, made.book)) == [], seed
        for entry, found in made.values(made.given).items():
            if entry[1:] != (None, "state") and entry != ("edits", None, "total"):  # with what no cell shows
                assert _alike(typed[entry], found), (seed, entry)
                compared += 1
    assert compared > tried(5_000, 10_000)


@pytest.mark.parametrize(("folder", "area"), by_turns(FOLDERS, ["region", "league"]))
def test_what_history_alone_leads_to_is_shown_alike_whatever_growth_is_typed(folder, area):
    data, _ = _data(folder)
    book, moved = _book(folder, area), 0
    usual = dict(zip(book.program.order, book.usual, strict=True))
    random_growths = (random_scenario(seed, data).growth for seed in range(tried(2, 20)))
    one_league = ({each.id: {code: 1.0} for each in data.commitments} for code in data.areas)
    for growth in (*random_growths, *one_league):
        found = book.after(book.typed_in(parse_scenario({"growth": growth})))
        for commitment in data.commitments:
            for place in ((commitment.id, None), (commitment.id, "leagues")):
                exact, shown = ((*place, f"{name}_by_history") for name in ("projection", "printed"))
                assert found[shown] == usual[shown], (growth, *shown)
                moved += found[*place, "printed_projection"] != found[shown]
            whole = (commitment.id, None, "printed_by_history")
            assert found[whole] == round_half_up(usual[*whole[:2], exact[2]], data.decimals(commitment)), (
                growth,
                whole,
            )
    assert moved


@pytest.mark.parametrize("area", ["region", "league"] if FULL else ["league"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_whatever_is_typed_the_fast_program_comes_to_what_the_careful_one_does(folder, area):
    book, draw = _book(folder, area), random.Random(2)
    shape = book.program.shape
    columns = [
        (place, shape.row(entry, key))
        for place, entry in enumerate(shape.given)
        for key in getattr(shape.entries[entry], "inputs", ())
    ]
    cells = [(place, None) for place, entry in enumerate(shape.given) if getattr(shape.entries[entry], "input", None)]
    kinds, errors = (ODD, EDGES, BEYOND, TYPED), 0
    for number in range(RANDOM_BOOKS // 4):
        given = list(book.given)
        few = [*draw.sample(columns, draw.choice([1, 3, 30])), *draw.sample(cells, draw.randint(0, len(cells)))]
        for place, row in few:
            typed = draw.choice(draw.choice((TYPED, kinds[number % 4])))
            if row is None:
                given[place] = typed
            else:
                given[place] = list(given[place])
                given[place][row] = typed
        fast, careful = book.program.evaluate(given), book.program.evaluate_carefully(given)
        for entry, one, other, after in zip(shape.order, fast, careful, book.after(given).values(), strict=True):
            assert _alike(one, other), entry
            assert _alike(after, one), entry
            errors += sum(isinstance(value, ErrorValue) for value in (other if isinstance(other, list) else [other]))
    assert errors > 0


# What comes to more than a float holds, each alone in its book: one error value makes all of a book careful.
GROWING = {
    "product": "{a}*{a}*{a}",
    "quotient": "1/{a}/{a}",
    "power": "{a}^{a}",
    "sum": "SUM({t.x:},{t.x:})*{b}",
    "sum of products": "SUMPRODUCT({t.x:},{t.x:})",
    "of both signs": "SUMPRODUCT({t.x:}*{t.x:}*{t.y:})",
    "compared": "IF(1/{a}*{a}*{a}/{a}/{a}>5,1,2)",
    "compared with a product": "IF({a}*{a}>5,1,2)",
    "the least of several": "MIN(1/{a}/{a},{a}*{a}*{a},7)",
    "below the line": "5/({a}*{a}*{a})",
    "told": "IF(ISERROR({a}*{a}/{b}),1,0)",
    "taken instead": "IFERROR({a}*{a}/{b},3)",
    "rounded": "ROUND({a},2)",
    "a column": "SUM({t.z:})",
}


@pytest.mark.parametrize("formula", GROWING.values(), ids=GROWING)
def test_what_no_float_can_hold_is_a_number_error_and_hides_nowhere(formula):
    asked, errors = Input(("target", "milk"), "number"), 0
    for given in (1e300, -1e300, 1.7e308, 1e-310, 5e-324, -5e-324):
        cells = {"a": Cell(given, input=asked), "b": Cell(1e-300, input=asked), "c": Cell(None, formula)}
        columns = {"x": Column([given, given, 2.0], varies="number"), "y": Column([1.0, -1.0, None], varies="number")}
        columns |= {"z": Column((), "{x}*{x}*{x}/{b}")} if "{t.z:}" in formula else {}
        program = compile_book(book := Book({"s": Sheet("s", "s", cells, {"t": Table(["k", "l", "m"], columns)})}, {}))
        found = program.evaluate(program.given(book))
        assert found == program.evaluate_carefully(program.given(book))
        flat = [value for each in found for value in (each if isinstance(each, list) else [each])]
        assert all(math.isfinite(value) for value in flat if isinstance(value, float))
        errors += flat.count(NUMBER)
    assert errors > 0 or any(formula.startswith(sign) for sign in ("ROUND", "IF"))


def test_a_result_that_is_no_number_is_worked_out_carefully_whatever_was_given():
    """Each of these may be entered; that many of them multiplied may not."""
    cells = {"a": Cell(LARGEST, varies="number"), "c": Cell(None, "*".join(["{a}"] * 26))}
    program = compile_book(book := Book({"s": Sheet("s", "s", cells, {})}, {}))
    assert program.evaluate(program.given(book)) == [NUMBER]


def _stale(default, made):
    """Constants that are another in another scenario: a figure whose formula was forgotten."""
    # Names of the scenario, and what says that it is as generated.
    told, told_tables = {"plan", "rules", "basis", "data"}, {"meeting.by_rule"}
    # What of a scenario no cell of the file shows is told of the scenario.
    told_cells = {"edits.elsewhere", "edits.elsewhere_said"}
    # How the gap that is left is shared again stands as generated, beside a cell that says so.
    told_columns = {f"evaluation.{table}.{name}" for table, columns in SHARED_AGAIN.items() for name in columns}
    for sheet in made.sheets.values():
        before = default.sheets[sheet.name]
        for name, cell in sheet.scalars.items() if sheet.name not in told else ():
            plain = not (cell.formula or cell.input or f"{sheet.name}.{name}" in told_cells)
            if plain and cell.value != before.scalars[name].value:
                yield f"{sheet.name}.{name}: no formula in workbook/formulas"
        for name, table in sheet.tables.items() if sheet.name not in told else ():
            if f"{sheet.name}.{name}" in told_tables:
                continue
            for entry, column in table.columns.items():
                plain = not (column.formula or column.inputs or entry.startswith("made_"))
                plain = plain and f"{sheet.name}.{name}.{entry}" not in told_columns
                if plain and list(column.values) != list(before.tables[name].columns[entry].values):
                    yield f"{sheet.name}.{name}.{entry}: no formula in workbook/formulas"


def _alike(one, other):
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isfinite(one) and abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other)) < math.inf
    return type(one) is type(other) and one == other


def test_every_rule_has_its_formula_in_the_order_of_the_rules():
    missing = [name for name in RULES if name not in RULE_TERMS]
    assert not missing, f"no weight and offset formula in workbook/formulas/rules.py for {missing}"
    assert list(RULE_TERMS) == list(RULES)


def test_every_function_of_the_short_list_has_its_meaning():
    known = {*MEANING, *LOOKING, *GATHERING, *RANGES, "IF", "IFERROR", "SUMPRODUCT"}
    assert not FUNCTIONS - known
    assert not FUNCTIONS - RANGE_WRITERS.keys()


def test_a_template_with_one_word_for_two_rules_is_found_by_its_formulas(baselines, suggestions):
    plan = make_plan(Scenario(), baselines, suggestions)
    template = load_template(None, "zh")
    assert check_formulas(plan, template, "zh") > 9_000
    words = {**template.words, "rule.by_projection": "基数法", "rule.by_baseline": "基数法"}
    with pytest.raises(TemplateError) as caught:
        check_formulas(plan, replace(template, words=words), "zh")
    assert any(problem.place.startswith("milk.leagues.weight") for problem in caught.value.problems)


def test_a_formula_that_nobody_could_evaluate_is_a_slip_with_its_text():
    slips = {"{a}+": "a value is missing", "SUM({a:}": ") is missing", "{a}{b}": "too many", "§": "§"}
    for text, named in slips.items():
        with pytest.raises(FormulaError, match=re.escape(named)):
            parse(text)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("{milk.leagues.ceiling:}+1", "means milk.leagues.ceiling, which is called nothing in this workbook"),
        ("SUM({*.t.x:})", "means s.t.x, which is a column, of which no row is named (@)"),
        ("{words.rain.fine}", "is no word of LEGEND_FAMILIES (content/book.py)"),
        ("{t.x@b}", "means s.t.x, which has no row b"),
        ("{t.x}", "stands in another table and needs a row behind it (@)"),
    ],
)
def test_a_name_that_means_nothing_is_told_with_its_formula_and_its_place(formula, told):
    tables = {"t": Table(["k"], {"x": Column([1.0])}), "u": Table(["s"], {"y": Column((), formula)})}
    name = re.search(r"\{[^}]+\}", formula)[0]
    with pytest.raises(FormulaError, match=re.escape(f"{name} {told}, in the formula of s.u.y: {formula}")):
        compile_book(Book({"s": Sheet("s", "s", {}, tables)}, {}))


def test_formulas_in_a_circle_and_unknown_functions_are_slips():
    for formulas, named in (({"a": "{b}", "b": "{a}"}, "circle"), ({"a": "NOW(1)"}, "NOW"), ({"a": "{t.x:}"}, "whole")):
        cells = {name: Cell(0.0, text) for name, text in formulas.items()}
        sheet = Sheet("s", "s", cells, {"t": Table(["k"], {"x": Column([1.0])})})
        with pytest.raises(FormulaError, match=named):
            compile_book(Book({"s": sheet}, {}))
