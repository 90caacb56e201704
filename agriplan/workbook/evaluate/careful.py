"""A tree becomes Python source in which every operator is a function of `meaning` or `ranges`: right for any values.

It is slower than what `fast` makes and takes over where that cannot go on; tests hold the two against each other.
"""

from collections.abc import Callable

from agriplan.workbook.evaluate import meaning, ranges, values
from agriplan.workbook.evaluate.parse import Call, FormulaError, Name, Number, Text, Tree
from agriplan.workbook.evaluate.scope import Scope, loop_over

# The columns that an array formula goes down, by source, with their loop variables.
Within = dict[str, str]
# What the source calls, by the names that it uses.
CAREFUL_NAMES: dict[str, object] = {
    "MEANING": meaning.MEANING,
    **{f"look_{name.lower()}": function for name, function in meaning.LOOKING.items()},
    **{f"gather_{name.lower()}": function for name, function in ranges.GATHERING.items()},
    **{f"range_{name.lower()}": function for name, (function, _) in ranges.RANGES.items()},
    **{f"m{place}": function for place, function in enumerate(meaning.MEANING.values())},
    **{name: getattr(values, name) for name in ("attempt", "number", "otherwise", "truth")},
    "shown": values.shown_value,
    "counted": ranges.counted,
    "total": ranges.total,
    "chosen": lambda values, rows: [values[row] for row in rows],
}
_CALLED = {sign: f"m{place}" for place, sign in enumerate(meaning.MEANING)}


def function(tree: Tree, scope: Scope) -> str:
    """The source of a column or a scalar; a cell that fails holds an error value."""
    return scope.function(f"attempt(lambda:shown({_code(tree, scope, None)}))")


def _code(tree: Tree, scope: Scope, within: Within | None) -> str:
    if isinstance(tree, Number | Text):
        return repr(tree[0])
    if isinstance(tree, Name):
        return _named(tree.name, scope, within)
    if tree.function in _SPECIAL:
        return _SPECIAL[tree.function](tree, scope, within)
    arguments = [_code(each, scope, within) for each in tree.arguments]
    if tree.function in meaning.LOOKING:
        return f"look_{tree.function.lower()}(attempt(lambda:{arguments[0]}))"
    if tree.function not in _CALLED:
        raise FormulaError(f"nothing says what {tree.function} means")
    return f"{_CALLED[tree.function]}({','.join(arguments)})"


def _named(name: str, scope: Scope, within: Within | None) -> str:
    made = scope.make_out(name)
    if not made.whole:
        return made.code
    if within is None:
        raise FormulaError(f"a whole column where one value is wanted: {name}")
    return within.setdefault(made.code, f"w{len(within)}")


def _if(tree: Call, scope: Scope, within: Within | None) -> str:
    condition, yes, no = (_code(each, scope, within) for each in tree.arguments)
    return f"({yes} if truth({condition}) else {no})"


def _if_error(tree: Call, scope: Scope, within: Within | None) -> str:
    value, instead = (_code(each, scope, within) for each in tree.arguments)
    return f"otherwise(lambda:{value},lambda:{instead})"


def _sum_product(tree: Call, scope: Scope, _within: Within | None) -> str:
    """A sum over rows of products; a column that is given as it is counts where it holds a number."""
    inner: Within = {}
    factors = []
    for each in tree.arguments:
        code = _code(each, scope, inner)
        factors.append(f"counted({code})" if isinstance(each, Name) else f"number({code})")
    return f"total([{'*'.join(factors)} for {loop_over(inner)}])"


def cells(tree: Tree, scope: Scope, code: Callable[[Tree], str]) -> str:
    """An argument as part of a list of cells: a whole column, a cell, or what an expression gives."""
    if isinstance(tree, Name):
        made = scope.make_out(tree.name)
        return f"*{made.code}" if made.whole else made.code
    return f"number({code(tree)})"


def _gather(tree: Call, scope: Scope, within: Within | None) -> str:
    parts = [cells(each, scope, lambda one: _code(one, scope, within)) for each in tree.arguments]
    return f"gather_{tree.function.lower()}([{','.join(parts)}])"


def _range(tree: Call, scope: Scope, within: Within | None) -> str:
    wanted = ranges.RANGES[tree.function][1]
    codes = [
        column(each, scope) if place in wanted else _code(each, scope, within)
        for place, each in enumerate(tree.arguments)
    ]
    return f"range_{tree.function.lower()}({','.join(codes)})"


def column(tree: Tree, scope: Scope) -> str:
    """The source of an argument that must be a whole column."""
    made = scope.make_out(tree.name) if isinstance(tree, Name) else None
    if made is None or not made.whole:
        raise FormulaError(f"a whole column is wanted, not {tree}")
    return made.code


_SPECIAL: dict[str, Callable[[Call, Scope, Within | None], str]] = {
    "IF": _if,
    "IFERROR": _if_error,
    "SUMPRODUCT": _sum_product,
    **dict.fromkeys(ranges.GATHERING, _gather),
    **dict.fromkeys(ranges.RANGES, _range),
}
