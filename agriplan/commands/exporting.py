"""The command that hands a plan to other programs: one tidy table in the format that they read."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.at_once import do_all
from agriplan.commands.console import tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import area_option, baselines_option, indicator_option, scenario_option

if TYPE_CHECKING:
    from agriplan.commands.session import Session

# How a file of each format is called, the usual ending first; the ending chooses the format where none is named.
ENDINGS_OF = {"csv": (".csv",), "parquet": (".parquet",), "sqlite": (".sqlite", ".sqlite3", ".db")}


@click.command(cls=LocalizedCommand)
@baselines_option
@scenario_option
@area_option
@indicator_option
@click.option("--csv", "form", flag_value="csv", help="CSV（默认） / CSV, as Excel reads it (the default)")
@click.option(
    "--parquet", "form", flag_value="parquet", help="Parquet，需装 agriplan[parquet] / Parquet, with agriplan[parquet]"
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
    """把全部数字导出为一张表，带单位 / every number of the plan as one tidy table, typed, with units."""
    from agriplan.commands.output import check_ending, hand_out

    by_ending = {ending: name for name, endings in ENDINGS_OF.items() for ending in endings}
    form = form or by_ending.get(output.suffix.lower(), "csv")
    chosen, plan, _ = do_all(
        lambda: session.choose(areas, indicators),
        lambda: session.plan_of(file),
        lambda: check_ending(output, *ENDINGS_OF[form]),
    )
    hand_out(output, session.plan_as(form, plan, chosen))
