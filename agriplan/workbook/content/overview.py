"""The one-page breakdown of the region's workbook (盟市任务分解一览表): leagues by indicators."""

from agriplan.baselines.commitments import Commitment
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet
from agriplan.workbook.formulas.filling import Formulas, fill_in
from agriplan.workbook.formulas.pages import OVERVIEW, OVERVIEW_ROWS, OVERVIEW_TOTAL

# Indicators that a template can show side by side; a plan with fewer leaves the rest empty.
MOST_INDICATORS = 8
FIGURES = tuple(OVERVIEW)


def describe_overview(context: BookContext) -> Sheet:
    """The sheet `overview`: columns are numbered by indicator (`target_1`, `target_2`, …)."""
    codes = context.data.league_codes
    leagues: dict[str, list[object]] = {"name": [league.name(context.lang) for league in context.data.leagues]}
    rows = OVERVIEW_ROWS
    total: dict[str, list[object]] = {
        # What is said in brackets stands on a line of its own: the names of leagues beside it are shorter.
        "name": [context.text(f"table.{row}").replace("（", "\n（") for row in rows],
        **{f"is_{row}": [int(row == other) for other in rows] for row in rows},
    }
    texts: dict[str, dict[str, str]] = {"leagues": {}, "region": {}}
    scalars: dict[str, object] = {}
    for number in range(1, max(MOST_INDICATORS, len(context.data.commitments)) + 1):
        shown = context.data.commitments[number - 1] if number <= len(context.data.commitments) else None
        scalars |= _heading(context, shown, number)
        total |= {f"named_{number}": [None] * len(rows)}
        if shown:
            leagues |= {f"named_{number}": [code in shown.leagues for code in codes]}
            texts["leagues"] |= _numbered(OVERVIEW, shown, number)
            texts["region"] |= _numbered(OVERVIEW_TOTAL, shown, number)
        else:
            leagues |= {f"{name}_{number}": [None] * len(codes) for name in (*FIGURES, "named")}
            total |= {f"{name}_{number}": [None] * len(rows) for name in FIGURES}
    tables = {
        "leagues": make_table(codes, leagues, texts["leagues"]),
        "region": make_table(rows, total, texts["region"]),
    }
    return Sheet("overview", "overview", make_cells(scalars), tables)


def _heading(context: BookContext, commitment: Commitment | None, number: int) -> dict[str, object]:
    return {
        f"name_{number}": commitment.name(context.lang) if commitment else None,
        f"unit_{number}": commitment.unit(context.lang) if commitment else None,
    }


def _numbered(texts: Formulas, commitment: Commitment, number: int) -> dict[str, str]:
    return {f"{name}_{number}": text for name, text in fill_in(texts, LINE=commitment.id).items()}
