"""How wide a text is where it is shown, estimated letter by letter: nothing here can ask the font that will draw it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LetterWidths:
    """How wide letters are in one place: Chinese ones, capitals, some that are named, all others.

    `east_asian` are the classes of Unicode whose letters are as wide as Chinese ones: "A" are those of either width.
    """

    chinese: float
    capital: float
    other: float
    named: Mapping[str, float] = field(default_factory=dict)
    east_asian: str = "WF"

    def of(self, text: str) -> float:
        """How wide a text is on one line.

        >>> IN_CELLS.of("奶类产量 2025"), IN_CELLS.of("Milk"), IN_BRIEFS.of("1,011,500.00"), IN_HEADS.of("奶类 kg")
        (12.5, 3.4, 6.24, 7.0)
        """
        return round(sum(map(self._of_letter, text)), 2)

    def _of_letter(self, letter: str) -> float:
        if unicodedata.east_asian_width(letter) in self.east_asian:
            return self.chinese
        return self.named.get(letter, self.capital if letter.isupper() else self.other)


def chinese_letters(text: str) -> int:
    """How many letters of a text are as wide as Chinese ones.

    >>> chinese_letters("奶类（t）")
    4
    """
    return sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)


def _each(groups: Mapping[str, float]) -> dict[str, float]:
    """The width of each letter, from those of groups of letters."""
    return {letter: width for letters, width in groups.items() for letter in letters}


# Digits' widths in a workbook's cells, as in the widest of the fonts that usually stand in (DejaVu Sans).
_IN_CELLS = {"ijlI'|": 0.45, " ,.:;": 0.5, "ft()-/": 0.62, "r": 0.65, "mMW@%": 1.5, "w": 1.3}
IN_CELLS = LetterWidths(2.0, 1.15, 1.0, _each(_IN_CELLS))
# Ems in a brief's tables, in the wider of the fonts that usually stand in.
IN_BRIEFS = LetterWidths(1.0, 0.75, 0.56, _each({".,:;' ": 0.4, "mMW%→—": 1.0}))
# Ems in the drawings of pages, at most.
IN_DRAWINGS = LetterWidths(1.0, 0.7, 0.6, east_asian="WFA")
# Digits' widths in heads and legends, where the names of scenarios stand.
IN_HEADS = LetterWidths(2.0, 1.0, 1.0)
