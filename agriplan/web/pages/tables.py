"""A bureau's table handed in: what was found in it first, then a plan folder with what was confirmed."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Response, render_template, request
from pydantic import TypeAdapter, ValidationError

from agriplan.at_once import do_all
from agriplan.baselines.copies import check_files, pack_folder, texts_as_read
from agriplan.baselines.grades import GRADES
from agriplan.engine.scenario_text import load_json
from agriplan.errors import AgriplanError, BaselinesError, Busy, Problem, ScenarioError, WorkbookError
from agriplan.formatting import print_taken
from agriplan.taking.accepting import Provenance, accept, errors_by_grade
from agriplan.taking.bases import figures_standing
from agriplan.taking.checking import check_readings, gather_reasons
from agriplan.taking.given import TableScope
from agriplan.taking.grid import Grid, form_text, parse_table
from agriplan.taking.reading import TakenFigure, read_figures
from agriplan.taking.table_file import read_file
from agriplan.taking.words import Words
from agriplan.web.file_response import PACK, disposition
from agriplan.web.language import current_language
from agriplan.web.pages.asked import year_typed
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.choices_by_name import with_names
from agriplan.web.pages.rows import Row
from agriplan.web.pages.scenario_in_view import scenario_of_address_if_readable
from agriplan.web.problems import status_of
from agriplan.web.service import service
from agriplan.web.workbook_files import area_code

# A form's text may hold four times as much; a table of every league, indicator and year has a tenth.
MOST_CHARACTERS = 60_000
MOST_TABLES = 40  # a chapter of a yearbook has some dozen
MOST_REASONS = 10
# What the form of the preview carries: pairs of a name and a text.
Carried = TypeAdapter(list[tuple[str, str]])
ONCE = ("basis", "grade", "source", "address", "date")


@dataclass(frozen=True)
class HandedIn:
    """A table as it travels through the form: its grids, what was said of the whole, and what was read."""

    grids: Sequence[Grid]
    scope: TableScope
    taken: Sequence[TakenFigure]

    @property
    def packed(self) -> str:
        """The grids as text."""
        return json.dumps([[grid.name, form_text(grid)] for grid in self.grids], ensure_ascii=False)


@pages.get("/tables")
def tables() -> str:
    """Ask for a table."""
    return tables_shown(())


@pages.post("/tables")
def preview_table() -> str | tuple[str, int]:
    """Show what is found in a table; nothing is written."""
    try:
        grids, scope = do_all(sent_grids, sent_scope)
        return tables_shown((), look_through(grids, scope))
    except Busy:
        raise
    except AgriplanError as error:
        return tables_shown(error.problems), status_of(error)


@pages.post("/tables/accept")
def accept_table() -> Response | str | tuple[str, int]:
    """A copy of the data folder with the figures that were ticked, as a zip."""
    table: HandedIn | None = None
    try:
        grids, scope = do_all(carried_grids, sent_scope)
        table = look_through(grids, scope, request.form.get("basis", ""))
        return folder_with(table)
    except AgriplanError as error:
        return tables_shown(error.problems, table), status_of(error)


def sent_grids() -> list[Grid]:
    """The tables of all files and of the text that were sent; raises `WorkbookError` with what is wrong with each."""
    files = [one for one in request.files.getlist("file") if one.filename]
    refuse_too_many(files)
    grids: list[Grid] = []
    problems: list[Problem] = []
    for file in files:
        try:
            read = partial(read_file, file.filename or "", file.read())
            grids += service().heavy.read(read)
        except Busy:
            raise
        except AgriplanError as error:
            problems += error.problems if len(files) == 1 else error.within(file.filename or "").problems
    if problems:
        raise WorkbookError(problems)
    pasted = request.form.get("pasted", "")
    if pasted.strip():
        grids.append(parse_table(text("tables.pasted_name"), pasted))
    if not grids:
        raise WorkbookError([Problem("", "no_table")])
    return named_apart(grids)


def named_apart(grids: Sequence[Grid]) -> list[Grid]:
    """The same tables; of several that are called alike the later ones are numbered.

    >>> [grid.name for grid in named_apart([Grid("Sheet1", ()), Grid("Sheet1", ()), Grid("牛肉", ())])]
    ['Sheet1', 'Sheet1 (2)', '牛肉']
    """
    found: Counter[str] = Counter()
    apart = []
    for grid in grids:
        found[grid.name] += 1
        times = found[grid.name]
        apart.append(replace(grid, name=f"{grid.name} ({times})") if times > 1 else grid)
    return apart


def carried_grids() -> list[Grid]:
    """The tables that the form of the preview carries; raises `WorkbookError` for anything else."""
    try:
        carried = Carried.validate_python(load_json(refuse_too_long(request.form.get("table", ""))))
    except (ScenarioError, ValidationError):
        raise WorkbookError([Problem("", "no_table")]) from None
    refuse_too_many(carried)
    return [parse_table(name, body) for name, body in carried]


def sent_scope() -> TableScope:
    """Area and year of the whole table, where they were said; raises what is wrong with either."""
    word = request.form.get("area", "")
    code, year = do_all(
        lambda: area_code(service().baselines, word) if word else "",
        lambda: year_typed("year", text("tables.whole_year")),
    )
    return TableScope(code, year)


def look_through(grids: Sequence[Grid], scope: TableScope, basis: str = "") -> HandedIn:
    """Read the tables that have a figure for this plan; raises `WorkbookError` where there is none."""
    refuse_too_many(grids)
    data = service().baselines
    words = Words(data)
    read = {grid.name: read_figures(grid, words, scope) for grid in grids}
    kept = [grid for grid in grids if any(one.is_known for one in read[grid.name])]
    if not kept:
        reasons = gather_reasons(one for figures in read.values() for one in figures)
        raise WorkbookError([Problem("", "table_nothing"), *reasons[:MOST_REASONS]])
    table = HandedIn(kept, scope, check_readings((one for grid in kept for one in read[grid.name]), data, basis))
    refuse_too_long(table.packed)
    return table


def refuse_too_long(packed: str) -> str:
    """The text that a form carries; raises `WorkbookError` where it is more than the page has ever put there."""
    if len(packed) > MOST_CHARACTERS:
        raise WorkbookError([Problem("", "table_too_long", {"most": MOST_CHARACTERS})])
    return packed


def refuse_too_many(grids: Sequence[object]) -> None:
    """Raise `WorkbookError` for more tables than one looks through at a time."""
    if len(grids) > MOST_TABLES:
        raise WorkbookError([Problem("", "tables_too_many", {"most": MOST_TABLES})])


def folder_with(table: HandedIn) -> Response:
    """The data folder with the figures that were ticked; raises `BaselinesError` where it would not be sound."""
    data, ticked = service().baselines, set(request.form.getlist("take"))
    chosen = [one for one in table.taken if one.is_known and one.place in ticked]
    if not chosen:
        raise BaselinesError([Problem("", "table_none_ticked")])
    if any(not_yet_seen(one) for one in chosen):
        raise BaselinesError([Problem("", "table_basis_look")])
    basis, grade, source, address, date = (request.form.get(name, "") for name in ONCE)
    said = Provenance(basis, grade, source, address=address, date=date)
    texts = texts_as_read(data)
    accepted = accept(chosen, said, data, texts)
    files = {name: body.encode() for name, body in {**texts, **accepted.texts}.items()}
    check_files(files)
    headers = {"Content-Disposition": disposition(f"{text('tables.folder')}.zip", "baselines.zip")}
    return Response(pack_folder("baselines", files), content_type=PACK, headers=headers)


def not_yet_seen(one: TakenFigure) -> bool:
    """Whether a figure's table says another basis than the one chosen, and the page has not shown that yet."""
    is_other = any(reason.code == "table_basis_other" for reason in one.reasons)
    return is_other and request.form.get("shown_for") != request.form.get("basis")


def tables_shown(problems: Sequence[Problem], table: HandedIn | None = None) -> str:
    """The page: the form, and what was found where a table was handed in."""
    data = service().baselines
    return render_template(
        "tables.html",
        viewed=scenario_of_address_if_readable(),
        data=data,
        problems=[with_names(one, current_language()) for one in problems],
        table=table,
        rows=known_rows(table) if table else (),
        unknown=gather_reasons(table.taken) if table else (),
        counts=Counter(one.state for one in table.taken) if table else {},
        bases=sorted(data.header.known_bases),
        grades=GRADES,
        errors=errors_by_grade(current_language()),
        said=request.form,
    )


def known_rows(table: HandedIn) -> list[Row]:
    """What was found and what is doubtful, each with the value that the folder has so far and whether it is ticked."""
    data, sent = service().baselines, "take" in request.form
    basis, ticked = request.form.get("basis", ""), set(request.form.getlist("take"))
    return [
        {
            "reading": one,
            "area": data.areas[one.area],
            "indicator": (indicator := data.indicators[one.indicator]),
            "value": print_taken(one.value or 0.0, indicator.decimals, one.text),
            "so_far": figures_standing(one, data, basis),
            "ticked": one.place in ticked and not not_yet_seen(one) if sent else one.state == "found",
            "reasons": [replace(reason, place="") for reason in one.remarks],
        }
        for one in table.taken
        if one.is_known
    ]
