"""The list of what was changed (改动清单): which inputs of a row hold an entry, and the n-th of all of them.

Every column of inputs has a code of two letters. A row's `edited` strings the codes of its changed cells together, so
that its length counts them; `edits_upto` counts them from the first row on, and line n of the list is found by it.
A figure and what is said of it (source, note) are one change, as in `analysis.entries.key_of`: its cell stands for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agriplan.analysis.entries import key_of
from agriplan.workbook.description import MADE, Column, Input
from agriplan.workbook.formulas.filling import Formulas

# What is told of an actual whose cell does not tell it from none: it shows what it would show anyway, or nothing.
SHOWN_ANYWAY, SHOWN_NOWHERE = 1, 2


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
    """Rows that the list counts together: a table, or the single cells of a sheet (one row, no table)."""

    sheet: str
    table: str | None
    rows: int
    columns: Sequence[EditedColumn]
    labels: tuple[str, ...]

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


def sources(columns: Sequence[EditedColumn]) -> dict[str, str]:
    """By the name of a figure's column: the one of its source."""
    found = {column.key: column for column in columns if column.takes.path[-1] == "source"}
    return {
        column.name: found[column.key].name
        for column in columns
        if column.key in found and column.takes.path[-1] == "value"
    }


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


def of_rows(number: int) -> Formulas:
    """What stands in every row of the part of this number beside `edited`."""
    return {
        "edits": "LEN({edited})/2",
        "edits_upto": f"{{edits.before_{number}}}+SUMPRODUCT(({{edits_row:}}<={{edits_row}})*{{edits:}})",
    }


def of_cells(number: int) -> Formulas:
    """The same of single cells."""
    return {"edits": "LEN({.edited})/2", "edits_upto": f"{{edits.before_{number}}}+{{.edits}}"}


def list_totals(parts: Sequence[EditedPart]) -> Formulas:
    """How many cells were changed before each part, and in all."""
    found = {}
    for number, part in enumerate(parts):
        own = f"{{{part.sheet}.edits}}" if part.table is None else f"SUM({{{part.sheet}.{part.table}.edits:}})"
        after = "count" if number == len(parts) - 1 else f"before_{number + 1}"
        found[after] = f"{{.before_{number}}}+{own}"
    apart = "+".join(f"IF(ISERROR({_together(part)}),1,0)" for part in parts if part.table is not None)
    as_usual = [_as_usual(column) for part in parts for column in part.columns if column.takes.default is None]
    return found | {
        "as_usual": f"IFERROR({'+'.join(filter(None, as_usual))},0)",
        "unseen_said": 'IF({.as_usual}>0,{.as_usual}&{.as_usual_said},"")&{.elsewhere_said}',
        "total": "{.count}+{.elsewhere}+{.as_usual}",
        "more": "MAX(0,{.count}-{.lines})",
        "apart": apart,
    }


def _as_usual(column: EditedColumn) -> str:
    """How many cells of a column hold an entry that leaves everything as it is, which the list has no line for.

    Where a cell shows a default, none is kept.
    """
    table, short = column.name.rpartition(".")[0], column.short
    cell, usual, made, kept = (f"{{{table}.{name}:}}" for name in (short, column.usual, f"{MADE}{short}", "kept"))
    # A blank cell is alike 0.
    same = f"(1-ISBLANK({cell}))*({cell}={usual})" if column.usual else ""
    if column.takes.path[0] == "actual":
        # What a cell shows anyway is an entry where it was typed or is told to be one; one may also be told of a blank.
        same = f"{same}*(1-ISBLANK({usual}))*(({cell}<>{made})+({kept}={SHOWN_ANYWAY}))+" if same else ""
        same += f"ISBLANK({cell})*({kept}={SHOWN_NOWHERE})"
    elif column.takes.choices:
        same += f"*(1-ISBLANK({usual}))+ISBLANK({usual})*({cell}={{words.cap.none}})"
    return f"SUMPRODUCT({same})" if same else ""


def _together(part: EditedPart) -> str:
    """Fails where rows were inserted in some columns of a table only: then nobody can tell which value is whose."""
    names = [column.short for column in part.columns]
    names += [beside for column in part.columns if (beside := column.usual or column.before)]
    columns = [f"{{{part.sheet}.{part.table}.{name}:}}" for name in ("edits_row", *dict.fromkeys(names))]
    return f"SUMPRODUCT({','.join(columns)})"


def list_lines(parts: Sequence[EditedPart]) -> Formulas:
    """The columns of the list: which row line n stands for, which of its cells, what that is and what it holds."""
    behind = "+".join(
        f"IF({{{part.sheet}.edits_upto}}<{{number}},1,0)"
        if part.table is None
        # Rows that somebody inserted have no number, and are none.
        else f"SUMPRODUCT(({{{part.sheet}.{part.table}.edits_row:}}>0)*"
        f"({{{part.sheet}.{part.table}.edits_upto:}}<{{number}}))"
        for part in parts
    )
    columns = [(part, column) for part in parts for column in part.columns]
    here = {column.name: part.at_row(column.short) for part, column in columns}
    before = {
        column.name: part.at_row(column.usual or column.before or "")
        for part, column in columns
        if column.usual or column.before
    }
    said = {name: source for part in parts for name, source in sources(part.columns).items()}
    # Words of one's own, as the reason of a limit, stand where sources do: there they have room.
    texts = {column.name: here[column.name] for _, column in columns if column.takes.kind == "text"}
    beside = {name: f'IF(ISBLANK({here[source]}),"",{here[source]})' for name, source in said.items()}
    return {
        "row": f'IF({{number}}>{{.count}},"",1+{behind})',
        "place": _by_part("PLACE", parts),
        "codes": _by_part("EDITED", parts),
        "upto": _by_part("UPTO", parts),
        "code": 'IF(ISNUMBER({row}),MID({codes},LEN({codes})-2*({upto}-{number})-1,2),"")',
        "indicator": _by_part("FIRST", parts),
        "area": _by_part("SECOND", parts),
        "input": "IF(ISNUMBER({row}),HYPERLINK(INDEX({columns.target:},MATCH({code},{columns.code:},0)),"
        'INDEX({columns.name:},MATCH({code},{columns.code:},0))),"")',
        # Words, as a rule or no cap, have no unit.
        # Counted first: what is looked up in vain would have the whole file worked out by the careful program.
        "unit": "IF(ISNUMBER({to}),IF(COUNTIF({units.of:},{code}&{indicator})>0,"
        "INDEX({units.unit:},MATCH({code}&{indicator},{units.of:},0)),"
        'INDEX({columns.unit:},MATCH({code},{columns.code:},0)))&"","")',
        "from": _by_code({name: f'IF(ISBLANK({cell}),"",{cell})' for name, cell in before.items()}),
        "to": _by_code({name: text for name, text in here.items() if name not in texts}),
        "source": _by_code(beside | texts),
    }


def _by_part(text: str, parts: Sequence[EditedPart]) -> str:
    """One text for each part, chosen by the row that a line stands for."""
    found = _of_part(text, len(parts) - 1, parts[-1])
    for number in reversed(range(len(parts) - 1)):
        found = f"IF({{row}}<={{.rows_{number + 1}}},{_of_part(text, number, parts[number])},{found})"
    return f'IF(ISNUMBER({{row}}),{found},"")'


def _of_part(text: str, number: int, part: EditedPart) -> str:
    labels = [label if label.startswith("{") else part.at_row(label) if label else '""' for label in part.labels]
    words: Mapping[str, str] = {
        "PLACE": "1"
        if part.table is None
        else f"MATCH({{row}}-{{.rows_{number}}},{{{part.sheet}.{part.table}.edits_row:}},0)",
        "EDITED": part.at_row("edited"),
        "UPTO": part.at_row("edits_upto"),
        "FIRST": labels[0],
        "SECOND": labels[1],
    }
    return words[text]


def _by_code(texts: Mapping[str, str]) -> str:
    """One text for each column of inputs, chosen by the code that a line has found."""
    found = '""'
    for name, text in reversed(list(texts.items())):
        found = f"IF({{code}}={{columns.code@{name}}},{text},{found})"
    return f'IF(ISNUMBER({{row}}),IF({{.apart}}>0,{{words.light.look}},{found}),"")'


def inputs_of(columns: Mapping[str, Column]) -> dict[str, Input]:
    """What the cells of each column of inputs take."""
    return {name: next(iter(column.inputs.values())) for name, column in columns.items() if column.inputs}
