"""What the criteria of by_criteria are measured in, and with how many decimals their figures can be told apart."""

import math
from typing import Any, NamedTuple

from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.report.units import unit_of_criterion
from agriplan.sentences import LANGS
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import pages

FEWEST_DECIMALS = 2
FIRST_DIGITS = 4  # of the greatest figure: shares are printed with as many


class Measure(NamedTuple):
    """A criterion on a page: what it is called, its unit ("" for mere numbers), and its decimals."""

    name: str
    unit: str
    decimals: int


@pages.app_context_processor
def of_criteria() -> dict[str, Any]:
    """How the figures of criteria are shown."""
    return {"measures_of": measures_of}


def measures_of(plan: Plan, commitment: Commitment) -> dict[str, Measure]:
    """Every criterion of an indicator; decimals by the greatest figure of the leagues that share its gap."""
    lang = current_language()
    values: dict[str, list[float]] = {}
    for code in commitment.leagues:
        for row in plan.criteria_of(commitment.id, code):
            values.setdefault(row["criterion"], []).append(row["value"] or 0.0)
    return {
        one.id: Measure(
            one.name(lang),
            unit_of_criterion(one.id, commitment, plan.baselines)[LANGS.index(lang)] or "",
            decimals_for(max(values.get(one.id, [0.0]))),
        )
        for one in plan.baselines.criteria
    }


def decimals_for(greatest: float) -> int:
    """With how many decimals a figure as great as that shows its first digits.

    >>> decimals_for(1234.5), decimals_for(5.3), decimals_for(0.0412), decimals_for(0.0)
    (2, 3, 5, 2)
    """
    if not greatest > 0:
        return FEWEST_DECIMALS
    return max(FEWEST_DECIMALS, FIRST_DIGITS - 1 - math.floor(math.log10(greatest)))
