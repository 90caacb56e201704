"""What a spreadsheet means by a function of ranges: cells that hold no number do not count, an error spoils all.

A range is a list of the values of its cells. Named by their sign in formulas: `GATHERING` functions take any number of
ranges and cells together, `RANGES` say which of their arguments are ranges.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from agriplan.workbook.evaluate.parse import FormulaError
from agriplan.workbook.evaluate.values import (
    ABSENT,
    NUMBER,
    REFERENCE,
    Failed,
    FormulaValue,
    all_sound,
    equal,
    finite,
    number,
    sound,
)

RangeValues = Sequence[FormulaValue]


def floats(values: Iterable[FormulaValue]) -> list[float]:
    """The numbers among the values of cells.

    >>> floats([1.0, None, "2", True])
    [1.0]
    """
    return [value for value in values if type(value) is float]


def total(values: RangeValues) -> float:
    """
    >>> total([0.5, "", None, 0.25])
    0.75
    >>> total([1e308, 1e308])
    Traceback (most recent call last):
    agriplan.workbook.evaluate.values.Failed: #NUM!
    """
    numbers = floats(all_sound(values))
    try:
        return finite(math.fsum(numbers))
    except (OverflowError, ValueError):  # more than a float can hold on the way; infinities of both signs
        raise Failed(NUMBER) from None


def least(values: RangeValues) -> float:
    """
    >>> least([3.0, None, 2.0]), least([""])
    (2.0, 0.0)
    """
    return min(floats(all_sound(values)), default=0.0)


def greatest(values: RangeValues) -> float:
    """
    >>> greatest([-3.0, None]), greatest([])
    (-3.0, 0.0)
    """
    return max(floats(all_sound(values)), default=0.0)


def count(values: RangeValues) -> float:
    """How many hold a number; an error is no number and spoils nothing here.

    >>> count([1.0, "1", None])
    1.0
    """
    return float(len(floats(values)))


def count_where(values: RangeValues, wanted: FormulaValue) -> float:
    """
    >>> count_where(["fine", "Look", "look"], "look")
    2.0
    """
    return float(sum(map(_finding(wanted), values)))


def _finding(wanted: FormulaValue) -> Callable[[FormulaValue], bool]:
    """Whether a cell counts for COUNTIF and SUMIF: a blank or broken cell equals nothing that is asked for."""
    if type(wanted) is float:
        return lambda value: type(value) is float and value == wanted
    if type(wanted) is str:
        text = wanted.casefold()
        return lambda value: type(value) is str and value.casefold() == text
    return lambda value: type(value) in (float, str, bool) and equal(value, sound(wanted))


def sum_where(keys: RangeValues, wanted: FormulaValue, values: RangeValues) -> float:
    """
    >>> sum_where([2021.0, 2022.0, 2021.0], 2021.0, [1.0, 9.0, "x"])
    1.0
    """
    counts = _finding(wanted)
    return total([value for key, value in zip(keys, values, strict=True) if counts(key)])


FROM_NOUGHT = ">=0"


def count_where_known(keys: RangeValues, wanted: FormulaValue, values: RangeValues, from_nought: FormulaValue) -> float:
    """How many rows are of a key and hold a number that is not negative: COUNTIFS as formulas here use it.

    >>> count_where_known(["a", "a", "b", "a"], "a", [0.0, None, 1.0, "x"], ">=0")
    1.0
    """
    if from_nought != FROM_NOUGHT:
        raise FormulaError(f"COUNTIFS counts what is {FROM_NOUGHT} only")
    counts = _finding(wanted)
    pairs = zip(keys, values, strict=True)
    return float(sum(counts(key) and type(value) is float and value >= 0 for key, value in pairs))


def place_of(wanted: FormulaValue, values: RangeValues, _exactly: FormulaValue = 0.0) -> float:
    """The place of the first cell that equals what is wanted, from 1 (MATCH with 0).

    >>> place_of("b", ["a", "B"])
    2.0
    """
    counts = _finding(sound(wanted))
    for place, value in enumerate(values, 1):
        if counts(value):
            return float(place)
    raise Failed(ABSENT)


def entry_at(values: RangeValues, place: FormulaValue) -> FormulaValue:
    """
    >>> entry_at(["a", "b"], 2.0)
    'b'
    """
    row = int(number(place))
    if not 1 <= row <= len(values):
        raise Failed(REFERENCE)
    return sound(values[row - 1])


def counted(value: FormulaValue) -> float:
    """A cell of a range that SUMPRODUCT is given as it is: what is no number counts as 0.

    >>> counted("x"), counted(2.0)
    (0.0, 2.0)
    """
    value = sound(value)
    return value if type(value) is float else 0.0


GATHERING: Mapping[str, Callable[[RangeValues], FormulaValue]] = {
    "COUNT": count,
    "MAX": greatest,
    "MIN": least,
    "SUM": total,
}
# Each with the places of the arguments that are ranges.
RANGES: Mapping[str, tuple[Callable[..., FormulaValue], frozenset[int]]] = {
    "COUNTIF": (count_where, frozenset({0})),
    "COUNTIFS": (count_where_known, frozenset({0, 2})),
    "INDEX": (entry_at, frozenset({0})),
    "MATCH": (place_of, frozenset({1})),
    "SUMIF": (sum_where, frozenset({0, 2})),
}
