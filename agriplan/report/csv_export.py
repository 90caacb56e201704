"""Tables for other programs: CSV that a spreadsheet opens as text and numbers, never as a formula."""

import pandas as pd

# A cell that begins with one of these is a formula to Excel, WPS and LibreOffice.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_text(value: object) -> object:
    """Keep a person's text from becoming a formula: an apostrophe goes before it, numbers stay as they are.

    >>> as_text("=1+1"), as_text(-1.5), as_text("通辽")
    ("'=1+1", -1.5, '通辽')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def to_csv(frame: pd.DataFrame) -> str:
    """CSV text of a table, full precision, with the mark that makes Excel read it as UTF-8."""
    return "\ufeff" + frame.map(as_text).to_csv(index=False, lineterminator="\r\n")
