"""The command that compares: what differs between scenarios and what that moves, as tables, JSON or a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.at_once import do_all
from agriplan.commands.console import send, show, tell_beside, tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import (
    area_option,
    baselines_option,
    check_one_result,
    check_template_has_use,
    indicator_option,
    is_typed,
    json_option,
    template_option,
)
from agriplan.commands.reading import is_dash
from agriplan.errors import Problem
from agriplan.sentences import Lang

if TYPE_CHECKING:
    from agriplan.analysis.comparison import Comparison
    from agriplan.commands.session import Session
    from agriplan.report.chosen import Chosen


@click.command("compare", cls=LocalizedCommand)
@baselines_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@area_option
@indicator_option
@json_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="比较工作簿，- 为标准输出 / workbook to write, - for stdout"
)
@template_option
@click.pass_obj
@tells_problems
def compare_command(
    session: "Session",
    files: tuple[Path, ...],
    areas: tuple[str, ...],
    indicators: tuple[str, ...],
    output: Path | None,
    template: Path | None,
    *,
    as_json: bool,
) -> None:
    """比较二至五个方案的改动及其影响 / compare two to five scenarios: what was changed, what that moved."""
    from agriplan.analysis.comparison import compare
    from agriplan.commands.output import check_ending
    from agriplan.workbook.files import parsed_template

    spoken, chosen, plans, _, _, _ = do_all(
        lambda: session.speaking_as(None, template, typed=is_typed("template")),
        lambda: session.choose(areas, indicators),
        lambda: session.plans_of(files),
        lambda: check_template_has_use(output),
        lambda: check_one_result(output, "json" if as_json else None),
        lambda: do_all(
            lambda: None if output is None else check_ending(output, ".xlsx"),
            lambda: None if output is None or template is None else parsed_template(template, session.lang),
        ),
    )
    comparison = compare(plans)
    if output:
        _write(session, comparison, output, template, chosen, spoken.lang)
    if is_dash(output):
        return
    if as_json:
        from agriplan.report.comparison_json import comparison_report

        send(f"{comparison_report(comparison, chosen).model_dump_json(indent=1)}\n".encode())
    else:
        from agriplan.report.comparison_tables import list_comparison

        names = [plan.scenario.name or file.stem for plan, file in zip(plans, files, strict=True)]
        tables = [*list_comparison(comparison, names, session.lang, chosen)]
        show("\n\n".join([*tables, str(output)] if output else tables))


def _write(
    session: "Session",
    comparison: "Comparison",
    output: Path,
    template: Path | None,
    chosen: "Chosen",
    written_in: Lang,
) -> None:
    """The comparison as a workbook, which holds all of it whatever was chosen to be shown."""
    from agriplan.commands.output import write_comparison_workbook
    from agriplan.report.chosen import EVERYTHING
    from agriplan.workbook.files import shipped_instead

    tell_beside(shipped_instead(template, (written_in,)), session.lang)
    if chosen != EVERYTHING:
        tell_beside([Problem("-o", "comparison_whole")], session.lang)
    write_comparison_workbook(comparison, output, written_in, template)
