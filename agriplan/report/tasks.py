"""The table of tasks: what was handed down and what follows when the gap is shared again; every column adds up."""

from collections.abc import Iterator
from typing import Any

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_years import rest_of_targets
from agriplan.baselines.commitments import Commitment, short_names
from agriplan.formatting import NOTHING, print_number
from agriplan.sentences import Lang, inside, listed, say


def task_rows(evaluation: Evaluation, lang: Lang) -> Iterator[dict[str, Any]]:
    """The table of tasks: leagues, statistical difference and what is unallocated make the region's target."""
    data = evaluation.issued.baselines
    for league in data.leagues:
        yield {
            "name": league.name(lang),
            "cells": [_step(evaluation, one, league.code) for one in data.commitments],
        }
    for word in ("difference", "unallocated"):
        cells = [_rest(evaluation, one, word) for one in data.commitments]
        yield {"name": say(f"brief.{word}", lang), "cells": cells}
    yield {
        "name": say("brief.total", lang),
        "cells": [
            print_number(evaluation.region(one.id)["printed_target"], data.decimals(one)) for one in data.commitments
        ],
    }


def nothing_to_share(evaluation: Evaluation, lang: Lang) -> str:
    """Of which indicators the second figures are no targets, since no gap is left to be shared; empty where of none."""
    data = evaluation.issued.baselines
    short = short_names(data.commitments, lang)
    rows = {one.id: evaluation.region(one.id) for one in data.commitments}
    names = [short[key] for key, row in rows.items() if row["printed_to_share"] <= 0 and row["printed_amount"] == 0]
    said = listed([*names[:1], *map(inside, names[1:])], lang)
    return say("brief.note.nothing_to_share", lang, names=said) if names else ""


def _step(evaluation: Evaluation, commitment: Commitment, code: str) -> str:
    row, decimals = evaluation.by_key[commitment.id, code], evaluation.issued.baselines.decimals(commitment)
    before, after = (print_number(row[f"printed_{name}"], decimals) for name in ("target", "new_target"))
    return before if NOTHING in (before, after) else f"{before} → {after}"


def _rest(evaluation: Evaluation, commitment: Commitment, word: str) -> str:
    """The difference, or what it and the leagues' targets leave of the region's: before, and shared again."""
    if commitment.is_rate:
        return NOTHING
    told = []
    for column, plan in (("target", evaluation.issued), ("new_target", evaluation.plan)):
        if plan is not None:
            rest = rest_of_targets(evaluation.issued, plan, evaluation.by_key, commitment, f"printed_{column}")
            shown = dict(zip(("difference", "unallocated"), rest, strict=True))[word]
            told.append(print_number(shown, evaluation.issued.baselines.decimals(commitment)))
    return " → ".join(told)
