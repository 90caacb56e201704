"""The sheet of checks (校核): each difference that should vanish, its bound, a light and a link."""

from dataclasses import replace

from agriplan.workbook import formulas
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet


def describe_checks(context: BookContext) -> Sheet:
    """The sheet `checks`, of the checks that stand on the indicators' sheets."""
    each = [(commitment, check) for commitment in context.data.commitments for check in formulas.LINE_CHECKS]
    keys = [f"{commitment.id}.check_{check}" for commitment, check in each]
    values = {
        "indicator": [commitment.name(context.lang) for commitment, _ in each],
        "check": [context.text(f"check.{check}") for _, check in each],
    }
    table = make_table(keys, values, formulas.CHECK)
    links = [_link(commitment.id, commitment.leagues[0], check) for commitment, check in each]
    linked = replace(table.columns["check"], links=links)
    tables = {"checks": replace(table, columns={**table.columns, "check": linked})}
    return Sheet("checks", "checks", make_cells({"count": len(keys)}, {"light": formulas.OVERALL_LIGHT}), tables)


# Checks of what was entered lead to where it is entered.
_ENTERED = {
    "sources": "own",
    "entries": "entered_growth",
    "range": "entered_growth",
    "order": "entered_floor",
    "own": "own",
    "lock": "entered_lock",
}


def _link(indicator: str, league: str, check: str) -> str:
    if check in _ENTERED:
        return f"inputs.leagues.{_ENTERED[check]}@{indicator}.{league}"
    if check == "terms":
        return f"assumptions.lines.entered_target@{indicator}"
    return f"{indicator}.check_{check}"
