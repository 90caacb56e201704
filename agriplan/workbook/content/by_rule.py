"""The same gap under every rule (方案比较), what matters most, and what deserves attention: as generated, not live."""

from collections.abc import Mapping

from agriplan.analysis.comparison import own_rule_table
from agriplan.analysis.notes import take_notes
from agriplan.analysis.same_rules import same_rules, say_same_rules
from agriplan.analysis.sensitivity import MOVES, tornado
from agriplan.analysis.unit_words import unit_of_amounts
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan
from agriplan.memo import memoized
from agriplan.sentences import Lang
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table, padded, places_for, spare_table
from agriplan.workbook.description import Sheet, Table

# Places for notes; where one scenario needs more than any usual one, its workbook has as many again.
NOTE_ROWS = 40
# Rules that come to the same are two or more: so many groups of them at most.
MOST_GROUPS = len(RULES) // 2
# The columns of numbers of what matters most, by what the tornado calls them.
MOVED = {"from": "from", "to": "to", "low": "low", "high": "high", "swing": "printed_swing"}


def describe_rules(context: BookContext) -> Sheet:
    """The sheet `rules`, with a cell that tells when an input was changed."""
    scalars = make_cells({}, {"state": "{plan.state}"})
    told = told_by_rule(context)
    spare = {str(name): spare_table(columns, MOVED) for name, columns in told.items() if name != "rules"}
    return Sheet("rules", "rules", scalars, {"rules": _rules(context, told["rules"]), **spare})


def told_by_rule(context: BookContext) -> dict[str | None, dict[str, list[object]]]:
    """What a plan says on this sheet, by table and column."""
    table, moves, notes = own_rule_table(context.plan), tornado(context.plan), take_notes(context.plan)
    names = [context.data.by_id[indicator] for indicator in moves["indicator"].tolist()]
    return {
        "rules": {
            **{rule: table[f"printed_{rule}"].tolist() for rule in RULES},
            **{name: table[name].tolist() for name in ("least", "greatest", "spread")},
        },
        "remarks": padded(
            len(context.data.commitments) * MOST_GROUPS, {"text": remarks_of(context.plan, context.lang)}
        ),
        "tornado": padded(
            len(context.data.commitments) * len(MOVES),
            {
                "indicator": [context.short_names[commitment.id] for commitment in names],
                "unit": [commitment.unit(context.lang) for commitment in names],
                "input": [context.text(f"input.{name}") for name in moves["input"].tolist()],
                **{name: moves[source].tolist() for name, source in MOVED.items()},
            },
        ),
        "notes": padded(
            places_for(notes, NOTE_ROWS),
            {
                "indicator": [context.short_names[note.indicator] for note in notes],
                "text": [note.text(context.lang) for note in notes],
            },
        ),
    }


@memoized
def remarks_of(plan: Plan, lang: Lang) -> tuple[str, ...]:
    """Which rules come to the same."""
    table = own_rule_table(plan)
    return tuple(
        say_same_rules(plan, commitment.id, group, lang)
        for commitment in plan.baselines.commitments
        for group in same_rules(table, commitment.id)
    )


def _rules(context: BookContext, told: Mapping[str, list[object]]) -> Table:
    rows = context.named_pairs
    values: dict[str, list[object]] = {
        "indicator": [context.short_names[one.id] for one, _ in rows],
        "league": [league.name(context.lang) for _, league in rows],
        "unit": [unit_of_amounts(one, context.lang) for one, _ in rows],
        "row_own": [int(league == context.area) for _, league in rows],
    }
    return make_table([f"{one.id}.{league.code}" for one, league in rows], values, told=told)
