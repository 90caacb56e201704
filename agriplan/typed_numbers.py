"""The one reader of numbers that are written as text, and what was probably meant where a text is none.

The form, the workbook, CSV files and scenario JSON all read here, so that one text means the same everywhere. What is
suggested means what was typed: a sign is kept, and where a unit or a multiplier stands nothing is suggested.
"""

import math
import re
import unicodedata
from collections.abc import Sequence

from agriplan.hidden_letters import hides_within_lines

# Full-width forms stand a fixed way behind the letters and digits that they widen.
_WIDE: dict[int, int | None] = {0x2212: ord("-"), **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
# Around a number: whatever is blank, and what takes no room and is copied along from web pages.
_NO_ROOM = "\u200b\u200c\u200d\u200e\u2060\ufeff"
_AROUND = re.compile(rf"^[\s{_NO_ROOM}]+|[\s{_NO_ROOM}]+$")
# Within it: the blanks that part thousands. Of a line break or a tab there are two figures on its sides.
_BLANKS = re.compile("[ \u00a0\u2007\u2009\u202f\u3000]+")
# Groups of exactly three digits, parted by commas throughout or by spaces throughout; anything else is no thousands.
_WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)"
_NUMBER = re.compile(rf"[+-]?(?:{_WHOLE}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LEADING_ZERO = re.compile(r"[+-]?0+[, ]")
# What stands in tables where there is no figure: strokes, a slash, dots, a word, nothing that can be seen.
_NO_FIGURE = re.compile(r"[-\u2010-\u2015\u2500]+|[/\\]|\u2026+|\.{2,}|无|暂无|[nN]/?[aA]|")
# Those of them that people type; a workbook counts them as blanks too.
SIGNS_OF_NO_FIGURE = (
    *("-", "--", "\u2013", "\u2014", "\u2014\u2014", "\u2015", "/", "\uff0f", "\uff0d", "\\"),
    *("\u2026", "\u2026\u2026", "..", "...", "无", "暂无", "N/A", "NA"),
)
# What was used for a decimal point: a comma, an underscore, the marks beside it on a Chinese keyboard.
_ODD_POINT = re.compile(r"([+-]?)(\d+) *([,_;、。·]) *(\d+)", re.ASCII)
# Strokes that stand for a minus sign: hyphens, dashes, the small and the raised one.
_STROKES = "\u2010-\u2015\u2500\ufe63\u207b-"
_SIGNED = re.compile(rf"([+{_STROKES}]) ?(?=[\d.])", re.ASCII)
_BRACKETS = re.compile(r"\( ?([^()]*?) ?\)")
# What says nothing about the number that it stands before or behind.
_BEFORE = re.compile(r"(?:大约|约|≈|~|=|['\"‘“’”])\s*")
_BEHIND = re.compile(r"(?<=\d)\s*[,;。、.'\"‘“’”]$")
_NOTE_SIGNS = re.compile(r"(?<=\d)\s*[*†‡▲△#]+|^[*†‡▲△#]+\s*")
_RAISED_TEN = re.compile(r"10[\u00b9\u00b2\u00b3\u2070-\u2079]")
# Behind a number: 36.5万吨, 5千, 12 t. What it makes of the number depends on the field's own unit.
_CHINESE_UNITS = frozenset("十百千万亿吨斤头只匹峰口元亩顷克升个")
_CURRENCIES = ("¥", "￥", "$", "€")
_LATIN_UNITS = frozenset(("t", "kg", "g", "l", "yuan", "ha", "mu", "head"))
# A year with its word, as Chinese digits, or as the day with which it ends.
_DAY = r"年\d{1,2}月(?:\d{1,2}日)?|[-/]\d{1,2}(?:[-/]\d{1,2})?|\.\d{1,2}\.\d{1,2}"
_NAMED_YEAR = re.compile(rf"([\d〇零○一二三四五六七八九]{{4}}) ?(?:年[度末底]?|{_DAY})?", re.ASCII)
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_EXCEL_ERROR = re.compile(r"#[A-Z/0]+[!?]?|#+", re.IGNORECASE)

# Entries whose number may be below zero, of scenarios and of data.
_MAY_FALL = frozenset(("growth", "unit_value_growth", "max_growth", "low", "high"))

# Which sentence says why a text is no number, and what was meant.
_Why = tuple[str, str | None]


class NotANumberError(ValueError):
    """A text that is no number: which sentence says why, and what was probably meant."""

    def __init__(self, code: str, meant: str | None = None) -> None:
        super().__init__(code)
        self.code, self.meant = code, meant


def says_no_figure(text: str) -> bool:
    """Whether a text is one of the signs that stand where there is no figure; it is read like an empty cell.

    >>> [says_no_figure(text) for text in ("-", "／", "……", "——", "无", "0")]
    [True, True, True, True, True, False]
    """
    return _NO_FIGURE.fullmatch(_plain(text)) is not None


def read_number(text: str, *, per_cent: bool = False) -> float:
    """A number written as text; a per cent sign is taken only where the figure is in per cent.

    >>> read_number("１，２３４．５"), read_number("8％", per_cent=True)
    (1234.5, 8.0)
    >>> try: read_number("3,5")
    ... except NotANumberError as error: print(error.code, error.meant)
    comma_in_number 3.5
    """
    plain = _plain(text)
    bare = plain.removesuffix("%").rstrip(" ")
    if bare != plain and not per_cent:
        # Per cent of what, nobody can tell: for a rate and for an amount it would be two numbers.
        raise NotANumberError("per_cent_sign" if _is_number(bare) else "not_a_number")
    if not _is_number(bare):
        once = bare.rstrip("% ")
        code, meant = ("not_a_number", once) if bare != once and _is_number(once) else _why_no_number(bare)
        raise NotANumberError(code, f"{meant}%" if meant and bare != plain else meant)
    number = float(re.sub("[, ]", "", bare))
    if not math.isfinite(number):
        raise NotANumberError("not_a_number")
    if number == 0.0 and says_more_than_nothing(bare):
        raise NotANumberError("too_small")
    return number


def read_whole(text: str) -> int:
    """A whole number written as text; raises `NotANumberError` for any other.

    >>> read_whole("２０２３"), read_whole("+8,000")
    (2023, 8000)
    """
    number = read_number(text)
    if not number.is_integer():
        raise NotANumberError("not_a_number")
    return int(number)


def read_part_of_one(text: str) -> float:
    """A part of one, which may be written in per cent.

    >>> read_part_of_one("0.03"), read_part_of_one("３％")
    (0.03, 0.03)
    """
    return read_number(text, per_cent=True) / 100.0 if "%" in text.translate(_WIDE) else read_number(text)


def says_more_than_nothing(number: str) -> bool:
    """Whether a number that is written out is not 0, however near it is: 1e-400 is 0 only where it is read.

    >>> says_more_than_nothing("1e-400"), says_more_than_nothing("0.0e5")
    (True, False)
    """
    return any(digit in "123456789" for digit in re.split("[eE]", number)[0])


def meant_there(why: str, meant: str | None, path: Sequence[int | str]) -> str | None:
    """What was probably meant, unless it cannot stand there: in brackets is what is below zero, and only growths fall.

    >>> [meant_there("brackets_in_number", "-5", path) for path in (("target", "milk"), ("growth", "milk", "150500"))]
    [None, '-5']
    """
    return meant if why != "brackets_in_number" or not _MAY_FALL.isdisjoint(path) else None


def year_meant(word: object) -> str | None:
    """The year that a text names with the word for it, with a day, or in Chinese.

    >>> year_meant("2022年"), year_meant("２０２２ 年度"), year_meant("22年"), year_meant("2022")
    ('2022', '2022', None, None)
    >>> year_meant("2020/12/31"), year_meant("二〇二〇"), year_meant("2020年12月31日"), year_meant("2020.5")
    ('2020', '2020', '2020', None)
    """
    plain = _plain(str(word))
    found = _NAMED_YEAR.fullmatch(plain)
    year = found[1].translate(_CHINESE_DIGITS) if found else plain
    return year if year != plain else None


def _plain(text: str) -> str:
    """Without wide forms and what is blank around it; marks that are no digits (², ①) stay what they are.

    >>> _plain("\u200b 5\u00a0600\\n"), _plain("5\\t600")
    ('5 600', '5\\t600')
    """
    return _BLANKS.sub(" ", _AROUND.sub("", text).translate(_WIDE))


def _is_number(plain: str) -> bool:
    return _NUMBER.fullmatch(plain) is not None and not _LEADING_ZERO.match(plain)


def _why_no_number(plain: str) -> _Why:
    """Which sentence says why this is no number, and the number that was meant, where only one can be."""
    found = (
        why(plain) for why in (_hidden, _of_other_script, _of_excel, _in_brackets, _marked, _odd_point, _with_unit)
    )
    if why := next(filter(None, found), None):
        return why
    tidied = _tidied(plain)
    if tidied == plain:
        return "not_a_number", None
    return ("not_a_number", tidied) if _is_number(tidied) else _why_no_number(tidied)


def _hidden(plain: str) -> _Why | None:
    return ("hidden_in_number", None) if hides_within_lines(plain) else None


def _of_other_script(plain: str) -> _Why | None:
    """Digits of another script (٤٥): each has its value, and it is told which."""
    ours = "".join(str(unicodedata.decimal(letter, letter)) for letter in plain).replace("٫", ".")
    return ("digits_of_other_script", ours if _is_number(ours) else None) if ours != plain else None


def _of_excel(plain: str) -> _Why | None:
    """What Excel shows where a formula has no value (#DIV/0!), or where a column is too narrow for a number (####)."""
    return ("excel_error", None) if _EXCEL_ERROR.fullmatch(plain) else None


def _in_brackets(plain: str) -> _Why | None:
    """In accounts a negative number; one that has a sign already is neither."""
    within = _BRACKETS.fullmatch(plain)
    if within and _is_number(within[1]):
        return ("not_a_number", None) if within[1][0] in "+-" else ("brackets_in_number", f"-{within[1]}")
    return None


def _marked(plain: str) -> _Why | None:
    unmarked = _without_marks(plain)
    return ("mark_in_number", unmarked) if unmarked != plain and _is_number(unmarked) else None


def _without_marks(plain: str) -> str:
    """Without marks that lead to footnotes; a half is no mark, nor is the power of a ten."""
    if _RAISED_TEN.search(plain):
        return plain
    unmarked = "".join(letter for letter in plain if not _is_mark(letter)).strip()
    return _NOTE_SIGNS.sub("", unmarked)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "No" and unicodedata.numeric(letter, 0.5).is_integer()


def _odd_point(plain: str) -> _Why | None:
    """What stands for a decimal point or parts thousands; before three digits it may be either, and is only told."""
    if odd := _ODD_POINT.fullmatch(plain):
        sign, whole, mark, rest = odd.groups()
        code = "comma_in_number" if mark == "," else "not_a_number"
        is_point = len(rest) != 3 or int(whole) == 0 or mark in "。·"
        joined = f"{sign}{whole}{rest}" if mark == "_" else None
        return code, f"{sign}{whole}.{rest}" if is_point else joined
    if re.fullmatch(r"[+-]?\d[\d,. ]*\d", plain, re.ASCII) and "," in plain:
        turned = plain.translate({ord(","): ".", ord("."): ","})
        return "comma_in_number", turned.replace(",", "") if _is_number(turned) else None
    return None


def _with_unit(plain: str) -> _Why | None:
    behind = plain.lstrip("约大~≈+-., 0123456789").casefold()
    is_behind = behind != plain and (behind in _LATIN_UNITS or behind[:1] in _CHINESE_UNITS)
    return ("unit_in_number", None) if is_behind or plain.startswith(_CURRENCIES) else None


def _tidied(plain: str) -> str:
    """Without what says nothing about the number, and its sign as a hyphen close to it."""
    bare = plain
    if before := _BEFORE.match(bare):
        bare = bare[before.end() :]
    bare = _BEHIND.sub("", bare)
    if signed := _SIGNED.match(bare):
        bare = ("+" if signed[1] == "+" else "-") + bare[signed.end() :]
    return bare
