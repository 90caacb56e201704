"""Two pages for a meeting (会议版): what, how far, our share and why, and that share under every rule."""

from agriplan.analysis.comparison import largest_shares, own_rule_table
from agriplan.analysis.unit_words import unit_of_amounts
from agriplan.baselines.commitments import Commitment
from agriplan.engine.allocation import RULES
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet
from agriplan.workbook.formulas.pages import LABEL_OF_REGION, LARGEST_SHARE, MEETING_SHARES, OWN_LABEL, OWN_SHARE


def describe_meeting(context: BookContext) -> Sheet:
    """The sheet `meeting`: its first page follows the inputs, shares under the rules are as generated."""
    keys = [commitment.id for commitment in context.data.commitments]
    labels = {
        "name": [context.short_names[key] for key in keys],
        # The region is told which part the most loaded league takes, a league how much is its own.
        "unit": ["%" if context.is_region else unit_of_amounts(one, context.lang) for one in context.data.commitments],
    }
    own = {"share": OWN_SHARE, "label": OWN_LABEL}
    texts = {"share": LARGEST_SHARE, "label": LABEL_OF_REGION} if context.is_region else own
    names = context.said_of(context.data.commitments, name=Commitment.name)
    tables = {
        "shares": make_table(keys, names, MEETING_SHARES),
        "by_rule": make_table(keys, labels, texts, told=told_in_meeting(context)["by_rule"]),
    }
    return Sheet(
        "meeting", "meeting", make_cells({"rules_said": context.text(f"meeting.rules.{context.side}")}), tables
    )


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
