"""How much a template may hold, counted before openpyxl reads it: its readers visit every cell that a range names."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from agriplan.errors import Problem
from agriplan.workbook.package import Package
from agriplan.workbook.template.pictures import sheet_parts


class _Places(NamedTuple):
    attribute: str
    is_range: bool = False
    is_visited: bool = False


LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# Spreadsheet programs nest a dozen elements at most.
DEEPEST = 64
# Ten times what a template with a cover, instructions and a logo on every sheet needs.
MOST_IN_RANGES = 100_000
MOST = {"mergeCell": 2_000, "hyperlink": 2_000, "comment": 2_000, "Anchor": 500}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OVER = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
# What names a cell, a range or several ranges, by which attribute, and whether its cells are visited one by one.
_PLACES = {
    "c": _Places("r"),
    "comment": _Places("ref"),
    "pane": _Places("topLeftCell"),
    "mergeCell": _Places("ref", is_range=True, is_visited=True),
    "hyperlink": _Places("ref", is_range=True, is_visited=True),
    "autoFilter": _Places("ref", is_range=True),
    "dataValidation": _Places("sqref", is_range=True),
    "conditionalFormatting": _Places("sqref", is_range=True),
}
_MAY_BE_LEFT_OUT = {"c", "pane"}  # the cell after the one before, the cells as they are
# Columns or rows from end to end, which Excel shows so and never writes: every range in a file has its last cell.
_WHOLE = re.compile(r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7}")


def beyond_bounds(package: Package) -> Iterator[Problem]:
    """Everything that keeps a template from being read, with the part that holds it; raises `ParseError`."""
    names = sorted(name for name in package.parts if name.endswith((".xml", ".rels")))
    titles = {part: title for title, part in sheet_parts(package).items()}
    held: Counter[str] = Counter()
    in_ranges = 0
    for name, text in package.read(names).items():
        part = _Part()
        parser = ET.XMLParser(target=part)  # noqa: S314 - the operator's own template
        if text:
            parser.feed(text)
            parser.close()
        if part.deepest > DEEPEST:
            yield Problem(name, "template_too_deep", {"most": DEEPEST})
        for code, places in part.odd.items():
            where = f"{titles.get(name, name)}!{places[0]}"
            yield Problem(where, code, {"word": places[0]}, more=len(places) - 1)
        held.update(part.held)
        in_ranges += part.in_ranges
    if in_ranges > MOST_IN_RANGES or any(held[kind] > most for kind, most in MOST.items()):
        bounds = {"cells": MOST_IN_RANGES, "links": MOST["hyperlink"], "drawn": MOST["Anchor"]}
        yield Problem("", "template_too_much", bounds)


class _Part:
    """A part as it is read: how deep it goes, what it holds, and places that no sheet has."""

    def __init__(self) -> None:
        self.depth = self.deepest = self.in_ranges = 0
        self.held: Counter[str] = Counter()
        self.odd: dict[str, list[str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        kind = tag.removeprefix(_MAIN)
        if kind in _PLACES:
            self._place(kind, attributes)
        elif kind == "row" and "r" in attributes and not _counts(attributes["r"], LAST_ROW):
            self._is_odd(attributes["r"])
        elif tag.startswith(_OVER) and tag.endswith("Anchor"):
            self.held["Anchor"] += 1

    def end(self, _: str) -> None:
        """An element ends."""
        self.depth -= 1

    def _place(self, kind: str, attributes: dict[str, str]) -> None:
        self.held[kind] += 1
        attribute, is_range, is_visited = _PLACES[kind]
        named = attributes.get(attribute, "")
        if not named and kind in _MAY_BE_LEFT_OUT:
            return
        for place in named.split() if attribute == "sqref" else [named]:
            size = _size(place)
            if size is None or (":" in place and not is_range):
                self._is_odd(place)
            elif is_visited:
                self.in_ranges += size

    def _is_odd(self, place: str) -> None:
        code = "template_place_whole" if _WHOLE.fullmatch(place) else "template_place_unknown"
        self.odd.setdefault(code, []).append(place[:20])


def _size(place: str) -> int | None:
    """How many cells a range has; None where it is none of a sheet.

    >>> _size("A1"), _size("A1:B3"), _size("A:A"), _size("zz"), _size("A99999999")
    (1, 6, None, None, None)
    """
    ends = [_cell(end) for end in place.split(":")]
    if len(ends) > 2 or None in ends:
        return None
    (row, col), (last_row, last_col) = [end for end in (ends[0], ends[-1]) if end]
    return (last_row - row + 1) * (last_col - col + 1) if row <= last_row and col <= last_col else None


def _cell(name: str) -> tuple[int, int] | None:
    name = name.replace("$", "")
    letters = name.rstrip("0123456789")
    if not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
        return None
    col = 0
    for letter in letters.upper():
        col = col * 26 + ord(letter) - ord("A") + 1
    number = name[len(letters) :]
    return (int(number), col) if col <= LAST_COLUMN and _counts(number, LAST_ROW) else None


def _counts(number: str, last: int) -> bool:
    return len(number) <= 7 and number.isascii() and number.isdigit() and 1 <= int(number) <= last
