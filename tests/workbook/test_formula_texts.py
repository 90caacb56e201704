"""Formulas are ones that Excel 2010, WPS and LibreOffice all know, and a planner can follow."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.workbook import content
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.evaluate.ranges import FROM_NOUGHT
from agriplan.workbook.formulas.filling import FUNCTIONS

_NAME = re.compile(r"\{[^{}]*\}")
_TEXT = re.compile(r'"[^"]*"')
_CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
# Functions that make a figure of others, whatever they are a function or a method of.
WORKS_OUT = frozenset(
    [
        "abs",
        "add",
        "cumsum",
        "diff",
        "divide",
        "dot",
        "exp",
        "fmax",
        "fmin",
        "fsum",
        "log",
        "max",
        "maximum",
        "mean",
        "median",
        "min",
        "minimum",
        "multiply",
        "nansum",
        "power",
        "prod",
        "quantile",
        "round",
        "sqrt",
        "std",
        "subtract",
        "sum",
    ]
)
# What counts rows, sheets, places and years, and is no figure of a plan.
COUNTS = re.compile(
    r"len\(.*\)|-?\d+|[A-Z_]+|\w+\.keys\(\)|(\w+\.)*(\w*_year|years?|span|steps?|number|place|rows|usual)|int\(year\)"
    r"|.*\.index\(.*\)|\[.*\]|name\.startswith\(PART\)|(math\.ceil|max)\(.*\)",
    re.DOTALL,
)
# What else is counted, ordered or made ready to be shown; nothing of it is said by the engine too.
NO_FIGURES = {
    "value + 0.0": "no cell shows a minus before 0",
    "float(value) + 0.0": "no cell shows a minus before 0",
    "SAME_VALUE * printing_units(own)": "within how much of a printing unit a check finds sums alike",
    "frame['relative_error'] * 100.0": "a part of one as it is written, in per cent",
    "round(float(value), MISS_DIGITS)": "as many digits as are kept",
    "round(support.fastest(commitment), OUTLOOK_DIGITS)": "as many digits as are kept",
}
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
        assert set(_TEXT.findall(bare)) <= {'""', f'"{FROM_NOUGHT}"'}, place


def test_no_function_of_a_range_stands_in_a_sum_of_products(formulas):
    """Some spreadsheet programs take its first cell alone."""
    of_range = re.compile(r"(ABS|ISBLANK|ISNUMBER|LN|SQRT|INT|ROUND)\([^()]*:\}")
    assert [place for place, formula in formulas.items() if of_range.search(formula)] == []


def test_no_two_printed_figures_are_compared_as_they_stand_in_binary(formulas):
    """A sum of printed parts may lie a shade beside the same figure rounded."""
    printed = r"\{[^{}]*printed_\w+[^{}]*\}"
    bare = re.compile(rf"{printed}(>=|<=|<>|>|<|=){printed}")
    assert [place for place, formula in formulas.items() if bare.search(formula)] == []


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


def arithmetic(tree: ast.AST) -> Iterator[str]:
    """The places of a module at which it works figures out: operators between what is no count, and functions."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.BinOp) for part in (node.left, node.right)}
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and id(node) not in inner:
            leaves = list(_leaves(node))
            # Texts and lists are joined with +, too: a sum is one of numbers or of columns.
            joined = all(isinstance(one.op, ast.Add | ast.BitOr | ast.BitAnd) for one in _operators(node))
            if any(_is_figure(leaf) if joined else not COUNTS.fullmatch(ast.unparse(leaf)) for leaf in leaves):
                yield ast.unparse(node)
        turned = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
        if turned and not isinstance(node.operand, ast.Constant):
            yield ast.unparse(node)
        if isinstance(node, ast.Call) and _name(node.func) in WORKS_OUT and not _is_of_counts(node):
            yield ast.unparse(node)


def _operators(node: ast.AST) -> Iterator[ast.BinOp]:
    if isinstance(node, ast.BinOp):
        yield node
        yield from (*_operators(node.left), *_operators(node.right))


def _leaves(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp):
        yield from (*_leaves(node.left), *_leaves(node.right))
    elif isinstance(node, ast.UnaryOp):
        yield from _leaves(node.operand)
    else:
        yield node


def _is_figure(leaf: ast.AST) -> bool:
    """A number with a point, or what is found in a row or table by its name."""
    if isinstance(leaf, ast.Constant):
        return isinstance(leaf.value, float)
    return (
        isinstance(leaf, ast.Subscript) and isinstance(leaf.slice, ast.Constant) and isinstance(leaf.slice.value, str)
    )


def _name(function: ast.AST) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _is_of_counts(call: ast.Call) -> bool:
    """Whether a function is of counts alone, or puts something into a set."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "add":
        return True
    if isinstance(call.func, ast.Attribute) and not (call.args and _name(call.func.value) == "np"):
        return False
    given = [one.elt if isinstance(one, ast.GeneratorExp) else one for one in call.args]
    return all(COUNTS.fullmatch(ast.unparse(leaf)) for one in given for leaf in _leaves(one))


def test_no_figure_is_worked_out_where_sheets_are_described():
    """`content/` says which figure stands where; engine, analysis and forecast say what it comes to, in one place."""
    found = {
        expression: path.name
        for path in sorted(Path(content.__file__).parent.glob("*.py"))
        for expression in arithmetic(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert {expression: name for expression, name in found.items() if expression not in NO_FIGURES} == {}
    assert NO_FIGURES.keys() - found.keys() == set(), "no longer there"


@pytest.mark.parametrize(
    "written",
    [
        "columns['amount'] / columns['size']",
        "columns['herd'] / 100.0",
        "(misses - misses[MEDIAN])[EDGE_PLACES]",
        "edges[number - 1] ** 2",
        "shares.max(axis=1)",
        "table.groupby('indicator')[names].min()",
        "far * far",
        "row['target'] + row['gap']",
        "np.maximum(first, second)",
        "sum(row['amount'] for row in rows)",
        "-row['gap']",
    ],
)
def test_arithmetic_that_once_stood_where_sheets_are_described_would_be_found(written):
    assert list(arithmetic(ast.parse(written)))
