"""The sheet of what was changed (改动清单): every input that holds an entry, from what to what, live.

It counts as pages and titles do (`analysis.titles`): a figure and what is said of it are one. Entries that no cell of
the file shows, such as a document number or in a league's workbook the actuals of others, are named in a line of their
own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from string import ascii_lowercase

from agriplan.analysis.entries import say_path, unit_of
from agriplan.analysis.titles import changed_keys
from agriplan.engine.actuals import quantity_of
from agriplan.engine.scenario import DEFAULT_MAX_GROWTH
from agriplan.sentences import COMMAS, catalogue
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import cell_constant, make_cells, make_table
from agriplan.workbook.content.input_cells import entered_at
from agriplan.workbook.content.yearly import shown_without_entry
from agriplan.workbook.description import Input, Sheet, Value, usual_of
from agriplan.workbook.formulas.edits import (
    EditedColumn,
    EditedPart,
    edited,
    inputs_of,
    list_lines,
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
    "entered_target": "source_target",
    "entered_growth": "suggested",
    "entered_max_growth": "usual_max_growth",
    "entered_unit_value_growth": "suggested_unit_value_growth",
    "own_unit_value": "observed_unit_value",
    "own": "observed",
    "entered_weight": "equal",
    "entered_actual": "known",
}


def parts_of_list(sheets: Sequence[Sheet]) -> list[EditedPart]:
    """Everything that can be changed, in the order of the sheets: their single cells, then their tables."""
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
                found.append(EditedPart(sheet.name, name, len(table.keys), columns, labels))
    return found


def with_edits(sheet: Sheet, parts: Sequence[EditedPart]) -> Sheet:
    """Beside every row of inputs which of its cells hold an entry, and how many do up to there."""
    for number, part in enumerate(parts):
        if part.sheet == sheet.name and part.table is None:
            texts = {"edited": edited(part.columns, "."), **of_cells(number)}
            sheet = replace(sheet, scalars={**sheet.scalars, **make_cells({}, texts)})
        elif part.sheet == sheet.name and part.table is not None:
            table = sheet.tables[part.table]
            texts = {"edited": edited(part.columns), **of_rows(number)}
            more = make_table(table.keys, {"edits_row": range(1, part.rows + 1)}, texts)
            tables = {**sheet.tables, part.table: replace(table, columns={**table.columns, **more.columns})}
            sheet = replace(sheet, tables=tables)
    return sheet


def inputs_by_path(sheets: Iterable[Sheet]) -> dict[tuple[str, ...], Input]:
    """Every input of the sheets by its path in the scenario."""
    cells = [cell.input for sheet in sheets for cell in sheet.scalars.values() if cell.input]
    columns = [column for sheet in sheets for table in sheet.tables.values() for column in table.columns.values()]
    return {one.path: one for one in (*cells, *(each for column in columns for each in column.inputs.values()))}


def told_of_edits(context: BookContext, inputs: Mapping[tuple[str, ...], Input]) -> dict[str, object]:
    """How many changes of the scenario show in none of the inputs, and which they are."""
    unseen = [key for key in changed_keys(context.scenario) if not _shows(context, key, inputs)]
    names = [say_path(key, context.data, context.lang) for key in unseen[:MOST_UNSEEN]]
    more = len(unseen) - len(names)
    code = "edits.unseen_and_more" if more else "edits.unseen"
    said = context.text(code, count=len(unseen), names=COMMAS[context.lang].join(names), more=more)
    return {"unseen": len(unseen), "unseen_said": said if unseen else None}


def _shows(context: BookContext, key: str, inputs: Mapping[tuple[str, ...], Input]) -> bool:
    """Whether a cell holds a change, and something else than it would hold without."""
    path = tuple(key.split("."))
    cell = inputs.get(path) or inputs.get((*path, "value"))
    if cell is None:
        return False
    return entered_at(context.entries, cell, context.word) not in (None, "", without_entry(context, cell))


def without_entry(context: BookContext, cell: Input) -> Value:
    """What holds where a cell is left blank."""
    path = cell.path
    finder = WITHOUT_ENTRY.get(path[-1] if path[-1] == "max_growth" else path[0])
    return finder(context, *path[1:]) if finder else cell.default


def _growth_without(context: BookContext, what: str, code: str) -> Value:
    """The growth of a league without its own entry: the region's entry, else its suggestion; the region's for all."""
    region = context.data.region.code
    if code == region:
        return cell_constant(context.shared_growth(quantity_of(context.data, what)))
    said = context.scenario.growth.get(what, {}).get(region)
    return _suggested(context, what, code) if said is None else said


def _suggested(context: BookContext, what: str, code: str) -> Value:
    return cell_constant(context.suggested.get((quantity_of(context.data, what), code), {}).get("growth"))


def _unit_value_growth_without(context: BookContext, what: str) -> Value:
    return _suggested(context, context.data.by_id[what].unit_value or "", context.data.region.code)


def _cap_without(context: BookContext, what: str, _step: str) -> Value:
    usual = DEFAULT_MAX_GROWTH[context.data.by_id[what].kind]
    return context.word("cap.none") if usual is None else usual


# What holds without an entry where that is no default of the cell, by the part of the scenario; caps by their step.
WITHOUT_ENTRY: Mapping[str, Callable[..., Value]] = {
    "actual": shown_without_entry,
    "growth": _growth_without,
    "target": lambda context, what: context.data.by_id[what].target,
    "unit_value_growth": _unit_value_growth_without,
    "max_growth": _cap_without,
}


def describe_edits(context: BookContext, parts: Sequence[EditedPart], sheets: Iterable[Sheet]) -> Sheet:
    """The sheet `edits`: a list of `LIST_LINES` lines, and how many changes there are in all."""
    columns = [column for part in parts for column in part.columns]
    sheets = list(sheets)
    before = 0
    rows = {}
    for number, part in enumerate(parts):
        rows[f"rows_{number}"] = before
        before += part.rows
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
    constants = {**rows, "before_0": 0, "lines": LIST_LINES, **told}
    scalars = make_cells(constants, list_totals(parts), varies={"unseen": "number", "unseen_said": "text"})
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
