"""The list of what was changed (改动清单): which inputs of a row hold an entry, and the n-th of all of them.

Every column of inputs has a code of two letters. A row's `edited` strings the codes of its changed cells together, so
that its length counts them; `edits_upto` counts them in the order of the list, and line n of it is found by that.
A figure and what is said of it (source, note) are one change, as in `analysis.entries.key_of`: its cell stands for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agriplan.analysis.entries import key_of
from agriplan.workbook.description import MADE, Column, Input
from agriplan.workbook.formulas.filling import Formulas

# What is told of an actual whose cell does not tell it from none: it is what is known anyway, or it does not count.
KNOWN_ANYWAY, UNCOUNTED = 1, 2


class EditedColumn(NamedTuple):
    """A column or cell of inputs: its full name, what it takes, and the names of what a blank stands for.

    `usual` is a value that the cell itself shows when nothing was entered, `before` one that stands beside it.
    """

    name: str
    takes: Input
    usual: str | None = None
    before: str | None = None

    @property
    def code(self) -> str:
        """The name of the cell that holds its code."""
        return f"{{edits.columns.code@{self.name}}}"

    @property
    def short(self) -> str:
        """Its name within its table."""
        return self.name.rpartition(".")[2]

    @property
    def key(self) -> str:
        """The change that it is a part of, in the first of its rows."""
        return key_of(".".join(self.takes.path))


class EditedPart(NamedTuple):
    """Rows that the list counts together: a table, or the single cells of a sheet (one row, no table).

    Those of a league's own come first in the list: of a table with all of them (`is_own`), or with some (`is_mixed`).
    """

    sheet: str
    table: str | None
    rows: int
    columns: Sequence[EditedColumn]
    labels: tuple[str, ...]
    is_own: bool = False
    is_mixed: bool = False

    def at_row(self, name: str) -> str:
        """An entry of the row that a line of the list has found."""
        return (
            f"{{{self.sheet}.{name}}}"
            if self.table is None
            else f"INDEX({{{self.sheet}.{self.table}.{name}:}},{{place}})"
        )


def edited(columns: Iterable[EditedColumn], prefix: str = "") -> str:
    """The codes of a row's cells that hold anything but what a blank stands for; `prefix` begins names of cells."""
    parts = []
    figures: dict[str, EditedColumn] = {}
    for column in columns:
        cell = "{" + prefix + column.short + "}"
        usual = "{" + prefix + column.usual + "}" if column.usual else ""
        said = _if_entered(cell, usual, column)
        figure = figures.setdefault(column.key, column)
        # What is said of a figure is a change by itself only as long as there is no figure.
        parts.append(said if figure is column else f'IF(ISNUMBER({{{prefix}{figure.short}}}),"",{said})')
    return f'IFERROR({"&".join(parts)},"")'


def _if_entered(cell: str, usual: str, column: EditedColumn) -> str:
    kind, choices = column.takes.kind, bool(column.takes.choices)
    # A stroke or 无 in a cell for a number is a blank; where there may be no usual value, an entry counts anyway.
    holds = f"ISNUMBER({cell})" if kind == "number" else f"NOT(ISBLANK({cell}))"
    if kind == "number" and choices:
        holds = f"OR({holds},{cell}={{words.cap.none}})"
    if not usual:
        return f'IF({holds},{column.code},"")'
    # Where there is no usual value, a word that says there is none says nothing new.
    new = f'IF(ISNUMBER({cell}),{column.code},"")' if kind == "number" and choices else column.code
    return f'IF({holds},IF(ISBLANK({usual}),{new},IF({cell}<>{usual},{column.code},"")),"")'


# Which rows of a part stand together in the list.
_OWN, _OTHERS, _ALL = "own", "others", "all"


def _stretches(parts: Sequence[EditedPart]) -> list[tuple[int, str]]:
    """The order of the list: parts by their places, and which of their rows: own ones first, other leagues' last."""
    mixed = [place for place, part in enumerate(parts) if part.is_mixed]
    own = [(place, _OWN if part.is_mixed else _ALL) for place, part in enumerate(parts) if part.is_own or part.is_mixed]
    rest = [(place, _ALL) for place, part in enumerate(parts) if not (part.is_own or part.is_mixed)]
    return [*own, *rest, *((place, _OTHERS) for place in mixed)]


def of_rows(parts: Sequence[EditedPart], place: int) -> Formulas:
    """What stands in every row of the part of this place beside `edited`."""
    befores = [f"{{edits.before_{at}}}" for at, (found, _) in enumerate(_stretches(parts)) if found == place]
    before, alike = befores[0], ""
    if parts[place].is_mixed:
        before, alike = f"IF({{row_own}}=1,{before},{befores[1]})", "*({row_own:}={row_own})"
    return {
        "edits": "LEN({edited})/2",
        "edits_upto": f"{before}+SUMPRODUCT(({{edits_row:}}<={{edits_row}}){alike}*{{edits:}})",
    }


def of_cells(parts: Sequence[EditedPart], place: int) -> Formulas:
    """The same of single cells."""
    at = _stretches(parts).index((place, _ALL))
    return {"edits": "LEN({.edited})/2", "edits_upto": f"{{edits.before_{at}}}+{{.edits}}"}


def list_totals(parts: Sequence[EditedPart]) -> Formulas:
    """How many cells were changed before each stretch of the list, and in all."""
    found = {}
    order = _stretches(parts)
    for at, (place, which) in enumerate(order):
        after = "count" if at == len(order) - 1 else f"before_{at + 1}"
        found[after] = f"{{.before_{at}}}+{_edits_of(parts[place], which)}"
    apart = "+".join(f"IF(ISERROR({_together(part)}),1,0)" for part in parts if part.table is not None)
    columns = [column for part in parts for column in part.columns if column.takes.default is None]
    actuals = [column for column in columns if column.takes.path[0] == "actual"]
    told = {
        "as_usual": [_as_usual(column) for column in columns if column not in actuals],
        "as_known": map(_as_known, actuals),
        "uncounted": map(_uncounted, actuals),
    }
    said = "&".join(f'IF({{.{name}}}>0,{{.{name}}}&{{.{name}_said}},"")' for name in told)
    return found | {
        **{name: f"IFERROR({'+'.join(filter(None, texts)) or '0'},0)" for name, texts in told.items()},
        "unseen_said": f"{said}&{{.elsewhere_said}}",
        "total": "+".join(f"{{.{name}}}" for name in ("count", "elsewhere", *told)),
        "more": "MAX(0,{.count}-{.lines})",
        "apart": apart,
    }


def _edits_of(part: EditedPart, which: str) -> str:
    """How many cells of these rows were changed."""
    if part.table is None:
        return f"{{{part.sheet}.edits}}"
    edits, own = (f"{{{part.sheet}.{part.table}.{name}:}}" for name in ("edits", "row_own"))
    own = f"SUMPRODUCT({own}*{edits})"
    return own if which == _OWN else f"SUM({edits})" + (f"-{own}" if which == _OTHERS else "")


def _as_usual(column: EditedColumn) -> str:
    """How many cells of a column hold an entry that leaves everything as it is, which the list has no line for.

    Where a cell shows a default, none is kept.
    """
    cell, usual = _cells(column, column.short, column.usual)
    same = _shows_usual(column)
    if column.takes.choices:
        same += f'*({usual}<>"")+({usual}="")*({cell}={{words.cap.none}})'
    return f"SUMPRODUCT({same})" if same else ""


def _as_known(column: EditedColumn) -> str:
    """How many of actuals are what is known without them: what cells show anyway was typed, or told as entered."""
    cell, usual, made, kept = _cells(column, column.short, column.usual, f"{MADE}{column.short}", "kept")
    same = _shows_usual(column)
    return f'SUMPRODUCT({same}*({usual}<>"")*(({cell}<>{made})+({kept}={KNOWN_ANYWAY})))' if same else ""


def _uncounted(column: EditedColumn) -> str:
    """How many of actuals do not count: their cells show what they would show without them, most of them nothing."""
    cell, usual, kept = _cells(column, column.short, column.usual, "kept")
    # A stroke in a cell for a number is a blank.
    blank, same = f'({cell}>="")', _shows_usual(column)
    as_made = f'{blank}*({usual}="")+{same}*({usual}<>"")' if same else blank
    return f"SUMPRODUCT(({as_made})*({kept}={UNCOUNTED}))"


def _shows_usual(column: EditedColumn) -> str:
    """Where a column holds what a blank stands for."""
    cell, usual = _cells(column, column.short, column.usual)
    # A blank cell is alike 0 and alike "", below which every number is and no text: so every program asks each cell.
    return f'({cell}<>"")*({cell}={usual})' if column.usual else ""


def _cells(column: EditedColumn, *names: str | None) -> list[str]:
    """The cells of columns beside one of inputs."""
    table = column.name.rpartition(".")[0]
    return [f"{{{table}.{name}:}}" for name in names]


def _together(part: EditedPart) -> str:
    """Fails where rows were inserted in some columns of a table only: then nobody can tell which value is whose."""
    names = [column.short for column in part.columns]
    names += [beside for column in part.columns if (beside := column.usual or column.before)]
    columns = [f"{{{part.sheet}.{part.table}.{name}:}}" for name in ("edits_row", *dict.fromkeys(names))]
    return f"SUMPRODUCT({','.join(columns)})"


def inputs_of(columns: Mapping[str, Column]) -> dict[str, Input]:
    """What the cells of each column of inputs take."""
    return {name: next(iter(column.inputs.values())) for name, column in columns.items() if column.inputs}
