"""The sheet of checks (校核): each difference that should vanish, its bound, a light and a link."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet
from agriplan.workbook.formulas.line import LINE_CHECKS
from agriplan.workbook.formulas.pages import CHECK, OVERALL_LIGHT, columns_in_error

# Sheets on which no indicator's check rests: the columns (and scalars) in which an error on them, or on its way there,
# arrives. They are such that the sheets show, so that looking at them brings nothing more into a file.
LOOKED_AT: Mapping[str, Sequence[str]] = {
    "plan": tuple(f"indicators.{each}" for each in ("projection", "target", "needed_growth", "status", "remark")),
    "years": ("years.completion", "years.status", "years.remark", "region.completion", "region.status"),
    "evaluation": (
        "region.printed_to_share",
        *(
            f"{table}.{each}"
            for table in ("region", "areas")
            for each in ("verdict", "grade", "completion", "printed_gap", "needed_growth", "band")
        ),
    ),
    "edits": ("list.indicator", "list.area", "list.input", "list.from", "list.to"),
}
_COUNT = "check_cells"


def with_looked_at(sheet: Sheet) -> Sheet:
    """A sheet that is looked at for errors, with how many of its columns hold one: none may."""
    if sheet.name not in LOOKED_AT:
        return sheet
    count = make_cells({f"{_COUNT}_bound": 0}, {_COUNT: columns_in_error(LOOKED_AT[sheet.name])})
    return replace(sheet, scalars={**sheet.scalars, **count})


def describe_checks(context: BookContext) -> Sheet:
    """The sheet `checks`, of the checks that stand on the indicators' sheets, and of those of whole sheets.

    A sheet that was deleted takes its count along, so that its light has nothing to stand on and turns.
    """
    each = [(commitment, check) for commitment in context.data.commitments for check in LINE_CHECKS]
    keys = [f"{commitment.id}.check_{check}" for commitment, check in each] + [f"{name}.{_COUNT}" for name in LOOKED_AT]
    values = {
        "indicator": [
            *(context.short_names[commitment.id] for commitment, _ in each),
            *(context.text(f"check.sheet.{name}") for name in LOOKED_AT),
        ],
        "check": [
            *(context.text(f"check.{check}") for _, check in each),
            *[context.text("check.cells")] * len(LOOKED_AT),
        ],
    }
    table = make_table(keys, values, CHECK)
    links = [_link(commitment.id, commitment.leagues[0], check) for commitment, check in each]
    links += [f"{name}.{_COUNT}" for name in LOOKED_AT]
    linked = replace(table.columns["check"], links=links)
    tables = {"checks": replace(table, columns={**table.columns, "check": linked})}
    return Sheet("checks", "checks", make_cells({"count": len(keys)}, {"light": OVERALL_LIGHT}), tables)


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
