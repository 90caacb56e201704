"""What the recipes of CONTRIBUTING.md ask for, step by step: the names of those that were left out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from flask import Blueprint, Flask

from agriplan.engine.allocation import by_baseline
from agriplan.engine.column_declarations import ColumnDeclaration
from agriplan.engine.milestones import linear
from agriplan.engine.scenario import PathName, RuleName
from agriplan.forecast import methods
from agriplan.forecast.methods import forecast_members
from agriplan.sentences import LANGS, catalogue, say
from agriplan.web.api.describing import tag_of
from agriplan.web.api.operations import Operation
from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.description import Book, Entry, Sheet
from agriplan.workbook.evaluate.shape import Shape
from agriplan.workbook.formulas.line import LINE, LINE_BY_KIND, LINE_CHECKS
from agriplan.workbook.formulas.paths import PATH_FORMULAS
from agriplan.workbook.formulas.rules import RULE_TERMS
from agriplan.workbook.readback.finding import Finder

# Files, a page about a scenario by name, and those that are there only for those who are known.
FILES = {"/brief/<area>", "/compare/workbook", "/data.csv", "/scenarios/<identity>.json", "/workbook/<area>"}
NOT_READ = FILES | {"/administration", "/enter/<token>", "/scenarios/history", "/who"}
FOR_CHARTS_ALONE = {"meeting"}  # what follows there from inputs is what its charts draw
# They only show once more, or draw, what stands on sheets that are looked at for errors.
SHOWN_ONCE_MORE = {"meeting", "overview", "rules", "results"}
FOR_OWN_TEMPLATES = {"share"}  # described in docs/template.md, placed by no shipped template
ROOT = Path(__file__).parents[2]


@cache
def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def worked_cases() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "tests" / "cases").glob("*.toml")))


def wording_of(code: str) -> Iterator[str]:
    if code not in catalogue():
        yield f"{code} in agriplan/wording/"
    else:
        yield from (f"{code} in {lang} in agriplan/wording/" for lang in LANGS if not catalogue()[code].get(lang))


def words_beside(other: str, name: str) -> Iterator[str]:
    """What is said of one thing must be said of another of its sort: the same codes, ending in its own name."""
    for code in sorted(catalogue()):
        if code.endswith(f".{other}"):
            yield from wording_of(f"{code.removesuffix(other)}{name}")


def partly_named(names: Iterable[str]) -> dict[str, list[str]]:
    """Families of codes that end in some of these names, with the names that no code of theirs ends in."""
    ends: dict[str, set[str]] = {}
    for family, _, end in (code.rpartition(".") for code in catalogue()):
        ends.setdefault(family, set()).add(end)
    asked = {*names}
    return {family: sorted(asked - known) for family, known in ends.items() if known & asked and asked - known}


def steps_of_a_rule(name: str) -> Iterator[str]:
    if name not in get_args(RuleName):
        yield "RuleName in agriplan/engine/scenario.py"
    yield from words_beside(by_baseline.__name__, name)
    if name not in RULE_TERMS:
        yield "RULE_TERMS in agriplan/workbook/formulas/rules.py"
    yield from _shown_to_people(name, f"| `{name}` |")


def steps_of_a_path(name: str) -> Iterator[str]:
    if name not in get_args(PathName):
        yield "PathName in agriplan/engine/scenario.py"
    yield from words_beside(linear.__name__, name)
    if name not in PATH_FORMULAS:
        yield "PATH_FORMULAS in agriplan/workbook/formulas/paths.py"
    yield from _shown_to_people(name, f"`{name}`")


def _shown_to_people(name: str, row: str) -> Iterator[str]:
    if f'"{name}"' not in worked_cases():
        yield "a worked case in tests/cases/"
    if row not in page("docs/method.md"):
        yield "a row in docs/method.md"


def steps_of_a_column(column: ColumnDeclaration, fields: set[str]) -> Iterator[str]:
    if column.name not in fields:
        yield "a field in agriplan/report/schema.py"
    if not re.search(r"[\u4e00-\u9fff]", column.zh):
        yield "a Chinese name in agriplan/engine/columns.py"
    if not column.en:
        yield "an English name in agriplan/engine/columns.py"


def checks_with_formulas() -> set[str]:
    names = {*LINE, *(name for texts in LINE_BY_KIND.values() for name in texts)}
    return {name.removeprefix("check_") for name in names if re.match(r"check_(?!\w+_bound$)", name)}


def steps_of_a_check(name: str) -> Iterator[str]:
    if name not in checks_with_formulas():
        yield "a formula in agriplan/workbook/formulas/line.py"
    if name not in LINE_CHECKS:
        yield "LINE_CHECKS in agriplan/workbook/formulas/line.py"
    yield from wording_of(f"check.{name}")


def steps_of_a_chart(name: str, placed: Mapping[str, set[str]]) -> Iterator[str]:
    for series in CHARTS[name].series:
        if not series.title:
            yield from wording_of(series.code)
    yield from wording_of("chart.alt")  # says title, unit and series of any chart to those who cannot see it
    if name not in FOR_OWN_TEMPLATES:
        yield from (f"its place in {template}" for template, names in placed.items() if name not in names)
    if f"{{chart.{name}:" not in page("docs/template.md"):
        yield "a row in docs/template.md"


def sheets_of_the_manual() -> set[str]:
    return set(re.findall(r"^### .*`\{sheet\.([a-z]+)\}`", page("docs/template.md"), re.MULTILINE))


def sheets_that_checks_rest_on(book: Book) -> set[str]:
    """The sheets of whose errors at least one arrives in a light."""
    shape = Shape(book)
    reached: set[Entry] = set()
    ahead = [entry for entry in shape.formulas if entry[0] == "checks"]
    while ahead:
        reached |= {*ahead}
        ahead = [each for entry in ahead for each in shape.needs.get(entry, ()) if each not in reached]
    return {entry[0] for entry in reached if entry in shape.formulas}


def steps_of_a_sheet(sheet: Sheet, placed: Mapping[str, set[str]], finder: Finder, checked: set[str]) -> Iterator[str]:
    yield from (f"its sheet in {template}" for template, subjects in placed.items() if sheet.subject not in subjects)
    if sheet.subject not in sheets_of_the_manual():
        yield "a list of its names in docs/template.md"
    live = [f".{name}" for name, cell in sheet.scalars.items() if cell.formula]
    live += [
        f"{name}.{entry}" for name, table in sheet.tables.items() for entry, one in table.columns.items() if one.formula
    ]
    if live and sheet.name not in checked | SHOWN_ONCE_MORE:
        yield "LOOKED_AT in agriplan/workbook/content/checks.py"
    found = (finder.scalar(sheet, at[1:]) if at[0] == "." else finder.column(sheet, *at.split(".")) for at in live)
    if live and sheet.name not in FOR_CHARTS_ALONE and not any(found):
        yield "a live figure that read-back finds by its name in the file"


def steps_of_a_method(name: str) -> Iterator[str]:
    if name not in forecast_members.__code__.co_names:
        yield "the members in forecast_members of agriplan/forecast/methods.py"
    if not re.search(rf"\b{name}\b", page("docs/projection.md"), re.IGNORECASE):
        yield "what it does in docs/projection.md, by its name"


def methods_of_projection() -> list[str]:
    """The functions of a history and a horizon, without that which takes the median of what they give."""
    asked, given = {"history", "horizon", "return"}, (methods.SeriesValues, methods.SeriesValues | None)
    kinds = {name: getattr(each, "__annotations__", {}) for name, each in vars(methods).items()}
    found = [name for name, each in kinds.items() if each.keys() == asked and each["return"] in given]
    return [name for name in found if name != methods.point_forecast.__name__]


def steps_of_a_page_chart(html: str) -> Iterator[str]:
    """What charts of a page lack: their words are looked for when they are drawn."""
    sheet = page("agriplan/web/static/charts.css")
    drawn = set(re.findall(r'<g class="series look-([\w-]+)"', html))
    for look in sorted(drawn):
        if not re.search(rf"\.look-{look}\b", sheet):
            yield f"a class .look-{look} in agriplan/web/static/charts.css"
    if drawn and "<table" not in html:
        yield "a table beside the chart"


def steps_of_a_page(address: str, read: set[str]) -> Iterator[str]:
    if address not in read:
        yield "PAGES in tests/web/reading.py"


def steps_of_an_operation(declared: Operation) -> Iterator[str]:
    yield from wording_of(f"api.{declared.name}")
    yield from wording_of(f"api.tag.{tag_of(declared.path)}")
    yield from _descriptions_only_in_english(declared)
    if f"`{declared.method} /api/v1{declared.path}`" not in page("docs/api.md"):
        yield "a row in docs/api.md"


def _descriptions_only_in_english(declared: Operation) -> Iterator[str]:
    """What models and fields of an operation say of themselves and the page cannot say in Chinese."""
    said = {say(code, "en") for code in catalogue() if code.startswith("api.of.")}
    models = (one.model_json_schema() for one in (declared.gives, declared.body) if isinstance(one, type))
    schemas = [schema for model in models for schema in (model, *model.get("$defs", {}).values())]
    parts = [*schemas, *declared.query.model_json_schema()["properties"].values()]
    parts += [field for schema in schemas for field in schema.get("properties", {}).values()]
    for text in sorted({part["description"] for part in parts if "description" in part} - said):
        yield f"api.of.… in agriplan/wording/api_descriptions.toml, in English “{text}”"


def operations_of_the_manual() -> list[str]:
    return re.findall(r"^\| `([A-Z]+ /api/v1[^`?]*)`", page("docs/api.md"), re.MULTILINE)


def steps_of_a_command(name: str, told: str) -> Iterator[str]:
    if f"agriplan {name}" not in page("README.md"):
        yield "a line in README.md"
    first = told.strip().splitlines()[0] if told.strip() else ""
    if not re.match(r".*[\u4e00-\u9fff].* / \w", first):
        yield "its help in Chinese and English, a stroke between them"


def only_pages(blueprints: tuple[Blueprint, ...]) -> Flask:
    """An application of nothing but the pages, for its map of addresses."""
    app = Flask("pages")
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app


def addresses_of_pages(app: Flask) -> list[str]:
    """The addresses of pages, with what stands in their gaps (`/league/<code>`)."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [rule.rule for rule in rules if rule.endpoint.startswith("pages.") and rule.rule not in NOT_READ]


def addresses_read(app: Flask, pages: Iterable[str]) -> set[str]:
    """The same of those pages, whatever stands in their gaps."""
    found = app.url_map.bind("localhost")
    return {found.match(page.partition("?")[0], method="GET", return_rule=True)[0].rule for page in pages}
