"""What the names of one formula stand for in the Python source that is made from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agriplan.workbook.evaluate.parse import FormulaError
from agriplan.workbook.evaluate.shape import TEXT, Shape
from agriplan.workbook.names import Entry, entry_of, with_key

_BY_ROW = re.compile(r"\br\d")


class ResolvedName(NamedTuple):
    """A name made out: its code, the kinds of its values, and whether it is a whole column."""

    code: str
    kinds: int
    whole: bool = False


@dataclass
class Scope:
    """The names of one formula, for a scalar or for every row of a table.

    `uses` are the entries that the source reads, each with its variable; `rows` the columns that it goes down row by
    row, by their source; `once` what is worked out once before the rows, by its source.
    """

    shape: Shape
    entry: Entry
    kinds: Mapping[Entry, int]
    uses: dict[Entry, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    once: dict[str, str] = field(default_factory=dict)

    def make_out(self, name: str) -> ResolvedName:
        """What a name stands for."""
        if name.startswith("words."):
            return ResolvedName(repr(self.shape.book.words[name.removeprefix("words.")]), TEXT)
        plain, _, key = name.partition("@")
        keys = self.shape.keys(self.entry)
        if "*" in plain:
            return self._gathered([self._cell(with_key(name, each)) for each in keys])
        entry = self.owner(plain)
        if entry[1] is None:
            return ResolvedName(self.use(entry), self.kinds[entry])
        if plain.endswith(":"):
            return ResolvedName(self.use(entry), self.kinds[entry], whole=True)
        if "*" in key:
            return self._gathered([(entry, self.shape.row(entry, with_key(key, each))) for each in keys])
        if key:
            cell = f"{self.use(entry)}[{self.shape.row(entry, key)}]"
            return ResolvedName(self.work_out_once(cell), self.kinds[entry])
        if entry[:2] != self.entry[:2]:
            raise FormulaError(f"{self.entry}: {name} stands in another table and needs a row")
        return ResolvedName(self._by_row(self.use(entry)), self.kinds[entry])

    def owner(self, name: str) -> Entry:
        """The entry that a name without a row means."""
        return entry_of(name.rstrip(":"), self.shape.sheet(self.entry), self.entry[1], self.shape.book)

    def use(self, entry: Entry) -> str:
        """The variable of an entry, which the source then reads: named by its turn, so that like formulas are alike."""
        return self.uses.setdefault(entry, f"a{len(self.uses)}")

    def work_out_once(self, code: str) -> str:
        """A variable for what is the same in every row."""
        return self.once.setdefault(code, f"h{len(self.once)}")

    def changes_by_row(self, code: str) -> bool:
        """Whether a piece of source is another in each row."""
        return bool(_BY_ROW.search(code))

    def function(self, code: str) -> str:
        """A function of what is used that gives the whole column, or the value of a scalar."""
        if self.entry[1] is None:
            found = code
        elif self.rows:
            found = f"[{code} for {loop_over(self.rows)}]"
        else:
            found = f"[{code}]*{len(self.shape.keys(self.entry))}"
        once = [f" {variable} = {text}" for text, variable in self.once.items()]
        return "\n".join([f"def work({','.join(self.uses.values())}):", *once, f" return {found}"])

    def _by_row(self, source: str) -> str:
        return self.rows.setdefault(source, f"r{len(self.rows)}")

    def _cell(self, name: str) -> tuple[Entry, int | None]:
        plain, _, key = name.partition("@")
        entry = self.owner(plain)
        return entry, self.shape.row(entry, key) if entry[1] is not None else None

    def _gathered(self, cells: list[tuple[Entry, int | None]]) -> ResolvedName:
        """Cells from anywhere, one for each row."""
        kinds = 0
        for entry, _ in cells:
            kinds |= self.kinds[entry]
        rows = tuple(row for _, row in cells)
        if len({entry for entry, _ in cells}) == 1 and None not in rows:
            column = self.use(cells[0][0])
            if rows == tuple(range(len(self.shape.keys(cells[0][0])))):
                return ResolvedName(self._by_row(column), kinds)
            return ResolvedName(self._by_row(f"chosen({column},{rows})"), kinds)
        parts = [self.use(entry) if row is None else f"{self.use(entry)}[{row}]" for entry, row in cells]
        return ResolvedName(self._by_row(f"({','.join(parts)},)"), kinds)


def loop_over(names: Mapping[str, str]) -> str:
    """The head of a loop down columns, given by source with their variables.

    >>> loop_over({"v1": "r0"}), loop_over({"v1": "r0", "v2": "r1"})
    ('r0 in v1', 'r0,r1 in zip(v1,v2)')
    """
    variables, sources = ",".join(names.values()), ",".join(names)
    return f"{variables} in {sources}" if len(names) == 1 else f"{variables} in zip({sources})"
