"""Open a workbook that somebody handed in: checked before anything is parsed, read without trusting what it says.

Only what readback needs is read: names, and the cells they name. A file is refused where it is too large for what it
can be, holds macros, links elsewhere or declares entities.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from agriplan.errors import Problem, WorkbookError
from agriplan.workbook.readback.number_formats import Shown, read_formats

# Ten times what the region's workbook needs of each.
MOST_BYTES = 5_000_000
MOST_PARTS = 1_000
MOST_UNPACKED = 25_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Excel, WPS and LibreOffice write nothing else; `zipfile` unpacks bzip2 and LZMA without bound (881 bytes: 2.2 GB).
_METHODS = {ZIP_STORED, ZIP_DEFLATED}
# What a file begins with: Office files before 2007, and encrypted ones, are compound files.
_COMPOUND = b"\xd0\xcf\x11\xe0"
_REFERENCE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")
_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d+)$")

Entered = float | str | bool | None


class Held(NamedTuple):
    """What a cell holds: its value, whether it has a formula or shows an error, and what its number is shown as."""

    value: Entered = None
    formula: bool = False
    error: bool = False
    shown_as: Shown = ""


EMPTY = Held()


@dataclass(frozen=True)
class Opened:
    """A workbook's names (Excel name -> reference), and the XML of its sheets by title."""

    names: Mapping[str, str]
    sheets: Mapping[str, bytes] = field(repr=False)
    strings: tuple[str, ...] = field(repr=False)
    formats: tuple[Shown, ...] = field(repr=False)

    @cached_property
    def _cells(self) -> dict[str, dict[tuple[str, int], Held]]:
        return {}

    def place(self, name: str) -> tuple[str, str, int, int] | None:
        """Where a name leads: sheet, column, first and last row; None where it leads nowhere any more."""
        found = _REFERENCE.match(self.names.get(name, ""))
        if not found:
            return None
        title = found[1].replace("''", "'") if found[1] else found[2]
        return (title, found[3], int(found[4]), int(found[6] or found[4])) if title in self.sheets else None

    def cell(self, title: str, column: str, row: int) -> Held:
        """One cell; empty where the file says nothing about it."""
        if title not in self._cells:
            self._cells[title] = dict(_read_cells(self.sheets[title], self.strings, self.formats))
        return self._cells[title].get((column, row), EMPTY)


def open_workbook(data: bytes) -> Opened:
    """Check a file and read its names; raises `WorkbookError`."""
    parts = _unpack(data)
    try:
        book = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314 - entities are refused in _unpack
        links = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
        targets = {link.get("Id"): _part(link.get("Target", "")) for link in links}
        sheets = {
            sheet.get("name", ""): parts[targets[sheet.get(f"{_LINKS}id")]] for sheet in book.iter(f"{_MAIN}sheet")
        }
        names = {
            name.get("name", ""): name.text or ""
            for name in book.iter(f"{_MAIN}definedName")
            if name.get("localSheetId") is None
        }
        strings = tuple(_strings(parts.get("xl/sharedStrings.xml")))
        return Opened(names, sheets, strings, tuple(read_formats(parts.get("xl/styles.xml"))))
    except (KeyError, ET.ParseError) as error:
        raise WorkbookError([Problem("", "not_a_workbook")]) from error


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _unpack(data: bytes) -> dict[str, bytes]:
    """The XML parts, once the file has been found harmless."""
    if data.startswith(_COMPOUND):
        raise WorkbookError([Problem("", "workbook_encrypted_or_old")])
    if len(data) > MOST_BYTES:
        raise WorkbookError([Problem("", "workbook_too_large", {"most": MOST_BYTES // 1_000_000})])
    try:
        with ZipFile(BytesIO(data)) as pack:
            problems = list(_dangers(pack.infolist()))
            if problems:
                raise WorkbookError(problems)
            parts = dict(_read_parts(pack))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise WorkbookError([Problem("", "not_a_workbook")]) from error
    declared = [name for name, text in parts.items() if b"<!DOCTYPE" in text or b"<!ENTITY" in text]
    if declared:
        raise WorkbookError([Problem(declared[0], "workbook_has_entities")])
    return parts


def _dangers(entries: list[ZipInfo]) -> Iterator[Problem]:
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        yield Problem("", "workbook_too_large", {"most": MOST_UNPACKED // 1_000_000})
    packed = next((entry.filename for entry in entries if entry.compress_type not in _METHODS), None)
    if packed is not None:
        yield Problem(packed, "workbook_packed_oddly")
    names = {entry.filename.lower() for entry in entries}
    if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
        yield Problem("", "workbook_has_macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        yield Problem("", "workbook_has_links")


def _read_parts(pack: ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts with text, as large as they really are: a declared size is only a promise."""
    room = MOST_UNPACKED
    for entry in pack.infolist():
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with pack.open(entry) as part:
            text = part.read(room + 1)
        room -= len(text)
        if room < 0:
            raise WorkbookError([Problem("", "workbook_too_large", {"most": MOST_UNPACKED // 1_000_000})])
        yield entry.filename, text


def _strings(part: bytes | None) -> Iterator[str]:
    if part:
        for item in ET.fromstring(part).iter(f"{_MAIN}si"):  # noqa: S314
            yield _text(item)


def _text(item: ET.Element) -> str:
    """Rich text as plain text; reading aids (ruby) are no part of it."""
    runs = [item, *item.findall(f"{_MAIN}r")]
    return "".join(text.text or "" for run in runs for text in run.findall(f"{_MAIN}t"))


def _read_cells(
    part: bytes, strings: tuple[str, ...], formats: tuple[Shown, ...]
) -> Iterator[tuple[tuple[str, int], Held]]:
    row = 0
    for line in ET.fromstring(part).iter(f"{_MAIN}row"):  # noqa: S314
        row = int(line.get("r") or row + 1)
        for cell in line.findall(f"{_MAIN}c"):
            found = _ADDRESS.match(cell.get("r", ""))
            if found:
                yield (found[1], int(found[2])), _held(cell, strings, formats)


def _held(cell: ET.Element, strings: tuple[str, ...], formats: tuple[Shown, ...]) -> Held:
    kind, formula = cell.get("t", "n"), cell.find(f"{_MAIN}f") is not None
    value = cell.findtext(f"{_MAIN}v")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return Held(_text(inline) if inline is not None else None, formula)
    if value is None or value == "":
        return Held(None, formula)
    if kind == "s":
        return Held(strings[int(value)] or None, formula)
    if kind == "b":
        return Held(value.strip() == "1", formula)
    if kind != "n":
        return Held(value, formula, error=kind == "e")
    style = int(cell.get("s", 0))
    return Held(float(value), formula, shown_as=formats[style] if style < len(formats) else "")
