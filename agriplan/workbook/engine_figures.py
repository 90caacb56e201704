"""What the engine says of the entries of a book: every column of a plan's tables, by the names that a workbook uses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from agriplan.analysis.balances import balance_figures, fodder_of
from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.analysis.outlook import outlook_by_key
from agriplan.engine.plan import Plan
from agriplan.engine.projection import counting_size
from agriplan.engine.tables import Columns, rows_of_columns, selected_rows
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.memo import memoized
from agriplan.workbook.content.reading import PlanRow, league_rows_by_year, read_plan
from agriplan.workbook.description import Book, Entry

# Columns of the outlook by what a workbook calls them.
OUTLOOK_CELLS = {
    name: name for name in ("projection_by_history", "printed_by_history", "entered", "entered_band", "range")
}
OUTLOOK_CELLS["probability"] = "band"

# What the engine says of an entry: the value of a scalar, or one for each row.
Said = Sequence[Any]


def engine_says(plan: Plan, book: Book) -> Iterator[tuple[Entry, Said]]:
    """The plan's tables as entries of a book."""
    read, outlook, region = read_plan(plan), outlook_by_key(plan), plan.baselines.region.code
    for commitment in plan.baselines.commitments:
        sheet, years = commitment.id, read.years[commitment.id]
        years = years | {"size": counting_size(years["herd"], commitment.is_rate)}
        codes = list(read.leagues[sheet]["code"])
        yield from (((sheet, None, name), [value]) for name, value in plan.stated.by_indicator[sheet].items())
        yield from _table(sheet, "leagues", plan.stated.league_columns(sheet))
        for name, column in OUTLOOK_CELLS.items():
            yield (sheet, None, name), [outlook[sheet, region][column]]
            yield (sheet, "leagues", name), [outlook[sheet, code][column] for code in codes]
        yield from _table(sheet, "league_years", league_rows_by_year(years, region))
        yield from _table(sheet, "region_years", selected_rows(years, years["code"] == region))
        yield from chain(_printed(plan, sheet), _balances(plan, book, sheet))
    yield from chain(_criteria(plan), _monitoring(plan, book), _first_page(plan, book), _evaluation(plan, book))
    if "overview" in book.sheets:
        yield from _overview(plan)


def _table(sheet: str, table: str, columns: Columns) -> Iterator[tuple[Entry, Said]]:
    return (((sheet, table, name), values.tolist()) for name, values in columns.items())


def _printed(plan: Plan, sheet: str) -> Iterator[tuple[Entry, Said]]:
    """The printed figures of an indicator, each under the name of the exact one."""
    printed, region = plan.printed, plan.baselines.region.code
    yield from (((sheet, None, f"printed_{name}"), [value]) for name, value in printed.by_indicator[sheet].items())
    for table, rows in (("leagues", printed.league_rows(sheet)), ("region_years", printed.year_rows(sheet, region))):
        yield from (((sheet, table, f"printed_{name}"), [row[name] for row in rows]) for name in rows[0])


def _criteria(plan: Plan) -> Iterator[tuple[Entry, Said]]:
    rows = rows_of_columns(plan.columns["criteria"])
    for commitment in plan.baselines.commitments:
        for number, criterion in enumerate(plan.baselines.criteria, 1):
            own = [row for row in rows if (row["indicator"], row["criterion"]) == (commitment.id, criterion.id)]
            columns = {name: name for name in ("value", "share", "product")} | {"source_grade": "grade"}
            for name, column in columns.items():
                yield (commitment.id, "criteria", f"{name}_{number}"), [row[column] for row in own]
        first = [row for row in rows if (row["indicator"], row["code"]) == (commitment.id, rows[0]["code"])]
        for name in ("equal", "entropy", "weight"):
            yield (commitment.id, "criteria_weights", name), [row[name] for row in first]


def _monitoring(plan: Plan, book: Book) -> Iterator[tuple[Entry, Said]]:
    rows, region = dict(read_plan(plan).year_rows), plan.baselines.region.code
    for shown in rows_of_columns(plan.printed.columns["years"]):
        key = (shown["indicator"], shown["code"], shown["year"])
        rows[key] = {**rows[key], **{f"printed_{name}": value for name, value in shown.items()}}
    tables = book.sheets["years"].tables
    parts = [key.split(".") for key in tables["years"].keys]
    yield from _columns("years", "years", [rows[name, code, int(year)] for name, code, year in parts])
    parts = [key.split(".") for key in tables["region"].keys]
    yield from _columns("years", "region", [rows[name, region, int(year)] for name, year in parts])


def _evaluation(plan: Plan, book: Book) -> Iterator[tuple[Entry, Said]]:
    """The evaluation as of the scenario's year; without one, as of the base year."""
    if "evaluation" not in book.sheets:
        return
    found, tables = _evaluated(plan), book.sheets["evaluation"].tables
    yield ("evaluation", None, "elapsed"), [found.region(next(iter(tables["region"].keys)))["elapsed"]]
    yield from _columns("evaluation", "region", [found.region(name) for name in tables["region"].keys])
    pairs = [key.split(".") for key in tables["areas"].keys]
    if pairs:
        rows = [found.by_key[name, code] for name, code in pairs]
        judged = [
            row if row["verdict"] != "unknown" else {**row, "verdict": book.words["short.unreported"]} for row in rows
        ]
        yield from _columns("evaluation", "areas", judged)
    for commitment in plan.baselines.commitments:
        rows = [found.by_key[commitment.id, league.code] for league in plan.baselines.leagues]
        yield from _columns(commitment.id, "evaluated", rows)


@memoized
def _evaluated(plan: Plan) -> Evaluation:
    year = plan.scenario.as_of or plan.baselines.base_year
    return evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, year), year)


def _balances(plan: Plan, book: Book, sheet: str) -> Iterator[tuple[Entry, Said]]:
    """What a target takes in the workbook's area, balance by balance."""
    code = str(book.sheets["plan"].scalars["area_code"].value)
    about = [one for one in plan.baselines.balances.balance if one.about == sheet]
    found = [balance_figures(plan, one, code) for one in about]
    if about:
        for name in ("stock", "each", "target_quantity", "stock_needed", "each_needed", "grade"):
            yield (sheet, "balances", name), [getattr(one, name) if one else None for one in found]
    if fed := fodder_of(plan, sheet, code):
        yield (sheet, "fodder", "herd"), [fed.herd]
        yield (sheet, "fodder", "target_quantity"), [fed.needed_target]
        yield (sheet, "fodder", "grade"), [fed.grade]


def _columns(sheet: str, table: str, rows: Sequence[PlanRow]) -> Iterator[tuple[Entry, Said]]:
    return (((sheet, table, str(name)), [row[name] for row in rows]) for name in rows[0])


def _first_page(plan: Plan, book: Book) -> Iterator[tuple[Entry, Said]]:
    area = str(book.sheets["plan"].scalars["area_code"].value)
    names = [commitment.id for commitment in plan.baselines.commitments]
    lines = [_shown_line(plan, name) for name in names]
    for name in ("baseline", "projection", "target", "reached"):
        yield ("plan", "indicators", f"region_{name}"), [line[name] for line in lines]
    yield ("plan", "indicators", "region_gap"), [line["gap_stated"] for line in lines]
    of_region = area == plan.baselines.region.code
    shown = ("baseline", "projection", "target", "needed_growth", "grade")
    growth = {"growth": "trend_growth" if of_region else "growth"}
    own = lines if of_region else [_shown_leagues(plan, name)[area] for name in names]
    yield from _picked("plan", "indicators", own, {name: name for name in shown} | growth)
    more = (
        {"amount": "placed_stated"}
        if of_region
        else {"issued": "issued", "reason": "reason", "amount": "amount_stated"}
    )
    yield from _picked("plan", "indicators", own, more)


def _shown_line(plan: Plan, indicator: str) -> PlanRow:
    """The region's line as it is shown."""
    return {**read_plan(plan).lines[indicator], **plan.printed.by_indicator[indicator]}


def _shown_leagues(plan: Plan, indicator: str) -> dict[str, PlanRow]:
    """The rows of an indicator's leagues as they are shown, by code."""
    rows = plan.printed.league_rows(indicator)
    return {row["code"]: {**read_plan(plan).league_rows[indicator, row["code"]], **row} for row in rows}


def _overview(plan: Plan) -> Iterator[tuple[Entry, Said]]:
    names = {name: name for name in ("baseline", "projection", "target", "reason", "issued")}
    names |= {"needed": "needed_growth", "amount": "amount_stated"}
    for number, commitment in enumerate(plan.baselines.commitments, 1):
        rows = _shown_leagues(plan, commitment.id).values()
        yield from _picked("overview", "leagues", rows, {f"{name}_{number}": column for name, column in names.items()})
        line = _shown_line(plan, commitment.id)
        for name, columns in OVERVIEW_TOTALS.items():
            yield ("overview", "region", f"{name}_{number}"), [column and line[column] for column in columns]


# What stands below the leagues: statistical difference, what both come to, what is unallocated, and the commitment.
OVERVIEW_TOTALS = {
    "baseline": ("difference", "baseline", None, None),
    "projection": ("statistical_difference", "projection", None, None),
    "amount": (None, "placed_stated", None, None),
    "target": ("statistical_difference", "reached", "unallocated", "target"),
    "needed": (None, None, None, "needed_growth"),
}


def _picked(sheet: str, table: str, rows: Iterable[PlanRow], names: Mapping[str, str]) -> Iterator[tuple[Entry, Said]]:
    listed = list(rows)
    return (((sheet, table, name), [row[column] for row in listed]) for name, column in names.items())
