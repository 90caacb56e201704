"""Whether the formulas of a workbook say what the engine says: every column of a plan's tables, cell by cell.

A column of `columns.py` and the live column or scalar of the same name are one figure. Nothing here knows what a figure
means: a column that is declared and has a formula is compared.
"""

from collections.abc import Mapping
from typing import NamedTuple

from agriplan.analysis.likelihood import say_band
from agriplan.engine.plan import Plan
from agriplan.rounding import same_figure
from agriplan.workbook.description import Book, Entry
from agriplan.workbook.engine_figures import engine_says
from agriplan.workbook.evaluate.program import Outcomes

# The families of words by column: the engine gives codes, a workbook words.
_FAMILIES = ("feasibility", "grade", "path", "reason", "rule", "status", "range", "verdict", "warning", "band")
WORDS = {name: name for name in _FAMILIES} | {"source_grade": "grade", "probability": "band", "entered_band": "band"}


class Difference(NamedTuple):
    """One cell in which formula and engine differ."""

    entry: Entry
    row: int
    engine: object
    formula: object

    @property
    def place(self) -> str:
        """The cell as names put it: sheet, table and column, and the row from 1."""
        return f"{'.'.join(part for part in self.entry if part)}@{self.row + 1}"


class Agreement(NamedTuple):
    """How many cells were compared, and those that differ."""

    cells: int
    differences: list[Difference]


def compare_with_engine(plan: Plan, book: Book, found: Mapping[Entry, Outcomes]) -> Agreement:
    """Compare what formulas came to with the plan; `found` has the value of every formula of the book."""
    cells, differences = 0, []
    for entry, said in engine_says(plan, book):
        if entry in found:
            got = found[entry]
            values = got if isinstance(got, list) else [got]
            family = WORDS.get(entry[2].rstrip("_0123456789"))
            cells += len(values)
            for row, (value, formula) in enumerate(zip(said, values, strict=True)):
                if value != formula and not _same(_worded(value, family, book), formula):
                    differences.append(Difference(entry, row, value, formula))
    return Agreement(cells, differences)


def _worded(value: object, family: str | None, book: Book) -> object:
    if family == "band":  # no legend of a template rewords it
        return say_band(str(value), book.lang)
    return book.words.get(f"{family}.{value}", value) if family else value


def _same(value: object, formula: object) -> bool:
    """Numbers within the bound, texts to the letter; what the engine has no number for is an empty text."""
    if isinstance(value, (int, float)) and value == value:
        return isinstance(formula, (int, float)) and same_figure(value, formula)
    return formula == "" if value is None or value != value else value == formula
