"""Figures that were said of a year and count nowhere: another basis, something else that is counted, other prices."""

from collections.abc import Iterator, Mapping

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import (
    Reported,
    animals_reported,
    entered_actuals,
    observed_after,
    things_reported,
)
from agriplan.engine.plan import Plan
from agriplan.memo import memoized
from agriplan.sentences import Lang, say


@memoized
def uncounted_figures(plan: Plan) -> Mapping[tuple[str, str, int], Reported]:
    """Every figure after the base year that does not count; of the data's and an entered one the entered."""
    data = plan.baselines
    known = (observed_after(data, data.later_years), entered_actuals(plan.scenario, data))
    return {key: one for figures in known for key, one in figures if not one.counts(data)}


def uncounted_parts(plan: Plan, commitment: Commitment, code: str) -> Iterator[tuple[str, int, Reported]]:
    """Those of what stands behind a commitment in an area, by indicator and year: unit values, herds, animals."""
    data = plan.baselines
    things = (*things_reported(commitment, data, code), *animals_reported(commitment, data, code))
    names = [one.indicator for one in things if not isinstance(one, Commitment)]
    for (indicator, area, year), one in uncounted_figures(plan).items():
        if area == code and indicator in names and indicator != commitment.quantity:
            yield indicator, year, one


def why_not_counted(
    data: Baselines, basis: str, definition: str, price_year: float | None, lang: Lang
) -> Iterator[str]:
    """Why a figure is not compared, and counts nowhere: its basis, what it counts, whose prices it is in."""
    if basis != data.basis:
        yield data.basis_name(basis, lang)
    if definition:
        yield say("hindsight.definition", lang, definition=definition)
    if price_year and not np.isnan(price_year) and price_year != data.base_year:
        yield say("hindsight.price_year", lang, year=f"{price_year:.0f}")
