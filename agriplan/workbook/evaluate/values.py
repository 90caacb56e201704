"""The values of cells, what each counts as where a number, a text or a condition is wanted, and how two compare.

A value is a float, a text, True or False, None (a blank cell) or an `ErrorValue`. A function that cannot give a value
raises `Failed` with the error value that the cell then shows.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple


class ErrorValue(NamedTuple):
    """What a cell shows where a formula fails."""

    code: str


DIVISION, VALUE, NUMBER, ABSENT, REFERENCE = map(ErrorValue, ("#DIV/0!", "#VALUE!", "#NUM!", "#N/A", "#REF!"))

FormulaValue = float | str | bool | ErrorValue | None


class Failed(ArithmeticError):
    """A formula came to an error value."""

    def __init__(self, error: ErrorValue) -> None:
        super().__init__(error.code)
        self.error = error


def sound(value: FormulaValue) -> FormulaValue:
    """The value itself; an error value spreads to whatever refers to it."""
    if isinstance(value, ErrorValue):
        raise Failed(value)
    return value


def number(value: FormulaValue) -> float:
    """A value where a number is wanted: a blank counts as 0, True as 1, and a text that reads as a number counts.

    >>> number(None), number(True), number("2.5")
    (0.0, 1.0, 2.5)
    """
    if isinstance(value, (float, bool, int)):
        return float(value)
    if value is None:
        return 0.0
    if isinstance(value, ErrorValue):
        raise Failed(value)
    try:
        found = float(value) if value.isascii() and "_" not in value else math.nan
    except ValueError:
        found = math.nan
    return finite(found, VALUE)


def finite(value: float, otherwise: ErrorValue = NUMBER) -> float:
    """No cell holds what is not a finite number."""
    if not math.isfinite(value):
        raise Failed(otherwise)
    return value


def spreadsheet_text(value: FormulaValue) -> str:
    """A value where a text is wanted.

    >>> spreadsheet_text(None), spreadsheet_text(True), spreadsheet_text(2.0), spreadsheet_text(0.1 + 0.2)
    ('', 'TRUE', '2', '0.3')
    """
    value = sound(value)
    if value is None or isinstance(value, str):
        return value or ""
    return str(value).upper() if isinstance(value, bool) else f"{value:.15g}"


def truth(value: FormulaValue) -> bool:
    """A value where a condition is wanted: any number but 0 is true.

    >>> truth(0.0), truth(None), truth(-2.0)
    (False, False, True)
    """
    return bool(number(value))


def attempt(work: Callable[[], FormulaValue]) -> FormulaValue:
    """A value, or the error value that working it out comes to: what a cell then shows.

    >>> attempt(lambda: number("none")).code
    '#VALUE!'
    """
    try:
        return work()
    except Failed as failed:
        return failed.error
    except ArithmeticError:  # what no float can hold
        return NUMBER


def otherwise(work: Callable[[], FormulaValue], instead: Callable[[], FormulaValue]) -> FormulaValue:
    """A value, or what stands for it where it fails (IFERROR).

    >>> otherwise(lambda: number("none"), lambda: 1.0)
    1.0
    """
    value = attempt(work)
    return instead() if isinstance(value, ErrorValue) else value


def shown_value(value: FormulaValue) -> FormulaValue:
    """What a formula's cell holds: one that only refers to a blank cell shows 0.

    >>> shown_value(None), shown_value(2)
    (0.0, 2.0)
    """
    return 0.0 if value is None else float(value) if type(value) is int else value


def all_sound(values: Iterable[FormulaValue]) -> Iterable[FormulaValue]:
    """Values of cells that are looked at together: one error value spoils them all."""
    values = list(values)
    for value in values:
        sound(value)
    return values


def alike(first: object, second: object) -> bool:
    """Whether two values that are not equal are the same text in another case; neither is a blank.

    >>> alike("Fine", "fine"), alike("fine", 1.0)
    (True, False)
    """
    return type(first) is type(second) is str and first.casefold() == second.casefold()


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
