"""Scenarios side by side: what was changed, and what moved."""

from collections import Counter
from collections.abc import Sequence

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from agriplan.analysis.changed_entries import ChangedEntry, changed_entries
from agriplan.analysis.comparison import Comparison, compare
from agriplan.analysis.entries import say_path, say_steps
from agriplan.analysis.titles import marks_of, titles_of
from agriplan.analysis.unit_words import MEASURES_IN_POINTS
from agriplan.at_once import do_all, do_each
from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import Scenario
from agriplan.sentences import Lang
from agriplan.web.bounds import FEWEST_COMPARED, MOST_COMPARED
from agriplan.web.language import current_language
from agriplan.web.pages.addresses import to
from agriplan.web.pages.against_base import against_base
from agriplan.web.pages.asked import flag_asked
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.rows import Row, records
from agriplan.web.pages.scenario_in_view import DRAFT, ScenarioInView, scenario_of_address
from agriplan.web.service import service
from agriplan.web.workbook_files import comparison_file

DEFAULT_SCENARIO = "default"  # in the address: the scenario without any change
CHOSEN_BASE = "base"  # in the address: which of the chosen the others are held against
MOST_OFFERED = 40  # saved scenarios to choose from; older ones are chosen in the list of scenarios
MOST_BESIDE = 3  # scenarios whose figures have columns of their own; those of more stand below each other
MOST_MOVES_SHOWN = 40  # rows of what moved; the workbook has them all
FIGURE_ENTRIES = (
    "actual",
    "issued",
    "baseline",
)  # entries that scenarios have of every league and year: no assumptions
MOST_FIGURES_LISTED = 12  # of a kind among what was changed; more are counted, and folded


@pages.get("/compare", endpoint="compare")
def compare_page() -> str:
    """Choose two to five scenarios, and see them side by side."""
    viewed, is_asked = do_all(scenario_of_address, lambda: flag_asked("compare"))
    # An id that there is not is told even where it is the only one; of too many it is their number.
    chosen, scenarios = choices(viewed)
    everything = service().store.list()
    # The latest, and what was chosen however old it is.
    named = {*chosen, viewed.started_from}
    saved = [one for place, one in enumerate(everything) if place < MOST_OFFERED or one.scenario_id in named]
    context = {
        "viewed": viewed,
        "saved": saved,
        "chosen": chosen,
        "least": FEWEST_COMPARED,
        "most": MOST_COMPARED,
        "most_beside": MOST_BESIDE,
        "default": DEFAULT_SCENARIO,
    }
    if not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
        return render_template("compare.html", comparison=None, count=wrong_count(chosen, is_asked=is_asked), **context)
    comparison = compare([service().plan(one) for one in scenarios])
    told = comparison_in_words(comparison)
    return render_template(
        "compare.html",
        comparison=comparison,
        count="",
        orders=orders(chosen),
        **context,
        **told,
        **parted_changes(told["changes"]),
    )


def wrong_count(chosen: Sequence[str], *, is_asked: bool) -> str:
    """What is amiss with how many were chosen; nothing before anything was asked for."""
    if not chosen and not is_asked:
        return ""
    word = {0: "none", 1: "one"}.get(len(chosen), "many")
    return text(f"compare.chose.{word}", least=FEWEST_COMPARED, most=MOST_COMPARED, count=len(chosen))


@pages.get("/compare/workbook")
def comparison_workbook() -> Response | Answer:
    """The comparison as a workbook."""
    viewed = scenario_of_address()
    chosen, scenarios = choices(viewed)
    if not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
        return redirect(to("compare", choose=chosen, compare=1), 303)
    return comparison_file([service().plan(one) for one in scenarios], current_language())


def choices(viewed: ScenarioInView) -> tuple[list[str], list[Scenario]]:
    """What is to be compared: ids of saved scenarios, `default`, `draft`; each once, the base first, else as chosen.

    With the scenarios, of too many none. The base may be none of them: it was one when the form was made. Raises
    `StoreMissing` for all those that there are not.
    """
    base = request.args.get(CHOSEN_BASE, "")
    chosen = list(dict.fromkeys(word for word in request.args.getlist("choose") if word))
    chosen.sort(key=lambda word: word != base)
    looked_at = chosen if len(chosen) <= MOST_COMPARED else []
    words = dict.fromkeys([*([base] if base else []), *looked_at])
    found_by_word = dict(zip(words, do_each(lambda word: scenario_of(word, viewed), words), strict=True))
    return chosen, [found_by_word[word] for word in looked_at]


def orders(chosen: Sequence[str]) -> list[Row]:
    """For every scenario but the base the addresses that make it the base, and that put it one place forward."""
    found: list[Row] = [{"base": "", "forward": ""}]
    for place, word in enumerate(chosen[1:], 1):
        rest = [one for one in chosen if one != word]
        moved = [*rest[: place - 1], word, *rest[place - 1 :]]
        found.append(
            {
                "base": to("compare", choose=[word, *rest], compare=1),
                "forward": to("compare", choose=moved, compare=1) if place > 1 else "",
            }
        )
    return found


def scenario_of(word: str, viewed: ScenarioInView) -> Scenario:
    """The scenario that a word of the address means."""
    if word == DEFAULT_SCENARIO:
        return Scenario()
    return viewed.scenario if word == DRAFT else service().scenario(word)


def comparison_in_words(comparison: Comparison) -> Row:
    """What the page says about a comparison."""
    data, lang = comparison.plans[0].baselines, current_language()
    columns = range(len(comparison.plans))
    everything = comparison.seen_to_move
    moved = everything.head(MOST_MOVES_SHOWN)
    return {
        "titles": titles_of([plan.scenario for plan in comparison.plans], lang),
        "marks": marks_of([plan.fingerprint for plan in comparison.plans]),
        "columns": columns,
        "changes": [change(one, comparison, lang) for one in changed_entries(comparison)],
        "moved": [moved_row(row, data, columns) for row in records(moved)],
        "moved_besides": len(everything) - len(moved),
        "parts_of_plan": [against_base(comparison.plans, one) for one in data.commitments],
        "data": data,
    }


def change(changed: ChangedEntry, comparison: Comparison, lang: Lang) -> Row:
    """An entry that does not hold alike in all, in words; the values in the order of the scenarios."""
    key, data = changed.key, comparison.plans[0].baselines
    return {
        "key": key,
        "what": say_path(key, data, lang),
        "thing": say_steps(key, data, lang)[0],
        "values": changed.said(comparison, lang),
    }


def parted_changes(changes: Sequence[Row]) -> Row:
    """What was decided, and the figures of which there are too many to stand before it: by kind, then by thing."""
    kinds = Counter(part_of_change(one) for one in changes)
    many = [kind for kind in FIGURE_ENTRIES if kinds[kind] > MOST_FIGURES_LISTED]
    folded: dict[str, dict[str, list[Row]]] = {kind: {} for kind in many}
    for one in changes:
        if part_of_change(one) in many:
            folded[part_of_change(one)].setdefault(one["thing"], []).append(one)
    return {"decided": [one for one in changes if part_of_change(one) not in many], "folded": folded}


def part_of_change(change: Row) -> str:
    """The part of a scenario that an entry is in."""
    return str(change["key"]).partition(".")[0]


def moved_row(row: Row, data: Baselines, columns: range) -> Row:
    """A figure that is not the same in all; its values in the order of the scenarios."""
    values = [row[str(number)] for number in columns]
    commitment = data.by_id[row["indicator"]]
    told = {"in_points": commitment.is_rate and row["measure"] in MEASURES_IN_POINTS, "values": values}
    return row | told | {"commitment": commitment, "area": data.areas[row["code"]]}
