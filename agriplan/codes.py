"""Which code was meant by what was typed: a name in either language, a number that Excel rewrote, other letters."""

import math
import re
import unicodedata
from collections.abc import Sequence

from agriplan.sentences import catalogue

# Python would take 1_50500 and digits of every script too.
_OF_EXCEL = re.compile(r"\s*[\d.eE+-]+\s*", re.ASCII)


def as_whole(word: object) -> str:
    """A whole number as Excel may have written it, without what it added; empty where it is none.

    >>> as_whole("1.505E+05"), as_whole("150500.0"), as_whole("通辽市"), as_whole("inf"), as_whole("1_50500")
    ('150500', '150500', '', '', '')
    """
    try:
        number = float(str(word)) if _OF_EXCEL.fullmatch(str(word)) else math.nan
    except ValueError:
        return ""
    return f"{number:.0f}" if number.is_integer() else ""


def code_of_form(word: object, pattern: str) -> str | None:
    """The code of that pattern that a word may have been before Excel or other letters changed it; None without one.

    >>> code_of_form("150500.0", r"^\\d{6}$"), code_of_form("Milk-output", r"^[a-z][a-z0-9_]*$")
    ('150500', 'milk_output')
    """
    plain = unicodedata.normalize("NFKC", str(word)).strip().casefold()
    forms = (as_whole(plain), re.sub(r"\W+", "_", plain))
    return next((form for form in forms if form and re.fullmatch(pattern, form)), None)


def code_called(name: object, codes: Sequence[str]) -> str | None:
    """Which one of the codes is called so, begins so or holds that, in the family of sentences that names them all.

    >>> code_called("推算", ["official", "secondary", "reported", "derived", "assumed"])
    'derived'
    """
    said = str(name).strip().casefold()
    is_part = len(said) > 1  # one letter stands in most names
    families = {key.partition(".")[0] for key in catalogue() if key.partition(".")[2] == codes[0]}
    for family in sorted(families):
        if is_part and all(f"{family}.{code}" in catalogue() for code in codes):
            names = {code: [text.casefold() for text in catalogue()[f"{family}.{code}"].values()] for code in codes}
            for fits in (said.__eq__, lambda text: text.startswith(said), lambda text: said in text):
                if len(found := [code for code, texts in names.items() if any(map(fits, texts))]) == 1:
                    return found[0]
    return None
