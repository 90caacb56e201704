"""The one-page breakdown of the region's workbook (盟市任务分解一览表): leagues by indicators."""

from agriplan.baselines.commitments import Commitment
from agriplan.workbook import formulas
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Sheet

# Indicators that a template can show side by side; a plan with fewer leaves the rest empty.
MOST_INDICATORS = 8
FIGURES = tuple(formulas.OVERVIEW)


def describe_overview(making: Making) -> Sheet:
    """The sheet `overview`: columns are numbered by indicator (`target_1`, `target_2`, …)."""
    codes = [league.code for league in making.data.leagues]
    leagues: dict[str, list[object]] = {"name": [league.name(making.lang) for league in making.data.leagues]}
    rows = formulas.OVERVIEW_ROWS
    total: dict[str, list[object]] = {
        "name": [making.text(f"table.{row}") for row in rows],
        **{f"is_{row}": [int(row == other) for other in rows] for row in rows},
    }
    texts: dict[str, dict[str, str]] = {"leagues": {}, "region": {}}
    scalars: dict[str, object] = {}
    for number in range(1, max(MOST_INDICATORS, len(making.data.commitments)) + 1):
        shown = making.data.commitments[number - 1] if number <= len(making.data.commitments) else None
        scalars |= _heading(making, shown, number)
        total |= {f"named_{number}": [None] * len(rows)}
        if shown:
            leagues |= {f"named_{number}": [code in shown.leagues for code in codes]}
            texts["leagues"] |= _numbered(formulas.OVERVIEW, shown, number)
            texts["region"] |= _numbered(formulas.OVERVIEW_TOTAL, shown, number)
        else:
            leagues |= {f"{name}_{number}": [None] * len(codes) for name in (*FIGURES, "named")}
            total |= {f"{name}_{number}": [None] * len(rows) for name in FIGURES}
    tables = {
        "leagues": make_table(codes, leagues, texts["leagues"]),
        "region": make_table(rows, total, texts["region"]),
    }
    return Sheet("overview", "overview", make_cells(scalars), tables)


def _heading(making: Making, commitment: Commitment | None, number: int) -> dict[str, object]:
    return {
        f"name_{number}": commitment.name(making.lang) if commitment else None,
        f"unit_{number}": commitment.unit(making.lang) if commitment else None,
    }


def _numbered(texts: formulas.Formulas, commitment: Commitment, number: int) -> dict[str, str]:
    return {f"{name}_{number}": text for name, text in formulas.fill_in(texts, LINE=commitment.id).items()}
