"""The command line: the same engine without a server.

Exit status 0, or 2 with sentences on stderr where something that was handed in cannot be used.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from agriplan import __version__
from agriplan.at_once import do_all
from agriplan.commands.administration import add_commands
from agriplan.commands.beginning import begin_folder, copy_templates
from agriplan.commands.comparing import compare_command
from agriplan.commands.console import BAD_INPUT, complain, send, show, tells_problems
from agriplan.commands.evaluating import evaluate_command
from agriplan.commands.exporting import export
from agriplan.commands.localized import LocalizedGroup
from agriplan.commands.options import (
    area_argument,
    area_option,
    baselines_option,
    indicator_option,
    json_option,
    scenario_option,
    template_option,
)
from agriplan.commands.reading import is_dash
from agriplan.commands.rolling import roll_command
from agriplan.commands.serving import serve_command
from agriplan.commands.tables import take
from agriplan.errors import OutputError, Problem, WorkbookError
from agriplan.sentences import Lang
from agriplan.workbook.garbage_collection import without_collection

if TYPE_CHECKING:
    from agriplan.commands.session import Session


def _show_version(context: click.Context, _: click.Parameter, asked: object) -> None:
    if asked and not context.resilient_parsing:
        show(f"{context.info_name}, version {__version__}")
        context.exit()


@click.group(
    cls=LocalizedGroup, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "AGRIPLAN"}
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="显示版本 / show the version",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, is_eager=True, help="语言 / language"
)
@click.option(
    "--baselines",
    type=click.Path(path_type=Path),
    default=None,
    help="数据文件夹（默认：随程序提供的） / the data folder of a plan (where none is given: the shipped one)",
)
@click.pass_context
def main(context: click.Context, lang: Lang, baselines: Path | None) -> None:
    """内蒙古农牧业规划测算 / planning for livestock and forage commitments."""
    with without_collection(lasting=True):
        from agriplan.commands.session import Session

    context.obj = Session(lang, baselines)


@main.command()
@baselines_option
@scenario_option
@area_option
@indicator_option
@click.option("--json", "form", flag_value="json", help="全部数字，JSON / every number as JSON")
@click.option("--csv", "form", flag_value="csv", help="全部数字，CSV / every number as CSV")
@click.pass_obj
@tells_problems
def plan(
    session: "Session", file: Path | None, areas: tuple[str, ...], indicators: tuple[str, ...], form: str | None
) -> None:
    """规划测算，给出全部数字 / every number of the plan."""
    chosen, made = do_all(lambda: session.choose(areas, indicators), lambda: session.plan_of(file))
    if form is None:
        show(session.show_plan(made, chosen))
    else:
        send(session.plan_as(form, made, chosen))


@main.command()
@baselines_option
@area_argument
@scenario_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="文件或文件夹，- 为标准输出 / file or folder, - for stdout"
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="语言 / language of the workbook")
@template_option
@click.pass_context
@tells_problems
def workbook(
    context: click.Context, area: str, file: Path | None, output: Path | None, lang: Lang | None, template: Path | None
) -> None:
    """生成工作簿，AREA 为代码、名称、region（全区）或 all / write workbooks: AREA is a code or name, region, or all."""
    typed = context.get_parameter_source("template") is ParameterSource.COMMANDLINE
    spoken: Session = context.obj
    session, (made_of, codes) = do_all(
        lambda: spoken.speaking_as(lang, template, typed=typed),
        lambda: spoken.check_workbooks(area, file, output, template),
    )
    written = list[Path]()
    paths, count = session.write_workbooks(made_of, codes, output, template), len(codes)
    # The bar is for the pack, on a terminal; the paths are the result, and go where results go.
    try:
        with click.progressbar(paths, length=count, file=sys.stderr, hidden=not _is_terminal()) as made:
            for path in made:
                written.append(path)
                if not is_dash(path):
                    show(os.fsencode(path).decode(errors="replace"))
    except KeyboardInterrupt:
        raise OutputError([Problem("", "stopped_after", {"count": len(written), "total": count})]) from None


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


@main.command()
@baselines_option
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--accept", is_flag=True, help="有疑点也采用 / print the scenario although something is in doubt")
@json_option
@click.pass_obj
@tells_problems
def read(session: "Session", file: Path, *, accept: bool, as_json: bool) -> None:
    """读回工作簿，没有疑点才给出方案 / an edited workbook as scenario JSON, once nothing about it is in doubt."""
    from agriplan.analysis.caution import say_caution

    result = session.read_workbook(file)
    if as_json:
        send(session.readback_as_json(result))
        if result.doubts and not accept:
            sys.exit(BAD_INPUT)
        return
    for problem in (*result.notes, *(result.doubts if accept else ())):
        complain(problem.text(session.lang))
    for caution in result.cautions:
        complain(say_caution(caution, session.baselines, session.lang))
    if result.doubts and not accept:
        raise WorkbookError([*result.doubts, Problem("", "read_in_doubt")])
    from agriplan.engine.scenario import canonical_json

    send(f"{canonical_json(result.scenario)}\n".encode())


@main.command()
@baselines_option
@template_option
@json_option
@click.pass_obj
@tells_problems
def check(session: "Session", template: Path | None, *, as_json: bool) -> None:
    """检查数据和模板，列出每个问题及位置 / every problem of the data and of a template, with its place."""
    from agriplan.commands.checking import check_as_json, check_in_words

    if not as_json:
        show(check_in_words(session, template))
        return
    data, fine = check_as_json(session, template)
    send(data)
    if not fine:
        sys.exit(BAD_INPUT)


@main.command("backtest")
@baselines_option
@area_option
@indicator_option
@json_option
@click.pass_obj
@tells_problems
def backtest_command(session: "Session", areas: tuple[str, ...], indicators: tuple[str, ...], *, as_json: bool) -> None:
    """回测：检验预测方法在本数据历史上的表现 / how the projection would have done on the data's own past."""
    shown = session.show_backtest(session.choose(areas, indicators), as_json=as_json)
    send(f"{shown}\n".encode()) if as_json else show(shown)


add_commands(main, tells_problems)
for command in (
    compare_command,
    evaluate_command,
    export,
    take,
    roll_command,
    begin_folder,
    copy_templates,
    serve_command,
):
    main.add_command(command)
