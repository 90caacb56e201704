"""What a workbook file is made of, looked at before anything in it is parsed.

A file is a zip of XML parts. It is refused in words where a part is packed in a way that no spreadsheet program uses,
is not UTF-8, declares entities, or is larger than a planning workbook can be; where the file has macros or leads
elsewhere. Parts are unpacked bit by bit within those bounds: what a file says of its own sizes is only a promise.
"""

import re
import struct
import xml.etree.ElementTree as ET
import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from agriplan.errors import Problem, WorkbookError

# Ten times what the region's workbook needs of each (314 kB packed, 67 parts, 2.5 MB and 136,000 tags once LibreOffice
# has saved it).
MOST_PACKAGE_BYTES = 5_000_000
MOST_PACKAGE_PARTS = 1_000
MOST_UNPACKED = 25_000_000
MOST_TAGS = 1_500_000
# Where the root element must have begun; declaration and comments of spreadsheet programs take 200 bytes.
PROLOG = 4_096
CHUNK = 262_144
# What a file begins with: Office files before 2007, and encrypted ones, are compound files.
_COMPOUND = b"\xd0\xcf\x11\xe0"
_MEMBERS = {ZIP_STORED, ZIP_DEFLATED}
_ENCRYPTED = 0x1
_PROLOG = re.compile(
    rb"""(?:\xef\xbb\xbf)?                                    # the mark of UTF-8
    (?:<\?xml\s[^<>]*?(?:encoding\s*=\s*["'](?P<encoding>[^"'<>]*)["'][^<>]*?)?\?>)?
    (?:\s|<!--(?:[^-]|-[^-])*-->|<\?(?!xml\s)[^<>]*\?>)*      # comments and remarks to programs
    <[A-Za-z_]""",
    re.VERBOSE,
)
_UTF_8 = {b"", b"utf-8", b"utf8", b"us-ascii"}
# Everything that goes wrong inside a damaged zip file, wherever one is looked into.
DAMAGE = (
    *(BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, OverflowError),
    *(struct.error, zlib.error),
)


@dataclass(frozen=True)
class Package:
    """A file that was found harmless: its bytes, and its XML parts by name."""

    data: bytes
    parts: dict[str, ZipInfo]
    _roots: dict[str, ET.Element | None] = field(default_factory=dict, init=False, repr=False)

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Unpack those parts that are there; raises `WorkbookError` where they are more than they may be."""
        try:
            room = _Room(MOST_UNPACKED, MOST_TAGS)
            return {name: _unpacked(self._pack, self.parts[name], room) for name in names if name in self.parts}
        except DAMAGE as error:
            raise WorkbookError([Problem("", "not_a_workbook")]) from error

    def root(self, name: str) -> ET.Element | None:
        """The root element of a part, parsed once; None where there is no such part, or nothing in it."""
        if name not in self._roots:
            text = self.read([name]).get(name)
            self._roots[name] = ET.fromstring(text) if text else None  # noqa: S314 - found harmless before
        return self._roots[name]

    @cached_property
    def _pack(self) -> ZipFile:
        return ZipFile(BytesIO(self.data))


class _Room:
    """How much may still be unpacked."""

    def __init__(self, size: int, tags: int) -> None:
        self.size, self.tags = size, tags

    def take(self, chunk: bytes) -> bytes:
        self.size -= len(chunk)
        self.tags -= chunk.count(b"<")
        if self.size < 0:
            raise WorkbookError([_large_unpacked()])
        if self.tags < 0:
            raise WorkbookError([Problem("", "workbook_many_tags", {"most": MOST_TAGS})])
        return chunk


def look_into(data: bytes) -> Package:
    """Decide whether a file may be read; raises `WorkbookError` with everything that speaks against it.

    Every part is unpacked as far as its root element only, so that a decision costs next to nothing.
    """
    if not data.strip():
        raise WorkbookError([Problem("", "file_is_empty")])
    if data.startswith(_COMPOUND):
        raise WorkbookError([Problem("", "workbook_encrypted_or_old")])
    if len(data) > MOST_PACKAGE_BYTES:
        raise WorkbookError([Problem("", "workbook_too_large", {"most": MOST_PACKAGE_BYTES // 1_000_000})])
    try:
        with ZipFile(BytesIO(data)) as pack:
            entries = pack.infolist()
            problems = list(_dangers(entries)) or list(_strange_parts(pack, entries))
    except DAMAGE as error:
        raise WorkbookError([Problem("", "not_a_workbook")]) from error
    if problems:
        raise WorkbookError(problems)
    return Package(data, {entry.filename: entry for entry in entries})


def _large_unpacked() -> Problem:
    return Problem("", "workbook_large_unpacked", {"most": MOST_UNPACKED // 1_000_000})


def _dangers(entries: list[ZipInfo]) -> Iterator[Problem]:
    """What the list of parts tells already."""
    if len(entries) > MOST_PACKAGE_PARTS:
        yield Problem("", "workbook_too_many_parts", {"count": len(entries), "most": MOST_PACKAGE_PARTS})
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        yield _large_unpacked()
    packed = [entry.filename for entry in entries if entry.compress_type not in _MEMBERS]
    if packed:
        yield Problem(packed[0], "workbook_packed_oddly", more=len(packed) - 1)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        yield Problem("", "workbook_encrypted_or_old")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        yield Problem("", "not_a_workbook")
    names = [name.lower() for name in names]
    if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
        yield Problem("", "workbook_has_macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        yield Problem("", "workbook_has_links")


def _strange_parts(pack: ZipFile, entries: list[ZipInfo]) -> Iterator[Problem]:
    """Parts that are not UTF-8, or say something before their root element that no workbook needs to say."""
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            with pack.open(entry) as part:
                begin = part.read(PROLOG)
            found = _PROLOG.match(begin)
            if b"<!DOCTYPE" in begin or b"<!ENTITY" in begin:
                yield Problem(entry.filename, "workbook_has_entities")
            elif begin and (not _is_utf_8(begin) or (found and (found["encoding"] or b"").lower() not in _UTF_8)):
                yield Problem(entry.filename, "workbook_not_utf_8")
            elif begin and found is None and len(begin) == PROLOG:
                yield Problem(entry.filename, "workbook_begins_late", {"most": PROLOG})
            elif begin and found is None:
                yield Problem(entry.filename, "not_a_workbook")


def _is_utf_8(begin: bytes) -> bool:
    """Whether a part begins in UTF-8; of text in UTF-16 or UTF-32 every other byte is nothing.

    >>> _is_utf_8("<a>奶".encode()[:-1]), _is_utf_8("<a>".encode("utf-16-le")), _is_utf_8("奶".encode("gb18030"))
    (True, False, False)
    """
    try:
        return "\0" not in getincrementaldecoder("utf-8")().decode(begin)
    except UnicodeDecodeError:
        return False


def _unpacked(pack: ZipFile, entry: ZipInfo, room: _Room) -> bytes:
    with pack.open(entry) as part:
        return b"".join(room.take(chunk) for chunk in iter(lambda: part.read(CHUNK), b""))
