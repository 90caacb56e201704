"""The command line: the same engine without a server.

Exit status 0, or 2 with sentences on stderr where something that was handed in cannot be used.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from agriplan import __version__
from agriplan.desk import Desk
from agriplan.errors import AgriplanError, Problem, ScenarioError, WorkbookError
from agriplan.models import Scenario, canonical_json, read_scenario
from agriplan.sentences import Lang

P = ParamSpec("P")
R = TypeVar("R")

BAD_INPUT = 2


def tells_problems(command: Callable[P, R]) -> Callable[P, R]:
    """Turn an error that a person can put right into sentences on stderr and exit status 2."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AgriplanError as error:
            click.echo(error.text(_lang()), err=True)
            sys.exit(BAD_INPUT)

    return told


def _lang() -> Lang:
    context = click.get_current_context(silent=True)
    lang = context.find_root().params.get("lang") if context else None
    return "en" if lang == "en" else "zh"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "AGRIPLAN"})
@click.version_option(__version__)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 / language")
@click.option(
    "--baselines",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="数据文件夹 / the data folder of a plan (default: the shipped one)",
)
@click.pass_context
def main(context: click.Context, lang: Lang, baselines: Path | None) -> None:
    """内蒙古农牧业规划测算 / planning for livestock and forage commitments."""
    context.obj = Desk(lang, baselines)


def _use_folder(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        context.obj = replace(context.obj, folder=folder)


# The same option after the command, where most people look for it.
baselines_option = click.option(
    "--baselines",
    type=click.Path(path_type=Path, file_okay=False),
    expose_value=False,
    callback=_use_folder,
    help="数据文件夹 / the data folder of a plan",
)
scenario_option = click.option(
    "--scenario", "file", type=click.Path(path_type=Path, dir_okay=False), help="方案文件 / scenario JSON"
)


@main.command()
@baselines_option
@scenario_option
@click.option("--json", "form", flag_value="json", help="every number as JSON")
@click.option("--csv", "form", flag_value="csv", help="every number as CSV")
@click.pass_obj
@tells_problems
def plan(desk: Desk, file: Path | None, form: str | None) -> None:
    """规划测算 / every number of the plan."""
    click.echo(desk.show_plan(_scenario(file), form), nl=form != "csv")


@main.command()
@baselines_option
@click.argument("area")
@scenario_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="文件或文件夹 / file or folder to write")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="语言 / language of the workbook")
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), help="模板 / template to pour into")
@click.pass_obj
@tells_problems
def workbook(
    desk: Desk, area: str, file: Path | None, output: Path | None, lang: Lang | None, template: Path | None
) -> None:
    """生成工作簿 / write workbooks: AREA is a code or name, "region", or "all" for the pack of thirteen."""
    desk = desk.speaking(lang)
    for path in desk.write_workbooks(area, _scenario(file), output, template):
        click.echo(path)


@main.command()
@baselines_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="比较工作簿 / workbook to write")
@click.pass_obj
@tells_problems
def compare(desk: Desk, files: tuple[Path, ...], output: Path | None) -> None:
    """比较方案 / compare two to five scenarios: what was changed, what that moved."""
    if not 2 <= len(files) <= 5:
        raise ScenarioError([Problem("", "two_to_five", {"count": len(files)})])
    click.echo(desk.show_comparison([read_scenario(file) for file in files], output))


@main.command()
@baselines_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
@tells_problems
def read(desk: Desk, file: Path) -> None:
    """读回工作簿 / turn an edited workbook into scenario JSON."""
    try:
        data = file.read_bytes()
    except OSError:
        raise WorkbookError([Problem(str(file), "no_workbook_file")]) from None
    click.echo(canonical_json(desk.read_workbook(data)))


@main.command()
@baselines_option
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), help="模板 / template to check")
@click.pass_obj
@tells_problems
def check(desk: Desk, template: Path | None) -> None:
    """检查数据和模板 / every problem of the data and of a template, with its place."""
    click.echo(desk.check(template))


@main.command()
@baselines_option
@click.option("--json", "as_json", is_flag=True, help="as JSON")
@click.pass_obj
@tells_problems
def backtest(desk: Desk, *, as_json: bool) -> None:
    """回测 / how the projection would have done on the data's own past."""
    click.echo(desk.show_backtest(as_json=as_json))


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
@tells_problems
def serve(desk: Desk, host: str | None, port: int | None, database: str | None) -> None:
    """启动服务 / serve the web form."""
    desk.serve(host, port, database)


def _scenario(file: Path | None) -> Scenario:
    return Scenario() if file is None else read_scenario(file)
