"""Sheets that show what stands elsewhere: the overview (盟市任务分解一览表), two pages for a meeting (会议版), the tidy
sheet (结果), to be filtered and counted over.
"""

from collections.abc import Sequence
from dataclasses import replace

from agriplan.analysis.comparison import largest_shares, own_rule_table
from agriplan.analysis.unit_words import unit_of_amounts, unit_of_measure
from agriplan.baselines.commitments import Commitment
from agriplan.engine.allocation import RULES
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet, Table
from agriplan.workbook.formulas.filling import Formulas, fill_in
from agriplan.workbook.formulas.pages import (
    LABEL_OF_REGION,
    LARGEST_SHARE,
    MEETING_SHARES,
    OVERVIEW,
    OVERVIEW_ROWS,
    OVERVIEW_TOTAL,
    OWN_LABEL,
    OWN_SHARE,
    RESULTS_BY_YEAR,
    RESULTS_OF_LEAGUES,
    RESULTS_OF_REGION,
)

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


# Measures of the base year; others without a year of their own are of the target year.
OF_BASE_YEAR = frozenset({"baseline"})


def describe_results(context: BookContext) -> Sheet:
    """The sheet `results`: a table a measure, all with the same columns, one below the other."""
    own, years = context.area.code, context.data.later_years
    leagues = context.data.league_codes
    each = [(commitment.id,) for commitment in context.data.commitments]
    here = [(*row, code) for row in each for code in (leagues if context.is_region else [own])]
    others = [(*row, code, str(year)) for row in each for code in leagues for year in years]
    # The region's own rows, and its leagues' years: none in a league's workbook.
    region, of_leagues = (each, others) if context.is_region else ([], [])
    tables = {
        **{f"region_{name}": _table(context, name, region, texts) for name, texts in RESULTS_OF_REGION.items()},
        **{name: _table(context, name, here, texts) for name, texts in RESULTS_OF_LEAGUES.items()},
        **{
            name: _table(context, name, [(*row, own, str(year)) for row in each for year in years], texts)
            for name, texts in RESULTS_BY_YEAR[context.is_region].items()
        },
        **{
            f"league_{name}": _table(context, name, of_leagues, texts) for name, texts in RESULTS_BY_YEAR[False].items()
        },
    }
    return Sheet("results", "results", {}, tables)


def _table(context: BookContext, measure: str, rows: Sequence[tuple[str, ...]], texts: Formulas) -> Table:
    data, lang, region = context.data, context.lang, context.data.region.code
    usual = data.base_year if measure in OF_BASE_YEAR else data.target_year
    values: dict[str, list[object]] = {
        "area": [data.areas[row[1] if len(row) > 1 else region].name(lang) for row in rows],
        "indicator": [data.by_id[row[0]].name(lang) for row in rows],
        "unit": [unit_of_measure(measure, data.by_id[row[0]], lang) for row in rows],
        "year": [int(row[2]) if len(row) > 2 else usual for row in rows],
        "measure": [context.text(f"result.{measure}")] * len(rows),
    }
    keys = [".".join(row) for row in rows]
    if not rows:
        return replace(make_table((), dict.fromkeys((*values, *texts), ())), optional=True)
    return make_table(keys, values, texts)
