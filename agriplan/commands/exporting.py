"""The command that hands a plan to other programs: one tidy table in the format that they read."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.commands.options import area_option, baselines_option, indicator_option, scenario_option
from agriplan.commands.telling import tells_problems

if TYPE_CHECKING:
    from agriplan.commands.session import Session


@click.command()
@baselines_option
@scenario_option
@area_option
@indicator_option
@click.option("--csv", "form", flag_value="csv", help="CSV（默认） / CSV, as Excel reads it (the default)")
@click.option(
    "--parquet", "form", flag_value="parquet", help="Parquet（agriplan[parquet]） / Parquet, for pandas, DuckDB"
)
@click.option("--sqlite", "form", flag_value="sqlite", help="SQLite，表名 figures / an SQLite database, table figures")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="-",
    show_default=True,
    help="文件，- 为标准输出 / file to write, - for stdout",
)
@click.pass_obj
@tells_problems
def export(
    session: "Session",
    file: Path | None,
    areas: tuple[str, ...],
    indicators: tuple[str, ...],
    form: str | None,
    output: Path,
) -> None:
    """导出全部数字 / every number of the plan as one tidy table, typed, with units."""
    from agriplan.commands.output import hand_out

    hand_out(output, session.plan_as(form or "csv", file, session.choose(areas, indicators)))
