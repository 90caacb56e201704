"""The list of what was changed follows every input, live: what, where, from what and to what, and how many."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from filling_in import filled_in, find, loaded
from openpyxl import load_workbook
from recalculation import OFFICE, differences, recalculate, with_wrong_values
from restyling import SHIPPED, restyled, sheet_of

from agriplan.analysis.comparison import compare
from agriplan.analysis.entries import key_of, unit_of
from agriplan.analysis.titles import changed_keys
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.sentences import LANGS, Lang, say
from agriplan.workbook.blueprint import Blueprint, draw
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.edits import BESIDE_A_BLANK, LIST_LINES, name_of
from agriplan.workbook.content.input_cells import entered_at
from agriplan.workbook.description import Column, Entry, Input, usual_of
from agriplan.workbook.evaluate.program import Outcomes
from agriplan.workbook.evaluate.shape import as_given
from agriplan.workbook.files import load_template, read_template
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.layout.template_check import check_template
from agriplan.workbook.readback.inputs import read_back
from agriplan.workbook.xlsx.writer import render
from tests.engine.scenarios import random_evaluation, random_scenario
from tests.thoroughness import FULL
from tests.workbook.evaluation import Compiled, compiled, every_case, inputs_of, same

# A further indicator of each kind (quantity, value, rate) has the same sheets as the first.
INDICATORS = {"milk", "meat_sheep_value", "improved_breed_rate"}

OWN = "150500"
# What the list has no line for.
REST = ("as_usual", "as_known", "uncounted", "elsewhere")
SHOWN = ("indicator", "area", "input", "from", "to", "source")


@pytest.fixture(scope="module", params=[OWN, "150000"])
def book(plan: Plan, request: pytest.FixtureRequest) -> Compiled:
    return compiled(plan, request.param)


def with_entry(book: Compiled, given: list[Outcomes], place: int, row: int | None, value: object) -> list[Outcomes]:
    changed = list(given)
    if row is None:
        changed[place] = as_given(value)  # type: ignore[arg-type]
    else:
        changed[place] = [*given[place][:row], as_given(value), *given[place][row + 1 :]]  # type: ignore[index, arg-type]
    return changed


def listed(found: Mapping[Entry, Outcomes]) -> tuple[float, list[tuple[object, ...]]]:
    """How many changes there are, and the lines of the list that hold one."""
    columns = [found["edits", "list", name] for name in SHOWN]
    lines = [line for line in zip(*columns, strict=True) if line[2] != ""]  # type: ignore[arg-type]
    return found["edits", None, "count"], lines  # type: ignore[return-value]


def all_inputs(book: Compiled) -> int:
    sheets = book.book.sheets.values()
    cells = sum(cell.input is not None for sheet in sheets for cell in sheet.scalars.values())
    columns = [column for sheet in sheets for table in sheet.tables.values() for column in table.columns.values()]
    return cells + sum(len(column.inputs) for column in columns)


def typed(takes: Input) -> object:
    """Something that can be typed there and that no empty cell stands for."""
    if takes.kind == "text":
        return "见公报"
    return next(word for word in takes.choices if word != takes.default) if takes.kind == "choice" else 7.25


def test_every_input_is_named_in_the_list_once_it_is_filled_in(book: Compiled, plan: Plan) -> None:
    context = BookContext(plan, plan.baselines.areas[OWN], book.book.words, "zh")
    cells = list(inputs_of(book))
    assert len(cells) == all_inputs(book)
    columns = {entry: (place, row, takes) for place, entry, row, takes in reversed(cells)}
    for (sheet, table, name), (place, row, takes) in columns.items():
        value = typed(takes)
        count, lines = listed(book.after(with_entry(book, book.given, place, row, value)))
        assert count == 1, (sheet, table, name)
        assert len(lines) == 1
        assert lines[0][2] == name_of(takes, context)
        # Words have their room where sources stand; figures and choices stand beside what a blank stands for.
        assert lines[0][4:] == (("", value) if takes.kind == "text" else (value, ""))
        if takes.default not in (None, ""):
            assert lines[0][3] == takes.default


def test_what_an_empty_cell_stands_for_and_strokes_are_no_changes(book: Compiled) -> None:
    assert listed(book.values(book.given)) == (0, [])
    last = {entry: (place, row, takes) for place, entry, row, takes in inputs_of(book)}
    for entry, (place, row, takes) in last.items():
        same_as_blank = takes.default if takes.default not in (None, "") else "无" if takes.kind == "number" else None
        assert listed(book.after(with_entry(book, book.given, place, row, same_as_blank))) == (0, []), entry


def test_every_number_of_the_list_stands_beside_the_unit_that_pages_and_commands_say(
    book: Compiled, plan: Plan
) -> None:
    cells = list(inputs_of(book))
    ends = (
        {entry: each for each in cells for entry in [each[1]]},
        {entry: each for each in cells[::-1] for entry in [each[1]]},
    )
    said = set()
    for place, entry, row, takes in [each for one in ends for each in one.values()]:
        value = typed(takes)
        found = book.after(with_entry(book, book.given, place, row, value))["edits", "list", "unit"]
        expected = (
            unit_of(".".join(takes.path).removesuffix(".value"), plan.baselines, "zh") if takes.kind == "number" else ""
        )
        assert next(iter(found)) == expected, entry  # type: ignore[arg-type]
        said.add(expected)
    assert {"万吨", "亿元", "%", "%/年", "个百分点", "个百分点/年", ""} <= said


def test_an_entry_that_leaves_everything_as_it_is_is_no_change_and_any_other_is_one(book: Compiled) -> None:
    """What stands beside a column as what a blank stands for, typed into each of its cells."""
    usual = book.values(book.given)
    given_entries = set(book.program.shape.given)
    formulas = [
        each
        for each in usual
        if each not in given_entries and each[0] != "edits" and not each[2].startswith(("edit", "state"))
    ]
    tried, changed = set[str](), set[str]()
    for place, entry, row, takes in inputs_of(book):
        sheet, table, name = entry
        columns = book.book.sheets[sheet].tables[table].columns if table else book.book.sheets[sheet].scalars
        beside = usual_of(name, columns) or BESIDE_A_BLANK.get(name)
        # Weights count against each other: an entry of one makes the others that are blank nothing.
        if row is None or beside in (None, "equal") or not isinstance(columns[name], Column):
            continue
        held = usual.get((sheet, table, beside), columns[beside].values)  # type: ignore[union-attr]
        value = held[row]  # type: ignore[index]
        if value in (None, "") or (takes.path[0], row % 4) == ("actual", 1):
            continue
        found = book.after(with_entry(book, book.given, place, row, value))
        apart = {each for each in formulas if not same(found[each], usual[each])}
        assert found["edits", None, "count"] == bool(apart), (entry, row, value, apart)
        (changed if apart else tried).add(f"{table}.{name}")
    assert {"leagues.entered_growth", "lines.entered_target", "lines.entered_max_growth", "lines.path"} <= tried
    assert {"leagues.own"} <= changed


def test_the_list_holds_what_a_scenario_says_in_the_order_of_the_sheets_and_counts_the_rest(
    book: Compiled, plan: Plan
) -> None:
    word = book.book.words.__getitem__
    overfull = 0
    for name, scenario in list(every_case(plan.baselines))[::37]:
        asked: dict[str, Any] = Scenario.model_validate(scenario).model_dump()
        found = book.values(book.typed_in(Scenario.model_validate(scenario)))
        # What is said of a figure stands in the figure's line.
        said = {
            key_of(".".join(takes.path)): value
            for _, entry, row, takes in reversed(list(inputs_of(book)))
            if (value := entered_at(asked, takes, word))
            not in (None, "", without_entry(book, found, entry, row, takes))
        }
        count, lines = listed(found)
        assert count == len(said), name
        assert found["edits", None, "more"] == max(0, count - LIST_LINES)
        assert len(lines) == min(count, LIST_LINES)
        overfull += count > LIST_LINES
        if count <= LIST_LINES:
            assert sorted(map(str, (line[4] for line in lines))) == sorted(
                str(as_given(value)) for value in said.values()
            )
    assert overfull


def test_a_leagues_own_changes_come_first_then_the_regions_then_those_of_other_leagues(plan: Plan) -> None:
    data, area = plan.baselines, OWN
    region, other = data.region.code, "150100"
    growth = {one.id: {other: 5.5, area: 4.5, region: 3.5} for one in data.commitments}
    asked = Scenario.model_validate(
        {
            "growth": growth | {"livestock_units": {other: 1, area: 2, region: 3}},
            "allocation": {
                one.id: {
                    "rule": "by_shares",
                    "reserve": 3,
                    "margin": 2,
                    "shares": {area: 5, other: 6},
                    "criteria": {"scale": 1},
                }
                for one in data.commitments
            },
            "status_margin": 5,
            "actual": {"milk": {area: {"2021": 31.5, "2022": 32.5}}},
        }
    )
    book = compiled(plan, area)
    own, many = data.areas[area].name("zh"), data.areas[other].name("zh")
    count, lines = listed(book.values(book.typed_in(asked)))
    about = [0 if own in str(line[1]) else 2 if many in str(line[1]) else 1 for line in lines]
    kinds = len(data.commitments)
    assert about == sorted(about)
    assert about.count(0) == 2 * kinds + 1 + 2
    assert about.count(1) == LIST_LINES - about.count(0)
    assert count > LIST_LINES
    # The same without what is the region's: then others are seen as well.
    fewer = asked.model_copy(update={"allocation": {}, "status_margin": 2.0})
    count, lines = listed(book.values(book.typed_in(fewer)))
    about = [0 if own in str(line[1]) else 2 if many in str(line[1]) else 1 for line in lines]
    assert about == sorted(about)
    assert (len(about), about.count(0), about.count(2)) == (count, kinds + 3, kinds + 1)
    assert about.count(1)


def without_entry(
    book: Compiled, found: Mapping[Entry, Outcomes], entry: Entry, row: int | None, takes: Input
) -> object:
    """What holds where a cell is left blank, where that is said beside it; of a cap that there is none."""
    sheet, table, name = entry
    columns = book.book.sheets[sheet].tables[table].columns if table else {}
    usual = usual_of(name, columns)
    if usual is None or row is None:
        return takes.default
    held = found.get((sheet, table, usual), columns[usual].values)
    value = held[row]  # type: ignore[index]
    return takes.choices[-1] if value is None and takes.path[-1] == "max_growth" else value


@pytest.mark.parametrize(("area", "lang"), [(OWN, "zh"), ("150000", "en")])
def test_title_heading_and_list_count_the_changes_of_a_scenario_in_one_way(area: str, lang: Lang, plan: Plan) -> None:
    blueprint = draw(plan, area, load_template(None, lang), lang)
    data = plan.baselines
    own = {"baseline": {"milk_output": {OWN: {"value": 36.5, "source": "通辽市统计局", "note": "快报"}}}}
    # As without the entry: an entry all the same, which no cell can show.
    as_usual = {"path": {"milk": "constant_growth"}, "allocation": {"milk": {"max_growth": 15}}}
    seeds = range(8) if FULL else range(LANGS.index(lang), 8, 2)
    drawn = [draw_one(seed, data) for draw_one in (random_scenario, random_evaluation) for seed in seeds]
    cases: list[dict[str, Any]] = [scenario for _, scenario in list(every_case(data))[::67]]
    cases += [scenario.model_dump(exclude_defaults=True) for scenario in drawn]
    cases += [{}, own, as_usual, {"issued": {"number": "内农牧规〔2021〕5号"}}, {"name": "有名字的", **own}]
    unseen = 0
    for case in cases:
        scenario = Scenario.model_validate(case)
        made = make_plan(scenario, data, plan.suggestions)
        context = BookContext(made, data.areas[area], blueprint.words, lang)
        found = flat(blueprint, blueprint.values(context))
        keys = changed_keys(made.scenario)
        total, seen, *rest = (found["edits", None, name] for name in ("total", "count", *REST))
        assert len(keys) == total == seen + sum(rest)
        count = say("scenario.unsaved", lang, count=len(keys)) if keys else say("scenario.default", lang)
        assert found["plan", None, "scenario"] == (scenario.name or count)
        said = found["edits", None, "unseen_said"]
        assert bool(said) == bool(sum(rest))
        unseen += bool(said)
        assert all(not number or f"{number:.0f}" in said for number in rest)
    assert 5 < unseen < len(cases)


FIGURE = {"value": 40.0, "source": "年鉴"}
# What no line of the list shows, by why not.
WITHOUT_LINE: dict[str, list[dict[str, Any]]] = {
    "as_usual": [{"growth": {"milk": {OWN: 2.07}}}, {"target": {"milk": 1000}}],
    "as_known": [{"actual": {"milk": {OWN: {"2021": FIGURE}}, "milk_output": {OWN: {"2021": FIGURE}}}}],
    "uncounted": [
        {"actual": {thing: {code: {"2021": FIGURE | part}}, **beside}}
        for code in (OWN, "150000")
        for thing, part in (
            ("milk", {"basis": "local"}),
            ("milk", {"definition": "含外购"}),
            ("meat_sheep_value", {"price_year": 2021}),
        )
        for beside in ({}, {"mutton_output": {OWN: {"2021": 6.5}}})
    ],
}


@pytest.mark.parametrize("lang", LANGS)
def test_why_an_entry_has_no_line_in_the_list_is_said_as_it_is(plan: Plan, lang: Lang) -> None:
    """An actual figure has no default; one of another basis counts nowhere, as evaluations say."""
    drawn = {code: draw(plan, code, load_template(None, lang), lang) for code in (OWN, "150000")}
    for name, cases in WITHOUT_LINE.items():
        for case in cases:
            made = make_plan(Scenario.model_validate(case), plan.baselines, plan.suggestions)
            code = "150000" if "150000" in str(case) else OWN
            context = BookContext(made, plan.baselines.areas[code], drawn[code].words, lang)
            found = flat(drawn[code], drawn[code].values(context))
            said = {why: say(f"edits.{why}", lang) for why in REST[:-1]}
            assert {why: found["edits", None, why] for why in said} == dict.fromkeys(said, 0) | {name: 1}, case
            assert found["edits", None, "unseen_said"].startswith(f"1{said[name]}")


def flat(blueprint: Blueprint, values: list[Any]) -> dict[Entry, Any]:
    """The single values of a book, by name."""
    found, at = {}, 0
    for entry, rows in blueprint.order:
        if rows is None:
            found[entry] = values[at]
        at += 1 if rows is None else rows
    return found


def test_what_follows_from_a_quantity_that_was_entered_is_no_change_of_a_cell(plan: Plan) -> None:
    entry = {"mutton_output": {OWN: {"2021": 6.5}}, "milk": {OWN: {"2021": {"value": 41, "source": "公报"}}}}
    made = make_plan(Scenario.model_validate({"actual": entry}), plan.baselines, plan.suggestions)
    book = compiled(made, OWN)
    found = book.values(book.given)
    count, lines = listed(found)
    assert (count, [line[4] for line in lines]) == (1, [41.0])
    assert found["edits", None, "total"] == 2
    said = str(book.book.sheets["edits"].scalars["elsewhere_said"].value)
    assert "羊肉产量 · 实际值 · 通辽市 · 2021年" in said


def test_a_line_of_the_list_leads_to_where_its_input_is_filled_in(plan: Plan) -> None:
    template = read_template(SHIPPED)
    book = describe_book(plan, OWN, "zh", template.words)
    columns = book.sheets["edits"].tables["columns"]
    names = dict(lay_out(template, book).names)
    assert [target.removeprefix("#") for target in columns.columns["target"].values] == list(columns.keys)
    assert set(columns.keys) <= names.keys()
    sheet, row, column = find(loaded(render(template, book), sheets=("改动清单",)), "edits.list.input", None)
    assert "HYPERLINK(" in sheet.cell(row, column).value


def test_a_template_may_leave_the_list_out(plan: Plan, tmp_path: Path) -> None:
    template = restyled(tmp_path, lambda book: book.remove(sheet_of(book, "edits")))
    book = describe_book(plan, OWN, "zh", template.words)
    comparison = describe_comparison(compare([plan, plan]), "zh", template.words)
    check_template(template, [book, describe_book(plan, "150000", "zh", template.words), comparison])
    layout = lay_out(template, book)
    # The lights look at it, so that it is carried on, but where nobody sees it.
    (carried,) = (sheet for sheet in layout.sheets if sheet.name == "edits")
    assert carried.template.page.state == "hidden"


@pytest.mark.thorough
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_lists_what_was_typed_and_reading_it_back_leaves_nothing_in_doubt(
    plan: Plan, tmp_path: Path
) -> None:
    template = read_template(SHIPPED)
    made = make_plan(
        Scenario.model_validate({"growth": {"milk": {OWN: 4.0}}, "allocation": {"milk": {"rule": "by_headroom"}}}),
        plan.baselines,
        plan.suggestions,
    )
    book = describe_book(made, OWN, "zh", template.words)
    layout = lay_out(template, book)
    path = tmp_path / "made.xlsx"
    path.write_bytes(with_wrong_values(render(template, book)))
    entries = {
        ("inputs.leagues.own", f"milk.{OWN}"): 36.5,
        ("inputs.leagues.own_source", f"milk.{OWN}"): "通辽市统计局",
        ("inputs.leagues.entered_growth", f"milk.{OWN}"): None,
        ("years.years.entered_actual", f"milk.{OWN}.2021"): 0,
        ("inputs.leagues.entered_floor", f"milk.{OWN}"): "无",
    }
    edited = tmp_path / "edited.xlsx"
    edited.write_bytes(filled_in(render(template, book), entries))
    (tmp_path / "saved").mkdir()
    same, other = recalculate([path, edited], tmp_path / "saved")
    count, different = differences(layout, same)
    assert (different, count > 1000) == ([], True)
    saved = load_workbook(other, data_only=True)
    sheet, row, column = find(saved, "edits.list.to", None)
    columns = [find(saved, f"edits.list.{name}", None)[2] for name in ("input", "unit", "from", "to")]
    held = [[sheet.cell(row + line, place).value for place in columns] for line in range(5)]
    assert held[:3] == [
        ["自报基期值 · 数值", "万吨", 35.87, 36.5],
        ["实际值", "万吨", None, 0],
        ["分解规则", None, "基数法", "潜力法"],
    ]
    assert not held[3][0]
    assert [sheet.cell(row + line, column + 1).value for line in range(3)] == ["通辽市统计局", None, None]
    result = read_back(other.read_bytes(), plan.baselines, plan.suggestions)
    assert result.doubts == ()
    assert result.scenario.baseline["milk_output"][OWN].value == 36.5
    assert loaded(other.read_bytes())["改动清单"].protection.sheet
