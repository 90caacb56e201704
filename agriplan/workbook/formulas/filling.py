"""The short list of functions, and formulas with their words put in."""

import re
from collections.abc import Iterable, Mapping

# Known to Excel 2010, WPS and LibreOffice alike; none of them makes an array of its own or depends on the day.
FUNCTIONS = frozenset(
    {"ABS", "AND", "COUNT", "COUNTIF", "IF", "INDEX", "INT", "ISNUMBER", "LN", "MAX", "MIN", "NOT", "OR", "ROUND"}
    | {"SIGN", "SQRT", "SUM", "SUMIF", "SUMPRODUCT"}
)

Formulas = Mapping[str, str]


def fill_in(formulas: Formulas, **words: str) -> dict[str, str]:
    """Put the words in capitals into every formula.

    >>> fill_in({"target": "{assumptions.lines.target@LINE}"}, LINE="milk")
    {'target': '{assumptions.lines.target@milk}'}
    """
    word = re.compile(rf"\b({'|'.join(words)})\b")
    return {name: word.sub(lambda found: words[found[1]], text) for name, text in formulas.items()}


def latest(years: Iterable[int], actual: str, status: str, none: str) -> str:
    """The status of the last year that has an actual; the names hold `YEAR`."""
    text = none
    for year in sorted(years):
        text = f"IF(ISNUMBER({actual.replace('YEAR', str(year))}),{status.replace('YEAR', str(year))},{text})"
    return text


def changed(columns: Iterable[str]) -> str:
    """Whether any input is no longer what it was when the workbook was made; `made_…` stands beside each."""
    parts = []
    for column in columns:
        head, _, name = column.rpartition(".")
        parts.append(f"SUMPRODUCT(({{{column}:}}<>{{{head}.made_{name}:}})*1)")
    return f"IF({'+'.join(parts)}>0,{{words.state.changed}},{{words.state.as_made}})"
