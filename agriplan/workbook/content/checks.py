"""The sheet of checks (校核): each difference that should vanish, its bound, a light and a link."""

from dataclasses import replace

from agriplan.workbook import formulas
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Sheet


def describe_checks(making: Making) -> Sheet:
    """The sheet `checks`, of the checks that stand on the indicators' sheets."""
    each = [(commitment, check) for commitment in making.data.commitments for check in formulas.CHECKS]
    keys = [f"{commitment.id}.check_{check}" for commitment, check in each]
    values = {
        "indicator": [commitment.name(making.lang) for commitment, _ in each],
        "check": [making.text(f"check.{check}") for _, check in each],
    }
    table = make_table(keys, values, formulas.CHECK)
    linked = replace(table.columns["check"], links=[commitment.id for commitment, _ in each])
    tables = {"checks": replace(table, columns={**table.columns, "check": linked})}
    return Sheet("checks", "checks", make_cells({}, {"light": formulas.LIGHT}), tables)
