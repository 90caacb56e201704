"""What can be told of a tree before it is evaluated."""

from agriplan.workbook.evaluate.parse import Call, Name, Number, Tree

_CAN_FAIL = frozenset({"/", "^", "LN", "SQRT", "MATCH", "INDEX", "MID", "SMALL", "LARGE", "ISERROR", "IFERROR"})


def can_fail(tree: Tree) -> bool:
    """Whether numbers alone can make a tree fail."""
    return isinstance(tree, Call) and (tree.function in _CAN_FAIL or any(map(can_fail, tree.arguments)))


def shown_numbers(tree: Tree) -> list[str]:
    """The names that are numbers wherever a condition holds: ISNUMBER(x), COUNT(x,y)>1, and what AND joins."""
    if not isinstance(tree, Call):
        return []
    if tree.function == "ISNUMBER":
        return [each.name for each in tree.arguments if isinstance(each, Name)]
    if tree.function == "AND":
        return [name for each in tree.arguments for name in shown_numbers(each)]
    if tree.function == ">" and isinstance(tree.arguments[0], Call) and tree.arguments[0].function == "COUNT":
        counted = tree.arguments[0].arguments
        if tree.arguments[1] == Number(len(counted) - 1.0):
            return [each.name for each in counted if isinstance(each, Name)]
    return []
