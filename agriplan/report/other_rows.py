"""The rows of the tidy export beside the data dictionary's: inputs, entries, sentences, the plan itself."""

from collections.abc import Iterator

from agriplan.analysis.balances import balances_of, fodder_of
from agriplan.analysis.cautions import cautions_of
from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import say_path, unit_of
from agriplan.analysis.notes import take_notes
from agriplan.analysis.sensitivity import ENDS, tornado
from agriplan.engine.plan import Plan
from agriplan.report.plan_json import league_grades
from agriplan.report.tidy_row import TidyRow, figure_or_none, said


def other_rows(plan: Plan) -> Iterator[TidyRow]:
    """What a plan holds beside the tables of the data dictionary."""
    for part in (_plan, _grades, _inputs, _balances, _entries, _sentences):
        yield from part(plan)


def _plan(plan: Plan) -> Iterator[TidyRow]:
    data, region = plan.baselines, plan.baselines.region.code
    yield TidyRow(region, None, None, "fingerprint", text=plan.fingerprint)
    yield TidyRow(region, None, None, "data_version", text=data.version)
    yield TidyRow(region, None, None, "base_year", value=float(data.base_year))
    yield TidyRow(region, None, None, "target_year", value=float(data.target_year))


def _grades(plan: Plan) -> Iterator[TidyRow]:
    region = plan.baselines.region.code
    for indicator in plan.by_indicator:
        for grade, part in league_grades(plan.leagues_of(indicator)).items():
            yield TidyRow(region, indicator, None, f"league_grades.{grade}", said(f"grade.{grade}"), part, grade=grade)


def _inputs(plan: Plan) -> Iterator[TidyRow]:
    """Every input at the ends of its range, and where it leads the projection."""
    for row in tornado(plan).to_dict("records"):
        for column, name in ENDS.items():
            measure = f"inputs.{row['input']}.{name}"
            end = figure_or_none(row[column])
            yield TidyRow(plan.baselines.region.code, row["indicator"], None, measure, value=end)


def _balances(plan: Plan) -> Iterator[TidyRow]:
    """What every target takes in animals, yields and fodder."""
    for indicator in plan.by_indicator:
        for code in plan.baselines.areas:
            found = [(f"balances.{one.stock_indicator}", vars(one)) for one in balances_of(plan, indicator, code)]
            if fodder := fodder_of(plan, indicator, code):
                parts = {f"parts.{number}": part for number, part in enumerate(fodder.parts, 1)}
                found.append(("fodder", vars(fodder) | parts))
            for name, figures in found:
                for figure, value in figures.items():
                    if isinstance(value, float):
                        measure, grade = f"{name}.{figure}", figures["grade"]
                        yield TidyRow(code, indicator, None, measure, value=figure_or_none(value), grade=grade)


def _entries(plan: Plan) -> Iterator[TidyRow]:
    """What the scenario enters: an indicator, an area and a year of the path are columns, what is left is the name."""
    data = plan.baselines
    for path, entered in entries_of(plan.scenario).items():
        indicator, code, year, left = None, data.region.code, None, []
        for step in path.split("."):
            if step in data.by_id or step in data.indicators:
                indicator = step
            elif step in data.areas:
                code = step
            elif step.isdecimal():
                year = int(step)
            else:
                left.append(step)
        is_number = isinstance(entered, int | float) and not isinstance(entered, bool)
        unit = (unit_of(path, data), unit_of(path, data, "en")) if is_number else (None, None)
        yield TidyRow(
            code,
            indicator,
            year,
            ".".join(["entered", *left]),
            (say_path(path, data), say_path(path, data, "en")),
            float(entered) if is_number else None,
            None if is_number else str(entered),
            unit=(unit[0] or None, unit[1] or None),
        )


def _sentences(plan: Plan) -> Iterator[TidyRow]:
    """What a planner must be told, numbered: one thing may be said of several leagues."""
    region = plan.baselines.region.code
    for place, note in enumerate(take_notes(plan), start=1):
        texts = note.text("zh"), note.text("en")
        yield TidyRow(region, note.indicator, None, f"notes.{place}", text=note.code, texts=texts)
    for place, caution in enumerate(cautions_of(plan), start=1):
        texts = caution.text("zh"), caution.text("en")
        yield TidyRow(region, None, None, f"cautions.{place}", text=caution.code, texts=texts)
