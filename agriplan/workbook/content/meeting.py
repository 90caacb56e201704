"""Two pages for a meeting (会议版): what, how far, our share and why, and that share under every rule."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agriplan.analysis.comparison import own_rule_table
from agriplan.analysis.unit_words import unit_of_amounts
from agriplan.engine.allocation import RULES
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet
from agriplan.workbook.formulas.pages import LABEL_OF_REGION, LARGEST_SHARE, MEETING_SHARES, OWN_LABEL, OWN_SHARE

if TYPE_CHECKING:
    from pandas import DataFrame


def describe_meeting(context: BookContext) -> Sheet:
    """The sheet `meeting`: its first page follows the inputs, shares under the rules are as generated."""
    keys = [commitment.id for commitment in context.data.commitments]
    names = {
        "name": [commitment.name(context.lang) for commitment in context.data.commitments],
        # The region is told which part the most loaded league takes, a league how much is its own.
        "unit": ["%" if context.is_region else unit_of_amounts(one, context.lang) for one in context.data.commitments],
    }
    told, short = told_in_meeting(context), [context.short_names[key] for key in keys]
    share = LARGEST_SHARE if context.is_region else OWN_SHARE
    label = LABEL_OF_REGION if context.is_region else OWN_LABEL
    side = "region" if context.is_region else "league"
    tables = {
        "shares": make_table(keys, {"name": names["name"]}, MEETING_SHARES),
        "by_rule": make_table(
            keys,
            {**names, "name": short, **told},
            {"share": share, "label": label},
            varies=dict.fromkeys(told, "number"),
        ),
    }
    return Sheet("meeting", "meeting", make_cells({"rules_said": context.text(f"meeting.rules.{side}")}), tables)


def told_in_meeting(context: BookContext) -> dict[str, list[object]]:
    """By rule what the area's own share would be, printed; for the region the largest part that a league takes.

    A league that is not named takes nothing under any rule.
    """
    table = own_rule_table(context.plan)
    rows = {commitment.id: table[table["indicator"] == commitment.id] for commitment in context.data.commitments}
    if context.is_region:
        shares = {indicator: _largest(found[list(RULES)]) for indicator, found in rows.items()}
        by_rule: dict[str, list[object]] = {rule: [each.get(rule) for each in shares.values()] for rule in RULES}
        ends = [list(each.values()) for each in shares.values()]
        by_rule["least"] = [min(each, default=None) for each in ends]
        by_rule["greatest"] = [max(each, default=None) for each in ends]
        return by_rule
    own = [found[found["code"] == context.area.code] for found in rows.values()]
    columns = {**{rule: f"printed_{rule}" for rule in RULES}, "least": "least", "greatest": "greatest"}
    return {name: [next(iter(found[column].tolist()), 0.0) for found in own] for name, column in columns.items()}


def _largest(amounts: "DataFrame") -> Mapping[str, float]:
    """The largest part of what each rule places, in per cent; 0 where it places nothing."""
    total = amounts.sum()
    return {rule: amounts[rule].max() / total[rule] * 100.0 if total[rule] > 0 else 0.0 for rule in amounts.columns}
