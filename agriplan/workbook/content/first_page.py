"""The first sheet (首页): what the target is, how far the area is from it, what its share is and why."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import numpy as np

from agriplan import __version__
from agriplan.analysis.outlook import DIGITS
from agriplan.analysis.titles import title_of
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.plausibility import FAR
from agriplan.engine.allocation import TOLERANCE
from agriplan.engine.criteria import ENTROPY_CAP
from agriplan.engine.scenario import canonical_json
from agriplan.rounding import COMPARE_DIGITS
from agriplan.workbook import formulas
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.explained import explain_league, explain_region
from agriplan.workbook.content.indicator import BOUND
from agriplan.workbook.content.likelihood import remark
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Cell, Column, Sheet, Table

# Which names a workbook has and what they mean; readback refuses a workbook of another edition.
EDITION = "1"
# What readback needs to know where a workbook comes from.
KEPT = (
    "edition",
    "engine_version",
    "data_version",
    "region_code",
    "base_year",
    "target_year",
    "area_code",
    "lang",
    "fingerprint",
    "scenario_parts",
)
# A cell holds 32,767 characters.
LONGEST_PART = 30_000
# Years that a template's headings can show; a shorter plan leaves the rest empty.
MOST_YEARS = 10


def describe_first_page(making: Making, light: str) -> Sheet:
    """The sheet `plan`; `light` is the word that the checks come to."""
    return Sheet("plan", "plan", _scalars(making, light), {"indicators": _indicators(making)})


def stored_scenario(making: Making) -> dict[str, str]:
    """The scenario as JSON in parts that fit into cells, by the name of the cell."""
    text = canonical_json(making.scenario)
    parts = [text[start : start + LONGEST_PART] for start in range(0, len(text), LONGEST_PART)]
    return {f"scenario_{number}": part for number, part in enumerate(parts, 1)}


def _scalars(making: Making, light: str) -> dict[str, Cell]:
    data, scenario, lang = making.data, making.scenario, making.lang
    years = list(range(data.base_year, data.target_year + 1))
    stored = stored_scenario(making)
    values = {
        "name": data.header.name(lang),
        "area": making.area.name(lang),
        "region": data.region.name(lang),
        "is_region": making.is_region,
        "scenario": title_of(scenario, lang),
        "note": scenario.note,
        "fingerprint": making.plan.fingerprint,
        "base_year": data.base_year,
        "target_year": data.target_year,
        "years": making.steps,
        "light": light,
        "state": making.word("state.as_made"),
        "heading_area": making.text("heading.region.area") if making.is_region else making.area.name(lang),
        "heading_amount": making.text(f"heading.{_side(making)}.amount"),
        "heading_target": making.text(f"heading.{_side(making)}.target"),
        "heading_baseline": making.text(f"heading.{_side(making)}.baseline"),
        "heading_projection": making.text(f"heading.{_side(making)}.projection"),
        "hundred": 100,
        "entropy_cap": ENTROPY_CAP,
        "far": FAR,
        "tolerance": TOLERANCE,
        "check_tolerance": BOUND,
        "digits": COMPARE_DIGITS,
        "fine_digits": DIGITS,
        **{
            f"year_{step}": years[step] if step < len(years) else None
            for step in range(max(MOST_YEARS, making.steps) + 1)
        },
        "edition": EDITION,
        "engine_version": __version__,
        "data_version": data.version,
        "region_code": data.region.code,
        "area_code": making.area.code,
        "lang": lang,
        "scenario_parts": len(stored),
        **stored,
    }
    kept = (*KEPT, *stored)
    return make_cells(values, {"light": "{checks.light}", "state": "{rules.state}"}, kept)


def _side(making: Making) -> str:
    return "region" if making.is_region else "league"


def _indicators(making: Making) -> Table:
    rows = {commitment.id: _row(making, commitment) for commitment in making.data.commitments}
    values = {name: [row[name] for row in rows.values()] for name in next(iter(rows.values()))}
    own = formulas.FIRST_PAGE_OF_REGION if making.is_region else formulas.FIRST_PAGE_OF_LEAGUE
    texts = formulas.fill_in({**formulas.FIRST_PAGE, **own}, CODE=making.area.code)
    table = make_table(rows, values, {**texts, "status": _status_formula(making)})
    links = {**table.columns, "name": _linked(table, list(rows))}
    return Table(table.keys, links)


def _linked(table: Table, keys: list[str]) -> Column:
    """The names, each leading to its indicator's sheet."""
    return replace(table.columns["name"], links=keys)


def _status_formula(making: Making) -> str:
    table = "years.region" if making.is_region else "years.years"
    key = "*.YEAR" if making.is_region else f"*.{making.area.code}.YEAR"
    years = range(making.data.base_year + 1, making.data.target_year + 1)
    actual = "actual" if making.is_region else "entered_actual"
    return formulas.latest(
        years, f"{{{table}.{actual}@{key}}}", f"{{{table}.status@{key}}}", "{words.status.no_actual}"
    )


def _row(making: Making, commitment: Commitment) -> dict[str, object]:
    line = making.read.lines[commitment.id]
    own = _region_row(making, commitment) if making.is_region else _league_row(making, commitment)
    return {
        "number": making.data.commitments.index(commitment) + 1,
        "name": commitment.name(making.lang),
        "unit": commitment.unit(making.lang),
        "nature": making.nature(commitment),
        "region_baseline": line["baseline"],
        "region_projection": line["projection"],
        "region_target": line["target"],
        "region_gap": line["gap"] / line["divisor"],
        "region_reached": line["reached"],
        "feasibility": making.word(f"feasibility.{line['feasibility']}"),
        "rule": making.word(f"rule.{line['rule']}"),
        "remark": remark(making, commitment, making.area.code),
        "status": _status(making, commitment),
        **own,
        **_told(making, commitment, own),
    }


def _told(making: Making, commitment: Commitment, own: Mapping[str, object]) -> dict[str, object]:
    """The reason as a sentence, and how far the way to the target is done: today, and by the trend alone."""
    region = making.is_region
    explanation = explain_region(making, commitment) if region else explain_league(making, commitment, own)
    target = float(cast("float", own["target"]))
    shares: dict[str, object] = {
        f"{name}_share": float(cast("float", own[name])) / target * 100.0 if target > 0 else None
        for name in ("baseline", "projection")
    }
    return {"explanation": explanation, **shares}


def _region_row(making: Making, commitment: Commitment) -> dict[str, object]:
    line = making.read.lines[commitment.id]
    issued = making.read.leagues[commitment.id]["issued"]
    return {
        "named": 1,
        **{name: line[name] for name in ("baseline", "growth", "projection", "target", "needed_growth", "past_growth")},
        "grade": making.word(f"grade.{line['grade']}") if line["grade"] else "",
        "amount": line["placed"] / line["divisor"],
        "issued": None if commitment.kind == "rate" else float(np.nansum(issued)),
        "probability": making.outlook[commitment.id, making.area.code]["band"],
        "reason": making.word(f"feasibility.{line['feasibility']}"),
        "share_of_total": None,
    }


def _league_row(making: Making, commitment: Commitment) -> dict[str, object]:
    row = making.read.league_rows[commitment.id, making.area.code]
    placed = float(making.read.lines[commitment.id]["placed"])
    amount, size = float(row["amount"]), float(row["size"])
    figures = ("named", "baseline", "growth", "projection", "issued", "target", "needed_growth", "past_growth")
    return {
        **{name: row[name] for name in figures},
        "grade": making.word(f"grade.{row['grade']}") if row["grade"] else "",
        "amount": amount / size,
        "probability": making.outlook[commitment.id, making.area.code]["band"],
        "reason": making.word(f"reason.{row['reason']}"),
        "share_of_total": amount / placed * 100.0 if placed > 0 else 0.0,
    }


def _status(making: Making, commitment: Commitment) -> str:
    """The status of the last year with an actual figure."""
    years = range(making.data.base_year + 1, making.data.target_year + 1)
    rows = [making.read.year_rows[commitment.id, making.area.code, year] for year in years]
    known = [row["status"] for row in rows if not np.isnan(row["actual"])]
    return making.word(f"status.{known[-1] if known else 'no_actual'}")
