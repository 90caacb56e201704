"""Sections of a table: a heading, alone in its row or with its unit, is for the rows below until another begins."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from agriplan.taking.cells import cut
from agriplan.taking.grid import TableRow
from agriplan.taking.label import Label
from agriplan.taking.refusals import FEW, UnreadError
from agriplan.taking.rows import ReadLabel
from agriplan.taking.units import read_units
from agriplan.taking.words import plain

UNIT_HEADS = frozenset({"单位", "计量单位", "unit", "units"})
# What may be a place, though the plan does not know it: 开鲁县, 科尔沁区. It stands among leagues as they do.
_LIKE_A_PLACE = re.compile(r"[\u3400-\u9fff]{1,9}[旗县市区盟州]")
_NUMBERED = re.compile(r"\(?[一二三四五六七八九十]+[)、.]")


@dataclass(frozen=True)
class Section:
    """The heading of a section, and the labels of rows that have ended something of it, by what that was."""

    heading: str = ""
    ended: Mapping[str, str] = field(default_factory=dict)

    def after(self, row: Sequence[str], unit: str, read: ReadLabel) -> "Section":
        """The section as it holds for what stands below a row with these labels and that unit."""
        found = what_ends(read(self.heading) if self.heading else None, list(map(read, row)))
        if found is None:
            return self
        what, text = found
        if begins_as(text, self.heading):
            return Section(f"{text}({unit})" if unit else text)
        return Section(self.heading, {**self.ended, what: text})

    def holds(self, heading: str, read: ReadLabel) -> bool:
        """Whether a word alone is an area without its figure in a section that says of what figures are."""
        label, of = read(heading), read(self.heading)
        return label.own and (bool(label.units) or (bool(self.heading) and of.kind == "thing" and not of.area))


def unit_columns(rows: Sequence[TableRow]) -> frozenset[int]:
    """The columns in which some row says that units stand there."""
    return frozenset(at for row in rows for at, cell in enumerate(row) if plain(cell.text) in UNIT_HEADS)


def heading_of(row: TableRow, units: Collection[int]) -> str:
    """What a row says that holds one word, and perhaps its unit in a column of units; else nothing.

    >>> from agriplan.taking.grid import parse_table
    >>> text = "牛奶产量\\t吨\\t\\t…\\n牛奶产量\\t吨\\t5\\t\\n牛奶产量\\t\\t\\t\\n牛奶产量\\t牛\\t\\t"
    >>> [heading_of(row, {1}) for row in parse_table("a", text).rows]
    ['牛奶产量(吨)', '', '牛奶产量', '']
    """
    filled = [at for at, cell in enumerate(row) if cell.text]
    if len(filled) > 1:
        filled = [at for at in filled if not row[at].is_blank and at not in units]
        unit = unit_in(row, units)
        return f"{row[filled[0]].text}({unit})" if unit and len(filled) == 1 and row[filled[0]].is_word else ""
    return row[filled[0]].text if filled and row[filled[0]].is_word else ""


def unit_in(row: TableRow, units: Collection[int]) -> str:
    """The unit that stands in a row's columns of units; nothing where none does."""
    return next((row[at].text for at in sorted(units) if row[at].is_word and read_units(row[at].text)), "")


def begins_as(heading: str, section: str) -> bool:
    """Whether a text begins with a number as the heading of a section does, and so is sure to be one itself.

    >>> begins_as("二、牛肉产量", "一、羊肉产量"), begins_as("牛肉产量", "羊肉产量")
    (True, False)
    """
    return all(_NUMBERED.match(plain(text)) for text in (heading, section))


def what_ends(section: Label | None, row: Sequence[Label]) -> tuple[str, str] | None:
    """What of a section a row ends that is no part of it: "area", "year", "thing", "sort"; and the label that does.

    Areas, sums of them and parts of what stands above go on with a section. One that nobody understands may be a thing.
    Without a section a thing that the plan knows may end what the title said.
    """
    area = next((label for label in row if label.area), None)
    thing = next((label for label in row if label.core and not label.rest and not label.of_which), None)
    if section is not None and section.area and area is not None and area.area != section.area:
        return "area", area.text
    if section is None or not _names_thing(section):
        year = next((label for label in row if label.year), None)
        if section is not None and section.year and year is not None and year.year != section.year:
            return "year", year.text
        return ("thing", thing.text) if thing is not None else None
    if thing is not None and thing is not area and area is not None:
        return None  # a row of a table with a column of its own for things
    if thing is not None:
        return None if thing.core == section.core else ("thing", thing.text)
    named = [label for label in row if label.kind not in ("unit", "year")]
    if not named or any(map(_goes_on, named)):
        return None
    first = named[0]
    # In a section that is a sort (产量) one with a unit of its own (产值（亿元）) is another sort, whatever it is.
    is_sort = first.units and not section.core if first.rest else first.sort
    return ("sort" if is_sort else "thing"), first.text


def refuse_ended(
    near: Sequence[Label], section: Sequence[Label], ended: Mapping[str, str], titles: Sequence[Label], read: ReadLabel
) -> None:
    """Raise `UnreadError` where a figure takes from its section, or from a title, what a row between them has ended.

    `near` are the labels of its row and column; `ended` holds the texts that ended something, by what it was.
    """
    if not ended:
        return
    has_core, has_sort = any(label.core for label in near), any(label.sort for label in near)
    has_thing, titled = any(map(_names_thing, section)), {label.core for label in titles} - {""}
    is_other = bool(titled) and "thing" in ended and read(ended["thing"]).core not in titled
    is_lost = {
        "area": not any(label.area for label in near),
        "year": not any(label.year for label in near),
        "thing": not has_core and (has_thing or is_other),
        "sort": has_thing and not has_sort,
    }
    for what, text in ended.items():
        if is_lost[what]:
            raise UnreadError("table_section_ended", word=cut(text, FEW))


def _names_thing(label: Label) -> bool:
    return bool(label.core or label.indicator or label.sort or label.commitment or label.rest)


def _goes_on(label: Label) -> bool:
    if label.rest and not label.of_which:
        return _LIKE_A_PLACE.fullmatch(label.rest) is not None
    return bool(label.area or label.is_sum or label.of_which)
