"""The comparison of two to five scenarios as a book: what was changed, what that moved, indicator by indicator."""

from collections.abc import Iterable, Mapping, Sequence

from agriplan.analysis.changed_entries import ChangedEntry, changed_entries
from agriplan.analysis.comparison import Comparison, printed_gap
from agriplan.analysis.entries import YEAR_ENTRIES, say_entries, say_path, say_value, unit_of, word_of
from agriplan.analysis.titles import marks_of, short_titles, titles_of
from agriplan.analysis.unit_words import unit_of_amounts, unit_of_measure
from agriplan.analysis.values_in_force import follows_region, in_force
from agriplan.baselines.commitments import Commitment
from agriplan.engine.columns import STATED
from agriplan.engine.plan import Plan
from agriplan.sentences import Lang, say
from agriplan.workbook.content.context import BookContext, printed_decimals
from agriplan.workbook.content.entries import T, columns_of, make_cells, make_table, numbered_table, without_formulas
from agriplan.workbook.description import Book, Cell, Sheet, Table
from agriplan.workbook.evaluate.book import evaluated
from agriplan.workbook.formulas.compared import (
    COMPARED_LINE,
    compared_difference,
    compared_totals,
    spread_columns,
    spread_of,
)

# As many scenarios as can be compared; a comparison of fewer leaves the rest empty.
MOST_PLANS = 5
Numbered = dict[str, list[object]]


def describe_comparison(comparison: Comparison, lang: Lang, words: Mapping[str, str] | None = None) -> Book:
    """The comparison workbook; `words` are the template's legends, by code."""
    first = comparison.plans[0]
    context = BookContext(first, first.baselines.region, words or {}, lang)
    sheets = [
        Sheet("changes", "changes", _names(comparison, context), _changes(comparison, context)),
        Sheet("moved", "moved", _names(comparison, context), {"moved": _moved(comparison, context)}),
        *(_indicator(comparison, context, commitment) for commitment in first.baselines.commitments),
    ]
    title = say("workbook.comparison", lang)
    properties = {"title": title, "subject": first.baselines.header.name(lang), "author": "agriplan"}
    legends, decimals = context.legends(_FAMILIES), printed_decimals(context.data)
    return evaluated(Book({sheet.name: sheet for sheet in sheets}, properties, legends, lang, decimals))


_FAMILIES = {"rule", "path", "feasibility", "status", "reason", "grade"}


def _titles(comparison: Comparison, context: BookContext) -> list[str]:
    return titles_of([plan.scenario for plan in comparison.plans], context.lang)


def _each(name: str, values: Sequence[T], blank: T) -> dict[str, T]:
    """name_1, name_2, … one a scenario; blank for as many as there might be more."""
    filled = [*values, *[blank] * (MOST_PLANS - len(values))]
    return {f"{name}_{number}": value for number, value in enumerate(filled, 1)}


def _numbered(name: str, columns: Iterable[Sequence[object]], rows: int) -> Numbered:
    """The same of columns with so many rows."""
    return _each(name, [list(column) for column in columns], [None] * rows)


def _names(comparison: Comparison, context: BookContext) -> dict[str, Cell]:
    names = short_titles(_titles(comparison, context))
    prints = [plan.fingerprint for plan in comparison.plans]
    values: dict[str, object] = {
        "count": len(names),
        "title": context.text("workbook.comparison"),
        "fingerprints": " / ".join(marks_of(prints)),  # of a footer; whole ones stand on the first sheet
        "area": context.area.name(context.lang),
    }
    values |= _each("scenario", names, None) | _each("fingerprint", prints, None)
    values |= {"base_year": context.data.base_year, "target_year": context.data.target_year}
    return make_cells(values)


def _changes(comparison: Comparison, context: BookContext) -> dict[str, Table]:
    plans = comparison.plans
    scenarios = {
        "name": _titles(comparison, context),
        "note": [plan.scenario.note for plan in plans],
        "fingerprint": [plan.fingerprint for plan in plans],
    }
    changed = changed_entries(comparison)
    keys = [one.key for one in changed]
    held = [[_held(one, number, plan) for one in changed] for number, plan in enumerate(plans)]
    numbers = [any(isinstance(column[row], int | float) for column in held) for row in range(len(keys))]
    worded = [[_worded(context, *each) for each in zip(keys, column, strict=True)] for column in held]
    defaults = [
        [
            int(not one.entered[number] and value is not None and not follows_region(one.key, plan))
            for one, value in zip(changed, column, strict=True)
        ]
        for number, (column, plan) in enumerate(zip(held, plans, strict=True))
    ]
    changes: dict[str, Iterable[object]] = {
        "entry": [say_path(key, context.data, context.lang) for key in keys],
        "unit": [
            unit_of(key, context.data, context.lang) if is_number else ""
            for key, is_number in zip(keys, numbers, strict=True)
        ],
        **_numbered("plan", worded, len(keys)),
        **_numbered("default", defaults, len(keys)),
    }
    return {
        "scenarios": numbered_table(scenarios),
        "results": _results(comparison, context),
        "changes": make_table(keys, changes),
    }


def _results(comparison: Comparison, context: BookContext) -> Table:
    """The region's line of every indicator, figures as printed: before all entries, since they may fill pages."""
    rows: dict[str, dict[str, object]] = {}
    for one in context.data.commitments:
        lines = [plan.printed.by_indicator[one.id] for plan in comparison.plans]
        gaps = [printed_gap(line) for line in lines]
        words = [context.word(f"feasibility.{plan.by_indicator[one.id]['feasibility']}") for plan in comparison.plans]
        figures = {name: [line[name] for line in lines] for name in ("target", "projection")}
        for measure, values in {**figures, "gap": gaps, "feasibility": words}.items():
            named = (context.short_names[one.id], context.text(f"table.{measure}"))
            rows[f"{one.id}.{measure}"] = {
                "measure": context.text("entry.separator").join(named),
                "unit": "" if measure == "feasibility" else unit_of_measure(measure, one, context.lang),
                **_each("plan", values, None),
            }
    return make_table(rows, columns_of(rows))


def _held(changed: ChangedEntry, number: int, plan: Plan) -> object:
    """What was entered, else what the plan works with: None where there is nothing, as no ceiling.

    A figure stands as a number; where something is said of it, all by path.
    """
    key, entered = changed.key, changed.entered[number]
    alone = entered.get(key, entered.get(f"{key}.value")) if len(entered) == 1 else None
    return alone if alone is not None else entered or in_force(key, plan)


def _worded(context: BookContext, key: str, value: object) -> object:
    """A number as it is, anything else in words: the template's, where it has some."""
    if value is None:
        return context.text("entry.not_set")
    if isinstance(value, Mapping):
        return say_entries(value, context.data, context.lang)
    if isinstance(value, int | float) and key.rpartition(".")[2] not in YEAR_ENTRIES:
        return value
    code = word_of(key, value)
    return context.word(code) if code else say_value(key, value, context.data, context.lang)


def _moved(comparison: Comparison, context: BookContext) -> Table:
    # The region before its leagues; each by how far it moved.
    frame = comparison.seen_to_move
    frame = frame.iloc[(frame["code"] != context.data.region.code).argsort(kind="stable")]
    commitments = [context.data.by_id[indicator] for indicator in frame["indicator"]]
    values: Numbered = {
        "indicator": [commitment.name(context.lang) for commitment in commitments],
        "area": [context.data.areas[code].name(context.lang) for code in frame["code"]],
        "measure": [context.text(f"table.{measure}") for measure in frame["measure"]],
        "unit": [
            unit_of_measure(measure, commitment, context.lang)
            for commitment, measure in zip(commitments, frame["measure"], strict=True)
        ],
        **_numbered("plan", [frame[number].tolist() for number in range(len(comparison.plans))], len(frame)),
    }
    keys = [f"{row.indicator}.{row.code}.{row.measure}" for row in frame.itertuples()]
    return make_table(keys, values, {"spread": spread_of("plan", len(comparison.plans))})


def _indicator(comparison: Comparison, context: BookContext, commitment: Commitment) -> Sheet:
    unit, of_amounts = commitment.unit(context.lang), unit_of_amounts(commitment, context.lang)
    labels = {
        "name": commitment.name(context.lang),
        "short": context.short_names[commitment.id],
        "units": context.text("comparison.units", unit=unit, amounts=of_amounts),
        "unit": unit,
        "amount_unit": of_amounts,
    }
    tables = {
        "lines": _lines(comparison, context, commitment),
        **_totals(comparison, commitment),
        "leagues": _leagues(comparison, context, commitment),
    }
    return Sheet(commitment.id, "compared", _names(comparison, context) | make_cells(labels), tables)


def _lines(comparison: Comparison, context: BookContext, commitment: Commitment) -> Table:
    """One row a scenario: where the region stands, as printed."""
    lines = [plan.by_indicator[commitment.id] for plan in comparison.plans]
    printed = [plan.printed.by_indicator[commitment.id] for plan in comparison.plans]
    values: Numbered = {
        "scenario": [*short_titles(_titles(comparison, context))],
        **{name: [shown[name] for shown in printed] for name in _PRINTED},
        **{name: [shown[f"{name}{STATED}"] for shown in printed] for name in _COUNTED},
        **{name: [line[name] for line in lines] for name in ("reserve", "margin")},
        "rule": [context.word(f"rule.{line['rule']}") for line in lines],
        "feasibility": [context.word(f"feasibility.{line['feasibility']}") for line in lines],
    }
    return numbered_table(values, COMPARED_LINE)


_PRINTED = ("target", "projection", "reached", "reachable")
_COUNTED = ("to_place", "placed", "residual")


def _totals(comparison: Comparison, commitment: Commitment) -> dict[str, Table]:
    """Above the leagues: what they come to, and for what adds up the statistical difference that is in it."""
    count = len(comparison.plans)
    empty = _numbered("target", [], 1) | _numbered("amount", [], 1) | {"target_spread": [None], "amount_spread": [None]}
    rows = {
        "region": compared_totals(count),
        "difference": compared_difference(count, adds_up=not commitment.is_rate),
    }
    return {name: make_table([name], without_formulas(empty, texts), texts) for name, texts in rows.items()}


def _leagues(comparison: Comparison, context: BookContext, commitment: Commitment) -> Table:
    shown = [plan.printed.league_columns(commitment.id) for plan in comparison.plans]
    codes = context.data.league_codes
    values: Numbered = {
        "name": [league.name(context.lang) for league in context.data.leagues],
        "named": [int(code in commitment.leagues) for code in codes],
        **_numbered("target", [columns["target"].tolist() for columns in shown], len(codes)),
        **_numbered("amount", [columns["amount_stated"].tolist() for columns in shown], len(codes)),
    }
    return make_table(codes, values, spread_columns(len(comparison.plans)))
