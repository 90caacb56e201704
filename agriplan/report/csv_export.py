"""Tables for other programs: CSV that a spreadsheet opens as text and numbers, never as a formula."""

import numpy as np
import pandas as pd

from agriplan.engine.plan import Plan

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


KEYS = ("indicator", "code", "year")


def tidy(plan: Plan) -> pd.DataFrame:
    """Every number of a plan, one a row: `indicator`, `code`, `area`, `year`, `figure`, `value`, `printed`, `text`.

    `figure` is a column of `columns`, `printed` the same figure as it is shown (none where it is not rounded); years
    stand only beside yearly figures; words stand in `text`.
    """
    region = plan.baselines.region.code
    exact = {"lines": plan.stated.lines.assign(code=region), "leagues": plan.stated.leagues, "years": plan.years}
    shown = plan.printed
    printed = {"lines": shown.lines.assign(code=region), "leagues": shown.leagues, "years": shown.years}
    parts = [
        _long(frame, "held").merge(_long(printed[name], "printed"), "left", [*KEYS, "figure"], validate="one_to_one")
        for name, frame in exact.items()
    ]
    table = pd.concat([part.astype({"held": object}) for part in parts], ignore_index=True)
    is_text = table["held"].map(lambda held: isinstance(held, str))
    return table.assign(
        area=table["code"].map({code: area.name_zh for code, area in plan.baselines.areas.items()}),
        value=table["held"].where(~is_text),
        text=table["held"].where(is_text),
    )[["indicator", "code", "area", "year", "figure", "value", "printed", "text"]]


def _long(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """One row a figure of a table."""
    frame = frame if "year" in frame else frame.assign(year=np.nan)
    figures = [str(column) for column in frame if column not in KEYS]
    long = frame.astype({"year": "Int64"}).melt(id_vars=list(KEYS), value_vars=figures, var_name="figure")
    return long.rename(columns={"value": value})
