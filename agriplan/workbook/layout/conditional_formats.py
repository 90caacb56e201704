"""Legends as conditional formats: a word looks like its legend wherever it stands, a flagged row like the flag's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agriplan.workbook.description import FLAG
from agriplan.workbook.layout.references import PlacedColumn, placed_column
from agriplan.workbook.template.cell_formats import Key, with_accent
from agriplan.workbook.template.reading import Range, Template

if TYPE_CHECKING:
    from agriplan.workbook.layout.placement import Poured, ShownColumn


@dataclass(frozen=True)
class Accent:
    """A conditional format: ranges, the accent, and the word, the flag's cell, or both that bring it about."""

    ranges: tuple[Range, ...]
    accent: Key
    word: str | None = None
    flag: str | None = None


def accents_of(poured: "Poured", template: Template) -> list[Accent]:
    """The legends' accents on one sheet, words before rows.

    A word without a ground of its own shows on a highlighted row with the row's ground: not every application lays two
    conditional formats over each other, so there is one for both together.
    """
    words = {
        code: accent for code, accent in template.accents.items() if accent and _group(code) not in ("row", "look")
    }
    rows = [each for code, accent in template.accents.items() if accent and _group(code) == "row"
            for each in _row_accents(code.partition(".")[2], accent, poured)]  # fmt: skip
    found = []
    for code, accent in words.items():
        if ranges := tuple(_ranges_of(_group(code), poured)):
            word = template.words[code]
            if "bg_color" not in dict(accent):
                found += [Accent((place,), with_accent(row.accent, accent), word, row.flag)
                          for row in rows for place in ranges
                          if any(_within(place, part) for part in row.ranges)]  # fmt: skip
            found.append(Accent(ranges, accent, word))
    return found + rows


def _group(code: str) -> str:
    return code.partition(".")[0]


def _within(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def says(entry: str, group: str) -> bool:
    """Whether an entry holds words of a group, by its name.

    >>> says("grade", "grade"), says("line.status", "status"), says("herd_grade", "grade"), says("growth", "grade")
    (True, True, True, False)
    """
    last = entry.rsplit(".", 1)[-1]
    return last == group or last.endswith("_" + group)


def _ranges_of(group: str, poured: "Poured") -> list[Range]:
    columns = [
        (shown.row, shown.col, shown.row + shown.rows - 1, shown.col)
        for shown in poured.shown_columns
        if not shown.helper and says(shown.entry, group)
    ]
    scalars = [
        (shown.row, shown.col, shown.row, shown.col)
        for shown in poured.shown_scalars
        if shown.col <= poured.right and says(shown.entry, group)
    ]
    return columns + scalars


def _row_accents(flag: str, accent: Key, poured: "Poured") -> list[Accent]:
    """The rows that carry a flag; a numbered flag marks the columns of its number (`named_1`, `target_1`)."""
    found = []
    for name, table in poured.sheet.tables.items():
        for column in table.columns:
            own, _, number = column.partition(f"{flag}_")
            ending = f"_{number}" if number and not own else ""
            is_flag = column.removeprefix(FLAG) == flag and not table.columns[column].inputs
            if (is_flag or ending) and (poured.sheet.name, name, column) in poured.columns:
                cell = _flag_cell(poured.columns[poured.sheet.name, name, column])
                found += [Accent(parts, accent, flag=cell) for parts in _shown_rows(name, poured, ending)]
    return found


def _shown_rows(table: str, poured: "Poured", ending: str) -> list[tuple[Range, ...]]:
    """The printed rows of a table, once for each row of the template that repeats it; of the columns that end so.

    Columns of inputs are left out: an input has one look, whatever row it stands in.
    """
    count = len(poured.sheet.tables[table].keys)
    starts: dict[int, list[int]] = {}
    for shown in poured.shown_columns:
        if (
            shown.owner == poured.sheet.name
            and shown.table == table
            and not shown.helper
            and shown.entry.endswith(ending)
        ):
            starts.setdefault(shown.row, []).append(shown.col)
    entered = {(shown.row, shown.col) for shown in poured.shown_columns if _holds_inputs(shown, poured)}
    found = []
    for row, cols in starts.items():
        kept = sorted({col for col in cols if (row, col) not in entered})
        found.append(tuple((row, first, row + count - 1, last) for first, last in _runs(kept)))
    return [parts for parts in found if parts]


def _holds_inputs(shown: "ShownColumn", poured: "Poured") -> bool:
    """Whether this is the place where a column of inputs is filled in."""
    here = (shown.owner, shown.table, shown.entry)
    if shown.entry == "key" or shown.owner != poured.sheet.name:
        return False
    area = poured.columns[here]
    return bool(poured.sheet.tables[shown.table].columns[shown.entry].inputs) and area == placed_column(
        poured.title, shown.row, shown.col, shown.rows
    )


def _runs(cols: list[int]) -> list[tuple[int, int]]:
    """Columns that stand side by side, as first and last.

    >>> _runs([1, 2, 4])
    [(1, 2), (4, 4)]
    """
    starts = [col for col in cols if col - 1 not in cols]
    ends = [col for col in cols if col + 1 not in cols]
    return list(zip(starts, ends, strict=True))


def _flag_cell(area: PlacedColumn) -> str:
    """The flag's cell for the first row of a range; the rows below follow it."""
    return f"${area.letters}{area.first + 1}"
