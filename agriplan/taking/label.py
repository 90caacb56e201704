"""What one label of a table says."""

import re
from dataclasses import dataclass

from agriplan.taking.vocabulary import listed_words
from agriplan.taking.words import plain

# What stands in brackets, and in brackets within them.
BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\))?[^()]*)\)")


@dataclass(frozen=True)
class Label:
    """What a label says. `rest` is what nobody understood: a figure under such a label is none of ours."""

    text: str
    area: str = ""
    is_sum: bool = False
    year: int | None = None
    units: tuple[str, ...] = ()
    indicator: str = ""
    core: str = ""
    sort: str = ""
    other: bool = False
    part: bool = False
    planned: bool = False
    expected: str = ""
    """The word by which it says that figures are quick or expected ones: 快报, 预计."""
    includes: str = ""
    """What an area is said to include: 含满洲里."""
    short_year: bool = False
    """Whether the year was written with two digits."""
    first_day: bool = False
    """Whether it is the first day of its year, and so perhaps the end of the last one."""
    day: bool = False
    """Whether it is a day that stands for no year."""
    commitment: str = ""
    """The id of the commitment that it names, where that is a product of two figures and so none of ours."""
    rest: str = ""
    of_which: bool = False
    """Whether it says that what it names is a part of what stands above it: 其中, #."""
    areas: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    """All that a title names; `area` and `year` are what it names alone."""
    own: bool = False
    """Whether the label is itself the name of an area: nothing but that."""

    @property
    def is_part(self) -> bool:
        """Whether it names a part of a thing; one of the areas of the whole is none."""
        return self.of_which and (not self.area or bool(self.core or self.indicator))

    @property
    def kind(self) -> str:
        """What it names: "area", "thing", "year", "unit", another "word" of tables; nothing if it is not understood."""
        if self.other or self.part:
            return "word"
        if self.rest:
            return ""
        if self.area or self.is_sum:
            return "area"
        if self.core or self.indicator or self.sort or self.commitment:
            return "thing"
        bare = BRACKETS.sub("", plain(self.text))
        return "year" if self.year else "unit" if self.units else "word" if any(map(str.isalpha, bare)) else ""


def speaks_of_scope(text: str) -> bool:
    """Whether a remark says what a figure holds or leaves out.

    >>> [speaks_of_scope(text) for text in ("含二连浩特", "不含农垦", "来自年报")]
    [True, True, False]
    """
    return any(word in plain(text) for word in listed_words("scope"))
