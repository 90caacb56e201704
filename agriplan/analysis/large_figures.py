"""Whether a plan's figures are too large for the digits that they are printed with."""

from agriplan.baselines.doubts import is_large
from agriplan.engine.plan import Plan


def beyond_digits(plan: Plan) -> frozenset[str]:
    """The indicators whose totals want a larger unit: their printed figures are no longer certain to the last digit."""
    data, found = plan.baselines, set()
    for one in data.commitments:
        line = plan.by_indicator[one.id]
        decimals = data.indicators[one.herd].decimals if one.herd else data.decimals(one)
        if any(is_large(float(line[name] * line["divisor"]), decimals) for name in ("projection", "target")):
            found.add(one.id)
    return frozenset(found)
