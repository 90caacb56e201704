"""The sheet of milestones and actuals (年度): cells for what was reached, and how far that is on course."""

import numpy as np

from agriplan.engine.tables import Columns, Floats
from agriplan.rounding import COMPARE_DIGITS, round_half_up
from agriplan.workbook import formulas
from agriplan.workbook.content.asking import amount, ask
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.indicator_years import shown_years
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Sheet, Table


def describe_years(making: Making) -> Sheet:
    """The sheet `years`: table `years` with one row an indicator, league and year, table `region` without leagues."""
    return Sheet("years", "years", {}, {"region": _region(making), "years": _leagues(making)})


def _leagues(making: Making) -> Table:
    keys = shown_years(making)
    inputs = {}
    frame = _rows(making, [(indicator, code, int(year)) for indicator, code, year in map(_parts, keys)])
    for key in keys:
        indicator, code, year = _parts(key)
        inputs[key] = ask(("actual", indicator, code, year), amount(making.data.by_id[indicator]))
    values = {**_values(making, frame), "entered_actual": frame["actual"].tolist()}
    texts = {**formulas.fill_in(formulas.PROGRESS, ACTUAL="entered_actual"), **formulas.YEARS}
    return make_table(keys, values, texts, {"entered_actual": inputs})


def _region(making: Making) -> Table:
    data = making.data
    years = range(data.base_year + 1, data.target_year + 1)
    keys = [(commitment.id, year) for commitment in data.commitments for year in years]
    frame = _rows(making, [(indicator, data.region.code, year) for indicator, year in keys])
    texts = formulas.fill_in(
        {**formulas.PROGRESS, **formulas.YEARS_OF_REGION}, END=str(data.target_year), ACTUAL="actual"
    )
    return make_table([f"{indicator}.{year}" for indicator, year in keys], _values(making, frame), texts)


def _parts(key: str) -> list[str]:
    return key.split(".")


def _rows(making: Making, wanted: list[tuple[str, str, int]]) -> Columns:
    """The plan's yearly rows of the keys wanted, with base and target beside them."""
    rows = [{**making.read.year_rows[key], **_ends(making, *key[:2])} for key in wanted]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _ends(making: Making, indicator: str, code: str) -> dict[str, float]:
    """Where the way begins, and where it leads."""
    if code != making.data.region.code:
        league = making.read.league_rows[indicator, code]
        shown = making.plan.printed.leagues_of(indicator).set_index("code")["target"][code]
        return {"base": league["baseline"], "target": league["target"], "printed_target": shown}
    line, shown = making.read.lines[indicator], making.plan.printed.by_indicator[indicator]
    return {"base": line["baseline"], "target": line["target"], "printed_target": shown["target"]}


def _values(making: Making, frame: Columns) -> dict[str, list[object]]:
    data, lang = making.data, making.lang
    commitments = [data.by_id[indicator] for indicator in frame["indicator"]]
    step = frame["year"].astype(float) - data.base_year
    return {
        "indicator": [commitment.name(lang) for commitment in commitments],
        "area": [data.areas[code].name(lang) for code in frame["code"]],
        "unit": [commitment.unit(lang) for commitment in commitments],
        "year": frame["year"].tolist(),
        "step": step.tolist(),
        "left": (making.steps - step).tolist(),
        "is_rate": [commitment.kind == "rate" for commitment in commitments],
        **{name: frame[name].tolist() for name in _FIGURES},
        "decimals": [data.decimals(commitment) for commitment in commitments],
        "met": _met(frame, [data.decimals(commitment) for commitment in commitments]),
        "lead": _lead(frame).tolist(),
        "status": making.in_words("status", frame["status"].tolist()),
    }


_FIGURES = (
    *("projection", "milestone", "base", "target", "printed_target", "actual"),
    *("completion", "progress", "schedule", "elapsed", "needed_later"),
)


def _met(frame: Columns, decimals: list[int]) -> list[int]:
    """Whether the printed actual reaches the printed target."""
    rows = zip(frame["actual"].tolist(), frame["printed_target"].tolist(), decimals, strict=True)
    return [int(float(round_half_up(actual, places)) >= target) for actual, target, places in rows]


def _lead(frame: Columns) -> Floats:
    """How far the actual leads the path, as `milestones.measure_progress` compares it."""
    column = {name: frame[name].astype(float) for name in ("actual", "milestone", "progress", "schedule")}
    way = frame["target"].astype(float) - frame["base"].astype(float)
    above = column["milestone"] != 0
    against = np.where(above, column["actual"] / np.where(above, column["milestone"], 1.0) - 1.0, column["actual"])
    lead = np.where(way != 0, (column["progress"] - column["schedule"]) * np.sign(way), against * 100.0)
    return round_half_up(lead, COMPARE_DIGITS)
