"""The texts of cells, which a workbook holds once each: those of the shape first, then those of the scenario."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agriplan.workbook.description import Value
from agriplan.workbook.xlsx.texts import shared_item
from agriplan.workbook.xlsx.zipped import Deflated, ZipMember, deflated, joined

SHARED = "xl/sharedStrings.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="{count}" uniqueCount="{unique}">'
)


@dataclass(frozen=True)
class SharedTexts:
    """The texts of a shape by their number, in how many cells they stand, and how the file holds them."""

    fixed: Mapping[str, int]
    cells: int
    items: Deflated

    def numbers(self, values: Sequence[Value], constants: Iterable[int]) -> dict[str, int]:
        """The number of every text, with those that stand as constants behind the shape's own."""
        numbers = dict(self.fixed)
        for each in constants:
            text = values[each]
            if text.__class__ is str and text and text not in numbers:
                numbers[text] = len(numbers)
        return numbers

    def member(self, numbers: Mapping[str, int], values: Sequence[Value], constants: Mapping[int, int]) -> ZipMember:
        """The part that holds them; `constants` says in how many cells each value stands."""
        texts = (count for each, count in constants.items() if values[each].__class__ is str and values[each])
        head = _HEAD.format(count=self.cells + sum(texts), unique=len(numbers)).encode()
        more = list(numbers)[len(self.fixed) :]
        tail = ("".join(map(shared_item, more)) + "</sst>").encode()
        return joined(SHARED, [deflated(head, last=False), self.items, deflated(tail, last=True)])


def texts_of_shape(fixed: Mapping[str, int], cells: int) -> SharedTexts:
    """The texts of a shape that was just written."""
    return SharedTexts(fixed, cells, deflated("".join(map(shared_item, fixed)).encode(), last=False, kept=True))
