"""Cells typed into a workbook's XML, where everything else stays to the byte: stored results too."""

import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from agriplan.workbook.package import look_into
from agriplan.workbook.readback.limited import parse_package
from agriplan.workbook.readback.uploaded_file import Opened


def addresses(workbook: bytes, wanted: list[tuple[str, str | None]]) -> list[tuple[str, str]]:
    """Sheet and address of inputs and figures: the name of a column and the key of a row, or the name of a cell."""
    found = (address_in(opened(workbook), name, key) for name, key in wanted)
    return [(title, f"{column}{row}") for title, column, row in found]


@lru_cache(maxsize=4)
def opened(workbook: bytes) -> Opened:
    return Opened(*parse_package(look_into(workbook)))


def texts_by_sheet(workbook: bytes) -> dict[str, list[str]]:
    """What stands on each sheet; to read a file of ours so takes a fifth of the time."""
    sheets = opened(workbook).sheets
    return {title: [str(cell.value) for cell in cells.values()] for title, cells in sheets.items()}


def sheet_states(workbook: bytes) -> dict[str, str]:
    """The titles of all sheets in their order, each with whether it is visible."""
    with ZipFile(BytesIO(workbook)) as parts:
        sheets = re.findall(r'<sheet name="([^"]+)"([^>]*)>', parts.read("xl/workbook.xml").decode())
    return {title: (re.findall(r'state="(\w+)"', rest) or ["visible"])[0] for title, rest in sheets}


def address_in(opened: Opened, name: str, key: str | None) -> tuple[str, str, int]:
    """The same in a workbook that was read: sheet, column and row."""
    title, column, first, last = opened.place(name)
    if key is None:
        return title, column, first
    table = name.rpartition(".")[0]
    for suffix in ("", "_2", "_3"):
        place = opened.place(f"{table}.key{suffix}")
        if place and place[0] == title and place[2] <= last and first <= place[3]:
            rows = range(place[2], place[3] + 1)
            return title, column, next(row for row in rows if opened.cell(title, place[1], row).value == key)
    raise KeyError(name)


def typed(workbook: bytes, entries: Mapping[tuple[str, str | None], object]) -> bytes:
    """The workbook with these cells typed over: numbers, texts, None for an emptied cell."""
    places = addresses(workbook, list(entries))
    return written(workbook, dict(zip(places, entries.values(), strict=True)))


def written(workbook: bytes, cells: Mapping[tuple[str, str], object]) -> bytes:
    """The workbook with these cells, by sheet title and address."""
    buffer = BytesIO()
    with ZipFile(BytesIO(workbook)) as given, ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        titles = re.findall(r'<sheet name="([^"]+)"', given.read("xl/workbook.xml").decode())
        for entry in given.infolist():
            part = given.read(entry)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry.filename)
            if found:
                text = part.decode()
                for (title, address), value in cells.items():
                    if titles[int(found[1]) - 1] == title:
                        text = _with(text, address, value)
                part = text.encode()
            made.writestr(entry.filename, part)
    return buffer.getvalue()


def _with(text: str, address: str, value: object) -> str:
    cell = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')
    assert cell.search(text), address
    return cell.sub(lambda found: f'<c r="{address}"{found[1] or ""}{_content(value)}', text, count=1)


def _content(value: object) -> str:
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"><v>{value!r}</v></c>"
