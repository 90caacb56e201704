"""The XML parts of a workbook as names, texts, formats and cells: read event by event, without a tree in memory.

Only what readback needs is taken. A tag comes as expat gives it, `{namespace}name`.
"""

import re
from typing import TypeVar
from xml.etree import ElementTree as ET

from agriplan.errors import Problem, WorkbookError
from agriplan.workbook.readback.number_formats import FormatMeaning, built_in, shown_as

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Spreadsheet programs nest a dozen elements at most.
DEEPEST_ELEMENT = 64
# Five times the names of the region's workbook or more; styles pile up in copied files.
MOST_NAMES = 5_000
MOST_SHEETS = 255
MOST_STYLES = 100_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TooMuch(WorkbookError):
    """A file holds more of something than a planning workbook can: which sentence says so, and how much may be."""

    def __init__(self, code: str, most: int) -> None:
        super().__init__([Problem("", code, {"most": most})])


class _Part:
    """A part as it is read: how deep the current element lies, and the text of an element that is wanted."""

    def __init__(self) -> None:
        self.depth = 0
        self.text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Expat found the beginning of an element."""
        self.depth += 1
        if self.depth > DEEPEST_ELEMENT:
            raise TooMuch("workbook_nested_deep", DEEPEST_ELEMENT)
        self.begin(tag.removeprefix(_MAIN), attributes)

    def end(self, tag: str) -> None:
        """Expat found the end of an element."""
        self.depth -= 1
        self.finish(tag.removeprefix(_MAIN))

    def data(self, text: str) -> None:
        """Expat found text."""
        if self.text is not None:
            self.text.append(text)

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def finish(self, tag: str) -> None:
        """An element ends."""

    def taken(self) -> str:
        """The text since `self.text` was last emptied."""
        text, self.text = "".join(self.text or ()), None
        return text


AnyPart = TypeVar("AnyPart", bound=_Part)


def read_part(text: bytes | None, part: AnyPart) -> AnyPart:
    """Feed a part's XML to its reader; nothing where the file has no such part."""
    if text:
        parser = ET.XMLParser(target=part)  # noqa: S314 - entities were refused before
        parser.feed(text)
        parser.close()
    return part


def unescaped(text: str) -> str:
    """Text with what XML cannot hold, which spreadsheets write by its number (ECMA-376, part 1, 22.9.2.19).

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x0041_")
    ('a\\rb', '_x0041_')
    """
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class WorkbookPart(_Part):
    """`xl/workbook.xml`: sheets with their link, which of them are hidden, and the names that belong to no sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.hidden: set[str] = set()
        self._name: str | None = None

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A sheet or a name."""
        if tag == "sheet":
            title = attributes.get("name", "")
            self.links[title] = attributes.get(f"{_LINKS}id", "")
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(title)
        elif tag == "definedName":
            self._name = attributes.get("name", "") if attributes.get("localSheetId") is None else None
            self.text = []
        if len(self.links) > MOST_SHEETS:
            raise TooMuch("workbook_many_sheets", MOST_SHEETS)
        if len(self.names) > MOST_NAMES:
            raise TooMuch("workbook_many_names", MOST_NAMES)

    def finish(self, tag: str) -> None:
        """What a name stands for is its text."""
        if tag == "definedName":
            text = self.taken()
            if self._name is not None:
                self.names[self._name] = text


class Links(_Part):
    """`xl/_rels/workbook.xml.rels`: which part each link leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """One link."""
        if tag.endswith("}Relationship"):
            target = attributes.get("Target", "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = part


class Texts(_Part):
    """Texts in `si` or `is`: rich text as plain text; reading aids (ruby) are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.parts: list[str] = []
        self._aid = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """A text, or what is no part of it."""
        if tag in ("si", "is"):
            self.parts = []
        elif tag == "rPh":
            self._aid = True
        elif tag == "t" and not self._aid:
            self.text = []

    def finish(self, tag: str) -> None:
        """A run, or the whole text."""
        if tag == "t" and not self._aid:
            self.parts.append(unescaped(self.taken()))
        elif tag == "rPh":
            self._aid = False
        elif tag == "si":
            self.found.append("".join(self.parts))


class Styles(_Part):
    """`xl/styles.xml`: how each cell style shows a number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[FormatMeaning] = []
        self._own: dict[str, FormatMeaning] = {}
        self._of_cells = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A number format, or a style that names one."""
        if tag == "numFmt":
            self._own[attributes.get("numFmtId", "")] = shown_as(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            self._of_cells = True
        elif tag == "xf" and self._of_cells:
            number = attributes.get("numFmtId", "0")
            self.found.append(self._own[number] if number in self._own else built_in(int(number)))
        if len(self.found) > MOST_STYLES or len(self._own) > MOST_STYLES:
            raise TooMuch("workbook_many_styles", MOST_STYLES)

    def finish(self, tag: str) -> None:
        """Styles of cells end where `cellXfs` does."""
        if tag == "cellXfs":
            self._of_cells = False
