"""`agriplan take` as it stands on the command line; what it does is in `taking`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agriplan.baselines.grades import GRADES
from agriplan.commands.console import complain, show, tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import YEAR, PartOfOne, baselines_option
from agriplan.sentences import say

if TYPE_CHECKING:
    from agriplan.commands.session import Session


# What says what to take, and has no meaning where the last taking is undone.
WRITTEN_ANEW = (
    *("files", "area", "year", "accept_found", "accept_doubtful"),
    *("basis", "grade", "source", "relative_error", "address", "date"),
)


@click.command(cls=LocalizedCommand, excluding={"undo": WRITTEN_ANEW})
@baselines_option
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到哪个数据文件夹 / data folder to write to")
@click.option("--area", default=None, help="整张表的地区 / the area of the whole table, where it names none")
@click.option("--year", type=YEAR, metavar="YEAR", default=None, help="整张表的年份 / the year of the whole table")
@click.option("--accept", "accept_found", is_flag=True, help="采用可采用的数 / write what is usable")
@click.option("--accept-doubtful", is_flag=True, help="连同存疑的数 / write the doubtful ones too")
@click.option("--basis", default="", help="口径 / basis of all its figures")
@click.option("--grade", default="", help=f"数据等级：{'、'.join(GRADES)} / grade: {', '.join(GRADES)}")
@click.option("--source", default="", help="来源：已有代号或新的标题 / source: an id, or the title of a new one")
@click.option("--relative-error", type=PartOfOne(), default=None, help="相对误差 / relative error, 0.03 is 3 %")
@click.option("--address", default="", help="来源网址 / address of the source")
@click.option("--date", default="", help="来源日期 / date of the source")
@click.option("--undo", is_flag=True, help="撤销上一次采用 / undo the last time")
@click.pass_obj
@tells_problems
def take(
    session: "Session",
    /,
    files: tuple[Path, ...],
    output: Path | None,
    area: str | None,
    year: int | None,
    *,
    undo: bool,
    accept_found: bool,
    accept_doubtful: bool,
    **said: Any,
) -> None:
    """从统计表（xlsx、csv、文本，- 为标准输入）取数，核对后写入 / take figures out of bureaus' tables: shown first."""
    from agriplan.commands import taking

    if undo:
        show(taking.undo_taking(session, output))
        return
    session = taking.session_with(session, output)
    read = taking.read_tables(session, files, area, year, said, writes=accept_found or accept_doubtful)
    taken = taking.check_taken(session, read, said["basis"])
    shown = taking.show_taken(session, taken, said["basis"])
    if not accept_found and not accept_doubtful:
        show(f"{shown}\n{say('take.next', session.lang)}")
        return
    if sys.stdin.isatty():  # whoever is asked for the source wants to see first what it is of
        complain(shown)
    states = {"found", "doubtful"} if accept_doubtful else {"found"}
    once = taking.asked_once(session, said)
    with taking.held_session(session, output) as now:
        # It was asked for just now, or somebody else wrote since: what is in doubt may be another thing from here on.
        if once.basis != said["basis"] or now is not session:
            taken = taking.check_taken(now, read, once.basis)
            shown = taking.show_taken(now, taken, once.basis)
        done = taking.write_taken(now, [one for one in taken if one.state in states], output, once)
    show(f"{shown}\n{done}")
