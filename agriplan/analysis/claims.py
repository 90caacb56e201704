"""Whether a league's target depends on what the league says of its own growth: tried, rule by rule."""

from collections.abc import Mapping, Sequence

from agriplan.analysis.comparison import stacked_inputs, stacked_leagues, under_every_rule
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario, parse_scenario

Claims = Mapping[str, float]  # growth by indicator
# How far from the growth in use a claim is tried, per cent a year; a rate moves by tenths of a point.
STEPS = {"amount": 1.0, "value": 1.0, "rate": 0.1}


def with_claims(scenario: Scenario, code: str, claims: Claims) -> Scenario:
    """The scenario in which a league says these growths of itself.

    >>> with_claims(Scenario(), "150500", {"milk": 6}).growth
    {'milk': {'150500': 6.0}}
    """
    data = scenario.model_dump(mode="json", exclude_defaults=True)
    growth = data.setdefault("growth", {})
    for indicator, said in claims.items():
        growth[indicator] = growth.get(indicator, {}) | {code: said}
    return parse_scenario(data)


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
    lines, leagues = stacked_inputs(plan, len(claims))
    own = {
        str(indicator): place
        for place, (indicator, area) in enumerate(zip(plan.leagues["indicator"], plan.leagues["code"], strict=True))
        if area == code
    }
    growth = leagues["growth"].reshape(len(claims), -1)
    for claim, said in zip(growth, claims, strict=True):
        for indicator, rate in said.items():
            claim[own[indicator]] = rate
    _, printed = stacked_leagues(plan, lines, leagues)
    targets = printed["target"].reshape(len(claims), -1)
    return {indicator: targets[:, place].tolist() for indicator, place in own.items()}


def targets_by_rule_and_claim(plan: Plan, code: str, claims: Sequence[Claims]) -> dict[str, dict[str, list[float]]]:
    """The same under every rule: by indicator, then by rule."""
    found: dict[str, dict[str, list[float]]] = {indicator: {} for indicator in plan.baselines.by_id}
    for one in claims:
        scenario = with_claims(plan.scenario, code, one)
        for rule, made in under_every_rule(scenario, plan.baselines, plan.suggestions).items():
            for indicator, by_rule in found.items():
                by_rule.setdefault(rule, []).append(_target(made, indicator, code))
    return found


def depends(targets: Sequence[float], decimals: int) -> bool:
    """Whether printed targets under different claims differ by more than the unit that rounding may move them by.

    >>> depends([58.74, 58.74, 58.75], 2), depends([53.44, 58.74, 66.51], 2)
    (False, True)
    """
    return (max(targets) - min(targets)) * 10.0**decimals > 1.5


def _target(plan: Plan, indicator: str, code: str) -> float:
    rows = plan.printed.leagues_of(indicator)
    return float(rows.loc[rows["code"] == code, "target"].iloc[0])
