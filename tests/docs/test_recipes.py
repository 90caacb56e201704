"""The recipes of CONTRIBUTING.md do what they say."""

import re
import textwrap
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import get_args

import click
import numpy as np
import pandas as pd
import pytest
from flask import Blueprint
from pydantic import BaseModel, Field

from agriplan.baselines.folder import Baselines
from agriplan.cli import main
from agriplan.engine import allocation
from agriplan.engine.column_declarations import ColumnDeclaration
from agriplan.engine.columns import LEAGUES, LINES, YEARS
from agriplan.engine.milestones import PATHS
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Allocation, RuleName, Scenario
from agriplan.engine.stages import LEAGUE_INPUTS
from agriplan.engine.tables import Frame
from agriplan.places import templates_folder
from agriplan.report.schema import IndicatorReport, LeagueReport, YearReport
from agriplan.report.units import grows_with_amounts
from agriplan.web.api.operations import OPERATIONS, Operation, Query
from agriplan.web.pages import BLUEPRINTS
from agriplan.workbook.chart_kinds import CHARTS, ChartKind, Drawn
from agriplan.workbook.content.book import describe_book, describe_unevaluated
from agriplan.workbook.content.checks import LOOKED_AT
from agriplan.workbook.description import Book, Cell, Sheet
from agriplan.workbook.files import TEMPLATES, read_template, write_workbook
from agriplan.workbook.formulas.line import LINE_CHECKS
from agriplan.workbook.readback.finding import Finder
from agriplan.workbook.readback.uploaded_file import open_workbook
from agriplan.workbook.template.reading import Template
from tests.docs import recipe_steps as steps
from tests.web.reading import PAGES

# What was only begun, in these tests: no recipe's example and no field's word, so that nobody ever makes it.
UNWRITTEN = "unwritten"
PAGE = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
RULE = textwrap.dedent(re.search(r" +```python\n(.*?)\n +```", PAGE, re.DOTALL)[1])


def test_a_scenario_can_name_every_rule_and_no_other():
    assert get_args(RuleName) == tuple(allocation.RULES)


def test_a_new_rule_of_one_line_shares_the_gap(
    baselines: Baselines, suggestions: pd.DataFrame, plan: Plan, monkeypatch: pytest.MonkeyPatch
):
    words = dict(vars(allocation))
    exec(RULE, words)
    monkeypatch.setitem(allocation.RULES, "by_root", words["by_root"])
    asked = Scenario.model_construct(allocation={"milk": Allocation.model_construct(rule="by_root")})
    milk = make_plan(asked, baselines, suggestions).leagues_of("milk").query("named")
    assert milk["amount"].sum() == pytest.approx(plan.by_indicator["milk"]["to_place"])
    shares = milk["amount"] / np.sqrt(milk["baseline"])
    assert shares.max() == pytest.approx(shares.min())


def test_a_rule_may_use_any_column_that_stands_before_the_allocation(
    baselines: Baselines, suggestions: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
):
    """Wherever rules are asked: for the plan, for the least cap, and for the unit of their weight."""
    read: list[str] = []

    def by_everything(leagues: Frame) -> allocation.Terms:
        read.extend(() if read else leagues)  # type: ignore[call-overload]
        return allocation.Terms(1.0 + sum(np.nan_to_num(np.asarray(leagues[name], float)) ** 2 for name in read), 0.0)

    monkeypatch.setitem(allocation.RULES, "by_everything", by_everything)
    asked = Scenario.model_construct(allocation={"milk": Allocation.model_construct(rule="by_everything")})
    assert make_plan(asked, baselines, suggestions).by_indicator["milk"]["placed"] > 0
    assert {*LEAGUE_INPUTS, "projection", "herd", "base_weight", "counted", "one", "floor", "ceiling"} <= {*read}
    assert grows_with_amounts("by_everything") is None


def test_every_part_that_is_named_to_be_run_by_itself_is_there():
    named = re.search(r"pytest tests/engine +one part.*; also (.+)$", PAGE, re.MULTILINE)[1].split(", ")
    there = {path.name for path in (Path(__file__).parents[1]).iterdir() if list(path.glob("**/test_*.py"))}
    assert there <= {"engine", *named}


def examples() -> set[str]:
    """Names and addresses of CONTRIBUTING.md that nothing has yet: what its recipes make."""
    told = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|(?<=get\(\"/)[a-z]+", PAGE))
    there = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("agriplan", "benchmarks", "docs", "tests/docs/worked.py", "baselines")
        for file in [steps.ROOT / folder, *(steps.ROOT / folder).rglob("*")]
        if file.suffix in {".py", ".toml", ".html", ".md", ".csv"}
    )
    known = set(re.findall(r"\w+", there + steps.page("pyproject.toml")))
    return {name for name in told - known if not name.startswith("test_")}


def test_an_example_of_a_recipe_is_carried_out_under_its_name_and_used_by_no_other_test():
    """Whoever follows a recipe to the letter must find nothing of that name in tests: it would mean another thing."""
    tests = steps.ROOT / "tests"
    carried_out = "".join(file.read_text(encoding="utf-8") for file in (tests / "recipes").glob("*.toml"))
    assert {name for name in examples() if not re.search(rf"\b{name}\b", carried_out)} == set()
    assert UNWRITTEN not in carried_out + PAGE
    own = re.compile(rf"[\"'/]({'|'.join(sorted(examples())) or '-'})\b")
    used = {file.name: own.findall(file.read_text(encoding="utf-8")) for file in sorted(tests.rglob("*.py"))}
    used.pop(Path(__file__).name)  # which puts the rule of CONTRIBUTING.md among the others
    assert {name: words for name, words in used.items() if words} == {}


# Everything of a kind that there is has every step of its recipe; something that was only begun has none, by name.


@pytest.mark.parametrize("name", allocation.RULES)
def test_no_step_of_a_rule_is_missing(name: str):
    assert list(steps.steps_of_a_rule(name)) == []


def test_every_step_of_a_rule_that_was_only_written_is_named():
    assert list(steps.steps_of_a_rule(UNWRITTEN)) == [
        "RuleName in agriplan/engine/scenario.py",
        "page.rule_offset.unwritten in agriplan/wording/",
        "page.rule_reads.unwritten in agriplan/wording/",
        "page.rule_weight.unwritten in agriplan/wording/",
        "rule.unwritten in agriplan/wording/",
        "RULE_TERMS in agriplan/workbook/formulas/rules.py",
        "a worked case in tests/cases/",
        "a row in docs/method.md",
    ]


@pytest.mark.parametrize("name", PATHS)
def test_no_step_of_a_path_is_missing(name: str):
    assert list(steps.steps_of_a_path(name)) == []


def test_every_step_of_a_path_that_was_only_written_is_named():
    assert len(list(steps.steps_of_a_path(UNWRITTEN))) == 5


@pytest.mark.parametrize("names", [allocation.RULES, PATHS], ids=["rules", "paths"])
def test_words_that_one_of_a_sort_needs_all_of_it_have(names: Iterable[str]):
    """No family of words is for some rules or paths only: the one that is copied would not show that it is needed."""
    assert steps.partly_named(names) == {}


def test_words_that_only_some_of_a_sort_have_are_named():
    families = ("page.rule_offset", "page.rule_reads", "page.rule_weight", "rule")
    assert steps.partly_named([UNWRITTEN, "by_baseline"]) == {family: [UNWRITTEN] for family in families}


FIELDS = {
    "lines": (LINES, IndicatorReport),
    "leagues": (LEAGUES, LeagueReport),
    "years": (YEARS, YearReport),
}
PLACES = {"indicator", "code"}  # which row a column stands in is said by the place in the JSON


@pytest.mark.parametrize("table", FIELDS)
def test_no_step_of_a_column_is_missing(table: str):
    columns, model = FIELDS[table]
    fields = {*model.model_fields, *PLACES}
    assert {one.name: missing for one in columns if (missing := list(steps.steps_of_a_column(one, fields)))} == {}


def test_a_column_without_a_field_in_the_json_or_a_name_is_named():
    bare = ColumnDeclaration(UNWRITTEN, "number", "unit", "", "")
    assert list(steps.steps_of_a_column(bare, set(LeagueReport.model_fields))) == [
        "a field in agriplan/report/schema.py",
        "a Chinese name in agriplan/engine/columns.py",
        "an English name in agriplan/engine/columns.py",
    ]


@pytest.mark.parametrize("name", LINE_CHECKS)
def test_no_step_of_a_check_is_missing(name: str):
    assert list(steps.steps_of_a_check(name)) == []


def test_every_check_that_has_a_formula_is_listed_and_the_other_way_round():
    assert {*steps.checks_with_formulas()} == {*LINE_CHECKS}
    assert len(list(steps.steps_of_a_check(UNWRITTEN))) == 3


@pytest.fixture(scope="module")
def placed() -> dict[str, Template]:
    """The shipped templates by the name of their file."""
    return {name: read_template(templates_folder() / name) for name in TEMPLATES.values()}


@pytest.mark.parametrize("name", CHARTS)
def test_no_step_of_a_workbook_chart_is_missing(name: str, placed: dict[str, Template]):
    charts = {file: {place.name for sheet in one.sheets for place in sheet.charts} for file, one in placed.items()}
    assert list(steps.steps_of_a_chart(name, charts)) == []


def test_every_step_of_a_chart_that_was_only_declared_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(CHARTS, UNWRITTEN, ChartKind("bar", "name", (Drawn("leagues", UNWRITTEN, 0),)))
    assert list(steps.steps_of_a_chart(UNWRITTEN, {"workbook.xlsx": set()})) == [
        "series.unwritten in agriplan/wording/",
        "its place in workbook.xlsx",
        "a row in docs/template.md",
    ]


@pytest.fixture(scope="module")
def region_book(plan: Plan, placed: dict[str, Template]) -> tuple[Book, Finder]:
    template = placed[TEMPLATES["zh"]]
    code = plan.baselines.region.code
    made = write_workbook(plan, code, template, "zh")
    return describe_book(plan, code, "zh", template.words), Finder(open_workbook(made))


def test_no_step_of_a_sheet_is_missing_and_read_back_finds_what_is_live(
    region_book: tuple[Book, Finder], placed: dict[str, Template]
):
    book, finder = region_book
    subjects = {file: {sheet.subject for sheet in template.sheets} for file, template in placed.items()}
    checked = steps.sheets_that_checks_rest_on(book)
    found = {
        name: list(steps.steps_of_a_sheet(sheet, subjects, finder, checked)) for name, sheet in book.sheets.items()
    }
    assert {name: missing for name, missing in found.items() if missing} == {}


def test_a_live_sheet_that_is_in_no_template_and_no_file_is_named(region_book: tuple[Book, Finder]):
    begun = Sheet(UNWRITTEN, UNWRITTEN, {UNWRITTEN: Cell(1.0, "{plan.years}")}, {})
    assert list(steps.steps_of_a_sheet(begun, {"workbook.xlsx": set()}, region_book[1], set())) == [
        "its sheet in workbook.xlsx",
        "a list of its names in docs/template.md",
        "LOOKED_AT in agriplan/workbook/content/checks.py",
        "a live figure that read-back finds by its name in the file",
    ]


OF_COMPARISONS = {"changes", "moved", "compared"}


def test_every_sheet_of_the_manual_and_every_one_that_is_looked_at_is_described(
    plan: Plan, placed: dict[str, Template]
):
    book = describe_unevaluated(plan, plan.baselines.region.code, "zh", placed[TEMPLATES["zh"]].words)
    described = {sheet.subject for sheet in book.sheets.values()} | OF_COMPARISONS
    missing = (steps.sheets_of_the_manual() | LOOKED_AT.keys()) - described
    assert [f"{name}: called in describe_book of agriplan/workbook/content/book.py" for name in missing] == []


@pytest.mark.parametrize("name", LOOKED_AT)
def test_every_sheet_that_is_looked_at_is_named_on_the_sheet_of_checks(name: str):
    assert list(steps.wording_of(f"check.sheet.{name}")) == []


@pytest.mark.parametrize("name", steps.methods_of_projection())
def test_no_step_of_a_projection_method_is_missing(name: str):
    assert list(steps.steps_of_a_method(name)) == []


def test_every_step_of_a_projection_method_that_was_only_written_is_named():
    assert {"drift", "theta", "damped_holt", "ets", "no_change"} <= {*steps.methods_of_projection()}
    assert len(list(steps.steps_of_a_method(UNWRITTEN))) == 2


def test_a_chart_of_a_page_without_a_look_or_a_table_is_named():
    assert list(steps.steps_of_a_page_chart('<g class="series look-unwritten">')) == [
        "a class .look-unwritten in agriplan/web/static/charts.css",
        "a table beside the chart",
    ]


def test_no_step_of_a_page_is_missing():
    app = steps.only_pages(BLUEPRINTS)
    read = steps.addresses_read(app, PAGES)
    missing = {address: list(steps.steps_of_a_page(address, read)) for address in steps.addresses_of_pages(app)}
    assert len(missing) > 12
    assert {address: told for address, told in missing.items() if told} == {}


@pytest.mark.parametrize("address", [f"/{UNWRITTEN}", f"/{UNWRITTEN}/<code>"])
def test_the_step_of_a_page_that_was_only_written_is_named(address: str):
    blueprint = Blueprint("pages", "pages")
    blueprint.add_url_rule(address, UNWRITTEN, view_func=lambda **_: "")
    assert steps.addresses_of_pages(steps.only_pages((blueprint,))) == [address]
    assert list(steps.steps_of_a_page(address, set())) == ["PAGES in tests/web/reading.py"]


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_no_step_of_an_api_operation_is_missing(one: Operation):
    assert list(steps.steps_of_an_operation(one)) == []


def test_every_operation_of_the_manual_is_declared():
    declared = {f"{one.method} /api/v1{one.path}" for one in OPERATIONS}
    missing = [f"@operation for {one} in a module of agriplan/web/api/" for one in steps.operations_of_the_manual()
               if one not in declared]  # fmt: skip
    assert missing == []


class Begun(BaseModel):
    """Begun and no more."""

    much: float = Field(description="How much of it.")


def test_every_step_of_an_api_operation_that_was_only_declared_is_named():
    declared = Operation("get_unwritten", "GET", f"/{UNWRITTEN}", Begun, HTTPStatus.OK, Query, None, (), False)
    assert list(steps.steps_of_an_operation(declared)) == [
        "api.get_unwritten in agriplan/wording/",
        "api.tag.unwritten in agriplan/wording/",
        "api.of.… in agriplan/wording/api_descriptions.toml, in English “Begun and no more.”",
        "api.of.… in agriplan/wording/api_descriptions.toml, in English “How much of it.”",
        "a row in docs/api.md",
    ]


@pytest.mark.parametrize("name", main.commands)
def test_no_step_of_a_command_is_missing(name: str):
    assert list(steps.steps_of_a_command(name, main.commands[name].help or "")) == []


def test_every_command_that_the_readme_shows_is_there():
    shown = set(re.findall(r"^agriplan ([a-z]+)", steps.page("README.md"), re.MULTILINE))
    assert len(shown) > 5
    assert shown <= {*main.commands}


def test_every_step_of_a_command_that_was_only_written_is_named():
    told = click.Command(UNWRITTEN, help="What was only begun.").help or ""
    assert len(list(steps.steps_of_a_command(UNWRITTEN, told))) == 2
