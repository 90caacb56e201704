"""Two pages for a meeting (会议版): what, how far, our share and why, and that share under every rule."""

from agriplan.analysis.comparison import largest_shares, own_rule_table
from agriplan.analysis.unit_words import unit_of_amounts
from agriplan.engine.allocation import RULES
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet
from agriplan.workbook.formulas.pages import LABEL_OF_REGION, LARGEST_SHARE, MEETING_SHARES, OWN_LABEL, OWN_SHARE


def describe_meeting(context: BookContext) -> Sheet:
    """The sheet `meeting`: its first page follows the inputs, shares under the rules are as generated."""
    keys = [commitment.id for commitment in context.data.commitments]
    names = {
        "name": [commitment.name(context.lang) for commitment in context.data.commitments],
        # The region is told which part the most loaded league takes, a league how much is its own.
        "unit": ["%" if context.is_region else unit_of_amounts(one, context.lang) for one in context.data.commitments],
    }
    told, short = told_in_meeting(context)["by_rule"], [context.short_names[key] for key in keys]
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


def told_in_meeting(context: BookContext) -> dict[str | None, dict[str, list[object]]]:
    """By rule what the area's own share would be, printed; for the region the largest part that a league takes.

    A rule that places nothing gives no league anything, and a league that is not named takes nothing under any.
    """
    rules = list(RULES)
    if context.is_region:
        rows = largest_shares(context.plan)
    else:
        table = own_rule_table(context.plan)
        own = table[table["code"] == context.area.code].set_index("indicator")
        rows = own.drop(columns=rules).rename(columns={f"printed_{rule}": rule for rule in rules})
    numbers = rows[[*rules, "least", "greatest"]]
    shown = numbers.reindex([commitment.id for commitment in context.data.commitments], fill_value=0.0)
    return {"by_rule": {name: shown[name].fillna(0.0).tolist() for name in shown.columns}}
