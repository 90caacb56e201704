"""Sheets on paper: LibreOffice prints workbooks as PDF, and what stands on each page is read out of that."""

import re
import subprocess
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.workbook.recalculation import OFFICE

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj")
_SIZE = re.compile(rb"/F\d+ ([\d.]+) Tf")
_PLACE = re.compile(rb"BT\s+[\d.-]+ ([\d.-]+) Td|[\d.-]+ [\d.-]+ [\d.-]+ [\d.-]+ [\d.-]+ ([\d.-]+) Tm")
_GROUND = re.compile(rb"(?<![\d.])([\d.]+) ([\d.]+) ([\d.]+) rg\b")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_BOX = re.compile(rb"/MediaBox\s*\[([^\]]+)\]")
# Points at the lower edge that hold page numbers and the fingerprint.
FOOTER = 40.0


@dataclass(frozen=True)
class PrintedPage:
    """A page: width, height and sizes of letters in points, and what part of it, from the top, is written on."""

    width: float
    height: float
    sizes: tuple[float, ...]
    filled: float
    grounds: frozenset[str]
    """The colours that anything is filled with, as #RRGGBB."""


def print_books(books: Sequence[Path], folder: Path) -> list[Path]:
    """Every sheet of the workbooks as PDF, in a profile of its own."""
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [folder / book.with_suffix(".pdf").name for book in books]


def pages_of(pdf: Path) -> list[PrintedPage]:
    """The pages of a PDF as LibreOffice writes them, read from what draws them."""
    data = pdf.read_bytes()
    objects = {int(found[1]): found.end() for found in _OBJECT.finditer(data)}
    starts = [start for _, start in sorted(objects.items()) if re.match(rb"\s*<</Type/Page/", data[start : start + 40])]
    return [_page(data, start, objects) for start in starts]


def _page(data: bytes, start: int, objects: dict[int, int]) -> PrintedPage:
    said = data[start : data.index(b"endobj", start)]
    contents, box = _CONTENTS.search(said), _BOX.search(said)
    assert contents
    assert box
    _, _, width, height = map(float, box[1].split())
    stream = data.index(b"stream", objects[int(contents[1])]) + len(b"stream")
    drawn = zlib.decompressobj().decompress(data[stream:].lstrip(b"\r\n"))
    lowest = min((place for place in _places(drawn) if place >= FOOTER), default=height)
    return PrintedPage(
        width, height, tuple(float(size) for size in _SIZE.findall(drawn)), 1 - lowest / height, _grounds(drawn)
    )


def _grounds(drawn: bytes) -> frozenset[str]:
    found = {tuple(round(float(each) * 255) for each in parts) for parts in _GROUND.findall(drawn)}
    return frozenset("#" + "".join(f"{each:02X}" for each in parts) for parts in found)


def _places(drawn: bytes) -> Iterator[float]:
    for plain, turned in _PLACE.findall(drawn):
        yield float(plain or turned)
