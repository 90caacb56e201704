"""`agriplan roll`: how the period ended, and the next period's folder."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.at_once import do_all
from agriplan.commands.console import show, tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import YEAR, baselines_option, scenario_option
from agriplan.sentences import say

if TYPE_CHECKING:
    from agriplan.commands.session import Session


@click.command("roll", cls=LocalizedCommand)
@baselines_option
@scenario_option
@click.option(
    "--target-year", type=YEAR, metavar="YEAR", required=True, help="新的目标年 / the next period's target year"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="新文件夹（默认如 2025-2030） / folder to make (where none is named: such as 2025-2030)",
)
@click.pass_obj
@tells_problems
def roll_command(session: "Session", file: Path | None, target_year: int, output: Path | None) -> None:
    """由本期结果生成下一规划期的文件夹 / the next period's folder from this one's results, and what it still lacks."""
    from agriplan.baselines.copies import texts_of
    from agriplan.baselines.missing import NAME
    from agriplan.commands.folders import check_new_folder, make_folder
    from agriplan.rolling.left_behind import say_left_behind
    from agriplan.rolling.missing_rows import count_lacking
    from agriplan.rolling.next_period import roll
    from agriplan.rolling.outcome import list_outcomes, outcomes
    from agriplan.rolling.period import check_years

    data = session.baselines
    folder = output or Path(f"{data.target_year}-{target_year}")
    plan, _, _ = do_all(
        lambda: session.plan_of(file),
        lambda: check_years(data.target_year, target_year),
        lambda: check_new_folder(folder),
    )
    texts = texts_of(data.folder)
    made = roll(data, texts, plan.scenario, session.suggestions, target_year)
    make_folder(folder, {name: text.encode() for name, text in made.items()}, check=False)
    show(list_outcomes(outcomes(plan), plan, session.lang))
    if left := list(say_left_behind(data, plan.scenario, session.suggestions, session.lang)):
        show("\n".join([say("roll.left_behind", session.lang), *left]))
    show(say("roll.written", session.lang, folder=folder, file=NAME, **count_lacking(made[NAME])))
