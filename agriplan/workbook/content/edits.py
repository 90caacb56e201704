"""The sheet of what was changed (改动清单): every input that holds an entry, from what to what, live.

It counts as pages and titles do (`analysis.titles`): a figure and what is said of it are one. Entries that no cell of
the file shows, such as a document number or in a league's workbook the actuals of others, are named in a line of their
own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from string import ascii_lowercase

from agriplan.analysis.entries import say_path, unit_of
from agriplan.analysis.titles import changed_keys
from agriplan.sentences import COMMAS, catalogue
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Input, Sheet, usual_of
from agriplan.workbook.formulas.edit_lines import list_lines
from agriplan.workbook.formulas.edits import (
    EditedColumn,
    EditedPart,
    edited,
    inputs_of,
    list_totals,
    of_cells,
    of_rows,
)

# Lines of the list: a page of A4, some of them of two lines; the log of revisions stands on the next.
LIST_LINES = 20
# So many entries without a cell are named, the others counted: a line of A4.
MOST_UNSEEN = 3
# What a row is about, in two labels, by the table; single cells are the region's.
LABELS = {
    "assumptions.lines": ("name", "{plan.region}"),
    "assumptions.herds": ("indicator", "league"),
    "assumptions.criteria": ("indicator", "criterion"),
    "inputs.leagues": ("indicator", "league"),
    **dict.fromkeys(("years.years", "published.stated", "published.parts"), ("indicator", "area_year")),
}
CELLS = ("", "{plan.region}")
# What stands in for a blank input, in a column of its own row that goes by another name.
BESIDE_A_BLANK = {
    "own_unit_value": "observed_unit_value",
    "own": "observed",
    "entered_weight": "equal",
    "entered_actual": "known",
}


def parts_of_list(context: BookContext, sheets: Sequence[Sheet]) -> list[EditedPart]:
    """Everything that can be changed, in the order of the sheets: their single cells, then their tables."""
    of_league = not context.is_region
    found = []
    for sheet in sheets:
        cells = [
            EditedColumn(f"{sheet.name}.{name}", cell.input, usual_of(name, sheet.scalars))
            for name, cell in sheet.scalars.items()
            if cell.input
        ]
        if cells:
            found.append(EditedPart(sheet.name, None, 1, cells, CELLS))
        for name, table in sheet.tables.items():
            takes = inputs_of(table.columns)
            columns = [
                EditedColumn(
                    f"{sheet.name}.{name}.{column}", one, usual_of(column, table.columns), BESIDE_A_BLANK.get(column)
                )
                for column, one in takes.items()
            ]
            if columns:
                labels = LABELS[f"{sheet.name}.{name}"]
                # A league's workbook holds its own actuals alone.
                is_own, is_mixed = of_league and "area_year" in labels, of_league and "row_own" in table.columns
                found.append(EditedPart(sheet.name, name, len(table.keys), columns, labels, is_own, is_mixed))
    return found


def with_edits(sheet: Sheet, parts: Sequence[EditedPart]) -> Sheet:
    """Beside every row of inputs which of its cells hold an entry, and how many do up to there."""
    before = 0
    for number, part in enumerate(parts):
        if part.sheet == sheet.name and part.table is None:
            texts = {"edited": edited(part.columns, "."), **of_cells(parts, number)}
            sheet = replace(sheet, scalars={**sheet.scalars, **make_cells({}, texts)})
        elif part.sheet == sheet.name and part.table is not None:
            table = sheet.tables[part.table]
            texts = {"edited": edited(part.columns), **of_rows(parts, number)}
            more = make_table(table.keys, {"edits_row": range(before + 1, before + part.rows + 1)}, texts)
            tables = {**sheet.tables, part.table: replace(table, columns={**table.columns, **more.columns})}
            sheet = replace(sheet, tables=tables)
        before += part.rows
    return sheet


def inputs_by_path(sheets: Iterable[Sheet]) -> dict[tuple[str, ...], Input]:
    """Every input of the sheets by its path in the scenario."""
    cells = [cell.input for sheet in sheets for cell in sheet.scalars.values() if cell.input]
    columns = [column for sheet in sheets for table in sheet.tables.values() for column in table.columns.values()]
    return {one.path: one for one in (*cells, *(each for column in columns for each in column.inputs.values()))}


def told_of_edits(context: BookContext, inputs: Mapping[tuple[str, ...], Input]) -> dict[str, object]:
    """How many changes of the scenario have no cell in the file, and which they are."""
    unseen = [key for key in changed_keys(context.scenario) if not _has_cell(key, inputs)]
    names = [say_path(key, context.data, context.lang) for key in unseen[:MOST_UNSEEN]]
    more = len(unseen) - len(names)
    code = "edits.unseen_and_more" if more else "edits.unseen"
    said = context.text(code, count=len(unseen), names=COMMAS[context.lang].join(names), more=more)
    return {"elsewhere": len(unseen), "elsewhere_said": said if unseen else None}


def _has_cell(key: str, inputs: Mapping[tuple[str, ...], Input]) -> bool:
    path = tuple(key.split("."))
    return path in inputs or (*path, "value") in inputs


def describe_edits(context: BookContext, parts: Sequence[EditedPart], sheets: Iterable[Sheet]) -> Sheet:
    """The sheet `edits`: a list of `LIST_LINES` lines, and how many changes there are in all."""
    columns = [column for part in parts for column in part.columns]
    sheets = list(sheets)
    upto = accumulate(part.rows for part in parts)
    rows = {f"rows_{number}": last for number, last in enumerate(upto, 1)}
    units, others = units_in_list(columns, sheets, context)
    names = make_table(
        [column.name for column in columns],
        {
            "unit": units,
            "code": list(map(_code, range(len(columns)))),
            "name": [name_of(column.takes, context) for column in columns],
            # The names of cells and columns are places in every spreadsheet program.
            "target": [f"#{column.name}" for column in columns],
        },
    )
    apart = make_table(map(str, range(len(others))), {"of": list(others), "unit": list(others.values())})
    numbers = range(1, LIST_LINES + 1)
    lines = make_table(map(str, numbers), {"number": numbers}, list_lines(parts))
    told = told_of_edits(context, inputs_by_path(sheets))
    said = {
        "as_usual_said": context.text("edits.as_usual"),
        "as_known_said": context.text("edits.as_known"),
        "uncounted_said": context.text("edits.uncounted"),
    }
    constants = {**rows, "before_0": 0, "lines": LIST_LINES, **said, **told}
    scalars = make_cells(constants, list_totals(parts), varies={"elsewhere": "number", "elsewhere_said": "text"})
    return Sheet("edits", "edits", scalars, {"list": lines, "columns": names, "units": apart})


def _code(place: int) -> str:
    return ascii_lowercase[place // 26] + ascii_lowercase[place % 26]


def units_in_list(
    columns: Sequence[EditedColumn], sheets: Iterable[Sheet], context: BookContext
) -> tuple[list[str], dict[str, str]]:
    """The unit of most cells of each column; those of others, by the column's code and what the row is about."""
    tables = {f"{sheet.name}.{name}": table for sheet in sheets for name, table in sheet.tables.items()}
    most: list[str] = []
    others: dict[str, str] = {}
    for place, column in enumerate(columns):
        table, _, name = column.name.rpartition(".")
        inputs = tables[table].columns[name].inputs if table in tables else {"": column.takes}
        label = LABELS[table][0] if table in LABELS else ""
        about = dict(zip(tables[table].keys, tables[table].columns[label].values, strict=True)) if label else {}
        units = {
            key: unit_of(".".join(takes.path).removesuffix(".value"), context.data, context.lang)
            if takes.kind == "number"
            else ""
            for key, takes in inputs.items()
        }
        usual = Counter(units.values()).most_common(1)[0][0]
        most.append(usual)
        others |= {f"{_code(place)}{about[key]}": unit for key, unit in units.items() if unit != usual}
    return most, others or {"": ""}  # a table without rows has no place for what formulas name


def name_of(takes: Input, context: BookContext) -> str:
    """What an input sets, in the words that name entries everywhere.

    A path holds ids as well, of indicators, areas and years, which the line of the list names itself.
    """
    steps = [step for step in takes.path if step != "allocation" and f"entry.{step}" in catalogue()]
    return context.text("entry.separator").join(context.text(f"entry.{step}") for step in steps)
