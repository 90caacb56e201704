"""The yearly table of a plan: projection, milestone and monitoring of the region and of every league."""

from typing import NamedTuple

import numpy as np

from agriplan.baselines.folder import Baselines
from agriplan.engine.actual_values import yearly_actuals
from agriplan.engine.actuals import Reports, counted_actuals
from agriplan.engine.carried_difference import carried_by, carry_differences
from agriplan.engine.last_known import herds, unit_values
from agriplan.engine.milestones import lay_milestones, lay_unallocated, measure_progress
from agriplan.engine.printed import Scales, round_years
from agriplan.engine.projection import bounded_difference, ceiling_of_rates, counting_size
from agriplan.engine.scenario import Scenario
from agriplan.engine.stages import Outcome
from agriplan.engine.tables import Columns, Flags, Frame, grid, numbers, rates_of
from agriplan.rounding import Floats


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
    codes = baselines.league_codes
    count, width = len(outcome.lines["kind"]), len(codes)
    steps = baselines.span + 1
    is_rate = rates_of(outcome.lines)
    ends = {name: grid(outcome.leagues, name, count) for name in ("baseline", "target")}
    whole = {name: numbers(outcome.lines, name) for name in ("baseline", "target", "reached")}
    path = np.asarray(lines["path"])
    milestones = lay_milestones(ends["baseline"].ravel(), ends["target"].ravel(), np.repeat(path, width), steps - 1)
    by_league = {name: grid(outcome.paths, name, count).reshape(count, width, steps) for name in outcome.paths}
    growth = numbers(lines, "unit_value_growth").tolist()
    actuals = counted_actuals(scenario, baselines)
    known = yearly_actuals(scenario, baselines, actuals, [baselines.region.code, *codes], growth)
    by_league |= {"milestone": milestones.reshape(count, width, steps), "actual": known[:, 1:]}
    by_league |= {name: np.full((count, width, steps), np.nan) for name in ALONE}
    region = {name: grid(outcome.regional, name, count) for name in outcome.regional}
    growths = grid(outcome.leagues, "herd_growth", count).tolist()
    weights = counting_size(_known_herds(scenario, baselines, actuals, growths), is_rate[:, None, None])
    # The region's own figure is what was published: it counts before what the leagues reported.
    own, summed = known[:, 0], _sum_of_leagues(by_league, weights, is_rate)
    prices = _known_prices(scenario, baselines, actuals, growth)
    base = region["difference"][:, 0] / region["divisor"][:, 0] / prices[:, 0]
    ceiling = ceiling_of_rates(outcome.lines)[:, None]
    beside = _differences(lines, base, own / prices, summed / prices) * prices
    bounded = bounded_difference(beside, summed, np.ones(1), ceiling)
    beside = np.where(np.isnan(own) & ~np.isnan(summed), bounded, beside)
    region |= {"actual": np.where(np.isnan(own), summed + beside, own), "carried_difference": beside}
    region["unallocated"] = lay_unallocated(whole["baseline"], whole["target"], whole["reached"], path, steps - 1)
    region |= _due_of_region(by_league, region, ceiling)
    region["milestone"][:, -1] = whole["target"]
    joined = {
        name: np.concatenate([region[name][:, None, :], by_league[name]], axis=1) for name in PRINTED_YEAR_FIGURES
    }
    due = region["difference_due"]
    rounded = round_years(joined, due, printed, is_rate, scales, stands_alone=~np.isnan(own))
    shown_base, shown_target = (
        np.repeat(np.column_stack([printed[0][name], grid(printed[1], name, count)]), steps)
        for name in ("baseline", "target")
    )
    leads_to = np.repeat(np.column_stack([whole["target"], ends["target"]]), steps)
    laid = {name: values.ravel() for name, values in joined.items()}
    measured = laid | {
        "step": np.tile(np.arange(float(steps)), count * (width + 1)),
        "base": np.repeat(np.column_stack([whole["baseline"], ends["baseline"]]), steps),
        # A league has done what was handed down to it, the printed target; its milestones lead to the exact one.
        "target": np.where(np.tile(np.arange(width + 1).repeat(steps), count) == 0, leads_to, shown_target),
        "leads_to": leads_to,
        "is_rate": np.repeat(is_rate, (width + 1) * steps),
        # What was handed down is what is reached or not: the printed figures.
        "met": rounded["actual"] >= shown_target,
        "rises": shown_target > shown_base,
    }
    keys: Columns = {
        "indicator": np.repeat(np.asarray(lines["indicator"]), (width + 1) * steps),
        "code": np.tile(np.repeat([baselines.region.code, *codes], steps), count),
        "year": baselines.base_year + measured["step"].astype(int),
    }
    progress = measure_progress(measured, steps - 1, scenario.status_margin)
    return YearColumns(keys | laid | progress, keys | rounded)


# What only the region has.
ALONE = ("difference", "unallocated", "carried_difference")
PRINTED_YEAR_FIGURES = ("herd", "projection", "milestone", "actual", *ALONE)


def _known_herds(scenario: Scenario, baselines: Baselines, actuals: Reports, growths: list[list[float]]) -> Floats:
    """The herds that weigh actual rates: reported, else carried on; shape (lines, leagues, years)."""
    return np.array(
        [herds(one, scenario, baselines, actuals, own) for one, own in zip(baselines.commitments, growths, strict=True)]
    )


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


def _known_prices(scenario: Scenario, baselines: Baselines, actuals: Reports, growths: list[float]) -> Floats:
    """The unit values that stand in the years, shape (lines, years); 1 where there is none."""
    known = zip(baselines.commitments, growths, strict=True)
    return np.array([[*unit_values(one, scenario, baselines, actuals, growth).values()] for one, growth in known])


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
