"""Options that several commands take."""

from dataclasses import replace
from pathlib import Path

import click


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
scenario_option = click.option(
    "--scenario", "file", type=click.Path(path_type=Path), help="方案文件，- 为标准输入 / scenario JSON, - for stdin"
)
area_option = click.option(
    "--area", "areas", multiple=True, help="只要这些地区（代码或名称） / only these areas (codes or names)"
)
indicator_option = click.option(
    "--indicator", "indicators", multiple=True, help="只要这些指标（代号或名称） / only these indicators (ids or names)"
)
