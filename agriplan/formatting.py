"""Numbers as planners write them; every page, table and sentence prints through here."""

import math
import re
import unicodedata
from decimal import Decimal
from typing import Protocol

import numpy as np

from agriplan.errors import Called
from agriplan.rounding import round_half_up
from agriplan.sentences import LANGS

MINUS = "-"  # a hyphen: what Excel prints, so that a page and a workbook read alike
NOTHING = "—"
# Growth suggestions are rounded to 0.01 and used as rounded, so that what is printed is what is used.
GROWTH_DECIMALS = 2


def unit_behind(unit: str, lang: str) -> str:
    """A unit as it stands behind a figure; English "17.77 100 million yuan" reads as one number and needs the sign.

    >>> unit_behind("10,000 t", "en"), unit_behind("kg a head", "en"), unit_behind("万吨", "zh")
    ('× 10,000 t', 'kg a head', '万吨')
    """
    return f"× {unit}" if lang == "en" and unit[:1].isdigit() else unit


class Counted(Protocol):
    """What figures are of: an indicator or a commitment."""

    def unit(self, lang: str) -> str:
        """The unit in that language."""


def unit_called(thing: Counted) -> Called:
    """The unit behind a figure of that thing, for a sentence that is said in either language."""
    return Called("", *(unit_behind(thing.unit(lang), lang) for lang in LANGS))


def with_unit(printed: str, unit: str, lang: str) -> str:
    """A printed figure with its unit, as it stands in a sentence; where there is no figure, a dash has none.

    >>> with_unit("30.00", "10,000 t", "en"), with_unit("30.00", "万吨", "zh"), with_unit(NOTHING, "万吨", "zh")
    ('30.00 × 10,000 t', '30.00万吨', '—')
    """
    if printed == NOTHING:
        return printed
    return f"{printed}{' ' if lang == 'en' else ''}{unit_behind(unit, lang)}"


def figure_called(printed: str, thing: Counted) -> Called:
    """A printed figure with its unit, for a sentence that is said in either language."""
    return Called("", *(with_unit(printed, thing.unit(lang), lang) for lang in LANGS))


def print_number(value: float | None, decimals: int) -> str:
    """Print with that many decimals, rounded half up, with thousands separators; a dash where there is no figure.

    >>> print_number(1234.565, 2), print_number(-0.001, 2), print_number(float("nan"), 2)
    ('1,234.57', '0.00', '—')
    """
    if value is None or math.isnan(value):
        return NOTHING
    magnitude = float(round_half_up(np.array(abs(value)), decimals))
    sign = MINUS if value < 0 and magnitude > 0 else ""
    return f"{sign}{magnitude:,.{decimals}f}"


def print_entered(value: float) -> str:
    """Print what somebody entered with all its digits, however many, and thousands separators; never with an exponent.

    >>> print_entered(600000000000.0), print_entered(1e-09), print_entered(36.6125), print_entered(1234.5 * 1e13)
    ('600,000,000,000', '0.000000001', '36.6125', '12,345,000,000,000,000')
    """
    return print_significant(value, 15)


def print_significant(value: float, digits: int) -> str:
    """Print so many digits of a figure, wherever they begin, and thousands separators; never with an exponent.

    >>> print_significant(1464970000.0, 6), print_significant(0.000123456, 3), print_significant(129.3, 6)
    ('1,464,970,000', '0.000123', '129.3')
    """
    return f"{Decimal(f'{value:.{digits}g}'):,f}"


def print_observed(value: float, decimals: int) -> str:
    """Print a figure for a person to check: what is not nothing is not printed as nothing.

    >>> print_observed(0.00456, 2), print_observed(0.0, 2), print_observed(45.6, 2)
    ('0.00456', '0.00', '45.60')
    """
    printed = print_number(value, decimals)
    return printed if value == 0.0 or printed != print_number(0.0, decimals) else print_significant(value, 3)


def print_taken(value: float, decimals: int, typed: str) -> str:
    """Print a figure of a table as such a figure, with as many digits as the table gave: a smaller unit needs more.

    >>> print_taken(0.0623, 2, "62.3"), print_taken(0.01505, 2, "150.5"), print_taken(40.1, 2, "401000")
    ('0.0623', '0.01505', '40.10')
    >>> print_taken(7 / 15, 2, "7"), print_taken(0.0401, 2, "（４０１）"), print_taken(0.0, 2, "0")
    ('0.47', '0.0401', '0.00')
    """
    printed = print_observed(value, decimals)
    digits = min(_significant(typed), _significant(f"{abs(value):.12f}".rstrip("0")))
    return printed if digits <= _significant(printed) else print_significant(value, digits)


def _significant(text: str) -> int:
    """How many digits the first number of a text has from the first one on that is not 0."""
    found = re.search(r"\d[\d,.]*", unicodedata.normalize("NFKC", text))
    return len(re.sub("[,.]", "", found[0]).lstrip("0")) if found else 0


def print_hundredfold(value: float) -> str:
    """Print in per cent what was entered as a part of one.

    >>> print_hundredfold(0.07), print_hundredfold(0.15)
    ('7', '15')
    """
    return print_entered(float(f"{value * 100:.12g}"))


def print_times(factor: float) -> str:
    """Print how many times one figure is another: of many times no decimals.

    >>> print_times(3.456), print_times(7776.0)
    ('3.46', '7,776')
    """
    return print_number(factor, 2 if factor < 10 else 0)


def print_signed(value: float, decimals: int) -> str:
    """Print a difference: with its sign, where it is not printed as nothing.

    >>> print_signed(1.5, 2), print_signed(-1.5, 2), print_signed(0.001, 2)
    ('+1.50', '-1.50', '0.00')
    """
    printed = print_number(value, decimals)
    return f"+{printed}" if value > 0 and printed != print_number(0.0, decimals) else printed
