"""The yearly table of a plan: projection, milestone and monitoring of the region and of every league."""

from typing import NamedTuple

import numpy as np

from agriplan.baselines.folder import Baselines
from agriplan.engine.actual_values import yearly_actuals
from agriplan.engine.actuals import counted_actuals
from agriplan.engine.carried_difference import carried_by, carry_differences
from agriplan.engine.last_known import herds, unit_values
from agriplan.engine.milestones import lay_milestones, lay_unallocated, measure_progress
from agriplan.engine.printed import Scales, round_years
from agriplan.engine.projection import bounded_difference, ceiling_of_rates, counting_size
from agriplan.engine.scenario import Scenario
from agriplan.engine.stages import Outcome
from agriplan.engine.tables import Columns, Flags, Frame, grid, numbers, rates_of
from agriplan.rounding import Floats, have_reached


class YearColumns(NamedTuple):
    """The columns of `columns.YEARS` and of `columns.PRINTED_YEARS`."""

    exact: Columns
    printed: Columns


def lay_years(
    scenario: Scenario,
    baselines: Baselines,
    lines: Frame,
    outcome: Outcome,
    printed: tuple[Columns, Columns],
    scales: Scales,
) -> YearColumns:
    """One entry a line, area and year, the region before its leagues.

    `lines` names the `indicator`, `path`, `growth` and `unit_value_growth` of each line; `printed` holds its printed
    figures and its leagues'. The region is measured against its commitment, a league against its target.
    """
    shape = count, width, steps = len(outcome.lines["kind"]), len(baselines.leagues), baselines.span + 1
    is_rate = rates_of(outcome.lines)
    ends = {name: grid(outcome.leagues, name, count) for name in ("baseline", "target")}
    whole = {name: numbers(outcome.lines, name) for name in ("baseline", "target", "reached")}
    milestones = lay_milestones(
        ends["baseline"].ravel(), ends["target"].ravel(), np.repeat(np.asarray(lines["path"]), width), steps - 1
    )
    known = _what_is_known(scenario, baselines, lines, outcome)
    by_league = {name: grid(outcome.paths, name, count).reshape(shape) for name in outcome.paths}
    by_league |= {"milestone": milestones.reshape(shape), "actual": known.actuals[:, 1:]}
    by_league |= {name: np.full(shape, np.nan) for name in ALONE}
    region = _years_of_region(lines, outcome, by_league, known, whole)
    joined = {
        name: np.concatenate([region[name][:, None, :], by_league[name]], axis=1) for name in PRINTED_YEAR_FIGURES
    }
    due = region["difference_due"]
    rounded = round_years(joined, due, printed, is_rate, scales, stands_alone=~np.isnan(known.actuals[:, 0]))
    laid = {name: values.ravel() for name, values in joined.items()}
    step = np.tile(np.arange(float(steps)), count * (width + 1))
    keys: Columns = {
        "indicator": np.repeat(np.asarray(lines["indicator"]), (width + 1) * steps),
        "code": np.tile(np.repeat(list(baselines.areas), steps), count),
        "year": baselines.base_year + step.astype(int),
    }
    against = _measured_against(whole, ends, printed, steps) | {
        "step": step,
        "is_rate": np.repeat(is_rate, (width + 1) * steps),
    }
    # What was handed down is what is reached or not: the printed figures.
    met = have_reached(rounded["actual"], against.pop("printed_target"))
    progress = measure_progress(laid | against | {"met": met}, steps - 1, scenario.status_margin)
    return YearColumns(keys | laid | progress, keys | rounded)


def _measured_against(whole: Columns, ends: Columns, printed: tuple[Columns, Columns], steps: int) -> Columns:
    """What the years of each line and area are measured against: where its way begins and what it leads to.

    A league has done what was handed down to it, the printed target; its milestones lead to the exact one.
    """

    def each(of_region: Floats, of_leagues: Floats) -> Floats:
        areas: Floats = np.column_stack([of_region, of_leagues])
        return np.repeat(areas, steps)

    handed_down = {name: grid(printed[1], name, len(whole["target"])) for name in ends}
    shown = {name: each(printed[0][name], handed_down[name]) for name in ends}
    return {
        "base": each(whole["baseline"], ends["baseline"]),
        "target": each(whole["target"], handed_down["target"]),
        "leads_to": each(whole["target"], ends["target"]),
        "printed_target": shown["target"],
        "rises": shown["target"] > shown["baseline"],
    }


class _Known(NamedTuple):
    """What is known of the years: actuals, shape (lines, areas, years), the region's first.

    `herds` are the leagues', reported or carried on, which weigh actual rates, shape (lines, leagues, years); `prices`
    the unit values that stand in the years, shape (lines, years), 1 where there is none.
    """

    actuals: Floats
    herds: Floats
    prices: Floats


def _what_is_known(scenario: Scenario, baselines: Baselines, lines: Frame, outcome: Outcome) -> _Known:
    """What the data hold and the scenario adds, of all years to the target year."""
    actuals, commitments = counted_actuals(scenario, baselines), baselines.commitments
    growths = numbers(lines, "unit_value_growth").tolist()
    herd_growths = grid(outcome.leagues, "herd_growth", len(commitments)).tolist()
    by_herd = (
        herds(one, scenario, baselines, actuals, own) for one, own in zip(commitments, herd_growths, strict=True)
    )
    priced = (
        [*unit_values(one, scenario, baselines, actuals, growth).values()]
        for one, growth in zip(commitments, growths, strict=True)
    )
    return _Known(
        yearly_actuals(scenario, baselines, actuals, list(baselines.areas), growths),
        np.array([*by_herd]),
        np.array([*priced]),
    )


def _years_of_region(lines: Frame, outcome: Outcome, leagues: Columns, known: _Known, whole: Columns) -> Columns:
    """The region's columns, shape (lines, years), from its leagues' and what is known; `whole` are its own ends."""
    is_rate, ceiling = rates_of(outcome.lines), ceiling_of_rates(outcome.lines)[:, None]
    region = {name: grid(outcome.regional, name, len(is_rate)) for name in outcome.regional}
    summed = _sum_of_leagues(leagues, counting_size(known.herds, is_rate[:, None, None]), is_rate)
    region |= _actuals_of_region(lines, region, known.actuals[:, 0], summed, known.prices, ceiling)
    ends, last_step = (whole["baseline"], whole["target"], whole["reached"]), known.actuals.shape[-1] - 1
    region["unallocated"] = lay_unallocated(*ends, np.asarray(lines["path"]), last_step)
    region |= _due_of_region(leagues, region, ceiling)
    region["milestone"][:, -1] = whole["target"]
    return region


def _actuals_of_region(
    lines: Frame, region: Columns, own: Floats, summed: Floats, prices: Floats, ceiling: Floats
) -> Columns:
    """The region's actuals and the difference carried on beside its leagues', shape (lines, years).

    Its own figure is what was published: it counts before what the leagues reported (`summed`).
    """
    base = region["difference"][:, 0] / region["divisor"][:, 0] / prices[:, 0]
    beside = _differences(lines, base, own / prices, summed / prices) * prices
    bounded = bounded_difference(beside, summed, np.ones(1), ceiling)
    beside = np.where(np.isnan(own) & ~np.isnan(summed), bounded, beside)
    return {"actual": np.where(np.isnan(own), summed + beside, own), "carried_difference": beside}


# What only the region has.
ALONE = ("difference", "unallocated", "carried_difference")
PRINTED_YEAR_FIGURES = ("herd", "projection", "milestone", "actual", *ALONE)


def _due_of_region(leagues: Columns, region: Columns, ceiling: Floats) -> Columns:
    """The region's milestones and, in its unit, the differences beside its leagues', shape (lines, years).

    A league without a baseline is inside the difference, of which a rate has as much as leaves it within its bounds.
    """
    has, more = ~np.isnan(leagues["projection"]), region["unallocated"] * region["divisor"]
    total: Floats = np.where(has, leagues["milestone"] * leagues["size"], 0.0).sum(axis=1)
    difference = region["difference"]
    for beside in (total, total + more):
        difference = bounded_difference(difference, beside, region["divisor"], ceiling)
    due = (total + difference) / region["divisor"] + region["unallocated"]
    return {"milestone": due, "difference_due": difference / region["divisor"]}


def _differences(lines: Frame, base: Floats, own: Floats, summed: Floats) -> Floats:
    """The statistical differences of actual quantities (rates: in points), shape (lines, years).

    `base` are those of the base year, `own` the quantities that the region reported, `summed` what all leagues come to.
    """
    is_rate = rates_of(lines)
    factors = map(carried_by, numbers(lines, "growth").tolist(), is_rate.tolist())
    return np.array([carry_differences(*one).standing for one in zip(base, own, summed, factors, strict=True)])


def _sum_of_leagues(leagues: Columns, weights: Floats, is_rate: Flags) -> Floats:
    """What the leagues with a baseline come to, known once every one has reported; rates by the herds of the year."""
    has = ~np.isnan(leagues["projection"])
    counts = has & ~np.isnan(weights)
    total = np.where(counts, leagues["actual"] * weights, 0.0).sum(axis=1)
    divisor = np.where(is_rate[:, None], np.where(counts, weights, 0.0).sum(axis=1), 1.0)
    silent = (has & np.isnan(leagues["actual"])).any(axis=1)
    return np.where(silent, np.nan, total / divisor)
