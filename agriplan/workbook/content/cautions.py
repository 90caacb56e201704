"""Cautions in the checks: how many entries of an indicator ask to be looked at again, as the formulas count them."""

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.plausibility import is_far
from agriplan.workbook.content.making import Making


def cautions_in_checks(making: Making, commitment: Commitment) -> dict[str, object]:
    """The counts, each with its bound: none."""
    counts: dict[str, object] = {
        "check_growths": _growths(making, commitment),
        "check_ceilings": _ceilings(making, commitment),
        "check_own": _own(making, commitment),
    }
    return counts | {f"{name}_bound": 0 for name in counts}


def _growths(making: Making, commitment: Commitment) -> int:
    """Growths outside their plausible range: the leagues', the region's and the unit value's."""
    asked = [
        (commitment.quantity, code, growth) for code, growth in making.scenario.growth.get(commitment.id, {}).items()
    ]
    if commitment.id in making.scenario.unit_value_growth:
        growth = making.scenario.unit_value_growth[commitment.id]
        asked.append((commitment.unit_value or "", making.data.region.code, growth))
    rows = [(making.suggested.get((indicator, code)), growth) for indicator, code, growth in asked]
    return sum(bool(row and (growth > row["high"] or growth < row["low"])) for row, growth in rows)


def _ceilings(making: Making, commitment: Commitment) -> int:
    frame = making.read.leagues[commitment.id]
    floor, ceiling, lock = (frame[f"entered_{part}"].astype(float) for part in ("floor", "ceiling", "lock"))
    return int(((ceiling < floor) & np.isnan(lock)).sum())


def _own(making: Making, commitment: Commitment) -> int:
    own = making.scenario.baseline.get(commitment.quantity, {})
    return sum(is_far(figure.value, making.observed(commitment.quantity, code).value) for code, figure in own.items())
