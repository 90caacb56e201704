"""Legends as conditional formats: a word looks like its legend wherever it stands, a flagged row like the flag's.

An input that no longer holds what an empty cell stands for looks like the legend `{look.changed: …}`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from agriplan.workbook.description import FLAG, USUAL_PREFIX, usual_of
from agriplan.workbook.layout.references import PlacedColumn, placed_column
from agriplan.workbook.template.carried import Range
from agriplan.workbook.template.cell_formats import Key, with_legend
from agriplan.workbook.template.reading import Template

if TYPE_CHECKING:
    from agriplan.workbook.layout.placement import PlacedSheet, ShownColumn

# The legends of this workbook's own rows, and of inputs that hold an entry.
OWN_ROW, CHANGED = "row.own", "look.changed"


@dataclass(frozen=True)
class ConditionalFormat:
    """A conditional format: ranges, the legend, and the word, the flag's cell, or both that bring it about.

    `test` is a formula for the first cell of the first range, where neither word nor flag do.
    """

    ranges: tuple[Range, ...]
    legend: Key
    word: str | None = None
    flag: str | None = None
    test: str | None = None


def conditional_formats_of(placed: "PlacedSheet", template: Template) -> list[ConditionalFormat]:
    """The legends' formats on one sheet, words before rows, this workbook's own rows before other rows.

    A word without a ground of its own shows on a highlighted row with the row's ground: not every application lays two
    conditional formats over each other, so there is one for both together.
    """
    words = {
        code: legend for code, legend in template.legends.items() if legend and _group(code) not in ("row", "look")
    }
    # Where two rules give a ground, the first one counts.
    flags = sorted((code for code in template.legends if _group(code) == "row"), key=lambda code: code != OWN_ROW)
    rows = [each for code in flags if (legend := template.legends[code])
            for each in _row_formats(code.partition(".")[2], legend, placed)]  # fmt: skip
    found = []
    places = {group: tuple(_ranges_of(group, placed)) for group in dict.fromkeys(map(_group, words))}
    for code, legend in words.items():
        if ranges := places[_group(code)]:
            word = template.words[code]
            if "bg_color" not in dict(legend):
                found += [ConditionalFormat((place,), with_legend(row.legend, legend), word, row.flag)
                          for row in rows for place in ranges
                          if any(_within(place, part) for part in row.ranges)]  # fmt: skip
            found.append(ConditionalFormat(ranges, legend, word))
    return found + rows + list(_changed_inputs(placed, template.legends.get(CHANGED, ())))


def _changed_inputs(placed: "PlacedSheet", legend: Key) -> Iterator[ConditionalFormat]:
    """Inputs that hold an entry: anything at all, or anything but the usual value that stands beside.

    Columns in the same rows share a format where nothing stands beside them.
    """
    alike: dict[tuple[int, int], list[Range]] = {}
    for shown in placed.shown_columns if legend else ():
        if not _holds_inputs(shown, placed):
            continue
        last = shown.row + shown.rows - 1
        name = usual_of(shown.entry, placed.sheet.tables[shown.table].columns)
        usual = placed.columns.get((shown.owner, shown.table, name)) if name else None
        if usual:
            beside = f"${usual.letters}{usual.first + 1}"
            yield ConditionalFormat(
                ((shown.row, shown.col, last, shown.col),), legend, test=_changed(shown.row, shown.col, beside)
            )
        else:
            alike.setdefault((shown.row, last), []).append((shown.row, shown.col, last, shown.col))
    for (row, _), ranges in alike.items():
        ranges.sort()
        yield ConditionalFormat(tuple(ranges), legend, test=_changed(row, ranges[0][1]))
    for spot in placed.shown_scalars if legend else ():
        if placed.sheet.name == spot.owner and placed.sheet.scalars[spot.entry].input:
            home = placed.scalars.get((spot.owner, f"{USUAL_PREFIX}{spot.entry}"))
            here = ((spot.row, spot.col, spot.row, spot.col),)
            yield ConditionalFormat(here, legend, test=_changed(spot.row, spot.col, home.cell(0) if home else None))


def _changed(row: int, col: int, usual: str | None = None) -> str:
    """Whether a cell holds an entry.

    >>> _changed(6, 3), _changed(6, 3, "$Z7")
    ('NOT(ISBLANK(D7))', 'AND(NOT(ISBLANK(D7)),IF(ISBLANK($Z7),ISNUMBER(D7),D7<>$Z7))')
    """
    cell = xl_rowcol_to_cell(row, col)
    entered = f"NOT(ISBLANK({cell}))"
    return f"AND({entered},IF(ISBLANK({usual}),ISNUMBER({cell}),{cell}<>{usual}))" if usual else entered


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


def _ranges_of(group: str, placed: "PlacedSheet") -> list[Range]:
    columns = [
        (shown.row, shown.col, shown.row + shown.rows - 1, shown.col)
        for shown in placed.shown_columns
        if not shown.helper and says(shown.entry, group)
    ]
    scalars = [
        (shown.row, shown.col, shown.row, shown.col)
        for shown in placed.shown_scalars
        if shown.col <= placed.right and says(shown.entry, group)
    ]
    return columns + scalars


def _row_formats(flag: str, legend: Key, placed: "PlacedSheet") -> list[ConditionalFormat]:
    """The rows that carry a flag; a numbered flag marks the columns of its number (`named_1`, `target_1`)."""
    found = []
    for name, table in placed.sheet.tables.items():
        for column in table.columns:
            own, _, number = column.partition(f"{flag}_")
            ending = f"_{number}" if number and not own else ""
            is_flag = column.removeprefix(FLAG) == flag and not table.columns[column].inputs
            if (is_flag or ending) and (placed.sheet.name, name, column) in placed.columns:
                cell = _flag_cell(placed.columns[placed.sheet.name, name, column])
                found += [ConditionalFormat(parts, legend, flag=cell) for parts in _shown_rows(name, placed, ending)]
    return found


def _shown_rows(table: str, placed: "PlacedSheet", ending: str) -> list[tuple[Range, ...]]:
    """The printed rows of a table, once for each row of the template that repeats it; of the columns that end so.

    Columns of inputs are left out: an input has one look, whatever row it stands in.
    """
    count = len(placed.sheet.tables[table].keys)
    starts: dict[int, list[int]] = {}
    for shown in placed.shown_columns:
        if (
            shown.owner == placed.sheet.name
            and shown.table == table
            and not shown.helper
            and shown.entry.endswith(ending)
        ):
            starts.setdefault(shown.row, []).append(shown.col)
    entered = {(shown.row, shown.col) for shown in placed.shown_columns if _holds_inputs(shown, placed)}
    found = []
    for row, cols in starts.items():
        kept = sorted({col for col in cols if (row, col) not in entered})
        found.append(tuple((row, first, row + count - 1, last) for first, last in _runs(kept)))
    return [parts for parts in found if parts]


def _holds_inputs(shown: "ShownColumn", placed: "PlacedSheet") -> bool:
    """Whether this is the place where a column of inputs is filled in."""
    here = (shown.owner, shown.table, shown.entry)
    if shown.entry == "key" or shown.owner != placed.sheet.name:
        return False
    area = placed.columns[here]
    return bool(placed.sheet.tables[shown.table].columns[shown.entry].inputs) and area == placed_column(
        placed.title, shown.row, shown.col, shown.rows
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
