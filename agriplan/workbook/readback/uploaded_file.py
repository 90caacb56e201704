"""Open a workbook that somebody handed in: checked before anything is parsed, read without trusting what it says.

Only what readback needs is read: names, and the cells they name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from agriplan.workbook.package import look_into
from agriplan.workbook.readback.held_cell import EMPTY, Cells, Held
from agriplan.workbook.readback.limited import read_contents

_REFERENCE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")


@dataclass(frozen=True)
class Opened:
    """A workbook's names (Excel name -> reference), and the cells of its sheets by title."""

    names: Mapping[str, str]
    sheets: Mapping[str, Cells] = field(repr=False)

    def place(self, name: str) -> tuple[str, str, int, int] | None:
        """Where a name leads: sheet, column, first and last row; None where it leads nowhere any more."""
        found = _REFERENCE.match(self.names.get(name, ""))
        if not found:
            return None
        title = found[1].replace("''", "'") if found[1] else found[2]
        return (title, found[3], int(found[4]), int(found[6] or found[4])) if title in self.sheets else None

    def cell(self, title: str, column: str, row: int) -> Held:
        """One cell; empty where the file says nothing about it."""
        return self.sheets[title].get((column, row), EMPTY)


def open_workbook(data: bytes) -> Opened:
    """Check a file and read its names and cells; raises `WorkbookError`."""
    contents = read_contents(look_into(data))
    return Opened(contents.names, contents.sheets)
