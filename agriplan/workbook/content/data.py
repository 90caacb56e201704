"""The sheet of observed figures (数据): every figure behind the plan, with basis, grade, error and source.

Charts on the sheets of indicators show the same figures of the years before the plan.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from agriplan.analysis.backtest_table import remark
from agriplan.baselines.commitments import Commitment, without_brackets
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import in_language
from agriplan.engine.tables import Columns, arrays_of, selected_rows
from agriplan.forecast.suggestions import region_backtest
from agriplan.memo import memoized
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_table, numbered_table
from agriplan.workbook.description import Sheet, Table
from agriplan.workbook.formulas.yearly import HISTORY_OF_VALUE


def describe_data(context: BookContext) -> Sheet:
    """The sheet `data`: the region's history and every league's figures of the indicators behind the commitments."""
    return Sheet("data", "data", {}, {"figures": _figures(context), "backtest": _backtest(context, nearer=False)})


def describe_nearer(context: BookContext) -> Sheet:
    """The sheet `backtest`: the backtest over fewer years than the plan has, in the region's workbook."""
    return Sheet("backtest", "backtest", {}, {"nearer": _backtest(context, nearer=True)})


@memoized
def shown_figures(data: Baselines) -> Columns:
    """The observed figures behind the commitments, in the order of indicators, areas and years."""
    used = {
        word for each in data.commitments for word in (each.quantity, each.unit_value, each.herd) if word is not None
    }
    order = {code: place for place, code in enumerate(data.areas)}
    frame = data.observed[data.observed["indicator"].isin(used)]
    names = {indicator: place for place, indicator in enumerate(data.indicators)}
    frame = frame.assign(place=frame["indicator"].map(names), area_place=frame["area"].map(order))
    frame = frame.sort_values(["place", "area_place", "year"], kind="stable")
    return arrays_of(frame)


def figures_of(context: BookContext) -> Columns:
    """The observed figures of a workbook; a league's holds its own and the region's."""
    frame = shown_figures(context.data)
    if context.is_region:
        return frame
    own = (context.data.region.code, context.area.code)
    return selected_rows(frame, np.isin(frame["area"].astype(str), own))


def history_tables(context: BookContext, commitment: Commitment) -> dict[str, Table]:
    """`history` is on the plan's basis, `older` on any other; values at the unit value of the base year."""
    figures = shown_figures(context.data)
    region = (figures["area"] == context.data.region.code) & (figures["indicator"] == commitment.quantity)
    ours = figures["basis"] == context.data.basis
    past = region & (figures["year"] <= context.data.base_year)
    rows = {"history": past & ours, "older": past & ~ours}
    tables = {}
    for name, kept in rows.items():
        frame = selected_rows(figures, kept)
        years, observed = frame["year"].tolist(), frame["value"].tolist()
        values = {"year": years, "observed": observed, "grade": context.in_words("grade", frame["grade"].tolist())}
        texts = HISTORY_OF_VALUE if commitment.unit_value else {}
        tables[name] = make_table(map(str, years), values if texts else {**values, "value": observed}, texts)
    return tables


def _figures(context: BookContext) -> Table:
    data, frame = context.data, figures_of(context)
    sources = data.sources.to_dict("records")
    titles = {one["source"]: in_language(one["title_zh"], one["title_en"], context.lang) for one in sources}
    numbers = source_numbers(data)
    values: dict[str, Sequence[object]] = {
        "indicator": [
            without_brackets(data.indicators[indicator].name(context.lang)) for indicator in frame["indicator"]
        ],
        "area": [data.areas[code].name(context.lang) for code in frame["area"]],
        "row_own": [int(code == context.area.code and not context.is_region) for code in frame["area"]],
        "year": frame["year"].tolist(),
        "value": frame["value"].tolist(),
        "unit": [data.indicators[indicator].unit(context.lang) for indicator in frame["indicator"]],
        "basis": [shown_basis(context, basis) for basis in frame["basis"]],
        "grade": context.in_words("grade", frame["grade"].tolist()),
        "relative_error": (frame["relative_error"] * 100.0).tolist(),
        "source_number": [numbers.get(source) for source in frame["source"]],
        "source": [titles.get(source, source) for source in frame["source"]],
        "note": [
            in_language(chinese, english, context.lang)
            for chinese, english in zip(frame["note_zh"], frame["note_en"], strict=True)
        ],
    }
    decimals = [data.indicators[indicator].decimals for indicator in frame["indicator"]]
    return replace(numbered_table(values), decimals=decimals)


def source_numbers(data: Baselines) -> dict[str, int]:
    """By which number each source is cited: its place in the list of all."""
    return {one.source: number for number, one in enumerate(data.source_list, 1)}


def shown_basis(context: BookContext, basis: str) -> str:
    """A basis in words: the template's, where it has some."""
    return context.words.get(f"basis.{basis}") or context.data.basis_name(basis, context.lang)


def _backtest(context: BookContext, *, nearer: bool) -> Table:
    """How the projection would have done on the data's own past; as generated.

    Over as many years as the plan has, which stands in every file, or over fewer.
    """
    data, frame = context.data, region_backtest(context.data)
    frame = frame[((frame["horizon"] == context.data.span) | (frame["method"].fillna("") == "")) != nearer]
    values: dict[str, Sequence[object]] = {
        "indicator": [data.indicators[indicator].name(context.lang) for indicator in frame["indicator"]],
        "basis": [shown_basis(context, basis) for basis in frame["basis"]],
        "method": [context.text(f"backtest.{method}") if method else "" for method in frame["method"].fillna("")],
        "sentence": _remarks(context, frame),
        **{name: frame[name].tolist() for name in ("years", "mape", "mase")},
        # Of a history that is too short to look back from there is neither.
        **{name: [int(count) or None for count in frame[name]] for name in ("horizon", "origins")},
    }
    return numbered_table(values)


def _remarks(context: BookContext, frame: pd.DataFrame) -> list[str]:
    """What there is to say of each row; that "no change" is better stands at the projection's own rows."""
    groups = frame.groupby(["indicator", "code", "basis", "horizon"], sort=False)
    errors = {key: dict(zip(rows["method"], rows["mape"], strict=True)) for key, rows in groups}
    told = []
    for row in frame.to_dict("records"):
        key = (row["indicator"], row["code"], row["basis"], row["horizon"])
        own = errors[key] if row["method"] in ("projection", "") else {}
        told.append(remark(row["sentence"], int(row["years"]), own, context.lang))
    return told
