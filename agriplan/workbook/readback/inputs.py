"""An edited workbook gives a scenario: the one that it was made from, with the inputs laid over it.

Inputs are found by name, wherever they are. A cell that still holds what it was made with changes nothing, so that what
a league's file does not show is not lost; an empty cell stands for the default.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import ParseError

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_json, parse_scenario
from agriplan.errors import Problem, ScenarioError, WorkbookError
from agriplan.sentences import Lang, catalogue
from agriplan.workbook import formulas
from agriplan.workbook.content.assumptions import describe_assumptions
from agriplan.workbook.content.first_page import EDITION
from agriplan.workbook.content.making import Making
from agriplan.workbook.content.yearly import describe_years
from agriplan.workbook.description import Input, Sheet, Value
from agriplan.workbook.readback.entries import Changes, Place
from agriplan.workbook.readback.opening import Opened, open_workbook
from agriplan.workbook.readback.parts import Held

# A scenario of ten million characters is none.
MOST_PARTS = 300
# Names are stretched when rows are inserted; this many rows are looked through at most.
MOST_ROWS = 5_000
# A template may show a table in as many blocks.
MOST_BLOCKS = 9
# Where live figures stand beside those of the indicators' own sheets.
LIVE: Mapping[str, Iterable[str]] = {
    "assumptions.lines": formulas.ASSUMED_LINES,
    "assumptions.leagues": formulas.ASSUMED_LEAGUES,
    "assumptions.herds": formulas.ASSUMED_HERDS,
    "assumptions.criteria": formulas.ASSUMED_CRITERIA,
    "years.years": (*formulas.YEARS, *formulas.PROGRESS),
    "years.region": (*formulas.YEARS_OF_REGION, *formulas.PROGRESS),
    "plan.indicators": (*formulas.FIRST_PAGE, *formulas.FIRST_PAGE_OF_LEAGUE, "status"),
    "plan": ("light", "state"),
    "overview.leagues": formulas.OVERVIEW,
    "overview.region": formulas.OVERVIEW_TOTAL,
    "rules": ("state",),
    "checks.checks": formulas.CHECK,
    "checks": ("light",),
}
# First row, last row, and the row of each key.
Block = tuple[int, int, dict[str, int]]


def read_inputs(data: bytes, baselines: Baselines, suggestions: pd.DataFrame) -> Scenario:
    """The scenario that a workbook holds; raises `WorkbookError` with everything that is wrong."""
    try:
        return _read(open_workbook(data), baselines, suggestions)
    except (ParseError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise WorkbookError([Problem("", "not_a_workbook")]) from error


def made_from(data: bytes) -> Scenario:
    """The scenario that a workbook was made from, whatever was changed in it since; raises `WorkbookError`."""
    try:
        return _stored_scenario(open_workbook(data))
    except (ParseError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise WorkbookError([Problem("", "not_a_workbook")]) from error


def _read(opened: Opened, baselines: Baselines, suggestions: pd.DataFrame) -> Scenario:
    _check_origin(opened, baselines)
    stored = _stored_scenario(opened)
    making = _making(opened, baselines, suggestions, stored)
    sheets = (describe_assumptions(making), describe_years(making))
    changes = Changes(stored, making)
    problems = [problem for sheet in sheets for problem in _lay_over(sheet, opened, changes)]
    problems += _overwritten(opened, baselines)
    problems += changes.finish()
    if problems:
        raise WorkbookError(problems)
    if not changes.any:
        return stored
    try:
        return parse_scenario(changes.data)
    except ScenarioError as error:
        raise WorkbookError(changes.placed(problem) for problem in error.problems) from None


def _check_origin(opened: Opened, baselines: Baselines) -> None:
    edition = _scalar(opened, "plan.edition").value
    if edition is None:
        raise WorkbookError([Problem("", "not_this_workbook")])
    if _plain(edition) != EDITION:
        raise WorkbookError([Problem("", "workbook_of_old_template")])
    plan = tuple(_plain(_scalar(opened, f"plan.{name}").value) for name in ("region_code", "base_year", "target_year"))
    ours = (baselines.region.code, str(baselines.base_year), str(baselines.target_year))
    if plan != ours:
        values = {"theirs": "–".join(plan[1:]), "ours": "–".join(ours[1:])}
        raise WorkbookError([Problem("", "workbook_of_other_plan", values)])
    if _plain(_scalar(opened, "plan.data_version").value) != baselines.version:
        raise WorkbookError([Problem("", "workbook_of_other_data")])


def _stored_scenario(opened: Opened) -> Scenario:
    count = _scalar(opened, "plan.scenario_parts").value
    most = min(int(_number(count)), MOST_PARTS)
    parts = [_scalar(opened, f"plan.scenario_{number}").value for number in range(1, most + 1)]
    try:
        return parse_json("".join(str(part) for part in parts))
    except ScenarioError:
        raise WorkbookError([Problem("", "workbook_scenario_damaged")]) from None


def _making(opened: Opened, baselines: Baselines, suggestions: pd.DataFrame, stored: Scenario) -> Making:
    """What the workbook was made from, in the words of its own template."""
    code, lang = (_plain(_scalar(opened, f"plan.{name}").value) for name in ("area_code", "lang"))
    if code not in baselines.areas or lang not in ("zh", "en"):
        raise WorkbookError([Problem("", "not_this_workbook")])
    words = {}
    for name in catalogue():
        held = _scalar(opened, f"words.{name}").value
        if isinstance(held, str):
            words[name] = held
    plan = make_plan(stored, baselines, suggestions)
    language: Lang = "en" if lang == "en" else "zh"
    return Making(plan, baselines.areas[code], words, language)


def _lay_over(sheet: Sheet, opened: Opened, changes: Changes) -> Iterator[Problem]:
    for name, cell in sheet.scalars.items():
        if cell.input:
            place = opened.place(f"{sheet.name}.{name}")
            if place is None:
                yield Problem(f"{sheet.name}.{name}", "workbook_name_missing")
            else:
                title, column, row, _ = place
                changes.take(cell.input, cell.value, opened.cell(title, column, row), Place(title, column, row))
    for name, table in sheet.tables.items():
        keys = _key_blocks(opened, f"{sheet.name}.{name}.key")
        for entry, filled in table.columns.items():
            if filled.inputs:
                made = dict(zip(table.keys, filled.values, strict=True))
                yield from _lay_column(f"{sheet.name}.{name}.{entry}", filled.inputs, made, keys, opened, changes)


def _lay_column(
    name: str,
    inputs: Mapping[str, Input],
    made: dict[str, Value],
    blocks: list[Block],
    opened: Opened,
    changes: Changes,
) -> Iterator[Problem]:
    place = opened.place(name)
    if place is None:
        yield Problem(name, "workbook_name_missing")
        return
    title, column, first, last = place
    rows = next((rows for start, end, rows in blocks if start <= last and first <= end), {})
    for key, entry in inputs.items():
        if key not in rows:
            yield Problem(f"{name} · {key}", "workbook_row_missing")
            continue
        changes.take(entry, made[key], opened.cell(title, column, rows[key]), Place(title, column, rows[key]))


def _key_blocks(opened: Opened, name: str) -> list[Block]:
    """Where the rows of a table stand, wherever rows were inserted; a table may stand in several blocks."""
    blocks = []
    for each in (name, *(f"{name}_{number}" for number in range(2, MOST_BLOCKS + 1))):
        place = opened.place(each)
        if place is not None:
            title, column, first, last = place
            held = {
                row: opened.cell(title, column, row).value for row in range(first, min(last, first + MOST_ROWS) + 1)
            }
            blocks.append((first, last, {_plain(value): row for row, value in held.items() if value is not None}))
    return blocks


def _overwritten(opened: Opened, baselines: Baselines) -> Iterator[Problem]:
    """Named cells of live figures that hold a value instead of their formula."""
    for name in _live_names(opened, baselines):
        place = opened.place(name)
        if place is None:
            continue
        title, column, first, last = place
        for row in range(first, min(last, first + MOST_ROWS) + 1):
            held = opened.cell(title, column, row)
            if held.value is not None and not held.formula:
                yield Problem(str(Place(title, column, row)), "workbook_formula_overwritten")


def _live_names(opened: Opened, baselines: Baselines) -> Iterator[str]:
    """The names of live figures: a table's column or a scalar that has a formula wherever it is shown."""
    live = set(_live_entries(baselines))
    for name in opened.names:
        if name in live or re.sub(r"_\d+$", "", name) in live:
            yield name


def _live_entries(baselines: Baselines) -> Iterator[str]:
    for place, texts in LIVE.items():
        yield from (f"{place}.{name}" for name in texts)
    for commitment in baselines.commitments:
        kind, name = commitment.kind, commitment.id
        yield from (f"{name}.{entry}" for entry in {**formulas.LINE, **formulas.LINE_BY_KIND[kind]})
        leagues = {**formulas.LEAGUES, **formulas.LEAGUES_BY_KIND[kind]}
        yield from (f"{name}.leagues.{entry}" for entry in (*leagues, "projection", "milestone"))
        yield from (f"{name}.league_years.{entry}" for entry in formulas.LEAGUE_YEARS_BY_KIND[kind])
        region = {**formulas.REGION_YEARS_BY_KIND[kind], **formulas.REGION_ACTUALS}
        yield from (f"{name}.region_years.{entry}" for entry in region)


def _scalar(opened: Opened, name: str) -> Held:
    place = opened.place(name)
    return opened.cell(*place[:3]) if place else Held()


def _plain(value: object) -> str:
    """A value as text; a whole number without its decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float, str)) else 0.0
