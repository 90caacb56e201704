"""What stands in braces in a template cell.

{leagues.amount}            alone: a column of a table, whose row is repeated; or a scalar
2025: {plan.target_year}    within text: replaced by the constant of that name
{sheet.indicator}           which sheet of the workbook this is; nothing is printed for it
{status.behind: 滞后}       a legend: the wording and the look of a word everywhere
{row.named: 重点盟市}       a legend: the look of the rows that carry this flag
{look.input: 可填写}        a legend: the look of the cells that may be filled in
{chart.years: 标题}         a place for a chart, with its title
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*"
# Blanks are taken off afterwards: two ways to share them out would be tried for every blank of a long text.
_WHOLE = re.compile(rf"\s*\{{\s*({_NAME})\s*\}}\s*")
_WORDED = re.compile(rf"\s*\{{\s*({_NAME})\s*[::](.*)\}}\s*", re.DOTALL)
_WITHIN = re.compile(r"\{([^{}]*)\}")
_SHEET = re.compile(r"\{\s*sheet\.([a-z0-9_]+)\s*\}")
_T = TypeVar("_T")
_GOOD = re.compile(_NAME)


class Worded(NamedTuple):
    """A legend or a chart place: its name and the words that go with it."""

    name: str
    text: str


def whole_token(text: object) -> str | None:
    """The name that stands alone in a cell.

    >>> whole_token("{leagues.amount}"), whole_token("in {plan.target_year}")
    ('leagues.amount', None)
    """
    found = _WHOLE.fullmatch(text) if isinstance(text, str) else None
    return found[1] if found else None


def worded_token(text: object) -> Worded | None:
    """The legend or chart place that stands alone in a cell.

    >>> worded_token("{status.behind: 滞后}")
    Worded(name='status.behind', text='滞后')
    """
    found = _WORDED.fullmatch(text) if isinstance(text, str) else None
    return Worded(found[1], found[2].strip()) if found else None


def sheet_token(text: object) -> str | None:
    """The subject that a cell declares for its sheet.

    >>> sheet_token("{sheet.indicator}{indicator.name}")
    'indicator'
    """
    found = _SHEET.search(text) if isinstance(text, str) else None
    return found[1] if found else None


def without_sheet_token(text: str) -> str:
    """The text without what only declares the sheet."""
    return _SHEET.sub("", text)


def tokens_within(text: str) -> list[str]:
    """Every name in braces within a text, well formed or not.

    >>> tokens_within("{plan.base_year} to {plan.target_year}")
    ['plan.base_year', 'plan.target_year']
    """
    return [name.strip() for name in _WITHIN.findall(without_sheet_token(text))]


def is_name(text: str) -> bool:
    """Whether a name in braces is well formed."""
    return bool(_GOOD.fullmatch(text))


def in_parts(text: str, value_of: Callable[[str], _T]) -> Iterator[str | _T]:
    """A text with each token in it replaced by its value.

    >>> list(in_parts("{a} of {b}", {"a": 1, "b": "two"}.get))
    ['', 1, ' of ', 'two', '']
    """
    for place, part in enumerate(_WITHIN.split(without_sheet_token(text))):
        yield value_of(part.strip()) if place % 2 else part
