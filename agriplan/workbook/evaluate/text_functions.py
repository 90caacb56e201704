"""What a spreadsheet means by an operator or a function of texts: one Python function each, named in `meaning`."""

from agriplan.formatting import print_number
from agriplan.workbook.evaluate.values import VALUE, Failed, FormulaValue, number, sound, spreadsheet_text


def join(first: FormulaValue, second: FormulaValue) -> str:
    """
    >>> join("takes ", 12.5)
    'takes 12.5'
    """
    return spreadsheet_text(first) + spreadsheet_text(second)


def length(value: FormulaValue) -> float:
    """
    >>> length("abcd"), length(None)
    (4.0, 0.0)
    """
    return float(len(spreadsheet_text(value)))


def some_letters(value: FormulaValue, start: FormulaValue, count: FormulaValue) -> str:
    """So many letters of a text from a place on, counted from 1.

    >>> some_letters("abcd", 3.0, 2.0), some_letters("abcd", 5.0, 2.0)
    ('cd', '')
    """
    first, many = int(number(start)), int(number(count))
    if first < 1 or many < 0:
        raise Failed(VALUE)
    return spreadsheet_text(value)[first - 1 : first - 1 + many]


def fixed_text(value: FormulaValue, decimals: FormulaValue) -> str:
    """A number as it is printed: so many decimals whatever they are, and thousands separators.

    >>> fixed_text(3.2, 2.0), fixed_text(1234.565, 2.0), fixed_text(93.0, 1.0)
    ('3.20', '1,234.57', '93.0')
    """
    return print_number(number(value), int(number(decimals)))


def linked_text(target: FormulaValue, text: FormulaValue) -> FormulaValue:
    """A cell that leads somewhere shows its text.

    >>> linked_text("#milk.gap", "gap")
    'gap'
    """
    sound(target)
    return sound(text)
