"""A plan as a book: every sheet of one area's workbook."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from agriplan.engine.plan import Plan
from agriplan.sentences import Lang
from agriplan.workbook.content.assumptions import describe_assumptions, describe_inputs
from agriplan.workbook.content.basis import describe_basis
from agriplan.workbook.content.by_rule import describe_rules
from agriplan.workbook.content.checks import describe_checks, with_looked_at
from agriplan.workbook.content.context import BookContext, book_properties, printed_decimals
from agriplan.workbook.content.data import describe_data, describe_nearer
from agriplan.workbook.content.edits import describe_edits, parts_of_list, with_edits
from agriplan.workbook.content.evaluation import describe_evaluation
from agriplan.workbook.content.first_page import describe_first_page
from agriplan.workbook.content.indicator import describe_indicator
from agriplan.workbook.content.pages import describe_meeting, describe_overview, describe_results
from agriplan.workbook.content.region_actuals import describe_published
from agriplan.workbook.content.yearly import describe_years
from agriplan.workbook.description import MADE, USUAL_PREFIX, Book, Cell, Column, Sheet, Table
from agriplan.workbook.evaluate.book import evaluated
from agriplan.workbook.formulas.filling import amiss

# How many cells for a number hold none, of a row or of a sheet.
AMISS = "amiss"
# Entries that explain a figure and move none.
_SILENT = re.compile(r"(own.*_(source|note)|limits_why)$")


def describe_book(plan: Plan, area_code: str, lang: Lang, words: Mapping[str, str] | None = None) -> Book:
    """The workbook of the region or of a league; `words` are the template's legends, by code."""
    return evaluated(describe_unevaluated(plan, area_code, lang, words or {}))


def describe_unevaluated(plan: Plan, area_code: str, lang: Lang, words: Mapping[str, str]) -> Book:
    """The same without the values of its formulas."""
    context = BookContext(plan, plan.baselines.areas[area_code], words, lang)
    inputs = [with_copies(with_amiss(sheet)) for sheet in (describe_assumptions(context), describe_inputs(context))]
    # The region's own figures are not a league's to say.
    described = [describe_years(context), *([describe_published(context)] if context.is_region else [])]
    actuals = [with_copies(with_amiss(sheet)) for sheet in described]
    parts = parts_of_list(context, [*inputs, *actuals])
    sheets = [
        describe_first_page(context, moving_inputs(inputs)),
        *(with_edits(sheet, parts) for sheet in inputs),
        *(describe_indicator(context, commitment) for commitment in plan.baselines.commitments),
        *(with_edits(sheet, parts) for sheet in actuals),
        describe_evaluation(context, moving_inputs(actuals)),
        describe_meeting(context),
        describe_edits(context, parts, [*inputs, *actuals]),
        # A comparison as generated goes stale where a league changes its own figures: it stands in the region's alone.
        *([describe_overview(context), describe_rules(context)] if context.is_region else []),
        describe_results(context),
        describe_data(context),
        *([describe_nearer(context)] if context.is_region else []),
        describe_basis(context),
        describe_checks(context),
    ]
    looked_at = {sheet.name: with_looked_at(sheet) for sheet in sheets}
    legends = context.legends(LEGEND_FAMILIES)
    return Book(looked_at, book_properties(context), legends, lang, printed_decimals(plan.baselines))


# The families of words that formulas name.
LEGEND_FAMILIES = frozenset({
    "rule", "path", "feasibility", "status", "reason", "grade", "light", "state", "short", "cap", "criteria", "why",
    "range", "verdict", "warning", "kind", "remark",
})  # fmt: skip


def moving_inputs(sheets: Iterable[Sheet]) -> dict[str, bool]:
    """Every column of inputs that can move a figure, by its full name: whether a blank has a usual value."""
    return {
        f"{sheet.name}.{name}.{column}": _has_usual(entry)
        for sheet in sheets
        for name, table in sheet.tables.items()
        for column, entry in _moving(table).items()
    }


def with_copies(sheet: Sheet) -> Sheet:
    """Put beside every input what stood in it when the workbook was made; beside columns what a blank stands for."""
    tables = {name: replace(table, columns={**table.columns, **_copies(table)}) for name, table in sheet.tables.items()}
    cells = {
        f"{MADE}{name}": Cell(cell.value, varies="number" if cell.input.kind == "number" else "text")
        for name, cell in sheet.scalars.items()
        if cell.input
    }
    return replace(sheet, scalars={**sheet.scalars, **cells}, tables=tables)


def with_amiss(sheet: Sheet) -> Sheet:
    """Beside the inputs of a sheet, how many of a row's cells for a number hold none; every such cell is looked at."""
    inputs = {name: cell.input for name, cell in sheet.scalars.items() if cell.input}
    cells = {f"{{.{name}}}": bool(each.choices) for name, each in inputs.items() if each.kind == "number"}
    scalars = {AMISS: Cell(None, amiss(cells))} if cells else {}
    tables = {}
    for name, table in sheet.tables.items():
        asked = {
            f"{{{column}}}": any(each.choices for each in entry.inputs.values())
            for column, entry in table.columns.items()
            if any(each.kind == "number" for each in entry.inputs.values())
        }
        flags = {AMISS: Column((), amiss(asked))} if asked else {}
        tables[name] = replace(table, columns={**table.columns, **flags})
    return replace(sheet, scalars={**sheet.scalars, **scalars}, tables=tables)


def _copies(table: Table) -> dict[str, Column]:
    copies = {}
    for name, entry in _moving(table).items():
        kinds = {each.kind for each in entry.inputs.values()}
        copies[f"{MADE}{name}"] = Column(entry.values, varies="number" if kinds == {"number"} else "text")
        if _has_usual(entry):
            copies[f"{USUAL_PREFIX}{name}"] = Column([entry.inputs[key].default for key in table.keys], keep=True)
    return copies


def _moving(table: Table) -> dict[str, Column]:
    return {name: entry for name, entry in table.columns.items() if entry.inputs and not _SILENT.match(name)}


def _has_usual(column: Column) -> bool:
    return all(entry.default not in (None, "") for entry in column.inputs.values())
