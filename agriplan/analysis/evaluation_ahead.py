"""What follows in an evaluation from the plan laid from the as-of year: projection, gap, likelihood, shared again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from agriplan.analysis.outlook import ASSUMED, EDGES, Outlook, outlook_by_key
from agriplan.analysis.printed_history import history_beside
from agriplan.baselines.commitments import Commitment
from agriplan.engine.gap import raised_by
from agriplan.engine.plan import Plan
from agriplan.forecast.attainment import as_asked, band_asked, demand
from agriplan.forecast.growth import growth_kind
from agriplan.rounding import COMPARE_DIGITS, round_half_up

EvaluationRow = dict[str, Any]


def less_printed(one: float, other: float) -> float:
    """The difference of two printed figures, without what binary adds behind their decimals."""
    return float(round_half_up(one - other, COMPARE_DIGITS))


def band_from(outlook: Outlook, projected: float, printed: float, target: float, commitment: Commitment) -> str:
    """The band of reaching what was handed down from a projection, by the thresholds that the demand has passed.

    `printed` and `target` are as they are shown. Without history there is none ("").
    """
    if not outlook["band"]:
        return ""
    asked = demand(target, as_asked(target, projected, printed), growth_kind(commitment.kind))
    return band_asked(asked, [outlook[edge] for edge in EDGES])


def what_follows(
    commitment: Commitment, code: str, trend: Plan | None, plan: Plan | None, row: EvaluationRow
) -> EvaluationRow:
    """What follows from the plan laid from there; as of the target year the projection is what was reached."""
    if trend is None or plan is None:
        return {
            "projection": row["current"],
            "printed_projection": row["printed_current"],
            "gap": row["target"] - row["current"],
            "printed_gap": less_printed(row["printed_target"], row["printed_current"]),
            "band": "",
            **dict.fromkeys(ASSUMED, False),
            **dict.fromkeys(SHARED_AGAIN, np.nan),
        }
    outlook = outlook_by_key(trend)[commitment.id, code]
    found: EvaluationRow = {name: bool(outlook[name]) for name in ASSUMED}
    line, shown, shared, shared_shown = (
        table.row_of(commitment.id, code) for table in (trend, trend.printed, plan, plan.printed)
    )
    found |= {"projection": float(line["projection"]), "printed_projection": float(shown["projection"])}
    is_region, told = code == trend.baselines.region.code, outlook["printed_by_history"]
    beside = history_beside(is_region, outlook["entered"], told, found["printed_projection"])
    history = outlook["projection_by_history"]
    found |= {"band": band_from(outlook, history, beside, row["printed_target"], commitment)}
    found |= {"gap": row["target"] - found["projection"]}
    found |= {"printed_gap": less_printed(row["printed_target"], found["printed_projection"])}
    if is_region:
        return found | _shared_again(shared, shared_shown, found)
    found |= {"amount": float(shared["amount"] / shared["size"]), "new_target": float(shared["target"])}
    found |= {"printed_amount": float(shared_shown["amount_stated"])}
    return found | {"printed_new_target": float(shared_shown["target"])} | dict.fromkeys(OF_REGION_SHARED, np.nan)


def _shared_again(shared: Mapping[str, Any], shown: Mapping[str, Any], found: EvaluationRow) -> EvaluationRow:
    """How the region's gap is shared again: a league past its target keeps what is beyond it, which fills no gap."""
    kept, printed = found["projection"] - float(shared["projection"]), float(shown["gap_stated"])
    return {
        "kept": kept,
        "printed_kept": less_printed(printed, found["printed_gap"]),
        "to_share": found["gap"] + kept,
        "printed_to_share": printed,
        "amount": float(raised_by(shared)),
        "printed_amount": float(shown["placed_stated"]),
        "new_target": float(shared["reached"]),
        "printed_new_target": float(shown["reached"]),
    }


# What only the region has of how the gap is shared again, and all of it, which nothing is as of the target year.
OF_REGION_SHARED = ("kept", "printed_kept", "to_share", "printed_to_share")
SHARED_AGAIN = ("amount", "new_target", "printed_amount", "printed_new_target", *OF_REGION_SHARED)


def side_of(gap: float) -> str:
    """On which side of the target a printed projection is.

    >>> side_of(0.01), side_of(-0.01), side_of(-0.0)
    ('short', 'over', 'exact')
    """
    return "short" if gap > 0 else "over" if gap < 0 else "exact"
