"""Which rules give every league the same, and why where it is known."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd

from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Allocation
from agriplan.rounding import SAME_VALUE
from agriplan.sentences import Lang, listed, say

# These rules give the same shares wherever all leagues share one growth rate and one cap: each is then proportional
# to the base-year value.
PROPORTIONAL = ("by_baseline", "by_projection", "equal_growth", "by_headroom")


def same_rules(table: pd.DataFrame, indicator: str) -> list[list[str]]:
    """Groups of two or more rules that give the same amounts to every league of an indicator.

    >>> same_rules(pd.DataFrame({"indicator": ["milk"], "by_baseline": [1.0], "equal_growth": [1.0]}), "milk")
    [['by_baseline', 'equal_growth']]
    """
    rows = table[table["indicator"] == indicator]
    rules = [rule for rule in RULES if rule in table]
    groups: list[list[str]] = []
    for rule in rules:
        amounts = rows[rule].to_numpy(dtype=float)
        bound = SAME_VALUE * max(amounts.sum(), 1e-300)
        alike = (group for group in groups if np.abs(rows[group[0]].to_numpy(dtype=float) - amounts).max() <= bound)
        group = next(alike, None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    return [group for group in groups if len(group) > 1]


def say_same_rules(plan: Plan, indicator: str, rules: Sequence[str], lang: Lang) -> str:
    """Say that these rules give the same amounts, and why where it is known."""
    why = next((why for why, holds in WHY_SAME.items() if holds(plan, indicator, rules)), "coincidence")
    commitment = plan.baselines.by_id[indicator]
    names = listed((say(f"rule.{rule}", lang) for rule in rules), lang)
    return say(f"comparison.{why}", lang, name=commitment.name(lang), rules=names)


def _one_growth(plan: Plan, indicator: str, rules: Sequence[str]) -> bool:
    """Whether the rules are in proportion wherever the named leagues share one growth and one cap, which they do."""
    leagues = plan.league_columns(indicator)
    if not set(rules) <= set(PROPORTIONAL):
        return False
    growth, entered = (leagues[name][leagues["named"]] for name in ("growth", "entered_ceiling"))
    return len(set(growth[~np.isnan(growth)].tolist())) == 1 and bool(np.isnan(entered).all())


def _without_shares(plan: Plan, indicator: str, rules: Sequence[str]) -> bool:
    """Whether they are equal amounts and the rule of agreed shares, of which none were entered: it takes equal ones."""
    return set(rules) == {"equal_amounts", "by_shares"} and not any(
        plan.scenario.allocation.get(indicator, Allocation()).shares.values()
    )


def _all_at(end: str, plan: Plan, indicator: str, _rules: Sequence[str]) -> bool:
    """Whether what is placed is all that the leagues can take, or the least that they must: no rule has a choice."""
    line = plan.by_indicator[indicator]
    return bool(np.isclose(line["placed"], line[end], rtol=SAME_VALUE, atol=0.0))


# Why rules give the same amounts, by what is said of it; the first that holds is told.
WHY_SAME: dict[str, Callable[[Plan, str, Sequence[str]], bool]] = {
    "nothing_to_place": lambda plan, indicator, _: plan.by_indicator[indicator]["to_place"] <= 0,
    "all_at_floors": partial(_all_at, "floors"),
    "all_at_ceilings": partial(_all_at, "ceilings"),
    "one_growth": _one_growth,
    "without_shares": _without_shares,
}
