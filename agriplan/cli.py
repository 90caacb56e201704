"""The command line: the same engine without a server.

Exit status 0, or 2 with sentences on stderr where something that was handed in cannot be used.
"""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan import __version__
from agriplan.commands.administration import add_commands
from agriplan.commands.evaluating import evaluate
from agriplan.commands.exporting import export
from agriplan.commands.options import area_option, baselines_option, indicator_option, scenario_option
from agriplan.commands.rolling import roll
from agriplan.commands.tables import take
from agriplan.commands.telling import Commands, send, tells_problems
from agriplan.errors import Problem, ScenarioError, WorkbookError
from agriplan.sentences import LANGS, Lang

if TYPE_CHECKING:
    from agriplan.commands.session import Session


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "AGRIPLAN"})
@click.version_option(__version__)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 / language")
@click.option(
    "--baselines",
    type=click.Path(path_type=Path),
    default=None,
    help="数据文件夹 / the data folder of a plan (default: the shipped one)",
)
@click.pass_context
def main(context: click.Context, lang: Lang, baselines: Path | None) -> None:
    """内蒙古农牧业规划测算 / planning for livestock and forage commitments."""
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
    """规划测算 / every number of the plan."""
    chosen = session.choose(areas, indicators)
    if form is None:
        click.echo(session.show_plan(file, chosen))
    else:
        send(session.plan_as(form, file, chosen))


@main.command()
@baselines_option
@click.argument("area")
@scenario_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="文件或文件夹 / file or folder to write")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="语言 / language of the workbook")
@click.option("--template", type=click.Path(path_type=Path), help="模板 / template to pour into")
@click.pass_obj
@tells_problems
def workbook(
    session: "Session", area: str, file: Path | None, output: Path | None, lang: Lang | None, template: Path | None
) -> None:
    """生成工作簿 / write workbooks: AREA is a code or name, "region", or "all" for the pack of thirteen."""
    session = session.speaking(lang)
    paths = session.write_workbooks(area, file, output, template)
    # The bar is for the pack, on a terminal; the paths are the result, and go where results go.
    with click.progressbar(
        paths, length=session.count(area), file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as written:
        for path in list(written):
            click.echo(path)


@main.command()
@baselines_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="比较工作簿 / workbook to write")
@click.pass_obj
@tells_problems
def compare(session: "Session", files: tuple[Path, ...], output: Path | None) -> None:
    """比较方案 / compare two to five scenarios: what was changed, what that moved."""
    if not 2 <= len(files) <= 5:
        raise ScenarioError([Problem("", "two_to_five", {"count": len(files)})])
    click.echo(session.show_comparison(files, output))


@main.command()
@baselines_option
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--accept", is_flag=True, help="有疑点也采用 / print the scenario although something is in doubt")
@click.pass_obj
@tells_problems
def read(session: "Session", file: Path, *, accept: bool) -> None:
    """读回工作簿 / turn an edited workbook into scenario JSON, once nothing about it is in doubt."""
    from agriplan.engine.scenario import canonical_json

    try:
        data = file.read_bytes()
    except OSError:
        raise WorkbookError([Problem(str(file), "no_workbook_file")]) from None
    result = session.read_workbook(data)
    for problem in (*result.notes, *(result.doubts if accept else ())):
        click.echo(problem.text(session.lang), err=True)
    if result.doubts and not accept:
        raise WorkbookError([*result.doubts, Problem("", "read_in_doubt")])
    send(f"{canonical_json(result.scenario)}\n".encode())


@main.command()
@baselines_option
@click.option("--template", type=click.Path(path_type=Path), help="模板 / template to check")
@click.pass_obj
@tells_problems
def check(session: "Session", template: Path | None) -> None:
    """检查数据和模板 / every problem of the data and of a template, with its place."""
    click.echo(session.check(template))


@main.command()
@baselines_option
@click.option("--json", "as_json", is_flag=True, help="as JSON")
@click.pass_obj
@tells_problems
def backtest(session: "Session", *, as_json: bool) -> None:
    """回测 / how the projection would have done on the data's own past."""
    shown = session.show_backtest(as_json=as_json)
    if as_json:
        send(f"{shown}\n".encode())
    else:
        click.echo(shown)


class ServeCommand(click.Command):
    """A command whose help says where saved scenarios are; only the help has to load the store for that."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the file, and where the other settings are described."""
        from agriplan.store import default_database_path

        formatter.write_paragraph()
        formatter.write(f"方案保存在 / scenarios are kept in\n  {default_database_path()}\n\n")
        formatter.write("其他设置见 docs/settings.md / other settings: AGRIPLAN_*, see docs/settings.md\n")
        super().format_epilog(ctx, formatter)


@main.command(cls=ServeCommand)
@baselines_option
@click.option("--host", default=None, help="[default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="[default: 8000]")
@click.option(
    "--database", default=None, metavar="URL", help="SQLite or PostgreSQL; default: a file in the user's data folder"
)
@click.pass_obj
@partial(tells_problems, langs=LANGS)  # whoever starts a service is not asked for a language first
def serve(session: "Session", host: str | None, port: int | None, database: str | None) -> None:
    """启动服务 / serve the web form."""
    session.serve(host, port, database)


add_commands(main, tells_problems)
main.add_command(evaluate)
main.add_command(export)
main.add_command(take)
main.add_command(roll)
