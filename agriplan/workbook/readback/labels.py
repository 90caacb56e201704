"""Labels beside the inputs of a file: where one is another row's, nobody can tell whose figures stand there."""

from collections.abc import Iterator

from agriplan.errors import Problem
from agriplan.workbook.description import Book, Sheet, is_label
from agriplan.workbook.readback.figures import MOST_NAMED
from agriplan.workbook.readback.finding import Finder


def told_labels(made: Book, finder: Finder) -> Iterator[Problem]:
    """Rows whose label is that of another row; a label that was put in other words is nobody else's."""
    for sheet in made.sheets.values():
        found = [
            problem
            for name, table in sheet.tables.items()
            if any(column.inputs for column in table.columns.values())
            for problem in _mixed_up(sheet, name, finder)
        ]
        for number, problem in enumerate(found[:MOST_NAMED], 1):
            more = len(found) - MOST_NAMED if number == MOST_NAMED else 0
            yield Problem(problem.place, problem.code, problem.values, more=max(more, 0))


def _mixed_up(sheet: Sheet, name: str, finder: Finder) -> Iterator[Problem]:
    table = sheet.tables[name]
    for title, column in table.columns.items():
        labels = dict(zip(table.keys, column.values, strict=True)) if is_label(column) else {}
        known = {label for label in labels.values() if isinstance(label, str) and label}
        if len(known) < 2:  # nothing to take it for
            continue
        for found in finder.column(sheet, name, title) or ():
            shown = str(found.held.value).strip()
            if found.key in labels and shown in known and shown != labels[found.key]:
                values = {"word": shown, "made": labels[found.key]}
                yield Problem(str(found.place), "workbook_label_of_another", values)
