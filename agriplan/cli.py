"""The command line: the same engine without a server.

Exit status 0, or 2 with sentences on stderr where something that was handed in cannot be used.
"""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial, wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from agriplan import __version__
from agriplan.commands.administration import add_commands
from agriplan.commands.session import Session
from agriplan.engine.scenario import canonical_json
from agriplan.errors import AgriplanError, Problem, ScenarioError, WorkbookError
from agriplan.sentences import LANGS, Lang

P = ParamSpec("P")
R = TypeVar("R")

BAD_INPUT = 2


def tells_problems(command: Callable[P, R], *, langs: tuple[Lang, ...] = ()) -> Callable[P, R]:
    """Turn an error that a person can put right into sentences on stderr and exit status 2.

    They are told in the language of the command line, or in each of `langs`.
    """

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AgriplanError as error:
            for lang in langs or (_lang(),):
                click.echo(error.text(lang), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader has seen enough; click ends quietly
                raise
            click.echo(Problem("stdout", "cannot_write").text(_lang()), err=True)
        sys.exit(BAD_INPUT)

    return told


class Commands(click.Group):
    """The commands; a slip in typing one gets a Chinese sentence before click's English one."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read what stands before the command."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")  # a character that a terminal lacks is no reason to stop
        with _said_in_chinese():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _said_in_chinese():
            return super().invoke(ctx)


@contextmanager
def _said_in_chinese() -> Iterator[None]:
    try:
        yield
    except click.UsageError:
        if _lang() == "zh":
            click.echo(Problem("", "command").text("zh"), err=True)
        raise


def _echo_file(text: str) -> None:
    """Print what is likely to be sent into a file: as UTF-8, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _lang() -> Lang:
    context = click.get_current_context(silent=True)
    lang = context.find_root().params.get("lang") if context else None
    return "en" if lang == "en" else "zh"


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
    context.obj = Session(lang, baselines)


def _use_folder(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        context.obj = replace(context.obj, folder=folder)


# The same option after the command, where most people look for it.
baselines_option = click.option(
    "--baselines",
    type=click.Path(path_type=Path),
    expose_value=False,
    callback=_use_folder,
    help="数据文件夹 / the data folder of a plan",
)
scenario_option = click.option("--scenario", "file", type=click.Path(path_type=Path), help="方案文件 / scenario JSON")


@main.command()
@baselines_option
@scenario_option
@click.option("--json", "form", flag_value="json", help="every number as JSON")
@click.option("--csv", "form", flag_value="csv", help="every number as CSV")
@click.pass_obj
@tells_problems
def plan(session: Session, file: Path | None, form: str | None) -> None:
    """规划测算 / every number of the plan."""
    shown = session.show_plan(file, form)
    if form is None:
        click.echo(shown)
    else:
        _echo_file(shown if form == "csv" else f"{shown}\n")


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
    session: Session, area: str, file: Path | None, output: Path | None, lang: Lang | None, template: Path | None
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
def compare(session: Session, files: tuple[Path, ...], output: Path | None) -> None:
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
def read(session: Session, file: Path, *, accept: bool) -> None:
    """读回工作簿 / turn an edited workbook into scenario JSON, once nothing about it is in doubt."""
    try:
        data = file.read_bytes()
    except OSError:
        raise WorkbookError([Problem(str(file), "no_workbook_file")]) from None
    result = session.read_workbook(data)
    for problem in (*result.notes, *(result.doubts if accept else ())):
        click.echo(problem.text(session.lang), err=True)
    if result.doubts and not accept:
        raise WorkbookError([*result.doubts, Problem("", "read_in_doubt")])
    _echo_file(f"{canonical_json(result.scenario)}\n")


@main.command()
@baselines_option
@click.option("--template", type=click.Path(path_type=Path), help="模板 / template to check")
@click.pass_obj
@tells_problems
def check(session: Session, template: Path | None) -> None:
    """检查数据和模板 / every problem of the data and of a template, with its place."""
    click.echo(session.check(template))


@main.command()
@baselines_option
@click.option("--json", "as_json", is_flag=True, help="as JSON")
@click.pass_obj
@tells_problems
def backtest(session: Session, *, as_json: bool) -> None:
    """回测 / how the projection would have done on the data's own past."""
    shown = session.show_backtest(as_json=as_json)
    if as_json:
        _echo_file(f"{shown}\n")
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
def serve(session: Session, host: str | None, port: int | None, database: str | None) -> None:
    """启动服务 / serve the web form."""
    session.serve(host, port, database)


add_commands(main, tells_problems)
