"""Options and arguments that several commands take, and what a shell may complete them to."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from agriplan.commands.reading import is_dash
from agriplan.commands.usage_errors import NotTogether
from agriplan.errors import AgriplanError, OutputError, Problem
from agriplan.typed_numbers import NotANumberError, read_part_of_one, read_whole

if TYPE_CHECKING:
    from agriplan.baselines.folder import Baselines


class TypedWord(click.ParamType[str]):
    """A word that may be Chinese; where the locale knows no Chinese it is read as the UTF-8 that it was typed in."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Read the word as it was typed."""
        with suppress(UnicodeError):
            return os.fsencode(value).decode()
        return value


class WholeNumber(click.IntRange):
    """A whole number, read as the form and the files read it."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number as it was typed; Python itself would take 2_023, and digits of every script."""
        return int(super().convert(_as_read(self, read_whole, value, param, ctx), param, ctx))


class PartOfOne(click.types.FloatParamType):
    """A part of one, or per cent with the sign."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number as it was typed."""
        return float(super().convert(_as_read(self, read_part_of_one, value, param, ctx), param, ctx))


def _as_read(
    sort: click.ParamType[Any],
    read: Callable[[str], float],
    value: object,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> Any:
    try:
        return read(value) if isinstance(value, str) else value
    except NotANumberError:
        return sort.fail("", param, ctx)


# The years of `parsing`, which `--help` does not load; a test compares them.
YEAR = WholeNumber(1949, 2100)


def _use_folder(context: click.Context, param: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        group = context.find_root()
        typed = group.get_parameter_source("baselines") is ParameterSource.COMMANDLINE
        if typed and group.params["baselines"] != folder:
            raise NotTogether(context, param, param)
        context.obj = replace(context.obj, folder=folder)


Names = Iterable[tuple[str, str]]
ShellWords = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completing(names: "Callable[[Baselines], Names]", *more: str) -> ShellWords:
    """Complete to names in Chinese or English that begin so, each with the other beside it."""

    def complete(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        from agriplan.commands.session import Session

        folder = ctx.params.get("baselines") or ctx.find_root().params.get("baselines")
        try:
            known = list(names(Session("zh", folder).baselines))
        except AgriplanError:
            known = []
        pairs = [pair for zh, en in known for pair in ((zh, en), (en, zh))] + [(word, "") for word in more]
        found = [(name, other) for name, other in pairs if name.casefold().startswith(begun.casefold())]
        return [CompletionItem(name, help=other) for name, other in found]

    return complete


def _areas(data: "Baselines") -> Names:
    return ((one.name_zh, one.name_en) for one in data.areas.values())


def _indicators(data: "Baselines") -> Names:
    return ((one.name_zh, one.id) for one in data.commitments)


# The same option after the command, where most people look for it.
baselines_option = click.option(
    "--baselines",
    type=click.Path(path_type=Path),
    expose_value=False,
    callback=_use_folder,
    help="数据文件夹 / the data folder of a plan",
)
scenario_option = click.option(
    "--scenario", "file", type=click.Path(path_type=Path), help="方案文件，- 为标准输入 / scenario JSON, - for stdin"
)
area_argument = click.argument("area", type=TypedWord(), shell_complete=_completing(_areas, "all", "region"))
area_option = click.option(
    "--area",
    "areas",
    multiple=True,
    type=TypedWord(),
    shell_complete=_completing(_areas, "region"),
    help="只取这些地区（代码或名称，可重复） / only these areas (codes or names; may be repeated)",
)
indicator_option = click.option(
    "--indicator",
    "indicators",
    multiple=True,
    type=TypedWord(),
    shell_complete=_completing(_indicators),
    help="只取这些指标（代号或名称，可重复） / only these indicators (ids or names; may be repeated)",
)
template_option = click.option(
    "--template",
    type=click.Path(path_type=Path),
    envvar="AGRIPLAN_TEMPLATES",
    help="自己的模板，文件或文件夹 / a template of one's own, or a folder of templates",
)
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 / as JSON")


def check_template_has_use(output: Path | None) -> None:
    """Raise `OutputError` where a template was typed and nothing is written; one of the environment may wait."""
    if is_typed("template") and output is None:
        raise OutputError([Problem("--template", "template_of_a_file")])


def check_one_result(output: Path | None, form: str | None) -> None:
    """Raise `OutputError` where a file and another form of the same would both go to stdout."""
    if form is not None and is_dash(output):
        raise OutputError([Problem("stdout", "stdout_twice")])


def is_typed(option: str) -> bool:
    """Whether an option stands on the command line, and not in the environment."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE
