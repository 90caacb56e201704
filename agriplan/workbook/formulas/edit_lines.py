"""The lines of the list of what was changed: which row each stands for, which of its cells, and what is said of it.

Line n stands for the row up to which `edits_upto` counts n changes or more, and up to whose end fewer.
"""

from collections.abc import Mapping, Sequence

from agriplan.workbook.formulas.edits import EditedColumn, EditedPart
from agriplan.workbook.formulas.filling import Formulas, chosen, where_known


def list_lines(parts: Sequence[EditedPart]) -> Formulas:
    """The columns of the list: which row line n stands for, which of its cells, what that is and what it holds."""
    row = "+".join(_row_of_line(part, place) for place, part in enumerate(parts))
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
        "row": f'IF({{number}}>{{.count}},"",{row})',
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


def _row_of_line(part: EditedPart, place: int) -> str:
    """The number of the row that a line stands for, where it is in this part, else 0."""
    if part.table is None:
        upto, edits = f"{{{part.sheet}.edits_upto}}", f"{{{part.sheet}.edits}}"
        return f"IF({upto}<{{number}},0,IF({upto}-{edits}<{{number}},{{.rows_{place + 1}}},0))"
    # Rows that somebody inserted have no number, and are none.
    names = ("edits_upto", "edits", "edits_row")
    upto, edits, row = (f"{{{part.sheet}.{part.table}.{name}:}}" for name in names)
    return f"SUMPRODUCT(({upto}>={{number}})*({upto}-{edits}<{{number}})*{row})"


def _by_part(text: str, parts: Sequence[EditedPart]) -> str:
    """One text for each part, chosen by the row that a line stands for."""
    cases = {f"{{row}}<={{.rows_{number}}}": _of_part(text, part) for number, part in enumerate(parts[:-1], 1)}
    return where_known(chosen(cases, _of_part(text, parts[-1])), "{row}")


def _of_part(text: str, part: EditedPart) -> str:
    labels = [label if label.startswith("{") else part.at_row(label) if label else '""' for label in part.labels]
    words: Mapping[str, str] = {
        "PLACE": "1" if part.table is None else f"MATCH({{row}},{{{part.sheet}.{part.table}.edits_row:}},0)",
        "EDITED": part.at_row("edited"),
        "UPTO": part.at_row("edits_upto"),
        "FIRST": labels[0],
        "SECOND": labels[1],
    }
    return words[text]


def _by_code(texts: Mapping[str, str]) -> str:
    """One text for each column of inputs, chosen by the code that a line has found."""
    found = chosen({f"{{code}}={{columns.code@{name}}}": text for name, text in texts.items()})
    return where_known(f"IF({{.apart}}>0,{{words.light.look}},{found})", "{row}")


def sources(columns: Sequence[EditedColumn]) -> dict[str, str]:
    """By the name of a figure's column: the one of its source."""
    found = {column.key: column for column in columns if column.takes.path[-1] == "source"}
    return {
        column.name: found[column.key].name
        for column in columns
        if column.key in found and column.takes.path[-1] == "value"
    }
