"""The rows of an evaluation: every figure of a commitment in the region and in each league, as of a year."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from agriplan.analysis.evaluation_ahead import EvaluationRow, what_follows
from agriplan.analysis.printed_standing import print_standing
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.base_figures import ONE, BaseFigure, worse_grade
from agriplan.engine.gap import needed_growth, unless_met
from agriplan.engine.milestones import lay_milestones, measure_progress
from agriplan.engine.plan import Plan
from agriplan.engine.projection import together
from agriplan.engine.rebase import Rebased, issued_target
from agriplan.engine.standing import Standing
from agriplan.engine.tables import rows_of_columns
from agriplan.forecast.growth import growth_kind
from agriplan.forecast.intervals import edges_passed
from agriplan.forecast.past import FastestStretch, fastest_stretch
from agriplan.rounding import COMPARE_DIGITS, Floats, has_reached, have_reached, per_cent_reached, round_half_up

# Likelihoods at which the region is warned, and from which its target is expected to be reached.
WARNED_BANDS = ("<5 %", "5-20 %")
EXPECTED_BANDS = ("50-80 %", "80-95 %", ">95 %")
# The same in edges that the target has passed; of the likeliest band it has passed none.
WARNED_FROM, EXPECTED_TO = min(map(edges_passed, WARNED_BANDS)), max(map(edges_passed, EXPECTED_BANDS))
NEEDED_DIGITS = 9  # two growths are the same when they agree in so many digits


def evaluation_rows(
    commitment: Commitment, rebased: Rebased, trend: Plan | None, plan: Plan | None
) -> list[EvaluationRow]:
    """The rows of one indicator."""
    data, standing = rebased.issued.baselines, rebased.standings[commitment.id]
    exact = np.array([standing.region, *standing.leagues]) * standing.unit_value
    printed, difference = print_standing(commitment, rebased)
    grows = rebased.assumed.of_line(commitment.id, "suggested_unit_value_growth")
    fastest = fastest_growth(commitment, rebased.baselines, grows) if rebased.as_of < data.target_year else None
    said = [standing.region_reported, *standing.reported.tolist()]
    rows = []
    for at, code in enumerate(data.areas):
        row: EvaluationRow = {"indicator": commitment.id, "code": code, "current": float(exact[at])}
        silent = not said[at] and rebased.as_of > data.base_year
        row["summed"] = silent and at == 0 and all_reported(standing)
        row |= {"printed_current": float(printed[at]), "estimated": silent and not row["summed"]}
        row["passed"] = (commitment.id, code) in rebased.passed
        row |= _issued(commitment, code, rebased.issued)
        row |= what_follows(commitment, code, trend, plan, row)
        row |= _region(rebased, commitment, difference, fastest) if at == 0 else NOTHING_OF_REGION
        # A league that has nothing of an indicator has a target of nothing: no part of it means anything.
        part = row["projection"] / row["target"] * 100.0 if row["target"] else np.nan
        arrives = has_reached(row["printed_projection"], row["printed_target"])
        row["projected_part"] = float(per_cent_reached(part, arrives))
        row["grade"] = _grade(commitment, code, rebased)
        row["unit_value"] = standing.unit_value if commitment.unit_value else float("nan")
        row["unit_value_grade"] = unit_value_of(commitment, rebased).grade if commitment.unit_value else ""
        rows.append(row)
    for row, progress in zip(rows, _progress(commitment, rebased, rows), strict=True):
        row.update(progress)
        row["warning"] = _warning(row, rebased) if row["code"] == data.region.code or row["named"] else ""
        row["verdict"] = _verdict(row, rebased)
    return rows


def all_reported(standing: Standing) -> bool:
    """Whether every league that has anything of an indicator has reported it for the year."""
    has = ~np.isnan(standing.leagues)
    return bool(has.any() and standing.reported[has].all())


def _issued(commitment: Commitment, code: str, issued: Plan) -> EvaluationRow:
    """Base figure and the target that was handed down, as it is written; exactly, where it is the plan's own."""
    line, shown = issued.row_of(commitment.id, code), issued.printed.row_of(commitment.id, code)
    if code == issued.baselines.region.code:
        exact = target = float(line["target"])
        printed, named = float(shown["target"]), True
    else:
        target = printed = issued_target(issued, commitment.id, code)
        exact = target if code in issued.scenario.issued.targets.get(commitment.id, {}) else float(line["target"])
        named = bool(line["named"])
    base = {"baseline": float(line["baseline"]), "printed_baseline": float(shown["baseline"])}
    return base | {"target": target, "exact_target": exact, "printed_target": printed, "named": named}


NOTHING_OF_REGION: Mapping[str, Any] = dict.fromkeys(
    (
        "reported", "expected", "factor", "unreported", "difference", "printed_difference", "fastest_growth",
        "fastest_first", "fastest_last", "fastest_since", "fastest_until",
    ),
    np.nan,
) | {"fastest_basis": ""}  # fmt: skip


def _region(
    rebased: Rebased, commitment: Commitment, difference: float, fastest: FastestStretch | None
) -> EvaluationRow:
    """What is known of the region alone."""
    standing = rebased.standings[commitment.id]
    by, has = standing.unit_value, ~np.isnan(standing.leagues)
    years = {
        f"fastest_{name}": float(getattr(fastest, name)) if fastest else np.nan
        for name in ("first", "last", "since", "until")
    }
    return {
        "reported": float((standing.reported & has).sum()),
        "expected": float(has.sum()),
        "factor": standing.factor,
        "unreported": standing.unreported * by,
        "difference": standing.difference * by,
        "printed_difference": difference,
        "fastest_growth": fastest.growth if fastest else np.nan,
        "fastest_basis": fastest.basis if fastest else "",
        **years,
    }


def fastest_growth(commitment: Commitment, data: Baselines, unit_value_growth: float) -> FastestStretch | None:
    """The fastest growth of the region over as many years as are left; a value grows with its unit value as well."""
    found = fastest_stretch(data, commitment.quantity, data.region.code, data.span, growth_kind(commitment.kind))
    if found is None or commitment.unit_value is None:
        return found
    return found._replace(growth=together(found.growth, unit_value_growth))


def _progress(commitment: Commitment, rebased: Rebased, rows: list[EvaluationRow]) -> list[EvaluationRow]:
    """How far the way from base to target is covered in each row; the base year stays the one of the plan."""
    issued, data = rebased.issued, rebased.issued.baselines
    gone, left, span = rebased.as_of - data.base_year, data.target_year - rebased.as_of, data.span
    nothing, rate = np.full(len(rows), np.nan), np.full(len(rows), commitment.is_rate)
    base, target, exact, current, printed_base, printed_target, printed_current = (
        np.array([row[name] for row in rows])
        for name in (
            *("baseline", "target", "exact_target", "current"),
            *("printed_baseline", "printed_target", "printed_current"),
        )
    )
    met = have_reached(printed_current, printed_target)
    found = measure_progress(
        {
            "step": np.full(len(rows), gone), "base": base, "target": target, "leads_to": exact, "actual": current,
            "milestone": _due(commitment, issued, base, exact, gone), "is_rate": rate,
            "met": met, "rises": printed_target > printed_base,
        },
        span,
        issued.scenario.status_margin,
    )  # fmt: skip
    # From the base year it is the plan itself, whose growth leads to the exact target.
    ahead = needed_growth(target if gone else exact, current, float(left or 1), rate)
    ahead = unless_met(ahead, met) if left else nothing
    points = round_half_up(printed_target - printed_base, COMPARE_DIGITS)
    silent = np.array([row["estimated"] for row in rows])  # never in the base year
    told = {name: found[name] for name in ("completion", "progress", "schedule", "elapsed")}
    told |= {
        "planned_growth": np.where(rate, points, needed_growth(exact, base, float(span), rate)),
        "status": np.where(silent & ~np.isnan(target), "no_actual", found["status"]),
        "growth_so_far": needed_growth(current, base, float(gone), rate) if gone else nothing,
        "needed_growth": ahead,
    }
    return rows_of_columns(told)


def _due(commitment: Commitment, issued: Plan, base: Floats, exact: Floats, gone: int) -> Floats:
    """What was due so many years after the base year, on the way to the very targets that the rows are measured by.

    The plan's own milestones of a league lead to its exact target, not to the one that was handed down.
    """
    path = issued.by_indicator[commitment.id]["path"]
    due: Floats = lay_milestones(base, exact, [path] * len(base), issued.baselines.span)[:, gone]
    due[0] = issued.year_rows(commitment.id, issued.baselines.region.code)[gone]["milestone"]
    return due


def _grade(commitment: Commitment, code: str, rebased: Rebased) -> str:
    """Of a value that is quantity times unit value the worse of their grades, as in the plan; none without a figure."""
    leagues = rebased.baselines.league_codes
    if code in leagues and np.isnan(rebased.standings[commitment.id].leagues[leagues.index(code)]):
        return ""
    if rebased.as_of == rebased.issued.baselines.base_year:
        return str(rebased.issued.row_of(commitment.id, code)["grade"])
    figure = rebased.baselines.base_figures.get((commitment.quantity, code))
    if figure is None or states_value(commitment, code, rebased):
        return figure.grade if figure else ""
    return worse_grade(figure.grade, unit_value_of(commitment, rebased).grade)


def states_value(commitment: Commitment, code: str, rebased: Rebased) -> bool:
    """Whether the value of the as-of year was itself reported, so that no unit value stands behind it."""
    return (commitment.id, code, rebased.as_of) in rebased.actuals


def unit_value_of(commitment: Commitment, rebased: Rebased) -> BaseFigure:
    """The unit value of the as-of year, reported or carried on; of what has none, one."""
    if commitment.unit_value is None:
        return ONE
    data = rebased.baselines
    figure = data.base_figures[commitment.unit_value, data.region.code]
    return BaseFigure(figure.value, figure.grade, figure.relative_error)


def _warning(row: EvaluationRow, rebased: Rebased) -> str:
    """Why a target is not expected: its likelihood, or a growth above the fastest over as many years on its basis."""
    if rebased.as_of == rebased.issued.baselines.target_year or row["passed"]:
        return ""
    unlikely = row["band"] in WARNED_BANDS
    met = has_reached(row["printed_current"], row["printed_target"])
    too_fast = not met and round(row["needed_growth"] - row["fastest_growth"], NEEDED_DIGITS) > 0
    return {(True, True): "both", (True, False): "unlikely", (False, True): "too_fast"}.get((unlikely, too_fast), "")


def _verdict(row: EvaluationRow, rebased: Rebased) -> str:
    if np.isnan(row["current"]):
        return "not_judged"
    reached = has_reached(row["printed_current"], row["printed_target"])
    if rebased.as_of == rebased.issued.baselines.target_year:
        return "unknown" if row["estimated"] else "done" if reached else "missed"
    if reached and not row["estimated"]:
        return "reached"
    if row["warning"]:
        return "warned"
    return "expected" if row["band"] in EXPECTED_BANDS else "open"
