"""A worksheet of a file as the cells that it holds, each with whether it is merged with others, or hidden."""

import math
import re
from collections.abc import Sequence

from agriplan.workbook.readback.held_cell import EMPTY, Cells, Held, column_number, letters_of
from agriplan.workbook.readback.number_formats import FormatMeaning
from agriplan.workbook.readback.parts import Texts, TooMuch, unescaped

ADDRESS = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
# Four times the cells of the region's workbook.
MOST_CELLS = 180_000  # of all sheets
# What LibreOffice makes of TRUE and FALSE in a cell for numbers: a formula whose result is 1 or 0.
LOGICAL = frozenset(("TRUE()", "FALSE()"))
SHEET_COLUMNS = 16_384  # that a sheet has


class SheetPart(Texts):
    """A worksheet: every cell that holds something, by column letters and row; `before` are those of other sheets.

    All of its cells are hidden where the sheet is.
    """

    def __init__(
        self, strings: Sequence[str], formats: Sequence[FormatMeaning], before: int = 0, *, hidden: bool = False
    ) -> None:
        super().__init__()
        self.cells: Cells = {}
        self._hidden = self._row_hidden = hidden
        self._columns: list[tuple[int, int]] = []
        self._unseen: dict[str, bool] = {}
        self._strings, self._formats, self._before = strings, formats, before
        self._cell: dict[str, str] = {}
        self._place = ("", 0)
        self._formula = self._logical = False
        self._value: str | None = None

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A cell, or one of its parts."""
        if tag == "c":
            self._cell, self._formula, self._value, self.parts = attributes, False, None, []
            self._logical = False
            self._place = self._place_of(attributes.get("r"))
        elif tag == "f":
            self._formula = True
            self.text = []
        elif tag == "v":
            self.text = []
        elif tag == "row":
            self._place = ("", int(attributes["r"]) if "r" in attributes else self._place[1] + 1)
            self._row_hidden = self._hidden or _is_unseen(attributes, "ht")
        elif tag == "col" and _is_unseen(attributes, "width"):
            self._columns.append((int(attributes.get("min", 0)), int(attributes.get("max", 0))))
            if len(self._columns) > SHEET_COLUMNS:
                raise ValueError(self._columns)
        elif tag == "mergeCell":
            self._mark_merged(attributes.get("ref", ""))
        else:
            super().begin(tag, attributes)

    def finish(self, tag: str) -> None:
        """A cell is known at its end."""
        if tag == "v":
            self._value = self.taken()
        elif tag == "f":
            self._logical = self.taken().strip().upper() in LOGICAL
        elif tag == "c":
            self._keep()
        else:
            super().finish(tag)

    def _place_of(self, address: str | None) -> tuple[str, int]:
        """Column and row of a cell: a file may leave out what follows from the order of cells and rows."""
        if address is None:
            letters, row = self._place
            return letters_of(column_number(letters) + 1), row
        found = ADDRESS.match(address)
        if found is None:
            raise ValueError(address)
        return found[1], int(found[2])

    def _mark_merged(self, reference: str) -> None:
        """The first cell of a merged range holds what is shown in all of it."""
        start, _, last = reference.partition(":")
        first = ADDRESS.match(start)
        place = (first[1], int(first[2])) if first else None
        if place in self.cells and ADDRESS.match(last):
            self.cells[place] = self.cells[place]._replace(merged=last)

    def _keep(self) -> None:
        held = self._held()
        if held != EMPTY:
            hidden = self._row_hidden or self._is_hidden(self._place[0])
            self.cells[self._place] = held._replace(hidden=True) if hidden else held
            if self._before + len(self.cells) > MOST_CELLS:
                raise TooMuch("workbook_many_cells", MOST_CELLS)

    def _is_hidden(self, letters: str) -> bool:
        """Whether a column is hidden; a file lists its columns before its cells."""
        if letters not in self._unseen:
            number = column_number(letters) + 1
            self._unseen[letters] = any(first <= number <= last for first, last in self._columns)
        return self._unseen[letters]

    def _held(self) -> Held:
        kind, formula, value = self._cell.get("t", "n"), self._formula, self._value
        if kind == "inlineStr":
            return Held("".join(self.parts) if self.parts else None, formula)
        if value is None or value == "":
            return Held(None, formula, unvalued=formula and kind == "n")  # one that comes to "" is a text
        if kind == "s":
            return Held(self._strings[int(value)] or None, formula)
        if kind == "b" or (kind == "n" and self._logical):
            return Held(value.strip() == "1", formula)
        if kind != "n":
            return Held(unescaped(value), formula, error=kind == "e")
        style, number = int(self._cell.get("s", 0)), float(value)
        if not math.isfinite(number):  # no spreadsheet writes such a number
            raise ValueError(value)
        return Held(number, formula, shown_as=self._formats[style] if style < len(self._formats) else "")


def _is_unseen(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or so narrow that nothing is seen of it."""
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) in ("0", "0.0")
