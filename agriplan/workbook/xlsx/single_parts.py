"""The parts that a workbook has once: the texts of its cells, and what it says of itself."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.custom import Custom

from agriplan.workbook.description import Value
from agriplan.workbook.xlsx.texts import shared_item
from agriplan.workbook.xlsx.zipped import Deflated, ZipMember, deflated, joined

SHARED = "xl/sharedStrings.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="{count}" uniqueCount="{unique}">'
)
CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
# Bytes must not depend on when they were made; the fingerprint says from what.
CREATED = dt.datetime(2021, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_KNOWN = ("title", "subject", "author", "manager", "company", "category", "keywords", "comments", "status")


@dataclass(frozen=True)
class SharedTexts:
    """The texts of a shape by their number, in how many cells they stand, and how the file holds them.

    A workbook holds each once: those of the shape first, then those of the scenario.
    """

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


def set_properties(workbook: Workbook, properties: Mapping[str, str]) -> None:
    """Have XlsxWriter write the properties: those that it knows, and any other as a custom one."""
    known = {name: text for name, text in properties.items() if name in _KNOWN}
    workbook.set_properties({**known, "created": CREATED})
    for name, text in properties.items():
        if name not in _KNOWN:
            workbook.set_custom_property(name, text, "text")


def property_parts(properties: Mapping[str, str]) -> dict[str, str]:
    """Both parts of the properties by name, as XlsxWriter writes them."""
    workbook = Workbook(StringIO())
    set_properties(workbook, properties)
    parts = {CORE: _written(Core(), workbook.doc_properties)}
    if workbook.custom_properties:
        parts[CUSTOM] = _written(Custom(), workbook.custom_properties)
    workbook.fileclosed = True
    return parts


def _written(part: Any, properties: Any) -> str:
    text = StringIO()
    part._set_properties(properties)
    part._set_xml_writer(text)
    part._assemble_xml_file()
    return text.getvalue()
