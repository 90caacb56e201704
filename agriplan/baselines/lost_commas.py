"""Rows of a CSV file whose cells stand too far to the left: behind a comma that is lost, or is a full-width one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from agriplan.baselines.csv_table import CsvTable
from agriplan.baselines.usual_cells import WIDE_COMMA, CommonTraits, UsualCells, is_name_column
from agriplan.errors import MOST_STUDIED, Problem

# Of so few rows the one that is held against them is left out.
FEW_ROWS = 20
# Where no comma is seen, a row must be told by two cells at least, or by the one that holds two.
ENOUGH = 2


def with_commas(name: str, table: CsvTable, usual: UsualCells, problems: list[Problem]) -> CsvTable:
    """The table; where a comma is lost in a row that is told, and the row is as it was meant where that is known."""
    commas = _LostCommas(table, usual)
    rows, short = dict(table.rows), dict(table.short)
    for line in islice(filter(commas.may_lack, table.rows), MOST_STUDIED):
        if lost := commas.find(line):
            problems.append(Problem(f"{name}:{line}", "comma_lost", {"word": lost.cell}))
            if lost.meant is not None:
                rows[line] = lost.meant
                short.pop(line, None)
    return replace(table, rows=rows, short=short)


@dataclass(frozen=True)
class _LostComma:
    """A cell that holds what several columns would, and the row as it was meant (None: that cannot be known)."""

    cell: str
    meant: dict[str, str] | None = None


@dataclass(frozen=True)
class _LostCommas:
    """What is known of the rows of a file, to find the cell behind which others stand under the wrong heads."""

    table: CsvTable
    usual: UsualCells
    _compared: dict[int, CommonTraits] = field(default_factory=dict)

    def may_lack(self, line: int) -> bool:
        """Whether a row may lack a comma: a short one, or one with empty cells at its end and something wrong."""
        row, columns = self.table.rows[line], self.table.columns
        return line in self.table.short or (columns[-1] not in row and self._is_doubted(line))

    def find(self, line: int) -> _LostComma | None:
        """Where a comma is lost in such a row."""
        row, columns = self.table.rows[line], self.table.columns
        is_short = line in self.table.short
        others = self._others(line)
        cells = [row.get(column, "") for column in columns]
        while cells and not cells[-1]:
            cells.pop()
        amiss = others.amiss(row, columns)
        if amiss and len(cells) < len(columns) and (found := self._split(cells, others, amiss, is_short)):
            return found
        wide = [row[column] for column in columns if is_name_column(column) and WIDE_COMMA in row.get(column, "")]
        return _LostComma(wide[0]) if wide and is_short else None

    def _is_doubted(self, line: int) -> bool:
        """Whether a cell cannot be used or holds a full-width comma, or one is empty as in no other row."""
        row = self.table.rows[line]
        return (
            any(WIDE_COMMA in cell for cell in row.values())
            or bool(self.usual.wrong(row))
            or not self._others(line).filled <= row.keys()
        )

    def _others(self, line: int) -> CommonTraits:
        key = line if len(self._whole) < FEW_ROWS and line in self._whole else 0
        if key not in self._compared:
            self._compared[key] = CommonTraits(self.usual, [row for at, row in self._whole.items() if at != key])
        return self._compared[key]

    @cached_property
    def _whole(self) -> dict[int, dict[str, str]]:
        """The rows that are as long as the header."""
        return {line: row for line, row in self.table.rows.items() if line not in self.table.short}

    def _split(self, cells: list[str], others: CommonTraits, amiss: set[str], is_short: bool) -> _LostComma | None:
        """Where the cells fit best once one is parted, if they fit better and only there."""
        columns, needed = self.table.columns, others.filled | self.usual.required
        # By how many cells misfit, and whether a cell would be parted that has nothing wrong with it.
        found: dict[tuple[int, bool], list[_LostComma]] = {}
        for at, split in _at_wide_commas(cells):
            if len(cells) < len(split) <= len(columns):
                row = self._row(split)
                found.setdefault((self._misfits(row, others), False), []).append(_LostComma(cells[at], row))
        for at, cell in enumerate(cells):
            moves = at + 1 < len(cells) or is_short or columns[at + 1] in needed
            if moves and (parted := self._parted(cells, at, others)):
                misfits = self._misfits(parted, others)
                is_empty = columns[at + 1] in amiss & self.usual.required
                if columns[at] in amiss or is_empty or len(amiss) - misfits >= ENOUGH:
                    found.setdefault((misfits, columns[at] not in amiss), []).append(_LostComma(cell, parted))
        fewest = min(found, default=(len(amiss), True))
        best = found[fewest] if fewest[0] < len(amiss) else []
        return best[0] if len({lost.cell for lost in best}) == 1 else None

    def _misfits(self, row: Mapping[str, str], others: CommonTraits) -> int:
        """How many cells of a row are unlike the others; as many as there are columns where one cannot be used."""
        return len(self.table.columns) if self.usual.wrong(row) else len(others.unlike(row, self.table.columns))

    def _parted(self, cells: list[str], at: int, others: CommonTraits) -> dict[str, str] | None:
        """The row with that cell as two, parted where both fit best; None where they cannot be used."""
        columns, cell = self.table.columns, cells[at]
        around = self._row([*cells[:at], "", "", *cells[at + 1 :]])
        if self.usual.wrong(around) - {*columns[at : at + 2]}:
            return None
        ways = ({columns[at]: cell[:end].strip(), columns[at + 1]: cell[end:].strip()} for end in range(1, len(cell)))
        usable = [
            two for two in ways if all(word and self.usual.may_stand(column, word) for column, word in two.items())
        ]
        # Of ways that fit as well, the one with the longest first word.
        best = min(reversed(usable), key=lambda two: len(others.unlike(two, two)), default=None)
        return None if best is None else around | best

    def _row(self, cells: Sequence[str]) -> dict[str, str]:
        return {column: cell.strip() for column, cell in zip(self.table.columns, cells, strict=False) if cell.strip()}


def _at_wide_commas(cells: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The cells parted at full-width commas: at all there are, at all of one cell, at each; with the first one parted.

    >>> [split for _, split in _at_wide_commas(["甲", "乙，丙，丁"])]
    [['甲', '乙', '丙', '丁'], ['甲', '乙', '丙，丁'], ['甲', '乙，丙', '丁']]
    """
    wide = [at for at, cell in enumerate(cells) if WIDE_COMMA in cell]
    if len(wide) > 1:
        yield wide[0], [part for cell in cells for part in cell.split(WIDE_COMMA)]
    for at in wide:
        parts = cells[at].split(WIDE_COMMA)
        twos = [[WIDE_COMMA.join(parts[:end]), WIDE_COMMA.join(parts[end:])] for end in range(1, len(parts))]
        for split in [parts, *twos] if len(parts) > 2 else twos:
            yield at, [*cells[:at], *split, *cells[at + 1 :]]
