"""What a scenario tells a book whose shape is known: every value that is no formula's.

Describing a book says all of it; most is the same in every scenario. This says the rest alone, by the same functions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agriplan.workbook.content.by_rule import told_by_rule
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.edits import told_of_edits
from agriplan.workbook.content.entries import cell_constant
from agriplan.workbook.content.evaluation import told_of_evaluation
from agriplan.workbook.content.first_page import told_on_first_page
from agriplan.workbook.content.indicator import told_of_indicator
from agriplan.workbook.content.input_cells import entered_at
from agriplan.workbook.content.pages import told_in_meeting
from agriplan.workbook.content.region_actuals import told_of_region_actuals
from agriplan.workbook.content.yearly import told_of_years
from agriplan.workbook.description import MADE, Book, Cell, Column, Entry, Input, Value
from agriplan.workbook.varying import varying

# A scalar's value or a column's.
ToldValue = Value | list[Value]


@dataclass(frozen=True)
class InputCells:
    """Where a book takes entries: for each path the column and row (None: a scalar) and what the cell takes.

    `blank` is what stands in each without an entry; `copies` are the columns that repeat a column of inputs.
    """

    inputs: Mapping[tuple[str, ...], tuple[Entry, int | None, Input]]
    blank: Mapping[Entry, ToldValue]
    copies: Mapping[Entry, Entry]

    def values(self, context: BookContext) -> dict[Entry, ToldValue]:
        """What stands in the inputs, and beside them as what the workbook was made with."""
        found = dict(self.blank)
        for path in _paths(context.entries):
            if spot := self.inputs.get(path):
                entry, row, cell = spot
                value = cell_constant(entered_at(context.entries, cell, context.word))
                if row is None:
                    found[entry] = value
                elif found[entry] is self.blank[entry]:
                    found[entry] = [*self.blank[entry]]  # type: ignore[misc]
                if row is not None:
                    found[entry][row] = value  # type: ignore[index]
        return found | {copy: found[entry] for copy, entry in self.copies.items()}


def input_cells_of(book: Book) -> InputCells:
    """Where a book takes entries; raises `ValueError` where it holds something that no scenario would be asked for."""
    inputs: dict[tuple[str, ...], tuple[Entry, int | None, Input]] = {}
    blank: dict[Entry, ToldValue] = {}
    copies: dict[Entry, Entry] = {}
    for entry, each in varying(book):
        sheet, table, name = entry
        if isinstance(each, Cell) and each.input:
            inputs[each.input.path] = entry, None, each.input
            blank[entry] = cell_constant(each.input.default)
        elif isinstance(each, Column) and each.inputs:
            keys = book.sheets[sheet].tables[str(table)].keys
            inputs |= {
                each.inputs[key].path: (entry, row, each.inputs[key])
                for row, key in enumerate(keys)
                if key in each.inputs
            }
            blank[entry] = [cell_constant(each.inputs[key].default) if key in each.inputs else None for key in keys]
        elif name.startswith(MADE):
            copies[entry] = sheet, table, name.removeprefix(MADE)
    return InputCells(inputs, blank, copies)


def told(context: BookContext, input_cells: InputCells) -> dict[Entry, ToldValue]:
    """What else a plan tells of each sheet: what it is called, actuals that no cell asks for, what is as generated."""
    inputs = {path: cell for path, (_, _, cell) in input_cells.inputs.items()}
    sheets: dict[str, Mapping[str | None, Mapping[str, Any]]] = {
        "plan": told_on_first_page(context),
        **{one.id: told_of_indicator(context, one) for one in context.data.commitments},
        "years": {"years": told_of_years(context)},
        "evaluation": told_of_evaluation(context),
        "meeting": told_in_meeting(context),
        "edits": {None: told_of_edits(context, inputs)},
    }
    if context.is_region:
        sheets |= {"rules": told_by_rule(context), "published": told_of_region_actuals(context)}
    return {
        (sheet, table, name): cell_constant(each) if table is None else list(map(cell_constant, each))
        for sheet, tables in sheets.items()
        for table, columns in tables.items()
        for name, each in columns.items()
    }


def _paths(tree: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of everything that a scenario holds, of parts before what is in them."""
    for name, each in tree.items():
        if each is None:
            continue
        yield (*path, name)
        if isinstance(each, Mapping):
            yield from _paths(each, (*path, name))
