"""The command that evaluates: where the plan stands as of a year, as sentences and a table, JSON or CSV."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.at_once import do_all
from agriplan.commands.console import send, show, tell_beside, tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import (
    baselines_option,
    check_one_result,
    check_template_has_use,
    is_typed,
    scenario_option,
    template_option,
)
from agriplan.commands.reading import is_dash
from agriplan.errors import OutputError, Problem, ScenarioError
from agriplan.typed_numbers import NotANumberError, read_whole, year_meant

if TYPE_CHECKING:
    from agriplan.baselines.folder import Baselines
    from agriplan.commands.session import Session


@click.command("evaluate", cls=LocalizedCommand)
@baselines_option
@scenario_option
@click.option("--as-of", metavar="YEAR", help="评估时点 / the last year whose actual figures count")
@click.option("--json", "form", flag_value="json", help="全部数字，JSON / every number as JSON")
@click.option("--csv", "form", flag_value="csv", help="全部数字，CSV / every number as CSV")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="简报，Word 文件 / the brief to write, .docx")
@click.option("--area", help="简报所述盟市（默认：全区） / the area of the brief (where none is given: the region)")
@template_option
@click.pass_obj
@tells_problems
def evaluate_command(
    session: "Session",
    file: Path | None,
    as_of: str | None,
    form: str | None,
    output: Path | None,
    area: str | None,
    template: Path | None,
) -> None:
    """评估到某年为止的完成情况和预警 / where the plan stands as of a year: reached, left, likely, warned of."""
    from agriplan.analysis.evaluation import evaluate, year_of_evaluation
    from agriplan.commands.output import hand_out
    from agriplan.forecast.suggestions import suggestions_as_of
    from agriplan.report.brief.document import write_brief
    from agriplan.report.evaluation_json import evaluation_csv, evaluation_json
    from agriplan.report.evaluation_table import list_evaluation

    plan, asked, code, cautions, _ = do_all(
        lambda: session.plan_of(file),
        lambda: _year(as_of, session.baselines),
        lambda: session.area_code(area or "region"),
        lambda: [] if output is None else _check_brief(session, output, template),
        lambda: _check_uses(area, output, form),
    )
    year = year_of_evaluation(plan, asked)
    found = evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, year), year)
    if output is not None:
        tell_beside(cautions, session.lang)
        path = hand_out(output, write_brief(found, code, session.lang, template))
        if form is None and not is_dash(path):
            show(str(path))
    if form is not None:
        send((evaluation_csv(found) if form == "csv" else f"{evaluation_json(found)}\n").encode())
    elif output is None:
        show("\n\n".join(list_evaluation(found, session.lang)))


def _year(typed: str | None, baselines: "Baselines") -> int | None:
    """The year that was typed; what is none, or outside the plan, is told beside the years that can be."""
    from agriplan.analysis.evaluation import as_of_year
    from agriplan.engine.scenario import Scenario

    if typed is None:
        return None
    try:
        return as_of_year(Scenario(), baselines, read_whole(typed))
    except NotANumberError as error:
        years = {"first": baselines.base_year, "last": baselines.target_year}
        problem = Problem("as_of", "as_of_outside_plan", {"word": typed, **years}, year_meant(typed) or error.meant)
        raise ScenarioError([problem]) from None


def _check_uses(area: str | None, output: Path | None, form: str | None) -> None:
    """Raise `OutputError` for options that are of a brief where none is written, and for two results in one place."""
    do_all(
        lambda: _check_area_has_use(area, output),
        lambda: check_template_has_use(output),
        lambda: check_one_result(output, form),
    )


def _check_area_has_use(area: str | None, output: Path | None) -> None:
    if area is not None and output is None:
        raise OutputError([Problem("--area", "area_of_a_brief")])


def _check_brief(session: "Session", output: Path, template: Path | None) -> list[Problem]:
    """What is to be known of the template beside the brief; raises what speaks against its file or its template."""
    from agriplan.commands.output import check_ending
    from agriplan.report.brief.document import check_brief_template

    return do_all(
        lambda: check_ending(output, ".docx"),
        lambda: check_brief_template(template, session.lang, typed=is_typed("template")),
    )[1]
