"""The sheet of one indicator: the region's line, its years, the leagues and their shares."""

from collections.abc import Iterable

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import GRADES
from agriplan.engine.scenario import DEFAULT_PATH
from agriplan.engine.tables import Columns
from agriplan.workbook import formulas
from agriplan.workbook.content.cautions import cautions_in_checks
from agriplan.workbook.content.criteria import criteria_scalars, criteria_tables, score_formula
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.history import history_tables
from agriplan.workbook.content.indicator_years import (
    growth_factor,
    league_years,
    region_years,
    wide_formulas,
    wide_values,
)
from agriplan.workbook.content.likelihood import likelihood_of_leagues, likelihood_of_region, remark
from agriplan.workbook.content.making import Making, level_of
from agriplan.workbook.content.solution import Solved, solve
from agriplan.workbook.description import Sheet, Table

# What adds up adds up within this part of the sum (`docs/` states the promise); the cell `check_tolerance` holds it.
BOUND = 1e-9


def describe_indicator(making: Making, commitment: Commitment) -> Sheet:
    """The sheet of a commitment, called by its id."""
    solved = solve(making, commitment)
    scalars = make_cells(_line(making, commitment, solved), _line_formulas(making, commitment))
    tables = {
        "leagues": _leagues(making, commitment, solved),
        "league_years": league_years(making, commitment),
        "region_years": region_years(making, commitment),
        **history_tables(making, commitment),
        **criteria_tables(making, commitment),
    }
    return Sheet(commitment.id, "indicator", {**scalars, **criteria_scalars(making, commitment)}, tables)


def words_of(making: Making, commitment: Commitment) -> dict[str, str]:
    """The words in capitals of `formulas`, for this indicator; only rates are counted in another unit."""
    data, rate = making.data, commitment.kind == "rate"
    return {
        "COUNTED": "{counted}" if rate else "{projection}",
        "FOOTING": "{size}" if rate else "{baseline}",
        "BASES": "{leagues.baseline_counted:}" if rate else "{leagues.baseline:}",
        "LINE": commitment.id,
        "HERD": commitment.herd or "",
        "END": str(data.target_year),
        "START": str(data.base_year),
        "REGION": data.region.code,
        "USUAL": DEFAULT_PATH[commitment.kind],
    }


def _line_formulas(making: Making, commitment: Commitment) -> dict[str, str]:
    shares = {f"grade_{grade}": formulas.fill_in({"": formulas.GRADE_SHARE}, GRADE=grade)[""] for grade in GRADES}
    texts = {**formulas.LINE, **formulas.LINE_BY_KIND[commitment.kind], **shares}
    return formulas.fill_in(texts, **words_of(making, commitment))


def _line(making: Making, commitment: Commitment, solved: Solved) -> dict[str, object]:
    line = making.read.lines[commitment.id]
    data, divisor = making.data, float(line["divisor"])
    outlook = making.outlook[commitment.id, data.region.code]
    quantity = making.observed(commitment.quantity, data.region.code)
    herd = data.indicators[commitment.herd].unit(making.lang) if commitment.herd else None
    known = {name: value for name, value in line.items() if name != "indicator"}
    return (
        known
        | _checks(making, commitment, solved)
        | {
            "id": commitment.id,
            "name": commitment.name(making.lang),
            "short": commitment.name_zh if making.lang == "zh" else commitment.short_en,
            "unit": commitment.unit(making.lang),
            "counted_unit": herd or commitment.unit(making.lang),
            "quote": commitment.quotation(making.lang),
            "definition": commitment.definition(making.lang),
            "nature": making.nature(commitment),
            "naming": making.word(f"naming.{commitment.named_basis}"),
            "kind": making.word(f"kind.{commitment.kind}"),
            "grade": making.word(f"grade.{line['grade']}") if line["grade"] else "",
            "level_of_grade": level_of(str(line["grade"])),
            "tier": making.word(f"tier.{line['tier']}"),
            "rule": making.word(f"rule.{line['rule']}"),
            "path": making.word(f"path.{line['path']}"),
            "feasibility": making.word(f"feasibility.{line['feasibility']}"),
            "difference": _difference(making, commitment),
            "observed_difference": _observed_difference(making, commitment),
            "natural_ceiling": commitment.ceiling,
            "counted": solved.counted,
            "noise": solved.noise,
            "last": solved.last,
            "at_last": solved.at_last,
            "slope": solved.slope,
            "gap_note": making.word("short.gap_within_error") if line["gap_within_error"] else "",
            "gap_stated": line["gap"] / divisor,
            "to_place_stated": line["to_place"] / divisor,
            "placed_stated": line["placed"] / divisor,
            "named_count": len(commitment.leagues),
            "issue_scale": 10.0**commitment.issue_decimals,
            "issued_total": None if commitment.kind == "rate" else _issued(making, commitment),
            "factor": None if commitment.kind == "rate" else growth_factor(line),
            "grows": line["path"] == "constant_growth",
            **likelihood_of_region(making, commitment),
            "remark": remark(making, commitment, data.region.code),
            "probability_assumed": outlook["assumed"],
            **_grade_shares(making, commitment),
            "observed": quantity.value,
        }
    )


def _checks(making: Making, commitment: Commitment, solved: Solved) -> dict[str, object]:
    """Each check's difference and bound, as the formulas find them."""
    line, leagues = making.read.lines[commitment.id], making.read.leagues[commitment.id]
    goal = float(line["target"] * line["divisor"] if line["gap"] > 0 else solved.counted)
    total = float(np.nansum(leagues["target"] * leagues["size"])) + float(
        line["difference_target"] + line["held_back"] - line["on_top"] + line["residual"]
    )
    placed = float(np.nansum(leagues["amount"]))
    scale = 10.0**commitment.issue_decimals
    quotas = sum(solved.columns.get("quota", [0.0]))  # type: ignore[arg-type]
    below = leagues["amount"] < leagues["floor"] - solved.noise
    above = leagues["amount"] > np.array(solved.columns["most"]) + solved.noise
    known = not np.isnan(line["published"])
    issued = 0.0 if commitment.kind == "rate" else _issued(making, commitment) - round(quotas) / scale
    milestone = making.read.year_rows[commitment.id, making.data.region.code, making.data.target_year]["milestone"]
    return {
        "goal": goal,
        "check_sum": total - goal,
        "check_sum_bound": BOUND * max(1.0, abs(goal)),
        "check_placed": placed - float(line["placed"]),
        "check_placed_bound": BOUND * max(1.0, float(line["to_place"]), float(np.nansum(np.abs(leagues["offset"])))),
        "check_issued": issued,
        "check_issued_bound": BOUND,
        "check_limits": int((below | above).sum()),
        "check_limits_bound": 0,
        "check_milestones": float(milestone - line["reached"]),
        "check_milestones_bound": BOUND * max(1.0, abs(float(line["reached"]))),
        "check_region": float(line["baseline"] - line["published"]) if known else None,
        "check_region_bound": float(line["relative_error"] * line["published"]) if known else 0.0,
        "check_feasible": float(line["residual"]),
        "check_feasible_bound": solved.noise,
        "check_sources": 0,
        "check_sources_bound": 0,
        **cautions_in_checks(making, commitment),
    }


def _issued(making: Making, commitment: Commitment) -> float:
    return float(np.nansum(making.read.leagues[commitment.id]["issued"]))


def _factors(frame: Columns, kind: str) -> dict[str, list[float]]:
    """What a league's figure (rates: its herd) becomes in a year."""
    if kind == "rate":
        factor = np.where(np.isnan(frame["herd"]), np.nan, 1.0 + frame["herd_growth"] / 100.0)
        counted = frame["baseline"] * (frame["herd"] / 100.0)
        return {"herd_factor": factor.tolist(), "baseline_counted": counted.tolist()}
    factor = (1.0 + frame["growth"] / 100.0) * (1.0 + frame["unit_value_growth"] / 100.0)
    return {"factor": np.where(np.isnan(frame["baseline"]), np.nan, factor).tolist()}


def _difference(making: Making, commitment: Commitment) -> float:
    return float(making.read.lines[commitment.id]["difference"])


def _observed_difference(making: Making, commitment: Commitment) -> float:
    """The published difference in the quantity's unit, before it is valued."""
    line = making.read.lines[commitment.id]
    return float(line["difference"] / line["unit_value"]) if commitment.unit_value else float(line["difference"])


def _grade_shares(making: Making, commitment: Commitment) -> dict[str, float]:
    """Per cent of the leagues' base-year sum by grade."""
    leagues = making.read.leagues[commitment.id]
    size = leagues["herd"] / 100.0 if commitment.herd else 1.0
    counted = np.nan_to_num(leagues["baseline"] * size)
    total = float(counted.sum())
    parts = {grade: float(counted[leagues["grade"] == grade].sum()) for grade in GRADES}
    return {f"grade_{grade}": part / total * 100.0 if total > 0 else 0.0 for grade, part in parts.items()}


def _leagues(making: Making, commitment: Commitment, solved: Solved) -> Table:
    frame = making.read.leagues[commitment.id]
    codes = [str(code) for code in frame["code"]]
    kind = commitment.kind
    placed = float(making.read.lines[commitment.id]["placed"])
    values: dict[str, Iterable[object]] = {
        name: column.tolist() for name, column in frame.items() if name != "indicator"
    }
    values |= {
        "name": [making.data.areas[code].name(making.lang) for code in codes],
        "order": list(range(1, len(codes) + 1)),
        "grade": making.in_words("grade", frame["grade"].tolist()),
        "level": [level_of(grade) for grade in frame["grade"]],
        "tier": making.in_words("tier", frame["tier"].tolist()),
        "reason": making.in_words("reason", frame["reason"].tolist()),
        "share_of_total": (frame["amount"] / placed * 100.0 if placed > 0 else frame["amount"] * 0.0).tolist(),
        **_factors(frame, kind),
        **solved.columns,
        **likelihood_of_leagues(making, commitment),
        **wide_values(making, commitment),
    }
    texts = formulas.fill_in(
        {**formulas.LEAGUES, **formulas.LEAGUES_BY_KIND[kind], **score_formula(making)},
        **words_of(making, commitment),
    )
    return make_table(codes, values, {**texts, **wide_formulas(making)})
