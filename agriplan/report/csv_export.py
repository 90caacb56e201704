"""Tables for other programs: CSV that a spreadsheet opens as text and numbers, never as a formula."""

import numpy as np
import pandas as pd

from agriplan.engine.plan import Plan
from agriplan.engine.tables import TABLES

# A cell that begins with one of these is a formula to Excel, WPS and LibreOffice.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_text(value: object) -> object:
    """Keep a person's text from becoming a formula: an apostrophe goes before it, numbers stay as they are.

    >>> as_text("=1+1"), as_text(-1.5), as_text("通辽")
    ("'=1+1", -1.5, '通辽')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def to_csv(frame: pd.DataFrame) -> str:
    """CSV text of a table, full precision, with the mark that makes Excel read it as UTF-8."""
    return "\ufeff" + frame.map(as_text).to_csv(index=False, lineterminator="\r\n")


def tidy(plan: Plan) -> pd.DataFrame:
    """Every number of a plan, one a row: `indicator`, `code`, `area`, `year`, `figure`, `value`, `text`.

    `figure` is a column of `tables`; years stand only beside yearly figures; words stand in `text`.
    """
    lines = plan.lines.assign(code=plan.baselines.region.code, year=np.nan)
    leagues = plan.leagues.assign(year=np.nan)
    keys = ["indicator", "code", "year"]
    parts = [
        frame.astype({"year": "Int64"}).melt(
            id_vars=keys, value_vars=_figures(name, frame), var_name="figure", value_name="held"
        )
        for name, frame in (("lines", lines), ("leagues", leagues), ("years", plan.years))
    ]
    table = pd.concat([part.astype({"held": object}) for part in parts], ignore_index=True)
    is_text = table["held"].map(lambda held: isinstance(held, str))
    return table.assign(
        area=table["code"].map({code: area.name_zh for code, area in plan.baselines.areas.items()}),
        value=table["held"].where(~is_text),
        text=table["held"].where(is_text),
    )[["indicator", "code", "area", "year", "figure", "value", "text"]]


def _figures(name: str, frame: pd.DataFrame) -> list[str]:
    return [
        column.name
        for column in TABLES[name]
        if column.name in frame and column.name not in {"indicator", "code", "year"}
    ]
