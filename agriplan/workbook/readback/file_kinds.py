"""What a file is that is no workbook of ours, and which save choice makes one of it."""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from agriplan.errors import Problem, WorkbookError
from agriplan.plain_text import MARK
from agriplan.workbook.package import DAMAGE

# Office files before 2007, and encrypted ones, are compound files; the name of a stream inside tells which.
_COMPOUND = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Photographs and pictures of tables: PNG, JPEG, GIF, TIFF, WebP.
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_STRICT = b"http://purl.oclc.org/ooxml/"
_LINK_PARTS = "xl/externalLinks/_rels/"
# The encodings in which offices save text; the mark at the beginning tells which UTF-16 it is.
_ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
# So much of a part tells what it is; a target of a link stands near the beginning too.
_HEAD = 20_000


def explain_other_kinds(data: bytes) -> None:
    """Raise `WorkbookError` where a file is of a kind that people take for .xlsx, with the way to one.

    For a file that was refused already: only then a person needs to know what it is instead.
    """
    if data.startswith(_COMPOUND):
        raise WorkbookError([Problem("", "file_is_encrypted" if _ENCRYPTED in data else "file_is_old")])
    if data.startswith(b"%PDF"):
        raise WorkbookError([Problem("", "file_is_pdf")])
    if data.startswith(PICTURES):
        raise WorkbookError([Problem("", "file_is_picture")])
    if is_text(data):
        raise WorkbookError([Problem("", "file_is_web_page" if is_web_page(data) else "file_is_text")])
    try:
        with ZipFile(BytesIO(data)) as pack:
            problems = list(_told(pack))
    except DAMAGE:
        return  # whoever opens it says so
    if problems:
        raise WorkbookError(problems)


def is_web_page(data: bytes) -> bool:
    """Whether a file begins as a web page does.

    >>> is_web_page(b"<html><table>"), is_web_page(b"area,<table>"), is_web_page(b"PK")
    (True, False, False)
    """
    text = _as_text(data[:_HEAD])
    return text.startswith("<") and _WEB_PAGE.search(text) is not None


def is_text(data: bytes) -> bool:
    """Whether a file begins as text does."""
    return bool(_as_text(data[:_HEAD]))


def _as_text(head: bytes) -> str:
    """The beginning of a file as text; empty where it is none.

    >>> _as_text("指标,数值".encode("gb18030")), _as_text(b"PK\\x03\\x04")
    ('指标,数值', '')
    """
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not head.startswith(_UTF_16):
            continue
        try:
            text = getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return "" if _NO_TEXT.search(text) else text.lstrip(MARK).strip()
    return ""


def _told(pack: ZipFile) -> Iterator[Problem]:
    names = pack.namelist()
    code = next((code for code, fits in KINDS.items() if fits(pack, names)), None)
    if code:
        yield Problem("", code)
        return
    targets = [target for name in names if name.startswith(_LINK_PARTS) for target in _targets(pack, name)]
    for target in dict.fromkeys(targets):
        yield Problem("", "workbook_has_link", {"word": target})


def _targets(pack: ZipFile, name: str) -> Iterator[str]:
    head = _head(pack, name)
    if b"<!" in head.replace(b"<!--", b""):
        return
    try:
        yield from (unquote(link.get("Target", "")) for link in ET.fromstring(head))  # noqa: S314 - no declarations, and bounded
    except ET.ParseError:
        return


def _head(pack: ZipFile, name: str) -> bytes:
    """The beginning of a part; what is packed in other ways than Office packs is left to the guard of opening."""
    entry = pack.getinfo(name)
    if entry.compress_type not in (0, 8):
        return b""
    with pack.open(entry) as part:
        return part.read(_HEAD)


def _is_open_document(pack: ZipFile, names: list[str]) -> bool:
    return "mimetype" in names and b"opendocument" in _head(pack, "mimetype")


def _is_numbers(_: ZipFile, names: list[str]) -> bool:
    return any(name.endswith(".iwa") or name == "Index.zip" for name in names)


def _is_binary(_: ZipFile, names: list[str]) -> bool:
    return "xl/workbook.bin" in names


def _is_strict(pack: ZipFile, names: list[str]) -> bool:
    return "xl/workbook.xml" in names and _STRICT in _head(pack, "xl/workbook.xml")


def _is_other_office(_: ZipFile, names: list[str]) -> bool:
    return "word/document.xml" in names or "ppt/presentation.xml" in names


def _is_pack(_: ZipFile, names: list[str]) -> bool:
    return any(name.lower().endswith(".xlsx") for name in names)


KINDS: dict[str, Callable[[ZipFile, list[str]], bool]] = {
    "file_is_open_document": _is_open_document,
    "file_is_numbers": _is_numbers,
    "file_is_binary": _is_binary,
    "file_is_strict": _is_strict,
    "file_is_no_table": _is_other_office,
    "file_is_pack": _is_pack,
}
