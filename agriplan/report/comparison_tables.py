"""A comparison of scenarios for a terminal."""

from collections.abc import Iterator, Sequence

from agriplan.analysis.changed_entries import changed_entries
from agriplan.analysis.comparison import Comparison
from agriplan.analysis.entries import say_path
from agriplan.formatting import print_number
from agriplan.report.chosen import Chosen
from agriplan.report.terminal_table import print_table
from agriplan.sentences import Lang, say


def list_comparison(comparison: Comparison, names: Sequence[str], lang: Lang, chosen: Chosen) -> Iterator[str]:
    """The table of what was changed and that of what it moved, or that nothing was; `names` are those of scenarios."""
    data = comparison.plans[0].baselines
    changes = [[say_path(one.key, data, lang), *one.said(comparison, lang)] for one in changed_entries(comparison)]
    same = say("page.compare.nothing_changed", lang)
    yield print_table(say("table.changes", lang), [say("table.entry", lang), *names], changes) if changes else same
    rows = []
    for row in comparison.seen_to_move.to_dict("records"):
        if not chosen.has(row["indicator"], row["code"]):
            continue
        commitment = data.by_id[row["indicator"]]
        decimals = data.decimals(commitment)
        numbers = [print_number(row[key], decimals) for key in (*range(len(names)), "spread")]
        words = [commitment.name(lang), data.areas[row["code"]].name(lang), say(f"table.{row['measure']}", lang)]
        rows.append([*words, *numbers])
    header = [say(f"table.{word}", lang) for word in ("indicator", "league", "measure")]
    moved = print_table(say("table.moved", lang), [*header, *names, say("table.spread", lang)], rows, texts=3)
    yield moved if rows else say("page.compare.nothing_moved", lang)
