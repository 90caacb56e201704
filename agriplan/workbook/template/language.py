"""In which language a template is written: its legends tell, and with them what its workbooks call things."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from agriplan.bounded_reading import MOST_TEMPLATE, read_bounded
from agriplan.errors import WorkbookError
from agriplan.sentences import Lang
from agriplan.workbook.package import DAMAGE, look_into
from agriplan.workbook.template.tokens import worded_token

_CHINESE = re.compile("[\u4e00-\u9fff]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Texts of cells stand together, or each in its sheet.
_TEXTS, _SHEETS = "xl/sharedStrings.xml", "xl/worksheets/sheet"


def language_of(legends: Iterable[str]) -> Lang:
    """Chinese where at least half of the legends have Chinese letters; one with both languages is Chinese.

    >>> language_of(["落后", "官方", "Brief"]), language_of(["Behind", "Official", "旗"])
    ('zh', 'en')
    """
    chinese = [bool(_CHINESE.search(text)) for text in legends]
    return "zh" if 2 * sum(chinese) >= len(chinese) else "en"


def language_in(path: Path) -> Lang | None:
    """The language of a template file, from its texts alone; None where it cannot be read, or is no template."""
    try:
        package = look_into(read_bounded(path, MOST_TEMPLATE))
        parts = package.read(name for name in package.parts if name == _TEXTS or name.startswith(_SHEETS))
        whole = [text for part in parts.values() for text in _texts(part)]
    except (*DAMAGE, WorkbookError, ET.ParseError):
        return None
    legends = [token.text for text in whole if (token := worded_token(text)) and not token.name.startswith("chart.")]
    return language_of(legends) if legends else None


def _texts(part: bytes) -> Iterator[str]:
    for item in ET.fromstring(part).iter():  # noqa: S314 - the operator's own template
        if item.tag in (f"{_MAIN}si", f"{_MAIN}is"):
            yield "".join(each.text or "" for each in item.iter(f"{_MAIN}t"))
