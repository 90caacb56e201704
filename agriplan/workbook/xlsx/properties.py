"""What a workbook says of itself: the two parts of its properties, as XlsxWriter writes them."""

import datetime as dt
from collections.abc import Mapping
from io import StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.custom import Custom

CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
# Bytes must not depend on when they were made; the fingerprint says from what.
CREATED = dt.datetime(2021, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_KNOWN = ("title", "subject", "author", "manager", "company", "category", "keywords", "comments", "status")


def set_properties(workbook: Workbook, properties: Mapping[str, str]) -> None:
    """Have XlsxWriter write the properties: those that it knows, and any other as a custom one."""
    known = {name: text for name, text in properties.items() if name in _KNOWN}
    workbook.set_properties({**known, "created": CREATED})
    for name, text in properties.items():
        if name not in _KNOWN:
            workbook.set_custom_property(name, text, "text")


def property_parts(properties: Mapping[str, str]) -> dict[str, str]:
    """The parts by name."""
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
