"""A plan for a terminal: its tables and sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agriplan.analysis.caution import say_caution
from agriplan.analysis.cautions import cautions_of
from agriplan.analysis.notes import take_notes
from agriplan.engine.plan import Plan
from agriplan.formatting import GROWTH_DECIMALS, print_number
from agriplan.report.chosen import EVERYTHING, Chosen
from agriplan.report.terminal_table import print_table
from agriplan.sentences import Lang, say


def list_plan(plan: Plan, lang: Lang, chosen: Chosen = EVERYTHING) -> Iterator[str]:
    """The line of every indicator that is asked for, what is worth saying, and a table of leagues for each."""
    words = (
        "indicator",
        "unit",
        "baseline",
        "growth",
        "projection",
        "target",
        "gap",
        "placed",
        "reached",
        "needed",
        "rule",
        "feasibility",
    )
    ids = [commitment.id for commitment in plan.baselines.commitments if chosen.has(commitment.id)]
    rows = [_line(plan, indicator, lang) for indicator in ids]
    title = say("table.plan", lang, name=plan.baselines.header.name(lang), fingerprint=plan.fingerprint)
    yield print_table(title, [say(f"table.{word}", lang) for word in words], rows, texts=2)
    yield "\n".join(note.text(lang) for note in take_notes(plan) if chosen.has(note.indicator))
    if cautions := cautions_of(plan):
        yield "\n".join([say("caution.title", lang), *(say_caution(one, plan.baselines, lang) for one in cautions)])
    for indicator in ids:
        yield _league_table(plan, indicator, lang, chosen)


def _line(plan: Plan, indicator: str, lang: Lang) -> list[str]:
    commitment, line = plan.baselines.by_id[indicator], plan.by_indicator[indicator]
    shown = plan.printed.by_indicator[indicator]
    # A rate's gap is shown in points of the regional rate, as planners speak of it.
    figures = {**line, **shown, "gap": shown["gap_stated"], "placed": shown["placed_stated"]}
    names = ("baseline", "trend_growth", "projection", "target", "gap", "placed", "reached", "needed_growth")
    words = [say(f"rule.{line['rule']}", lang), say(f"feasibility.{line['feasibility']}", lang)]
    return [
        commitment.name(lang),
        commitment.unit(lang),
        *_print_figures(figures, names, plan.baselines.decimals(commitment)),
        *words,
    ]


def _league_table(plan: Plan, indicator: str, lang: Lang, chosen: Chosen) -> str:
    """The leagues that are asked for, and below them what makes their total the target."""
    commitment = plan.baselines.by_id[indicator]
    decimals = plan.baselines.decimals(commitment)
    figures = ("baseline", "growth", "projection", "share", "target", "needed_growth")
    rows = []
    exact, printed = (one.league_rows(indicator) for one in (plan, plan.printed))
    for row, shown in zip(exact, printed, strict=True):
        if not chosen.has(indicator, row["code"]):
            continue
        names = [
            plan.baselines.areas[row["code"]].name(lang),
            say(f"grade.{row['grade']}", lang) if row["grade"] else "",
        ]
        numbers = _print_figures(row | shown | {"share": shown["amount_stated"]}, figures, decimals)
        rows.append([*names, *numbers, say(f"reason.{row['reason']}", lang)])
    words = ("league", "grade", "baseline", "growth", "projection", "share", "target", "needed", "reason")
    title = say("years.of_unit", lang, name=commitment.name(lang), unit=commitment.unit(lang))
    rows += _totals(plan, indicator, lang, decimals)
    return print_table(title, [say(f"table.{word}", lang) for word in words], rows, texts=2)


def _totals(plan: Plan, indicator: str, lang: Lang, decimals: int) -> Iterator[list[str]]:
    line, shown = plan.by_indicator[indicator], plan.printed.by_indicator[indicator]
    needed = print_number(line["needed_growth"], GROWTH_DECIMALS)

    def number(name: str) -> str:
        return print_number(shown[name], decimals) if name else ""

    if shown["difference"] or shown["statistical_difference"]:
        figures = [number("difference"), "", number("statistical_difference"), "", number("statistical_difference")]
        yield [say("table.difference", lang), "", *figures, "", ""]
    figures = [number(name) for name in ("baseline", "", "projection", "placed_stated", "reached")]
    yield [say("table.reached", lang), "", *figures, "", ""]
    if shown["unallocated"]:
        yield [say("table.unallocated", lang), "", "", "", "", "", number("unallocated"), "", ""]
    yield [say("table.target", lang), "", "", "", "", "", number("target"), needed, ""]


def _print_figures(row: Mapping[str, Any], names: Sequence[str], decimals: int) -> list[str]:
    return [print_number(row[name], GROWTH_DECIMALS if "growth" in name else decimals) for name in names]
