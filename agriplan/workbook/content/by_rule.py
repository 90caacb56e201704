"""The same gap under every rule (方案比较), what matters most, and what deserves attention: as generated, not live."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agriplan.analysis.comparison import own_rule_table, same_rules, say_same_rules
from agriplan.analysis.notes import take_notes
from agriplan.analysis.sensitivity import MOVES, tornado
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan
from agriplan.memo import memoized
from agriplan.sentences import Lang
from agriplan.workbook import formulas
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet, Table, Varies

# Places for notes; where one scenario needs more than any usual one, its workbook has as many again.
NOTE_ROWS = 40
# Rules that come to the same are two or more: so many groups of them at most.
MOST_GROUPS = len(RULES) // 2


def describe_rules(context: BookContext, inputs: Mapping[str, bool]) -> Sheet:
    """The sheet `rules`; `inputs` names every column of inputs, so that a cell can tell when one was changed."""
    scalars = make_cells({}, {"state": formulas.changed(inputs)})
    tables = {
        "rules": _rules(context),
        "remarks": _remarks(context),
        "tornado": _tornado(context),
        "notes": _notes(context),
    }
    return Sheet("rules", "rules", scalars, tables)


@memoized
def remarks_of(plan: Plan, lang: Lang) -> tuple[str, ...]:
    """Which rules come to the same."""
    table = own_rule_table(plan)
    return tuple(
        say_same_rules(plan, commitment.id, group, lang)
        for commitment in plan.baselines.commitments
        for group in same_rules(table, commitment.id)
    )


def _rules(context: BookContext) -> Table:
    table = own_rule_table(context.plan)
    keys = list(zip(table["indicator"].tolist(), table["code"].tolist(), strict=True))
    commitments = [context.data.by_id[indicator] for indicator, _ in keys]
    values: dict[str, list[object]] = {
        "indicator": [commitment.name(context.lang) for commitment in commitments],
        "league": [context.data.areas[code].name(context.lang) for _, code in keys],
        "unit": [commitment.unit(context.lang) for commitment in commitments],
        "row_own": [int(code == context.area.code) for _, code in keys],
        **{rule: table[f"printed_{rule}"].tolist() for rule in RULES},
        "least": table["least"].tolist(),
        "greatest": table["greatest"].tolist(),
        "spread": (table["greatest"] - table["least"]).tolist(),
    }
    varies: dict[str, Varies] = dict.fromkeys((*RULES, "least", "greatest", "spread"), "number")
    return make_table([".".join(key) for key in keys], values, varies=varies)


def _remarks(context: BookContext) -> Table:
    texts = remarks_of(context.plan, context.lang)
    return _spare(len(context.data.commitments) * MOST_GROUPS, {"text": texts}, {"text": "text"})


def _spare(rows: int, values: Mapping[str, Sequence[object]], varies: Mapping[str, Varies]) -> Table:
    """A table of what was found, with as many rows as may be found; those that nothing fills are not shown."""
    filled = {name: [*found, *[None] * (rows - len(found))] for name, found in values.items()}
    return replace(make_table(map(str, range(1, rows + 1)), filled, varies=varies), spare=True)


def _tornado(context: BookContext) -> Table:
    table = tornado(context.plan)
    keys = list(zip(table["indicator"].tolist(), table["input"].tolist(), strict=True))
    numbers = ("from", "to", "low", "high", "swing")
    values: dict[str, list[object]] = {
        "indicator": [context.data.by_id[indicator].name(context.lang) for indicator, _ in keys],
        "unit": [context.data.by_id[indicator].unit(context.lang) for indicator, _ in keys],
        "input": [context.text(f"input.{name}") for _, name in keys],
        **{name: table[name].tolist() for name in numbers},
    }
    kinds: dict[str, Varies] = {name: "number" if name in numbers else "text" for name in values}
    return _spare(len(context.data.commitments) * len(MOVES), values, kinds)


def _notes(context: BookContext) -> Table:
    notes = take_notes(context.plan)
    values: dict[str, list[object]] = {
        "indicator": [context.data.by_id[note.indicator].name(context.lang) for note in notes],
        "text": [note.text(context.lang) for note in notes],
    }
    rows = NOTE_ROWS * math.ceil(max(len(notes), 1) / NOTE_ROWS)
    return _spare(rows, values, dict.fromkeys(values, "text"))
