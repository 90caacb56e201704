"""The years of an indicator: each league's trend, milestones and actuals, and the region's."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.engine.projection import grow
from agriplan.engine.tables import Floats
from agriplan.workbook import formulas
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.content.reading import Row, chosen
from agriplan.workbook.description import Table

# Yearly columns beside a league's row, for templates: as many as a ten-year plan needs; the rest stay empty.
MOST_STEPS = 10


def league_years(making: Making, commitment: Commitment) -> Table:
    """One row a league and year, from the base year on."""
    frame = making.read.years[commitment.id]
    frame = chosen(frame, frame["code"] != making.data.region.code)
    keys = [f"{code}.{year}" for code, year in zip(frame["code"].tolist(), frame["year"].tolist(), strict=True)]
    values: dict[str, Iterable[object]] = {
        "year": frame["year"],
        "step": frame["year"] - making.data.base_year,
        "projection": frame["projection"],
        "milestone": frame["milestone"],
        # A league's workbook has the actuals of the others as constants; its own are added on the region's line.
        "actual": np.where(making.is_region | (frame["code"] != making.area.code), frame["actual"], np.nan),
    }
    texts = formulas.LEAGUE_YEARS_BY_KIND[commitment.kind]
    if making.is_region:
        values |= {"entry": _entries(making, commitment, keys)}
        texts = {**texts, "actual": formulas.ENTERED_ACTUAL}
    if commitment.kind == "rate":
        values["herd"] = frame["herd"]
    return make_table(keys, values, texts)


def shown_years(making: Making) -> list[str]:
    """The keys of the rows with cells for actuals: this league's, or all leagues', without the base year."""
    codes = [league.code for league in making.data.leagues] if making.is_region else [making.area.code]
    years = range(making.data.base_year + 1, making.data.target_year + 1)
    return [
        f"{commitment.id}.{code}.{year}" for commitment in making.data.commitments for code in codes for year in years
    ]


def _entries(making: Making, commitment: Commitment, keys: list[str]) -> list[object]:
    """The row of each year on the sheet of actuals, where it has one."""
    shown = set(shown_years(making))
    entries = [f"{commitment.id}.{key}" for key in keys]
    return [entry if entry in shown else None for entry in entries]


def region_years(making: Making, commitment: Commitment) -> Table:
    """One row a year for the region."""
    data, line = making.data, making.read.lines[commitment.id]
    frame = making.read.years[commitment.id]
    frame = chosen(frame, frame["code"] == data.region.code)
    step = (frame["year"] - data.base_year).astype(float)
    rate = commitment.kind == "rate"
    divisor = frame["herd"] / 100.0 if rate else np.ones(len(step))
    difference = np.zeros(len(step)) if rate or line["difference"] == 0 else growth_factor(line) ** step
    difference = difference * float(line["difference"]) if not rate else difference
    values = {
        "year": frame["year"],
        "step": step,
        "part": step * (step + 1) / (making.steps * (making.steps + 1))
        if line["path"] == "late_loaded"
        else step / making.steps,
        "difference": difference,
        "divisor": divisor,
        "herd": frame["herd"],
        "counted": frame["projection"] * divisor,
        "projection": frame["projection"],
        "milestone": frame["milestone"],
        **_actuals(making, commitment),
        "target": [line["target"]] * len(step),
        "unallocated": frame["unallocated"],
        "low": _end(line, "low", step, commitment),
        "high": _end(line, "high", step, commitment),
    }
    keys = [str(year) for year in frame["year"].tolist()]
    own = formulas.REGION_ACTUALS if making.is_region else formulas.REGION_ACTUALS_OF_LEAGUE
    sizes = {"HERDS": ",{league_years.herd:}", "PER": "/{plan.hundred}"} | {
        "OWN": "{league_years.herd@CODE.*}/{plan.hundred}"
    }
    no_sizes = {"HERDS": "", "PER": "", "OWN": "{leagues.size@CODE}"}
    own = formulas.fill_in(formulas.fill_in(own, **(sizes if rate else no_sizes)), CODE=making.area.code)
    return make_table(keys, values, {**formulas.REGION_YEARS_BY_KIND[commitment.kind], **own})


def _actuals(making: Making, commitment: Commitment) -> dict[str, list[Any]]:
    """What was reported by year: the region's actual, its parts, and this league's own."""
    frame = making.read.years[commitment.id]
    region = frame["code"] == making.data.region.code
    leagues = chosen(frame, ~region & ~np.isnan(frame["projection"]))
    years = frame["year"][region].tolist()
    missing = np.isnan(leagues["actual"])
    counted = np.where(missing, 0.0, leagues["actual"] * leagues["size"])
    each = [leagues["year"] == year for year in years]
    found: dict[str, list[Any]] = {
        "unreported": [float(missing[rows].sum()) for rows in each],
        "reported": [float(counted[rows].sum()) for rows in each],
        "actual": frame["actual"][region].tolist(),
    }
    if not making.is_region:
        own = frame["actual"][frame["code"] == making.area.code]
        keys = [f"{making.area.code}.{year}" for year in years]
        found |= {"entry": _entries(making, commitment, keys), "own_actual": own.tolist()}
    return found


def growth_factor(line: Row) -> float:
    """What a quantity and its unit value become in a year, together."""
    return float((1.0 + line["growth"] / 100.0) * (1.0 + line["unit_value_growth"] / 100.0))


def _end(line: Row, end: str, step: Floats, commitment: Commitment) -> Floats:
    """The region from its baseline on, at one end of the plausible range of growth."""
    baseline = float(line["baseline"])
    if commitment.kind == "rate":
        return np.clip(baseline + float(line[end]) * step, 0.0, commitment.ceiling)
    return grow(
        grow(np.full(len(step), baseline), np.array(line[end]), step), np.array(line["unit_value_growth"]), step
    )


def wide_values(making: Making, commitment: Commitment) -> dict[str, list[object]]:
    """Projection and milestone of each year beside the league's row: `projection_0` is the base year's."""
    frame = making.read.years[commitment.id]
    values: dict[str, list[object]] = {}
    count = len(making.data.leagues)
    leagues = frame["code"] != making.data.region.code
    for step in range(max(MOST_STEPS, making.steps) + 1):
        rows = leagues & (frame["year"] == making.data.base_year + step)
        for name in ("projection", "milestone"):
            values[f"{name}_{step}"] = frame[name][rows].tolist() if step <= making.steps else [None] * count
    return values


def wide_formulas(making: Making) -> dict[str, str]:
    """The formulas of the columns of `wide_values`, as many as the plan has years."""
    return {
        f"{name}_{step}": f"{{league_years.{name}@*.{making.data.base_year + step}}}"
        for step in range(making.steps + 1)
        for name in ("projection", "milestone")
    }
