"""With how many decimals a cell shows a figure: as many as its indicator is printed with everywhere else.

A template's formats for figures have two. Where an indicator is printed with more or fewer, its cells have as many.
Every other format stays the template's, and that of figures of something else (a criterion, a yield) too.
"""

import re
from collections.abc import Iterable, Iterator

from agriplan.engine.columns import LEAGUES, LINES
from agriplan.workbook.description import Book
from agriplan.workbook.layout.placement import ShownColumn
from agriplan.workbook.template.cell_formats import Key

_TWO = "#,##0.00"
_USUAL = 2
_FIGURE = re.compile(rf'{re.escape(_TWO)}(?:;-{re.escape(_TWO)})?(?:;"[^"]*")?')
# Tables on an indicator's sheet that hold figures of other things.
_OF_OTHER_THINGS = frozenset({"criteria", "balances", "fodder"})
# On the sheet of inputs, what a row's quantity is: a value is made of it.
_OF_THE_QUANTITY = frozenset({"observed", "own", "quantity"})
# What is counted in animals where the indicator is a rate.
_COUNTED = frozenset(f"printed_{one.name}" for one in (*LINES, *LEAGUES) if one.unit == "counted") | {"ceiling_total"}
_NUMBERED = re.compile(r"_(\d+)$")


def with_decimals(look: Key, decimals: int | None, *, is_input: bool = False) -> Key:
    """The look of a figure that is printed with that many decimals; an input never hides what the template shows.

    >>> with_decimals((("num_format", "#,##0.00"),), 1), with_decimals((("num_format", "#,##0.00"),), 1, is_input=True)
    ((('num_format', '#,##0.0'),), (('num_format', '#,##0.00'),))
    >>> with_decimals((("num_format", '#,##0.00;-#,##0.00;"–"'),), 0), with_decimals((("num_format", "0.00"),), 1)
    ((('num_format', '#,##0;-#,##0;"–"'),), (('num_format', '0.00'),))
    """
    if decimals is None or decimals == _USUAL or (is_input and decimals < _USUAL):
        return look
    wanted = f"#,##0.{'0' * decimals}".rstrip(".")
    return tuple(
        (name, value.replace(_TWO, wanted) if name == "num_format" and _FIGURE.fullmatch(value) else value)
        for name, value in look
    )


def decimals_of_entry(book: Book, owner: str, table: str | None, entry: str, key: str = "") -> int | None:
    """The decimals of a scalar, or of a row of a column; None where the template's format stays.

    `book.decimals` has them by commitment, by what a commitment counts (`milk.counted`) and is made of
    (`milk.quantity`), and by observed indicator.
    """
    about = key.partition(".")[0]
    if about in book.decimals:
        kind = "quantity" if owner == "inputs" and entry in _OF_THE_QUANTITY else ""
        return book.decimals.get(f"{about}.{kind}", book.decimals[about])
    if owner in book.decimals:
        kind = "counted" if entry in _COUNTED else ""
        return None if table in _OF_OTHER_THINGS else book.decimals.get(f"{owner}.{kind}", book.decimals[owner])
    if number := _NUMBERED.search(entry):
        commitments = [name for name in book.decimals if f"{name}.counted" in book.decimals]
        return dict(enumerate((book.decimals[name] for name in commitments), 1)).get(int(number[1]))
    return None


def decimals_of_rows(book: Book, shown: ShownColumn) -> list[int | None]:
    """The decimals of every row of a column."""
    table = book.sheets[shown.owner].tables[shown.table]
    return list(table.decimals) or [
        decimals_of_entry(book, shown.owner, shown.table, shown.entry, key) for key in table.keys
    ]


def looks_of_rows(book: Book, shown: ShownColumn, looks: Iterable[Key]) -> Iterator[Key]:
    """The looks of a column's cells, each with the decimals of its row."""
    table = book.sheets[shown.owner].tables[shown.table]
    inputs = table.columns[shown.entry].inputs if shown.entry in table.columns else {}
    for look, decimals, key in zip(looks, decimals_of_rows(book, shown), table.keys, strict=True):
        yield with_decimals(look, decimals, is_input=key in inputs)
