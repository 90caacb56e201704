"""The command that evaluates: where the plan stands as of a year, as sentences and a table, JSON or CSV."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.commands.console import send, show, tell_beside, tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import (
    baselines_option,
    check_template_has_use,
    is_typed,
    scenario_option,
    template_option,
)
from agriplan.commands.reading import is_dash
from agriplan.errors import OutputError, Problem, ScenarioError
from agriplan.typed_numbers import NotANumberError, read_whole, year_meant

if TYPE_CHECKING:
    from agriplan.analysis.evaluation import Evaluation
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
    from agriplan.analysis.evaluation import as_of_year, evaluate
    from agriplan.forecast.suggestions import suggestions_as_of
    from agriplan.report.evaluation_json import evaluation_csv, evaluation_json
    from agriplan.report.evaluation_table import list_evaluation

    if area is not None and output is None:
        raise OutputError([Problem("--area", "area_of_a_brief")])
    check_template_has_use(output)
    if form is not None and is_dash(output):
        raise OutputError([Problem("stdout", "stdout_twice")])
    plan = session.plan_of(file)
    year = as_of_year(plan.scenario, plan.baselines, _year(as_of, plan.baselines))
    found = evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, year), year)
    if output is not None:
        path = _write(found, session, output, area or "region", template)
        if form is None and not is_dash(path):
            show(str(path))
    if form is not None:
        send((evaluation_csv(found) if form == "csv" else f"{evaluation_json(found)}\n").encode())
    elif output is None:
        show("\n\n".join(list_evaluation(found, session.lang)))


def _year(typed: str | None, baselines: "Baselines") -> int | None:
    """The year that was typed; what is none is told beside the years that can be."""
    try:
        return None if typed is None else read_whole(typed)
    except NotANumberError as error:
        years = {"first": baselines.base_year, "last": baselines.target_year}
        problem = Problem("as_of", "as_of_outside_plan", {"word": typed, **years}, year_meant(typed) or error.meant)
        raise ScenarioError([problem]) from None


def _write(found: "Evaluation", session: "Session", output: Path, area: str, template: Path | None) -> Path:
    from agriplan.commands.output import check_ending, hand_out
    from agriplan.report.brief.document import check_brief_template, write_brief

    check_ending(output, ".docx")
    tell_beside(check_brief_template(template, session.lang, typed=is_typed("template")), session.lang)
    return hand_out(output, write_brief(found, session.area_code(area), session.lang, template))
