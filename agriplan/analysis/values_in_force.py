"""What holds in a plan in the place of an entry that its scenario does not make."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from agriplan.analysis.entries import say_value
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import DEFAULT_PASSED
from agriplan.sentences import Lang, say

# Entries of an indicator that a plan's line of it holds, by the part of the scenario.
OF_THE_LINE = {"target": "target", "path": "path", "unit_value_growth": "unit_value_growth"}
OF_ALLOCATION = frozenset({"rule", "max_growth", "reserve", "margin"})
HoldsNow = Callable[[Plan, list[str]], Any]


def in_force(path: str, plan: Plan) -> float | str | None:
    """What a plan works with at the place of an entry: a number or a word; None where there is nothing, as no ceiling.

    `path` is that of `analysis.comparison.entries_of`, such as "growth.milk.150500".
    """
    part, *steps = path.split(".")
    finder = FINDERS.get(part)
    found = finder(plan, steps) if finder else None
    return None if found is None or found != found else found  # a NaN is not itself


def holds_alike(path: str, plans: Sequence[Plan]) -> bool:
    """Whether what some of the plans enter is what the others work with anyway: nothing follows from it.

    An own figure changes the grade as well, and a growth stays what it is in evaluations of later years, as of which
    another is suggested.
    """
    if path.partition(".")[0] in {"baseline", "growth", "unit_value_growth"}:
        return False
    found = [in_force(path, plan) for plan in plans]
    return found[0] is not None and all(value == found[0] for value in found)


def say_default(path: str, plan: Plan, lang: Lang) -> str:
    """What the plan works with where nothing was entered, marked as the default.

    A league's growth that follows the one entered for the region is no default, and is marked as that.
    """
    found = in_force(path, plan)
    if found is None:
        return say("entry.not_set", lang)
    mark = "entry.as_region" if follows_region(path, plan) else "entry.default_value"
    return say(mark, lang, value=say_value(path, found, plan.baselines, lang))


def follows_region(path: str, plan: Plan) -> bool:
    """Whether a league's growth is the one entered for the region, as none is entered for the league."""
    part, *steps = path.split(".")
    entered = plan.scenario.growth.get(steps[0], {}) if part == "growth" and len(steps) == 2 else {}
    return plan.baselines.region.code in entered and steps[1] not in entered


def _growth(plan: Plan, steps: list[str]) -> Any:
    what, code = steps
    line = plan.by_indicator.get(what)
    if code == plan.baselines.region.code:
        return _herd_growth_of_all(plan, what) if line is None else line["growth"]
    column, indicator = ("growth", what) if line is not None else ("herd_growth", _of_herd(plan.baselines, what))
    rows = plan.league_rows(indicator) if indicator else []
    return next((row[column] for row in rows if row["code"] == code), None)


def _herd_growth_of_all(plan: Plan, herd: str) -> float | str | None:
    """What leagues' herds grow by without an entry: of the region there is no herd beside theirs."""
    suggested = plan.assumed.leagues
    growths = suggested["suggested_herd_growth"][suggested["indicator"] == _of_herd(plan.baselines, herd)]
    found = set(growths[~np.isnan(growths)].tolist())
    return found.pop() if len(found) == 1 else "as_suggested" if found else None


def _of_herd(data: Baselines, herd: str) -> str | None:
    return next((one.id for one in data.commitments if one.herd == herd), None)


def _of_line(column: str) -> HoldsNow:
    return lambda plan, steps: plan.by_indicator[steps[0]][column]


def _allocation(plan: Plan, steps: list[str]) -> Any:
    return plan.by_indicator[steps[0]][steps[1]] if len(steps) == 2 and steps[1] in OF_ALLOCATION else None


def _baseline(plan: Plan, steps: list[str]) -> Any:
    figure = plan.baselines.base_figures.get((steps[0], steps[1]))
    return figure.value if figure is not None and steps[2:] in ([], ["value"]) else None


FINDERS: Mapping[str, HoldsNow] = {
    "growth": _growth,
    **{part: _of_line(column) for part, column in OF_THE_LINE.items()},
    "allocation": _allocation,
    "baseline": _baseline,
    "passed": lambda plan, steps: plan.scenario.passed.get(steps[0], DEFAULT_PASSED),
    "status_margin": lambda plan, _: plan.scenario.status_margin,
}
