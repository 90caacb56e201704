"""`agriplan init` and `agriplan template`: what is to be edited, written to a folder of one's own."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.commands.options import YEAR, baselines_option
from agriplan.commands.spoken import Spoken
from agriplan.commands.telling import show, tells_problems
from agriplan.errors import BaselinesError, OutputError, Problem
from agriplan.sentences import say

if TYPE_CHECKING:
    from agriplan.commands.session import Session


@click.command("init", cls=Spoken)
@baselines_option
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help="以哪个数据文件夹为底 / the data folder to start from"
)
@click.option("--base-year", type=YEAR, help="基期年 / base year")
@click.option("--target-year", type=YEAR, help="目标年 / target year")
@click.option(
    "--region",
    "areas",
    type=click.Path(path_type=Path),
    help="另一地区的名单：CSV，首行为全区 / the areas of another region: a CSV, the region first",
)
@click.pass_obj
@tells_problems
def begin_folder(
    session: "Session",
    folder: Path,
    source: Path | None,
    base_year: int | None,
    target_year: int | None,
    areas: Path | None,
) -> None:
    """写出一个可编辑的数据文件夹，缺的数列成空行 / a data folder to edit; what it lacks stands in empty rows."""
    from agriplan.baselines.copies import files_of, texts_of
    from agriplan.baselines.missing import NAME
    from agriplan.commands.folders import make_folder
    from agriplan.commands.reading import name_to_tell, read_handed_in
    from agriplan.rolling.beginning import copy_plan, other_region, other_years, read_areas

    session = replace(session, folder=source or session.folder)
    data = session.baselines
    years = (
        base_year or data.base_year,
        target_year or (base_year or data.base_year) + data.target_year - data.base_year,
    )
    if areas is None and years == (data.base_year, data.target_year):
        make_folder(folder, copy_plan(files_of(data.folder)))
        show(say("init.copied", session.lang, folder=folder))
        return
    texts = texts_of(data.folder)
    if areas is None:
        made = other_years(data, texts, session.suggestions, *years)
    else:
        text = read_handed_in(areas, BaselinesError, "no_areas_file").decode("utf-8-sig", errors="replace")
        made = other_region(data, texts, session.suggestions, read_areas(text, name_to_tell(areas)), years)
    make_folder(folder, {name: text.encode() for name, text in made.items()}, check=False)
    rows, needed = made[NAME].count("\n") - 1, made[NAME].count(",yes,")
    show(say("init.written", session.lang, folder=folder, file=NAME, rows=rows, needed=needed))


@click.command("template", cls=Spoken)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="文件夹 / folder to write to")
@click.pass_obj
@tells_problems
def copy_templates(session: "Session", output: Path) -> None:
    """写出工作簿模板，供用 Excel 修改 / the workbook templates, to be edited in Excel."""
    from agriplan.commands.output import check_ending, check_folder_name, write_whole
    from agriplan.places import templates_folder

    check_ending(output, "")
    check_folder_name(output)
    shipped = sorted(path for path in templates_folder().iterdir() if path.is_file() and not path.name.startswith("."))
    there = [output / path.name for path in shipped if (output / path.name).exists()]
    if there:
        raise OutputError(Problem(str(path), "already_there") for path in there)
    written = [write_whole(output / path.name, path.read_bytes()) for path in shipped]
    show("\n".join(map(str, written)))
    show(say("template.copied", session.lang, folder=output))
