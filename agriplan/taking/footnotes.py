"""What footnotes say of some of a table's figures: that those of a year are quick ones, or what an area's hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agriplan.taking.label import speaks_of_scope
from agriplan.taking.labels import read_title
from agriplan.taking.words import Words, plain

_ENDS = re.compile(r"[。；;\n]")
_SPAN = re.compile(r"((?:19|20)\d\d)年?[-—–~至到]+((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Footnote:
    """A sentence of a footnote, and the years and areas that it speaks of: of all, where it names none."""

    text: str
    years: frozenset[int]
    areas: frozenset[str]

    def speaks_of(self, area: str, year: int | None) -> bool:
        """Whether it may be said of a figure of that area and year."""
        return (not self.years or year in self.years) and (not self.areas or area in self.areas)


def limiting(notes: Iterable[str], words: Words) -> Sequence[Footnote]:
    """The sentences that limit figures: quick, planned, of a part of the year, or what those of a year or area hold."""
    found = []
    for text in (part.strip() for note in notes for part in _ENDS.split(note)):
        label = read_title(text, words)
        years = set(label.years)
        for first, last in _SPAN.findall(plain(text)):
            years |= set(range(int(first), int(last) + 1))
        of_some = years or label.areas
        limits_some = of_some and (label.expected or label.planned or speaks_of_scope(text))
        if limits_some or label.part or words.expected_in(plain(text)):
            found.append(Footnote(text, frozenset(years), label.areas))
    return found
