"""What stands under the heads of a CSV file: what may, what is usual, and what the other rows have in common."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

# The columns of a row whose cells cannot be used.
WrongColumns = Callable[[Mapping[str, str]], set[str]]
# Something that is true of a cell, or is not.
Trait = Callable[[str], object]
# What nearly all cells of a column have in common is told of it; where the cells are few, by all of them.
NEARLY_ALL, FEW_CELLS, CELLS_COMPARED = 0.9, 10, 60
# Of fewer cells it is known only how such columns are written.
FEWEST_CELLS = 3
# So few different words in a column are a list to choose from, where there are enough cells to tell.
LIKELY_CHOSEN, ENOUGH_CELLS = 0.5, 6
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CODE, _ID = r"\d{6}", r"[a-z][a-z0-9_]*"
# How cells of these columns are written, whatever else they say.
_FORMS = {
    name: re.compile(form, re.DOTALL)
    for name, form in {
        "area": _CODE,
        "leagues": rf"{_CODE}( +{_CODE})*",
        "indicator": _ID,
        "id": _ID,
        "note_zh": r".*[\u3400-\u9fff].*|[^a-zA-Z]*",
        "source": r"[a-z0-9][a-z0-9_]*",
        "unit": r".*[^\d.,\s].*",
        "kind": r"[a-z_ -]+",
        "date": r"\d{4}(-\d\d){0,2}",
        "address": r"[^\s\u3400-\u9fff]*[./][^\s\u3400-\u9fff]*",
        "used_for": r"[a-z_]+([ ,;/、，；]+[a-z_]+)*",
    }.items()
}
_NAMES = re.compile("(?:name|place)_(?:zh|en)")
# What stands there is written in any way.
_FREE = re.compile("note_|title_|publisher_|address|also")
WIDE_COMMA = "，"
_NUMBER = re.compile(r"-?\d+(\.\d+)?").fullmatch
_TRAITS: tuple[Trait, ...] = (
    _CHINESE.search,
    lambda cell: not _CHINESE.search(cell),
    lambda cell: WIDE_COMMA not in cell,
    lambda cell: not re.search("[a-zA-Z]", cell),
    re.compile("[a-zA-Z]").search,
    _NUMBER,
    lambda cell: not re.search(r"\d", cell),
    re.compile(_CODE).fullmatch,
    re.compile(_ID).fullmatch,
)


def is_name_column(column: str) -> bool:
    """Whether it holds names, in which no comma stands."""
    return _NAMES.fullmatch(column) is not None


@dataclass(frozen=True)
class UsualCells:
    """What may stand under the heads of one sort of file.

    `key` is the column whose words are all different. `known` are the words of a column that other files define, where
    they are known.
    """

    wrong: WrongColumns
    required: frozenset[str]
    key: str = ""
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    _may: dict[tuple[str, str], bool] = field(default_factory=dict)

    def may_stand(self, column: str, cell: str) -> bool:
        """Whether a cell can be used under that head."""
        key = column, cell
        if key not in self._may:
            self._may[key] = column not in self.wrong({column: cell})
        return self._may[key]

    def names_each(self, column: str) -> bool:
        """Whether another word stands in every row."""
        return column == self.key or is_name_column(column)

    def is_usual(self, column: str, cell: str) -> bool:
        """Whether a cell is written as cells of that column are.

        >>> usual = UsualCells(lambda row: set(), frozenset())
        >>> [usual.is_usual("name_zh", name) for name in ("通辽市", "Tongliao", "通辽，Tongliao")]
        [True, False, False]
        """
        word = cell.strip()
        if known := self.known.get(column):
            return word in known
        form = _FORMS.get(column)
        if form is not None:
            return form.fullmatch(word) is not None
        if is_name_column(column) and re.search("[，；;]", word):
            return False
        is_chinese = _CHINESE.search(word) is not None
        return is_chinese if column.endswith("_zh") else not is_chinese or not column.endswith("_en")


@dataclass(frozen=True)
class _InCommon:
    """What nearly all cells of one column have in common."""

    traits: Sequence[Trait]
    choices: frozenset[str]
    """The words of a column that chooses among a few; none of any other."""
    is_filled: bool

    def has(self, cell: str | None) -> bool:
        """Whether it is true of a cell too; None: of one that is missing."""
        if cell is None:
            return not self.is_filled
        return all(trait(cell) for trait in self.traits) and (not self.choices or cell in self.choices)


@dataclass(frozen=True)
class CommonTraits:
    """What nearly all rows have in common, column by column."""

    usual: UsualCells
    rows: Sequence[Mapping[str, str]]

    def amiss(self, row: Mapping[str, str], columns: Iterable[str]) -> set[str]:
        """The columns of a row whose cells are unlike the others, or cannot be used."""
        return self.unlike(row, columns) | (self.usual.wrong(row) & {*columns})

    def unlike(self, row: Mapping[str, str], columns: Iterable[str]) -> set[str]:
        """The columns of a row whose cells are unlike the others, or missing as in hardly another row."""
        return {one for one in columns if one in self._in_common and not self._in_common[one].has(row.get(one))}

    @cached_property
    def filled(self) -> frozenset[str]:
        """The columns in which nearly always something stands."""
        return frozenset(column for column, common in self._in_common.items() if common.is_filled)

    @cached_property
    def _in_common(self) -> Mapping[str, _InCommon]:
        return {column: self._of_column(column) for column in {column for row in self.rows for column in row}}

    def _of_column(self, column: str) -> _InCommon:
        held = [row[column] for row in self.rows if column in row]
        cells = held[:: max(1, len(held) // CELLS_COMPARED)]
        traits: list[Trait] = [partial(self.usual.is_usual, column)]
        is_known = column in self.usual.known
        if len(held) >= FEWEST_CELLS and not is_known:
            traits += _TRAITS[:2] if _FREE.match(column) else _TRAITS
        least = NEARLY_ALL * len(cells) if len(cells) >= FEW_CELLS else len(cells)
        traits = [trait for trait in traits if sum(bool(trait(cell)) for cell in cells) >= least]
        choices = frozenset(word for word, count in Counter(held).items() if count > 1)
        is_choice = len(held) >= ENOUGH_CELLS and len({*held}) <= LIKELY_CHOSEN * len(held)
        # Numbers repeat by chance, and where the words are fixed one that occurs nowhere else is as good.
        is_open = not is_known and self.usual.may_stand(column, WIDE_COMMA) and not all(map(_NUMBER, choices))
        is_filled = len(held) >= NEARLY_ALL * len(self.rows)
        return _InCommon(traits, choices if is_choice and is_open else frozenset(), is_filled)
