"""Files that are small to send and large to read: every way of packing, encoding, nesting and multiplying, crossed."""

import struct
from collections.abc import Callable
from functools import partial
from io import BytesIO
from itertools import product
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
METHODS = {"stored": ZIP_STORED, "deflated": ZIP_DEFLATED, "bzip2": ZIP_BZIP2, "lzma": ZIP_LZMA}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "x-none")


def packed(parts: dict[str, bytes | str], method: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as pack:
        for name, text in parts.items():
            pack.writestr(name, text)
    return buffer.getvalue()


def book(
    sheet: str = "", *, names: str = "", titles: int = 1, strings: str = "", styles: str = "", more_sheets: str = ""
) -> dict[str, str]:
    """The parts of a small workbook with this inside its sheet, names, texts and styles."""
    listed = "".join(f'<sheet name="s{number}" sheetId="{number}" r:id="r1"/>' for number in range(1, titles + 1))
    return {
        "xl/workbook.xml": f"<workbook {MAIN} {LINKS}><sheets>{listed}{more_sheets}</sheets>"
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {RELS}><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
    }


def cells(count: int) -> str:
    rows = (f'<row r="{row}">' + f'<c r="A{row}"><v>1</v></c>' + "</row>" for row in range(1, count + 1))
    return "".join(rows)


INSIDE = {
    "nothing": lambda size: book(),
    "empty elements": lambda size: book("<a/>" * size),
    "nested elements": lambda size: book("<a>" * size + "</a>" * size),
    "cells": lambda size: book(cells(size)),
    "attributes": lambda size: book("<c " + " ".join(f'a{n}="1"' for n in range(size)) + "/>"),
    "names": lambda size: book(
        cells(100), names="".join(f'<definedName name="n{n}">s1!$A$1:$A$5000</definedName>' for n in range(size))
    ),
    "titles of one part": lambda size: book(cells(1000), titles=min(size, 2000)),
    "texts": lambda size: book(strings="<si><t>x</t></si>" * size),
    "one long text": lambda size: book(strings="<si><t>" + "x" * size + "</t></si>"),
    "styles": lambda size: book(styles="<cellXfs>" + '<xf numFmtId="9"/>' * size + "</cellXfs>"),
    "long format": lambda size: book(styles=f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * size}"/></numFmts>'),
    "spaces": lambda size: book(" " * size * 10),
    "comments": lambda size: book("<!-- -->" * size),
    "long prolog": lambda size: book() | {"xl/workbook.xml": "<!--" + " " * size + "--><workbook/>"},
    "entity": lambda size: book() | {"xl/styles.xml": '<!DOCTYPE a [<!ENTITY b "' + "c" * size + '">]><a>&b;</a>'},
    "many parts": lambda size: book() | {f"xl/more{n}.xml": "<a/>" for n in range(min(size, 3000))},
}
SIZES = (3, 20_000, 2_000_000)


def family() -> dict[str, Callable[[], bytes]]:
    """Every kind of inside at every size, deflated and in UTF-8; small ones in every packing and encoding; bombs."""
    files: dict[str, Callable[[], bytes]] = {}
    for (kind, inside), size in product(INSIDE.items(), SIZES):
        files[f"{kind} x {size}"] = partial(made, inside, size)
    for (kind, inside), way, encoding in product(INSIDE.items(), METHODS, ENCODINGS):
        if (way, encoding) != ("deflated", "utf-8"):
            files[f"{kind}, {way}, {encoding}"] = partial(made, inside, 200, way, encoding)
    return files | BOMBS


def made(inside: Callable[[int], dict[str, str]], size: int, way: str = "deflated", encoding: str = "") -> bytes:
    parts = inside(size).items()
    return packed({name: encoded(text, encoding) if encoding else text for name, text in parts}, METHODS[way])


def encoded(text: str, encoding: str) -> bytes:
    known = "utf-8" if encoding == "x-none" else encoding
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    return f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(known)


def spaces(way: str) -> bytes:
    return packed({"xl/workbook.xml": b" " * 200_000_000}, METHODS[way])


def lie() -> bytes:
    honest = packed({"xl/workbook.xml": b"<a>" + b" " * 100_000_000 + b"</a>"})
    return honest.replace(struct.pack("<L", 100_000_007), struct.pack("<L", 100))


def damaged(keep: int) -> bytes:
    whole = packed(book(cells(1000)))
    middle = len(whole) // 2
    return whole[: middle - 40] + (b"\0" * 80 + whole[middle + 40 :])[:keep]


# Members that unpack to far more than the file, and files that lie about it or are damaged.
BOMBS: dict[str, Callable[[], bytes]] = {
    **{f"200 MB of spaces, {way}": partial(spaces, way) for way in METHODS if way != "stored"},
    "a size that is a lie": lie,
    "a damaged member": partial(damaged, 10_000_000),
    "half a file": partial(damaged, 0),
}
