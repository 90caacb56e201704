"""What a row of a table is: one of figures, of heads, one that numbers columns; told by the name it begins with."""

import re
from collections.abc import Callable, Collection, Sequence

from agriplan.taking.cells import TableCell
from agriplan.taking.grid import TableRow
from agriplan.taking.label import Label
from agriplan.taking.words import plain

ReadLabel = Callable[[str], Label]
# What a row of figures may begin with; the column in which it stands makes it comparable with other rows' names.
NAMES = frozenset(("area", "thing", "year"))
RowName = tuple[int, str]
_NOTE = re.compile(r"^(?:注|说明|资料来源|数据来源|来源|note|source|[①②③④⑤*]|[a-e]\))")
# In statistical forms a row numbers the columns: 甲, 乙, 1, 2, 3.
_STEMS = frozenset("甲乙丙丁戊") | {"a", "b", "c", ""}


def is_note(text: str) -> bool:
    """Whether a text is a footnote or names a source: 注：, 说明, ①."""
    return _NOTE.match(plain(text)) is not None


def row_name(row: TableRow, read: ReadLabel) -> RowName:
    """The column of a row's first name, else of its first label, and its kind; its end and nothing without one."""
    kinds = [(at, read(cell.text).kind) for at, cell in enumerate(row) if cell.is_word or cell.is_year]
    return next((one for one in kinds if one[1] in NAMES), kinds[0] if kinds else (len(row), ""))


def is_no_label(cell: TableCell, read: ReadLabel) -> bool:
    """Whether something stands there that heads nothing: no area, indicator, year, unit or other word of tables."""
    return not cell.is_blank and not cell.is_year and read(cell.text).kind == ""


def goes_on(row: TableRow, names: Collection[RowName], columns: Collection[int], read: ReadLabel) -> bool:
    """Whether a row without a number is one of figures that cannot be read, and not the heads of another table.

    It begins with a name as the rows above it do, and what stands in their columns of figures is no label, or like 2000
    as well a figure as a year.
    """
    begins = any(kind in NAMES and read(row[column].text).kind == kind for column, kind in names)
    return begins and any(row[column].is_year or is_no_label(row[column], read) for column in columns)


def is_left_empty(rows: Sequence[TableRow], number: int, read: ReadLabel) -> bool:
    """Whether a row that says one word is one without its figure, and no heading of a section: the next names alike.

    >>> from agriplan.taking.grid import parse_table
    >>> rows = parse_table("a", "通辽市\\t\\n赤峰市\\t45\\n奶类\\t3").rows
    >>> read = lambda word: Label(word, area="150500") if word.endswith("市") else Label(word, core=word)
    >>> is_left_empty(rows, 0, read), is_left_empty(rows[::2], 0, read)
    (True, False)
    """
    name = row_name(rows[number], read)
    following = next((row for row in rows[number + 1 :] if sum(bool(cell.text) for cell in row) > 1), None)
    return name[1] in ("area", "year") and following is not None and row_name(following, read) == name


def words_alone(row: TableRow, is_text_column: Sequence[bool], read: ReadLabel) -> str:
    """The first word in a row's columns of figures where nothing in them is meant for a figure; else nothing.

    Behind a name digits that head nothing are a figure that cannot be read: 70-75, 965‰.
    """
    cells = [cell for cell, is_text in zip(row, is_text_column, strict=True) if not is_text and not cell.is_blank]
    is_named = row_name(row, read)[1] in NAMES
    return (
        ""
        if any(
            not cell.is_word
            or cell.in_brackets is not None
            or (is_named and any(map(str.isdecimal, cell.text)) and is_no_label(cell, read))
            for cell in cells
        )
        else next((cell.text for cell in cells), "")
    )


def first_with_figures(rows: Sequence[TableRow], read: ReadLabel) -> int | None:
    """The first row in which figures stand; formulas without a value beside no name may as well be heads."""
    holding = [number for number, row in enumerate(rows) if _holds_figures(row)]
    sure = (number for number in holding if _holds_values(rows[number]) or not _heads_others(rows[number], read))
    return next(sure, holding[0] if holding else None)


def _heads_others(row: TableRow, read: ReadLabel) -> bool:
    kinds = [read(cell.text).kind for cell in row if cell.is_word]
    return "word" in kinds or NAMES.isdisjoint(kinds)


def _holds_values(row: TableRow) -> bool:
    return any(cell.is_figure and not cell.is_unvalued for cell in row)


def _holds_figures(row: TableRow) -> bool:
    """Whether figures stand in a row, beside a name or a year."""
    return (
        any(cell.is_figure for cell in row)
        and not numbers_columns(row)
        and any(cell.is_word or cell.is_year or cell.is_unvalued for cell in row)
    )


def first_of_figures(rows: tuple[TableRow, ...], number: int, read: ReadLabel) -> int:
    """The first of the rows right above that one which begin as it does and hold no figure that can be read."""
    name = row_name(rows[number], read)
    while name[1] in NAMES and number > 1 and _has_heads(rows[: number - 1]):
        above = rows[number - 1]
        beside = above[name[0] + 1 :]
        if read(above[name[0]].text).kind != name[1] or sum(bool(cell.text) for cell in above) < 2:
            break
        if not all(cell.is_blank for cell in beside) and not any(is_no_label(cell, read) for cell in beside):
            break
        number -= 1
    return number


def _has_heads(rows: tuple[TableRow, ...]) -> bool:
    return any(sum(not cell.is_blank for cell in row) > 1 for row in rows)


def numbers_columns(row: TableRow) -> bool:
    """Whether a row numbers the columns and says nothing else.

    >>> from agriplan.taking.grid import parse_table
    >>> [numbers_columns(row) for row in parse_table("a", "甲\\t1\\t2\\n乙\\t1\\t3\\n甲\\t(1)\\t(2)").rows]
    [True, False, True]
    """
    found = [cell.in_brackets if cell.number is None else cell.number for cell in row]
    numbers = [number for number in found if number is not None]
    stems = [plain(cell.text) for cell, number in zip(row, found, strict=True) if number is None]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) and set(stems) <= _STEMS


def spanning(rows: Sequence[TableRow], depth: int, column: int) -> str:
    """The text of a head that spans this empty place from the left: a merged cell's, where it was in a workbook.

    It must stand above others of the column, and no head above may begin between it and the place.
    """
    if not any(row[column].text for row in rows[depth + 1 :]):
        return ""
    for at in range(column - 1, -1, -1):
        if any(row[at + 1].text for row in rows[:depth]):
            return ""
        if rows[depth][at].text:
            return rows[depth][at].text
    return ""
