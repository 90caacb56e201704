"""A row of the tidy export: one figure or word of a plan, with its name, unit and grade."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Named
from agriplan.engine.column_declarations import ColumnDeclaration
from agriplan.sentences import LANGS, catalogue, say

# A name, a unit or a sentence: Chinese, English.
Both = tuple[str | None, str | None]
NO_WORDS: Both = (None, None)


class TidyRow(NamedTuple):
    """One figure or word: whose, of which year, what it is called, and what it comes to."""

    code: str
    indicator: str | None
    year: int | None
    measure: str
    names: Both = NO_WORDS
    value: float | None = None
    text: str | None = None
    texts: Both = NO_WORDS
    unit: Both = NO_WORDS
    printed: float | None = None
    grade: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is anything to tell."""
        return any(one is not None for one in (self.value, self.text, self.printed))


def figure_or_none(value: Any) -> float | None:
    """A float, and nothing where a figure has no meaning.

    >>> figure_or_none(3), figure_or_none(float("nan")), figure_or_none(None)
    (3.0, None, None)
    """
    return None if value is None or math.isnan(value) else float(value)


def held(column: ColumnDeclaration, value: Any, names: Mapping[str, Both]) -> dict[str, Any]:
    """What a cell of that column holds: a number, or a word with its meaning; a flag is a word.

    `names` are those of what the data folder calls by a code.

    >>> held(ColumnDeclaration("named", "flag", "", "重点盟市", "shares the gap"), True, {})
    {'text': 'true', 'texts': ('是', 'yes')}
    """
    if column.sort == "number":
        return {"value": figure_or_none(value)}
    word = str(bool(value)).lower() if column.sort == "flag" else value or None
    if column.sort == "flag":
        return {"text": word, "texts": said(f"flag.{word}")}
    return {"text": word, "texts": names.get(f"{column.name}.{word}") or said(f"{column.name}.{word}", word)}


def names_of_codes(data: Baselines) -> dict[str, Both]:
    """The names of criteria and bases in both languages, by column and code."""
    named: dict[str, Named] = {f"criterion.{one.id}": one for one in data.criteria}
    named |= {f"basis.{basis}": one for basis, one in data.header.bases.items()}
    return {code: (one.name_zh, one.name_en) for code, one in named.items()}


def said(code: str, otherwise: str | None = None) -> Both:
    """A word of the catalogue in both languages; where it has none, the word as it is.

    >>> said("rule.by_baseline"), said("tier.A", "A")
    (('基数法', 'by baseline'), ('A', 'A'))
    """
    if code not in catalogue():
        return otherwise, otherwise
    chinese, english = (say(code, lang) for lang in LANGS)
    return chinese, english
