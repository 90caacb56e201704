"""What a file holds that is not seen in it as it is read: inputs below merged cells, entries that are hidden."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from agriplan.errors import Problem
from agriplan.workbook.readback.figures import first_ones
from agriplan.workbook.readback.finding import CellPlace, Finder
from agriplan.workbook.readback.held_cell import column_number
from agriplan.workbook.readback.sheet_part import ADDRESS


def told_merged(asked: Sequence[CellPlace], finder: Finder) -> Iterator[Problem]:
    """Merged cells that lie over inputs: what is shown over all of them is read as the first one's alone."""
    for title in dict.fromkeys(place.sheet for place in asked):
        inputs = [place for place in asked if place.sheet == title]
        for (column, row), held in finder.opened.sheets[title].items():
            below = _below(CellPlace(title, column, row), held.merged, inputs)
            if below:
                yield Problem(f"{title}!{column}{row}:{held.merged}", "workbook_inputs_merged", {"cells": below})


def _below(first: CellPlace, last: str, inputs: Sequence[CellPlace]) -> list[str]:
    """The inputs of a sheet that lie within a merged range and are not its first cell, by their addresses."""
    end = ADDRESS.match(last)
    if end is None:
        return []
    columns = range(column_number(first.column), column_number(end[1]) + 1)
    rows = range(first.row, int(end[2]) + 1)
    found = {place for place in inputs if place.row in rows and column_number(place.column) in columns}
    return [f"{place.column}{place.row}" for place in sorted(found - {first})]


def told_hidden(places: Sequence[CellPlace]) -> Iterator[Problem]:
    """Entries made where the row, the column or the sheet is hidden, the first of each sheet."""
    for _, each in groupby(places, lambda place: place.sheet):
        yield from first_ones([Problem(str(place), "workbook_entry_hidden") for place in each])
