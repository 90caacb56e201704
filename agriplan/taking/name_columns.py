"""Which columns of a table hold names, and which of them name a figure, on whatever side of it they stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from agriplan.taking.cells import TableCell
from agriplan.taking.grid import TableRow
from agriplan.taking.label import speaks_of_scope
from agriplan.taking.refusals import is_banner
from agriplan.taking.rows import NAMES, ReadLabel
from agriplan.taking.sections import UNIT_HEADS
from agriplan.taking.vocabulary import listed_words
from agriplan.taking.words import is_chinese, plain

_YEAR_HEADS = frozenset({"年份", "年度", "年", "year", "时间", "日期", "date"})
# What may head years where no figure stands left of them.
_LEFT_HEADS = frozenset({"指标", "地区", "项目", ""})
# What counts for figures on both sides of it; what else stands in a row may be a remark.
_COUNTED = NAMES | {"unit", "part"}


@dataclass(frozen=True, eq=False)
class NameColumns:
    """The columns of names of a table: its rows below the heads, each column's heads, and what a label means."""

    rows: Sequence[TableRow]
    heads: Sequence[Sequence[str]]
    read: ReadLabel

    @cached_property
    def is_text(self) -> list[bool]:
        """Which columns hold labels and not figures."""
        return [self._holds_labels(column) for column in range(len(self.heads))]

    @cached_property
    def units(self) -> list[int]:
        """The columns that hold units and are headed so."""
        return [at for at, is_text in enumerate(self.is_text) if is_text and self._head(at) in UNIT_HEADS]

    @cached_property
    def names_of(self) -> list[list[int]]:
        """For each column those that name its figures, nearest first: those next to the left, then all others.

        Of tables side by side only the former, or where names stand right of figures, those next to the right.
        """
        return [self._names_for(column) for column in range(len(self.heads))]

    def _names_for(self, column: int) -> list[int]:
        left = self._left_of(column)
        right = next((run for run in self._runs if run[0] > column), [])
        if self._are_tables_apart:
            near = right if not self.is_text[0] and self.is_text[-1] else left[::-1]
            return [at for at in near if not self.is_remark(at)]
        far = [at for run in self._runs if run is not left for at in run if self.kinds[at] in _COUNTED]
        far = sorted(far, key=lambda at: abs(at - column)) if left or self.heads[column] else []
        return [at for at in (*left[::-1], *far) if not self.is_remark(at)]

    def units_of(self, column: int) -> list[int]:
        """The columns of units for a column of figures: those among its names, else all there are."""
        units = [at for at in self.names_of[column] if at in self.units] or self.units
        return sorted(units, key=lambda at: abs(at - column))

    def goes_on(self, row: TableRow, column: int) -> bool:
        """Whether a row has names right of a column: where that is empty in it, what stands above holds for it too."""
        run = next(run for run in self._runs if column in run)
        others = [] if self._are_tables_apart else [at for at, kind in enumerate(self.kinds) if kind in _COUNTED]
        behind = [at for at in {*run, *others} if at > column and not self.is_remark(at)]
        return any(not row[at].is_blank for at in behind)

    @cached_property
    def may_be_of_another(self) -> bool:
        """Whether several columns of names have figures right behind them, as two tables side by side have."""
        return len(self._leading) > 1 and not self._are_tables_apart

    def labels_of(self, row: TableRow) -> Iterator[list[str]]:
        """What stands in a row itself as the names of its figures, once for all those that are named alike."""
        figures = (at for at, is_text in enumerate(self.is_text) if not is_text)
        for columns in dict.fromkeys(tuple(self.names_of[at]) for at in figures):
            yield [row[at].text for at in columns if at not in self.units and (row[at].is_word or row[at].is_year)]

    def words_beside(self, row: TableRow, column: int) -> Iterator[str]:
        """What else a row says that may matter for a figure: remarks that do, and words that nobody understands."""
        named = self.names_of[column]
        for at in self._left_of(column) if self._are_tables_apart else range(len(row)):
            cell = row[at]
            if at in named or not self.is_text[at] or not cell.is_word:
                continue
            label = self.read(cell.text)
            is_lost = not label.kind and is_chinese(cell.text) and not self.is_remark(at)
            is_scope = self.is_remark(at) and speaks_of_scope(cell.text)
            if label.other or label.part or label.expected or label.includes or is_lost or is_scope:
                yield cell.text

    def is_remark(self, column: int) -> bool:
        """Whether a column is headed as one of remarks or sources, and names nothing."""
        return self._head(column) in listed_words("remark") and self.kinds[column] not in NAMES

    @cached_property
    def kinds(self) -> list[str]:
        """What most of the names of each column are; nothing of a column of figures."""
        return [self._kind(column) if is_text else "" for column, is_text in enumerate(self.is_text)]

    @cached_property
    def _runs(self) -> list[list[int]]:
        """The columns of names, those together that stand side by side."""
        runs: list[list[int]] = []
        for column, is_text in enumerate(self.is_text):
            if is_text and column and self.is_text[column - 1]:
                runs[-1].append(column)
            elif is_text:
                runs.append([column])
        return runs

    def _left_of(self, column: int) -> list[int]:
        """The columns of names next to the left of a column."""
        return next((run for run in reversed(self._runs) if run[-1] < column), [])

    def _named(self, run: Sequence[int]) -> list[str]:
        return [self.kinds[at] for at in run if self.kinds[at] in NAMES]

    @cached_property
    def _are_tables_apart(self) -> bool:
        """Whether tables stand side by side: what names or heads one part of a row does so once more in another."""
        runs = [run for run in self._runs if not all(map(self.is_remark, run))]
        kinds = Counter(kind for run in runs for kind in set(self._named(run)))
        heads = Counter(head for run in runs for head in {self._head(at) for at in run} - {""})
        figures = Counter(tuple(self.heads[at]) for at, is_text in enumerate(self.is_text) if not is_text)
        del figures[()]
        is_headed_again = max((*heads.values(), *figures.values()), default=0) > 1
        if len(self._leading) > 1:
            return is_headed_again or max(kinds.values(), default=0) > 1
        return is_headed_again and len(runs) > 1 and not self.is_text[0]

    @cached_property
    def _leading(self) -> list[list[int]]:
        """The columns of names that have figures right behind them."""
        return [run for run in self._runs if run[-1] + 1 < len(self.is_text) and self._named(run)]

    def _head(self, column: int) -> str:
        return plain(self.heads[column][0]) if self.heads[column] else ""

    def _kind(self, column: int) -> str:
        """What most cells are; below a word for names (地区) what most of those are that are understood."""
        kinds = Counter(self._kind_of_cell(row[column]) for row in self.rows if not row[column].is_blank)
        if self._head(column) in listed_words("empty") and kinds.keys() - {"", "word"}:
            del kinds[""], kinds["word"]
        return kinds.most_common(1)[0][0] if kinds else ""

    def _kind_of_cell(self, cell: TableCell) -> str:
        if cell.number is not None:
            return "year" if cell.is_year else ""
        label = self.read(cell.text)
        return "part" if label.part else "area" if is_banner(label) else label.kind

    @cached_property
    def _are_names(self) -> list[bool]:
        """Of which columns most is the name of an area, a thing or a year."""
        return [
            sum(not row[at].is_blank for row in self.rows) > 2 * sum(row[at].is_figure for row in self.rows)
            and self._kind(at) in NAMES
            for at in range(len(self.heads))
        ]

    def _others_are_names(self, column: int) -> bool:
        return any(are for at, are in enumerate(self._are_names) if at != column)

    def _holds_labels(self, column: int) -> bool:
        """Whether a column holds more words than values: what may be either (a year, 未报) is what its head says."""
        cells = [row[column] for row in self.rows if not row[column].is_blank]
        years = sum(cell.is_year for cell in cells)
        unvalued = sum(cell.is_unvalued for cell in cells)
        values = sum(cell.is_figure for cell in cells) - unvalued
        words = len(cells) - years - values - unvalued
        head = self._head(column)
        if values == 0 and years:
            left = [row[at] for row in self.rows for at in range(column)]
            is_left = head in _LEFT_HEADS and not any(cell.is_value for cell in left)
            return words > 0 or head in _YEAR_HEADS or is_left
        if unvalued and (self._is_headed_as_figures(column, some=True) or not (head or self._is_leftmost(column))):
            values += unvalued
        else:
            words += unvalued
        if head in _YEAR_HEADS or (column == 0 and not self._others_are_names(column)):
            words += years
        return words > values and not self._is_headed_as_figures(column, values > 0)

    def _is_headed_as_figures(self, column: int, some: bool) -> bool:
        """Whether the heads say that figures stand below, though most of what stands there is none (未报).

        Without `some` figures in it a sort alone (产量) may as well head a column of names.
        """
        labels = [self.read(text) for text in self.heads[column]]
        if not labels or labels[0].kind not in _COUNTED or self._is_leftmost(column):
            return False
        return some or any(
            one.area or one.year or one.units or one.indicator or (one.core and one.sort) for one in labels
        )

    def _is_leftmost(self, column: int) -> bool:
        """Whether no name stands left of it, nor, where it has none itself, right of it."""
        left = any(row[at].is_word or row[at].is_year for row in self.rows for at in range(column))
        return not left and (self._are_names[column] or not self._others_are_names(column))
