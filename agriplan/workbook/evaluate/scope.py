"""What the names of one formula stand for in the Python source that is made from it.

A scope knows no book: formulas of the same words, whose names mean the like, come to the same source (`program`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agriplan.workbook.evaluate.shape import ANYWHERE, CELL, CHOSEN, DOWN, EVERY_ROW, SCALAR, TEXT, WORD

_BY_ROW = re.compile(r"\br\d")


class Meaning(NamedTuple):
    """What a name means in any book: how (`shape`), which of the formula's entries by their turn, rows, and kinds."""

    how: str
    uses: tuple[int, ...]
    rows: tuple[int | None, ...]
    word: str
    kinds: int


# Those of the names of a formula, in the order of `names.references`.
Meanings = tuple[Meaning, ...]


class ResolvedName(NamedTuple):
    """A name made out: its code, the kinds of its values, and whether it is a whole column."""

    code: str
    kinds: int
    whole: bool = False


@dataclass
class Scope:
    """The names of one formula, for a scalar (`count` None) or for every row of a table.

    `uses` are the entries that the source reads, by their turn among those that the formula names, each with its
    variable; `rows` the columns that it goes down row by row, by their source; `once` what is worked out once before
    the rows, by its source.
    """

    meanings: Mapping[str, Meaning]
    count: int | None
    uses: dict[int, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    once: dict[str, str] = field(default_factory=dict)
    _made: dict[str, ResolvedName] = field(default_factory=dict)

    def make_out(self, name: str) -> ResolvedName:
        """What a name stands for."""
        if name not in self._made:
            means = self.meanings[name]
            code = _CODES[means.how](self, means)
            self._made[name] = ResolvedName(code, TEXT if means.how == WORD else means.kinds, means.how == EVERY_ROW)
        return self._made[name]

    def use(self, turn: int) -> str:
        """The variable of an entry, which the source then reads: named by its turn, so that like formulas are alike."""
        return self.uses.setdefault(turn, f"a{len(self.uses)}")

    def work_out_once(self, code: str) -> str:
        """A variable for what is the same in every row."""
        return self.once.setdefault(code, f"h{len(self.once)}")

    def by_row(self, source: str) -> str:
        """A variable for what goes down row by row."""
        return self.rows.setdefault(source, f"r{len(self.rows)}")

    def changes_by_row(self, code: str) -> bool:
        """Whether a piece of source is another in each row."""
        return bool(_BY_ROW.search(code))

    def function(self, code: str) -> str:
        """A function of what is used that gives the whole column, or the value of a scalar."""
        if self.count is None:
            found = code
        elif self.rows:
            found = f"[{code} for {loop_over(self.rows)}]"
        else:
            found = f"[{code}]*{self.count}"
        once = [f" {variable} = {text}" for text, variable in self.once.items()]
        return "\n".join([f"def work({','.join(self.uses.values())}):", *once, f" return {found}"])

    def cells(self, means: Meaning) -> str:
        """Cells from anywhere, one for each row."""
        places = zip(means.uses, means.rows, strict=True)
        parts = [self.use(turn) if row is None else f"{self.use(turn)}[{row}]" for turn, row in places]
        return f"({','.join(parts)},)"


_CODES: Mapping[str, Callable[[Scope, Meaning], str]] = {
    WORD: lambda _, means: repr(means.word),
    SCALAR: lambda scope, means: scope.use(means.uses[0]),
    EVERY_ROW: lambda scope, means: scope.use(means.uses[0]),
    CELL: lambda scope, means: scope.work_out_once(f"{scope.use(means.uses[0])}[{means.rows[0]}]"),
    DOWN: lambda scope, means: scope.by_row(scope.use(means.uses[0])),
    CHOSEN: lambda scope, means: scope.by_row(f"chosen({scope.use(means.uses[0])},{means.rows})"),
    ANYWHERE: lambda scope, means: scope.by_row(scope.cells(means)),
}


def loop_over(names: Mapping[str, str]) -> str:
    """The head of a loop down columns, given by source with their variables.

    >>> loop_over({"v1": "r0"}), loop_over({"v1": "r0", "v2": "r1"})
    ('r0 in v1', 'r0,r1 in zip(v1,v2)')
    """
    variables, sources = ",".join(names.values()), ",".join(names)
    return f"{variables} in {sources}" if len(names) == 1 else f"{variables} in zip({sources})"
