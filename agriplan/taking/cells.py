"""One cell of a published table: text, the number it is, marks behind it, and whether it is meant for a figure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from agriplan.parsing import FIRST_YEAR, LAST_YEAR
from agriplan.taking.units import STEMS, read_units
from agriplan.taking.vocabulary import absent_words, hidden_words, merged_words, preliminary_words, unvalued_words
from agriplan.taking.words import plain
from agriplan.typed_numbers import NotANumberError, read_number, says_no_figure

# Marks that lead from a figure or a name to a footnote: raised and circled digits, stars, a number in brackets.
_MARKS = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u2473\u24d0-\u24e9*†‡▲△#]+|\[\d{1,2}\]|［\d{1,2}］")
_MINUS = "▲△"
_ROUGH = re.compile(r"(?:约|近|超|逾|不足|大于|小于|[<>≤≥~≈])\s*\d")
# A number and words behind it, in brackets or apart: 40.2（初步）, 70.1 e.
_WITH_WORD = re.compile(r"(?P<number>[^()a-z]*\d)\s*(?P<word>[a-z]{0,12})\s*(?P<rest>(?:\([^()]*\)\s*)*)")
_REMARK = re.compile(r"\([^()]*\)$")
_IN_BRACKETS = re.compile(r"\((?P<number>[^()]*)\)")
# Digits with odd signs between or around them, a unit or a remark behind: meant for a figure, and no label.
_DIGITS = r"[-+]?\d+(?:[\s.,。、;·_'’\u200b-\u200e\u2060\ufeff]+\d+)*"
_LIKE_A_FIGURE = re.compile(
    r"[\dol]*\.[\dol]+|[\d.]*\.\d+\s*[-~–—至]+\s*\d[\d.]*|"  # 4o.2, 40.2-41.3
    rf"[(\[【]?\s*{_DIGITS}\s*[)\]】?!]?\s*(?:[a-z]?|\([^()]*\)|[十百千万亿]+|[十百千万亿]*(?:{STEMS}))"
)
_BEGINS_LIKE_A_YEAR = re.compile(r"\(?(?:19|20)\d\d(?!\d)")
MOST_IN_CELL = 500
"""The longest label or note of the tables in `tests/tables` has 60 characters; what is longer is cut (`cut`)."""


@dataclass(frozen=True)
class TableCell:
    """What stands in one cell: its text, the number it is where it is one, and the marks that lead to a footnote."""

    text: str = ""
    number: float | None = None
    per_cent: bool = False
    mark: str = ""
    """What stands behind the number or name and is no part of it: ①, *, 初步."""
    before: str = ""
    """A triangle before the number, which in budgets and bulletins means less than nothing, and elsewhere a note."""
    in_brackets: float | None = None
    """The number in brackets, where it is no year: a negative one, a preliminary one, or one that only counts."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there, or a sign of no figure."""
        return not self.text or says_no_figure(self.text)

    @property
    def is_year(self) -> bool:
        """Whether it may be a year: a bare whole number that a figure may have as its year.

        >>> read_cell("2021").is_year, read_cell("2021.0").is_year, read_cell("2,021").is_year
        (True, False, False)
        """
        return self.number is not None and _is_year(self.text)

    @property
    def is_value(self) -> bool:
        """Whether it is a number that is no year."""
        return self.number is not None and not self.is_year

    @cached_property
    def is_figure(self) -> bool:
        """Whether it stands where a figure does: a number that is no year, digits that nobody reads for certain, 未报.

        >>> [read_cell(text).is_figure for text in ("约42.6", "(733.8)", "3 5.9", "40.2万吨", "40.2-41.3", "（缺）")]
        [True, True, True, True, True, True]
        >>> [read_cell(text).is_figure for text in ("(1)", "2022、2023", "2022年", "10,000 t", "1-9月", "2022.1-9")]
        [False, False, False, False, False, False]
        """
        return self.is_value or (self.number is None and _is_like_a_figure(_MARKS.sub("", self.text)))

    @property
    def is_unvalued(self) -> bool:
        """Whether a formula without a value stands there."""
        return is_unvalued(self.text)

    @property
    def is_word(self) -> bool:
        """Whether it is text that is no number and is not meant for one."""
        return not self.is_blank and self.number is None and not self.is_figure


NO_CELL = TableCell()


def cut(text: str, most: int = MOST_IN_CELL) -> str:
    """A text with a mark in the place of what is too much of it; so cut, no label is understood and no number read.

    >>> cut("abcdef", 4), cut("abcd", 4), cut(cut("abcdef", 4), 4)
    ('abc…', 'abcd', 'abc…')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def is_unvalued(text: str) -> bool:
    """Whether a text is what stands for a formula that was never worked out.

    >>> is_unvalued("（公式未计算）"), is_unvalued("（公式）")
    (True, False)
    """
    return _narrow(text).strip("()[] ") in unvalued_words()


def without_marks(text: str) -> str:
    """A label without the marks that lead to footnotes.

    >>> without_marks("牛奶产量①"), without_marks("2022年[1]")
    ('牛奶产量', '2022年')
    """
    return _MARKS.sub("", text)


def read_cell(text: str) -> TableCell:
    """A cell from its text.

    >>> read_cell("１，２３４．５①").number, read_cell("8.5%").per_cent, read_cell("…").is_blank
    (1234.5, True, True)
    >>> read_cell("40.2（初步）").mark, read_cell("70.1 e").number, read_cell("(733.8)").in_brackets
    ('初步', 70.1, 733.8)
    >>> read_cell("40.2（初步）(合并单元格)(隐藏)").mark, read_cell("40.2（不全）(隐藏)").number
    ('初步、合并单元格、隐藏', None)
    """
    text = cut(text.strip())
    mark = "".join(_MARKS.findall(text))
    bare = _MARKS.sub("", text).strip()
    if not bare or says_no_figure(bare):
        return TableCell(text)
    number = _number(bare)
    if number is not None:
        before = text[0] if text[0] in _MINUS else ""
        return TableCell(text, number, bare.endswith(("%", "％")), mark, before)
    narrow = _narrow(bare)
    behind = _WITH_WORD.fullmatch(narrow)
    words = [behind["word"], *re.findall(r"\(([^()]*)\)", behind["rest"])] if behind else []
    words = [word.strip() for word in words if word.strip()]
    if behind and words and _all_known(words) and not _is_year(behind["number"].strip()):
        number = _number(behind["number"])
        mark = "、".join(filter(None, (mark, *words))) if number is not None else mark
        return TableCell(text, number, behind["number"].endswith("%"), mark)
    around = _IN_BRACKETS.fullmatch(narrow)
    within = around["number"].strip() if around else ""
    return TableCell(text, mark=mark, in_brackets=None if _is_year(within) else _number(within))


def _all_known(words: Iterable[str]) -> bool:
    """Whether all words behind a figure are such that may stand there."""
    return preliminary_words().union(merged_words(), hidden_words()).issuperset(words)


def _number(text: str) -> float | None:
    try:
        return read_number(text, per_cent=True)
    except NotANumberError:
        return None


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _is_year(text: str) -> bool:
    narrow = _narrow(text)  # wide digits are read as digits, those of other scripts are not
    return narrow.isascii() and narrow.isdecimal() and FIRST_YEAR <= float(narrow) <= LAST_YEAR


def _is_like_a_figure(text: str) -> bool:
    """Whether a text that is no number is meant for one; what counts lines, names a year or is a unit is not."""
    narrow = _narrow(text)
    if _ROUGH.match(narrow) or {narrow.strip("()[] "), _REMARK.sub("", narrow).strip()} & absent_words():
        return True
    if is_unvalued(text):
        return True
    if not any(map(str.isdecimal, narrow)) or re.fullmatch(r"\(\d{1,2}\)", narrow):
        return False
    return (
        _LIKE_A_FIGURE.fullmatch(plain(narrow)) is not None
        and not _BEGINS_LIKE_A_YEAR.match(narrow)
        and not read_units(narrow)
    )
