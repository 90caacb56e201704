"""Scenarios side by side: what was changed, and what moved."""

from collections.abc import Sequence

from flask import Response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from agriplan.analysis.comparison import Comparison, compare
from agriplan.analysis.entries import say_path, say_value
from agriplan.analysis.titles import titles_of
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario
from agriplan.sentences import Lang
from agriplan.web.charts import Series, bars
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import to
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.rows import Row, decimals_of, line_of, records
from agriplan.web.pages.scenario_in_view import ScenarioInView, scenario_of_address
from agriplan.web.service import service
from agriplan.web.workbook_files import comparison_file

FEWEST_COMPARED, MOST_COMPARED = 2, 5
DEFAULT_SCENARIO = "default"  # in the address: the scenario without any change
DRAFT = "draft"  # the scenario in view, not saved yet
MOST_OFFERED = 40  # saved scenarios to choose from; older ones are chosen in the list of scenarios
MOST_MOVES_SHOWN = 40  # rows of what moved; the workbook has them all


@pages.get("/compare", endpoint="compare")
def compare_page() -> str:
    """Choose two to five scenarios, and see them side by side."""
    asked, chosen = scenario_of_address(), choices()
    everything = service().store.list()
    # The latest, and what was chosen however old it is.
    named = {*chosen, asked.started_from}
    saved = [one for place, one in enumerate(everything) if place < MOST_OFFERED or one.scenario_id in named]
    context = {
        "asked": asked,
        "saved": saved,
        "chosen": chosen,
        "least": FEWEST_COMPARED,
        "most": MOST_COMPARED,
        "default": DEFAULT_SCENARIO,
    }
    if not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
        return render_template("compare.html", comparison=None, count=wrong_count(chosen), **context)
    comparison = compare(plans_of(chosen, asked))
    return render_template(
        "compare.html", comparison=comparison, count="", **context, **comparison_in_words(comparison)
    )


def wrong_count(chosen: Sequence[str]) -> str:
    """What is amiss with how many were chosen; nothing before anything was asked for."""
    if not chosen and "compare" not in request.args:
        return ""
    word = {0: "none", 1: "one"}.get(len(chosen), "many")
    return text(f"compare.chose.{word}", least=FEWEST_COMPARED, most=MOST_COMPARED, count=len(chosen))


@pages.get("/compare/workbook")
def comparison_workbook() -> Response | Answer:
    """The comparison as a workbook."""
    asked, chosen = scenario_of_address(), choices()
    if not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
        return redirect(to("compare", choose=chosen, compare=1), 303)
    return comparison_file(plans_of(chosen, asked), current_language())


def choices() -> list[str]:
    """What is to be compared: ids of saved scenarios, `default`, `draft`; each once, in the order chosen."""
    return list(dict.fromkeys(word for word in request.args.getlist("choose") if word))


def plans_of(chosen: Sequence[str], asked: ScenarioInView) -> list[Plan]:
    """The plans of what was chosen; raises `StoreMissing` for an unknown id."""
    return [service().plan(scenario_of(word, asked)) for word in chosen]


def scenario_of(word: str, asked: ScenarioInView) -> Scenario:
    """The scenario that a word of the address means."""
    if word == DEFAULT_SCENARIO:
        return Scenario()
    return asked.scenario if word == DRAFT else service().scenario(word)


def comparison_in_words(comparison: Comparison) -> Row:
    """What the page says about a comparison."""
    data, lang = comparison.plans[0].baselines, current_language()
    columns = range(len(comparison.plans))
    moved = comparison.seen_to_move.head(MOST_MOVES_SHOWN)
    return {
        "titles": titles_of([plan.scenario for plan in comparison.plans], lang),
        "columns": columns,
        "changes": [change(row, data, lang) for row in records(comparison.changes)],
        "moved": [moved_row(row, data, columns) for row in records(moved)],
        "parts_of_plan": [compared_part(comparison, one) for one in data.commitments],
        "data": data,
    }


def change(row: Row, data: Baselines, lang: Lang) -> Row:
    """An entry that is not the same in all, in words; the values in the order of the scenarios."""
    path = row.pop("path")
    return {
        "what": say_path(path, data, lang),
        "values": [say_value(path, value, data, lang) for value in row.values()],
    }


def moved_row(row: Row, data: Baselines, columns: range) -> Row:
    """A figure that is not the same in all; its values in the order of the scenarios."""
    values = [row[str(number)] for number in columns]
    return row | {"values": values, "commitment": data.by_id[row["indicator"]], "area": data.areas[row["code"]]}


def compared_part(comparison: Comparison, commitment: Commitment) -> Row:
    """One indicator of a comparison: the leagues' targets in every scenario, as rows and as a chart."""
    data, plans = comparison.plans[0].baselines, comparison.plans
    targets = [plan.printed.leagues_of(commitment.id)["target"].tolist() for plan in plans]
    lines = [line_of(plan, commitment.id) for plan in plans]
    return {
        "commitment": commitment,
        "chart": chart(commitment, targets, plans),
        "rows": list(zip(data.leagues, zip(*targets, strict=True), strict=True)),
        "lines": lines,
        "decimals": decimals_of(plans[0], commitment),
    }


def chart(commitment: Commitment, targets: list[list[float]], plans: Sequence[Plan]) -> Markup:
    """The leagues' targets, a bar for every scenario."""
    lang = current_language()
    names = titles_of([plan.scenario for plan in plans], lang)
    series = [Series(f"compared-{n}", names[n], values) for n, values in enumerate(targets)]
    label = text("chart.compared", name=commitment.name(lang))
    labels = [league.name(lang) for league in plans[0].baselines.leagues]
    return bars(label, commitment.unit(lang), labels, series)
