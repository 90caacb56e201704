"""How values of formulas stand to each other: equal, or one below the other."""

from agriplan.workbook.evaluate.values import FormulaValue, sound


def _ranked(first: FormulaValue, second: FormulaValue) -> tuple[tuple[int, object], tuple[int, object]]:
    """Numbers stand before texts, texts before False and True; a blank is like what it is compared with."""
    first, second = sound(first), sound(second)
    return _rank(_blank_as(second) if first is None else first), _rank(_blank_as(first) if second is None else second)


def _blank_as(other: FormulaValue) -> FormulaValue:
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0


def _rank(value: FormulaValue) -> tuple[int, object]:
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def equal(first: FormulaValue, second: FormulaValue) -> bool:
    """Texts are compared without regard to case.

    >>> equal("Fine", "fine"), equal(None, ""), equal(None, 0.0), equal(1.0, True), equal(1.0, "1")
    (True, True, True, False, False)
    """
    if type(first) is type(second) is float:  # by far the most comparisons
        return first == second
    one, other = _ranked(first, second)
    return one == other


def less(first: FormulaValue, second: FormulaValue) -> bool:
    """
    >>> less(2.0, "1"), less("b", "A"), less(None, 1.0)
    (True, False, True)
    """
    if type(first) is type(second) is float:
        return first < second
    one, other = _ranked(first, second)
    return one < other
