"""What a spreadsheet means by an operator or a function of single values: one Python function each.

`MEANING` names each by its sign in formulas. What is left to Python's own operators, because the kinds of values allow
it, is decided in `fast`.
"""

import math
from collections.abc import Callable

from agriplan.rounding import BINARY_SHADE
from agriplan.workbook.evaluate.text_functions import fixed_text, join, length, linked_text, some_letters
from agriplan.workbook.evaluate.values import (
    DIVISION,
    NUMBER,
    ErrorValue,
    Failed,
    FormulaValue,
    equal,
    finite,
    less,
    number,
    truth,
)


def add(first: FormulaValue, second: FormulaValue) -> float:
    """
    >>> add(None, True)
    1.0
    """
    return finite(number(first) + number(second))


def subtract(first: FormulaValue, second: FormulaValue) -> float:
    """
    >>> subtract(1.0, "0.5")
    0.5
    """
    return finite(number(first) - number(second))


def negative(value: FormulaValue) -> float:
    """
    >>> negative(2.0)
    -2.0
    """
    return -number(value)


def multiply(first: FormulaValue, second: FormulaValue) -> float:
    """
    >>> multiply(True, 3.0)
    3.0
    """
    return finite(number(first) * number(second))


def divide(first: FormulaValue, second: FormulaValue) -> float:
    """
    >>> divide(1.0, None)
    Traceback (most recent call last):
    agriplan.workbook.evaluate.values.Failed: #DIV/0!
    """
    above, below = number(first), number(second)
    if below == 0:
        raise Failed(DIVISION)
    return finite(above / below)


def power(first: FormulaValue, second: FormulaValue) -> float:
    """
    >>> power(-8.0, 0.5)
    Traceback (most recent call last):
    agriplan.workbook.evaluate.values.Failed: #NUM!
    """
    base, exponent = number(first), number(second)
    if base == 0 and exponent < 0:
        raise Failed(DIVISION)
    try:
        return math.pow(base, exponent)
    except (ValueError, OverflowError):
        raise Failed(NUMBER) from None


def round_half_away(value: FormulaValue, digits: FormulaValue) -> float:
    """Half away from zero, on the 15 digits that a spreadsheet keeps.

    >>> round_half_away(2.675, 2.0), round_half_away(-0.5, 0.0)
    (2.68, -1.0)
    """
    return half_up(number(value), number(digits))


def half_up(value: float, digits: float) -> float:
    """`round_half_away` for numbers.

    `BINARY_SHADE` of it lifts what is a half on 15 digits but a shade below it in binary.
    """
    scaled = abs(value) * (scale := _SCALES.get(digits) or 10.0 ** int(digits))
    try:
        return math.copysign(math.floor(scaled + scaled * BINARY_SHADE + 0.5) / scale, value)
    except (OverflowError, ValueError):  # so large a number has no decimals
        return value


# Printing units by their decimals: formulas of a workbook round some four thousand times.
_SCALES = {float(digits): 10.0**digits for digits in range(10)}


def whole(value: FormulaValue) -> float:
    """
    >>> whole(-1.5)
    -2.0
    """
    return float(math.floor(number(value)))


def absolute(value: FormulaValue) -> float:
    """
    >>> absolute(-3.0)
    3.0
    """
    return abs(number(value))


def logarithm(value: FormulaValue) -> float:
    """
    >>> logarithm(1.0)
    0.0
    """
    given = number(value)
    if given <= 0:
        raise Failed(NUMBER)
    return math.log(given)


def root(value: FormulaValue) -> float:
    """
    >>> root(9.0)
    3.0
    """
    given = number(value)
    if given < 0:
        raise Failed(NUMBER)
    return math.sqrt(given)


def both(*values: FormulaValue) -> bool:
    """Every condition is looked at: one that fails fails the whole.

    >>> both(1.0, True), both(True, None)
    (True, False)
    """
    return sum(map(truth, values)) == len(values)


def either(*values: FormulaValue) -> bool:
    """
    >>> either(False, 2.0)
    True
    """
    return sum(map(truth, values)) > 0


def opposite(value: FormulaValue) -> bool:
    """
    >>> opposite(None)
    True
    """
    return not truth(value)


MEANING: dict[str, Callable[..., FormulaValue]] = {
    "+": add,
    "*": multiply,
    "/": divide,
    "^": power,
    "&": join,
    "=": equal,
    "<>": lambda first, second: not equal(first, second),
    "<": less,
    ">": lambda first, second: less(second, first),
    "<=": lambda first, second: not less(second, first),
    ">=": lambda first, second: not less(first, second),
    "-": lambda *values: negative(*values) if len(values) == 1 else subtract(*values),
    "ABS": absolute,
    "AND": both,
    "FIXED": fixed_text,
    "HYPERLINK": linked_text,
    "INT": whole,
    "LEN": length,
    "LN": logarithm,
    "MID": some_letters,
    "NOT": opposite,
    "OR": either,
    "ROUND": round_half_away,
    "SQRT": root,
}


# Functions that look at a value without being spoilt by an error in it: each takes what `attempt` gives.
LOOKING: dict[str, Callable[[FormulaValue], bool]] = {
    "ISBLANK": lambda value: value is None,
    "ISERROR": lambda value: isinstance(value, ErrorValue),
    "ISNUMBER": lambda value: type(value) is float,
}
