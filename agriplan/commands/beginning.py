"""`agriplan init` and `agriplan template`: what is to be edited, written to a folder of one's own."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.at_once import do_all
from agriplan.commands.console import show, tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import YEAR, TypedWord, baselines_option, indicator_option
from agriplan.errors import BaselinesError, OutputError, Problem
from agriplan.sentences import say

if TYPE_CHECKING:
    from agriplan.commands.session import Session


@click.command("init", cls=LocalizedCommand, excluding={"source": ("baselines",)})
@baselines_option
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help="以哪个数据文件夹为基础 / the data folder to start from"
)
@click.option("--base-year", type=YEAR, metavar="YEAR", help="基期年 / base year")
@click.option("--target-year", type=YEAR, metavar="YEAR", help="目标年 / target year")
@click.option(
    "--region",
    "areas",
    type=click.Path(path_type=Path),
    help="另一地区的名单：CSV，首行为全区 / the areas of another region: a CSV, the region first",
)
@indicator_option
@click.option(
    "--add",
    "added",
    multiple=True,
    metavar="ID:KIND:INDICATOR",
    type=TypedWord(),
    help="增加一个指标，如 cashmere:amount:羊绒产量 / one indicator more, such as cashmere:amount:cashmere_output",
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
    indicators: tuple[str, ...],
    added: tuple[str, ...],
) -> None:
    """写出一个可编辑的数据文件夹，缺少的数列为空行 / a data folder to edit; what it lacks stands in empty rows."""
    from agriplan.baselines.copies import files_of, texts_of
    from agriplan.baselines.missing import NAME
    from agriplan.bounded_reading import MOST_JSON
    from agriplan.commands.folders import check_new_folder, make_folder
    from agriplan.commands.reading import name_to_tell, read_handed_in
    from agriplan.rolling.adding import add_indicators, parse_new
    from agriplan.rolling.beginning import begin_plan, read_areas
    from agriplan.rolling.missing_rows import count_lacking
    from agriplan.rolling.narrowing import find_commitments, only_indicators
    from agriplan.rolling.period import check_years

    def handed_in(list_of_areas: Path) -> bytes:
        return read_handed_in(list_of_areas, MOST_JSON, BaselinesError, "no_areas_file")

    session = replace(session, folder=source or session.folder)
    data, first = session.baselines, base_year or session.baselines.base_year
    years = (first, target_year or first + data.span)
    kept, new, listed, _, _ = do_all(
        lambda: find_commitments(session.choose((), indicators).indicators, data),
        lambda: parse_new(added, data),
        lambda: [] if areas is None else read_areas(handed_in(areas), name_to_tell(areas)),
        lambda: check_years(*years),
        lambda: check_new_folder(folder),
    )
    files, texts = files_of(data.folder), texts_of(data.folder)
    begun = begin_plan(data, texts, lambda: session.suggestions, listed, years)
    begun = replace(begun, texts=only_indicators(begun.texts, data, kept)) if kept else begun
    made = add_indicators(begun, new) if new else begun.texts
    lacking = count_lacking(made.get(NAME, ""))
    # A file that stays as it was keeps its bytes: the mark by which Excel knows its characters, and its line ends.
    whole = {name: files[name] if texts.get(name) == text else text.encode() for name, text in made.items()}
    make_folder(folder, whole, check=not lacking["needed"])
    message = say("init.written", session.lang, folder=folder, file=NAME, **lacking) if lacking["needed"] else ""
    show(message or say("init.copied", session.lang, folder=folder))


@click.command("template", cls=LocalizedCommand)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="文件夹 / folder to write to")
@click.pass_obj
@tells_problems
def copy_templates(session: "Session", output: Path) -> None:
    """写出工作簿和简报模板，供用 Excel、Word 修改 / templates of workbooks and briefs, edited in Excel and Word."""
    from agriplan.commands.output import check_folder_name, write_whole
    from agriplan.places import templates_folder

    check_folder_name(output)
    shipped = sorted(path for path in templates_folder().iterdir() if path.is_file() and not path.name.startswith("."))
    there = [output / path.name for path in shipped if (output / path.name).exists()]
    if there:
        raise OutputError(Problem(str(path), "already_there") for path in there)
    written = [write_whole(output / path.name, path.read_bytes()) for path in shipped]
    show("\n".join(map(str, written)))
    show(say("template.copied", session.lang, folder=output))
