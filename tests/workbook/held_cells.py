"""A workbook's cells as readback holds them, typed over and moved about without packing and parsing a file again."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
from openpyxl.utils import column_index_from_string, get_column_letter

from agriplan.baselines.folder import Baselines
from agriplan.workbook.readback.held_cell import EMPTY, Held
from agriplan.workbook.readback.inputs import Readback, read_opened
from agriplan.workbook.readback.uploaded_file import Opened
from tests.workbook.raw_edits import address_in, opened

# A sheet's title, a column by its number, and a row.
Place = tuple[str, int, int]


@lru_cache(maxsize=4)
def without_results(workbook: bytes) -> Opened:
    """The same as a program leaves it that works nothing out: formulas without their results."""
    made = opened(workbook)
    return Opened(
        made.names,
        {
            title: {
                place: held._replace(value=None, unvalued=True) if held.formula else held
                for place, held in cells.items()
            }
            for title, cells in made.sheets.items()
        },
    )


class HeldCells:
    """Names and cells of a workbook, the caller's own; no formula has a result."""

    def __init__(self, workbook: bytes, entries: Mapping[tuple[str, str | None], object] | None = None) -> None:
        made = without_results(workbook)
        self.names = dict(made.names)
        self.sheets = {title: dict(cells) for title, cells in made.sheets.items()}
        for (name, key), value in (entries or {}).items():
            self[self.find(name, key)] = value

    def find(self, name: str, key: str | None) -> Place:
        """Where an input or a figure stands: by the name of its column and the key of its row, or by its own name."""
        title, letters, row = address_in(Opened(self.names, self.sheets), name, key)
        return title, column_index_from_string(letters), row

    def called(self, place: Place) -> str:
        """A cell as people name it."""
        title, column, row = place
        return f"{title}!{get_column_letter(column)}{row}"

    def last_row(self, title: str) -> int:
        """The last row of a sheet that holds anything."""
        return max(row for _, row in self.sheets[title])

    def row(self, title: str, row: int) -> dict[int, Held]:
        """The cells of a row by the numbers of their columns."""
        return {
            column_index_from_string(letters): held
            for (letters, each), held in self.sheets[title].items()
            if each == row
        }

    def held(self, place: Place) -> Held:
        """What a cell holds."""
        title, column, row = place
        return self.sheets[title].get((get_column_letter(column), row), EMPTY)

    def __getitem__(self, place: Place) -> Any:
        return self.held(place).value

    def __setitem__(self, place: Place, value: object) -> None:
        title, column, row = place
        cells, here = self.sheets[title], (get_column_letter(column), row)
        cells.pop(here, None)
        if isinstance(value, Held):
            cells[here] = value
        elif value is not None:
            number = isinstance(value, int) and not isinstance(value, bool)
            cells[here] = Held(float(value) if number else value)  # type: ignore[arg-type]

    def read(self, baselines: Baselines, suggestions: pd.DataFrame) -> Readback:
        """What the workbook gives as it is now."""
        return read_opened(Opened(self.names, self.sheets), baselines, suggestions)
