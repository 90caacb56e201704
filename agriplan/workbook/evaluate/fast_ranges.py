"""Functions of ranges as Python source: like `fast`, for what looks at many cells at once."""

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping

from agriplan.workbook.evaluate import careful, fast, ranges
from agriplan.workbook.evaluate.fast import PythonCode, ScopeNames, Writer
from agriplan.workbook.evaluate.meaning import LOOKING
from agriplan.workbook.evaluate.parse import Call, FormulaError, Name, Number, Tree, can_fail, shown_numbers
from agriplan.workbook.evaluate.scope import ResolvedName, loop_over
from agriplan.workbook.evaluate.shape import COUNT, FLOAT, NUMERIC, TEXT, TRUTH
from agriplan.workbook.evaluate.values import FormulaValue


def grouped(
    keys: ranges.RangeValues, rows: list[tuple[FormulaValue, ...]]
) -> dict[FormulaValue, list[tuple[FormulaValue, ...]]]:
    """The rows of each key.

    >>> grouped([1.0, 2.0, 1.0], [("a",), ("b",), ("c",)])
    {1.0: [('a',), ('c',)], 2.0: [('b',)]}
    """
    found: dict[FormulaValue, list[tuple[FormulaValue, ...]]] = {}
    for key, row in zip(keys, rows, strict=True):
        found.setdefault(key, []).append(row)
    return found


def first_places(values: ranges.RangeValues) -> dict[FormulaValue, float]:
    """The place of each value, from 1; of equal ones the first.

    >>> first_places(["a", "b", "a"])
    {'a': 1.0, 'b': 2.0}
    """
    return {value: float(place) for place, value in reversed(list(enumerate(values, 1)))}


def sums_up_to(keys: list[float], values: list[float]) -> Callable[[float], float]:
    """The sum of the values whose key is no greater than a limit; each limit is searched for, not every row asked.

    >>> sums_up_to([1.0, 3.0, 2.0], [10.0, 1.0, 5.0])(2.0)
    15.0
    """
    rows = sorted(zip(keys, values, strict=True))
    sorted_keys, sorted_values = [key for key, _ in rows], [value for _, value in rows]
    return lambda limit: math.fsum(sorted_values[: bisect_right(sorted_keys, limit)])


FAST_RANGE_NAMES: dict[str, object] = {
    **fast.FAST_NAMES,
    "fsum": math.fsum,
    "floats": ranges.floats,
    "grouped": grouped,
    "first_places": first_places,
    "sums_up_to": sums_up_to,
}


def _gather(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    """SUM, MIN and MAX of numbers alone are Python's own."""
    parts = [_cells(each, writer, within) for each in tree.arguments]
    own = {"SUM": "fsum", "MIN": "min", "MAX": "max"}.get(tree.function)
    if own in ("min", "max") and len(parts) > 1 and all(part.kinds == FLOAT for part in parts):
        return PythonCode(f"{own}({','.join(part.text for part in parts)})", FLOAT)
    only = parts[0].text if len(parts) == 1 else ""
    listed = only[1:] if only.startswith("*") else f"({','.join(part.text for part in parts)},)"
    if own and all(part.kinds == FLOAT for part in parts):
        return PythonCode(f"{own}({listed})", FLOAT)
    return PythonCode(f"gather_{tree.function.lower()}({listed})", FLOAT)


def _cells(tree: Tree, writer: Writer, within: ScopeNames) -> PythonCode:
    """An argument as part of a list of cells."""
    if isinstance(tree, Name):
        made = writer.scope.make_out(tree.name)
        kinds = FLOAT if tree.name in writer.sure else made.kinds
        return PythonCode(f"*{made.code}" if made.whole else made.code, kinds)
    text, kinds = writer.code(tree, within)
    return PythonCode(text if kinds == FLOAT else f"number({text})", FLOAT)


def _count(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    """Single cells are looked at one by one."""
    made = [writer.scope.make_out(each.name) for each in tree.arguments if isinstance(each, Name)]
    if len(made) < len(tree.arguments) or any(each.whole for each in made):
        return _gather(writer, tree, within)
    return PythonCode("(" + "+".join(f"({each.code}.__class__ is float)" for each in made) + ")", COUNT)


def _sum_if(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    keys, values = (writer.scope.make_out(_name(tree.arguments[place])) for place in (0, 2))
    wanted = writer.code(tree.arguments[1], within)
    if keys.kinds == wanted.kinds == FLOAT:
        groups = writer.scope.work_out_once(f"grouped({keys.code},list(zip({values.code})))")
        test = "" if values.kinds == FLOAT else " if y.__class__ is float"
        return PythonCode(f"fsum([y for y, in {groups}.get({wanted.text},()){test}])", FLOAT)
    return PythonCode(f"range_sumif({keys.code},{wanted.text},{values.code})", FLOAT)


def _name(tree: Tree) -> str:
    if not isinstance(tree, Name):
        raise FormulaError(f"a column is wanted, not {tree}")
    return tree.name


def _match(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    """Values of one kind are looked up, not searched; one that is not found so is left to the careful twin."""
    wanted, column = writer.code(tree.arguments[0], within), careful.column(tree.arguments[1], writer.scope)
    if tree.arguments[2] != Number(0.0):
        raise FormulaError("MATCH looks for equal values only")
    kinds = writer.scope.make_out(_name(tree.arguments[1])).kinds
    if kinds in (FLOAT, TEXT) and not wanted.kinds & TRUTH:
        return PythonCode(f"{writer.scope.work_out_once(f'first_places({column})')}[{wanted.text}]", FLOAT)
    return PythonCode(f"range_match({wanted.text},{column})", FLOAT)


def _range(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    function, wanted = tree.function, ranges.RANGES[tree.function][1]
    kinds, codes = FLOAT, []
    for place, each in enumerate(tree.arguments):
        codes.append(careful.column(each, writer.scope) if place in wanted else writer.code(each, within).text)
    if function == "INDEX":
        kinds = writer.scope.make_out(_name(tree.arguments[0])).kinds
    return PythonCode(f"range_{function.lower()}({','.join(codes)})", kinds)


def _sum_product(writer: Writer, tree: Call, _within: ScopeNames) -> PythonCode:
    """A sum over rows of products.

    Rows that one column chooses by its value are looked up: n rows for each of m values cost n, not n times m.
    """
    chosen = _chosen(writer, tree.arguments[0])
    if chosen is not None:
        column, wanted, rest = chosen
        factors = [*rest, *tree.arguments[1:]]
        inner: careful.Within = {}
        codes = [_factor(writer, each, inner, given=each in tree.arguments[1:]) for each in factors] or ["1.0"]
        inner = inner or {column.code: "w0"}
        groups = writer.scope.work_out_once(f"grouped({column.code},list(zip({','.join(inner)})))")
        rows = f"for {','.join(inner.values())}, in {groups}.get({wanted},())"
        return PythonCode(f"fsum([{'*'.join(codes)} {rows}])", FLOAT)
    return _running_sum(writer, tree) or _sum_of_rows(writer, tree)


def _running_sum(writer: Writer, tree: Call) -> PythonCode | None:
    """(column<=value)*column, both of numbers; None for any other product."""
    asked, *factors = _factors(tree.arguments[0])
    ordered = isinstance(asked, Call) and asked.function == "<=" and all(isinstance(each, Name) for each in factors)
    if not (ordered and len(factors) == len(tree.arguments) == 1):
        return None
    inner: careful.Within = {}
    keys, limit, values = (writer.code(each, inner) for each in (*asked.arguments, factors[0]))  # type: ignore[union-attr]
    if list(inner.values()) != [keys.text, values.text] or {keys.kinds, limit.kinds, values.kinds} != {FLOAT}:
        return None
    sums = writer.scope.work_out_once(f"sums_up_to({','.join(inner)})")
    return PythonCode(f"{sums}({limit.text})", FLOAT)


def _sum_of_rows(writer: Writer, tree: Call) -> PythonCode:
    """A sum of products down all rows; where every factor has a value in every row, conditions are asked first."""
    factors = _factors(tree.arguments[0])
    apart = len(tree.arguments) == 1 and len(factors) > 1 and all(_is_safe(each, writer) for each in factors)
    asked = [each for each in factors if isinstance(each, Call) and each.function in _CONDITIONS] if apart else []
    counted = [each for each in factors if each not in asked and each != Number(1.0)] if apart else tree.arguments
    inner: careful.Within = {}
    tests, sure = [], len(writer.sure)
    for each in asked:
        tests.append(writer.condition(each, inner))
        writer.sure += shown_numbers(each)
    codes = [_factor(writer, each, inner, given=not apart) for each in counted] or ["1.0"]
    del writer.sure[sure:]
    where = f" if {' and '.join(tests)}" if tests else ""
    return PythonCode(f"fsum([{'*'.join(codes)} for {loop_over(inner)}{where}])", FLOAT)


_COMPARED = frozenset({"=", "<>", "<", ">", "<=", ">="})
_CONDITIONS = _COMPARED | {"AND", "OR", "NOT", *LOOKING}


def _factors(tree: Tree) -> list[Tree]:
    """What a product is made of.

    >>> [each.name for each in _factors(Call("*", (Call("*", (Name("a"), Name("b"))), Name("c"))))]
    ['a', 'b', 'c']
    """
    if isinstance(tree, Call) and tree.function == "*":
        return [*_factors(tree.arguments[0]), tree.arguments[1]]
    return [tree]


def _factor(writer: Writer, tree: Tree, inner: careful.Within, *, given: bool) -> str:
    code = writer.code(tree, inner)
    if given and isinstance(tree, Name):
        return code.text if code.kinds == FLOAT else f"counted({code.text})"
    if given and code.kinds == TRUTH:
        raise FormulaError("SUMPRODUCT counts conditions only when they are multiplied by 1")
    return code.text if code.kinds & (NUMERIC | TRUTH) == code.kinds else f"number({code.text})"


def _chosen(writer: Writer, tree: Tree) -> tuple[ResolvedName, str, list[Tree]] | None:
    """For (column=value)*rest: the column, the value's source and the rest; None for any other product."""
    tree, *factors = _factors(tree)
    if not (isinstance(tree, Call) and tree.function == "=" and isinstance(tree.arguments[0], Name)):
        return None
    column = writer.scope.make_out(tree.arguments[0].name)
    inner: careful.Within = {}
    wanted = writer.code(tree.arguments[1], inner)
    same = column.whole and column.kinds == wanted.kinds == FLOAT and not inner
    if not same or not all(_is_safe(each, writer) for each in factors):
        return None
    return column, wanted.text, [each for each in factors if each != Number(1.0)]


def _is_safe(tree: Tree, writer: Writer) -> bool:
    """Whether a factor has a value in every row: then the rows that are not chosen need not be looked at."""
    if isinstance(tree, Name):
        return not writer.scope.make_out(tree.name).kinds & TEXT
    if not isinstance(tree, Call):
        return True
    if tree.function in LOOKING or can_fail(tree):
        return tree.function in LOOKING
    # Anything can be compared with anything.
    compared = tree.function in _COMPARED
    return all((compared and isinstance(each, Name)) or _is_safe(each, writer) for each in tree.arguments)


RANGE_WRITERS: Mapping[str, fast.WriteCode] = {
    **fast.WRITERS,
    **dict.fromkeys(ranges.GATHERING, _gather),
    **dict.fromkeys(ranges.RANGES, _range),
    "COUNT": _count,
    "MATCH": _match,
    "SUMIF": _sum_if,
    "SUMPRODUCT": _sum_product,
}
