"""Names of indicators that have brackets of their own, which elsewhere in labels hold units, years and notes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_BRACKETED = re.compile(r"\([^()]*\)")
_SIGNS = re.compile(r"[()]")


@dataclass(frozen=True, eq=False)
class BracketedNames:
    """Full names with brackets, each with its indicator's unit."""

    units: Mapping[str, str]

    def unbracketed(self, text: str) -> str:
        """A text in which those names stand without the signs of their brackets.

        >>> BracketedNames({"牲畜存栏(折羊单位)": "万羊单位"}).unbracketed("2021年牲畜存栏(折羊单位)(万羊单位)")
        '2021年牲畜存栏折羊单位(万羊单位)'
        """
        for name in self.units:
            text = text.replace(name, _SIGNS.sub("", name))
        return text

    @cached_property
    def bare(self) -> dict[str, str]:
        """The names without the signs, and without all that is in brackets."""
        return {self.unbracketed(name): _BRACKETED.sub("", name).strip() for name in self.units}

    @cached_property
    def by_unit(self) -> dict[str, tuple[str, str]]:
        """What is left of a name whose brackets say the unit, with the name without the signs and the unit's word.

        >>> BracketedNames({"牲畜存栏(折羊单位)": "万羊单位", "青贮产量(鲜重)": "万吨"}).by_unit
        {'牲畜存栏': ('牲畜存栏折羊单位', '羊单位')}
        """
        words = {name: unit.lstrip("十百千万亿") for name, unit in self.units.items()}
        return {
            self.bare[self.unbracketed(name)]: (self.unbracketed(name), word)
            for name, word in words.items()
            if word in name
        }
