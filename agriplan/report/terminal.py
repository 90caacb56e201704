"""A plan for a terminal: its tables and sentences."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from agriplan.analysis.cautions import cautions_of, say_caution
from agriplan.analysis.notes import take_notes
from agriplan.engine.plan import Plan
from agriplan.formatting import GROWTH_DECIMALS, print_number
from agriplan.report.terminal_table import print_table
from agriplan.sentences import Lang, say


def list_plan(plan: Plan, lang: Lang) -> Iterator[str]:
    """The line of every indicator, what is worth saying, and a table of leagues for each."""
    words = (
        "indicator",
        "unit",
        "baseline",
        "growth",
        "projection",
        "target",
        "gap",
        "placed",
        "needed",
        "rule",
        "feasibility",
    )
    rows = [_line(plan, commitment.id, lang) for commitment in plan.baselines.commitments]
    title = say("table.plan", lang, name=plan.baselines.header.name(lang), fingerprint=plan.fingerprint)
    yield print_table(title, [say(f"table.{word}", lang) for word in words], rows, texts=2)
    yield "\n".join(note.text(lang) for note in take_notes(plan))
    if cautions := cautions_of(plan):
        yield "\n".join([say("caution.title", lang), *(say_caution(one, plan, lang) for one in cautions)])
    for commitment in plan.baselines.commitments:
        yield _league_table(plan, commitment.id, lang)


def _line(plan: Plan, indicator: str, lang: Lang) -> list[str]:
    commitment, line = plan.baselines.by_id[indicator], plan.by_indicator[indicator]
    decimals = plan.baselines.decimals(commitment)
    # A rate's gap is shown in points of the regional rate, as planners speak of it.
    shown = {**line, "gap": line["gap"] / line["divisor"], "placed": line["placed"] / line["divisor"]}
    figures = ("baseline", "growth", "projection", "target", "gap", "placed", "needed_growth")
    words = [say(f"rule.{line['rule']}", lang), say(f"feasibility.{line['feasibility']}", lang)]
    return [
        commitment.name(lang),
        commitment.unit(lang),
        *_print_figures(shown, figures, decimals),
        *words,
    ]


def _league_table(plan: Plan, indicator: str, lang: Lang) -> str:
    commitment = plan.baselines.by_id[indicator]
    decimals = plan.baselines.decimals(commitment)
    figures = ("baseline", "growth", "projection", "share", "target", "needed_growth")
    rows = []
    for _, row in plan.leagues_of(indicator).assign(share=lambda table: table["amount"] / table["size"]).iterrows():
        names = [
            plan.baselines.areas[row["code"]].name(lang),
            say(f"grade.{row['grade']}", lang) if row["grade"] else "",
        ]
        rows.append([*names, *_print_figures(row, figures, decimals), say(f"reason.{row['reason']}", lang)])
    words = ("league", "grade", "baseline", "growth", "projection", "share", "target", "needed", "reason")
    title = f"{commitment.name(lang)} ({commitment.unit(lang)})"
    return print_table(title, [say(f"table.{word}", lang) for word in words], rows, texts=2)


def _print_figures(row: Mapping[Hashable, Any] | pd.Series, names: Sequence[str], decimals: int) -> list[str]:
    return [print_number(row[name], GROWTH_DECIMALS if "growth" in name else decimals) for name in names]
