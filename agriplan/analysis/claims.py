"""Whether a league's target depends on what the league says of its own growth: tried, rule by rule."""

from collections.abc import Mapping, Sequence

from agriplan.analysis.stacked import inputs_under_every_rule, stacked_inputs, stacked_leagues
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan
from agriplan.engine.tables import Columns
from agriplan.rounding import Floats

Claims = Mapping[str, float]  # growth by indicator
# How far from the growth in use a claim is tried, per cent a year; a rate moves by tenths of a point.
STEPS = {"amount": 1.0, "value": 1.0, "rate": 0.1}


def nearby_claims(plan: Plan, code: str) -> list[Claims]:
    """A little less than the growth that the plan uses for a league, that growth, and a little more.

    Near by, so that what is seen is the rule and not a limit that a far-off claim would run into. Only of indicators
    that have a figure and a growth.
    """
    mine = plan.leagues[plan.leagues["code"] == code].dropna(subset=["baseline", "growth"])
    used = {str(row["indicator"]): float(row["growth"]) for _, row in mine.iterrows()}
    steps = {indicator: STEPS.get(plan.baselines.by_id[indicator].kind, 1.0) for indicator in used}
    return [
        {indicator: round(growth + sign * steps[indicator], 6) for indicator, growth in used.items()}
        for sign in (-1, 0, 1)
    ]


def targets_by_claim(plan: Plan, code: str, claims: Sequence[Claims]) -> dict[str, list[float]]:
    """A league's printed target of every indicator under each of the claims, by the plan's own rules."""
    targets = _targets(plan, code, claims, *stacked_inputs(plan, len(claims)))
    return {indicator: targets[:, place].tolist() for indicator, place in _own_places(plan, code).items()}


def targets_by_rule_and_claim(plan: Plan, code: str, claims: Sequence[Claims]) -> dict[str, dict[str, list[float]]]:
    """The same under every rule: by indicator, then by rule."""
    targets = _targets(plan, code, claims, *inputs_under_every_rule(plan, len(claims)))
    by_rule = dict(zip(RULES, targets.reshape(len(RULES), len(claims), -1), strict=True))
    return {
        indicator: {rule: found[:, place].tolist() for rule, found in by_rule.items()}
        for indicator, place in _own_places(plan, code).items()
    }


def _targets(plan: Plan, code: str, claims: Sequence[Claims], lines: Columns, leagues: Columns) -> Floats:
    """The printed targets of all leagues under inputs that stand there once for every claim, and that again and again.

    Shape (times, rows of a plan's league table).
    """
    own = _own_places(plan, code)
    growth = leagues["growth"].reshape(-1, len(claims), len(plan.leagues))
    for place, said in enumerate(claims):
        for indicator, rate in said.items():
            growth[:, place, own[indicator]] = rate
    _, printed = stacked_leagues(plan, lines, leagues)
    targets: Floats = printed["target"].reshape(-1, len(plan.leagues))
    return targets


def _own_places(plan: Plan, code: str) -> dict[str, int]:
    """Where a league's rows stand, by indicator."""
    areas = enumerate(zip(plan.leagues["indicator"], plan.leagues["code"], strict=True))
    return {str(indicator): place for place, (indicator, area) in areas if area == code}


def depends(targets: Sequence[float], decimals: int) -> bool:
    """Whether printed targets under different claims differ by more than the unit that rounding may move them by.

    >>> depends([58.74, 58.74, 58.75], 2), depends([53.44, 58.74, 66.51], 2)
    (False, True)
    """
    return (max(targets) - min(targets)) * 10.0**decimals > 1.5
