"""docs/method.md explains every figure, and its examples are the engine's own."""

import re
from pathlib import Path

import pytest
from docs.rows import COMMAND, with_columns
from docs.worked import Figures, figures_for, formulas_of, holds, print_page

from agriplan.engine.allocation import RULES
from agriplan.engine.column_declarations import ColumnDeclaration
from agriplan.engine.columns import TABLES, YEARS
from agriplan.engine.evaluation_columns import EVALUATION
from agriplan.engine.milestones import PATHS
from agriplan.sentences import catalogue

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", PAGE, re.MULTILINE))


@pytest.fixture(scope="module")
def figures() -> Figures:
    return figures_for(PAGE)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_explained(table: str):
    missing = [column.name for column in TABLES[table] if column.name not in ROWS]
    assert missing == [], f"columns that need a row in docs/method.md ({COMMAND} writes it)"


def test_the_row_of_a_new_column_is_written_behind_the_one_that_is_declared_before_it():
    before, new = (
        TABLES["lines"][-2],
        ColumnDeclaration("left_lying", "number", "unit", "余量", "what nobody took"),
    )
    written = with_columns(PAGE, {"lines": (before, new)})
    (row,) = set(written.splitlines()) - set(PAGE.splitlines())
    assert row == "| `left_lying` | 余量 | what nobody took |"
    assert written.splitlines()[written.splitlines().index(row) - 1].startswith(f"| `{before.name}` |")
    assert with_columns(PAGE) == PAGE


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained_under_its_chinese_name(rule: str):
    assert ROWS[rule] == catalogue()[f"rule.{rule}"]["zh"]


@pytest.mark.parametrize("path", PATHS)
def test_every_yearly_path_is_explained(path: str):
    assert f"`{path}`" in PAGE


@pytest.mark.parametrize("formula", formulas_of(PAGE))
def test_worked_example_is_true_of_the_engines_figures(formula: str, figures: Figures):
    assert holds(formula, figures)


def test_worked_examples_are_printed_with_the_engines_figures(figures: Figures):
    assert print_page(PAGE, figures) == PAGE


def test_a_wrong_formula_is_noticed(figures: Figures):
    assert not holds("{line.milk.target} − {line.milk.baseline} = {line.milk.gap}", figures)


EVALUATION_PAGE = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")
# Statuses and verdicts: the columns and the model of the API that list them by code, the page that explains them.
WORDS_OF_PROGRESS = {"status": (YEARS, PAGE, "YearReport"), "verdict": (EVALUATION, EVALUATION_PAGE, "AreaEvaluation")}


@pytest.mark.parametrize("family", WORDS_OF_PROGRESS)
def test_every_status_and_verdict_is_listed_by_its_column_and_explained(family: str):
    columns, page, model = WORDS_OF_PROGRESS[family]
    listed = next(column.en for column in columns if column.name == family)
    told = catalogue()[f"api.of.{model}"]
    words = {
        code.removeprefix(f"{family}."): said for code, said in catalogue().items() if code.startswith(f"{family}.")
    }
    assert len(words) > 7
    for text in (listed, told["en"]):
        assert [code for code in words if not re.search(rf"\b{code}\b", text)] == []
    assert [code for code, said in words.items() if f"{code}（{said['zh']}）" not in told["zh"]] == []
    assert [code for code, said in words.items() if not (re.search(rf"\b{code}\b", page) and said["zh"] in page)] == []
