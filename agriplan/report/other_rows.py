"""The rows of the tidy export beside the data dictionary's: inputs, entries, sentences, the plan itself."""

from collections.abc import Iterator, Mapping

from agriplan.analysis.balances import BalanceFigures, FodderFigures, balances_of, fodder_of
from agriplan.analysis.cautions import cautions_of
from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import say_path, unit_of
from agriplan.analysis.notes import take_notes
from agriplan.analysis.sensitivity import ENDS, tornado
from agriplan.engine.plan import Plan
from agriplan.report.plan_json import league_grades
from agriplan.report.tidy_row import NO_WORDS, Both, TidyRow, figure_or_none, said
from agriplan.report.units import unit_of_end, units_of_balance, units_of_fodder
from agriplan.sentences import LANGS, say


def other_rows(plan: Plan) -> Iterator[TidyRow]:
    """What a plan holds beside the tables of the data dictionary."""
    for part in (_plan, _grades, _inputs, _balances, _entries, _sentences):
        yield from part(plan)


def _plan(plan: Plan) -> Iterator[TidyRow]:
    data, region = plan.baselines, plan.baselines.region.code
    for name, text in (("fingerprint", plan.fingerprint), ("data_version", data.version)):
        yield TidyRow(region, None, None, name, said(f"measure.{name}"), text=text)
    for name, year in (("base_year", data.base_year), ("target_year", data.target_year)):
        yield TidyRow(region, None, None, name, said(f"measure.{name}"), value=float(year))


def _grades(plan: Plan) -> Iterator[TidyRow]:
    region = plan.baselines.region.code
    for indicator in plan.by_indicator:
        for grade, part in league_grades(plan.leagues_of(indicator)).items():
            yield TidyRow(region, indicator, None, f"league_grades.{grade}", said(f"grade.{grade}"), part, grade=grade)


def _inputs(plan: Plan) -> Iterator[TidyRow]:
    """Every input at the ends of its range, and where it leads the projection."""
    for row in tornado(plan).to_dict("records"):
        for column, name in ENDS.items():
            measure, names = f"inputs.{row['input']}.{name}", _named(f"move.{name}", said(f"input.{row['input']}"))
            end = figure_or_none(row[column])
            unit = unit_of_end(row["input"], name, plan.baselines.by_id[row["indicator"]])
            yield TidyRow(plan.baselines.region.code, row["indicator"], None, measure, names, value=end, unit=unit)


def _balances(plan: Plan) -> Iterator[TidyRow]:
    """What every target takes in animals, yields and fodder."""
    data, of_fodder = plan.baselines, units_of_fodder(plan.baselines)
    for indicator in plan.by_indicator:
        for code in data.areas:
            for one in balances_of(plan, indicator, code):
                units = units_of_balance(one.stock_indicator, one.each_indicator, data.by_id[indicator], data)
                yield from _measured(
                    one, f"balances.{one.stock_indicator}", "balance", units, _name(plan, one.stock_indicator)
                )
            if fodder := fodder_of(plan, indicator, code):
                yield from _measured(fodder, "fodder", "fodder", of_fodder)
                for number, part in enumerate(fodder.parts, start=1):
                    names = _named("fodder.part", (str(number), str(number)))
                    yield TidyRow(
                        *(code, indicator, None, f"fodder.parts.{number}", names, part),
                        unit=of_fodder["parts"],
                        grade=fodder.grade,
                    )


def _measured(
    found: BalanceFigures | FodderFigures, prefix: str, family: str, units: Mapping[str, Both], of: Both = NO_WORDS
) -> Iterator[TidyRow]:
    """The figures of one balance, each called by its field and the animals that it counts."""
    for field, value in vars(found).items():
        names = _named(f"{family}.{field}", of) if isinstance(value, bool | float) else NO_WORDS
        if isinstance(value, bool):
            word = str(value).lower()
            yield TidyRow(
                found.code, found.indicator, None, f"{prefix}.{field}", names, text=word, texts=said(f"flag.{word}")
            )
        if isinstance(value, float):
            one = figure_or_none(value)
            yield TidyRow(
                *(found.code, found.indicator, None, f"{prefix}.{field}", names, one),
                unit=units[field],
                grade=found.grade,
            )


def _name(plan: Plan, indicator: str) -> Both:
    found = plan.baselines.indicators[indicator]
    return found.name_zh, found.name_en


def _named(measure: str, of: Both = NO_WORDS) -> Both:
    """What a measure outside the data dictionary is called, in both languages; `of` is what it belongs to.

    >>> _named("move.swing", ("增速", "growth"))
    ('增速：两端之差', 'growth: difference between the ends')
    """
    chinese, english = (say(f"measure.{measure}", lang, of=name or "") for lang, name in zip(LANGS, of, strict=True))
    return chinese, english


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
        unit = (unit_of(path, data, "zh"), unit_of(path, data, "en")) if is_number else (None, None)
        yield TidyRow(
            code,
            indicator,
            year,
            ".".join(["entered", *left]),
            (say_path(path, data, "zh"), say_path(path, data, "en")),
            float(entered) if is_number else None,
            None if is_number else str(entered),
            unit=(unit[0] or None, unit[1] or None),
        )


def _sentences(plan: Plan) -> Iterator[TidyRow]:
    """What a planner must be told, numbered: one thing may be said of several leagues."""
    region = plan.baselines.region.code
    for place, note in enumerate(take_notes(plan), start=1):
        texts = note.text("zh"), note.text("en")
        yield TidyRow(region, note.indicator, None, f"notes.{place}", said("measure.note"), text=note.code, texts=texts)
    for place, caution in enumerate(cautions_of(plan), start=1):
        texts = caution.text("zh"), caution.text("en")
        yield TidyRow(region, None, None, f"cautions.{place}", said("measure.caution"), text=caution.code, texts=texts)
