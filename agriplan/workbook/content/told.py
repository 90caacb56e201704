"""What a scenario tells a book whose shape is known: every value that is no formula's.

Describing a book says all of it; most is the same in every scenario. This says the rest alone, by the same functions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agriplan.workbook.content.balances import told_of_balances
from agriplan.workbook.content.by_rule import told_by_rule
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.edits import told_of_edits
from agriplan.workbook.content.entries import cell_constant
from agriplan.workbook.content.evaluation import told_again, told_of_areas
from agriplan.workbook.content.first_page import told_of_notes, told_on_first_page
from agriplan.workbook.content.indicator_years import told_of_leagues, told_of_region
from agriplan.workbook.content.input_cells import entered
from agriplan.workbook.content.meeting import told_in_meeting
from agriplan.workbook.content.region_actuals import told_of_region_actuals
from agriplan.workbook.content.standing import told_of_passed, told_of_standing
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
                value = cell_constant(entered(context.entries, cell, context.word))
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
    """What else a plan tells: what it is called, actuals that no cell asks for, and what is as generated."""
    inputs = {path: cell for path, (_, _, cell) in input_cells.inputs.items()}
    found: dict[Entry, ToldValue] = {
        ("plan", None, name): cell_constant(value) for name, value in told_on_first_page(context).items()
    }
    found |= {("edits", None, name): cell_constant(value) for name, value in told_of_edits(context, inputs).items()}
    for commitment in context.data.commitments:
        lends = told_of_passed(context, commitment)
        found |= {(commitment.id, None, name): value for name, value in lends.items()}
    tables: list[tuple[str, str, Mapping[str, Sequence[object]]]] = [("plan", "notes", told_of_notes(context))]
    if context.is_region:
        tables += [("rules", table, columns) for table, columns in told_by_rule(context).items()]
        tables += [("published", name, columns) for name, columns in told_of_region_actuals(context).items()]
    for commitment in context.data.commitments:
        tables.append((commitment.id, "league_years", told_of_leagues(context, commitment)))
        tables.append((commitment.id, "region_years", told_of_region(context, commitment)))
        tables.append((commitment.id, "evaluated", told_of_standing(context, commitment)))
        tables += [(commitment.id, name, columns) for name, columns in told_of_balances(context, commitment).items()]
    tables.append(("meeting", "by_rule", told_in_meeting(context)))
    tables.append(("evaluation", "of_areas", told_of_areas(context)))
    tables += [("evaluation", name, columns) for name, columns in told_again(context).items()]
    tables.append(("years", "years", told_of_years(context)))
    for sheet, table, columns in tables:
        found |= {(sheet, table, name): list(map(cell_constant, values)) for name, values in columns.items()}
    return found


def _paths(tree: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of everything that a scenario holds, of parts before what is in them."""
    for name, each in tree.items():
        if each is None:
            continue
        yield (*path, name)
        if isinstance(each, Mapping):
            yield from _paths(each, (*path, name))
