"""Letters that nobody sees: what turns the order of a text, marks without room, control characters, line breaks."""

import re
import unicodedata

# Shown as nothing at all although they count as letters or marks: fillers, joiners, selectors of a variant, a blank of
# Braille.
_FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# Blanks that part a line or end it: they are seen by where the text goes on.
_BREAKS = frozenset("\t\n\v\f\r\u0085\u2028\u2029")


def is_filler(letter: str) -> bool:
    """Whether it counts as a letter or a mark and is shown as nothing."""
    return _FILLERS.match(letter) is not None


def hides(text: str) -> bool:
    """Whether a text that stands on one line holds a letter that cannot be seen there, a line break among them.

    >>> hides("\\ufeff"), hides("呼\\n市"), hides("8\\a"), hides("呼和浩特市\u3000（首府）")
    (True, True, True, False)
    """
    # Whatever is printed is none of those: nearly every text, so that its letters are seldom looked at one by one.
    is_hidden = not text.isprintable() and any(unicodedata.category(letter) in _HIDDEN for letter in text)
    return is_hidden or _FILLERS.search(text) is not None


def hides_within_lines(text: str) -> bool:
    """The same of a text that may have several lines and columns.

    >>> hides_within_lines("5\\t600"), hides_within_lines("8\\a")
    (False, True)
    """
    return hides("".join(letter for letter in text if letter not in _BREAKS))
