"""An edited workbook gives a scenario: the one that it was made from, with the inputs laid over it.

Inputs are found by name, wherever they are. A cell that still holds what it was made with changes nothing, so that what
a league's file does not show is not lost; an empty cell stands for the default. What was read is then held against the
file's own live figures: whatever the file says otherwise is a doubt, and a person decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

import pandas as pd

from agriplan.analysis.caution import Caution
from agriplan.analysis.cautions import beyond_digits, cautions_of
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_json, parse_scenario
from agriplan.errors import Called, Problem, ScenarioError, WorkbookError
from agriplan.sentences import Lang, catalogue
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.first_page import EDITION
from agriplan.workbook.description import Book, Input, Sheet, Value
from agriplan.workbook.readback.entries import ScenarioEdits
from agriplan.workbook.readback.figures import ShownFigure, first_page_figures, told_differences, told_overwritten
from agriplan.workbook.readback.file_kinds import explain_other_kinds
from agriplan.workbook.readback.finding import CellPlace, Finder, FoundCell, as_plain, told_copies, told_rows
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.left_out import told_left_out
from agriplan.workbook.readback.rearranged import told_deleted, told_labels, told_loose_columns, told_loose_rows
from agriplan.workbook.readback.unseen import told_hidden, told_merged
from agriplan.workbook.readback.uploaded_file import Opened, open_workbook

# A scenario of ten million characters is none.
MOST_SCENARIO_PARTS = 300


@dataclass(frozen=True)
class Readback:
    """What a file gives: the scenario that it was made from, and the one that it holds now.

    `doubts` are what the file says otherwise or what could not be used, each at its cell: nothing is kept before a
    person has decided. `notes` are told only: what was left out of the scenario, what was read as blank. `figures` are
    those of the first page that the file shows otherwise.
    `cautions` ask to look at entries of the scenario again, whether they were made in the file or before.
    """

    made: Scenario
    scenario: Scenario
    doubts: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    figures: tuple[ShownFigure, ...] = ()
    cautions: tuple[Caution, ...] = ()

    def settled(self) -> Scenario:
        """The scenario, where nothing is in doubt; raises `WorkbookError` with every doubt."""
        if self.doubts:
            raise WorkbookError(self.doubts)
        return self.scenario


def read_back(data: bytes, baselines: Baselines, suggestions: pd.DataFrame) -> Readback:
    """Read an edited workbook; raises `WorkbookError` where it is none of ours, or of other data."""
    try:
        return read_opened(open_workbook(data), baselines, suggestions)
    except WorkbookError:
        explain_other_kinds(data)
        raise
    except (ParseError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise WorkbookError([Problem("", "not_a_workbook")]) from error


def read_opened(opened: Opened, baselines: Baselines, suggestions: pd.DataFrame) -> Readback:
    """What the names and cells of a file say; raises as `read_back` does, and what a damaged file leads to."""
    _check_origin(opened, baselines)
    stored = _stored_scenario(opened)
    about = _About(opened, baselines)
    made = make_plan(stored, baselines, suggestions)
    book = about.book(made)
    finder = Finder(opened)
    changes = ScenarioEdits(stored, book.words)
    sheets = list(book.sheets.values())
    asked = [place for sheet in sheets for place in _lay_over(sheet, finder, changes)]
    plan, doubts = _usable(changes, made)
    unread = any(problem.code != "typed_as_text" for problem in doubts)
    now = book if plan is made else about.book(plan)
    doubts += told_labels(book, finder)
    doubts += told_merged(asked, finder)
    doubts += told_overwritten(book, finder)
    doubts += told_rows(finder, sheets)
    doubts += told_loose_rows(finder, sheets)
    doubts += told_loose_columns(finder, sheets)
    doubts += told_copies(finder, sheets)
    doubts += told_deleted(finder, book)
    # Of figures that are too large for their digits no two programs agree; a caution tells of the unit.
    are_comparable = not beyond_digits(plan)
    doubts += told_differences(now, finder, unread=unread) if are_comparable else ()
    figures = tuple(first_page_figures(now, finder)) if are_comparable else ()
    notes = (*told_left_out(changes.left_out, plan), *changes.notes, *told_hidden(changes.hidden))
    return Readback(stored, plan.scenario, tuple(doubts), notes, figures, cautions_of(plan))


def _usable(changes: ScenarioEdits, made: Plan) -> tuple[Plan, list[Problem]]:
    """The plan of what was entered, without the entries that cannot be used, and what is wrong with those."""
    problems = changes.finish()
    while changes.any:
        try:
            plan = make_plan(parse_scenario(changes.data), made.baselines, made.suggestions)
        except ScenarioError as error:
            problems += [_undone(problem, changes, made.baselines) for problem in error.problems]
        else:
            if not changes.incomplete:
                return plan, problems
            changes.take_back(list(changes.incomplete))
    return made, problems


def _undone(problem: Problem, changes: ScenarioEdits, baselines: Baselines) -> Problem:
    """Undo what cannot be used of what was entered; it is told at its cell."""
    if problem.code == "value_beside_quantity":
        part, indicator, code = problem.place.split(".")
        told = changes.prefer_value(problem.place, f"{part}.{baselines.by_id[indicator].quantity}.{code}")
        if told:
            return told
    changes.take_back([problem.place])
    return changes.placed(problem)


def _check_origin(opened: Opened, baselines: Baselines) -> None:
    edition = _scalar(opened, "plan.edition").value
    if edition is None:
        is_comparison = any(name.startswith("moved.") for name in opened.names)
        sheets: dict[str, object] = {"word": list(opened.sheets)[:3]}
        raise WorkbookError([Problem("", "workbook_is_comparison" if is_comparison else "not_this_workbook", sheets)])
    if as_plain(edition) != EDITION:
        raise WorkbookError([Problem("", "workbook_of_old_template")])
    plan = tuple(
        as_plain(_scalar(opened, f"plan.{name}").value) for name in ("region_code", "base_year", "target_year")
    )
    ours = (baselines.region.code, str(baselines.base_year), str(baselines.target_year))
    if plan != ours:
        region = Called("", baselines.region.name_zh, baselines.region.name_en)
        values = {"other": plan[0], "theirs": "–".join(plan[1:]), "region": region, "ours": "–".join(ours[1:])}
        raise WorkbookError([Problem("", "workbook_of_other_plan", values)])
    if as_plain(_scalar(opened, "plan.data_version").value) != baselines.version:
        raise WorkbookError([Problem("", "workbook_of_other_data")])


def _stored_scenario(opened: Opened) -> Scenario:
    count = _scalar(opened, "plan.scenario_parts").value
    most = min(int(_number(count)), MOST_SCENARIO_PARTS)
    parts = [_scalar(opened, f"plan.scenario_{number}").value for number in range(1, most + 1)]
    try:
        return parse_json("".join(str(part) for part in parts))
    except ScenarioError:
        raise WorkbookError([Problem("", "workbook_scenario_damaged")]) from None


class _About:
    """Whose workbook it is, in which language, and in the words of its own template."""

    def __init__(self, opened: Opened, baselines: Baselines) -> None:
        self._code, lang = (as_plain(_scalar(opened, f"plan.{name}").value) for name in ("area_code", "lang"))
        if self._code not in baselines.areas or lang not in ("zh", "en"):
            raise WorkbookError([Problem("", "not_this_workbook", {"word": next(iter(opened.sheets), "")})])
        self._lang: Lang = "en" if lang == "en" else "zh"
        held = {name: _scalar(opened, f"words.{name}").value for name in catalogue()}
        self._words = {name: word for name, word in held.items() if isinstance(word, str)}

    def book(self, plan: Plan) -> Book:
        """That workbook, for this plan."""
        return describe_book(plan, self._code, self._lang, self._words)


def _lay_over(sheet: Sheet, finder: Finder, changes: ScenarioEdits) -> Iterator[CellPlace]:
    """Lay each input of a sheet over the scenario; yields where it stands."""
    for name, entry, value, found in _asked_for(sheet, finder):
        if found is None:
            finder.lost(sheet, name)
        else:
            changes.take(entry, value, found.held, found.place)
            yield found.place


def _asked_for(sheet: Sheet, finder: Finder) -> Iterator[tuple[str, Input, Value, FoundCell | None]]:
    """Every input of a sheet: what it is called, what it takes, what it was made with, and where it stands."""
    for name, cell in sheet.scalars.items():
        if cell.input:
            yield name, cell.input, cell.value, finder.scalar(sheet, name)
    for table_name, table in sheet.tables.items():
        for name, column in table.columns.items():
            cells = (
                {found.key: found for found in finder.column(sheet, table_name, name) or ()} if column.inputs else {}
            )
            for key, value in zip(table.keys, column.values, strict=True):
                if key in column.inputs:
                    called = f"{table_name}.{name}@{key}" if cells else f"{table_name}.{name}"
                    yield called, column.inputs[key], value, cells.get(key)


def _scalar(opened: Opened, name: str) -> Held:
    place = opened.place(name)
    return opened.cell(*place[:3]) if place else Held()


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float, str)) else 0.0
