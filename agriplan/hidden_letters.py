"""Letters that nobody sees: what turns the order of a text, marks without room, control characters, line breaks."""

import unicodedata

# Shown as nothing at all although they count as letters or marks: fillers, joiners, selectors of a variant, a blank of
# Braille.
_FILLERS = frozenset((0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0))
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# Blanks that part a line or end it: they are seen by where the text goes on.
_BREAKS = frozenset("\t\n\v\f\r\u0085\u2028\u2029")


def is_filler(letter: str) -> bool:
    """Whether it counts as a letter or a mark and is shown as nothing."""
    return ord(letter) in _FILLERS or any(ord(letter) in one for one in _SELECTORS)


def hides(text: str) -> bool:
    """Whether a text that stands on one line holds a letter that cannot be seen there, a line break among them.

    >>> hides("\\ufeff"), hides("呼\\n市"), hides("8\\a"), hides("呼和浩特市\u3000（首府）")
    (True, True, True, False)
    """
    return any(unicodedata.category(letter) in _HIDDEN or is_filler(letter) for letter in text)


def hides_within_lines(text: str) -> bool:
    """The same of a text that may have several lines and columns.

    >>> hides_within_lines("5\\t600"), hides_within_lines("8\\a")
    (False, True)
    """
    return hides("".join(letter for letter in text if letter not in _BREAKS))
