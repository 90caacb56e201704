"""Whether a league's target depends on what the league says of its own growth: tried, rule by rule."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from agriplan.analysis.explanation import CEILING_READ, bound_by
from agriplan.analysis.stacked import inputs_under_every_rule, stacked_inputs, stacked_leagues
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan
from agriplan.engine.tables import Columns
from agriplan.rounding import printing_units

Claims = Mapping[str, float]  # growth by indicator
# How far from the growth in use a claim is tried, per cent a year; a rate moves by tenths of a point.
STEPS = {"amount": 1.0, "value": 1.0, "rate": 0.1}


def nearby_claims(plan: Plan, code: str) -> list[Claims]:
    """A little less than the growth that the plan uses for a league, that growth, and a little more.

    Near by, so that what is seen is the rule and not a limit that a far-off claim would run into. Only of indicators
    that have a figure and a growth.
    """
    mine = [plan.league_row(indicator, code) for indicator in plan.by_indicator]
    used = {row["indicator"]: row["growth"] for row in mine if not np.isnan([row["baseline"], row["growth"]]).any()}
    steps = {indicator: STEPS.get(plan.baselines.by_id[indicator].kind, 1.0) for indicator in used}
    return [
        {indicator: round(growth + sign * steps[indicator], 6) for indicator, growth in used.items()}
        for sign in (-1, 0, 1)
    ]


class Tried(NamedTuple):
    """What each of the claims comes to: a league's printed `targets`, and what decides its share (`deciders`).

    A decider is the limit that binds (`bound_by` of an explanation), else the reason of the share.
    """

    targets: list[float]
    deciders: list[str]


def tried_claims(plan: Plan, code: str, claims: Sequence[Claims]) -> dict[str, Tried]:
    """A league's targets under each of the claims, by the plan's own rules; by indicator."""
    (found,) = _tried(plan, code, claims, *stacked_inputs(plan, len(claims)))
    return found


def claims_tried_by_rule(plan: Plan, code: str, claims: Sequence[Claims]) -> dict[str, dict[str, Tried]]:
    """The same under every rule: by indicator, then by rule."""
    found = list(_tried(plan, code, claims, *inputs_under_every_rule(plan, len(claims))))
    by_rule = dict(zip(RULES, found, strict=True))
    return {
        indicator: {rule: tried[indicator] for rule, tried in by_rule.items()} for indicator in _own_places(plan, code)
    }


def _tried(
    plan: Plan, code: str, claims: Sequence[Claims], lines: Columns, leagues: Columns
) -> Iterator[dict[str, Tried]]:
    """Of inputs that stand there once for every claim, and that again and again: each time what the claims come to."""
    own, rows = _own_places(plan, code), math.prod(plan.assumed.shape)
    growth = leagues["growth"].reshape(-1, len(claims), rows)
    for place, said in enumerate(claims):
        for indicator, rate in said.items():
            growth[:, place, own[indicator]] = rate
    exact, printed = stacked_leagues(plan, lines, leagues)
    for first in range(0, len(printed["target"]), len(claims) * rows):
        places = {name: [first + claim * rows + at for claim in range(len(claims))] for name, at in own.items()}
        yield {
            indicator: Tried(
                [float(printed["target"][at]) for at in found],
                [_decider(exact, at, plan.baselines.by_id[indicator].ceiling) for at in found],
            )
            for indicator, found in places.items()
        }


def _decider(leagues: Columns, place: int, natural: float | None) -> str:
    row = {name: leagues[name][place] for name in ("reason", *CEILING_READ)}
    return bound_by(row, natural) or str(row["reason"])


def _own_places(plan: Plan, code: str) -> dict[str, int]:
    """Where a league's rows stand, by indicator."""
    areas = enumerate(zip(*(plan.columns["leagues"][name] for name in ("indicator", "code")), strict=True))
    return {str(indicator): place for place, (indicator, area) in areas if area == code}


def depends(targets: Sequence[float], decimals: int) -> bool:
    """Whether printed targets under different claims differ by more than the unit that rounding may move them by.

    >>> depends([58.74, 58.74, 58.75], 2), depends([53.44, 58.74, 66.51], 2)
    (False, True)
    """
    return (max(targets) - min(targets)) * printing_units(decimals) > 1.5
