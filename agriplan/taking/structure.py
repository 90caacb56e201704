"""Which cells of a grid are titles, heads, stubs, sections and figures; what words mean is asked of `read` alone."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce

from agriplan.taking.cells import NO_CELL, TableCell
from agriplan.taking.grid import Grid, TableRow
from agriplan.taking.name_columns import NameColumns
from agriplan.taking.rows import (
    NAMES,
    ReadLabel,
    first_of_figures,
    first_with_figures,
    is_left_empty,
    is_note,
    numbers_columns,
    row_name,
    spanning,
    words_alone,
)
from agriplan.taking.sections import Section, heading_of, unit_columns, unit_in
from agriplan.taking.stubs import Stubs
from agriplan.taking.units import read_units
from agriplan.taking.words import plain

_UNIT_LINE = re.compile(r"^(?:计量)?单位[::]|^units?:")
_ONLY_UNIT = re.compile(r"^\([^()]{1,20}\)$")


@dataclass(frozen=True)
class Structure:
    """A grid with its parts told apart."""

    grid: Grid
    read: ReadLabel

    @cached_property
    def _cleared(self) -> tuple[tuple[TableRow, ...], tuple[str, ...]]:
        """The rows without lines about units, and those lines."""
        lines: list[str] = []
        rows = []
        has_heads = False
        for row in self.grid.rows:
            kept = list(row)
            for number, cell in enumerate(row):
                word = plain(cell.text)
                if _UNIT_LINE.match(word) or (
                    _ONLY_UNIT.match(word)
                    and number == len(row) - 1
                    and self._lone(row, number)
                    and (read_units(word) or not has_heads)
                ):
                    lines.append(cell.text)
                    kept[number] = NO_CELL
            rows.append(tuple(kept))
            has_heads |= sum(not cell.is_blank for cell in kept) > 1
        return tuple(rows), tuple(lines)

    @staticmethod
    def _lone(row: TableRow, number: int) -> bool:
        """Whether nothing but prose stands in the row beside that cell."""
        return all(cell.number is None for cell in row) and sum(bool(cell.text) for cell in row[:number]) <= 1

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows, without lines about units."""
        return self._cleared[0]

    @cached_property
    def _unit_columns(self) -> frozenset[int]:
        return unit_columns(self.rows)

    @cached_property
    def first_body_row(self) -> int:
        """The first row with a figure; all there are where there is none."""
        first = first_with_figures(self.rows, self.read)
        return len(self.rows) if first is None else self._with_section(first_of_figures(self.rows, first, self.read))

    def _with_section(self, number: int) -> int:
        """The first row of the body, with the heading of its first section where one stands right above it."""
        rows = self.rows
        units = self._unit_columns
        while number > 1 and heading_of(rows[number - 1], units) and is_left_empty(rows, number - 1, self.read):
            number -= 1
        is_heading = number > 1 and bool(heading_of(rows[number - 1], units)) and rows[number - 1][0].is_word
        heads = any(sum(bool(cell.text) for cell in row) > 1 for row in rows[: number - 1])
        return number - 1 if is_heading and heads else number

    @cached_property
    def first_head_row(self) -> int:
        """The first row in which at least two cells say something: above it are titles."""
        for number, row in enumerate(self.rows[: self.first_body_row]):
            if sum(not cell.is_blank for cell in row) > 1:
                return number
        return self.first_body_row

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What stands above the heads and in their corner, the lines about units included."""
        above = [cell.text for row in self.rows[: self.first_head_row] for cell in row if not cell.is_blank]
        labels = [column for column, is_text in enumerate(self.is_text_column) if is_text]
        corner = [text for column in labels for text in self.heads[column]]
        return (*self._cleared[1], *above, *corner)

    @property
    def name(self) -> str:
        """What the file or sheet is called, as words."""
        return re.sub(r"\.\w{2,4}$", "", self.grid.name).replace("_", " ")

    @cached_property
    def heads(self) -> list[tuple[str, ...]]:
        """The texts of each column's heads, nearest first; a head of several columns counts for each of them."""
        rows = [row for row in self.rows[self.first_head_row : self.first_body_row] if not numbers_columns(row)]
        width = len(self.rows[0]) if self.rows else 0
        paths: list[list[str]] = [[] for _ in range(width)]
        for depth, row in enumerate(rows):
            for column in range(width):
                text = row[column].text or spanning(rows, depth, column)
                if text:
                    paths[column].append(text)
        return [tuple(reversed(path)) for path in paths]

    @cached_property
    def body(self) -> range:
        """The rows below the heads."""
        return range(self.first_body_row, len(self.rows))

    @cached_property
    def names(self) -> NameColumns:
        """The columns of names."""
        return NameColumns(self.rows[self.first_body_row :], self.heads, self.read)

    @property
    def is_text_column(self) -> list[bool]:
        """Which columns hold labels and not figures."""
        return self.names.is_text

    @cached_property
    def _row_length(self) -> int:
        lengths = Counter(self.grid.lengths[row] for row in self.body if any(cell.is_figure for cell in self.rows[row]))
        return lengths.most_common(1)[0][0] if lengths else 0

    def is_ragged(self, row: int) -> bool:
        """Whether a row of loose text has other parts than the others: nobody knows what stands where."""
        return self.grid.loose and {self.grid.lengths[row], *self._head_lengths} != {self._row_length}

    @cached_property
    def _head_lengths(self) -> list[int]:
        """How many parts the heads have, lines about units left out."""
        rows = range(self.first_head_row, self.first_body_row)
        return [self.grid.lengths[row] for row in rows if sum(bool(cell.text) for cell in self.rows[row]) > 1]

    def figures(self) -> Iterator[tuple[int, int, TableCell, Stubs]]:
        """Every figure of the body with what stands beside and above it."""
        section, words, kept = Section(), "", list[str]([""] * len(self.is_text_column))
        last_year: int | None = None
        for number in self.body:
            row = self.rows[number]
            filled = [cell for cell in row if cell.text]
            if not filled or self._is_note(row, filled[0]):
                continue
            if heading := heading_of(row, self._unit_columns):
                if not is_left_empty(self.rows, number, self.read) and not section.holds(heading, self.read):
                    section, kept = Section(heading), [""] * len(kept)
                continue
            section, kept = self._section_after(row, section), self._fill_down(row, kept)
            last_year = max(filter(None, (last_year, self._year_of(row))), default=None)
            for column in self._figures_in(row):
                stubs = self._stubs(row, column, kept, section, last_year)
                yield number, column, row[column], replace(stubs, below_words=words)
            words = words or words_alone(row, self.is_text_column, self.read)

    def _figures_in(self, row: TableRow) -> Iterator[int]:
        return (at for at, cell in enumerate(row) if not cell.is_blank and not self.is_text_column[at])

    def _section_after(self, row: TableRow, section: Section) -> Section:
        unit = unit_in(row, self._unit_columns)
        return reduce(lambda so_far, texts: so_far.after(texts, unit, self.read), self.names.labels_of(row), section)

    def _is_note(self, row: TableRow, first: TableCell) -> bool:
        is_text = not any(cell.is_figure for cell in row) and row_name(row, self.read)[1] not in NAMES
        return is_text and is_note(first.text)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What stands in footnotes: below the last of the figures, and in rows between them that begin as notes do."""
        last = max((row for row in self.body if any(cell.is_figure for cell in self.rows[row])), default=0)
        found = []
        for number in self.body:
            filled = [cell for cell in self.rows[number] if cell.text]
            if filled and (self._is_note(self.rows[number], filled[0]) or (number > last and len(filled) == 1)):
                found.append(" ".join(cell.text for cell in filled))
        return tuple(found)

    def _stubs(self, row: TableRow, column: int, kept: list[str], section: Section, last_year: int | None) -> Stubs:
        names = self.names
        labels = tuple(text for at in names.names_of[column] if at not in names.units and (text := kept[at]))
        units = [row[at].text for at in names.units_of(column) if row[at].is_word]
        beside = next(names.words_beside(row, column), "")
        said = Stubs(labels, self.heads[column], section.heading, units[0] if units else "", last_year)
        said = replace(said, ended=section.ended)
        return replace(said, beside_words=beside, of_another=names.may_be_of_another)

    def _fill_down(self, row: TableRow, kept: list[str]) -> list[str]:
        """The labels of a row; an empty one left of others is a merged cell and goes on from above."""
        filled = list(kept)
        for column, is_text in enumerate(self.is_text_column):
            if is_text:
                text = row[column].text if not row[column].is_blank else ""
                filled[column] = text or (kept[column] if self.names.goes_on(row, column) else "")
        return filled

    def _year_of(self, row: TableRow) -> int | None:
        first = next(
            (cell for cell, is_text in zip(row, self.is_text_column, strict=True) if is_text and cell.text), NO_CELL
        )
        found = re.fullmatch(r"((?:19|20)\d\d)年?", plain(first.text))
        return int(found[1]) if found else None
