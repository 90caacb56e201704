"""Values as the parts of a file write them."""

import math

from xlsxwriter.xmlwriter import XMLwriter

from agriplan.workbook.description import Value

# A constant is kept as exactly as a spreadsheet keeps it; what a formula comes to is worked out anew, and is stored two
# hundred times as exactly as `rounding.SAME_VALUE`, within which both agree, or better.
CONSTANT_DIGITS, DIGITS = 15, 12
# Whole numbers below this are printed digit by digit.
WHOLE = 1e15


def stored(value: Value) -> Value:
    """A value as a cell can store it; anything but finite floats, integers, bools and text is a programming error."""
    if type(value) in (int, str, bool):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    raise ValueError(value)


def rounded(value: Value, digits: int) -> Value:
    """A number to so many significant digits: the last bits are noise, and noise does not compress.

    >>> rounded(0.1 + 0.2, 12), rounded(3.0, 12)
    (0.3, 3)
    """
    if type(value) is not float or not math.isfinite(value):
        return value
    kept = float(f"{value:.{digits}g}") + 0.0
    return int(kept) if kept.is_integer() and abs(kept) < WHOLE else kept


def formula_number(value: float) -> str:
    """What a formula's cell stores of a number: `str(rounded(value, DIGITS))`, in one step where that is the same.

    >>> formula_number(2.0), formula_number(-0.0), formula_number(0.1 + 0.2), formula_number(1e13 / 3)
    ('2', '0', '0.3', '3333333333330')
    """
    text = f"{value:.{DIGITS}g}"
    return text if text != "-0" and "e" not in text and "n" not in text else str(rounded(stored(value), DIGITS))


def value_type(value: Value) -> str:
    """How a formula's cell says of what type its value is."""
    if isinstance(value, str):
        return ' t="str"' if value else ""
    return ' t="b"' if isinstance(value, bool) else ""


def formula_value(value: Value) -> str:
    """The value of a formula's cell."""
    if isinstance(value, str):
        return escaped(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def constant_cell(start: str, value: Value) -> str:
    """A cell of a number, a truth or nothing.

    >>> constant_cell('<c r="A1"', 2.5), constant_cell('<c r="A1"', None)
    ('<c r="A1"><v>2.5</v></c>', '<c r="A1"/>')
    """
    if value is None or value == "":
        return start + "/>"
    if isinstance(value, bool):
        return f'{start} t="b"><v>{value:d}</v></c>'
    return f"{start}><v>{rounded(stored(value), CONSTANT_DIGITS):.16G}</v></c>"


def in_margin(value: object) -> str:
    """A value within a header or footer, where `&` begins a code (`&Z` shows where the file lies)."""
    return "" if value is None else str(value).replace("&", "&&")


def escaped(text: str) -> str:
    """Text within an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shared_item(text: str) -> str:
    """A text as the table of shared strings holds it.

    >>> shared_item(" a<b")
    '<si><t xml:space="preserve"> a&lt;b</t></si>'
    """
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<si><t{space}>{escaped(XMLwriter._escape_control_characters(text))}</t></si>"
