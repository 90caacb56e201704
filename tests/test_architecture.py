"""The house keeps its order: one home per outside library, no import upward, small files, sentences in two tongues."""

import ast
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from agriplan.engine.allocation import RULES
from agriplan.engine.scenario import RuleName
from agriplan.sentences import LANGS, catalogue

PACKAGE = Path(__file__).parents[1] / "agriplan"
FILES = {file.relative_to(PACKAGE).as_posix(): file for file in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in FILES.items()}

# Where an outside library lives; nobody else imports it.
HOMES = {
    "xlsxwriter": ("workbook/",),
    "openpyxl": ("workbook/",),
    "statsmodels": ("projection.py",),
    "flask": ("web/",),
    "flask_wtf": ("web/",),
    "wtforms": ("web/",),
    "pygal": ("web/",),
    "sqlalchemy": ("store/", "migrations/"),
    "alembic": ("store/", "migrations/"),
    "click": ("cli.py",),
}
# From the ground up: a module imports only what stands below it, or beside it in its own package.
LAYERS = (
    ("__init__", "sentences", "tables", "growth", "history", "printing", "places", "records"),
    ("errors", "rounding", "allocation", "gap", "paths", "ranges"),
    ("parsing", "projection", "milestones", "sharing", "formatting"),
    ("models", "rows", "consistency", "stages", "settings"),
    ("baselines",),
    ("figures", "requests", "tiers", "remembered", "years", "attainment"),
    ("criteria", "backtest"),
    ("assumptions", "suggestions", "shape"),
    ("plan", "sweep"),
    ("outlook", "comparison", "sensitivity", "export", "lookback"),
    ("notes",),
    ("report",),
    ("workbook", "store", "migrations"),
    ("web",),
    ("output", "listing"),
    ("desk",),
    ("cli",),
    ("__main__",),
)
RANK = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
MOST_LINES = 250  # "not much above 200"


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "agriplan")


def top(name):
    return name.split("/")[0].removesuffix(".py")


@pytest.mark.parametrize("name", FILES)
def test_an_outside_library_has_one_home(name):
    for module in imported(TREES[name]):
        homes = HOMES.get(module.split(".")[0])
        assert homes is None or name.startswith(homes), f"{name} imports {module}, which lives in {homes}"


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_imported_from_above(name):
    assert top(name) in RANK, f"give {top(name)} its place in LAYERS"
    for module in imported(TREES[name]):
        other = module.split(".")[1] if module.startswith("agriplan.") else None
        if other in RANK and other != top(name) and other != "__version__":
            assert RANK[other] < RANK[top(name)], f"{name} imports agriplan.{other} from above or beside"


@pytest.mark.parametrize("name", FILES)
def test_files_are_small_named_for_their_purpose_and_say_what_they_are_for(name):
    assert len(FILES[name].read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    assert not EMPTY_NAMES & set(Path(name).with_suffix("").parts)
    assert ast.get_docstring(TREES[name])


def test_pure_modules_read_no_file_and_no_clock():
    pure = ("allocation", "gap", "paths", "milestones", "sharing", "stages", "rounding", "growth", "years", "sweep")
    for name in pure:
        assert not set(imported(TREES[f"{name}.py"])) & {"pathlib", "os", "io", "datetime", "time", "random"}, name
        names = {node.id for node in ast.walk(TREES[f"{name}.py"]) if isinstance(node, ast.Name)}
        assert not names & {"open", "print", "input"}, name


@pytest.mark.parametrize("code", catalogue())
def test_a_sentence_says_the_same_in_both_languages(code):
    sentence = catalogue()[code]
    assert set(sentence) == set(LANGS)
    # "area_zh" in Chinese is "area_en" in English.
    first, second = ({_base(part[1]) for part in Formatter().parse(sentence[lang]) if part[1]} for lang in LANGS)
    assert first == second
    # An axis that needs no title has none in either language.
    assert len({bool(sentence[lang].strip()) for lang in LANGS}) == 1
    assert sentence["zh"].strip() or code.startswith("axis.")


def _base(placeholder):
    return "name" if placeholder in LANGS else placeholder.removesuffix("_zh").removesuffix("_en")


def test_every_problem_and_note_that_is_raised_has_its_sentence():
    missing = [
        f"{name}: {prefix}.{code}"
        for name, tree in TREES.items()
        for prefix, code in said(tree)
        if f"{prefix}.{code}" not in catalogue()
    ]
    assert missing == []


def said(tree):
    """Sentence codes that stand in the source as plain words: `Problem(place, code)`, `subject.note(code)`."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        place = {"Problem": 1, "note": 0}.get(called)
        if place is not None and len(call.args) > place and isinstance(call.args[place], ast.Constant):
            yield {"Problem": "problem", "note": "note"}[called], call.args[place].value


def test_every_reason_of_a_share_and_every_problem_of_wording_is_known():
    words = {
        node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)
    }  # fmt: skip
    unused = [code for code in catalogue() if code.startswith(("problem.", "reason.")) and _word(code) not in words]
    assert [code for code in unused if code not in words] == []


def _word(code):
    return code.partition(".")[2]


def test_the_rules_a_planner_may_name_are_functions_of_one_shape_each_with_its_meaning():
    assert tuple(RULES) == get_args(RuleName)
    assert all(rule.__doc__ and rule.__annotations__.keys() == {"leagues", "return"} for rule in RULES.values())
