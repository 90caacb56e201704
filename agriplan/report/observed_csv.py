"""Observed figures for other programs and for people: what the data folder calls by a code, by its name as well."""

from collections.abc import Callable

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.report.csv_export import to_csv
from agriplan.sentences import LANGS, Lang, say


def observed_csv(rows: pd.DataFrame, data: Baselines) -> str:
    """Rows of `Baselines.observed` as CSV: their own columns, then each code in words, `…_zh` and `…_en`."""
    words = {f"{column}_{lang}": _said(rows, column, lang, data) for column in CODES for lang in LANGS}
    return to_csv(rows.assign(**words))


# What is told by codes; a unit and a note stand in words already.
CODES = ("area", "indicator", "basis", "grade", "source")


def _said(rows: pd.DataFrame, column: str, lang: Lang, data: Baselines) -> list[str]:
    """The codes of a column in words."""
    titles = {source.source: source.title(lang) for source in data.source_list}
    names: dict[str, Callable[[str], str]] = {
        "area": lambda code: data.areas[code].name(lang) if code in data.areas else code,
        "indicator": lambda code: data.indicators[code].name(lang),
        "basis": lambda code: data.basis_name(code, lang),
        "grade": lambda code: say(f"grade.{code}", lang),
        "source": lambda code: titles.get(code, code),
    }
    return [names[column](code) for code in rows[column]]
