"""Formulas are ones that Excel 2010, WPS and LibreOffice all know, and a planner can follow."""

import ast
import re
from pathlib import Path

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.workbook import content
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.formulas.filling import FUNCTIONS

_NAME = re.compile(r"\{[^{}]*\}")
_TEXT = re.compile(r'"[^"]*"')
_CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])\d+(?:\.\d+)?")


@pytest.fixture(scope="module", params=["150500", "150000"])
def formulas(request, baselines, suggestions):
    book = describe_book(make_plan(Scenario(), baselines, suggestions), request.param, "zh")
    found = {}
    for sheet in book.sheets.values():
        found |= {f"{sheet.name}.{name}": cell.formula for name, cell in sheet.scalars.items() if cell.formula}
        for name, table in sheet.tables.items():
            columns = {f"{sheet.name}.{name}.{entry}": column.formula for entry, column in table.columns.items()}
            found |= {place: formula for place, formula in columns.items() if formula}
    return found


def test_only_functions_of_the_short_list_are_used(formulas):
    used = {name for formula in formulas.values() for name in _CALL.findall(_NAME.sub("", formula))}
    assert used <= FUNCTIONS
    assert len(formulas) > 500


def test_the_only_constants_count_or_turn_per_cent_into_parts_everything_else_is_a_named_cell(formulas):
    for place, formula in formulas.items():
        bare = _NAME.sub("", formula)
        assert set(_NUMBER.findall(_TEXT.sub("", bare))) <= {"0", "1", "2", "100"}, place
        assert set(_TEXT.findall(bare)) <= {'""'}, place


def test_no_function_of_a_range_stands_in_a_sum_of_products(formulas):
    """Some spreadsheet programs take its first cell alone."""
    of_range = re.compile(r"(ABS|LN|SQRT|SIGN|INT|ROUND)\([^()]*:\}")
    assert [place for place, formula in formulas.items() if of_range.search(formula)] == []


def test_a_figure_within_a_sentence_has_its_decimals_whatever_they_are(formulas):
    """A rounded number loses its last zeros in a text: 3.2 beside 3.20. What may have been meant is told as typed."""
    joined = re.compile(r"&ROUND\(([^()]|\([^()]*\))*\)|ROUND\(([^()]|\([^()]*\))*\)&")
    as_typed = {"assumptions.status_margin_remark", "assumptions.lines", "assumptions.herds", "inputs.leagues"}
    found = {place for place, formula in formulas.items() if joined.search(_NAME.sub("", formula))}
    assert {place for place in found if not place.startswith(tuple(as_typed))} == set()
    assert any("FIXED(" in formula for formula in formulas.values())


def test_formulas_stay_within_what_a_cell_can_hold(formulas):
    assert max(len(formula) for formula in formulas.values()) < 8000


def test_no_formula_is_written_where_sheets_are_described():
    """`content/` says which formula stands where; what it works out is written in `formulas/`."""
    works_out = re.compile(rf"\b({'|'.join(sorted(FUNCTIONS))})\(|\}}\s*[-+*/<>=&^]|[-+*/<>=&^]\s*\{{")
    found = []
    for path in Path(content.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and works_out.search(node.value):
                found.append(f"{path.name}:{node.lineno}")
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
                found += [f"{path.name}:{node.lineno}"] if works_out.search(text) else []
    assert found == []
