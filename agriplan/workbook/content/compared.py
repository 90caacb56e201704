"""The comparison of two to five scenarios as a book: what was changed, what that moved, indicator by indicator."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from agriplan.analysis.comparison import Comparison
from agriplan.analysis.entries import say_path, say_value, word_of
from agriplan.analysis.titles import titles_of
from agriplan.baselines.commitments import Commitment
from agriplan.engine.columns import STATED
from agriplan.sentences import Lang, catalogue, say
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Book, Cell, Sheet, Table

# As many scenarios as can be compared; a comparison of fewer leaves the rest empty.
MOST_PLANS = 5
Numbered = dict[str, list[object]]


def describe_comparison(comparison: Comparison, lang: Lang = "zh", words: Mapping[str, str] | None = None) -> Book:
    """The comparison workbook; `words` are the template's legends, by code."""
    first = comparison.plans[0]
    making = Making(first, first.baselines.region, words or {}, lang)
    sheets = [
        Sheet("changes", "changes", _names(comparison, making), _changes(comparison, making)),
        Sheet("moved", "moved", _names(comparison, making), {"moved": _moved(comparison, making)}),
        *(_indicator(comparison, making, commitment) for commitment in first.baselines.commitments),
    ]
    title = say("workbook.comparison", lang)
    properties = {"title": title, "subject": first.baselines.header.name(lang), "author": "agriplan"}
    families = {code.partition(".")[0] for code in catalogue()}
    legends = {code: making.word(code) for code in catalogue() if code.partition(".")[0] in families & _FAMILIES}
    return Book({sheet.name: sheet for sheet in sheets}, properties, legends, lang)


_FAMILIES = {"rule", "path", "feasibility", "status", "reason", "grade"}


def _titles(comparison: Comparison, making: Making) -> list[str]:
    return titles_of([plan.scenario for plan in comparison.plans], making.lang)


def _slots(values: Sequence[object]) -> list[object]:
    return [*values, *[None] * (MOST_PLANS - len(values))]


def _numbered(name: str, columns: Sequence[Sequence[object]], rows: int) -> Numbered:
    """Columns name_1, name_2, … one a scenario."""
    filled = [list(column) for column in columns] + [[None] * rows for _ in range(MOST_PLANS - len(columns))]
    return {f"{name}_{number}": column for number, column in enumerate(filled, 1)}


def _names(comparison: Comparison, making: Making) -> dict[str, Cell]:
    names = _titles(comparison, making)
    prints = [plan.fingerprint for plan in comparison.plans]
    values: dict[str, object] = {"count": len(names), "title": making.text("workbook.comparison")}
    for number, (name, fingerprint) in enumerate(zip(_slots(names), _slots(prints), strict=True), 1):
        values |= {f"scenario_{number}": name, f"fingerprint_{number}": fingerprint}
    values |= {"base_year": making.data.base_year, "target_year": making.data.target_year}
    return make_cells(values)


def _changes(comparison: Comparison, making: Making) -> dict[str, Table]:
    plans = comparison.plans
    scenarios = {
        "name": _titles(comparison, making),
        "note": [plan.scenario.note for plan in plans],
        "fingerprint": [plan.fingerprint for plan in plans],
    }
    frame = comparison.changes
    paths = frame["path"].tolist()
    worded = [
        [_worded(making, path, value) for path, value in zip(paths, frame[number], strict=True)]
        for number in range(len(plans))
    ]
    changes: dict[str, Iterable[object]] = {
        "entry": [say_path(path, making.data, making.lang) for path in paths],
        **_numbered("plan", worded, len(paths)),
    }
    return {
        "scenarios": make_table([str(number) for number in range(1, len(plans) + 1)], scenarios),
        "changes": make_table(paths, changes),
    }


def _worded(making: Making, path: str, value: object) -> object:
    """A number as it is, anything else in words: the template's, where it has some."""
    if isinstance(value, int | float):
        return value
    code = word_of(path, value)
    return making.word(code) if code else say_value(path, value, making.data, making.lang)


def _moved(comparison: Comparison, making: Making) -> Table:
    frame = comparison.seen_to_move
    commitments = [making.data.by_id[indicator] for indicator in frame["indicator"]]
    values: Numbered = {
        "indicator": [commitment.name(making.lang) for commitment in commitments],
        "area": [making.data.areas[code].name(making.lang) for code in frame["code"]],
        "measure": [making.text(f"table.{measure}") for measure in frame["measure"]],
        "unit": [commitment.unit(making.lang) for commitment in commitments],
        **_numbered("plan", [frame[number].tolist() for number in range(len(comparison.plans))], len(frame)),
        "spread": frame["spread"].tolist(),
    }
    return make_table([f"{row.indicator}.{row.code}.{row.measure}" for row in frame.itertuples()], values)


def _indicator(comparison: Comparison, making: Making, commitment: Commitment) -> Sheet:
    scalars = {
        **_names(comparison, making),
        **make_cells(
            {
                "name": commitment.name(making.lang),
                "short": commitment.name_zh if making.lang == "zh" else commitment.short_en,
                "unit": commitment.unit(making.lang),
            }
        ),
    }
    tables = {"lines": _lines(comparison, making, commitment), "leagues": _leagues(comparison, making, commitment)}
    return Sheet(commitment.id, "compared", scalars, tables)


def _lines(comparison: Comparison, making: Making, commitment: Commitment) -> Table:
    """One row a scenario: where the region stands, as printed."""
    lines = [plan.by_indicator[commitment.id] for plan in comparison.plans]
    printed = [plan.printed.by_indicator[commitment.id] for plan in comparison.plans]
    names = _titles(comparison, making)
    values: Numbered = {
        "scenario": list(names),
        **{name: [shown[name] for shown in printed] for name in _PRINTED},
        **{name: [shown[f"{name}{STATED}"] for shown in printed] for name in _COUNTED},
        **{name: [line[name] for line in lines] for name in ("reserve", "margin")},
        "rule": [making.word(f"rule.{line['rule']}") for line in lines],
        "feasibility": [making.word(f"feasibility.{line['feasibility']}") for line in lines],
    }
    return make_table([str(number) for number in range(1, len(lines) + 1)], values)


_PRINTED = ("target", "projection", "reached", "reachable", "unallocated")
_COUNTED = ("gap", "to_place", "placed", "residual")


def _leagues(comparison: Comparison, making: Making, commitment: Commitment) -> Table:
    frames = [plan.printed.leagues_of(commitment.id) for plan in comparison.plans]
    codes = [league.code for league in making.data.leagues]
    columns = {
        "target": [frame["target"].to_numpy(dtype=float) for frame in frames],
        "amount": [frame["amount_stated"].to_numpy(dtype=float) for frame in frames],
    }
    values: Numbered = {
        "name": [league.name(making.lang) for league in making.data.leagues],
        "named": [int(code in commitment.leagues) for code in codes],
    }
    for name, arrays in columns.items():
        values |= _numbered(name, [array.tolist() for array in arrays], len(codes))
        values[f"{name}_spread"] = np.ptp(np.array(arrays), axis=0).tolist()
    return make_table(codes, values)
